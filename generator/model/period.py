"""Reporting periods: quarter, half, month or year, cumulative to the last day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from generator.base.messages import Message


class PeriodKind(StrEnum):
    """How long a reporting period is."""

    QUARTER = "Q"
    HALF = "H"
    MONTH = "M"
    YEAR = "Y"

    @property
    def months(self) -> int:
        """Months that one such period lasts."""
        return _MONTHS[self]


_MONTHS = {PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.MONTH: 1, PeriodKind.YEAR: 12}
_PERIOD = re.compile(r"(?P<year>20\d\d)(?:(?P<kind>[QHM])(?P<index>\d{1,2}))?")
_BY_LENGTH = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A reporting period: a quarter, half, month or the year, always cumulative to its last day."""

    year: int
    kind: PeriodKind
    index: int
    """1-based number within the year; 1 for a whole year."""

    def __str__(self) -> str:
        if self.kind is PeriodKind.YEAR:
            return str(self.year)
        index = f"{self.index:02d}" if self.kind is PeriodKind.MONTH else str(self.index)
        return f"{self.year}{self.kind}{index}"

    @property
    def last_month(self) -> int:
        """Month (1-12) in which the period ends."""
        return self.kind.months * self.index

    @property
    def end(self) -> dt.date:
        """Last day of the period."""
        year, month = (self.year, self.last_month + 1) if self.last_month < 12 else (self.year + 1, 1)
        return dt.date(year, month, 1) - dt.timedelta(days=1)

    @property
    def order(self) -> tuple[int, int, int]:
        """Sort key: by the end of the period; of two that end together the shorter one first."""
        return (self.year, self.last_month, _BY_LENGTH.index(self.kind))

    @property
    def following(self) -> Period:
        """The next period of the same length."""
        last = self.last_month == 12
        return Period(year=self.year + last, kind=self.kind, index=1 if last else self.index + 1)


def parse_period(text: str) -> Period:
    """Period of ``2025Q1…Q4``, ``2025H1/H2``, ``2025M01…M12`` or ``2025``.

    Raises: ValueError with the reason as a message.
    """
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(
            Message("“{text}”不是报告期，应写成 2025Q1…Q4、2025H1/H2、2025M01…M12 或 2025", text=text)
        )
    kind, index = PeriodKind(match["kind"] or "Y"), int(match["index"] or 1)
    if not 1 <= index <= (last := 12 // kind.months):
        raise ValueError(
            Message("“{text}”不是报告期：{kind} 后面应是 1 至 {last}", text=text, kind=kind, last=last)
        )
    period = Period(year=int(match["year"]), kind=kind, index=index)
    if str(period) != text:
        raise ValueError(Message("“{text}”不是报告期，应写成 {period}", text=text, period=str(period)))
    return period
