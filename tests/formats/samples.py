"""Random documents, and what must come back of them whatever the format."""

from __future__ import annotations

from hypothesis import strategies as st

from generator.sources.document import Cell, Document, Paragraph, Span, Table

LETTERS = "区发展改革局新增城镇就业万人完成推进情况一二三（）《》“”，。；、：—·％0123456789ABxyz.%+-/()"
HARD_LETTERS = LETTERS + "<>&\"'|,\t;*_#\\~^$𠮷㎡①★é"
"""Also what the formats themselves use as marks, and characters outside the first plane."""


@st.composite
def texts(draw: st.DrawFn, letters: str = LETTERS) -> str:
    """Text of one to three lines without blank ones, or nothing."""
    lines = draw(st.lists(st.text(letters, min_size=1, max_size=12), max_size=3))
    return "\n".join(line.strip() for line in lines if line.strip())


@st.composite
def weights(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    """No bold, all bold, or one bold run at letters' edges."""
    places = [index for index, letter in enumerate(text) if not letter.isspace()]
    if not places:
        return ()
    start = draw(st.sampled_from([None, 0, *places]))
    if start is None:
        return ()
    end = draw(st.sampled_from([index for index in places if index >= start])) + 1
    return (Span(start=start, end=end),)


@st.composite
def tables(draw: st.DrawFn, letters: str = LETTERS, *, drawn: bool = False) -> Table:
    """Table whose cells, some merged both ways, tile it; at least two are filled.

    ``drawn``: every row and column has an unmerged filled cell, so that its lines can be seen.
    """
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in free:
                continue
            edge = (drawn and (row == 0 or column == 0)) or row == column == 0
            height = 1 if edge else draw(st.sampled_from([1, 1, 1, 2, 3]))
            width = 1 if edge else draw(st.sampled_from([1, 1, 1, 2, 3]))
            area = _fitting(free, row, column, min(height, rows - row), min(width, columns - column))
            free -= {(row + down, column + right) for down in range(area[0]) for right in range(area[1])}
            text = draw(texts(letters)) or ("甲" if edge or (row, column) == (0, 1) else "")
            if row == rows - 1 and not text:
                text = "末"
            cells.append(
                Cell(
                    text=text,
                    row=row,
                    column=column,
                    row_span=area[0],
                    column_span=area[1],
                    bold=draw(weights(text)),
                )
            )
    return Table(cells=tuple(cells), rows=rows, columns=columns)


def _fitting(free: set[tuple[int, int]], row: int, column: int, height: int, width: int) -> tuple[int, int]:
    """Largest part of the wanted area that is free."""
    while any((row, column + right) not in free for right in range(width)):
        width -= 1
    while any((row + d, column + r) not in free for d in range(height) for r in range(width)):
        height -= 1
    return height, width


@st.composite
def documents(draw: st.DrawFn, letters: str = LETTERS, *, drawn: bool = False) -> Document:
    """A heading, a table, and sometimes a note below it."""
    title = draw(
        st.text(letters.replace("\t", ""), min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
    )
    blocks: list[Paragraph | Table] = [Paragraph(text="题" + title.strip())]
    blocks.append(draw(tables(letters, drawn=drawn)))
    if draw(st.booleans()):
        blocks.append(Paragraph(text="注：本表数据为快报数。"))
    return Document(name="样本", format="", blocks=tuple(blocks))


def letters_of(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def bold_letters(text: str, bold: tuple[Span, ...]) -> str:
    """Bold letters of a text, white space aside."""
    return letters_of("".join(text[span.start : span.end] for span in bold))


def tables_of(document: Document) -> list[Table]:
    """Tables of a document."""
    return [block for block in document.blocks if isinstance(block, Table)]


def all_letters(document: Document) -> str:
    """Every visible character of a document, in reading order."""
    texts_ = (
        block.text if isinstance(block, Paragraph) else "".join(cell.text for cell in block.cells)
        for block in document.blocks
    )
    return letters_of("".join(texts_))


def filled(
    table: Table, first_row: int = 0, *, bold: bool = True, spans: bool = True
) -> list[tuple[object, ...]]:
    """Filled cells: row, column, letters, and, where the format has them, spans and bold letters.

    Spans are cut at the last row and column in which a filled cell starts: nothing can be seen beyond.
    """
    shown = [cell for cell in table.cells if cell.text]
    rows = max((cell.row for cell in shown), default=0) + 1
    columns = max((cell.column for cell in shown), default=0) + 1
    found = []
    for cell in shown:
        if cell.row < first_row:
            continue
        extra: list[object] = []
        if spans:
            extra += [min(cell.row_span, rows - cell.row), min(cell.column_span, columns - cell.column)]
        if bold:
            extra.append(bold_letters(cell.text, cell.bold))
        found.append((cell.row - first_row, cell.column, letters_of(cell.text), *extra))
    return found


def tiles(table: Table) -> bool:
    """Whether the cells cover every position of the table exactly once."""
    covered = [
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    wanted = {(row, column) for row in range(table.rows) for column in range(table.columns)}
    return len(covered) == len(set(covered)) and set(covered) == wanted
