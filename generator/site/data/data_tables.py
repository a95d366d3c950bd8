"""Tables of open data and two of the formats in which each is offered: CSV and JSON; ``workbook`` has Excel.

A cell is a text, a whole number, a Decimal, a date, a truth value or None. All files of a table have
the same rows and the same values. Source: GOV-CN.md H-01, H-03 to H-05.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

Cell: TypeAlias = str | int | Decimal | dt.date | bool | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LIKE_A_PHONE = re.compile(r"-?\d{11}")
"""130亿 in full reads like a mobile number; with a decimal it does not (GOV-CN.md D-06)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataColumn:
    """A column of a table."""

    name: str
    """Header and JSON key."""
    kind: str
    """string, text (long), integer, number, date or boolean."""
    title: str
    """What it holds, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """One data set."""

    name: str
    """File name without suffix: tasks."""
    columns: tuple[DataColumn, ...]
    rows: tuple[Mapping[str, Cell], ...]
    """Column name → value, every column in every row."""


def format_csv(table: DataTable) -> bytes:
    """UTF-8 with BOM, CRLF, RFC 4180; a text that a spreadsheet would compute gets an apostrophe in front."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([_format_cell(row[column.name]) for column in table.columns])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")


def _format_cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return f"'{text}" if text.startswith(_FORMULA) else text
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return f"{text}.0" if _LIKE_A_PHONE.fullmatch(text) else text


def format_json(value: Any) -> bytes:
    """UTF-8 without BOM, keys in their order, dates as ISO texts, decimals as numbers."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8")


def plain(value: Any) -> Any:
    """A value as JSON has it: lists, dicts, texts, numbers, truth values, None."""
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value() and not _LIKE_A_PHONE.fullmatch(format(value, "f"))
        return int(value) if whole else float(value)
    return value.isoformat() if isinstance(value, dt.date) else value
