"""What a person decided about a part of a promise: that it is one, how far it is, or that it is none."""

from __future__ import annotations

from dataclasses import replace

from generator.base.messages import Message
from generator.content.decisions import Decision, DecisionAction
from generator.ingest.numbers import propose_part, propose_parts
from generator.model import DecidedBy, Part, PartReport, StatusValue, Task, Update


def apply_to_part(task: Task, index: int, decision: Decision) -> Task:
    """The task with the part and what its update at ``index`` says of it, or without both.

    Accepted as proposed, or with the status and the words of the decision. Raises: ValueError for words that
    stand in no text of the task.
    """
    name, update = decision.part or "", task.updates[index]
    part = next((part for part in task.parts if part.name == name), None)
    if decision.decision is DecisionAction.REJECT:
        return _without(task, part) if part else task
    made = part or Part(
        id=_next_id(task), name=name, quote=_promise_of(task, update, name), by=DecidedBy.EDITOR
    )
    report = _make_report(made, update, decision, task)
    others = tuple(each for each in update.parts if each.part != made.id)
    order = [each.id for each in task.parts] + [made.id]
    parts = tuple(sorted((*others, report), key=lambda each: order.index(each.part)))
    updates = (*task.updates[:index], replace(update, parts=parts), *task.updates[index + 1 :])
    return replace(task, parts=task.parts if part else (*task.parts, made), updates=updates)


def _make_report(part: Part, update: Update, decision: Decision, task: Task) -> PartReport:
    text, found = update.progress or "", propose_part(part.name, update.progress or "", part.quote)
    rules = {each.name: each for each in propose_parts(task.commitment, text)}
    found = rules.get(part.name, found)
    status = decision.status or found.status
    quote = decision.quotes[0] if decision.quotes else found.quote if status is found.status else None
    bare = status in (StatusValue.INTENT, StatusValue.NO_INFORMATION, StatusValue.UNDECIDED)
    if (quote is None and not bare) or (quote is not None and quote not in text):
        raise ValueError(Message("“{quote}”不是 {task} 推进情况里的原话", quote=quote or "", task=task.id))
    return PartReport(part=part.id, status=status, quote=quote, by=DecidedBy.EDITOR)


def _without(task: Task, part: Part) -> Task:
    updates = (
        replace(update, parts=tuple(each for each in update.parts if each.part != part.id))
        for update in task.updates
    )
    return replace(task, parts=tuple(p for p in task.parts if p != part), updates=tuple(updates))


def _next_id(task: Task) -> str:
    used = [int(part.id[1:]) for part in task.parts if part.id[1:].isdigit()]
    return f"p{max(used, default=0) + 1}"


def _promise_of(task: Task, update: Update, name: str) -> str:
    """The words of the commitment that promise a part: those that the rule read, else all."""
    if not any(name in text for text in (task.commitment, update.progress or "")) or not name:
        raise ValueError(Message("“{name}”不是 {task} 原文里的名称", name=name, task=task.id))
    proposed = (p.promise for p in propose_parts(task.commitment, update.progress) if p.name == name)
    return next(proposed, task.commitment)
