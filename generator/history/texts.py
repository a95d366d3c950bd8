"""Texts of two periods side by side: differences, repetition, phrases without content, dates gone by."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

_TOKEN = re.compile(r"\d+(?:\.\d+)?[%％]?|[A-Za-z]+|.", re.S)
_ISLAND = 3
"""Equal runs shorter than this between two changes read better as changed."""
_NEAR = 95.0
"""Likeness (0-100) from which two texts are nearly equal, if their numbers are the same."""
_DATE_WORDS = re.compile(
    r"(?:截至|截止|至|到)?(?:20\d\d年)?\d{1,2}[-—至~]?\d{0,2}月(?:\d{1,2}日|底|末|份|初|中旬)?"
)
_FILLER = re.compile(
    r"(?:该项|本项|此项|各项|相关|目前|当前|现|已|均|正在|正|仍在|在|按照|按|依照|序时进度|序时|既定|时间节点|节点|"
    r"时间|年度|计划|方案|要求|任务|工作|项目|事项|目标|进度|有序|稳步|持续|积极|扎实|顺利|正常|全力|加快|"
    r"大力|深入|抓好|推进|推动|进行|实施|开展|落实|办理|过程|当中|中|之|地|的)+"
)
_CORE = re.compile(r"推进|推动|进行|实施|开展|落实|办理|正常|有序")
_NOTHING = frozenset(("无", "暂无", "同上", "同上期", "无变化", "没有变化", "见上", "略"))
_DEADLINE = re.compile(
    r"(?:(?P<year>20\d\d)\s*年)?\s*(?P<month>1[0-2]|0?[1-9])\s*月\s*(?:(?P<day>[12]\d|3[01]|0?[1-9])\s*日|"
    r"(?P<part>底|末|份|上旬|中旬|下旬|初))?(?P<before>之?前|以前)?"
)


class Part(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of characters of two texts."""

    part: Part
    text: str


class Repeat(StrEnum):
    """Whether a text only says again what the last one said."""

    NO = "no"
    NEARLY = "nearly"
    """Nearly the same words and the very same numbers."""
    EQUAL = "equal"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDate:
    """A date that a text still announces although it is gone by."""

    start: int
    end: int
    """Offsets of the words in the text."""
    words: str
    last_day: dt.date
    """Last day that the words allow."""


def compare_texts(old: str, new: str) -> tuple[Piece, ...]:
    """Pieces of both texts in order; same and gone joined are ``old``, same and added are ``new``."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    runs: list[tuple[str, str]] = []
    for code in Indel.opcodes(before, after):
        gone = "".join(before[code.src_start : code.src_end])
        added = "".join(after[code.dest_start : code.dest_end])
        if code.tag == "equal" and not (runs and len(gone) < _ISLAND and code.src_end < len(before)):
            runs.append((gone, gone))
            runs.append(("", ""))
        elif runs:
            runs[-1] = (runs[-1][0] + gone, runs[-1][1] + added)
        else:
            runs.append((gone, added))
    return tuple(_pieces(runs))


def _pieces(runs: list[tuple[str, str]]) -> Iterator[Piece]:
    for gone, added in runs:
        if gone == added:
            if gone:
                yield Piece(part=Part.SAME, text=gone)
            continue
        if gone:
            yield Piece(part=Part.GONE, text=gone)
        if added:
            yield Piece(part=Part.ADDED, text=added)


def find_repeat(old: str | None, new: str | None) -> Repeat:
    """Whether ``new`` repeats ``old``; two empty texts repeat nothing."""
    if not old or not new:
        return Repeat.NO
    before, after = _bare(old), _bare(new)
    if before == after:
        return Repeat.EQUAL
    if fuzz.ratio(before, after) < _NEAR:
        return Repeat.NO
    return Repeat.NEARLY if _numbers(old) == _numbers(new) else Repeat.NO


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum() or c in "%+-.")


def _numbers(text: str) -> list[str]:
    """Numbers of a text, those of dates aside."""
    return re.findall(r"\d+(?:\.\d+)?", _DATE_WORDS.sub("", unicodedata.normalize("NFKC", text)))


def says_nothing(text: str | None) -> bool:
    """Whether a progress text is only a phrase such as 按计划推进中."""
    bare = "".join(c for c in text or "" if c.isalnum())
    if not bare:
        return False
    return bare in _NOTHING or (_FILLER.fullmatch(bare) is not None and _CORE.search(bare) is not None)


def find_past_dates(text: str | None, year: int, as_of: dt.date) -> tuple[PastDate, ...]:
    """Deadlines in a text of plans that lie before ``as_of``; a month without a year is one of ``year``."""
    found = []
    for match in _DEADLINE.finditer(text or ""):
        if not (match["before"] or match["part"] or match["day"]):
            continue
        last = _last_day(match, year)
        told = text[max(0, match.start() - 3) : match.start()] if text else ""
        if last is None or last >= as_of or re.search(r"截至|截止|自|从|[-—~至到]$", told):
            continue
        found.append(PastDate(start=match.start(), end=match.end(), words=match[0].strip(), last_day=last))
    return tuple(found)


def _last_day(match: re.Match[str], default: int) -> dt.date | None:
    year, month = int(match["year"] or default), int(match["month"])
    end = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    day = {"上旬": 10, "初": 10, "中旬": 20}.get(match["part"] or "", end)
    if match["day"]:
        day = int(match["day"])
    return dt.date(year, month, day) if day <= end else None
