"""What a new table does to the figures, target by target: for the plan that a clerk reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.base.errors import Problem, Severity
from generator.base.messages import Message, find_runs
from generator.base.places import Place
from generator.content.decisions import Decision
from generator.figures import (
    Repeat,
    find_falls,
    find_missing_figures,
    find_repeat,
    follow_figures,
    format_fall,
)
from generator.ingest.review.review_queue import list_period_questions
from generator.ingest.review.unreported_targets import find_unread_targets
from generator.model import Actual, District, Period, Target, TargetKind, Task


class Taken(StrEnum):
    """What becomes of a target's figure."""

    TAKEN = "taken"
    OPEN = "open"
    """A person must decide."""
    LOST = "lost"
    """It had a figure before, and nothing was found now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """One target of one task, before and now."""

    task: str
    number: int
    target: Target
    last: Actual | None
    now: Actual | None
    """The figure taken; the first proposal where a person must decide."""
    taken: Taken


def make_figure_lines(
    tasks: Iterable[Task], district: District, period: Period, decisions: Sequence[Decision] = ()
) -> tuple[FigureLine, ...]:
    """Targets whose figure is new, another, in doubt or lost. ``tasks`` as they should stand."""
    return tuple(line for task in tasks for line in _lines(task, district, period, decisions))


def _lines(
    task: Task, district: District, period: Period, decisions: Sequence[Decision]
) -> Iterable[FigureLine]:
    update = task.update_of(period)
    if update is None:
        return
    now = {a.target: a for a in update.actuals}
    before = {f.target.id: f.last for f in follow_figures(task, period)}
    asked: dict[str, Actual] = {}
    for question in list_period_questions(district, task, period, decisions):
        proposal = question.candidate.proposal
        if isinstance(proposal, Actual):
            asked.setdefault(proposal.target, proposal)
    for target in task.at(period).targets:
        last, found = before.get(target.id), now.get(target.id)
        if target.kind is TargetKind.SCOPE:
            continue
        if found is not None:
            if last is not None and (last.value, last.unit) == (found.value, found.unit):
                continue
            taken = Taken.TAKEN
        elif target.id in asked:
            found, taken = asked[target.id], Taken.OPEN
        elif last is not None:
            taken = Taken.LOST
        else:
            continue
        yield FigureLine(
            task=task.id, number=task.at(period).number, target=target, last=last, now=found, taken=taken
        )


def find_figure_problems(tasks: Sequence[Task], period: Period, file: str) -> list[Problem]:
    """Warnings about figures that were lost, not read or went down. ``file``: the received table."""
    hint = Message("写入后用 taizhang review --list 看是哪些，逐个核对；原文确实没有写数的不用管")
    lost = [(task.at(period).number, len(find_missing_figures(task, period))) for task in tasks]
    unread = [(task.at(period).number, len(find_unread_targets(task, period))) for task in tasks]
    found = []
    for counts, said in ((lost, _lost), (unread, _unread)):
        if total := sum(n for _, n in counts):
            what = said(total, find_runs(number for number, n in counts if n))
            found.append(Problem(place=Place(file=file), what=what, hint=hint, level=Severity.WARNING))
    for task in tasks:
        for fall in find_falls(task, period):
            advice = Message("请核对哪一期的数不对，或者说的不是一回事；用 taizhang review 改正")
            place = Place(file=task.id)
            found.append(Problem(place=place, what=format_fall(fall), hint=advice, level=Severity.WARNING))
    return found


def _lost(total: int, numbers: tuple[str, ...]) -> Message:
    return Message("{total} 个目标上期有数、本期没有读到：第 {numbers} 项", total=total, numbers=numbers)


def _unread(total: int, numbers: tuple[str, ...]) -> Message:
    return Message("{total} 个目标的原文里有数，但不是确数：第 {numbers} 项", total=total, numbers=numbers)


def count_repeats(tasks: Iterable[Task], period: Period) -> int:
    """Tasks whose progress text only says again what the period before said."""
    count = 0
    for task in tasks:
        texts = [u.progress for u in task.updates if u.period.order < period.order]
        now = next((u.progress for u in task.updates if u.period == period), None)
        count += bool(texts) and find_repeat(texts[-1], now) is not Repeat.NO
    return count
