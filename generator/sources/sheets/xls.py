"""xls → Document through xlrd, which knows weights, formats and merged ranges; xlsb through calamine."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

import python_calamine
import xlrd

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
    mark_struck,
    raise_digits,
    refusal,
    require_size,
    translate_symbols,
)
from generator.sources.sheets.number_format import CHINESE_FORMATS, Value, format_value
from generator.sources.sheets.sheet_blocks import (
    Range,
    SheetCells,
    arrange_sheet,
    nothing_visible,
    sheet_notes,
)

_SAVE_AGAIN = Message("请用办公软件打开后另存为 xlsx 再导入")


def read_xls(data: bytes, name: str) -> Document:
    """Document with one table for every visible sheet that has text.

    Raises: SourceError for a broken or encrypted file, or one without text.
    """
    require_size(data, name, limit=MAX_FILE)
    with _keep_boxes() as boxes:
        book = _open(data, name)
    budget = Budget(name)
    blocks: list[Block] = []
    notes: list[Message] = []
    for number, worksheet in enumerate(book.sheets(), start=1):
        if worksheet.visibility:
            notes.append(Message("工作表“{title}”是隐藏的，没有读取", title=worksheet.name))
            continue
        sheet = _make_sheet(worksheet, number, boxes)
        found = _library(name, lambda w=worksheet, s=sheet: list(_cells(book, w, s)))
        budget.spend(cells=len(found))
        blocks += arrange_sheet(found, sheet, budget, notes)
        notes += sheet_notes(sheet)
    if not blocks:
        raise nothing_visible(name)
    return make_document(name, "xls", blocks, notes)


@contextlib.contextmanager
def _keep_boxes() -> Iterator[list[tuple[Any, str]]]:
    """Sheets and the texts of the boxes on them, while a workbook is opened.

    xlrd reads the text of every box but keeps only that of comments, so its reader is listened to.
    """
    found: list[tuple[Any, str]] = []
    read = xlrd.sheet.Sheet.handle_txo

    def listen(sheet: Any, data: bytes) -> Any:
        box = read(sheet, data)
        if box is not None:
            found.append((sheet, box.text))
        return box

    xlrd.sheet.Sheet.handle_txo = listen
    try:
        yield found
    finally:
        xlrd.sheet.Sheet.handle_txo = read


def _open(data: bytes, name: str) -> Any:
    """The workbook of xlrd.

    Raises: SourceError when it is encrypted or broken.
    """
    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise refusal(
                name, Message("文件设了密码"), Message("请在办公软件里取消密码后另存再导入")
            ) from error
        raise refusal(name, Message("文件已损坏，工作簿读不出来"), _SAVE_AGAIN) from error
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # xlrd lets through assertion, struct and index errors of broken records
        raise refusal(name, Message("文件已损坏，工作簿读不出来"), _SAVE_AGAIN) from error


def _library(name: str, read: Any) -> Any:
    """What ``read`` gives; whatever xlrd's tables of a broken file raise becomes one message."""
    try:
        return read()
    except (LookupError, ValueError, TypeError, AttributeError, OverflowError, AssertionError) as error:
        raise refusal(name, Message("文件已损坏，工作簿读不出来"), _SAVE_AGAIN) from error


def _make_sheet(worksheet: Any, number: int, boxes: Sequence[tuple[Any, str]]) -> SheetCells:
    noted = {note.text for note in worksheet.cell_note_map.values()}
    merged = tuple(
        Range(row=top, column=left, last_row=bottom - 1, last_column=right - 1)
        for top, bottom, left, right in worksheet.merged_cells
        if bottom > top and right > left
    )
    hidden_rows = frozenset(row for row, info in worksheet.rowinfo_map.items() if info.hidden)
    hidden_columns = tuple((column, column) for column, info in worksheet.colinfo_map.items() if info.hidden)
    return SheetCells(
        title=worksheet.name,
        number=number,
        hidden=False,
        merged=merged,
        hidden_rows=hidden_rows,
        hidden_columns=hidden_columns,
        boxes=tuple(text for of, text in boxes if of is worksheet and text not in noted),
        comments=bool(worksheet.cell_note_map),
    )


def _cells(book: Any, worksheet: Any, sheet: SheetCells) -> Iterator[Cell]:
    """Cells with text, where they stand on the sheet."""
    for row in range(worksheet.nrows):
        for column in range(worksheet.row_len(row)):
            entry = worksheet.cell(row, column)
            if entry.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
                continue
            text, bold = make_text(_runs(book, worksheet, row, column, entry))
            if text:
                where = Place(sheet=sheet.title, row=row + 1, column=column + 1)
                yield Cell(text=text, row=row, column=column, bold=bold, where=where, page=sheet.number)


def _runs(book: Any, worksheet: Any, row: int, column: int, entry: Any) -> list[Run]:
    """Runs of a cell as shown, each with its weight."""
    style = book.xf_list[entry.xf_index]
    font = style.font_index
    if entry.ctype != xlrd.XL_CELL_TEXT:
        return [_run(book, _shown(book, entry, style.format_key), font, "")]
    parts = worksheet.rich_text_runlist_map.get((row, column), ())
    if not parts:
        known = book.format_map.get(style.format_key)
        text = format_value(entry.value, known.format_str if known else "General")
        return [_run(book, text, font, "")]
    runs: list[Run] = []
    done = 0
    for offset, following in [*parts, (len(entry.value), font)]:
        runs.append(_run(book, entry.value[done:offset], font, runs[-1][0] if runs else ""))
        font, done = following, offset
    return runs


def _run(book: Any, text: str, index: int, before: str) -> Run:
    """Characters as the font of this number prints them behind others, and their weight."""
    if index >= len(book.font_list):
        return text, False
    font = book.font_list[index]
    text = translate_symbols(text, font.name)
    text = raise_digits(text, before) if font.escapement == 1 else text
    return mark_struck(text) if font.struck_out else text, bool(font.weight >= 600)


def _shown(book: Any, entry: Any, key: int) -> str:
    """Text that the sheet shows for a value that is not a text."""
    if entry.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(entry.value, "#N/A"))
    if entry.ctype == xlrd.XL_CELL_BOOLEAN:
        return format_value(bool(entry.value))
    known = book.format_map.get(key)
    code = CHINESE_FORMATS.get(key) or (known.format_str if known else "General")
    value: Value = float(entry.value)
    if entry.ctype == xlrd.XL_CELL_DATE or key in CHINESE_FORMATS:
        value = _date(book, float(entry.value))
    elif float(entry.value).is_integer():
        value = int(entry.value)
    return format_value(value, code)


def _date(book: Any, value: float) -> dt.datetime | dt.time | float:
    """Moment of a serial number; the number itself where no calendar has it."""
    try:
        moment: dt.datetime = xlrd.xldate_as_datetime(value, book.datemode)
    except (ValueError, OverflowError):
        return value
    return moment.time() if 0 <= value < 1 else moment


def read_xlsb(data: bytes, name: str) -> Document:
    """Document of a binary workbook: values and merged ranges, without weights and number formats.

    Raises: SourceError for a broken or encrypted file, or one without text.
    """
    require_size(data, name, limit=MAX_FILE)
    budget = Budget(name)
    notes = [Message("xlsb 里的加粗和百分比、日期格式读不到，数字按存储值读取；另存为 xlsx 可避免")]
    blocks: list[Block] = []
    for sheet, cells in _calamine_sheets(data, name, notes):
        blocks += arrange_sheet(cells, sheet, budget, notes)
    if not blocks:
        raise nothing_visible(name)
    return make_document(name, "xlsx", blocks, notes)


def _calamine_sheets(data: bytes, name: str, notes: list[Message]) -> list[tuple[SheetCells, list[Cell]]]:
    """Visible sheets with their cells.

    Raises: SourceError for whatever calamine makes of a broken file.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = []
        for number, meta in enumerate(book.sheets_metadata, start=1):
            if meta.visible != python_calamine.SheetVisibleEnum.Visible:
                notes.append(Message("工作表“{title}”是隐藏的，没有读取", title=meta.name))
                continue
            shown.append(_calamine_sheet(book, meta.name, number))
    except (MemoryError, KeyboardInterrupt):
        raise
    except BaseException as error:  # a panic of the Rust library is not an Exception
        raise refusal(name, Message("文件已损坏，工作簿读不出来"), _SAVE_AGAIN) from error
    return shown


def _calamine_sheet(book: Any, title: str, number: int) -> tuple[SheetCells, list[Cell]]:
    values = book.get_sheet_by_name(title)
    merged = tuple(
        Range(row=first[0], column=first[1], last_row=last[0], last_column=last[1])
        for first, last in values.merged_cell_ranges or ()
    )
    top, left = values.start or (0, 0)
    cells = []
    for row, line in enumerate(values.iter_rows(), start=top):
        for column, value in enumerate(line, start=left):
            whole = int(value) if isinstance(value, float) and value.is_integer() else value
            text, _ = make_text([(format_value(whole), False)])
            if text:
                where = Place(sheet=title, row=row + 1, column=column + 1)
                cells.append(Cell(text=text, row=row, column=column, where=where, page=number))
    return SheetCells(title=title, number=number, hidden=False, merged=merged), cells
