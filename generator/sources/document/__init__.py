"""What every reader gives (``Document``), and what the readers share: limits, texts with weights, tables."""

from generator.sources.document.alterations import (
    describe_alteration,
    describe_folded,
    fold_text,
    footnote_place,
    mark_footnote,
    mark_struck,
    settle_blocks,
)
from generator.sources.document.cell_tiling import (
    cell_place,
    flatten,
    is_layout,
    make_document,
    make_table,
)
from generator.sources.document.document import (
    Alteration,
    Block,
    Cell,
    Departure,
    Document,
    Paragraph,
    Span,
    Table,
)
from generator.sources.document.limits import (
    MAX_FILE,
    MAX_PAGES,
    MAX_TEXT,
    Budget,
    open_package,
    refusal,
    require_columns,
    require_lines,
    require_size,
    unpack_part,
)
from generator.sources.document.list_numbers import format_number
from generator.sources.document.symbol_fonts import is_symbol_font, translate_symbols
from generator.sources.document.weighted_text import Run, make_spans, make_text, raise_digits, split_runs

__all__ = [
    "MAX_FILE",
    "MAX_PAGES",
    "MAX_TEXT",
    "Alteration",
    "Block",
    "Budget",
    "Cell",
    "Departure",
    "Document",
    "Paragraph",
    "Run",
    "Span",
    "Table",
    "cell_place",
    "describe_alteration",
    "describe_folded",
    "flatten",
    "fold_text",
    "footnote_place",
    "format_number",
    "is_layout",
    "is_symbol_font",
    "make_document",
    "make_spans",
    "make_table",
    "make_text",
    "mark_footnote",
    "mark_struck",
    "open_package",
    "raise_digits",
    "refusal",
    "require_columns",
    "require_lines",
    "require_size",
    "settle_blocks",
    "split_runs",
    "translate_symbols",
    "unpack_part",
]
