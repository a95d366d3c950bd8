"""How a table of a Word document is built: rows, merged cells both ways, deleted ones; no text is read here.

Source: ECMA-376 part 1, 17.4 (tables).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from generator.sources.document import Cell
from generator.sources.office import W, local_name, whole_number

THROUGH = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo"}
    | {"ruby", "rubyBase", "oMath", "oMathPara", "subDoc"}
)
REMOVED = frozenset({"del", "moveFrom"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GridEntry:
    """One cell that Word shows."""

    cell: Cell
    """Its place and spans, without text."""
    element: etree._Element
    parts: frozenset[str]
    """Parts of the table style that apply: firstRow, firstCol …"""


@dataclass(slots=True, kw_only=True)
class PlacedCells:
    """The cells of a table."""

    cells: list[GridEntry] = field(default_factory=list)
    covered: list[tuple[int, int, etree._Element]] = field(default_factory=list)
    """Row, column and element of cells that a merged cell covers."""
    deleted: int = 0
    """Rows and cells that a tracked change takes away."""


def place_cells(table: etree._Element) -> PlacedCells:
    """Cells of a table at their rows and columns, merged ones once with their spans."""
    placed = PlacedCells()
    rows = list(_rows(table, placed))
    looks = _looks(table.find(f"{W}tblPr/{W}tblLook"))
    above: dict[int, int] = {}
    for row, line in enumerate(rows):
        column = _skipped_columns(line)
        for element in _cells(line, placed):
            properties = element.find(f"{W}tcPr")
            width = _span(properties)
            down, across = _merge(properties, "vMerge"), _merge(properties, "hMerge")
            if across == "continue" and placed.cells and placed.cells[-1].cell.row == row:
                _stretch(placed, len(placed.cells) - 1, columns=width)
                placed.covered.append((row, column, element))
            elif down == "continue" and column in above:
                _stretch(placed, above[column], last_row=row)
                placed.covered.append((row, column, element))
            else:
                above.pop(column, None)
                if down:
                    above[column] = len(placed.cells)
                cell = Cell(text="", row=row, column=column, column_span=width)
                parts = frozenset(_parts(row, column, len(rows)) & looks)
                placed.cells.append(GridEntry(cell=cell, element=element, parts=parts))
            column += width
    return placed


def _stretch(placed: PlacedCells, index: int, *, columns: int = 0, last_row: int = 0) -> None:
    """Make a cell wider by columns, or reach down to a row."""
    entry = placed.cells[index]
    cell = replace(
        entry.cell,
        column_span=entry.cell.column_span + columns,
        row_span=max(entry.cell.row_span, last_row - entry.cell.row + 1),
    )
    placed.cells[index] = replace(entry, cell=cell)


def _rows(table: etree._Element, placed: PlacedCells) -> Iterator[etree._Element]:
    """Rows that are not deleted, through content controls and insertions."""
    for child in table:
        tag = local_name(child)
        if tag == "tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
            else:
                placed.deleted += 1
        elif tag in THROUGH:
            yield from _rows(child, placed)


def _cells(row: etree._Element, placed: PlacedCells) -> Iterator[etree._Element]:
    """Cells of a row that are not deleted."""
    for child in row:
        tag = local_name(child)
        if tag == "tc":
            if child.find(f"{W}tcPr/{W}cellDel") is None:
                yield child
            else:
                placed.deleted += 1
        elif tag in THROUGH:
            yield from _cells(child, placed)


def _skipped_columns(row: etree._Element) -> int:
    before = row.find(f"{W}trPr/{W}gridBefore")
    return 0 if before is None else whole_number(before.get(f"{W}val"), high=1000)


def _span(properties: etree._Element | None) -> int:
    span = None if properties is None else properties.find(f"{W}gridSpan")
    return 1 if span is None else whole_number(span.get(f"{W}val"), 1, low=1, high=1000)


def _merge(properties: etree._Element | None, tag: str) -> str:
    """restart, continue or empty."""
    merge = None if properties is None else properties.find(f"{W}{tag}")
    return "" if merge is None else merge.get(f"{W}val") or "continue"


def _looks(look: etree._Element | None) -> frozenset[str]:
    """Parts of a table style that the table switches on."""
    if look is None:
        return frozenset({"firstRow", "firstCol"})
    names = {"firstRow": 0x20, "lastRow": 0x40, "firstCol": 0x80, "lastCol": 0x100}
    said = {"firstCol": "firstColumn", "lastCol": "lastColumn"}
    try:
        value = int(look.get(f"{W}val") or "0", 16)
    except ValueError:
        value = 0
    on = set()
    for part, bit in names.items():
        own = look.get(f"{W}{said.get(part, part)}")
        if own in {"1", "true", "on"} or (own is None and value & bit):
            on.add(part)
    return frozenset(on)


def _parts(row: int, column: int, rows: int) -> set[str]:
    """Parts of the table a cell belongs to."""
    found = {"firstRow"} if row == 0 else set()
    return found | ({"lastRow"} if row == rows - 1 else set()) | ({"firstCol"} if column == 0 else set())
