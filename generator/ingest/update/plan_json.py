"""The plan as plain data: what ``ingest --explain`` prints and what the screen shows."""

from __future__ import annotations

from typing import Any

from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.base.places import Place
from generator.content.schema import TASK, UPDATE
from generator.figures import compare_texts
from generator.ingest.update.plan_rows import RowEntry
from generator.ingest.update.update_plan import UpdatePlan

_TYPES = {field.name: field.type for record in (UPDATE, TASK) for field in record.fields}


def plan_data(plan: UpdatePlan) -> list[dict[str, object]]:
    """One object a line of the plan; values are plain data as in the YAML files."""
    return [_entry(entry) for entry in plan.entries]


def _entry(entry: RowEntry) -> dict[str, object]:
    data: dict[str, object] = {
        "task": entry.task,
        "action": str(entry.action),
        "number": entry.number,
        "row": entry.row,
        "fields": {
            change.field: {
                "base": plain_field(change.field, change.base),
                "file": plain_field(change.field, change.file),
                "new": plain_field(change.field, change.new),
                "wins": change.wins,
                "conflict": change.conflict,
            }
            for change in entry.fields
        },
    }
    if entry.candidates:
        data["candidates"] = [{"task": name, "commitment": text} for name, text in entry.candidates]
    if entry.became:
        data["succeeded_by"] = list(entry.became)
    if entry.came_from:
        data["carried_over_from"] = list(entry.came_from)
    return data


def plain_field(field: str, value: Any) -> Any:
    """A field's value as the YAML file would hold it."""
    if value is None or value == ():
        return None
    name = field.split(".")[0]
    if name == "number":
        return value[0]
    if name not in _TYPES:
        return str(value)
    return _TYPES[name].encode((value,) if "." in field else value)


def text_difference(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Runs of two texts in order: same, gone or added, and the characters; numbers are never cut."""
    return tuple((piece.part.value, piece.text) for piece in compare_texts(old, new))


def ambiguous_problems(plan: UpdatePlan) -> tuple[Problem, ...]:
    """A warning for each row that a person must decide."""
    return tuple(
        Problem(
            place=Place(task=entry.row or 0),
            what=Message(
                "“{title}”对不上：可能是 {tasks}，也可能是新任务", title=entry.title, tasks=_names(entry)
            ),
            hint=Message(
                "加 --match {row}={task} 或 --match {row}=new",
                row=entry.row,
                task=entry.candidates[0][0],
            ),
            level=Severity.WARNING,
        )
        for entry in plan.ambiguous
    )


def _names(entry: RowEntry) -> tuple[str, ...]:
    return tuple(name for name, _ in entry.candidates)
