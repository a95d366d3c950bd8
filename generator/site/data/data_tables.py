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
from json.encoder import encode_basestring
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
    """UTF-8 without BOM, keys in their order, dates as ISO texts, decimals as numbers, a level a blank."""
    return (format_value(value) + "\n").encode("utf-8")


def format_value(value: Any, indent: str = "\n") -> str:
    """A value as JSON has it. ``indent`` begins each line of the level around it.

    Raises: ValueError for a number that JSON does not know; TypeError for what is no value of a table.
    """
    deeper = indent + " "
    match value:
        case str():
            return encode_basestring(value)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return repr(float(value)) if "." in format_number_cell(value) else str(int(value))
        case int():
            return str(value)
        case dt.date():
            return f'"{value.isoformat()}"'
        case Mapping():
            parts = [f"{encode_basestring(str(k))}: {format_value(v, deeper)}" for k, v in value.items()]
            return f"{{{deeper}{f',{deeper}'.join(parts)}{indent}}}" if parts else "{}"
        case list() | tuple():
            parts = [format_value(part, deeper) for part in value]
            return f"[{deeper}{f',{deeper}'.join(parts)}{indent}]" if parts else "[]"
        case float():
            return json.dumps(value, allow_nan=False)
    raise TypeError(f"{type(value).__name__} is no value of a table")
