"""A known task and a new row → the task as it should stand: three-way, field by field.

Base is what the last table said (read again from the kept source), file is what stands in the YAML now, new
is what the new table says. Untouched fields follow the new table; a field that a person changed stays, and
where the new table changed it too that is a conflict, shown and left to the person. A person's number stays
with the words it was read from: where a new wording has them no more, the number stays with the earlier
periods, or, when there are none, the old wording stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from rapidfuzz import fuzz

from generator.ingest.actuals import read_actuals
from generator.model import FROZEN_FIELDS, Actual, Former, Period, Target, Task, Update

EDITOR = "editor"
_T = TypeVar("_T")
_SAME_TARGET = 0.65
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
class FieldChange:
    """One field on which the file and the new table differ."""

    field: str
    """Field in words of the content contract."""
    base: Any
    """What the last table said; None also when there was none."""
    file: Any
    """What stands in the file."""
    new: Any
    """What the new table says."""
    wins: str
    """``new``, ``file``, or ``both`` where the two were put together."""
    conflict: bool = False
    """A person changed it and the new table changes it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The task as it should stand, and every field that differs."""

    task: Task
    changes: tuple[FieldChange, ...]


@dataclass(slots=True)
class _Fields:
    """Collects the decisions about one task."""

    known_base: bool
    """Whether the last table could be read again; without it every difference is a person's."""
    changes: list[FieldChange]

    def decide(self, name: str, base: Any, file: Any, new: Any) -> Any:
        """The value that should stand."""
        if file == new:
            return file
        hand = not self.known_base or file != base
        conflict = hand and (not self.known_base or new != base)
        wins = "file" if hand else "new"
        self.changes.append(
            FieldChange(field=name, base=base, file=file, new=new, wins=wins, conflict=conflict)
        )
        return file if hand else new

    def keep(self, names: Collection[str]) -> None:
        """Let the file win after all, as a conflict."""
        for index, change in enumerate(self.changes):
            if change.field in names:
                self.changes[index] = replace(change, wins="file", conflict=True)

    def decide_keyed(
        self,
        name: str,
        values: tuple[Sequence[_T], Sequence[_T], Sequence[_T]],
        key: Callable[[_T], Hashable],
    ) -> tuple[_T, ...]:
        """A list whose items have names: item by item, so that an edit of one leaves the others free."""
        base, file, new = (tuple(v) for v in values)
        if file == new:
            return file
        if self.known_base and file == base:
            self.changes.append(FieldChange(field=name, base=base, file=file, new=new, wins="new"))
            return new
        if not self.known_base or any(len({key(i) for i in v}) < len(v) for v in (base, file, new)):
            return tuple(self.decide(name, base, file, new))
        merged, conflict = merge_keyed(base, file, new, key)
        wins = "file" if merged == file else "both"
        self.changes.append(
            FieldChange(field=name, base=base, file=file, new=new, wins=wins, conflict=conflict)
        )
        return merged


def merge_keyed(
    base: Sequence[_T], file: Sequence[_T], new: Sequence[_T], key: Callable[[_T], Hashable]
) -> tuple[tuple[_T, ...], bool]:
    """Three-way of three lists by key, in the file's order, additions behind their neighbours of the new
    list; whether the two sides changed the same item."""
    old, held, fresh = ({key(item): item for item in items} for items in (base, file, new))
    conflict = False
    result: list[_T] = []
    for name, item in held.items():
        if name not in fresh:
            if old.get(name) != item:
                result.append(item)
                conflict = conflict or name in old
        elif fresh[name] == item or old.get(name) != item:
            result.append(item)
            conflict = conflict or (fresh[name] != item and fresh[name] != old.get(name))
        else:
            result.append(fresh[name])
    previous: Hashable = None
    for name, item in fresh.items():
        if name not in held and name not in old:
            keys = [key(i) for i in result]
            result.insert(keys.index(previous) + 1 if previous in keys else len(result), item)
        elif name not in held and old[name] != item:
            conflict = True
        previous = name
    return tuple(result), conflict


# -- task


def merge_task(
    file: Task, base: Task | None, new: Task, *, period: Period, newest: bool, names: Collection[str]
) -> Merged:
    """``file`` with what ``new`` (one row, one period) says.

    ``newest``: the new table is the newest of the task's own, so the task's words follow it; otherwise only
    the period's update does. ``names``: department names and aliases, for reading numbers by department.
    """
    snapshots = {u.period: _snapshot(file.at(u.period)) for u in file.updates}
    fields = _Fields(known_base=base is not None, changes=[])
    earlier = any(u.period.order < period.order for u in file.updates)
    merged = _merge_words(file, base, new, fields, earlier=earlier) if newest else file
    words = merged if newest else _with_target_ids(file, new)
    for fresh in new.updates:
        held = next((u for u in file.updates if u.period == fresh.period), None)
        old = next((u for u in base.updates if u.period == fresh.period), None) if base else None
        update = _merge_update(held, old, fresh, words, names, fields)
        others = [u for u in merged.updates if u.period != fresh.period]
        updates = tuple(sorted([*others, update], key=lambda u: u.period.order))
        merged = replace(merged, updates=updates)
        if not newest:
            snapshots[period] = _snapshot(words)
    if newest:
        snapshots.pop(period, None)
    return Merged(task=with_snapshots(merged, snapshots), changes=tuple(fields.changes))


def _merge_words(file: Task, base: Task | None, new: Task, fields: _Fields, *, earlier: bool) -> Task:
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
    ids = _fresh_ids(file)
    old_targets = align_targets(base.targets, (file.targets,), ids) if base else ()
    new_targets = align_targets(new.targets, (file.targets, old_targets), ids)
    if not earlier and _orphans(_by_hand(file.targets, old_targets), values["commitment"]):
        values |= {name: getattr(file, name) for name in ("commitment", "title")}
        fields.keep(("commitment", "title"))
    values["departments"] = _keyed(fields, "departments", base, file, new, lambda a: a.name)
    values["contacts"] = _keyed(fields, "contacts", base, file, new, lambda c: c.office)
    values["leaders"] = _keyed(fields, "leaders", base, file, new, lambda name: name)
    targets = _merge_targets(old_targets, file.targets, new_targets, fields)
    values["targets"] = _quoted(targets, file.targets, old_targets, values["commitment"], fields)
    return replace(file, **values)


def _keyed(
    fields: _Fields, name: str, base: Task | None, file: Task, new: Task, key: Callable[[Any], Hashable]
) -> tuple[Any, ...]:
    old = getattr(base, name) if base else ()
    return fields.decide_keyed(name, (old, getattr(file, name), getattr(new, name)), key)


def _with_target_ids(file: Task, new: Task) -> Task:
    """The row's own words for an older period, its targets under the ids that the task uses for them."""
    targets = align_targets(new.targets, (file.targets,), _fresh_ids(file))
    return replace(new, targets=targets)


# -- targets


def _by_hand(file: Sequence[Target], base: Sequence[Target]) -> tuple[Target, ...]:
    """Targets that a person decided or changed."""
    return tuple(t for t in file if t.by == EDITOR or t not in base)


def _orphans(targets: Iterable[Target], commitment: str) -> bool:
    """Whether the wording has the words of some target no more."""
    return any(t.quote not in commitment and _quote_again(t, commitment) is None for t in targets)


def _merge_targets(
    base: Sequence[Target], file: Sequence[Target], new: Sequence[Target], fields: _Fields
) -> tuple[Target, ...]:
    """Three-way by id; what a person decided stands as it is."""
    own = {t.id: t for t in file if t.by == EDITOR}
    old = {t.id: t for t in base}
    # For the comparison a person's target counts as untouched: it is put back below, whatever is decided.
    held = [old.get(t.id, t) if t.id in own else t for t in file]
    offered = [old.get(t.id, own[t.id]) if t.id in own else t for t in new]
    merged = fields.decide_keyed("targets", (base, held, offered), lambda t: t.id)
    present = {t.id for t in merged}
    return (*(own.get(t.id, t) for t in merged), *(t for name, t in own.items() if name not in present))


def _quoted(
    targets: Sequence[Target],
    file: Sequence[Target],
    base: Sequence[Target],
    commitment: str,
    fields: _Fields,
) -> tuple[Target, ...]:
    """Only targets whose words stand in the commitment; a person's is quoted anew where it can be."""
    hand = {t.id for t in _by_hand(file, base)}
    held = {t.id: t for t in file if t.quote in commitment}
    kept = []
    for target in targets:
        found = target if target.quote in commitment else held.get(target.id)
        if found is None and target.id in hand:
            found = _quote_again(target, commitment)
        if found is not None:
            kept.append(found)
        else:
            fields.changes.append(
                FieldChange(
                    field=f"targets.{target.id}",
                    base=None,
                    file=target,
                    new=None,
                    wins="new",
                    conflict=target.id in hand,
                )
            )
    return tuple(kept)


def _quote_again(target: Target, commitment: str) -> Target | None:
    """A person's target with the clause of the new wording that says the same number of the same thing."""
    number = re.compile(
        rf"(?<![\d.]){re.escape(format(target.value, 'f'))}(?![\d.]*\d)\s*{re.escape(target.unit)}"
    )
    clauses = [c for c in re.split(r"[，,。；;、\n]", commitment) if number.search(c)]
    if not clauses:
        return None
    best = max(clauses, key=lambda clause: fuzz.ratio(clause, target.quote))
    return replace(target, quote=best.strip()) if fuzz.ratio(best, target.quote) >= 50 else None


def align_targets(
    targets: Iterable[Target], known: Sequence[Sequence[Target]], fresh_ids: Iterable[str]
) -> tuple[Target, ...]:
    """The targets under the ids of those known ones that they are; others get fresh ids."""
    waiting = list(targets)
    pool = {t.id: t for group in reversed(known) for t in group}
    ranked = sorted(
        ((_likeness(t, k), index, name) for index, t in enumerate(waiting) for name, k in pool.items()),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )
    chosen: dict[int, str] = {}
    for score, index, name in ranked:
        if score >= _SAME_TARGET and index not in chosen and name not in chosen.values():
            chosen[index] = name
    names = iter(fresh_ids)
    return tuple(replace(t, id=chosen.get(i) or next(names)) for i, t in enumerate(waiting))


def _likeness(one: Target, other: Target) -> float:
    score = 0.5 * max(fuzz.ratio(one.metric, other.metric), fuzz.ratio(one.quote, other.quote)) / 100
    score += 0.2 * (one.unit == other.unit) + 0.1 * (one.kind == other.kind)
    return score + 0.2 * (one.value == other.value)


def _fresh_ids(task: Task) -> Iterable[str]:
    """t4, t5 … behind every id that the task ever used."""
    used = {t.id for t in task.targets}
    used |= {t.id for u in task.updates if u.former for t in u.former.targets}
    used |= {a.target for u in task.updates for a in u.actuals}
    highest = max((int(name[1:]) for name in used if re.fullmatch(r"t\d+", name)), default=0)
    return _Counter(highest)


class _Counter:
    """Iterator of ids that goes on where it stopped."""

    def __init__(self, last: int) -> None:
        self._last = last

    def __iter__(self) -> _Counter:
        return self

    def __next__(self) -> str:
        self._last += 1
        return f"t{self._last}"


# -- updates


def _merge_update(
    held: Update | None,
    base: Update | None,
    new: Update,
    words: Task,
    names: Collection[str],
    fields: _Fields,
) -> Update:
    """The period's update. ``words``: the task as it stands in that period, for its targets."""
    fresh = replace(new, actuals=_actuals(new, words, names))
    if held is None:
        return _with_quotes(fresh)
    inner = _Fields(known_base=base is not None, changes=fields.changes)
    old = replace(base, actuals=_actuals(base, words, names)) if base else None
    values: dict[str, Any] = {
        name: inner.decide(
            name, getattr(old, name) if old else None, getattr(held, name), getattr(fresh, name)
        )
        for name in _UPDATE_TEXTS
    }
    if _rests_on(held, old, values["progress"] or ""):
        values["progress"] = held.progress
        fields.keep(("progress",))
    status = held.status
    if held.status.by != EDITOR:
        status = inner.decide("status", old.status if old else None, held.status, fresh.status)
    editors = {a.target for a in held.actuals if a.by == EDITOR}
    three = tuple(
        tuple(a for a in (u.actuals if u else ()) if a.target not in editors) for u in (old, held, fresh)
    )
    actuals = inner.decide_keyed("actuals", (three[0], three[1], three[2]), lambda a: a.target)
    order = {t.id: place for place, t in enumerate(words.targets)}
    together = (*actuals, *(a for a in held.actuals if a.target in editors))
    values["actuals"] = tuple(sorted(together, key=lambda a: order.get(a.target, len(order))))
    return _with_quotes(replace(held, source=new.source, status=status, **values), held)


def _rests_on(held: Update, base: Update | None, progress: str) -> bool:
    """Whether a person's number or status would lose the words it was read from."""
    known = base.actuals if base else ()
    quotes = [q for a in held.actuals if a.by == EDITOR or a not in known for q in a.quotes]
    status = held.status
    if status.quote is not None and (status.by == EDITOR or base is None or status != base.status):
        quotes.append(status.quote)
    return any(quote not in progress and quote in (held.progress or "") for quote in quotes)


def _actuals(update: Update, words: Task, names: Collection[str]) -> tuple[Actual, ...]:
    """Reported numbers read against the targets that the task has, a person's among them."""
    if not words.targets or not update.progress:
        return ()
    found, _ = read_actuals(
        words.targets,
        update.progress,
        period=update.period,
        commitment=words.commitment,
        departments=frozenset(names),
    )
    known = {t.id for t in words.targets}
    return tuple(a for a in found if a.target in known)


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


def _snapshot(task: Task) -> Mapping[str, Any]:
    return {name: getattr(task, name) for name in FROZEN_FIELDS}


def with_snapshots(task: Task, snapshots: Mapping[Period, Mapping[str, Any]]) -> Task:
    """The task whose earlier periods say what the snapshots hold, as briefly as ``Update.former`` can."""
    said: dict[str, Any] = dict(_snapshot(task))
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
