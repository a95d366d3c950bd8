"""The reporting ledger: which body reported in which period, and who said nothing new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.figures.assessment import TaskFigures
from generator.figures.period_changes import previous_overview
from generator.figures.report import DistrictReport, Overview
from generator.figures.text_differences import Repeat, find_repeat, says_nothing
from generator.model import Department, Role


class Reported(StrEnum):
    """What the texts of a body's tasks are beside those of the period before; never what the body did."""

    FIRST = "first"
    """There is a text, and no period before to call it new."""
    NEWS = "news"
    """At least one of its tasks says something that the last table did not say."""
    REPEATED = "repeated"
    """It reported, but every text is equal or nearly equal to the last one, or a phrase without content."""
    SILENT = "silent"
    """Not one of its tasks has a progress text."""
    NONE = "none"
    """It has no task in the period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCell:
    """One body in one period. Tasks that it only joins are not counted."""

    reported: Reported
    tasks: int
    """Tasks that it leads, or has without a marked lead."""
    reporting: int
    """Of these, tasks with a progress text."""
    repeated: int
    """Of those that report, texts equal or nearly equal to the last ones."""
    empty: int
    """Of those that report, phrases without content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One body over the periods, in the order of the ledger's periods."""

    department: Department
    cells: tuple[LedgerCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingLedger:
    """Bodies × periods."""

    overviews: tuple[Overview, ...]
    """Oldest first."""
    rows: tuple[LedgerRow, ...]
    """In the order of the directory; bodies that have no task in any period are left out."""


def make_ledger(report: DistrictReport) -> ReportingLedger:
    """Who reported in which period."""
    overviews = tuple(o for o in report.overviews if any(t.update for t in o.tasks))
    rows = []
    for department in report.district.departments:
        cells = tuple(_make_cell(department, o, previous_overview(report, o.period)) for o in overviews)
        if any(cell.tasks for cell in cells):
            rows.append(LedgerRow(department=department, cells=cells))
    return ReportingLedger(overviews=overviews, rows=tuple(rows))


def _make_cell(department: Department, overview: Overview, before: Overview | None) -> LedgerCell:
    last = {t.task.id: t for t in before.tasks} if before else {}
    tasks = tuple(_own(department, overview))
    reporting = [t for t in tasks if t.update and t.update.progress]
    empty = {t.task.id for t in reporting if t.update and says_nothing(t.update.progress)}
    repeated = {t.task.id for t in reporting if _repeats(last.get(t.task.id), t)}
    if not tasks:
        reported = Reported.NONE
    elif not reporting:
        reported = Reported.SILENT
    else:
        stale = len(repeated | empty) == len(reporting)
        fresh = Reported.FIRST if before is None else Reported.NEWS
        reported = Reported.REPEATED if stale else fresh
    return LedgerCell(
        reported=reported,
        tasks=len(tasks),
        reporting=len(reporting),
        repeated=len(repeated),
        empty=len(empty),
    )


def _own(department: Department, overview: Overview) -> Iterator[TaskFigures]:
    for figures in overview.tasks:
        if any(a.name == department.name and a.role is not Role.JOINT for a in figures.task.departments):
            yield figures


def _repeats(before: TaskFigures | None, after: TaskFigures) -> bool:
    old = before.update.progress if before and before.update else None
    new = after.update.progress if after.update else None
    return find_repeat(old, new) is not Repeat.NO
