"""Targets that had a figure last period and got none: told to a person, never filled in by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.content.decisions import Decision, DecisionAction
from generator.figures import Followed, find_lost
from generator.ingest.review.review_queue import Question
from generator.model import District, Period, Task

KIND = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A target without a figure and without a number to propose for it."""

    task: Task
    period: Period
    followed: Followed
    """The target and its last figure."""

    @property
    def text(self) -> str:
        """The period's progress text."""
        return next((u.progress or "" for u in self.task.updates if u.period == self.period), "")


def list_notes(
    district: District, questions: Iterable[Question], decided: Iterable[Decision] = ()
) -> tuple[Note, ...]:
    """Targets of each task's newest period that had a figure before and have none now.

    Left out: those that a question asks about anyway, and those that a person said have none (a rejection
    of the target in that period without words).
    """
    asked = {(q.task.id, q.period, q.target.id) for q in questions if q.target is not None}
    asked |= {
        (d.task, d.period, d.target)
        for d in decided
        if d.decision is DecisionAction.REJECT and d.target is not None and not d.quotes
    }
    newest = max((u.period for t in district.tasks for u in t.updates), key=lambda p: p.order, default=None)
    return tuple(
        Note(task=task, period=newest, followed=followed)
        for task in district.tasks
        if newest is not None
        for followed in find_lost(task, newest)
        if (task.id, newest, followed.target.id) not in asked
    )


def note_row(note: Note) -> dict[str, str]:
    """A note as plain words for --list, with the keys of a question; it proposes no value."""
    target, last = note.followed.target, note.followed.last
    return {
        "task": note.task.id,
        "period": str(note.period),
        "kind": KIND,
        "target": target.id,
        "metric": target.metric,
        "promised": f"{target.value:f}{target.unit}",
        "value": "",
        "unit": last.unit,
        "quote": " … ".join(last.quotes),
        "spans": "",
        "confidence": "unsure",
        "reason": f"{note.followed.before} 有数（{last.value:f}{last.unit}），本期没有读到；引文是那一期的",
    }
