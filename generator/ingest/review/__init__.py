"""What the rules could not decide, decided by a person; and what a new table does to the figures."""

from generator.ingest.review.figure_lines import (
    FigureLine,
    Taken,
    count_repeats,
    find_figure_problems,
    make_figure_lines,
)
from generator.ingest.review.review_files import (
    decide_files,
    is_settled,
    list_open,
    make_open_rows,
    sort_decisions,
)
from generator.ingest.review.review_queue import (
    Question,
    apply_decisions,
    list_questions,
    make_decision,
    question_row,
)
from generator.ingest.review.unreported_targets import Note, NoteKind, list_notes, note_row

__all__ = [
    "FigureLine",
    "Note",
    "NoteKind",
    "Question",
    "Taken",
    "apply_decisions",
    "count_repeats",
    "decide_files",
    "find_figure_problems",
    "is_settled",
    "list_notes",
    "list_open",
    "list_questions",
    "make_decision",
    "make_figure_lines",
    "make_open_rows",
    "note_row",
    "question_row",
    "sort_decisions",
]
