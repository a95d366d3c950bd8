"""What the rules could not decide: proposals for a person, never published by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model import Actual, Target


class Confidence(StrEnum):
    """How sure the rules are of a proposal."""

    LIKELY = "likely"
    UNSURE = "unsure"


class CandidateKind(StrEnum):
    """What is proposed."""

    TARGET = "target"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One proposal with the words it was read from; which task it belongs to is known to the caller."""

    proposal: Target | Actual
    """What would be written on acceptance."""
    spans: tuple[tuple[int, int], ...]
    """Offsets of each quote: in the commitment for a target, in the progress text for an actual."""
    reason: str
    """Why it is in doubt."""
    confidence: Confidence

    @property
    def kind(self) -> CandidateKind:
        """target or actual."""
        return CandidateKind.TARGET if isinstance(self.proposal, Target) else CandidateKind.ACTUAL

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words it was read from, verbatim."""
        proposal = self.proposal
        return (proposal.quote,) if isinstance(proposal, Target) else proposal.quotes
