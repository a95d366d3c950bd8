"""Cells of a cut-down workbook through openpyxl: values as the sheet shows them, runs with their weight."""

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
    Budget,
    Cell,
    Run,
    make_text,
    mark_struck,
    raise_digits,
    refusal,
    translate_symbols,
)
from generator.sources.sheets.number_format import format_value
from generator.sources.sheets.sheet_blocks import SheetCells


def load_workbook(data: bytes, name: str) -> openpyxl.Workbook:
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


def list_cells(worksheet: Worksheet, sheet: SheetCells, budget: Budget) -> Iterator[Cell]:
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
    text = raise_digits(text, before) if font.vertAlign else text
    return mark_struck(text) if font.strike else text, bool(font.b)
