"""Where the text of a block is not what its file holds: folded, left out, or standing elsewhere.

Readers mark what was struck out and where a footnote is called, in characters that Unicode sets aside for
such use within a program; ``settle_blocks`` takes the marks out again, folds what nobody can tell apart or
see, and records every character that the texts do not show as the file has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.base.messages import Message
from generator.base.places import Place
from generator.sources.document.document import Alteration, Block, Cell, Departure, Paragraph, Span, Table
from generator.sources.document.weighted_text import UNSEEN, finish_text, make_weights

_STRUCK = ("\ufdd0", "\ufdd1")
_FOOTNOTE = ("\ufdd2", "\ufdd3")
_RADICALS = dict(
    zip(
        "⼾‧⺁⺄⺈⺊⺌⺎⺐⺒⺓⺜⺝⺟⺠⺧⺩⺫⺬⺴⺶⺼⻁⻄⻅⻆⻉⻋⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "户・厂乙刀卜小兀尢巳幺日月母民牛王目示冗羊肉虎西见角贝车邑長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""Radicals of the CJK Radicals Supplement, and the hyphenation point, → the characters that print alike.

Source: Unicode, EquivalentUnifiedIdeograph.txt; ⼾ prints as 户 in the typefaces of the mainland."""
_COMPATIBLE = "\u2f00-\u2fd5\uf900-\ufad9\ufb00-\ufb06\U0002f800-\U0002fa1d"
"""Kangxi radicals, compatibility ideographs, Latin ligatures: the same characters under further codes."""
_MARKED = "(?:\ufdd0[^\ufdd0\ufdd1]*\ufdd1)+"
_ALTERED = re.compile(
    f"(?P<struck>(?:^|(?<=\n)){_MARKED}(?:\n|$)|{_MARKED}|(?:[^\\s\u0336]\u0336)+)"
    "|(?P<footnote>\ufdd2[^\ufdd2\ufdd3]*\ufdd3)"
    f"|(?P<unseen>[{UNSEEN}\ufdd0-\ufdef\u0336]+)|(?P<alike>[{_COMPATIBLE}{''.join(_RADICALS)}])"
)
_MARKS = re.compile("[\ufdd0-\ufdd3\u0336]")
_ERROR = re.compile(
    r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|GETTING_DATA"
    r"|UNKNOWN!)|Err:\d{3}|#{3,}"
)
"""Error values of Excel and LibreOffice, and the signs of a number that is wider than its column."""
_LISTED = 5
"""Places that a note names before it says 等."""


def mark_struck(text: str) -> str:
    """``text`` marked as struck out."""
    return f"{_STRUCK[0]}{text}{_STRUCK[1]}" if text else ""


def mark_footnote(number: int) -> str:
    """The call of a footnote, marked."""
    return f"{_FOOTNOTE[0]}{number}{_FOOTNOTE[1]}"


def footnote_place(number: int) -> Place:
    """Where the words of a footnote stand."""
    return Place(part=Message("脚注{number}", number=number))


def fold_text(text: str, where: Place) -> tuple[str, tuple[Alteration, ...]]:
    """Text as it is read, and what was altered: ``区⺠政<U+200B>局`` → ``区民政局``, two alterations."""
    settled, _, altered = _settle(text, (), where)
    return settled, altered


def settle_blocks(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[Alteration, ...]]:
    """Blocks without marks, folded, error values left empty, and all alterations; empty paragraphs go."""
    altered: list[Alteration] = []
    settled: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            settled.append(replace(block, cells=tuple(_settle_cell(cell, altered) for cell in block.cells)))
        elif (paragraph := _settle_paragraph(block, altered)).text:
            settled.append(paragraph)
    return tuple(settled), tuple(altered)


def _settle_paragraph(paragraph: Paragraph, altered: list[Alteration]) -> Paragraph:
    text, bold, found = _settle(paragraph.text, paragraph.bold, paragraph.where)
    altered += found
    return paragraph if text == paragraph.text else replace(paragraph, text=text, bold=bold)


def _settle_cell(cell: Cell, altered: list[Alteration]) -> Cell:
    text, bold, found = _settle(cell.text, cell.bold, cell.where)
    altered += found
    if _ERROR.fullmatch(text):
        altered.append(Alteration(where=cell.where, start=0, found=text, read="", kind=Departure.ERROR))
        return replace(cell, text="", bold=())
    return cell if text == cell.text else replace(cell, text=text, bold=bold)


def _settle(
    text: str, bold: tuple[Span, ...], where: Place
) -> tuple[str, tuple[Span, ...], tuple[Alteration, ...]]:
    """One text with its bold spans, and its alterations."""
    if _ALTERED.search(text) is None:
        return text, bold, ()
    weights = make_weights(text, bold)
    letters, weight = "", bytearray()
    altered: list[Alteration] = []
    done = 0
    for match in _ALTERED.finditer(text):
        letters += text[done : match.start()]
        weight += weights[done : match.start()]
        one = _alteration(match, where, len(letters))
        letters += one.read
        weight += weights[match.start() : match.start() + 1] * len(one.read)
        done = match.end()
        if one.found != one.read:
            altered.append(one)
    settled, spans = finish_text(letters + text[done:], weight + weights[done:])
    return settled, spans, tuple(altered)


def _alteration(match: re.Match[str], where: Place, start: int) -> Alteration:
    kind = Departure(match.lastgroup or "")
    found = _MARKS.sub("", match.group()).strip("\n")
    read = ""
    if kind is Departure.ALIKE:
        read = _RADICALS.get(found) or unicodedata.normalize("NFKC", found)
    return Alteration(where=where, start=start, found=found, read=read, kind=kind)


def describe_folded(altered: Sequence[Alteration]) -> Iterator[Message]:
    """Notes on what was folded: ``2 个看不见的字符（U+200B）没有读入：第3行、第7行``."""
    unseen = [one for one in altered if one.kind is Departure.UNSEEN and one.found.strip("\ufe0e\ufe0f")]
    if unseen:
        codes = sorted({f"U+{ord(letter):04X}" for one in unseen for letter in one.found})
        count = sum(len(one.found) for one in unseen)
        yield Message(
            "{count} 个看不见的字符（{codes}）没有读入：{places}",
            count=count,
            codes=tuple(codes[:_LISTED]),
            places=_places(unseen),
        )
    alike = [one for one in altered if one.kind is Departure.ALIKE]
    if alike:
        pairs = sorted({f"{one.found}→{one.read}" for one in alike})
        yield Message(
            "{count} 个字用了部首或兼容字形的编码，按字形相同的通用字读取（{pairs}）：{places}",
            count=len(alike),
            pairs=tuple(pairs[:_LISTED]),
            places=_places(alike),
        )


def describe_alteration(one: Alteration) -> tuple[Message, Message]:
    """What to tell of something struck out or an error value, and what to do about it."""
    if one.kind is Departure.STRUCK:
        what = Message("划掉的“{words}”没有读入", words=one.found)
        return what, Message("如果不该划掉，请在原表里去掉删除线后再导入")
    what = Message("这一格是错误值 {value}，读作空白", value=one.found)
    return what, Message("请在原表里改正公式或列宽后再导入")


def _places(altered: Sequence[Alteration]) -> tuple[str | Place, ...]:
    return list_places(one.where for one in altered)


def list_places(places: Iterable[Place]) -> tuple[str | Place, ...]:
    """Distinct places for a note, the first few of them."""
    distinct = tuple(dict.fromkeys(places))
    return (*distinct[:_LISTED], *(["…"] if len(distinct) > _LISTED else []))
