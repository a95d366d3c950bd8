"""What was understood of a table, as plain data for ``ingest --explain`` (the command line's contract)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.base.errors import Problem, make_problem_row
from generator.base.messages import CHINESE
from generator.content.schema import TASK
from generator.ingest.draft import Draft


def explain(
    draft: Draft,
    plan: Sequence[Mapping[str, Any]],
    problems: Iterable[Problem],
    english: Mapping[str, str] = CHINESE,
) -> dict[str, Any]:
    """One object with columns, tasks, plan, problems and ledger; everything in it is JSON.

    A column's ``table`` (1-based) is there for files with several tables of tasks.
    """
    return {
        "columns": [
            {
                "index": column.index,
                "heading": column.heading.replace("\n", " "),
                "role": str(column.role) if column.role else None,
                "why": column.why,
                "table": number,
            }
            for number, columns in enumerate(draft.columns, 1)
            for column in columns
            if column.role or column.heading
        ],
        "tasks": [_plain(TASK.encode(task)) for task in draft.tasks],
        "plan": [_plain(dict(entry)) for entry in plan],
        "problems": [make_problem_row(problem, english) for problem in problems],
        "ledger": {
            "source": draft.ledger.source,
            "placed": dict(draft.ledger.placed),
            "structural": draft.ledger.structural,
            "unaccounted": draft.ledger.unaccounted,
        },
    }


def explain_refusal(problems: Iterable[Problem], english: Mapping[str, str] = CHINESE) -> dict[str, Any]:
    """The same object for a file that could not be read."""
    ledger: dict[str, Any] = {"source": 0, "placed": {}, "structural": 0, "unaccounted": 0}
    return {
        "columns": [],
        "tasks": [],
        "plan": [],
        "problems": [make_problem_row(problem, english) for problem in problems],
        "ledger": ledger,
    }


def _plain(value: Any) -> Any:
    """Value with decimals as numbers and dates as text."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
