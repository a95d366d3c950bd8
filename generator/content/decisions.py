"""What a person decided about a number: review.yaml (rejections to remember) and decision files.

Both hold the same entries. In review.yaml a program writes the rejections; a decision file is written by a
person or kept from an earlier review, so that a review can be repeated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from generator import model
from generator.base.errors import ContentError, Problem
from generator.content.schema import (
    DECIMAL,
    PERIOD,
    QUOTES,
    TEXT,
    FieldSpec,
    RecordSpec,
    choice,
    list_of,
    nested,
)
from generator.content.site_parser import decode_file
from generator.content.yaml_writer import format_data
from generator.model import Basis, Comparator, Period, StatusValue, TargetKind


class DecisionAction(StrEnum):
    """What became of a proposal."""

    ACCEPT = "accept"
    """Write the proposal as it is."""
    CORRECT = "correct"
    """Write the values given here, with or without a proposal."""
    REJECT = "reject"
    """Take the figure away where it stands, and never propose it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision: about a target where ``period`` is None, else about that period's actual or status."""

    task: str
    """Task id."""
    decision: DecisionAction
    period: Period | None = None
    target: str | None = None
    """Id of the target; None for a new target, or where the status is decided."""
    quotes: tuple[str, ...] = ()
    """The words it is about, verbatim."""
    metric: str | None = None
    """What a target counts; this and the fields below are taken over where they are given."""
    value: Decimal | None = None
    """As printed; the sum where basis is sum."""
    value_max: Decimal | None = None
    """Upper end of a range."""
    unit: str | None = None
    """As printed."""
    comparator: Comparator | None = None
    """How a target wants to be met."""
    kind: TargetKind | None = None
    """What sort of number a target is."""
    basis: Basis | None = None
    """What a reported figure covers."""
    stated_completion: Decimal | None = None
    """Share that the text itself states, 0-1."""
    status: StatusValue | None = None
    """Given where the status of the period is decided, not a figure."""
    reason: str | None = None
    """Why, in the person's words."""


DECISION = RecordSpec(
    "判定",
    Decision,
    (
        FieldSpec("task", TEXT, required=True),
        FieldSpec("period", PERIOD),
        FieldSpec("target", TEXT),
        FieldSpec("decision", choice(DecisionAction), required=True),
        FieldSpec("metric", TEXT),
        FieldSpec("value", DECIMAL),
        FieldSpec("value_max", DECIMAL),
        FieldSpec("unit", TEXT),
        FieldSpec("comparator", choice(Comparator)),
        FieldSpec("kind", choice(TargetKind)),
        FieldSpec("basis", choice(Basis)),
        FieldSpec("stated_completion", DECIMAL),
        FieldSpec("status", choice(StatusValue)),
        FieldSpec("quote", QUOTES, attribute="quotes"),
        FieldSpec("reason", TEXT),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decisions:
    """The file as a whole."""

    decisions: tuple[Decision, ...]


_FILE = RecordSpec(
    "判定文件", _Decisions, (FieldSpec("decisions", list_of(nested(DECISION)), required=True),)
)


def read_decisions(data: bytes, path: str) -> tuple[Decision, ...]:
    """Decisions of a file, in order. Raises: ContentError with every problem."""
    problems: list[Problem] = []
    placed = decode_file(path, data, _FILE, problems)
    if placed is None:
        raise ContentError(problems)
    value: _Decisions = placed.value
    return value.decisions


def format_decisions(decisions: Iterable[Decision]) -> str:
    """A decision file, fresh."""
    return format_data({"decisions": [DECISION.encode(each) for each in decisions]})


def is_about(decision: Decision, task_id: str, period: model.Period | None, quotes: tuple[str, ...]) -> bool:
    """Whether the decision is about these words of that task and period."""
    return decision.task == task_id and decision.period == period and set(quotes) <= set(decision.quotes)
