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
from generator.ingest.layout.reading_confidence import CellEvidence, column_sureness, weigh_record


def explain(
    draft: Draft,
    plan: Sequence[Mapping[str, Any]],
    problems: Iterable[Problem],
    english: Mapping[str, str] = CHINESE,
) -> dict[str, object]:
    """One object with columns, tasks, plan, problems and ledger; everything in it is JSON.

    A column's ``table`` (1-based) is there for files with several tables of tasks; ``sure`` (0-1) and
    ``rival`` say how far the second best reading of a column is, and of a row that of its least sure cell.
    """
    return {
        "columns": [
            {
                "index": column.index,
                "heading": column.heading.replace("\n", " "),
                "role": str(column.role) if column.role else None,
                "why": column.why,
                "sure": column_sureness(column),
                "rival": str(column.rival) if column.rival else None,
                "table": number,
            }
            for number, columns in enumerate(draft.columns, 1)
            for column in columns
            if column.role or column.heading
        ],
        "tasks": [_plain(TASK.encode(task)) for task in draft.tasks],
        "rows": [_explain_record(draft, index) for index in range(len(draft.records))],
        "plan": [_plain(dict(entry)) for entry in plan],
        "problems": [make_problem_row(problem, english) for problem in problems],
        "ledger": {
            "source": draft.ledger.source,
            "placed": dict(draft.ledger.placed),
            "structural": draft.ledger.structural,
            "unaccounted": draft.ledger.unaccounted,
        },
    }


def _explain_record(draft: Draft, index: int) -> dict[str, object]:
    cells = weigh_row(draft, index)
    return {
        "row": index + 1,
        "where": str(draft.records[index].where),
        "sure": min((cell.sure for cell in cells), default=0.0),
        "cells": [
            {
                "role": str(cell.role),
                "text": cell.piece.text,
                "sure": cell.sure,
                "rival": str(cell.rival) if cell.rival else None,
            }
            for cell in cells
        ],
    }


def weigh_row(draft: Draft, index: int) -> tuple[CellEvidence, ...]:
    """The cells of one row (0-based) with how sure each is, by the columns of its table."""
    record = draft.records[index]
    roles = record.roles - {None}
    columns = next((c for c in draft.columns if {x.role for x in c if x.role} == roles), ())
    return weigh_record(record, columns or (draft.columns[0] if draft.columns else ()))


def explain_refusal(problems: Iterable[Problem], english: Mapping[str, str] = CHINESE) -> dict[str, object]:
    """The same object for a file that could not be read."""
    ledger: dict[str, object] = {"source": 0, "placed": {}, "structural": 0, "unaccounted": 0}
    return {
        "columns": [],
        "tasks": [],
        "rows": [],
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
