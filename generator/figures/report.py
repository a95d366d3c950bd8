"""Everything computed for a site: tracks of tasks, overviews of periods, totals, loads of departments.

Pages, charts, open data, feeds and briefs read a ``Report``; none of them computes a figure of its own.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.figures.assessment import (
    COMPARED,
    Reason,
    Standing,
    TaskFigures,
    assess_task,
    schedule_ratio,
)
from generator.figures.planned_steps import StepResult, judge_steps
from generator.model import Department, District, Period, PeriodKind, Role, Site, SiteConfig, TargetKind, Task


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
    """Of the comparable targets: done, ahead, on_schedule, near_schedule, behind."""
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
    """Only departments with at least one task; most tasks first, then directory order."""

    @property
    def is_partial(self) -> bool:
        """Whether the period's table holds only some of the tasks."""
        table = self.district.table_of(self.period)
        return table is not None and table.partial


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One task over the periods: what each of them said of it."""

    task: Task
    """As it stands today."""
    figures: tuple[TaskFigures, ...]
    """One for each period that reports on the task, oldest first, each by the task's words of then; a single
    one without an update where no period does yet."""

    @property
    def newest(self) -> TaskFigures:
        """What the newest period says; the bare promise where none reports yet."""
        return self.figures[-1]

    @property
    def reported(self) -> tuple[TaskFigures, ...]:
        """Only the periods that report on the task, oldest first."""
        return tuple(figures for figures in self.figures if figures.update is not None)

    def at(self, period: Period) -> TaskFigures | None:
        """What one period says; None where its table does not have the task."""
        return next((figures for figures in self.figures if figures.period == period), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictReport:
    """One district over all its periods."""

    district: District
    tracks: Mapping[str, Track]
    """Every task of every year by its id, in the order of the district's tasks."""
    overviews: tuple[Overview, ...]
    """Oldest first; empty when the district has no tables yet."""
    steps: Mapping[str, tuple[StepResult, ...]]
    """What next steps announced, by task; tasks that announced nothing by a day or in a number left out."""

    @property
    def busy_departments(self) -> frozenset[str]:
        """Slugs of the departments that had a task in any period."""
        return frozenset(load.department.slug for o in self.overviews for load in o.departments)

    @property
    def newest(self) -> Overview | None:
        """The overview of the newest period; None without any."""
        return self.overviews[-1] if self.overviews else None

    def at(self, period: Period) -> Overview | None:
        """The overview of one period; None where the district has none."""
        return next((overview for overview in self.overviews if overview.period == period), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything computed for a site."""

    site: Site
    districts: tuple[DistrictReport, ...]


def make_totals(tasks: Sequence[TaskFigures]) -> Totals:
    """Counts over ``tasks``, each task and target once."""
    figures = [figure for task in tasks for figure in task.targets]
    standings = Counter(task.standing for task in tasks)
    target_standings = Counter(figure.standing for figure in figures)
    left_out = Counter(figure.reason for figure in figures if figure.standing is None)
    promised = [sum(f.target.kind is not TargetKind.SCOPE for f in task.targets) for task in tasks]
    return Totals(
        tasks=len(tasks),
        standings={standing: standings[standing] for standing in Standing},
        tasks_with_targets=sum(number > 0 for number in promised),
        targets=sum(promised),
        comparable=sum(target_standings[standing] for standing in COMPARED),
        target_standings={standing: target_standings[standing] for standing in COMPARED},
        left_out={reason: left_out[reason] for reason in Reason},
    )


def make_department_loads(district: District, tasks: Sequence[TaskFigures]) -> tuple[DepartmentLoad, ...]:
    """Load of every department that has a task; most tasks first, then in the directory's order."""
    shares: dict[str, list[tuple[Role, TaskFigures]]] = {}
    for task in tasks:
        roles = {a.name: a.role for a in reversed(task.task.departments)}
        for name, role in roles.items():
            shares.setdefault(name, []).append((role, task))
    loads = [_make_load(d, shares[d.name]) for d in district.departments if d.name in shares]
    return tuple(sorted(loads, key=lambda load: -load.totals.tasks))


def _make_load(department: Department, shares: Sequence[tuple[Role, TaskFigures]]) -> DepartmentLoad:
    """shares: the department's part in each of its tasks, in the order of the tasks."""
    of_role = {role: tuple(task for own, task in shares if own is role) for role in Role}
    return DepartmentLoad(
        department=department,
        led=of_role[Role.LEAD],
        joined=of_role[Role.JOINT],
        unstated=of_role[Role.UNSTATED],
        totals=make_totals([task for _, task in shares]),
    )


def make_report(site: Site) -> Report:
    """Everything computed for the site: a track a task, an overview a district and period, oldest first."""
    return Report(site=site, districts=tuple(_make_district_report(d, site.config) for d in site.districts))


def _make_district_report(district: District, config: SiteConfig) -> DistrictReport:
    tracks = {task.id: _make_track(task, district, config) for task in district.tasks}
    overviews = tuple(_make_overview(district, p, tracks.values()) for p in _periods(district))
    steps = {task.id: found for task in district.tasks if (found := judge_steps(task))}
    return DistrictReport(district=district, tracks=tracks, overviews=overviews, steps=steps)


def _make_track(task: Task, district: District, config: SiteConfig) -> Track:
    periods = [update.period for update in task.updates] or [_whole_year(task.year)]
    figures = (assess_task(task.at(p), p, config, district.unused) for p in periods)
    return Track(task=task, figures=tuple(figures))


def _make_overview(district: District, period: Period, tracks: Iterable[Track]) -> Overview:
    """One period of a district: the tasks of its year that have an update of that period.

    For a year in which no task has any update yet (a table of commitments only) the period is the year
    itself, as_of its first day, the schedule 0, and every task stands at no_information.
    """
    of_year = [track for track in tracks if track.task.year == period.year]
    found = [figures for track in of_year if (figures := track.at(period)) is not None]
    dates = [figures.update.as_of for figures in found if figures.update is not None]
    if dates:
        found = [figures for figures in found if figures.update is not None]
    tasks = tuple(sorted(found, key=lambda figures: figures.task.number))
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


def _periods(district: District) -> list[Period]:
    """Periods that some task of the same year reports on; the whole year where none reports yet."""
    found: set[Period] = set()
    for year in {task.year for task in district.tasks}:
        updates = [u for task in district.tasks if task.year == year for u in task.updates]
        found |= {u.period for u in updates if u.period.year == year} if updates else {_whole_year(year)}
    return sorted(found, key=lambda period: period.order)


def _whole_year(year: int) -> Period:
    return Period(year=year, kind=PeriodKind.YEAR, index=1)
