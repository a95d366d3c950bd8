"""xlsx and xlsm → Document: one table a visible sheet, values as the sheet shows them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from generator.sources.grid import Block, make_document, make_table
from generator.sources.limits import MAX_FILE, Budget, check_size, open_package, refuse
from generator.sources.number_format import format_value
from generator.sources.runs import Run, make_text
from generator.sources.table import Cell, Document, Paragraph
from generator.sources.xlsx_package import Range, Sheet, column_letters, reduce_package

_LISTED = 8
"""Places named one by one in a note before it says 等."""


def read_xlsx(data: bytes, name: str, kind: str = "xlsx") -> Document:
    """Document with one table for every visible sheet that has text, in order of the workbook.

    Raises: SourceError for a broken or encrypted file, or one without text.
    """
    check_size(data, name, limit=MAX_FILE)
    with open_package(data, name) as package:
        reduced, sheets = reduce_package(package, name)
        pictures = sum(path.startswith("xl/media/") for path in package.NameToInfo)
    workbook = _load(reduced, name) if any(not sheet.hidden for sheet in sheets) else None
    budget = Budget(name)
    blocks: list[Block] = []
    notes: list[str] = []
    for sheet in sheets:
        if sheet.hidden or workbook is None:
            notes.append(f"工作表“{sheet.title}”是隐藏的，没有读取")
            continue
        found = list(_cells(workbook[f"s{sheet.number}"], sheet, Budget(name)))
        made = arrange_sheet(found, sheet, budget, notes)
        blocks += made
        notes += _notes(sheet)
    if pictures:
        notes.append(f"文件里有 {pictures} 张图片，图片上的文字没有读取")
    if not blocks:
        what = "文件里没有文字，只有图片" if pictures else "所有可见的工作表都是空的"
        raise refuse(name, what, "请确认表格在可见的工作表里，且是文字而不是图片")
    return make_document(name, kind, blocks, notes)


def _load(data: bytes, name: str) -> openpyxl.Workbook:
    """The cut-down workbook.

    Raises: SourceError for whatever openpyxl makes of a broken file.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles that were cut away on purpose
            return openpyxl.load_workbook(io.BytesIO(data), data_only=True, rich_text=True, keep_links=False)
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # openpyxl lets through whatever its parsers meet in a broken file
        raise refuse(name, "文件已损坏，工作簿读不出来", "请用办公软件打开后另存再导入") from error


def _cells(worksheet: Worksheet, sheet: Sheet, budget: Budget) -> Iterator[Cell]:
    """Cells with text, where they stand on the sheet.

    Raises: SourceError when they lie so far apart that no table can be meant.
    """
    budget.spend(cells=worksheet.max_row * worksheet.max_column)
    for line in worksheet.iter_rows():
        for entry in line:
            if not isinstance(entry, SheetCell) or entry.value is None:
                continue
            text, bold = make_text(_runs(entry))
            if text:
                where = f"{sheet.title}!{entry.coordinate}"
                yield Cell(
                    text=text,
                    row=entry.row - 1,
                    column=entry.column - 1,
                    bold=bold,
                    where=where,
                    page=sheet.number,
                )


def _runs(entry: SheetCell) -> list[Run]:
    """Runs of a cell as shown, each with its weight."""
    heavy = bool(entry.font.b)
    value = entry.value
    if isinstance(value, CellRichText):
        return [
            (piece.text or "", bool(piece.font and piece.font.b))
            if isinstance(piece, TextBlock)
            else (str(piece), heavy)
            for piece in value
        ]
    if isinstance(value, DataTableFormula | ArrayFormula):
        return []
    return [(format_value(value, entry.number_format), heavy)]


def arrange_sheet(found: list[Cell], sheet: Sheet, budget: Budget, notes: list[str]) -> list[Block]:
    """Blocks of one sheet: its table without hidden rows and columns, then its text boxes."""
    shown = [cell for cell in found if not _is_hidden(cell, sheet)]
    left_out = [cell for cell in found if _is_hidden(cell, sheet)]
    if left_out:
        rows = sorted({cell.row + 1 for cell in left_out if cell.row in sheet.hidden_rows})
        columns = sorted({cell.column for cell in left_out if cell.row not in sheet.hidden_rows})
        places = [f"第{row}行" for row in rows] + [f"{column_letters(column)}列" for column in columns]
        notes.append(f"工作表“{sheet.title}”隐藏的{_list(places)}没有读取；如需要，请取消隐藏后再导入")
    spans = {(area.row, area.column): area for area in sheet.merged}
    covered = _covered(shown, sheet, notes)
    cells = [_span(cell, spans.get((cell.row, cell.column))) for cell in shown if cell.where not in covered]
    table = make_table(
        cells,
        name=sheet.title,
        budget=budget,
        place=lambda row, column: f"{sheet.title}!{column_letters(column)}{row + 1}",
    )
    blocks: list[Block] = [] if table is None else [table]
    for box in sheet.boxes:
        text, bold = make_text([(box, False)])
        if text:
            blocks.append(Paragraph(text=text, bold=bold, where=f"{sheet.title} 文本框", page=sheet.number))
    return blocks


def _is_hidden(cell: Cell, sheet: Sheet) -> bool:
    return cell.row in sheet.hidden_rows or any(
        first <= cell.column <= last for first, last in sheet.hidden_columns
    )


def _covered(cells: list[Cell], sheet: Sheet, notes: list[str]) -> set[str]:
    """Places of cells that a merged range covers: their values are not shown."""
    found: set[str] = set()
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
                notes.append(f"{cell.where} 被合并单元格盖住的内容没有读取")
    return found


def _span(cell: Cell, area: Range | None) -> Cell:
    if area is None:
        return cell
    return Cell(
        text=cell.text,
        row=cell.row,
        column=cell.column,
        row_span=area.last_row - area.row + 1,
        column_span=area.last_column - area.column + 1,
        bold=cell.bold,
        where=cell.where,
        page=cell.page,
    )


def _notes(sheet: Sheet) -> list[str]:
    notes = []
    if sheet.uncalculated:
        cells = _list([f"{sheet.title}!{cell}" for cell in sheet.uncalculated])
        notes.append(f"{cells}是公式而文件里没有存下结果，读作空白；请用办公软件打开后保存一次再导入")
    if sheet.comments:
        notes.append(f"工作表“{sheet.title}”里有批注，没有读取")
    return notes


def _list(places: list[str]) -> str:
    more = f"等 {len(places)} 处" if len(places) > _LISTED else ""
    return "、".join(places[:_LISTED]) + more
