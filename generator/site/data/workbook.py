"""A table of open data as an Excel file. Importing this loads openpyxl."""

from __future__ import annotations

import datetime as dt
import io
import re
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from generator.base.csv_text import Cell
from generator.base.zip_archive import repack
from generator.site.data.data_tables import DataTable

_MOST = 32_767
"""Characters that Excel keeps of a cell."""
_NO_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""Characters that XML cannot hold, written ``_x000B_``; and what would be read as one so written."""
_WIDTHS = {"string": 24, "text": 60, "number": 14, "integer": 10, "date": 12, "boolean": 8}


def format_xlsx(table: DataTable, *, title: str, author: str, date: dt.date, cut: str) -> bytes:
    """One sheet with a frozen header; numbers and dates are typed cells; same input, same bytes.

    cut: what the end of a text says that is longer than a cell of Excel may be.
    """
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, author
    book.properties.created = dt.datetime.combine(date, dt.time())
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    for index, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS[column.kind]
    header = [WriteOnlyCell(sheet, value=column.name) for column in table.columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for row in table.rows:
        sheet.append([_make_cell(sheet, row[column.name], cut) for column in table.columns])
    buffer = io.BytesIO()
    book.save(buffer)
    return repack(buffer.getvalue(), f"{date.isoformat()}T00:00:00Z")


def _make_cell(sheet: Any, value: Cell, cut: str) -> Any:
    if value is None or isinstance(value, bool | int | Decimal):
        return value
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=_format_text(value, cut))
        cell.data_type = "s"
        return cell
    cell = WriteOnlyCell(sheet, value=dt.datetime.combine(value, dt.time()))
    cell.number_format = "yyyy-mm-dd"
    return cell


def _format_text(value: str, cut: str) -> str:
    """The text as Excel's XML holds it, no longer than a cell may be."""
    text = _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    return text if len(text) <= _MOST else text[: _MOST - len(cut)] + cut
