"""Tables of open data and two of the formats in which each is offered: CSV and JSON; ``workbook`` has Excel.

A cell is a text, a whole number, a Decimal, a date, a truth value or None. All files of a table have
the same rows and the same values. Source: docs/government-pages.md H-01, H-03 to H-05.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.base.csv_text import Cell, format_csv, format_number_cell
from generator.model import Comparator


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


def format_table_csv(table: DataTable) -> bytes:
    """The table as CSV, its columns by name."""
    names = [column.name for column in table.columns]
    return format_csv(names, ([row[name] for name in names] for row in table.rows))


def comparator_word(comparator: Comparator) -> str:
    """The sign of a comparison as a word (at_least), for a sign could be taken for a formula."""
    return comparator.name.lower()


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
        return float(value) if "." in format_number_cell(value) else int(value)
    return value.isoformat() if isinstance(value, dt.date) else value
