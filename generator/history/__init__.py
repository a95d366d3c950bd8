"""Periods compared: text and figure differences, said and done, repeated texts, the reporting ledger."""

from generator.history.changes import (
    Change,
    ChangeSet,
    TargetChange,
    TaskChange,
    changed_tasks,
    compare_task,
    following_overview,
    make_change_set,
    make_change_sets,
    previous_overview,
    unmeasured_targets,
)
from generator.history.checks import check_history
from generator.history.continuity import Followed, find_falls, find_lost, follow_figures, tell_fall
from generator.history.frozen import period_checksum, period_record
from generator.history.ledger import Ledger, LedgerCell, LedgerRow, Reported, make_ledger
from generator.history.texts import (
    Part,
    PastDate,
    Piece,
    Repeat,
    compare_texts,
    find_past_dates,
    find_repeat,
    says_nothing,
)

__all__ = [
    "Change",
    "ChangeSet",
    "Followed",
    "Ledger",
    "LedgerCell",
    "LedgerRow",
    "Part",
    "PastDate",
    "Piece",
    "Repeat",
    "Reported",
    "TargetChange",
    "TaskChange",
    "changed_tasks",
    "check_history",
    "compare_task",
    "compare_texts",
    "find_falls",
    "find_lost",
    "find_past_dates",
    "find_repeat",
    "follow_figures",
    "following_overview",
    "make_change_set",
    "make_change_sets",
    "make_ledger",
    "period_checksum",
    "period_record",
    "previous_overview",
    "says_nothing",
    "tell_fall",
    "unmeasured_targets",
]
