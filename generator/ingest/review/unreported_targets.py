"""Numbers that are missing or have no exact value: shown to a person, never filled in by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.base.messages import Message
from generator.content.decisions import Decision, DecisionAction
from generator.figures import find_missing_figures, judge_steps
from generator.ingest.numbers import propose_part, propose_parts, propose_status
from generator.ingest.review.review_queue import Question
from generator.language.printed_numbers import UnreadReason
from generator.language.quantities import UnreadNumber, comparable, find_unread
from generator.model import Actual, District, Period, StatusValue, StepOutcome, Target, TargetKind, Task

_REASONS = {
    UnreadReason.INEXACT: Message("不是确数"),
    UnreadReason.BROKEN: Message("数字前后连不成一个数"),
    UnreadReason.UNIT: Message("单位不认识"),
}


class NoteKind(StrEnum):
    """Why a person should look."""

    LOST = "lost"
    """The target had a figure last period and has none now."""
    UNREAD = "unread"
    """The text has a number without an exact value: 数十家."""
    STATUS = "status"
    """How far the text says that the promise is, no rule can tell for sure."""
    PART = "part"
    """Something that the promise names or counts and the text tells of by itself, and how far it is."""
    STEP = "step"
    """What became of something that the last table announced, no rule can tell for sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A place where a number is missing and none can be proposed."""

    kind: NoteKind
    task: Task
    period: Period | None
    """None where the commitment itself has a number that was not read."""
    target: Target | None
    """None where the note is about the commitment or the task as a whole."""
    last: Actual | None
    """The target's last figure."""
    proposed: StatusValue | StepOutcome | None = None
    """The rung or the outcome that a rule reads but is not sure of."""
    step: str = ""
    """The announcement or the name of the part that is asked about, verbatim."""
    quotes: tuple[str, ...]
    """The words of the last figure, of the number that was not read, or those that put the task on a rung."""
    reason: str
    """Why a person should look, in Chinese."""

    @property
    def text(self) -> str:
        """The period's progress text, or the commitment."""
        if self.period is None:
            return self.task.commitment
        return next((u.progress or "" for u in self.task.updates if u.period == self.period), "")

    @property
    def whole(self) -> str:
        """The period's progress text and its next steps."""
        found = (u for u in self.task.updates if u.period == self.period)
        return next((f"{u.progress or ''}\n{u.next_steps or ''}" for u in found), "")


def list_notes(
    district: District, questions: Iterable[Question], decided: Iterable[Decision] = ()
) -> tuple[Note, ...]:
    """Notes of a district: its commitments, then each target without a figure in the newest period.

    Left out: what a question asks about anyway, and what a person said has no number (a rejection of the
    target in that period without words, or of the words of the commitment).
    """
    rejected = [d for d in decided if d.decision is DecisionAction.REJECT]
    settled = {(q.task.id, q.period, q.target.id) for q in questions if q.target is not None}
    settled |= {(d.task, d.period, d.target) for d in rejected if d.target is not None and not d.quotes}
    words = {(d.task, d.period, quote) for d in rejected for quote in d.quotes}
    refused = {(d.task, d.part) for d in rejected if d.part is not None}
    newest = max((u.period for t in district.tasks for u in t.updates), key=lambda p: p.order, default=None)
    return tuple(
        note
        for task in district.tasks
        for note in (
            *_promised(task),
            *(_of_period(task, newest) if newest else ()),
        )
        if not _is_settled(note, settled, words)
        and (note.kind is not NoteKind.PART or (note.task.id, note.step) not in refused)
    )


def _of_period(task: Task, period: Period) -> Iterator[Note]:
    yield from _reported(task, period)
    yield from _undecided(task, period)
    yield from _untold(task, period)
    yield from _in_parts(task, period)


def _is_settled(
    note: Note,
    settled: set[tuple[str, Period | None, str]],
    words: set[tuple[str, Period | None, str]],
) -> bool:
    if note.target is None:
        return any((note.task.id, note.period, quote) in words for quote in note.quotes)
    return (note.task.id, note.period, note.target.id) in settled


def _promised(task: Task) -> Iterator[Note]:
    """Numbers of the commitment without an exact value, as far as no target quotes them."""
    for unread in find_unread(task.commitment):
        if not any(unread.words in target.quote for target in task.targets):
            reason = Message(
                "任务里写的“{words}”{reason}，没有作为目标",
                words=unread.words,
                reason=_REASONS[unread.reason],
            )
            yield Note(
                kind=NoteKind.UNREAD,
                task=task,
                period=None,
                target=None,
                last=None,
                quotes=(unread.words,),
                reason=reason,
            )


def _reported(task: Task, period: Period) -> Iterator[Note]:
    """Targets without a figure: those that had one, then those whose text has a number not read."""
    lost = find_missing_figures(task, period)
    for followed in lost:
        last = followed.last
        reason = Message(
            "{period} 有数（{value:f}{unit}），本期没有读到；引文是那一期的",
            period=followed.before,
            value=last.value,
            unit=last.unit,
        )
        yield Note(
            kind=NoteKind.LOST,
            task=task,
            period=period,
            target=followed.target,
            last=last,
            quotes=last.quotes,
            reason=reason,
        )
    known = {followed.target.id for followed in lost}
    for target, unread in find_unread_targets(task, period):
        if target.id not in known:
            reason = Message(
                "原文的“{words}”{reason}，没有作为完成数",
                words=unread.words,
                reason=_REASONS[unread.reason],
            )
            yield Note(
                kind=NoteKind.UNREAD,
                task=task,
                period=period,
                target=target,
                last=None,
                quotes=(unread.words,),
                reason=reason,
            )


def _undecided(task: Task, period: Period) -> Iterator[Note]:
    """A text that no rule put on a rung, as long as no person has; with the rung that a rule leans to."""
    update = next((u for u in task.updates if u.period == period and u.status.by is None), None)
    if update is None or update.status.value is not StatusValue.UNDECIDED:
        return
    found = propose_status(task.commitment, update.progress, task.at(period).targets, update.actuals)
    lean = Message("办到哪一步规则读不准，像是 {value}；请写明状态", value=found.value.value)
    unknown = found.value is StatusValue.UNDECIDED
    yield Note(
        kind=NoteKind.STATUS,
        task=task,
        period=period,
        target=None,
        last=None,
        proposed=None if unknown else found.value,
        quotes=(found.quote,) if found.quote else (),
        reason=Message("办到哪一步规则读不出；请写明状态") if unknown else lean,
    )


def _untold(task: Task, period: Period) -> Iterator[Note]:
    """Announcements of which this table should tell, and no rule is sure what."""
    for result in judge_steps(task):
        if result.judged == period and result.outcome is None:
            said = result.step.words
            reason = Message("{period} 说“{words}”，后来怎样规则读不准", period=result.said, words=said)
            yield Note(
                kind=NoteKind.STEP,
                task=task,
                period=period,
                target=None,
                last=None,
                proposed=result.proposal,
                step=said,
                quotes=(result.quote,) if result.quote else (),
                reason=reason,
            )


def _in_parts(task: Task, period: Period) -> Iterator[Note]:
    """Parts that a rule proposes, and known ones of which this period's text is not decided yet."""
    update = next((u for u in task.updates if u.period == period and u.progress), None)
    if update is None:
        return
    proposed = {proposal.name: proposal for proposal in propose_parts(task.commitment, update.progress)}
    told = {report.part for report in update.parts}
    known = {part.name for part in task.parts if part.id in told}
    asked = [part.name for part in task.parts if part.id not in told] if task.parts else list(proposed)
    for name in (name for name in asked if name not in known):
        found = proposed.get(name) or propose_part(name, update.progress or "")
        lean = found.status.value
        yield Note(
            kind=NoteKind.PART,
            task=task,
            period=period,
            target=None,
            last=None,
            proposed=found.status,
            step=name,
            quotes=(found.quote,) if found.quote else (),
            reason=Message("“{name}”像是承诺里的一件，办到 {value}；不是就拒绝", name=name, value=lean),
        )


def find_unread_targets(task: Task, period: Period) -> tuple[tuple[Target, UnreadNumber], ...]:
    """Targets without a figure in a period whose text has a number in their unit without exact value."""
    update = task.update_of(period)
    if update is None:
        return ()
    answered = {actual.target for actual in update.actuals}
    found = find_unread(update.progress or "")
    open_targets = (
        t for t in task.at(period).targets if t.id not in answered and t.kind is not TargetKind.SCOPE
    )
    pairs = ((t, next((u for u in found if comparable(u.unit, t.unit)), None)) for t in open_targets)
    return tuple((target, unread) for target, unread in pairs if unread is not None)


def note_row(note: Note) -> dict[str, str]:
    """A note as plain words for --list, with the keys of a question; it proposes no number."""
    target, last = note.target, note.last
    return {
        "task": note.task.id,
        "period": "" if note.period is None else str(note.period),
        "kind": note.kind,
        "target": "" if target is None else target.id,
        "metric": note.step if target is None else target.metric,
        "promised": "" if target is None else f"{target.value:f}{target.unit}",
        "value": note.proposed or "",
        "unit": last.unit if last else "" if target is None else target.unit,
        "quote": " … ".join(note.quotes),
        "spans": "",
        "confidence": "unsure",
        "reason": note.reason,
    }
