"""Whether the period that the clerk named agrees with what the table says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.base.places import NOWHERE
from generator.model import Period, Task

_YEAR = re.compile(r"(20\d\d)\s*年")
_QUARTER = re.compile(r"(?:第)?([一二三四1-4])季度")
_HALF = re.compile(r"(上半年|下半年)")
_MONTH = re.compile(r"(?:1\s*[-—－~至]\s*)?(\d{1,2})月(?:份|底|末)?")
_INDEX = {"一": 1, "二": 2, "三": 3, "四": 4}


def check_period(title: str | None, period: Period, tasks: Sequence[Task]) -> list[Problem]:
    """A warning when the title names another year or another end of the period."""
    del tasks
    if not title:
        return []
    years = {int(y) for y in _YEAR.findall(title)}
    hint = Message("请核对 --period；确实没错就不用改")
    if years and period.year not in years:
        what = Message(
            "表名写的是 {years} 年，报告期却是 {period}", years=tuple(map(str, sorted(years))), period=period
        )
        return [Problem(place=NOWHERE, what=what, hint=hint, level=Severity.WARNING)]
    last = last_month(title)
    if last is not None and last != period.last_month:
        what = Message(
            "表名“{title}”说的像是到 {last} 月底，报告期 {period} 却到 {end} 月底",
            title=title[-24:],
            last=last,
            period=period,
            end=period.last_month,
        )
        return [Problem(place=NOWHERE, what=what, hint=hint, level=Severity.WARNING)]
    return []


def check_headings(headings: Sequence[str], period: Period) -> list[Problem]:
    """A warning for each heading of a progress column that names another end of the period."""
    found = []
    for heading in headings:
        last = last_month(heading)
        if last is not None and last != period.last_month:
            plain = heading.replace("\n", "")[-24:]
            what = Message(
                "“{heading}”一列说的像是到 {last} 月底，报告期 {period} 却到 {end} 月底",
                heading=plain,
                last=last,
                period=period,
                end=period.last_month,
            )
            hint = Message("请核对 --period；确实没错就不用改")
            found.append(Problem(place=NOWHERE, what=what, hint=hint, level=Severity.WARNING))
    return found


def last_month(title: str) -> int | None:
    """Last month (1-12) that a title names; None when it names none."""
    if match := _QUARTER.search(title):
        return 3 * (_INDEX.get(match[1]) or int(match[1]))
    if match := _HALF.search(title):
        return 6 if match[1] == "上半年" else 12
    if match := _MONTH.search(title):
        return int(match[1]) if 1 <= int(match[1]) <= 12 else None
    return None
