"""All arithmetic of one task: completion, schedule, standing.

Pure functions over the model; ratios are exact ``Fraction`` (0 is nothing, 1 is the whole), percentage
points are ``Fraction`` too (5 is five points). No number is read from a text here: every one comes with its
quote. Only whether a text has a number that could not be read is looked up, so that nobody says it has none.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from generator.figures.text_differences import Repeat, find_repeat
from generator.language.quantities import comparable, find_unread, ratio
from generator.language.time_phrases import find_last_month
from generator.model import (
    Actual,
    Basis,
    Comparator,
    Part,
    Period,
    SiteConfig,
    StatusValue,
    Target,
    TargetKind,
    Task,
    UnusedFigure,
    Update,
)


class Standing(StrEnum):
    """Where a target or task stands, the judged by figures before the told by words, each from good to bad.

    The value is the ``data-status`` of every mark.
    """

    DONE = "done"
    AHEAD = "ahead"
    ON_SCHEDULE = "on_schedule"
    NEAR_SCHEDULE = "near_schedule"
    """Below the schedule by no more than the points that site.yaml lets pass."""
    BEHIND = "behind"
    PARTLY_DONE = "partly_done"
    UNDER_WAY = "under_way"
    PREPARED = "prepared"
    INTENT = "intent"
    BLOCKED = "blocked"
    NOT_STARTED = "not_started"
    SUSPENDED = "suspended"
    ENDED = "ended"
    NO_INFORMATION = "no_information"
    UNDECIDED = "undecided"


class Reason(StrEnum):
    """Why a target has no completion."""

    NO_FIGURE = "no_figure"
    """The period's text reports nothing that answers the target."""
    UNREAD = "unread"
    """The period's text has a number of the target's unit without an exact value (数十家)."""
    QUARTER_ONLY = "quarter_only"
    """Only one quarter's figure is reported: the year's is at least as much; not set against the schedule."""
    SCOPE = "scope"
    """The number only says how big the work is."""
    RATE = "rate"
    """Growth and level targets are met or not met; they have no completion."""
    STOCK = "stock"
    """The total includes earlier years and its start is unknown: it is reached, or so much is missing, but it
    cannot be set against the schedule."""
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
    """Share of the target reached, not capped; None with ``reason``, except for a stock."""
    as_of: dt.date
    """Day up to which the figure counts: that of the update, or the end of the months that its text names."""
    is_dated: bool
    """Whether it counts up to an earlier day than the table says, by its own words."""
    schedule: Fraction
    """Share of the year gone by at as_of (months / 12)."""
    standing: Standing | None
    """done, ahead, on_schedule, near_schedule or behind; None when not comparable."""
    met: bool | None
    """Whether the target is reached; for growth and level the only judgement; None when unknown."""
    gap_points: Fraction | None
    """Percentage points above (+) or below (-): completion minus schedule for count, amount and stock;
    actual minus target for growth and level; None when not comparable."""
    reason: Reason | None
    """Why there is no completion or no standing; None when there are both."""
    unused: tuple[UnusedFigure, ...] = ()
    """Words of the text that a person read and did not take as an answer."""

    @property
    def is_scheduled(self) -> bool:
        """Whether it has a completion that is set against the schedule."""
        return self.completion is not None and self.standing is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFigure:
    """What one period says of one part of a promise."""

    part: Part
    standing: Standing
    """By the words of the text alone; no_information where the period says nothing of it."""
    quote: str | None
    """The words that say so."""
    actuals: tuple[Actual, ...] = ()
    """Numbers reported of the part alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFigures:
    """What one period says of one task."""

    task: Task
    """As it stood in the period: its words of then, no later update."""
    period: Period
    update: Update | None
    """The period's update; None where nothing is reported on the task yet."""
    schedule: Fraction
    """Share of the year gone by at the update's as_of; 0 without an update."""
    targets: tuple[TargetFigure, ...]
    """In the order of the task's targets."""
    standing: Standing
    """That of the weakest comparable target (ahead instead of done while another promised number has no
    comparable figure); with none, the text's own status."""
    weakest: TargetFigure | None
    """The target that decides the standing; None when the status does."""

    @property
    def parts(self) -> tuple[PartFigure, ...]:
        """The parts of the promise, in their order; they are counted beside the task, never as tasks."""
        told = {report.part: report for report in self.update.parts} if self.update else {}
        return tuple(
            PartFigure(
                part=part,
                standing=standing_of(told[part.id].status) if part.id in told else Standing.NO_INFORMATION,
                quote=told[part.id].quote if part.id in told else None,
                actuals=told[part.id].actuals if part.id in told else (),
            )
            for part in self.task.parts
        )

    @property
    def reports_promised_number(self) -> bool | None:
        """Whether any promised number has a reported one, comparable or not; None where none is promised."""
        promised = [figure for figure in self.targets if figure.target.kind is not TargetKind.SCOPE]
        if not promised:
            return None
        return any(figure.actual is not None or figure.reason is Reason.UNREAD for figure in promised)


COMPARED = (
    Standing.DONE,
    Standing.AHEAD,
    Standing.ON_SCHEDULE,
    Standing.NEAR_SCHEDULE,
    Standing.BEHIND,
)
"""Standings of a target, from good to bad; the others are those of texts."""
STALLED = (Standing.BLOCKED, Standing.NOT_STARTED, Standing.SUSPENDED, Standing.ENDED)
"""Standings of a task on which, by its own text, nothing goes on."""
WEAKEST_FIRST = (
    Standing.BEHIND,
    Standing.ENDED,
    Standing.SUSPENDED,
    Standing.BLOCKED,
    Standing.NOT_STARTED,
    Standing.NO_INFORMATION,
    Standing.INTENT,
    Standing.PREPARED,
    Standing.UNDECIDED,
    Standing.UNDER_WAY,
    Standing.PARTLY_DONE,
    Standing.NEAR_SCHEDULE,
    Standing.ON_SCHEDULE,
    Standing.AHEAD,
    Standing.DONE,
)
"""Every standing, what wants a look first."""
_ADDED_UP = (TargetKind.COUNT, TargetKind.AMOUNT)
"""Kinds of which the year's figure is at least that of one quarter."""
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
    as_of = _reached_on(update, actual) if actual else update.as_of
    blank = _blank_figure(task, target, update.period, as_of, actual, as_of < update.as_of)
    if blank.reason is Reason.NO_FIGURE and has_unread_number(target, update):
        return replace(blank, reason=Reason.UNREAD)
    if actual is None or blank.reason in (Reason.SCOPE, Reason.NO_FIGURE):
        return blank
    if blank.reason is Reason.QUARTER_ONLY:
        return replace(blank, met=True) if _is_reached_alone(target, actual) else blank
    if blank.reason is not None:
        return _judge_met(blank, actual)
    return _judge_completion(blank, actual, config.on_schedule_points)


def _is_reached_alone(target: Target, actual: Actual) -> bool:
    """Whether one quarter's figure alone reaches the year's target."""
    if target.kind not in _ADDED_UP or target.comparator is Comparator.AT_MOST or target.value <= 0:
        return False
    return ratio(actual.value, actual.unit, target.value, target.unit) >= 1


def _reached_on(update: Update, actual: Actual) -> dt.date:
    """The day up to which a figure counts: the end of the months that its own sentence names (1-5月份)."""
    text, days = update.progress or "", [update.as_of]
    for quote in actual.quotes:
        start = text.find(quote)
        month = find_last_month(text, start + len(quote)) if start >= 0 else None
        if month is not None:
            days.append(dt.date(update.as_of.year, month, calendar.monthrange(update.as_of.year, month)[1]))
    return min(days)


def _blank_figure(
    task: Task,
    target: Target,
    period: Period,
    as_of: dt.date | None,
    actual: Actual | None = None,
    is_dated: bool = False,
) -> TargetFigure:
    """A target that is not judged yet, or cannot be."""
    return TargetFigure(
        task_id=task.id,
        target=target,
        period=period,
        actual=actual,
        completion=None,
        as_of=as_of or dt.date(task.year, 1, 1),
        is_dated=is_dated,
        schedule=schedule_ratio(as_of, task.year) if as_of else Fraction(0),
        standing=None,
        met=None,
        gap_points=None,
        reason=_reason(target, actual),
    )


def has_unread_number(target: Target, update: Update) -> bool:
    """Whether the period's text has a number in the target's unit that has no exact value."""
    return any(comparable(found.unit, target.unit) for found in find_unread(update.progress or ""))


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
    is_limit = target.comparator is Comparator.AT_MOST and target.value_max is not None
    compared = target.value_max if is_limit else target.value
    difference = ratio(actual.value, actual.unit, Decimal(1), target.unit) - Fraction(compared or 0)
    met = difference <= 0 if figure.reason is Reason.AT_MOST else difference >= 0
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
    if figure.target.kind is TargetKind.STOCK and completion < 1:
        return replace(figure, completion=completion, met=False, reason=Reason.STOCK)
    if completion >= 1:
        standing = Standing.DONE
    elif gap > 0:
        standing = Standing.AHEAD
    elif gap == 0:
        standing = Standing.ON_SCHEDULE
    elif gap >= -Fraction(points):
        standing = Standing.NEAR_SCHEDULE
    else:
        standing = Standing.BEHIND
    return replace(figure, completion=completion, standing=standing, met=completion >= 1, gap_points=gap)


def assess_task(
    task: Task, period: Period, config: SiteConfig, unused: Sequence[UnusedFigure] = ()
) -> TaskFigures:
    """What ``period`` says of ``task``: every target, and the standing of the weakest comparable one.

    A task is done only when every promised number is: while one has no comparable figure, the task is ahead.
    task: as it stood in the period (``Task.at``).
    """
    update = task.update_of(period)
    if update is None:
        return _promise_alone(task, period)
    judged = replace(update, as_of=figures_date(task, update))
    figures = (assess_target(task, target, judged, config) for target in task.targets)
    targets = tuple(replace(figure, unused=_unused_of(figure, unused)) for figure in figures)
    measured = [figure for figure in targets if figure.standing is not None]
    weakest = max(measured, key=_weakness) if measured else None
    standing = weakest.standing if weakest and weakest.standing else standing_of(update.status.value)
    if weakest and standing is Standing.DONE and any(_is_open(figure) for figure in targets):
        standing = Standing.AHEAD
    return TaskFigures(
        task=task,
        period=period,
        update=update,
        schedule=schedule_ratio(judged.as_of, task.year),
        targets=targets,
        standing=standing,
        weakest=weakest,
    )


def figures_date(task: Task, update: Update) -> dt.date:
    """The day that the update's figures are of: where its text only repeats earlier ones, that of the first.

    June's figure printed again in September is judged by June's schedule.
    """
    date = update.as_of
    earlier = [u for u in task.updates if u.period.order < update.period.order]
    for before in reversed(earlier):
        same = before.actuals == update.actuals
        if not same or find_repeat(before.progress, update.progress) is not Repeat.EQUAL:
            break
        date = before.as_of
    return date


def standing_of(status: StatusValue) -> Standing:
    """The standing that a text's own words give: completed → done, the others by the same name."""
    return Standing.DONE if status is StatusValue.COMPLETED else Standing(status.value)


def _unused_of(figure: TargetFigure, unused: Sequence[UnusedFigure]) -> tuple[UnusedFigure, ...]:
    key = (figure.task_id, figure.period, figure.target.id)
    return tuple(found for found in unused if (found.task, found.period, found.target) == key)


def _promise_alone(task: Task, period: Period) -> TaskFigures:
    """A task on which the period does not report: its targets without figures."""
    nothing = Fraction(0)
    return TaskFigures(
        task=task,
        period=period,
        update=None,
        schedule=nothing,
        targets=tuple(_blank_figure(task, target, period, None) for target in task.targets),
        standing=Standing.NO_INFORMATION,
        weakest=None,
    )


def _is_open(figure: TargetFigure) -> bool:
    """Whether a promised number has no figure yet: a task with one is not done, however good the others."""
    return figure.standing is None and figure.target.kind is not TargetKind.SCOPE


def is_same_promise(one: Target, other: Target) -> bool:
    """Whether two periods promise the same number, so that shares of it can be compared."""
    return _promised(one) == _promised(other)


def _promised(target: Target) -> tuple[Decimal, Decimal | None, str, Comparator]:
    return target.value, target.value_max, target.unit, target.comparator


def _weakness(figure: TargetFigure) -> tuple[int, Fraction]:
    rank = COMPARED.index(figure.standing) if figure.standing in COMPARED else -1
    return rank, -(figure.gap_points or Fraction(0))
