"""Shares of the work done that a text states itself: 完成任务量的83%, 开工率34.62%, 占比61.41%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SHARE = re.compile(
    r"(?:完成[^，,。；;\d]{0,12}(?:任务量?|目标|计划|工程量|总量|进度|工作量)的?"
    r"|(?:完成|开工|竣工|完工|建成|签约|入库)率(?:为|达到?)?"
    r"|完成[^，,。；;\d]{0,16}占比(?:为|达到?)?"
    r"|形象进度(?:为|达到?|完成)?"
    r"|(?<=[，,；;])(?:目前|现)?已?完成)"
    r"(?:约|近|超过?)?\s?(?P<percent>\d+(?:\.\d+)?)\s?[%％]"
)
_PART = re.compile(r"(?<=[，,])占比(?:为|达到?)?\s?(?P<percent>\d+(?:\.\d+)?)\s?[%％]")
_DONE = re.compile(r"完成|开工|竣工|移交")
_SENTENCE_END = re.compile(r"[。；;\n]|(?<=[。；;])\s")
_LONGEST = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedShare:
    """One share that the text states of its own work."""

    words: str
    """The clauses that say so, verbatim, from the thing to the share."""
    percent: str
    """As printed, without the sign: 61.41."""
    start: int
    end: int


def find_stated_shares(text: str) -> tuple[StatedShare, ...]:
    """Shares in order of the text; a rate of quality (达标率100%) is none.

    甲河已施工1113米,完成任务量的83%;乙河… → one share, 83, of 甲河已施工1113米,完成任务量的83%.
    """
    return tuple(share for start, end in _sentences(text) for share in _shares(text, start, end))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        yield start, mark.start()
        start = mark.end()
    yield start, len(text)


def _shares(text: str, start: int, end: int) -> Iterator[StatedShare]:
    found = [*_SHARE.finditer(text, start, end)]
    found += [m for m in _PART.finditer(text, start, end) if _DONE.search(text, start, m.start())]
    for match in sorted(found, key=lambda match: match.start()):
        begin = _begin(text, start, match.end())
        yield StatedShare(
            words=text[begin : match.end()], percent=match["percent"], start=begin, end=match.end()
        )


def _begin(text: str, start: int, end: int) -> int:
    """Where the words begin: with the sentence, or with its first clause that is near enough."""
    while text[start].isspace():
        start += 1
    clauses = [start, *(m.end() for m in re.finditer("[，,]", text[:end]) if m.end() > start)]
    near = (clause for clause in clauses if end - clause <= _LONGEST)
    return next(near, clauses[-1])
