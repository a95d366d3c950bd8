"""A known task and a new row → the task as it should stand: three-way, field by field.

Base is what the last table said (read again from the kept source), file is what stands in the YAML now, new
is what the new table says. Untouched fields follow the new table; a field that a person changed stays, and
where the new table changed it too that is a conflict, shown and left to the person. A person's number stays
with the words it was read from: where a new wording has them no more, the number stays with the earlier
periods, or, when there are none, the old wording stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.content.decisions import Decision
from generator.ingest.numbers import find_actuals, is_rejected
from generator.ingest.update.target_links import (
    align_targets,
    by_hand,
    fresh_ids,
    merge_targets,
    orphans,
    with_quotes,
)
from generator.ingest.update.threeway import FieldChange, Fields
from generator.model import FROZEN_FIELDS, Actual, DecidedBy, Former, Period, Task, Update

_TASK_FIELDS = ("section", "subsection", "title", "commitment", "deadline")
_UPDATE_TEXTS = (
    "as_of",
    "progress",
    "next_steps",
    "next_steps_from",
    "plan",
    "reported_status",
    "reported_completion",
    "remarks",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The task as it should stand, and every field that differs."""

    task: Task
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _MergeReader:
    """Reads reported numbers against the targets that the task has, a person's among them."""

    words: Task
    """The task as it stands in that period, for its targets."""
    names: frozenset[str]
    earlier: tuple[Update, ...]
    """Oldest first."""
    decisions: tuple[Decision, ...]

    def actuals(self, update: Update) -> tuple[Actual, ...]:
        """Without what a person rejected last period in the same sentence."""
        if not self.words.targets or not update.progress:
            return ()
        found, _ = find_actuals(
            self.words.targets,
            update,
            earlier=self.earlier,
            commitment=self.words.commitment,
            departments=self.names,
        )
        known = {t.id for t in self.words.targets}
        text = update.progress
        return tuple(
            a
            for a in found
            if a.target in known and not is_rejected(self.decisions, self.words.id, a, text, self.earlier)
        )


# -- task


def merge_task(
    file: Task,
    base: Task | None,
    new: Task,
    *,
    period: Period,
    newest: bool,
    names: Collection[str],
    decisions: Sequence[Decision] = (),
) -> Merged:
    """``file`` with what ``new`` (one row, one period) says.

    ``newest``: the new table is the newest of the task's own, so the task's words follow it; otherwise only
    the period's update does. ``names``: department names and aliases, for reading numbers by department.
    ``decisions``: what a person rejected before.
    """
    snapshots = {u.period: make_snapshot(file.at(u.period)) for u in file.updates}
    fields = Fields(known_base=base is not None, changes=[])
    earlier = any(u.period.order < period.order for u in file.updates)
    merged = _merge_words(file, base, new, fields, earlier=earlier) if newest else file
    words = merged if newest else _with_target_ids(file, new)
    reader = _MergeReader(
        words=words,
        names=frozenset(names),
        earlier=tuple(u for u in file.updates if u.period.order < period.order),
        decisions=tuple(decisions),
    )
    for fresh in new.updates:
        held = next((u for u in file.updates if u.period == fresh.period), None)
        old = next((u for u in base.updates if u.period == fresh.period), None) if base else None
        if words.targets != new.targets or words.commitment != new.commitment or reader.earlier:
            fresh = replace(fresh, actuals=reader.actuals(fresh))
        update = _merge_update(held, old, fresh, reader, fields)
        others = [u for u in merged.updates if u.period != fresh.period]
        updates = tuple(sorted([*others, update], key=lambda u: u.period.order))
        merged = replace(merged, updates=updates)
        if not newest:
            snapshots[period] = make_snapshot(words)
    if newest:
        snapshots.pop(period, None)
    return Merged(task=with_snapshots(merged, snapshots), changes=tuple(fields.changes))


def _merge_words(file: Task, base: Task | None, new: Task, fields: Fields, *, earlier: bool) -> Task:
    """The task's own fields. ``earlier``: there are periods before, which keep what falls away."""
    values: dict[str, Any] = {}
    number = tuple(
        None if t is None else (t.number, t.number_inferred, t.number_printed) for t in (base, file, new)
    )
    decided = fields.decide("number", *number)
    values["number"], values["number_inferred"], values["number_printed"] = decided
    for name in _TASK_FIELDS:
        old = getattr(base, name) if base else None
        values[name] = fields.decide(name, old, getattr(file, name), getattr(new, name))
    ids = fresh_ids(file)
    old_targets = align_targets(base.targets, (file.targets,), ids) if base else ()
    new_targets = align_targets(new.targets, (file.targets, old_targets), ids)
    if not earlier and orphans(by_hand(file.targets, old_targets), values["commitment"]):
        values |= {name: getattr(file, name) for name in ("commitment", "title")}
        fields.keep(("commitment", "title"))
    values["departments"] = _keyed(fields, "departments", base, file, new, lambda a: a.name)
    values["contacts"] = _keyed(fields, "contacts", base, file, new, lambda c: c.office)
    values["leaders"] = _keyed(fields, "leaders", base, file, new, lambda name: name)
    targets = merge_targets(old_targets, file.targets, new_targets, fields)
    values["targets"] = with_quotes(targets, file.targets, old_targets, values["commitment"], fields)
    return replace(file, **values)


def _keyed(
    fields: Fields, name: str, base: Task | None, file: Task, new: Task, key: Callable[[Any], Hashable]
) -> tuple[Any, ...]:
    old = getattr(base, name) if base else ()
    return fields.decide_keyed(name, (old, getattr(file, name), getattr(new, name)), key)


def _with_target_ids(file: Task, new: Task) -> Task:
    """The row's own words for an older period, its targets under the ids that the task uses for them."""
    targets = align_targets(new.targets, (file.targets,), fresh_ids(file))
    return replace(new, targets=targets)


# -- updates


def _merge_update(
    held: Update | None,
    base: Update | None,
    new: Update,
    reader: _MergeReader,
    fields: Fields,
) -> Update:
    """The period's update."""
    if held is None:
        return _with_quotes(new)
    inner = Fields(known_base=base is not None, changes=fields.changes)
    old = replace(base, actuals=reader.actuals(base)) if base else None
    values: dict[str, Any] = {
        name: inner.decide(name, getattr(old, name) if old else None, getattr(held, name), getattr(new, name))
        for name in _UPDATE_TEXTS
    }
    if _rests_on(held, old, values["progress"] or ""):
        values["progress"] = held.progress
        fields.keep(("progress",))
    status = held.status
    if held.status.by is not DecidedBy.EDITOR:
        status = inner.decide("status", old.status if old else None, held.status, new.status)
    editors = {a.target for a in held.actuals if a.by is DecidedBy.EDITOR}
    three = tuple(
        tuple(a for a in (u.actuals if u else ()) if a.target not in editors) for u in (old, held, new)
    )
    actuals = inner.decide_keyed("actuals", (three[0], three[1], three[2]), lambda a: a.target)
    order = {t.id: place for place, t in enumerate(reader.words.targets)}
    together = (*actuals, *(a for a in held.actuals if a.target in editors))
    values["actuals"] = tuple(sorted(together, key=lambda a: order.get(a.target, len(order))))
    return _with_quotes(replace(held, source=new.source, status=status, **values), held)


def _rests_on(held: Update, base: Update | None, progress: str) -> bool:
    """Whether a person's number or status would lose the words it was read from."""
    known = base.actuals if base else ()
    quotes = [q for a in held.actuals if a.by is DecidedBy.EDITOR or a not in known for q in a.quotes]
    status = held.status
    if status.quote is not None and (status.by is DecidedBy.EDITOR or base is None or status != base.status):
        quotes.append(status.quote)
    return any(quote not in progress and quote in (held.progress or "") for quote in quotes)


def _with_quotes(update: Update, held: Update | None = None) -> Update:
    """Only numbers and a status whose words stand in the progress text."""
    text = update.progress or ""
    actuals = tuple(a for a in update.actuals if all(quote in text for quote in a.quotes))
    status = update.status
    if status.quote is not None and status.quote not in text:
        usable = held is not None and (held.status.quote is None or held.status.quote in text)
        status = held.status if held is not None and usable else replace(status, quote=None)
    return replace(update, actuals=actuals, status=status)


# -- what the task said before


def make_snapshot(task: Task) -> Mapping[str, Any]:
    """What a task says of itself, by the fields that keep their former values."""
    return {name: getattr(task, name) for name in FROZEN_FIELDS}


def with_snapshots(task: Task, snapshots: Mapping[Period, Mapping[str, Any]]) -> Task:
    """The task whose earlier periods say what the snapshots hold, as briefly as ``Update.former`` can."""
    said: dict[str, Any] = dict(make_snapshot(task))
    updates: list[Update] = []
    for update in reversed(task.updates):
        wanted = snapshots.get(update.period, said)
        changed = {name: value for name, value in wanted.items() if value != said[name]}
        updates.append(replace(update, former=_former(changed) if changed else None))
        said = dict(wanted)
    return replace(task, updates=tuple(reversed(updates)))


def _former(values: Mapping[str, Any]) -> Former:
    absent = tuple(name for name in FROZEN_FIELDS if name in values and values[name] in (None, (), False))
    return Former(**{n: v for n, v in values.items() if n not in absent}, absent=absent)
