"""All arithmetic of the report: completion, schedule, standing, totals.

Pure functions over the model; ratios are exact ``Fraction`` (0 is nothing, 1 is the whole), percentage
points are ``Fraction`` too (5 is five points). Nothing here reads a text: every number comes with its quote.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from generator.language.quantities import comparable, ratio
from generator.model import (
    Actual,
    Basis,
    Comparator,
    Department,
    District,
    Period,
    Role,
    Site,
    SiteConfig,
    StatusValue,
    Target,
    TargetKind,
    Task,
    Update,
)


class Standing(StrEnum):
    """Where a target or task stands, from good to bad; the value is the ``data-status`` of every mark."""

    DONE = "done"
    AHEAD = "ahead"
    ON_SCHEDULE = "on_schedule"
    BEHIND = "behind"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    NO_INFORMATION = "no_information"


class Reason(StrEnum):
    """Why a target has no completion."""

    NO_FIGURE = "no_figure"
    """The period's text reports nothing that answers the target."""
    QUARTER_ONLY = "quarter_only"
    """Only one quarter's figure is reported; it cannot be compared with the year's target."""
    SCOPE = "scope"
    """The number only says how big the work is."""
    RATE = "rate"
    """Growth and level targets are met or not met; they have no completion."""
    AT_MOST = "at_most"
    """A limit not to be exceeded has no completion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFigure:
    """What one period says of one target."""

    task_id: str
    target: Target
    period: Period
    actual: Actual | None
    """The reported number; None when nothing was reported."""
    completion: Fraction | None
    """Share of the target reached, not capped; None with ``reason``."""
    schedule: Fraction
    """Share of the year gone by at as_of (months / 12)."""
    standing: Standing | None
    """done, ahead, on_schedule or behind; None when not comparable."""
    met: bool | None
    """Whether the target is reached; for growth and level the only judgement; None when unknown."""
    gap_points: Fraction | None
    """Percentage points above (+) or below (-): completion minus schedule for count, amount and stock;
    actual minus target for growth and level; None when not comparable."""
    reason: Reason | None
    """Why there is no completion; None when there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFigures:
    """What one period says of one task."""

    task: Task
    update: Update | None
    """The period's update; None when the period's table did not have the task."""
    targets: tuple[TargetFigure, ...]
    """In the order of the task's targets."""
    standing: Standing
    """That of the weakest comparable target (ahead instead of done while another promised number has no
    comparable figure); with none, the text's own status."""
    weakest: TargetFigure | None
    """The target that decides the standing; None when the status does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Counts over a set of tasks; ``standings`` always adds up to ``tasks``."""

    tasks: int
    standings: Mapping[Standing, int]
    """Every standing, zero included, in order from good to bad."""
    tasks_with_targets: int
    """Tasks with at least one target that is not scope."""
    targets: int
    """Targets that are not scope."""
    comparable: int
    """Targets with a standing."""
    target_standings: Mapping[Standing, int]
    """Of the comparable targets: done, ahead, on_schedule, behind."""
    left_out: Mapping[Reason, int]
    """Targets without a standing, by reason (scope counted here too)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentLoad:
    """A department's tasks in one period; a shared task counts once a department."""

    department: Department
    led: tuple[TaskFigures, ...]
    joined: tuple[TaskFigures, ...]
    unstated: tuple[TaskFigures, ...]
    """Tasks whose source marks no lead."""
    totals: Totals
    """Over all of its tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """One district in one period."""

    district: District
    period: Period
    as_of: dt.date
    schedule: Fraction
    tasks: tuple[TaskFigures, ...]
    """Tasks of the year that the period's table has, by number."""
    totals: Totals
    departments: tuple[DepartmentLoad, ...]
    """Only bodies with at least one task; most tasks first, then directory order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictReport:
    """One district over all its periods."""

    district: District
    overviews: tuple[Overview, ...]
    """Oldest first; empty when the district has no tables yet."""

    @property
    def newest(self) -> Overview | None:
        """The overview of the newest period; None without any."""
        return self.overviews[-1] if self.overviews else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything computed for a site."""

    site: Site
    districts: tuple[DistrictReport, ...]


_STANDING_OF_STATUS = {
    StatusValue.COMPLETED: Standing.DONE,
    StatusValue.IN_PROGRESS: Standing.IN_PROGRESS,
    StatusValue.NOT_STARTED: Standing.NOT_STARTED,
    StatusValue.NO_INFORMATION: Standing.NO_INFORMATION,
}
_MEASURED = (Standing.DONE, Standing.AHEAD, Standing.ON_SCHEDULE, Standing.BEHIND)
_RATE_UNITS = ("%", "％", "百分点", "个百分点")


def schedule_ratio(as_of: dt.date, year: int | None = None) -> Fraction:
    """序时进度: share of ``year`` (of as_of's own when None) gone by at the end of that day.

    Whole months over 12 (end of June is 1/2); inside a month, its days count by their share of the month.
    """
    if year is not None and as_of.year != year:
        return Fraction(int(as_of.year > year))
    days = calendar.monthrange(as_of.year, as_of.month)[1]
    return (as_of.month - 1 + Fraction(as_of.day, days)) / 12


def assess_target(task: Task, target: Target, update: Update, config: SiteConfig) -> TargetFigure:
    """What ``update`` says of ``target``: completion against schedule, or met / not met.

    Source: method page, sections 完成率 and 序时进度.
    """
    actual = next((a for a in update.actuals if a.target == target.id), None)
    if actual is not None and not _answers(target, actual):
        actual = None
    blank = TargetFigure(
        task_id=task.id,
        target=target,
        period=update.period,
        actual=actual,
        completion=None,
        schedule=schedule_ratio(update.as_of, task.year),
        standing=None,
        met=None,
        gap_points=None,
        reason=_reason(target, actual),
    )
    if actual is None or blank.reason in (Reason.SCOPE, Reason.QUARTER_ONLY, Reason.NO_FIGURE):
        return blank
    if blank.reason is not None:
        return _judge_met(blank, actual)
    return _judge_completion(blank, actual, config.on_schedule_points)


def _answers(target: Target, actual: Actual) -> bool:
    return actual.basis is Basis.STATED_RATIO or comparable(actual.unit, target.unit)


def _reason(target: Target, actual: Actual | None) -> Reason | None:
    """Why the target can have no completion; None when it has one."""
    if target.kind is TargetKind.SCOPE:
        return Reason.SCOPE
    if actual is None or actual.basis is Basis.STATED_RATIO:
        return Reason.NO_FIGURE
    if actual.basis is Basis.QUARTER:
        return Reason.QUARTER_ONLY
    if target.comparator is Comparator.AT_MOST:
        return Reason.AT_MOST
    if target.kind in (TargetKind.GROWTH, TargetKind.LEVEL):
        return Reason.RATE
    return Reason.AT_MOST if target.value <= 0 else None


def _judge_met(figure: TargetFigure, actual: Actual) -> TargetFigure:
    """Met is on schedule until the year is over, then done; not met is behind."""
    target = figure.target
    difference = ratio(actual.value, actual.unit, Decimal(1), target.unit) - Fraction(target.value)
    if target.comparator is Comparator.AT_MOST:
        highest = target.value if target.value_max is None else target.value_max
        met = difference <= Fraction(highest - target.value)
    elif figure.reason is Reason.AT_MOST:
        met = difference <= 0
    else:
        met = difference >= 0
    reached = Standing.DONE if figure.schedule >= 1 else Standing.ON_SCHEDULE
    return replace(
        figure,
        met=met,
        standing=reached if met else Standing.BEHIND,
        gap_points=difference if target.unit in _RATE_UNITS else None,
    )


def _judge_completion(figure: TargetFigure, actual: Actual, points: Decimal) -> TargetFigure:
    """A range is reached at its lower end, which is ``value``."""
    completion = ratio(actual.value, actual.unit, figure.target.value, figure.target.unit)
    gap = (completion - figure.schedule) * 100
    if completion >= 1:
        standing = Standing.DONE
    elif gap > 0:
        standing = Standing.AHEAD
    elif gap >= -Fraction(points):
        standing = Standing.ON_SCHEDULE
    else:
        standing = Standing.BEHIND
    return replace(figure, completion=completion, standing=standing, met=completion >= 1, gap_points=gap)


def assess_task(task: Task, period: Period, config: SiteConfig) -> TaskFigures:
    """What ``period`` says of ``task``: every target, and the standing of the weakest comparable one.

    A task is done only when every promised number is: while one has no comparable figure, the task is ahead.
    """
    update = next((u for u in task.updates if u.period == period), None)
    if update is None:
        return TaskFigures(task=task, update=None, targets=(), standing=Standing.NO_INFORMATION, weakest=None)
    targets = tuple(assess_target(task, target, update, config) for target in task.targets)
    measured = [figure for figure in targets if figure.standing is not None]
    weakest = max(measured, key=_weakness) if measured else None
    standing = weakest.standing if weakest and weakest.standing else _STANDING_OF_STATUS[update.status.value]
    if weakest and standing is Standing.DONE and any(_is_open(figure) for figure in targets):
        standing = Standing.AHEAD
    return TaskFigures(task=task, update=update, targets=targets, standing=standing, weakest=weakest)


def _is_open(figure: TargetFigure) -> bool:
    """Whether a promised number has no figure yet: a task with one is not done, however good the others."""
    return figure.standing is None and figure.target.kind is not TargetKind.SCOPE


def _weakness(figure: TargetFigure) -> tuple[int, Fraction]:
    rank = _MEASURED.index(figure.standing) if figure.standing in _MEASURED else -1
    return rank, -(figure.gap_points or Fraction(0))


def make_totals(tasks: Sequence[TaskFigures]) -> Totals:
    """Counts over ``tasks``, each task and target once."""
    figures = [figure for task in tasks for figure in task.targets]
    standings = Counter(task.standing for task in tasks)
    target_standings = Counter(figure.standing for figure in figures)
    left_out = Counter(figure.reason for figure in figures if figure.standing is None)
    promised = [sum(t.kind is not TargetKind.SCOPE for t in task.task.targets) for task in tasks]
    return Totals(
        tasks=len(tasks),
        standings={standing: standings[standing] for standing in Standing},
        tasks_with_targets=sum(number > 0 for number in promised),
        targets=sum(promised),
        comparable=sum(target_standings[standing] for standing in _MEASURED),
        target_standings={standing: target_standings[standing] for standing in _MEASURED},
        left_out={reason: left_out[reason] for reason in Reason},
    )


def make_department_loads(district: District, tasks: Sequence[TaskFigures]) -> tuple[DepartmentLoad, ...]:
    """Load of every body that has a task; most tasks first, then in the directory's order."""
    loads = [_make_load(department, tasks) for department in district.departments]
    return tuple(sorted((load for load in loads if load.totals.tasks), key=lambda load: -load.totals.tasks))


def _make_load(department: Department, tasks: Sequence[TaskFigures]) -> DepartmentLoad:
    roles: dict[Role, list[TaskFigures]] = {role: [] for role in Role}
    for task in tasks:
        role = next((a.role for a in task.task.departments if a.name == department.name), None)
        if role is not None:
            roles[role].append(task)
    own = [task for task in tasks if any(task in group for group in roles.values())]
    return DepartmentLoad(
        department=department,
        led=tuple(roles[Role.LEAD]),
        joined=tuple(roles[Role.JOINT]),
        unstated=tuple(roles[Role.UNSTATED]),
        totals=make_totals(own),
    )


def make_overview(district: District, period: Period, config: SiteConfig) -> Overview:
    """One period of a district: the tasks of its year that have an update of that period.

    For a year in which no task has any update yet (a table of commitments only) the period is the year
    itself, as_of its first day, the schedule 0, and every task stands at no_information.
    """
    of_year = sorted((t.at(period) for t in district.tasks if t.year == period.year), key=lambda t: t.number)
    begun = any(task.updates for task in district.tasks if task.year == period.year)
    chosen = [t for t in of_year if not begun or any(u.period == period for u in t.updates)]
    tasks = tuple(assess_task(task, period, config) for task in chosen)
    dates = [task.update.as_of for task in tasks if task.update is not None]
    as_of = max(dates, default=dt.date(period.year, 1, 1))
    return Overview(
        district=district,
        period=period,
        as_of=as_of,
        schedule=schedule_ratio(as_of, period.year) if dates else Fraction(0),
        tasks=tasks,
        totals=make_totals(tasks),
        departments=make_department_loads(district, tasks),
    )


def make_report(site: Site) -> Report:
    """Everything computed for the site: one overview a district and period, oldest first."""
    return Report(site=site, districts=tuple(_make_district_report(d, site.config) for d in site.districts))


def _make_district_report(district: District, config: SiteConfig) -> DistrictReport:
    overviews = tuple(make_overview(district, period, config) for period in _periods(district))
    return DistrictReport(district=district, overviews=overviews)


def _periods(district: District) -> list[Period]:
    """Periods that some task of the same year reports on; the whole year where none reports yet."""
    found: set[Period] = set()
    for year in {task.year for task in district.tasks}:
        updates = [u for task in district.tasks if task.year == year for u in task.updates]
        periods = {u.period for u in updates if u.period.year == year}
        found |= periods if updates else {Period(year=year, kind="Y", index=1)}
    return sorted(found, key=lambda period: period.order)
