"""What an office did before: tasks of earlier years, tasks of this year that others took over or left to it.

Counts by now hold those of the offices that it came of; counts by then go by the name that the table had.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from generator.figures import DepartmentLoad, DistrictReport, TaskFigures, YearRecord, YearReport
from generator.model import Department, addresses
from generator.site.views.office_notes import OfficeNote
from generator.site.views.page_view import Link
from generator.site.views.site_frame import Frame
from generator.site.views.year_rows import OutcomeCount, YearRow, make_outcome_counts, make_year_row
from generator.wording import Words, format_period


@dataclass(frozen=True, slots=True, kw_only=True)
class PastYear:
    """One earlier year of an office, or what it no longer has of this one."""

    link: Link
    """The year's page."""
    by_then: str | None
    """How many under the name of then, where the offices that it came of had some."""
    counts: tuple[OutcomeCount, ...]
    rows: tuple[YearRow, ...]


HeldRecords = Mapping[tuple[int, str], Sequence[YearRecord]]
"""Year and office, by its name of then → the records of the tasks that it had in some period of the year."""


def list_held_records(frame: Frame, district: DistrictReport) -> HeldRecords:
    """What every office had, found once for all pages of a district."""
    found: dict[tuple[int, str], list[YearRecord]] = defaultdict(list)
    for year in frame.years[district.district.id]:
        for record in year.records:
            for name in _offices(district, record):
                found[year.year, name].append(record)
    return found


def make_past_years(
    frame: Frame,
    district: DistrictReport,
    department: Department,
    load: DepartmentLoad | None,
    held: HeldRecords,
) -> tuple[PastYear, ...]:
    """Every year in which the office, or one that became it, had a task; newest first.

    Of the newest year only what ``load``, its tasks of the newest period, does not show on the page already.
    """
    names = _names(district, department)
    shown = {figures.task.id for figures in _tasks_of(load)}
    newest = district.newest.period.year if district.newest else None
    found = []
    for year in reversed(frame.years[district.district.id]):
        own = held.get((year.year, department.name), ())
        if year.year == newest:
            records = [r for r in own if r.last.task.id not in shown]
        else:
            every = {r.last.task.id: r for name in names for r in held.get((year.year, name), ())}
            records = sorted(every.values(), key=lambda r: r.last.task.number)
        if records:
            has_left = year.year == newest and (bool(load) or department.ended is None)
            found.append(_make_year(frame, district, year, records, names, department, has_left=has_left))
    return tuple(found)


def _make_year(
    frame: Frame,
    district: DistrictReport,
    year: YearReport,
    records: list[YearRecord],
    names: Set[str],
    department: Department,
    *,
    has_left: bool,
) -> PastYear:
    words = frame.words
    label = words("years.department.left" if has_left else "years.department.past", year=year.year)
    rows = (
        replace(row, notes=(*row.notes, *_handed_on(district, record, department.name, words)))
        for record in records
        for row in (make_year_row(district, record, words),)
    )
    then = Counter(name for r in records for name in sorted(names & _offices(district, r)))
    return PastYear(
        link=Link(label=label, url=addresses.year_url(district.district.id, year.year)),
        by_then=_by_then(then, len(records), department.name, words),
        counts=make_outcome_counts(records, words),
        rows=tuple(rows),
    )


def _by_then(then: Counter[str], total: int, name: str, words: Words) -> str | None:
    """按当时的单位：区园林局1项、区城管局1项；按现在的单位：2项。"""
    if set(then) <= {name}:
        return None
    each = (words("years.department.count", name=office, n=n) for office, n in then.items())
    return words("years.department.by_then", counts=words("format.list").join(each), n=total)


def make_taken_over(
    district: DistrictReport, department: Department, load: DepartmentLoad | None, words: Words
) -> Iterator[OfficeNote]:
    """Tasks of the year that another office had before, one that did not become this one."""
    names = _names(district, department)
    for figures in _tasks_of(load):
        before = [f for f in district.tracks[figures.task.id].figures if not names & _names_in(f)]
        if before and before[-1].period.order < figures.period.order:
            old = (a.name for a in before[-1].task.departments)
            text = words(
                "years.department.taken_over",
                names=words("format.list").join(old),
                period=format_period(before[-1].period, words),
            )
            link = Link(label=figures.task.title, url=addresses.task_url(figures.task.id))
            yield OfficeNote(text=text, links=(link,))


def _handed_on(district: DistrictReport, record: YearRecord, name: str, words: Words) -> Iterator[str]:
    """Up to which period the task was this office's, where it is another's now."""
    had = [f for f in district.tracks[record.last.task.id].figures if name in _names_in(f)]
    if had and had[-1].period != record.last.period:
        now = words("format.list").join(a.name for a in record.last.task.departments)
        period = format_period(had[-1].period, words)
        yield words("years.department.handed_on", period=period, name=name, names=now)


def _offices(district: DistrictReport, record: YearRecord) -> set[str]:
    """Every office that the task had in some period of its year, by the name of then."""
    return {name for f in district.tracks[record.last.task.id].figures for name in _names_in(f)}


def _names_in(figures: TaskFigures) -> set[str]:
    return {assignment.name for assignment in figures.task.departments}


def _tasks_of(load: DepartmentLoad | None) -> Iterable[TaskFigures]:
    return (*load.led, *load.joined, *load.unstated) if load else ()


def _names(district: DistrictReport, department: Department) -> set[str]:
    """Its name and those of the offices that became it alone, however many changes ago.

    An office that was split counts for none of those that followed: which task fell to whom, tables say.
    """
    found, waiting = {department.name}, [department]
    while waiting:
        for before in district.district.forebears(waiting.pop()):
            if before.name not in found and before.ended and len(before.ended.into) == 1:
                found.add(before.name)
                waiting.append(before)
    return found
