"""Targets, reported numbers and status of every task of a draft, and what a person should decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from generator.ingest.numbers.candidates import Candidate
from generator.ingest.numbers.carry_forward import carry_on, last_actual
from generator.ingest.numbers.promised_targets import parse_targets
from generator.ingest.numbers.reported_actuals import parse_actuals
from generator.ingest.numbers.status_words import propose_status
from generator.model import Actual, Department, Target, Task, Update

TaskCandidate = tuple[str, Candidate]
"""Task id and a proposal for it."""


def add_figures(
    tasks: Iterable[Task], departments: Iterable[Department]
) -> tuple[tuple[Task, ...], tuple[TaskCandidate, ...]]:
    """Tasks with targets, actuals and status read by rule; what could not be decided, by task."""
    names = frozenset(name for d in departments for name in (d.name, *d.aliases))
    read, candidates = [], []
    for task in tasks:
        filled, doubts = _read_task(task, names)
        read.append(filled)
        candidates += [(task.id, doubt) for doubt in doubts]
    return tuple(read), tuple(candidates)


def _read_task(task: Task, names: Collection[str]) -> tuple[Task, tuple[Candidate, ...]]:
    targets, doubts = parse_targets(task.commitment, task.year)
    updates = []
    for place, update in enumerate(task.updates):
        actuals, more = find_actuals(
            targets, update, earlier=task.updates[:place], commitment=task.commitment, departments=names
        )
        doubts += more
        proposal = propose_status(task.commitment, update.progress, targets, actuals)
        updates.append(replace(update, actuals=actuals, status=proposal.status))
    return replace(task, targets=targets, updates=tuple(updates)), doubts


def find_actuals(
    targets: tuple[Target, ...],
    update: Update,
    *,
    earlier: Sequence[Update],
    commitment: str,
    departments: Collection[str],
) -> tuple[tuple[Actual, ...], tuple[Candidate, ...]]:
    """Actuals of a period in order of the targets, and what needs a person.

    By rule; where the rules find nothing, in the words of the target's last figure. Where a person chose
    those words they come first. ``earlier``: the task's updates before this one, oldest first.
    """
    progress = update.progress or ""
    found, doubtful = parse_actuals(
        targets, progress, period=update.period, commitment=commitment, departments=departments
    )
    again, near = carry_on(targets, earlier, progress, period=update.period, departments=departments)
    chosen = {actual.target: actual for actual in found}
    for actual in again:
        _, last = last_actual(earlier, actual.target)
        if actual.target not in chosen or (last is not None and last.by is not None):
            chosen[actual.target] = actual
    asked = {c.proposal.quotes for c in doubtful if isinstance(c.proposal, Actual)}
    more = (c for c in near if isinstance(c.proposal, Actual) and c.proposal.quotes not in asked)
    candidates = tuple(
        c for c in (*doubtful, *more) if isinstance(c.proposal, Actual) and c.proposal.target not in chosen
    )
    return tuple(chosen[t.id] for t in targets if t.id in chosen), candidates
