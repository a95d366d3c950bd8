"""Figures of one task over the periods: reported before and not now, and totals that went down."""

from __future__ import annotations

from dataclasses import dataclass

from generator.base.messages import Message
from generator.language.quantities import comparable, to_base
from generator.model import Actual, Basis, Period, Target, TargetKind, Task

_TOTALS = frozenset((Basis.YEAR_TO_DATE, Basis.SUM))


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedTarget:
    """One target in a period, with its newest figure before."""

    target: Target
    before: Period
    """Period of the figure before."""
    last: Actual
    now: Actual | None
    """None when the period has no figure."""


def follow_figures(task: Task, period: Period) -> tuple[FollowedTarget, ...]:
    """Targets of a period that had a figure in an earlier one, in the order of the targets."""
    update = task.update_of(period)
    if update is None:
        return ()
    earlier = [u for u in task.updates if u.period.order < period.order]
    last = {a.target: (u.period, a) for u in earlier for a in u.actuals}
    now = {a.target: a for a in update.actuals}
    return tuple(
        FollowedTarget(target=t, before=last[t.id][0], last=last[t.id][1], now=now.get(t.id))
        for t in task.at(period).targets
        if t.id in last and t.kind is not TargetKind.SCOPE
    )


def find_missing_figures(task: Task, period: Period) -> tuple[FollowedTarget, ...]:
    """Targets that had a figure before and have none in this period."""
    return tuple(followed for followed in follow_figures(task, period) if followed.now is None)


def find_falls(task: Task, period: Period) -> tuple[FollowedTarget, ...]:
    """Totals since the year's beginning that are less than they were: one of the two can hardly be right."""
    return tuple(followed for followed in follow_figures(task, period) if _falls(followed))


def _falls(followed: FollowedTarget) -> bool:
    last, now = followed.last, followed.now
    if now is None or last.basis not in _TOTALS or now.basis not in _TOTALS:
        return False
    if followed.target.kind not in (TargetKind.COUNT, TargetKind.AMOUNT):
        return False
    if not comparable(last.unit, now.unit):
        return False
    return to_base(now.value, now.unit)[0] < to_base(last.value, last.unit)[0]


def format_fall(followed: FollowedTarget) -> Message:
    """A fall in a clerk's words, with both quotes."""
    last, now = followed.last, followed.now
    assert now is not None
    return Message(
        "“{metric}”的累计数比上期少：{period} {before:f}{before_unit}（{before_quotes}），"
        "本期 {now:f}{now_unit}（{now_quotes}）",
        metric=followed.target.metric,
        period=followed.before,
        before=last.value,
        before_unit=last.unit,
        before_quotes="".join(f"“{quote}”" for quote in last.quotes),
        now=now.value,
        now_unit=now.unit,
        now_quotes="".join(f"“{quote}”" for quote in now.quotes),
    )
