"""Targets promised, numbers reported, which answers which, and what a person should decide."""

from generator.ingest.numbers.candidates import Candidate, CandidateKind, Confidence
from generator.ingest.numbers.carry_forward import is_rejected
from generator.ingest.numbers.named_parts import PartProposal, propose_part, propose_parts
from generator.ingest.numbers.promised_targets import parse_targets
from generator.ingest.numbers.status_words import StatusProposal, propose_status
from generator.ingest.numbers.task_numbers import TaskCandidate, add_figures, find_actuals

__all__ = [
    "Candidate",
    "CandidateKind",
    "Confidence",
    "PartProposal",
    "StatusProposal",
    "TaskCandidate",
    "add_figures",
    "find_actuals",
    "is_rejected",
    "parse_targets",
    "propose_part",
    "propose_parts",
    "propose_status",
]
