"""Plain text and Markdown → Document: tables drawn with tabs, pipes, commas or columns; all else paragraphs.

Nothing is understood here but the drawing: which characters separate cells and which lines make one row.
Characters that only draw (pipes, rules, bold marks) are counted in ``Document.separators``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.base.places import Place
from generator.sources.document import (
    Alteration,
    Block,
    Budget,
    Cell,
    Document,
    Paragraph,
    Span,
    Table,
    describe_folded,
    fold_text,
    require_columns,
    require_lines,
    settle_blocks,
)
from generator.sources.text.drawn_tables import find_regions
from generator.sources.text.encoding import decode
from generator.sources.text.markdown_marks import is_markdown, parse_marks
from generator.sources.text.text_lines import Region, TextLine, visible

_LINE_END = re.compile(r"\r\n|\r|\n|\v|\f")
_BULLET = re.compile(r"^\s*[-*+]\s+(?:\[[ xX]\]\s+)?(?=\S)")
"""Mark of a list item in Markdown."""
_PLAIN_BULLET = re.compile(r"^\s*(?:[•▪►➢➤❖]\s*|[-*·]\s+)(?=[\u4e00-\u9fff【])")
"""Mark of a list item in plain text."""
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")


def read_text(data: bytes, name: str) -> Document:
    """Document of a .txt or .md file; every visible character stands in one block or is a counted separator.

    Raises: SourceError when the bytes are no text, or too much of it.
    """
    text, notes = decode(data, name)
    budget = Budget(name)
    budget.spend(letters=len(text))
    markdown = is_markdown(text, name)
    lines, folded = _fold_lines(text, name)
    blocks: list[Block] = []
    separators, position = 0, 0
    for number, region in enumerate(find_regions(lines), 1):
        paragraphs, marks = _make_paragraphs(lines[position : region.start], markdown)
        table, drawn = _make_table(region, f"表{number}", name, markdown)
        budget.spend(cells=table.rows * table.columns)
        blocks += [*paragraphs, table]
        separators += marks + drawn + region.separators
        position = region.end
    paragraphs, marks = _make_paragraphs(lines[position:], markdown)
    settled, altered = settle_blocks([*blocks, *paragraphs])
    return Document(
        name=name,
        format="md" if name.lower().endswith((".md", ".markdown")) else "txt",
        blocks=settled,
        notes=(*notes, *describe_folded(folded)),
        separators=separators + marks,
        alterations=(*folded, *altered),
    )


def _fold_lines(text: str, name: str) -> tuple[tuple[TextLine, ...], tuple[Alteration, ...]]:
    """Lines as they are read, and what was altered in them.

    Raises: SourceError when there are too many.
    """
    texts = _LINE_END.split(text)
    require_lines(len(texts), name)
    lines: list[TextLine] = []
    altered: list[Alteration] = []
    for number, line in enumerate(texts, 1):
        folded, found = fold_text(line, Place(line=number))
        altered += found
        lines.append(TextLine(number=number, text=folded))
    return tuple(lines), tuple(altered)


def _make_paragraphs(lines: Sequence[TextLine], markdown: bool) -> tuple[list[Paragraph], int]:
    """Paragraphs, one a line, and the number of characters that only draw."""
    found, drawn = [], 0
    for line in lines:
        text = line.text
        bold: tuple[Span, ...] = ()
        if markdown:
            text, bold = parse_marks(_BULLET.sub("", _HEADING.sub("", text), count=1))
        else:
            text = _PLAIN_BULLET.sub("", text, count=1)
        drawn += visible(line.text) - visible(text)
        kept = text.strip()
        if kept:
            found.append(Paragraph(text=kept, where=line.where, bold=_shift(bold, text, kept)))
    return found, drawn


def _make_table(region: Region, title: str, name: str, markdown: bool) -> tuple[Table, int]:
    """The table of a region, and the number of Markdown marks in it."""
    columns = max(len(row.texts) for row in region.rows)
    require_columns(columns, name)
    cells, drawn = [], 0
    for index, row in enumerate(region.rows):
        for column in range(columns):
            inside = column < len(row.texts)
            raw = row.texts[column] if inside else ""
            alone = _BULLET.sub("", _HEADING.sub("", raw), count=1) if len(row.texts) == 1 else raw
            text, bold = parse_marks(alone) if markdown else (raw, ())
            drawn += visible(raw) - visible(text)
            kept = text.strip()
            where = Place(line=row.lines[column if inside else -1])
            cells.append(
                Cell(text=kept, row=index, column=column, where=where, bold=_shift(bold, text, kept))
            )
    return Table(cells=tuple(cells), rows=len(region.rows), columns=columns, name=title), drawn


def _shift(bold: tuple[Span, ...], text: str, kept: str) -> tuple[Span, ...]:
    """Bold runs of ``text`` as offsets into ``kept``, which is ``text`` without its outer white space."""
    lead = len(text) - len(text.lstrip())
    moved = (Span(start=max(s.start - lead, 0), end=min(s.end - lead, len(kept))) for s in bold)
    return tuple(s for s in moved if s.start < s.end)
