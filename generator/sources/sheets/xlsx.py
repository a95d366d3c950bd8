"""xlsx and xlsm → Document: one table a visible sheet, values as the sheet shows them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles.proxy import StyleProxy
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from generator.base.messages import Message
from generator.base.places import Place
from generator.sources.document import (
    MAX_FILE,
    Block,
    Budget,
    Cell,
    Document,
    Run,
    make_document,
    make_text,
    open_package,
    raise_digits,
    refusal,
    require_size,
    translate_symbols,
)
from generator.sources.sheets.number_format import format_value
from generator.sources.sheets.sheet_blocks import SheetCells, arrange_sheet, sheet_notes
from generator.sources.sheets.xlsx_package import reduce_package


def read_xlsx(data: bytes, name: str, kind: str = "xlsx") -> Document:
    """Document with one table for every visible sheet that has text, in order of the workbook.

    Raises: SourceError for a broken or encrypted file, or one without text.
    """
    require_size(data, name, limit=MAX_FILE)
    with open_package(data, name) as package:
        reduced, sheets = reduce_package(package, name)
        pictures = sum(path.startswith("xl/media/") for path in package.NameToInfo)
        charts = sum(path.startswith("xl/charts/chart") for path in package.NameToInfo)
    workbook = _load(reduced, name) if any(not sheet.hidden for sheet in sheets) else None
    budget = Budget(name)
    blocks: list[Block] = []
    notes: list[Message] = []
    for sheet in sheets:
        if sheet.hidden or workbook is None:
            notes.append(Message("工作表“{title}”是隐藏的，没有读取", title=sheet.title))
            continue
        found = list(_cells(workbook[f"s{sheet.number}"], sheet, Budget(name)))
        made = arrange_sheet(found, sheet, budget, notes)
        blocks += made
        notes += sheet_notes(sheet)
    if pictures:
        notes.append(Message("文件里有 {pictures} 张图片，图片上的文字没有读取", pictures=pictures))
    if charts:
        notes.append(Message("文件里有 {charts} 张图表，上面的文字没有读取", charts=charts))
    if not blocks:
        what = Message("文件里没有文字，只有图片") if pictures else Message("所有可见的工作表都是空的")
        raise refusal(name, what, Message("请确认表格在可见的工作表里，且是文字而不是图片"))
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
        raise refusal(
            name, Message("文件已损坏，工作簿读不出来"), Message("请用办公软件打开后另存再导入")
        ) from error


def _cells(worksheet: Worksheet, sheet: SheetCells, budget: Budget) -> Iterator[Cell]:
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
                where = Place(sheet=sheet.title, row=entry.row, column=entry.column)
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
    value = entry.value
    if isinstance(value, DataTableFormula | ArrayFormula):
        return []
    if not isinstance(value, CellRichText):
        shown = unescape(value) if isinstance(value, str) else value
        return [_run(format_value(shown, entry.number_format), entry.font, "")]
    runs: list[Run] = []
    for piece in value:
        text = (piece.text or "") if isinstance(piece, TextBlock) else str(piece)
        font = piece.font if isinstance(piece, TextBlock) else entry.font
        runs.append(_run(unescape(text), font, runs[-1][0] if runs else ""))
    return runs


def _run(text: str, font: StyleProxy | InlineFont | None, before: str) -> Run:
    """Characters as a font prints them behind others, and their weight."""
    if font is None:
        return text, False
    name = font.rFont if isinstance(font, InlineFont) else font.name
    text = translate_symbols(text, name or "")
    return raise_digits(text, before) if font.vertAlign else text, bool(font.b)
