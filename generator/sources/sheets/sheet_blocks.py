"""What all spreadsheets share: ranges, hidden rows and columns, merged cells → the blocks of a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.base.errors import SourceError
from generator.base.messages import Message
from generator.base.places import Place, column_letters
from generator.sources.document import Block, Budget, Cell, Paragraph, make_table, make_text, refusal

_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_LISTED = 8
"""Places named one by one in a note before it says 等."""


Margins = tuple[tuple[Message, str], ...]
"""页眉 or 页脚, and what is printed there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A block of cells, 0-based, last row and column included."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCells:
    """What is known of a sheet without its values."""

    title: str
    number: int
    """1-based among all sheets."""
    hidden: bool
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    """0-based rows that hold something."""
    hidden_columns: tuple[tuple[int, int], ...] = ()
    """0-based first and last columns."""
    uncalculated: tuple[str, ...] = ()
    """Cells whose formula has no stored result: C7."""
    boxes: tuple[str, ...] = ()
    """Texts of the text boxes on the sheet."""
    comments: bool = False
    margins: Margins = ()


_MARGIN_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+\-]{5,6}|\d{1,3}|[A-JM-Za-jm-z])')
_PAGE_WORDS = re.compile(r"page|of|[第页共\W\d_]", re.IGNORECASE)


def parse_margin(text: str) -> str:
    """Characters of a page header or footer, a line for each of its three parts, without its codes.

    Source: ECMA-376 part 1, 18.3.1.46.
    """
    parts = re.split(r"&[LCR]", text.replace("&&", "\ue000"))
    plain = (_MARGIN_CODE.sub("", part).replace("\ue000", "&").strip() for part in parts)
    return "\n".join(part for part in plain if part)


def parse_range(text: str) -> Range | None:
    """Range of ``A1:C3`` or ``A1``; None for anything else."""
    first, _, last = text.partition(":")
    corners = [_A1.fullmatch(first), _A1.fullmatch(last or first)]
    if corners[0] is None or corners[1] is None:
        return None
    columns = sorted(column_number(corner[1]) for corner in corners if corner)
    rows = sorted(int(corner[2]) - 1 for corner in corners if corner)
    if rows[0] < 0:
        return None
    return Range(row=rows[0], column=columns[0], last_row=rows[1], last_column=columns[1])


def column_number(letters: str) -> int:
    """0-based column of ``A``, ``AB`` …"""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def arrange_sheet(found: list[Cell], sheet: SheetCells, budget: Budget, notes: list[Message]) -> list[Block]:
    """Blocks of one sheet: its table without hidden rows and columns, text boxes, page header and footer."""
    shown = [cell for cell in found if not _is_hidden(cell, sheet)]
    left_out = [cell for cell in found if _is_hidden(cell, sheet)]
    if left_out:
        rows = sorted({cell.row + 1 for cell in left_out if cell.row in sheet.hidden_rows})
        columns = sorted({cell.column for cell in left_out if cell.row not in sheet.hidden_rows})
        hidden = [Message("{letters}列", letters=column_letters(column)) for column in columns]
        places = _list([*(Place(row=row) for row in rows), *hidden])
        notes.append(
            Message(
                "工作表“{title}”隐藏的{places}没有读取；如需要，请取消隐藏后再导入",
                title=sheet.title,
                places=places,
            )
        )
    spans = {(area.row, area.column): area for area in sheet.merged}
    covered = _covered(shown, sheet, notes)
    cells = [_span(cell, spans.get((cell.row, cell.column))) for cell in shown if cell.where not in covered]
    table = make_table(
        cells,
        name=sheet.title,
        budget=budget,
        place=Place(sheet=sheet.title),
    )
    blocks: list[Block] = [] if table is None else [table]
    for box in sheet.boxes:
        text, bold = make_text([(box, False)])
        if text:
            blocks.append(
                Paragraph(
                    text=text,
                    bold=bold,
                    where=Place(sheet=sheet.title, part=Message("文本框")),
                    page=sheet.number,
                )
            )
    for place, said in sheet.margins if blocks else ():
        text, _ = make_text([(said, False)])
        if _PAGE_WORDS.sub("", text):
            blocks.append(Paragraph(text=text, where=Place(sheet=sheet.title, part=place), page=sheet.number))
    return blocks


def _is_hidden(cell: Cell, sheet: SheetCells) -> bool:
    return cell.row in sheet.hidden_rows or any(
        first <= cell.column <= last for first, last in sheet.hidden_columns
    )


def _covered(cells: list[Cell], sheet: SheetCells, notes: list[Message]) -> set[Place]:
    """Places of cells that a merged range covers: their values are not shown."""
    found: set[Place] = set()
    areas = [area for area in sheet.merged if (area.row, area.column) != (area.last_row, area.last_column)]
    by_row: dict[int, list[Range]] = {}
    last = max((cell.row for cell in cells), default=0)
    for area in areas:
        for row in range(area.row, min(area.last_row, last) + 1):
            by_row.setdefault(row, []).append(area)
    for cell in cells:
        for area in by_row.get(cell.row, ()):
            inside = area.column <= cell.column <= area.last_column
            if inside and (cell.row, cell.column) != (area.row, area.column):
                found.add(cell.where)
                notes.append(Message("{where} 被合并单元格盖住的内容没有读取", where=cell.where))
    return found


def _span(cell: Cell, area: Range | None) -> Cell:
    if area is None:
        return cell
    row_span, column_span = area.last_row - area.row + 1, area.last_column - area.column + 1
    return replace(cell, row_span=row_span, column_span=column_span)


def nothing_visible(name: str, *, pictures: bool = False) -> SourceError:
    """The refusal of a workbook without text."""
    what = Message("文件里没有文字，只有图片") if pictures else Message("所有可见的工作表都是空的")
    return refusal(name, what, Message("请确认表格在可见的工作表里，且是文字而不是图片"))


def sheet_notes(sheet: SheetCells) -> list[Message]:
    """Notes on what a sheet holds that was not read."""
    notes = []
    if sheet.uncalculated:
        cells = _list([f"{sheet.title}!{cell}" for cell in sheet.uncalculated])
        notes.append(
            Message(
                "{cells}是公式而文件里没有存下结果，读作空白；请用办公软件打开后保存一次再导入", cells=cells
            )
        )
    if sheet.comments:
        notes.append(Message("工作表“{title}”里有批注，没有读取", title=sheet.title))
    return notes


def _list(places: Sequence[str | Place]) -> Message:
    """甲、乙; at most so many, then how many there are."""
    shown = Message("{places}", places=tuple(places[:_LISTED]))
    if len(places) <= _LISTED:
        return shown
    return Message("{places}等 {count} 处", places=shown, count=len(places))
