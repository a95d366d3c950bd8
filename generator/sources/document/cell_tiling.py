"""Cells as a reader finds them → a table whose cells tile rows × columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.base.messages import Message
from generator.base.places import NOWHERE, Place
from generator.sources.document.alterations import describe_folded, list_places, settle_blocks
from generator.sources.document.document import Block, Cell, Document, Paragraph, Span, Table
from generator.sources.document.limits import Budget, require_columns
from generator.sources.document.weighted_text import Run, make_text, split_runs

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def cell_place(table: Place, row: int, column: int) -> Place:
    """Place of the cell at a 0-based row and column of the table or sheet."""
    return replace(table, row=row + 1, column=column + 1)


def make_table(found: Iterable[Cell], *, name: str, budget: Budget, place: Place = NOWHERE) -> Table | None:
    """Table of the found cells, up to the last row and column in which one starts; holes become empty cells.

    A cell whose corner is already covered gives its text to the cell that covers it; a span that would run
    over another cell or the table's edge is shortened. Returns: None when no cell has text.
    """
    cells = sorted(found, key=lambda cell: (cell.row, cell.column))
    if not any(cell.text for cell in cells):
        return None
    rows = max(cell.row for cell in cells) + 1
    columns = max(cell.column for cell in cells) + 1
    require_columns(columns, budget.name)
    budget.spend(cells=rows * columns, letters=sum(len(cell.text) for cell in cells))
    placed, owner = _place(cells, rows, columns)
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in owner:
                placed.append(Cell(text="", row=row, column=column, where=cell_place(place, row, column)))
    placed.sort(key=lambda cell: (cell.row, cell.column))
    return Table(cells=tuple(placed), rows=rows, columns=columns, name=name)


def _place(cells: Sequence[Cell], rows: int, columns: int) -> tuple[list[Cell], dict[tuple[int, int], int]]:
    """Cells clipped to the table and to each other, and the index of the cell that covers each position."""
    placed: list[Cell] = []
    owner: dict[tuple[int, int], int] = {}
    for cell in cells:
        if (cell.row, cell.column) in owner:
            index = owner[cell.row, cell.column]
            placed[index] = add_text(placed[index], cell)
            continue
        fitted = _fit(cell, rows, columns, owner)
        for row in range(fitted.row, fitted.row + fitted.row_span):
            for column in range(fitted.column, fitted.column + fitted.column_span):
                owner[row, column] = len(placed)
        placed.append(fitted)
    return placed, owner


def _fit(cell: Cell, rows: int, columns: int, owner: dict[tuple[int, int], int]) -> Cell:
    """``cell`` with its spans shortened to the table and to the cells already placed."""
    row_span = max(1, min(cell.row_span, rows - cell.row))
    column_span = max(1, min(cell.column_span, columns - cell.column))
    for column in range(cell.column, cell.column + column_span):
        if (cell.row, column) in owner:
            column_span = column - cell.column
            break
    for row in range(cell.row + 1, cell.row + row_span):
        if any((row, column) in owner for column in range(cell.column, cell.column + column_span)):
            row_span = row - cell.row
            break
    if (row_span, column_span) == (cell.row_span, cell.column_span):
        return cell
    return replace(cell, row_span=row_span, column_span=column_span)


def add_text(cell: Cell, other: Cell, between: str = "\n") -> Cell:
    """``cell`` with the text of ``other`` behind its own, weights kept."""
    if not other.text:
        return cell
    joint = [(between, False)] if cell.text else []
    text, bold = make_text([*split_runs(cell.text, cell.bold), *joint, *split_runs(other.text, other.bold)])
    return replace(cell, text=text, bold=bold)


def row_texts(table: Table, row: int) -> tuple[str, ...]:
    """Texts of one row, white space aside, empty cells left out."""
    return tuple("".join(cell.text.split()) for cell in table.cells if cell.row == row and cell.text)


def join_tables(upper: Table, lower: Table) -> Table:
    """One table: the rows of ``lower`` run on below those of ``upper`` (same number of columns)."""
    moved = tuple(replace(cell, row=cell.row + upper.rows) for cell in lower.cells)
    return Table(
        cells=upper.cells + moved, rows=upper.rows + lower.rows, columns=upper.columns, name=upper.name
    )


def join_continued(blocks: Iterable[Block]) -> tuple[Paragraph | Table, ...]:
    """Blocks in which a table that follows at once and repeats the heading row runs on."""
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if isinstance(above, Table) and isinstance(block, Table) and _continues(above, block):
            joined[-1] = join_tables(above, block)
        else:
            joined.append(block)
    return tuple(joined)


def _continues(upper: Table, lower: Table) -> bool:
    """Whether ``lower`` repeats a heading row (two filled cells or more) of the first three of ``upper``.

    Sheets stay apart: each may tell of another month.
    """
    head = row_texts(lower, 0)
    sheets = {cell.where.sheet for table in (upper, lower) for cell in table.cells[:1]}
    if upper.columns != lower.columns or len(head) < 2 or len(sheets) > 1:
        return False
    return any(row_texts(upper, row) == head for row in range(3))


def is_layout(cells: Sequence[Sequence[Block]]) -> bool:
    """Whether a table only lays out the page: tables in it hold most of its text, or it has but one cell."""
    filled = [blocks for blocks in cells if blocks]
    if len(filled) <= 1:
        return True
    inner = sum(_letters(block) for blocks in filled for block in blocks if isinstance(block, Table))
    own = sum(_letters(block) for blocks in filled for block in blocks if isinstance(block, Paragraph))
    return inner > own


def _letters(block: Block) -> int:
    return len(block.text) if isinstance(block, Paragraph) else sum(len(cell.text) for cell in block.cells)


def flatten(blocks: Sequence[Block], notes: list[Message]) -> tuple[str, tuple[Span, ...]]:
    """Text and bold spans of the blocks inside a cell: a line a paragraph, a line a row of a nested table."""
    runs: list[Run] = []
    for block in blocks:
        if runs:
            runs.append(("\n", False))
        if isinstance(block, Paragraph):
            runs += split_runs(block.text, block.bold)
            continue
        notes.append(Message("单元格里嵌着小表格，已按行并入该单元格的文字"))
        row: int | None = None
        for cell in block.cells:
            if cell.text:
                between = "" if row is None else "\n" if cell.row > row else " "
                runs += [(between, False), *split_runs(cell.text, cell.bold)]
                row = cell.row
    return make_text(runs)


def make_document(name: str, kind: str, blocks: Iterable[Block], notes: Iterable[Message]) -> Document:
    """Document of the blocks: marks taken out, characters folded, continued tables joined.

    Paragraphs without a place get their ordinal as their place. Notes stand once each, in the order they
    came up; of folded characters there is none for PDF, which names shapes and not what was typed.
    """
    settled, altered = settle_blocks(_numbered(blocks))
    made = join_continued(settled)
    folded = () if kind == "pdf" else describe_folded(altered)
    found = dict.fromkeys([*notes, *folded, *_private_notes(made)])
    return Document(name=name, format=kind, blocks=made, notes=tuple(found), alterations=altered)


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks in which paragraphs without a place have one."""
    count = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            count += 1
            yield block if block.where != NOWHERE else replace(block, where=Place(paragraph=count))
        else:
            yield block


def _private_notes(blocks: Sequence[Block]) -> list[Message]:
    """A note on characters that have a shape only in a typeface of the writer's computer."""
    holders = [one for block in blocks for one in (block.cells if isinstance(block, Table) else [block])]
    found = [(one.where, len(_PRIVATE.findall(one.text))) for one in holders if _PRIVATE.search(one.text)]
    if not found:
        return []
    return [
        Message(
            "{places} 有 {count} 个造字或符号字体的字符，别的电脑显示不出来，请对照原件改写",
            places=list_places(where for where, _ in found),
            count=sum(count for _, count in found),
        )
    ]
