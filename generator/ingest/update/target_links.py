"""Targets over periods: which new target is which known one, and a person's word on them kept."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from generator.ingest.update.threeway import FieldChange, Fields, Winner
from generator.model import DecidedBy, Target, Task

_SAME_TARGET = 0.65
"""From this likeness two targets are the same promise."""


def by_hand(file: Sequence[Target], base: Sequence[Target]) -> tuple[Target, ...]:
    """Targets that a person decided or changed."""
    return tuple(t for t in file if t.by is DecidedBy.EDITOR or t not in base)


def orphans(targets: Iterable[Target], commitment: str) -> bool:
    """Whether the wording has the words of some target no more."""
    return any(t.quote not in commitment and _quote_again(t, commitment) is None for t in targets)


def merge_targets(
    base: Sequence[Target], file: Sequence[Target], new: Sequence[Target], fields: Fields
) -> tuple[Target, ...]:
    """Three-way by id; what a person decided stands as it is."""
    own = {t.id: t for t in file if t.by is DecidedBy.EDITOR}
    old = {t.id: t for t in base}
    # For the comparison a person's target counts as untouched: it is put back below, whatever is decided.
    held = [old.get(t.id, t) if t.id in own else t for t in file]
    offered = [old.get(t.id, own[t.id]) if t.id in own else t for t in new]
    merged = fields.decide_keyed("targets", (base, held, offered), lambda t: t.id)
    present = {t.id for t in merged}
    return (*(own.get(t.id, t) for t in merged), *(t for name, t in own.items() if name not in present))


def with_quotes(
    targets: Sequence[Target],
    file: Sequence[Target],
    base: Sequence[Target],
    commitment: str,
    fields: Fields,
) -> tuple[Target, ...]:
    """Only targets whose words stand in the commitment; a person's is quoted anew where it can be."""
    hand = {t.id for t in by_hand(file, base)}
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
                    wins=Winner.NEW,
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
    targets: Iterable[Target], known: Sequence[Sequence[Target]], ids: Iterator[str]
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
    return tuple(replace(t, id=chosen.get(i) or next(ids)) for i, t in enumerate(waiting))


def _likeness(one: Target, other: Target) -> float:
    score = 0.5 * max(fuzz.ratio(one.metric, other.metric), fuzz.ratio(one.quote, other.quote)) / 100
    score += 0.2 * (one.unit == other.unit) + 0.1 * (one.kind == other.kind)
    return score + 0.2 * (one.value == other.value)


def fresh_ids(task: Task) -> Iterator[str]:
    """t4, t5 … behind every id that the task ever used."""
    used = {t.id for t in task.targets}
    used |= {t.id for u in task.updates if u.former for t in u.former.targets}
    used |= {a.target for u in task.updates for a in u.actuals}
    highest = max((int(name[1:]) for name in used if re.fullmatch(r"t\d+", name)), default=0)
    return (f"t{number}" for number in itertools.count(highest + 1))
