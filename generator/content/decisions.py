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
from generator.base.errors import ContentError
from generator.base.messages import Message
from generator.base.paths import review_file
from generator.content.decoded_files import FileDecoder
from generator.content.schema import derive
from generator.content.yaml_writer import format_data
from generator.model import Basis, Comparator, Period, StatusValue, StepOutcome, TargetKind


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
    period: Period | None = None
    target: str | None = None
    """Id of the target; None for a new target, or where the status is decided."""
    decision: DecisionAction
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
    note: str | None = None
    """What a reported figure counts where that is not quite what was promised."""
    status: StatusValue | None = None
    """Given where the status of the period is decided, not a figure."""
    step: str | None = None
    """Words of the last table's next steps, where it is decided what became of them."""
    outcome: StepOutcome | None = None
    """What became of the step."""
    part: str | None = None
    """Name of a part of the promise, where it is decided whether it is one and, by ``status``, how far."""
    quotes: tuple[str, ...] = ()
    """The words it is about, verbatim."""
    reason: str | None = None
    """Why, in the person's words."""


DECISION = derive(Decision, Message("判定"), quotes="quotes")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsFile:
    """review.yaml or a decision file as written."""

    decisions: tuple[Decision, ...]


DECISIONS = derive(DecisionsFile, Message("判定文件"))


def parse_unused(district_id: str, decoder: FileDecoder) -> tuple[model.UnusedFigure, ...]:
    """Figures of a district that review.yaml says answer nothing, with the words and the reason."""
    path = review_file(district_id)
    file = decoder.decode(path, DECISIONS) if path in decoder.files else None
    decisions: tuple[Decision, ...] = () if file is None else file.value.decisions
    return tuple(
        model.UnusedFigure(task=d.task, period=d.period, target=d.target, quotes=d.quotes, reason=d.reason)
        for d in decisions
        if d.decision is DecisionAction.REJECT and d.period and d.target and d.quotes and d.reason
    )


def parse_decisions(data: bytes, path: str) -> tuple[Decision, ...]:
    """Decisions of a file, in order. Raises: ContentError with every problem."""
    decoder = FileDecoder({path: data})
    file = decoder.decode(path, DECISIONS)
    if file is None:
        raise ContentError(decoder.problems)
    value: DecisionsFile = file.value
    return value.decisions


def format_decisions(decisions: Iterable[Decision]) -> str:
    """A decision file, fresh."""
    return format_data({"decisions": [DECISION.encode(each) for each in decisions]})


def is_about(decision: Decision, task_id: str, period: model.Period | None, quotes: tuple[str, ...]) -> bool:
    """Whether the decision is about these words of that task and period."""
    return decision.task == task_id and decision.period == period and set(quotes) <= set(decision.quotes)
