"""Whether a task moved on since the period before, by the ladder of what its texts say and by its figures."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from generator.figures.assessment import TargetFigure, TaskFigures, is_same_promise
from generator.language.units import comparable, ratio
from generator.model import Basis, Comparator, StatusValue, TargetKind

RUNGS = (
    StatusValue.NOT_STARTED,
    StatusValue.INTENT,
    StatusValue.PREPARED,
    StatusValue.UNDER_WAY,
    StatusValue.PARTLY_DONE,
    StatusValue.COMPLETED,
)
"""The rungs that lead up to fulfilment; off them stands what is blocked, stopped or not told."""
_SUMMED = frozenset((Basis.YEAR_TO_DATE, Basis.STOCK, Basis.SUM))
"""What a figure must cover so that more of it is further on."""


class Movement(StrEnum):
    """How a task stands to the period before."""

    ADVANCED = "advanced"
    """On a higher rung, or with a larger total, and nothing went back."""
    STILL = "still"
    """On the same rung below the last one, and every promised number is reported as before."""
    RECEDED = "receded"
    """On a lower rung, or with a smaller total, and nothing went on."""


def find_movement(before: TaskFigures | None, after: TaskFigures | None) -> Movement | None:
    """None where the two periods cannot be compared or point both ways, or where all was done before."""
    if before is None or after is None:
        return None
    rungs = rungs_of(before, after)
    signs = [sign for _, _, sign in moved_totals(before, after)]
    signs += [(rungs[1] > rungs[0]) - (rungs[1] < rungs[0])] if rungs else []
    if min(signs, default=0) < 0:
        return None if max(signs) > 0 else Movement.RECEDED
    if max(signs, default=0) > 0:
        return Movement.ADVANCED
    is_below = rungs is not None and rungs[1] < len(RUNGS) - 1
    is_still = is_below and not _is_reached(after) and _reports(before) == _reports(after)
    return Movement.STILL if is_still else None


def rungs_of(before: TaskFigures, after: TaskFigures) -> tuple[int, int] | None:
    """Places on the ladder; None unless both texts stand on it."""
    found = [f.update.status.value for f in (before, after) if f.update and f.update.status.value in RUNGS]
    return (RUNGS.index(found[0]), RUNGS.index(found[1])) if len(found) == 2 else None


def _is_reached(figures: TaskFigures) -> bool:
    """Whether it has targets that can be measured and all are reached."""
    measured = [f for f in figures.targets if f.standing is not None]
    return bool(measured) and all(f.met for f in measured)


def _reports(figures: TaskFigures) -> dict[str, tuple[object, ...]]:
    """Target → what is reported of it; those without a number left out."""
    return {f.target.id: (f.actual.value, f.actual.unit, f.actual.basis) for f in figures.targets if f.actual}


def moved_totals(before: TaskFigures, after: TaskFigures) -> Iterator[tuple[TargetFigure, TargetFigure, int]]:
    """Totals of one promise in both periods: 1 where the later is larger, -1 smaller, 0 equal."""
    old = {figure.target.id: figure for figure in before.targets}
    for now in after.targets:
        was = old.get(now.target.id)
        if was is None or not is_same_promise(was.target, now.target):
            continue
        if now.target.comparator is Comparator.AT_MOST or now.target.kind is TargetKind.SCOPE:
            continue
        one, other = was.actual, now.actual
        if one and other and {one.basis, other.basis} <= _SUMMED and comparable(one.unit, other.unit):
            more = ratio(other.value, other.unit, one.value, one.unit) - 1 if one.value else other.value
            yield was, now, (more > 0) - (more < 0)
