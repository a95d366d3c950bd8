"""Targets, reported numbers and status of every task of a draft, and what a person should decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from generator.ingest.actuals import read_actuals
from generator.ingest.candidates import Candidate
from generator.ingest.status import read_status
from generator.ingest.targets import read_targets
from generator.model import Department, Task

TaskCandidate = tuple[str, Candidate]
"""Task id and a proposal for it."""


def read_figures(
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
    targets, doubts = read_targets(task.commitment, task.year)
    updates = []
    for update in task.updates:
        actuals, more = read_actuals(
            targets,
            update.progress or "",
            period=update.period,
            commitment=task.commitment,
            departments=names,
        )
        doubts += more
        updates.append(replace(update, actuals=actuals, status=read_status(update.progress)))
    return replace(task, targets=targets, updates=tuple(updates)), doubts
