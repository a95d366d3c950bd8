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

from generator.language.deadlines import Deadline, find_deadlines

_TOKEN = re.compile(r"\d+(?:\.\d+)?[%％]?|[A-Za-z]+|.", re.S)
_ISLAND = 3
"""Equal runs shorter than this between two changes read better as changed."""
_NEAR = 90.0
"""Likeness (0-100) from which two sentences are nearly equal, if their numbers are the same."""
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_REPORT_TIME = re.compile(
    r"(?:截至|截止)(?:到|目前|(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末|份|初|上旬|中旬|下旬)?)?|目前|今年以来|"
    r"(?:20\d\d年)?(?:\d{1,2}[-—–~至到]\d{1,2}月份?|上半年|下半年|前?[一二三四1-4]个?季度)(?![^，,、]{0,2}前)"
)
"""When a report was written. A day on which a thing was or is to be done is no such time."""
_STATES = frozenset("已正在未完成竣开启动投通验封交停暂将拟不无没全部续")
"""Where one of these is written or struck out, it may be the news."""
_FILLER = re.compile(
    r"(?:该项|本项|此项|各项|相关|目前|当前|现|已|均|正在|正|仍在|在|按照|按|依照|序时进度|序时|既定|时间节点|节点|"
    r"时间|年度|计划|方案|要求|任务|工作|项目|事项|目标|进度|有序|稳步|持续|积极|扎实|顺利|正常|全力|加快|"
    r"大力|深入|抓好|推进|推动|进行|实施|开展|落实|办理|过程|当中|中|之|地|的)+"
)
_CORE = re.compile(r"推进|推动|进行|实施|开展|落实|办理|正常|有序")
_NOTHING = frozenset(("无", "暂无", "同上", "同上期", "无变化", "没有变化", "见上", "略"))


class ChangedPart(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """A run of characters of two texts."""

    part: ChangedPart
    text: str


class Repeat(StrEnum):
    """Whether a text only says again what the last one said."""

    NO = "no"
    NEARLY = "nearly"
    """Nearly the same words and the very same numbers."""
    EQUAL = "equal"


def compare_texts(old: str, new: str) -> tuple[TextPiece, ...]:
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


def _pieces(runs: list[tuple[str, str]]) -> Iterator[TextPiece]:
    for gone, added in runs:
        if gone == added:
            if gone:
                yield TextPiece(part=ChangedPart.SAME, text=gone)
            continue
        if gone:
            yield TextPiece(part=ChangedPart.GONE, text=gone)
        if added:
            yield TextPiece(part=ChangedPart.ADDED, text=added)


def find_repeat(old: str | None, new: str | None) -> Repeat:
    """Whether ``new`` repeats ``old``; two empty texts repeat nothing.

    Nearly: every sentence of either text has one in the other that differs at most in the time of the
    report and in words that tell of no state; one new sentence in a long text is news.
    """
    if not old or not new:
        return Repeat.NO
    if _bare(old) == _bare(new):
        return Repeat.EQUAL
    before, after = _sentences(old), _sentences(new)
    if _numbers(before) != _numbers(after):
        return Repeat.NO
    again = all(any(_near(one, other) for one in before) for other in after)
    whole = again and all(any(_near(one, other) for other in after) for one in before)
    return Repeat.NEARLY if whole else Repeat.NO


def _sentences(text: str) -> list[str]:
    """Sentences without punctuation and without the time of the report."""
    found = (_bare(_REPORT_TIME.sub("", s)) for s in _SENTENCE.findall(unicodedata.normalize("NFKC", text)))
    return [sentence for sentence in found if sentence]


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    if fuzz.ratio(one, other) < _NEAR:
        return False
    changed = (p.text for p in compare_texts(one, other) if p.part is not ChangedPart.SAME)
    return not _STATES.intersection("".join(changed))


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum() or c in "%+-.")


def _numbers(sentences: list[str]) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", "\n".join(sentences))


def says_nothing(text: str | None) -> bool:
    """Whether a progress text is only a phrase such as 按计划推进中."""
    bare = "".join(c for c in text or "" if c.isalnum())
    if not bare:
        return False
    return bare in _NOTHING or (_FILLER.fullmatch(bare) is not None and _CORE.search(bare) is not None)


def find_past_dates(text: str | None, year: int, as_of: dt.date) -> tuple[Deadline, ...]:
    """Deadlines in a text of plans that lie before ``as_of``; a month without a year is one of ``year``."""
    return tuple(d for d in find_deadlines(text or "", year) if d.is_plain and d.last_day < as_of)
