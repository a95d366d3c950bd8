"""What a period's figures say: which promises are kept, which lag, and of which nothing can be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.figures.assessment import Reason, Standing, TargetFigure, TaskFigures
from generator.language.number_context import is_forecast
from generator.language.quantities import ratio
from generator.model import TargetKind

_BOUNDED = (Reason.QUARTER_ONLY, Reason.STOCK)
"""Reasons of targets that are not compared although a number is reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetOfTask:
    """A target's figure and the task that it belongs to."""

    task: TaskFigures
    figure: TargetFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreported:
    """A task with promised numbers of which the text reports none that can be used."""

    task: TaskFigures
    figures: tuple[TargetFigure, ...]
    """The promised numbers without a reported one."""
    is_whole: bool
    """Whether no promised number of the task has a reported one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLists:
    """A set of tasks by what their promised numbers came to; every list the most telling first."""

    kept: tuple[TargetOfTask, ...]
    """Reached for the whole year already, by a figure or by one quarter's alone."""
    reaching: tuple[TargetOfTask, ...]
    """Comparable and at or above the schedule or the target value; those kept included."""
    near: tuple[TargetOfTask, ...]
    """Below the schedule by a few points only."""
    behind: tuple[TargetOfTask, ...]
    """Behind the schedule or short of a rate, by the share of what is due."""
    bounded: tuple[TargetOfTask, ...]
    """With a number that cannot be compared: one quarter's, or a stock's."""
    unreported: tuple[Unreported, ...]
    """Tasks with promised numbers and nothing usable reported: wholly silent ones first, then by number."""
    unmeasured: tuple[TaskFigures, ...]
    """Tasks that promise no number."""
    limited: int
    """Of the comparable targets, those whose figure counts another thing, is expected, or ends earlier."""
    targets: int
    """Promised numbers."""
    tasks_with_targets: int

    @property
    def comparable(self) -> int:
        """Targets with a standing."""
        return len(self.reaching) + len(self.near) + len(self.behind)

    @property
    def kept_limited(self) -> int:
        """Of those kept, how many by such a figure."""
        return sum(is_limited(pair.figure) for pair in self.kept)

    @property
    def unreported_targets(self) -> int:
        """Promised numbers of which nothing is reported."""
        return sum(len(each.figures) for each in self.unreported)


def make_findings(tasks: Sequence[TaskFigures]) -> PromiseLists:
    """Every promised number of the tasks in one of the lists."""
    pairs = [TargetOfTask(task=task, figure=f) for task in tasks for f in promised_figures(task)]
    judged = [pair for pair in pairs if pair.figure.standing is not None]
    behind = [pair for pair in judged if pair.figure.standing is Standing.BEHIND]
    near = [pair for pair in judged if is_near(pair.figure)]
    reaching = [pair for pair in judged if pair not in behind and pair not in near]
    kept = [pair for pair in pairs if is_kept(pair.figure)]
    unreported = tuple(_find_unreported(tasks))
    return PromiseLists(
        kept=tuple(sorted(kept, key=_kept_order)),
        reaching=tuple(reaching),
        near=tuple(sorted(near, key=_due_order)),
        behind=tuple(sorted(behind, key=_due_order)),
        bounded=tuple(pair for pair in pairs if pair.figure.reason in _BOUNDED),
        unreported=tuple(sorted(unreported, key=lambda each: (not each.is_whole, each.task.task.number))),
        unmeasured=tuple(task for task in tasks if not promised_figures(task)),
        limited=sum(is_limited(pair.figure) for pair in judged),
        targets=len(pairs),
        tasks_with_targets=sum(bool(promised_figures(task)) for task in tasks),
    )


def promised_figures(task: TaskFigures) -> tuple[TargetFigure, ...]:
    """Figures of numbers to reach, without those that only say how big the work is."""
    return tuple(figure for figure in task.targets if figure.target.kind is not TargetKind.SCOPE)


def is_near(figure: TargetFigure) -> bool:
    """Whether a completion is below the schedule, by no more than the few points that are let pass."""
    return figure.standing is Standing.NEAR_SCHEDULE


def is_kept(figure: TargetFigure) -> bool:
    """Whether the number promised for the year is reached already; a part-year rate may still fall."""
    is_sum = figure.target.kind not in (TargetKind.GROWTH, TargetKind.LEVEL)
    return bool(figure.met) and is_sum and figure.reason is not Reason.AT_MOST


def is_limited(figure: TargetFigure) -> bool:
    """Whether the reported number counts another thing, ends before the table does, or is only expected."""
    if figure.actual is None:
        return False
    expected = is_forecast(figure.actual.quotes, f"{abs(figure.actual.value):f}")
    return figure.is_dated or expected or figure.actual.note is not None


def share_of_due(figure: TargetFigure) -> Fraction:
    """Which part of what is due by now is reached: of the schedule, or of a rate's own value.

    A growth below zero where one was promised is below 0. Of a limit, the part that it is kept within.
    """
    if figure.completion is not None:
        return figure.completion / figure.schedule if figure.schedule else figure.completion
    actual, target = figure.actual, figure.target
    if actual is None or not target.value:
        return Fraction(0)
    reached = ratio(actual.value, actual.unit, target.value, target.unit)
    return 1 / reached if figure.reason is Reason.AT_MOST and reached else reached


def _due_order(pair: TargetOfTask) -> tuple[Fraction, int]:
    return share_of_due(pair.figure), pair.task.task.number


def _kept_order(pair: TargetOfTask) -> tuple[bool, Fraction, int]:
    """What counts just what was promised goes first, then the most over-fulfilled."""
    figure = pair.figure
    bounded = is_limited(figure) or figure.completion is None or figure.target.kind is TargetKind.STOCK
    return bounded, -(figure.completion or Fraction(0)), pair.task.task.number


def _find_unreported(tasks: Iterable[TaskFigures]) -> Iterator[Unreported]:
    for task in tasks:
        promised = promised_figures(task)
        missing = tuple(f for f in promised if f.standing is None and f.reason not in _BOUNDED)
        if missing:
            yield Unreported(task=task, figures=missing, is_whole=len(missing) == len(promised))
