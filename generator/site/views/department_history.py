"""An office's tasks of earlier years, and what became of them; with those of the offices that it came of."""

from __future__ import annotations

from dataclasses import dataclass

from generator.figures import DistrictReport
from generator.model import Department, addresses
from generator.site.views.page_view import Link
from generator.site.views.site_frame import Frame
from generator.site.views.year_rows import OutcomeCount, YearRow, make_outcome_counts, make_year_row


@dataclass(frozen=True, slots=True, kw_only=True)
class PastYear:
    """One earlier year of an office."""

    link: Link
    """The year's page."""
    counts: tuple[OutcomeCount, ...]
    rows: tuple[YearRow, ...]


def make_past_years(frame: Frame, district: DistrictReport, department: Department) -> tuple[PastYear, ...]:
    """Every year in which the office, or one that became it, had a task; without the newest.

    Newest first; a task of the newest period stands in the lists above already.
    """
    names = _names(district, department)
    newest = district.newest.period.year if district.newest else None
    found = []
    for year in reversed(frame.years[district.district.id]):
        records = [r for r in year.records if names & {a.name for a in r.last.task.departments}]
        if not records or (year.year == newest and department.ended is None):
            continue
        found.append(
            PastYear(
                link=Link(
                    label=frame.words("years.department.past", year=year.year),
                    url=addresses.year_url(district.district.id, year.year),
                ),
                counts=make_outcome_counts(records, frame.words),
                rows=tuple(make_year_row(district, record, frame.words) for record in records),
            )
        )
    return tuple(found)


def _names(district: DistrictReport, department: Department) -> set[str]:
    """Its name and those of the offices that became it, however many changes ago."""
    found, waiting = {department.name}, [department]
    while waiting:
        for before in district.district.forebears(waiting.pop()):
            if before.name not in found:
                found.add(before.name)
                waiting.append(before)
    return found
