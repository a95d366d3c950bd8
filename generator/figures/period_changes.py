"""What one period's table changed against the one before: per task, per target, for a district."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.figures.assessment import STALLED, Standing, TargetFigure, TaskFigures
from generator.figures.movement import Movement, find_movement
from generator.figures.report import DistrictReport, Overview
from generator.figures.text_differences import Repeat, find_past_dates, find_repeat, says_nothing
from generator.language.deadlines import Deadline
from generator.model import Period, Task


class Change(StrEnum):
    """A way in which a task differs from the period before."""

    NEW = "new"
    """The table before did not have it."""
    GONE = "gone"
    """This table does not have it any more."""
    STANDING = "standing"
    """Its standing is another, by figures of both periods or by the texts of both."""
    UNMEASURED = "unmeasured"
    """A target could be measured before and cannot be now: nothing comparable is reported."""
    FIGURES = "figures"
    """A reported number is new or another."""
    TARGETS = "targets"
    """A promised number is another."""
    REWORDED = "reworded"
    """The commitment is worded otherwise."""
    RENUMBERED = "renumbered"
    DEPARTMENTS = "departments"
    """Others are responsible."""
    DEADLINE = "deadline"
    PROGRESS = "progress"
    """The progress text says something new."""
    REPEATED = "repeated"
    """The progress text is equal or nearly equal to the last one."""
    SILENT = "silent"
    """It reported before and says nothing now."""
    STILL = "still"
    """It stands where it stood: see ``Movement``."""
    RECEDED = "receded"
    """It stands further back: see ``Movement``."""


_NO_NEWS = {
    *(Change.RENUMBERED, Change.REPEATED, Change.SILENT, Change.UNMEASURED, Change.STILL, Change.RECEDED)
}
_NEWS = frozenset(Change) - _NO_NEWS
"""What makes a task one that changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChange:
    """One target in two periods."""

    before: TargetFigure | None
    """None when the target is new or was not there."""
    after: TargetFigure | None
    """None when the target is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskChange:
    """One task in two periods."""

    id: str
    before: TaskFigures | None
    after: TaskFigures | None
    changes: frozenset[Change]
    targets: tuple[TargetChange, ...]
    """Targets whose promise or report differs."""
    progress: Repeat
    """Whether the progress text repeats the last one."""
    next_steps: Repeat
    """Whether the next steps repeat the last ones."""
    past_dates: tuple[Deadline, ...]
    """Dates in the next steps that had gone by when they were reported."""
    empty: bool
    """Whether the progress text is a phrase without content."""
    movement: Movement | None
    """Whether it moved on; None where that cannot be said."""

    @property
    def has_news(self) -> bool:
        """Whether a reader learns anything new."""
        return bool(self.changes & _NEWS)

    @property
    def task(self) -> Task:
        """The task as it stands in the later period that has it."""
        figures = self.after or self.before
        assert figures is not None
        return figures.task


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """One period against the one before."""

    before: Overview
    after: Overview
    tasks: tuple[TaskChange, ...]
    """By number; tasks that are gone at the end. Every task of either period."""

    def having(self, change: Change) -> tuple[TaskChange, ...]:
        """The tasks that changed in this way."""
        return tuple(task for task in self.tasks if change in task.changes)

    @property
    def news(self) -> int:
        """How many tasks of the later period have news."""
        return sum(task.has_news and task.after is not None for task in self.tasks)

    @property
    def only_repeated(self) -> int:
        """How many tasks of the later period have no news and a text that repeats the last one."""
        return sum(Change.REPEATED in t.changes and not t.has_news for t in self.tasks)

    @property
    def movements(self) -> Mapping[Movement | None, int]:
        """How many tasks of the later period moved on, stand still, went back, or cannot be told; adds up."""
        found = Counter(task.movement for task in self.tasks if task.after is not None)
        return {movement: found[movement] for movement in (*Movement, None)}

    @property
    def with_news(self) -> tuple[TaskChange, ...]:
        """The tasks of which a reader learns something new."""
        return tuple(task for task in self.tasks if task.has_news)


def previous_overview(report: DistrictReport, period: Period) -> Overview | None:
    """The overview of the last whole table before ``period`` in the same year; None for the year's first."""
    of_year = (o for o in report.overviews if o.period.year == period.year and not o.is_partial)
    earlier = [o for o in of_year if o.period.order < period.order]
    return earlier[-1] if earlier else None


def following_overview(report: DistrictReport, period: Period) -> Overview | None:
    """The overview behind ``period``, of whatever year; None for the newest."""
    return next((o for o in report.overviews if o.period.order > period.order), None)


def make_change_set(before: Overview, after: Overview) -> ChangeSet:
    """Every task of two periods, compared."""
    old = {figures.task.id: figures for figures in before.tasks}
    new = {figures.task.id: figures for figures in after.tasks}
    gone = () if after.is_partial else (name for name in old if name not in new)
    order = [*new, *gone]
    return ChangeSet(
        before=before,
        after=after,
        tasks=tuple(compare_task(old.get(name), new.get(name)) for name in order),
    )


def make_change_sets(report: DistrictReport) -> Mapping[Period, ChangeSet]:
    """Change set of every period that has one before it in its year."""
    found = {}
    for overview in report.overviews:
        before = previous_overview(report, overview.period)
        if before is not None:
            found[overview.period] = make_change_set(before, overview)
    return found


def changed_tasks(report: DistrictReport) -> Mapping[str, frozenset[str]]:
    """``<district>/<period>`` → ids of the tasks with news since the period before."""
    return {
        f"{report.district.id}/{period}": frozenset(t.id for t in found.with_news if t.after is not None)
        for period, found in make_change_sets(report).items()
    }


def compare_task(before: TaskFigures | None, after: TaskFigures | None) -> TaskChange:
    """One task in two periods; at least one of them has it."""
    figures = after or before
    assert figures is not None, "a task that neither period has"
    old = before.update if before else None
    new = after.update if after else None
    targets = tuple(_target_changes(before, after))
    progress = find_repeat(old.progress if old else None, new.progress if new else None)
    movement = find_movement(before, after)
    changes = frozenset(_changes(before, after, targets, progress))
    return TaskChange(
        id=figures.task.id,
        before=before,
        after=after,
        changes=changes | ({Change(movement)} if movement in (Movement.STILL, Movement.RECEDED) else set()),
        targets=targets,
        progress=progress,
        next_steps=find_repeat(old.next_steps if old else None, new.next_steps if new else None),
        past_dates=find_past_dates(new.next_steps, figures.task.year, new.as_of) if new else (),
        empty=says_nothing(new.progress) if new else False,
        movement=movement,
    )


def _target_changes(before: TaskFigures | None, after: TaskFigures | None) -> Iterator[TargetChange]:
    if before is None or after is None:
        return
    old = {figure.target.id: figure for figure in before.targets}
    new = {figure.target.id: figure for figure in after.targets}
    for name in dict.fromkeys((*new, *old)):
        one, other = old.get(name), new.get(name)
        if one is None or other is None or _promise(one) != _promise(other) or _report(one) != _report(other):
            yield TargetChange(before=one, after=other)


def unmeasured_targets(before: TaskFigures, after: TaskFigures) -> tuple[TargetFigure, ...]:
    """The earlier figures of targets that had a standing and have none now, though still promised."""
    now = {figure.target.id: figure for figure in after.targets}
    return tuple(
        figure
        for figure in before.targets
        if figure.standing is not None and figure.target.id in now and now[figure.target.id].standing is None
    )


def _standing_moved(before: TaskFigures, after: TaskFigures) -> bool:
    """Whether the task stands otherwise; silence, or a target no longer measured, moves nothing by itself."""
    silent = after.standing is Standing.NO_INFORMATION and not (after.update and after.update.progress)
    if silent or before.standing is after.standing:
        return False
    lost = {figure.target.id for figure in unmeasured_targets(before, after)}
    if not lost:
        return True
    if after.weakest is None:
        return after.standing in (Standing.DONE, *STALLED)
    old = {figure.target.id: figure.standing for figure in before.targets}
    moved = any(f.standing and f.standing is not old.get(f.target.id) for f in after.targets)
    order = list(Standing)
    is_worse = order.index(after.standing) > order.index(before.standing)
    decided = before.weakest is not None and before.weakest.target.id not in lost
    return moved and (decided or is_worse)


def _promise(figure: TargetFigure) -> tuple[object, ...]:
    target = figure.target
    return (target.value, target.value_max, target.unit, target.comparator)


def _report(figure: TargetFigure) -> tuple[object, ...] | None:
    actual = figure.actual
    return None if actual is None else (actual.value, actual.unit, actual.basis)


def _changes(
    before: TaskFigures | None,
    after: TaskFigures | None,
    targets: tuple[TargetChange, ...],
    progress: Repeat,
) -> Iterator[Change]:
    if before is None or after is None:
        yield Change.NEW if before is None else Change.GONE
        return
    old, new = before.task, after.task
    if _standing_moved(before, after):
        yield Change.STANDING
    if unmeasured_targets(before, after):
        yield Change.UNMEASURED
    if any(t.before is None or t.after is None or _promise(t.before) != _promise(t.after) for t in targets):
        yield Change.TARGETS
    if any(
        t.after is not None
        and _report(t.after) is not None
        and (t.before is None or _report(t.before) != _report(t.after))
        for t in targets
    ):
        yield Change.FIGURES
    if "".join(old.commitment.split()) != "".join(new.commitment.split()):
        yield Change.REWORDED
    if old.number != new.number:
        yield Change.RENUMBERED
    if set(old.departments) != set(new.departments):
        yield Change.DEPARTMENTS
    if old.deadline != new.deadline:
        yield Change.DEADLINE
    said = before.update.progress if before.update else None
    says = after.update.progress if after.update else None
    if progress is not Repeat.NO:
        yield Change.REPEATED
    elif says:
        yield Change.PROGRESS
    elif said:
        yield Change.SILENT
