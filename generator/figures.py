"""All arithmetic of the report: completion, schedule, standing, totals.

Pure functions over the model; ratios are exact ``Fraction`` (0 is nothing, 1 is the whole), percentage
points are ``Fraction`` too (5 is five points). Nothing here reads a text: every number comes with its quote.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from generator.model import Actual, Department, District, Period, Site, Target, Task, Update


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
    """That of the weakest comparable target; with none, the text's own status."""
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
