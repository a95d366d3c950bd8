"""Ruled tables of a PDF: cells by shared edges, tables run on over pages, rows parted by a page end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from generator.base.places import Place
from generator.sources.document import Budget, Cell, Table, make_table, make_text
from generator.sources.pdf.pdf_lines import Letter, PdfLine, join_lines, make_lines, turn_upright

_SNAP = 3.0
"""Points within which two edges are one."""
_PADDING = 10.0
"""Points that the paddings of a cell take from its width, both sides together."""
_CLOSING = "。；;！!？?）)”"
"""Ends of a text that is whole."""
_PROSE = 15
"""Characters from which on a text is prose and no name."""
_MOSTLY = 0.9
"""Share of rows from which on a column counts as always filled."""

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""


@dataclass(slots=True, kw_only=True)
class Drawn:
    """One drawn cell with its lines, and those that ran over to the next page."""

    box: Box
    page: int
    lines: list[PdfLine]
    row: int = 0
    row_span: int = 1
    number: int = 1
    """1-based number of its table on the page."""
    end: float = 0.0
    """Lower edge of its last part, on the last page it reaches."""
    turned: bool = False
    """Whether its lines run up or down the page."""

    @property
    def full(self) -> bool:
        """Whether its text reaches down to its lower edge, so that the page may have cut it off."""
        return bool(self.lines) and self.end - self.lines[-1].bottom < 1.6 * self.lines[-1].height

    @property
    def broken(self) -> bool:
        """Whether its text ends within a sentence or list."""
        return bool(self.text) and self.text[-1] not in _CLOSING

    @property
    def text(self) -> str:
        """Its characters, white space aside."""
        return "".join("".join(line.text.split()) for line in self.lines)


@dataclass(slots=True, kw_only=True)
class Grid:
    """One drawn table; rows run on over the pages it was continued on."""

    cells: list[Drawn]
    rows: int
    page: int
    """Last page it stands on."""
    edges: list[float]
    """Edges of its columns, ascending."""
    joined: list[int] = field(default_factory=list)
    """Pages whose first row was the rest of the last row of the page before."""

    @property
    def top(self) -> float:
        """Upper edge on its first page."""
        return min(cell.box[1] for cell in self.cells)

    @property
    def left(self) -> float:
        """Left edge."""
        return self.edges[0]

    @property
    def right(self) -> float:
        """Right edge."""
        return self.edges[-1]


def snap(values: Sequence[float]) -> list[float]:
    """Distinct edges: those within three points of each other are one, at their mean."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def nearest(edges: Sequence[float], value: float) -> int:
    """Index of the edge next to ``value``."""
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def make_grid(
    boxes: Sequence[Box], letters: Sequence[Letter], page: int, number: int
) -> tuple[Grid, list[Letter]]:
    """Grid of the drawn cells of one table, each with the characters whose middle lies in it; the others."""
    free: list[Letter] = []
    boxes = [*boxes, *_open_boxes(boxes)]
    rows = snap([edge for box in boxes for edge in (box[1], box[3])])
    edges = snap([edge for box in boxes for edge in (box[0], box[2])])
    inside: list[list[Letter]] = [[] for _ in boxes]
    order = sorted(range(len(boxes)), key=lambda index: (boxes[index][1], boxes[index][0]))
    for letter in letters:
        index = _box_of(letter, boxes)
        (free if index is None else inside[index]).append(letter)
    free = _hang_down(free, boxes, inside)
    cells = []
    for index in order:
        row, end = nearest(rows, boxes[index][1]), nearest(rows, boxes[index][3])
        box = boxes[index]
        upright = [letter for letter in inside[index] if not letter.turn]
        turned = [turn_upright(letter, box) for letter in inside[index] if letter.turn]
        lines = [*make_lines(upright), *make_lines(turned)]
        drawn = Drawn(box=box, page=page, lines=lines, row=row, number=number, end=box[3])
        drawn.turned = len(turned) > len(upright)
        drawn.row_span = max(1, end - row)
        cells.append(drawn)
    return Grid(cells=cells, rows=max(1, len(rows) - 1), page=page, edges=edges), free


def _open_boxes(boxes: Sequence[Box]) -> list[Box]:
    """Cells of the last row without a lower edge: the page end cut a merged cell between its neighbours."""
    bottom = max(box[3] for box in boxes)
    last = sorted(box for box in boxes if bottom - box[3] <= _SNAP)
    pairs = pairwise(last)
    return [
        (left[2], max(left[1], right[1]), right[0], bottom)
        for left, right in pairs
        if right[0] - left[2] > _SNAP
    ]


def _hang_down(free: list[Letter], boxes: Sequence[Box], inside: Sequence[list[Letter]]) -> list[Letter]:
    """Letters outside all boxes; a word that hangs out of a cell at the page's end goes into it."""
    bottom = max(box[3] for box in boxes)
    below = [letter for letter in free if letter.top >= bottom - _SNAP]
    for index, box in enumerate(boxes):
        hanging = [letter for letter in below if box[0] <= letter.x0 and letter.x1 <= box[2]]
        lines = make_lines(hanging)
        near = bool(lines) and lines[0].top - bottom < 1.5 * lines[0].height
        if near and bottom - box[3] <= _SNAP and len(hanging) == len(below):
            inside[index].extend(hanging)
            return [letter for letter in free if letter not in hanging]
    return free


def _box_of(letter: Letter, boxes: Sequence[Box]) -> int | None:
    """Index of the box in which the middle of a character lies, else of one it touches nearly."""
    x, y = (letter.x0 + letter.x1) / 2, (letter.top + letter.bottom) / 2
    for slack in (0.0, 1.5):
        for index, (x0, top, x1, bottom) in enumerate(boxes):
            if x0 - slack <= x <= x1 + slack and top - slack <= y <= bottom + slack:
                return index
    return None


def continues(upper: Grid, lower: Grid) -> bool:
    """Whether ``lower``, first on its page, runs on from ``upper``, last on the page before."""
    if lower.page != upper.page + 1 or abs(upper.left - lower.left) > 6 or abs(upper.right - lower.right) > 6:
        return False
    few, many = sorted((upper.edges, lower.edges), key=len)
    return all(abs(many[nearest(many, edge)] - edge) <= 2 * _SNAP for edge in few)


def join_grids(upper: Grid, lower: Grid) -> Grid:
    """One grid; a row that the page end parted in two becomes one again."""
    heads = _repeated_heads(upper, lower)
    rest = _rest_of_row(upper, lower, heads)
    tall = {} if rest is not None else _rest_of_tall(upper, lower, heads)
    shift = upper.rows
    place = _place_of_heads(upper, lower, heads, rest or tall)
    for cell in upper.cells if place < shift else ():
        cell.row += heads if cell.row >= place else 0
    cells = list(upper.cells)
    for cell in lower.cells:
        if cell.row < heads and cell.row + cell.row_span <= heads:
            cells.append(replace(cell, row=cell.row + place))
            continue
        if id(cell) in tall:
            tall[id(cell)].row_span += cell.row_span
            continue
        if cell.row == heads and rest is not None:
            above = rest.get(id(cell))
            if above is not None:
                above.lines = [*above.lines, *cell.lines]
                above.end = cell.end
                above.row_span += cell.row_span - 1
            continue
        down = shift - (1 if rest is not None and cell.row > heads else 0)
        span = cell.row_span
        cells.append(replace(cell, row=cell.row + down, row_span=span))
    rows = upper.rows + lower.rows - (1 if rest is not None else 0)
    edges = max((upper.edges, lower.edges), key=len)
    joined = [*upper.joined, *([lower.page] if rest is not None else [])]
    return Grid(cells=cells, rows=rows, page=lower.page, edges=edges, joined=joined)


def _place_of_heads(upper: Grid, lower: Grid, heads: int, above: Mapping[int, Drawn]) -> int:
    """Row of the headings that the lower page repeats: above a merged cell that runs on past them."""
    going = [above[id(c)].row for c in _row(lower, heads) if c.row_span > 1 and id(c) in above]
    return min(going, default=upper.rows)


def _row(grid: Grid, row: int) -> list[Drawn]:
    return [cell for cell in grid.cells if cell.row == row]


def _repeated_heads(upper: Grid, lower: Grid) -> int:
    """Number of heading rows that the next page repeats."""
    count = 0
    while count < min(3, lower.rows - 1, upper.rows):
        again = [cell.text for cell in _row(lower, count)]
        tops = [[cell.text for cell in _row(upper, row)] for row in range(min(5, upper.rows))]
        if not any(again) or again not in tops:
            break
        count += 1
    return count


def _rest_of_row(upper: Grid, lower: Grid, heads: int) -> dict[int, Drawn] | None:
    """Cells of the first row on the next page → the cells they continue; None when it is a row of its own.

    It is a rest when a column that is otherwise always filled is empty in it, and every filled cell in it
    follows one whose text reaches down to the page end, or breaks off, one of them in prose (the cells of a
    row that is cut are centred on their page). Columns with cells merged downwards say nothing.
    """
    first = _row(lower, heads)
    last = [cell for cell in upper.cells if cell.row + cell.row_span == upper.rows]
    if len(first) < 2 or len(last) < 2 or upper.rows < 2 or not any(cell.text for cell in first):
        return None
    filled, tall = _filled_shares(upper)
    always = {column for column, share in filled.items() if share >= _MOSTLY and column not in tall}
    above: dict[int, Drawn] = {}
    for cell in first:
        same = [up for up in last if _stands_on(up, cell, upper.rows)]
        if same:
            above[id(cell)] = same[0]
        if cell.text and (not same or not (same[0].full or same[0].broken) or cell.row_span > 1):
            return None
    texted = [above[id(cell)] for cell in first if cell.text]
    torn = any(cell.broken and len(cell.text) >= _PROSE for cell in texted)
    if not torn and not all(cell.full for cell in texted):
        return None
    empty = {nearest(upper.edges, cell.box[0]) for cell in first if not cell.text}
    return above if empty & always else None


def _rest_of_tall(upper: Grid, lower: Grid, heads: int) -> dict[int, Drawn]:
    """Empty cells at the top of the next page → the merged cells above them that the page end cut.

    Such a cell is merged itself, or the one above is and no cell of its column is left empty otherwise.
    """
    filled, tall = _filled_shares(upper)
    found: dict[int, Drawn] = {}
    for cell in _row(lower, heads):
        above = next((up for up in upper.cells if _stands_on(up, cell, upper.rows)), None)
        if cell.text or above is None or not above.text:
            continue
        column = nearest(upper.edges, above.box[0])
        always = column in tall and filled.get(column, 0.0) >= _MOSTLY
        if cell.row_span > 1 or (above.row_span > 1 and always):
            found[id(cell)] = above
    return found if len(found) < len(_row(lower, heads)) else {}


def _stands_on(upper: Drawn, lower: Drawn, rows: int) -> bool:
    """Whether a cell ends a table of so many rows and is as wide as another at the same place."""
    same = abs(upper.box[0] - lower.box[0]) < 6 and abs(upper.box[2] - lower.box[2]) < 6
    return same and upper.row + upper.row_span == rows


def _filled_shares(grid: Grid) -> tuple[dict[int, float], set[int]]:
    """Column → share of its cells that are filled, over rows of several cells; columns with tall cells."""
    counts: dict[int, list[int]] = {}
    tall: set[int] = set()
    for row in range(grid.rows):
        cells = _row(grid, row)
        for cell in cells if len(cells) > 1 else ():
            column = nearest(grid.edges, cell.box[0])
            counts.setdefault(column, []).append(bool(cell.text))
            if cell.row_span > 1:
                tall.add(column)
    return {column: sum(found) / len(found) for column, found in counts.items()}, tall


def finish_grid(grid: Grid, name: str, budget: Budget, *, hei_bold: bool) -> Table | None:
    """Table of the grid with texts, weights and places; None when it is empty."""
    cells = []
    counts: dict[int, int] = {}
    first_rows: dict[int, int] = {}
    for cell in grid.cells:
        first_rows[cell.page] = min(first_rows.get(cell.page, cell.row), cell.row)
        counts[cell.page] = cell.number
    for cell in grid.cells:
        column, end = nearest(grid.edges, cell.box[0]), nearest(grid.edges, cell.box[2])
        width = cell.box[3] - cell.box[1] if cell.turned else cell.box[2] - cell.box[0]
        lines_width = max([width - _PADDING, *(line.x1 - line.x0 for line in cell.lines)])
        text, bold = make_text(join_lines(cell.lines, lines_width, hei_bold=hei_bold))
        row_on_page = cell.row - first_rows[cell.page] + 1
        cells.append(
            Cell(
                text=text,
                row=cell.row,
                column=column,
                row_span=cell.row_span,
                column_span=max(1, end - column),
                page=cell.page,
                bold=bold,
                where=Place(page=cell.page, table=cell.number, row=row_on_page, column=column + 1),
            )
        )
    return make_table(cells, name=name, budget=budget)
