"""Later changes to published periods, for corrections.yaml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from generator.ingest.update.draft_matching import Comparison, Relation
from generator.model import Correction, District, Period, Task, Update

WHOLE_ROW = "row"
"""Field of a correction that takes a whole row back or adds one."""
_TEXTS = ("progress", "next_steps", "plan", "reported_status", "reported_completion", "remarks")


def find_corrections(
    old: Task, new: Task, period: Period, today: dt.date, reason: str | None = None
) -> tuple[Correction, ...]:
    """What a change of a task changes in a published period: texts, figures, promise, the whole row."""
    before, after = _update(old, period), _update(new, period)
    if before is None and after is None:
        return ()
    then, now = old.at(period) if before else None, new.at(period) if after else None
    pairs: list[tuple[str, str | None, str | None]] = []
    if then is None or now is None:
        pairs.append((WHOLE_ROW, then.commitment if then else None, now.commitment if now else None))
    else:
        pairs.append(("number", str(then.number), str(now.number)))
        pairs.append(("commitment", then.commitment, now.commitment))
        pairs += _figures("targets", then.targets, now.targets, "id")
    pairs += [(name, getattr(before, name, None), getattr(after, name, None)) for name in _TEXTS]
    pairs += _figures("actuals", before.actuals if before else (), after.actuals if after else (), "target")
    return tuple(
        Correction(task=new.id, period=period, date=today, field=f, old=a, new=b, reason=reason)
        for f, a, b in pairs
        if a != b
    )


def _figures(
    name: str, old: Iterable[Any], new: Iterable[Any], key: str
) -> Iterator[tuple[str, str | None, str | None]]:
    before = {getattr(item, key): _quantity(item) for item in old}
    after = {getattr(item, key): _quantity(item) for item in new}
    for item in dict.fromkeys((*before, *after)):
        yield f"{name}.{item}.value", before.get(item), after.get(item)


def _quantity(item: Any) -> str:
    return f"{format(item.value, 'f')}{item.unit}"


def list_corrections(
    comparison: Comparison, changed: Iterable[tuple[Task | None, Task]], today: dt.date
) -> tuple[Correction, ...]:
    """What a plan has to put on record: edits of closed periods, and what a corrected table changes.

    ``changed``: each task as it stands and as it should stand; ``today`` dates the entries.
    """
    closed = _closed_periods(comparison) - {comparison.period}
    found = [c for task in comparison.year_tasks for c in _unrecorded(task, closed, comparison, today)]
    if comparison.relation is Relation.CORRECTION:
        reason = f"收到更正后的表（{comparison.draft.table.file}）"
        for old, new in changed:
            was = old or replace(new, updates=())
            found += find_corrections(was, new, comparison.period, today, reason)
    return tuple(found)


def _closed_periods(comparison: Comparison) -> set[Period]:
    """Published periods that are over: those before the table's own, and later ones but the newest."""
    later = [p for p in comparison.periods if p.order > comparison.period.order]
    return {*comparison.periods_before, *later[:-1]}


def _unrecorded(
    task: Task, periods: Collection[Period], comparison: Comparison, today: dt.date
) -> Iterator[Correction]:
    """Texts of closed periods that a person changed since they were received, as far as not on record."""
    for update in task.updates:
        if update.period not in periods:
            continue
        row = comparison.earlier.find_row(task, {update.period})
        received = _update(row, update.period) if row else None
        if received is None:
            continue
        for name in _TEXTS:
            old, new = getattr(received, name), getattr(update, name)
            last = _last(comparison.district, task.id, update.period, name)
            if last is not None:
                old = last.new
            if old != new:
                yield Correction(task=task.id, period=update.period, date=today, field=name, old=old, new=new)


def _last(district: District, task: str, period: Period, name: str) -> Correction | None:
    found = [c for c in district.corrections if (c.task, c.period, c.field) == (task, period, name)]
    return found[-1] if found else None


def _update(task: Task | None, period: Period) -> Update | None:
    return task.update_of(period) if task else None
