"""Deadlines in prose: 9月30日前, 8月底, 三季度, 年底前, with the last day that the words allow."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.language.chinese_numerals import parse_chinese_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Words for a time by which something is to be done."""

    start: int
    end: int
    """Offsets of the words in the text."""
    words: str
    last_day: dt.date
    """Last day that the words allow."""
    is_plain: bool
    """Whether the words bound a time by themselves (9月底, 8月前); a bare 8月 may only name a month."""


_DEADLINE = re.compile(
    r"(?:(?P<year>20\d\d)\s*年|今年)?\s*(?:"
    r"(?P<month>1[0-2]|0?[1-9])\s*月\s*(?:(?P<day>[12]\d|3[01]|0?[1-9])\s*日|"
    r"(?P<part>底|末|份|上旬|中旬|下旬|初))?"
    r"|第?(?P<quarter>[一二三四1-4])\s*季度\s*(?P<quarter_part>底|末)?"
    r"|前(?P<quarters>[二两三2-3])个?季度"
    r"|(?P<half>上半年)\s*(?P<half_part>底|末)?"
    r"|(?<!\d)(?P<turn>年底|年末|年内|年终)"
    r")(?P<before>之?前|以前)?"
)
_YEAR_END = re.compile(r"(?P<year>20\d\d)\s*年\s*(?:底|末|内)(?P<before>之?前|以前)?")
_NOT_AFTER = re.compile(r"截至|截止|自|从|去年|[-—–~～至到]$|上年|去$")
_NOT_BEFORE = re.compile(r"\s*(?:[-—–~～至到]\s*\d|以来|起|下达|开始)")
_LAST_DAYS = {"上旬": 10, "初": 10, "中旬": 20}


def find_deadlines(text: str, year: int) -> Iterator[Deadline]:
    """Deadlines of ``text`` in order; what names no year is of ``year``. 争取7月底前完成 → 7月底前, 31 July.

    Left out: what begins a time or ends a past one (截至6月底, 自5月起), and ranges (1-6月).
    """
    at = 0
    while match := _next(text, at):
        at = match.end()
        last = _last_day(match, year)
        before, behind = text[max(0, match.start() - 3) : match.start()], text[match.end() : match.end() + 4]
        if last is None or _NOT_AFTER.search(before) or _NOT_BEFORE.match(behind):
            continue
        found = match.groupdict()
        bounded = ("before", "part", "day", "turn", "quarter_part", "half_part")
        is_plain = any(found.get(name) for name in bounded) or match.re is _YEAR_END
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield Deadline(start=start, end=match.end(), words=match[0].strip(), last_day=last, is_plain=is_plain)


def _next(text: str, at: int) -> re.Match[str] | None:
    found = [m for m in (_YEAR_END.search(text, at), _DEADLINE.search(text, at)) if m]
    return min(found, key=lambda match: (match.start(), -len(match[0])), default=None)


def _last_day(match: re.Match[str], default: int) -> dt.date | None:
    found = match.groupdict()
    year = int(found["year"] or default)
    if month := _month(found):
        end = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
        day = int(found.get("day") or _LAST_DAYS.get(found.get("part") or "", end))
        return dt.date(year, month, day) if day <= end else None
    return None


def _month(found: dict[str, str | None]) -> int:
    """Last month that the words allow."""
    if month := found.get("month"):
        return int(month)
    if quarters := found.get("quarter") or found.get("quarters"):
        number = int(quarters) if quarters.isdecimal() else parse_chinese_number(quarters)
        return 3 * (number or 4)
    return 6 if found.get("half") else 12
