"""How dates and periods are written."""

from __future__ import annotations

import datetime as dt

from generator.model import Period, PeriodKind
from generator.wording.catalogue import Words


def format_date(date: dt.date, words: Words) -> str:
    """2025年6月30日, 30 June 2025."""
    month = words(f"format.month.{date.month}")
    return words("format.date", year=date.year, month=month, day=date.day)


def format_known_date(date: dt.date | None, words: Words) -> str:
    """A date in words; the catalogue's word for unknown when None."""
    return words("pages.unknown") if date is None else format_date(date, words)


def format_period(period: Period, words: Words) -> str:
    """2025年第二季度, 2025年上半年, 2025年6月, 2025年."""
    if period.kind is PeriodKind.MONTH:
        return words("format.period.M", year=period.year, month=words(f"format.month.{period.index}"))
    key = period.kind if period.kind is PeriodKind.YEAR else f"{period.kind}{period.index}"
    return words(f"format.period.{key}", year=period.year)
