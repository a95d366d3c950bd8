"""The words around a number: its clause, its list item, what is counted, and what is done with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.language.lexicon import list_words, map_words
from generator.language.quantities import Mention, find_mentions


def words(text: str) -> tuple[str, ...]:
    """The words of a list written with blanks between them."""
    return tuple(text.split())


_CLAUSE_ENDS = "，,。.；;：:！!？?\n（(）)"
_ITEM_MARKS = "、"
_LONGEST_CLAUSE = 300
"""Characters of a clause that are looked at on each side of a number."""

ACTIONS = tuple(sorted(list_words("verbs", "doing"), key=len, reverse=True))
"""Verbs that say what is done, longest first."""
_ACTION = re.compile("|".join(ACTIONS))
_GENTLE = re.compile(
    r"现已|现有|现|上半年|前三季度|[一二三四]季度|年初以来|今年以来|力争|争取(?=实现|达到|完成|新|引|全)"
    r"|确保|努力|全面|全力|积极|加快|加力|持续|扎实|稳步|有序|大力"
    r"|着力|深入|统筹|年内|全年"
    r"|今年|本年|年度|计划|预计|目标|不断|进一步|累计|共计|合计|总计|共|约|近|已|的|了|等|各类|各级"
    r"|一批|以及|并|及|和|与|为"
    r"|定向|优质|高质量|高品质|标志性|指标|左右|达到|达|到|至|超过|超|过|突破|不少于|不低于|不超过|控制在"
    r"|保持在|保持|稳定在|实现"
)
_LOCAL = re.compile(
    r"全区|全县|全市|全旗|全镇|全域|我区|我县|我市|本区|本县|辖区内?|区域内|区内|县内|市内|区域|城乡"
)
_MARKS = re.compile(r"[\s“”‘’《》「」『』\"'·,，、。；;：:（）()\[\]【】—\-~～]+")
_SYNONYMS = tuple(map_words("things", "indicators").items())
_TOGETHER = re.compile(r"共(?=建成|建设|建起)")
_MONEY_FLOOR = re.compile(
    r"(?:投资)?(?:过|超过|超)?(\d+(?:\.\d+)?|[一二三五十百千]+)?(万|亿)元(?:（含）|\(含\))?(?:及?以上)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A number and the words of its clause and of its item in a list."""

    text: str
    """The whole text."""
    mention: Mention
    clause_start: int
    """Offset behind the punctuation before the number."""
    clause_end: int
    """Offset of the punctuation behind the number."""
    item_start: int
    """Like clause_start, but also behind an earlier number of the clause."""
    item_end: int
    """Like clause_end, but also before 、 and the next number."""
    bracketed: bool
    """Stands in brackets."""

    @property
    def before(self) -> str:
        """Words of the item before the number and the words that belong to it (不少于)."""
        return self.text[self.item_start : self.mention.start]

    @property
    def upto(self) -> str:
        """Words of the item before the number itself."""
        return self.text[self.item_start : self.mention.quantity.start]

    @property
    def after(self) -> str:
        """Words of the item behind the number."""
        return self.text[self.mention.end : self.item_end]

    @property
    def lead(self) -> str:
        """Words of the clause before the item: an earlier item's words and their verb."""
        return self.text[self.clause_start : self.item_start]

    @property
    def clause(self) -> str:
        """The clause, whole."""
        return self.text[self.clause_start : self.clause_end]

    @property
    def number_first(self) -> bool:
        """Whether what is counted stands behind the number (20家村卫生室), not only what became of it."""
        behind = _PREDICATE.sub("", _ACTION.sub("", self.after)).strip("的和与及、 ")
        return len(behind) >= 1


_PREDICATE = re.compile(
    r"(?:已|全部|均|都|正在|正|陆续|基本|全面|顺利|正式|成功|以上|以下|左右|的?目标|的?任务|达标|验收|施工|使用|运行|运营|以内|并"
    r"|待|将|即将|可|能|后|前(?!期)|年底|月底|起|红线|底线)"
)


def find_phrases(text: str, mentions: tuple[Mention, ...] | None = None) -> tuple[Phrase, ...]:
    """Every mention of ``text`` (or the given ones) with its surroundings, in order."""
    mentions = find_mentions(text) if mentions is None else mentions
    bounds = _clause_bounds(text, mentions)
    phrases: list[Phrase] = []
    previous: Mention | None = None
    clause = 0
    for index, mention in enumerate(mentions):
        while bounds[clause + 1][0] <= mention.quantity.start:
            clause += 1
        clause_start, bracketed = bounds[clause][0], bounds[clause][1]
        clause_start = max(clause_start, mention.start - _LONGEST_CLAUSE)
        clause_end = min(bounds[clause + 1][0] - 1, len(text), mention.end + _LONGEST_CLAUSE)
        clause_end = max(clause_end, mention.quantity.end)
        start = clause_start
        if previous is not None and previous.end > clause_start:
            start = _item_start(text, previous.end, mention.start)
        end = clause_end
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        if following is not None and following.start < clause_end:
            end = _item_end(text, mention.end, following.start)
        else:
            mark = text.find(_ITEM_MARKS, mention.end, clause_end)
            end = mark if mark >= 0 and previous is not None and previous.end > clause_start else end
        phrases.append(
            Phrase(
                text=text,
                mention=mention,
                clause_start=clause_start,
                clause_end=max(clause_end, mention.end),
                item_start=min(_skip_space(text, start), mention.start),
                item_end=max(end, mention.end),
                bracketed=bracketed,
            )
        )
        previous = mention
    return tuple(phrases)


def _clause_bounds(text: str, mentions: tuple[Mention, ...]) -> list[tuple[int, bool]]:
    """Start of every clause and whether it stands in brackets; a last entry for the end of the text."""
    inside = {at for m in mentions for at in range(m.quantity.start, m.quantity.end)}
    bounds, depth = [(0, False)], 0
    for offset, character in enumerate(text):
        if character not in _CLAUSE_ENDS or offset in inside:
            continue
        if (
            character in ",：:."
            and text[offset - 1 : offset].isdigit()
            and text[offset + 1 : offset + 2].isdigit()
        ):
            continue
        depth = max(0, depth + (character in "（(") - (character in "）)"))
        bounds.append((offset + 1, depth > 0))
    bounds.append((len(text) + 1, False))
    return bounds


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _item_start(text: str, previous_end: int, start: int) -> int:
    """Behind the 、 or 和 after an earlier number, else behind that number itself."""
    mark = text.rfind(_ITEM_MARKS, previous_end, start)
    first = text.find(_ITEM_MARKS, previous_end, start)
    if first >= 0 and first == previous_end:
        return first + 1
    return mark + 1 if mark >= 0 and mark - previous_end > 12 else (first + 1 if first >= 0 else previous_end)


def _item_end(text: str, end: int, following: int) -> int:
    mark = text.find(_ITEM_MARKS, end, following)
    return mark if mark >= 0 else following


def actions(text: str) -> frozenset[str]:
    """The verbs of ``text`` that say what is done."""
    return frozenset(match[0] for match in _ACTION.finditer(text))


def normal(text: str) -> str:
    """``text`` with one word for each of several that mean the same, without marks and places."""
    text = _TOGETHER.sub("", text)
    for word, same in _SYNONYMS:
        text = text.replace(word, same)
    text = _MONEY_FLOOR.sub(lambda m: f"{'' if m[1] in (None, '1', '一') else m[1]}{m[2]}元级", text)
    return _LOCAL.sub("", _MARKS.sub("", text))


def core(text: str) -> str:
    """What is counted: ``text`` without verbs, degrees and places."""
    return _GENTLE.sub("", _ACTION.sub("", normal(text)))


def trim(text: str) -> str:
    """``text`` (normalised) without verbs, degrees and fillers at its two ends."""
    while match := _HEAD.match(text):
        text = text[match.end() :]
    while match := _END.search(text[-12:]):
        text = text[: len(text) - (len(text[-12:]) - match.start())]
    return text


_ENDS = rf"(?:{_ACTION.pattern}|{_GENTLE.pattern}|新|数量|总数|总量|数)"
_HEAD = re.compile(_ENDS)
_END = re.compile(rf"{_ENDS}$")


def bare(text: str) -> str:
    """``text`` without every verb, degree and word of what became of it."""
    return _PREDICATE.sub("", _GENTLE.sub("", _ACTION.sub("", text)))


def opens_with_verb(text: str) -> bool:
    """Whether ``text`` begins with what became of a thing (已完成…), not with another noun."""
    return _HEAD.match(text) is not None or _PREDICATE.match(text) is not None


_VERBS_OF_ALL = frozenset(list_words("verbs", "of_anything"))


def verbs(text: str) -> frozenset[str]:
    """Verbs that tell one work from another; 新培育 is 培育."""
    found = {verb[1:] if verb[0] == "新" and verb[1:] in ACTIONS else verb for verb in actions(text)}
    return frozenset(found) - _VERBS_OF_ALL
