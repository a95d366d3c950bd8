"""A table of open data as an Excel file.

openpyxl makes the book: its styles, the columns' widths, the header. Rows are set into its sheet as text,
which takes a tenth of the time that a cell object a value does. Importing this loads openpyxl.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from html import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import WINDOWS_EPOCH

from generator.base.csv_text import Cell
from generator.base.zip_archive import make_zip, read_zip, repack
from generator.site.data.data_tables import DataColumn, DataTable

_MOST = 32_767
"""Characters that Excel keeps of a cell."""
_NO_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""Characters that XML cannot hold, written ``_x000B_``; and what would be read as one so written."""
_WIDTHS = {"string": 24, "text": 60, "number": 14, "integer": 10, "date": 12, "boolean": 8}
_SHEET = "xl/worksheets/sheet1.xml"
_SAMPLE = re.compile(rb'<row r="2"><c r="A2" s="(\d+)".*?</row>')


def format_xlsx(table: DataTable, *, title: str, author: str, date: dt.date, cut: str) -> bytes:
    """One sheet with a frozen header; numbers and dates are typed cells; same input, same bytes.

    cut: what the end of a text says that is longer than a cell of Excel may be.
    """
    files = read_zip(_make_book(table.name, table.columns, title, author, date))
    sheet = files[_SHEET]
    sample = _SAMPLE.search(sheet)
    assert sample is not None, "openpyxl writes the second row like this"
    rows = "".join(_format_rows(table, sample[1].decode(), cut)).encode("utf-8")
    return make_zip({**files, _SHEET: sheet[: sample.start()] + rows + sheet[sample.end() :]})


@lru_cache(maxsize=64)
def _make_book(name: str, columns: tuple[DataColumn, ...], title: str, author: str, date: dt.date) -> bytes:
    """The book with its header, and in its second row a date alone, which shows the style of dates."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, author
    book.properties.created = dt.datetime.combine(date, dt.time())
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for index, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS[column.kind]
    header = [WriteOnlyCell(sheet, value=column.name) for column in columns]
    for cell in header:
        cell.font = Font(bold=True)
    day = WriteOnlyCell(sheet, value=dt.datetime.combine(date, dt.time()))
    day.number_format = "yyyy-mm-dd"
    sheet.append(header)
    sheet.append([day])
    buffer = io.BytesIO()
    book.save(buffer)
    return repack(buffer.getvalue(), f"{date.isoformat()}T00:00:00Z")


def _format_rows(table: DataTable, style: str, cut: str) -> Iterator[str]:
    """style: number of the style of dates."""
    columns = [(column.name, get_column_letter(place)) for place, column in enumerate(table.columns, 1)]
    for number, row in enumerate(table.rows, 2):
        cells = [_format_cell(f"{letter}{number}", row[name], style, cut) for name, letter in columns]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _format_cell(place: str, value: Cell, style: str, cut: str) -> str:
    match value:
        case None:
            return ""
        case str():
            text = escape(_format_text(value, cut), quote=False)
            space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
            return f'<c r="{place}" t="inlineStr"><is><t{space}>{text}</t></is></c>'
        case bool():
            return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
        case int() | Decimal():
            return f'<c r="{place}" t="n"><v>{value}</v></c>'
        case dt.date():
            days = (value - WINDOWS_EPOCH.date()).days
            return f'<c r="{place}" s="{style}" t="n"><v>{days}</v></c>'


def _format_text(value: str, cut: str) -> str:
    """The text as Excel's XML holds it, no longer than a cell may be."""
    text = _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    return text if len(text) <= _MOST else text[: _MOST - len(cut)] + cut
