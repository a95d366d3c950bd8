"""Named things of one promise that a text tells of one by one: proposed and asked, never written by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.ingest.numbers.status_words import propose_status
from generator.language.lexicon import make_pattern
from generator.language.outline import OutlinePart, PartKind, parse_outline
from generator.language.place_names import find_places
from generator.language.progress_acts import Act, read_clauses
from generator.model import StatusValue

_THING = re.compile(
    r"[一-鿿A-Za-z0-9“”‘’()（）#·]{1,20}(?:路|街|河|沟|湖|渠|桥|公园|花园|医院|院区|小学|中学|初中|高中|学校|学院|幼儿园"
    r"|社区|小区|街区|片区|高铁|高速|号线(?:[一二三]期)?|隧道|枢纽|水库|书房|驿站|气膜馆|体育馆|博物馆|图书馆|大厦|产业园|市场|(?<!示范)村|庄|镇)"
)
_LISTED = re.compile(r"[^，,。；;：:]*、[^，,。；;：:]*")
_BETWEEN = re.compile("[、和与及]|等|以及")
_WORK = make_pattern("acts", "standing_promise", "generic", "intent")
_DOING = re.compile(rf"^(?:{_WORK}|启动|实施|推动|做好|加快|服务|保障)+")
_SURROUNDINGS = re.compile("依托|围绕|立足|对标|沿线|以[^，]{1,20}为")
"""Before names of what a promise leans on, not of what it promises."""
_TAIL = re.compile(r"(?:项目|工程|建设|方面|工作|情况|改造|新建|改扩建)+$")
_LEAST_RUN = 4
_FAR = 1_000_000
"""Beyond any text: what a text does not name comes last."""
_COUNTED = re.compile(
    r"\d+[所处家个座条](?P<thing>[^，,。；;、]{0,12})|(?P<before>[^，,。；;、]{2,12}?)\d+[所处家个座条]"
)
_SORTS = {
    "school": re.compile("学校|幼儿园|小学|中学|教育设施"),
    "park": re.compile("公园|花园|游园"),
    "road": re.compile("道路|断头路"),
    "river": re.compile("河|沟渠|水系"),
    "hospital": re.compile("医院"),
    "community": re.compile("社区|托育|养老|小区"),
}
"""Sorts of places, and the words by which a promise counts them: 教育设施7处, 断头路6条."""
_CLAUSE_END = re.compile("[，,。；;\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartProposal:
    """A named thing of a promise, and how far the text says that it is."""

    name: str
    """Verbatim, as the commitment or the progress text has it."""
    promise: str
    """The words of the commitment that promise it."""
    status: StatusValue
    quote: str | None
    """The words of the progress text that put it there."""


def propose_parts(commitment: str, progress: str | None) -> tuple[PartProposal, ...]:
    """Things that the promise names or counts and the text names one by one; none where fewer than two.

    断头路6条, told as 云帆路、石桥北街建成通车 → 云帆路, 石桥北街.
    """
    text = progress or ""
    named = dict(_by_headings(commitment, text)) | dict(_by_names(commitment, text))
    for found in (named, _by_count(commitment, text)):
        if len(found) >= 2:
            names = sorted(found, key=lambda name: text.find(name) % _FAR)
            return tuple(propose_part(name, text, found[name], names) for name in names)
    return ()


def propose_part(name: str, text: str, promise: str = "", names: Sequence[str] = ()) -> PartProposal:
    """How far the text says that the thing of this name is; ``names``: the others that it tells of."""
    if name not in text:
        return PartProposal(name=name, promise=promise, status=StatusValue.NO_INFORMATION, quote=None)
    said = _told_of(name, names, text)
    deeds = [clause for clause in read_clauses(said) if clause.act >= Act.BEFORE]
    if deeds and deeds[-1].act is Act.FINISHED:
        return PartProposal(name=name, promise=promise, status=StatusValue.COMPLETED, quote=deeds[-1].text)
    status = propose_status(name, said)
    quote = status.quote if status.quote and status.quote in text else None
    return PartProposal(name=name, promise=promise, status=status.value, quote=quote)


def _told_of(name: str, names: Sequence[str], text: str) -> str:
    """What the text says of a thing: its clause, up to the next thing's or the end of the sentence."""
    start = text.find(name)
    begun = max((match.end() for match in _CLAUSE_END.finditer(text, 0, start)), default=0)
    first = _CLAUSE_END.search(text, start)
    least = first.start() if first else len(text)
    ends = [place for other in names if (place := text.find(other, least)) >= 0]
    stop = re.compile("[。；;\n]").search(text, start)
    end = min([*ends, stop.start() if stop else len(text)])
    return text[begun : max(end, least)].strip("，,、 ")


def _headings(parts: tuple[OutlinePart, ...]) -> Iterator[OutlinePart]:
    for part in parts:
        if part.kind in (PartKind.HEADING, PartKind.SUBHEADING):
            yield part
        else:
            yield from _headings(part.parts)


def _by_headings(commitment: str, text: str) -> Iterator[tuple[str, str]]:
    """Headings of the text that name a thing of the promise (兴隆公园项目：)."""
    for heading in _headings(parse_outline(text).parts):
        name = _TAIL.sub("", heading.label.strip())
        if len(name) >= _LEAST_RUN and name in commitment and _THING.fullmatch(name):
            yield name, name


def _by_names(commitment: str, text: str) -> Iterator[tuple[str, str]]:
    """Names that stand side by side in the promise, as far as the text tells of one of them."""
    for group in _LISTED.findall(commitment):
        if _SURROUNDINGS.search(group):
            continue
        pieces = [piece for piece in _BETWEEN.split(group.split("等")[0]) if piece]
        if any(_COUNTED.search(piece) for piece in pieces):
            continue
        names = [_THING.match(_DOING.sub("", piece)) for piece in pieces]
        found = [match[0] for match in names if match]
        if len(found) >= 2 and any(name in text for name in found):
            yield from ((name, group.strip()) for name in found)


def _by_count(commitment: str, text: str) -> dict[str, str]:
    """Places that the text names of a sort that the promise counts."""
    places = [(found.name, found.kind) for found in find_places(text)]
    for match in _COUNTED.finditer(commitment):
        counted = match["thing"] or match["before"] or ""
        number = int(re.search(r"\d+", match[0])[0])  # type: ignore[index]
        for kind, words in _SORTS.items():
            names = dict.fromkeys(name for name, sort in places if sort == kind)
            if words.search(counted) and 2 <= len(names) <= number:
                return dict.fromkeys(names, match[0].strip())
    return {}
