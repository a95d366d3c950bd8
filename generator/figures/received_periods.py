"""What a period's table is beside the others: a copy of the last, a part; quarters that never came."""

from __future__ import annotations

from collections.abc import Iterator

from generator.figures.period_changes import previous_overview
from generator.figures.report import DistrictReport, Overview
from generator.figures.text_differences import Repeat, find_repeat
from generator.model import District, Period, PeriodKind

_FEW = 3
_COPIED = 0.9
"""From this share of texts equal to the last ones a table is a copy."""


def find_original(report: DistrictReport, overview: Overview) -> Overview | None:
    """The overview whose texts this one only repeats; None for a table of its own."""
    before = previous_overview(report, overview.period)
    if before is None:
        return None
    old = {f.task.id: f.update.progress for f in before.tasks if f.update}
    told = [(old.get(f.task.id), f.update.progress) for f in overview.tasks if f.update and f.update.progress]
    equal = sum(find_repeat(one, other) is Repeat.EQUAL for one, other in told)
    return before if len(told) >= _FEW and equal >= _COPIED * len(told) else None


def find_absent(district: District) -> Iterator[Period]:
    """Quarters without a table between two that have one, and before the first of a later year."""
    found = {u.period for task in district.tasks for u in task.updates}
    quarters = sorted((p for p in found if p.kind is PeriodKind.QUARTER), key=lambda p: p.order)
    months = {(p.year, p.last_month) for p in found}
    period = quarters[0] if quarters else None
    while period is not None and period.order < quarters[-1].order:
        if (period.year, period.last_month) not in months:
            yield period
        period = period.following
