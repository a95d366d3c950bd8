"""How a browser lays out the rows and cells of a table; no text is read here.

Source: HTML standard, 4.9.12 (forming a table).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.base.places import Place
from generator.sources.document import Cell, cell_place

GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}
"""Groups of rows in the order in which a browser shows them."""
Unseen = Callable[[etree._Element], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebRow:
    """One row that a browser shows."""

    group: tuple[int, int]
    """Rank and ordinal of the group it stands in: spans end with it."""
    element: etree._Element
    cells: tuple[etree._Element, ...]


def list_rows(table: etree._Element, unseen: Unseen) -> list[WebRow]:
    """Shown rows with their shown cells: head first, foot last."""
    lines = sorted(_lines(table, 1, unseen), key=lambda item: item[0])
    return [
        WebRow(group=(rank, group), element=line, cells=tuple(_cells(line, unseen)))
        for rank, group, line in lines
    ]


def _lines(element: etree._Element, rank: int, unseen: Unseen) -> Iterator[tuple[int, int, etree._Element]]:
    """Shown rows as (rank of their group, number of the group, row), in order of the source."""
    for index, child in enumerate(element):
        if child.tag == "tr" and not unseen(child):
            yield rank, 0, child
        elif (child.tag in GROUPS or child.tag == "form") and not unseen(child):
            inner = GROUPS.get(str(child.tag), rank)
            yield from ((found, index + 1, line) for found, _, line in _lines(child, inner, unseen))


def _cells(line: etree._Element, unseen: Unseen) -> Iterator[etree._Element]:
    return (cell for cell in line.iterdescendants("td", "th") if _row_of(cell) is line and not unseen(cell))


def _row_of(cell: etree._Element) -> etree._Element | None:
    """The row a cell stands in; forms in between do not count."""
    parent = cell.getparent()
    while parent is not None and parent.tag == "form":
        parent = parent.getparent()
    return parent


def attribute_number(text: str | None, default: int, *, low: int, high: int) -> int:
    """Whole number of an attribute within bounds (``" 12px"`` → 12); the default for anything else."""
    match = re.match(r"\s*(\d{1,9})", text or "", re.ASCII)
    return max(low, min(high, int(match[1]))) if match else default


def place_cells(rows: Sequence[WebRow], place: Place) -> Iterator[tuple[Cell, etree._Element]]:
    """Cells without text at their columns, beside those that span down from above.

    A span that reaches into rows which have all of their cells ends above them: a browser would push those
    cells out of the table.
    """
    ends = _span_ends(rows)
    covered: dict[int, int] = {}
    for index, row in enumerate(rows):
        column = 0
        for element in row.cells:
            while covered.get(column, -1) >= index:
                column += 1
            height = attribute_number(element.get("rowspan"), 1, low=0, high=65534) or len(rows)
            height = min(height, ends[index] - index)
            across = _width(element)
            where = cell_place(place, index, column)
            cell = Cell(text="", row=index, column=column, row_span=height, column_span=across, where=where)
            yield cell, element
            for beside in range(column, column + across):
                covered[beside] = max(covered.get(beside, -1), index + height - 1)
            column += across


def _span_ends(rows: Sequence[WebRow]) -> list[int]:
    """For each row the row at which cells that start in it must have ended."""
    widths = [sum(map(_width, row.cells)) for row in rows]
    full = max(widths, default=0)
    ends = [len(rows)]
    for index in range(len(rows) - 1, 0, -1):
        parted = rows[index].group != rows[index - 1].group or widths[index] == full > 1
        ends.append(index if parted else ends[-1])
    return ends[::-1]


def _width(cell: etree._Element) -> int:
    return attribute_number(cell.get("colspan"), 1, low=1, high=1000)
