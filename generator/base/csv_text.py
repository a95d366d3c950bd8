"""Tables as CSV: the dialect of every CSV file that is written, and what guards readers of it from formulas.

A spreadsheet takes a cell for a formula if it begins with ``=``, ``+``, ``-`` or ``@``, some also in full
width or behind blanks. Numbers, dates and codes are written as they are; a free text that could be taken for
one gets an apostrophe in front: ``-4%`` → ``'-4%``. A text that begins with apostrophes before such a sign
gets one more, so that taking one away always gives the text back to the letter.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeAlias

Cell: TypeAlias = str | int | Decimal | dt.date | bool | None

_FORMULA = re.compile(r"'*[\s\u200b\u2060\ufeff]*[=+\-@＝＋－＠]")
_LIKE_A_PHONE = re.compile(r"-?\d{11}")
"""130亿 in full reads like a mobile number; with a decimal it does not (government-pages.md D-06)."""


def format_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with BOM, CRLF, RFC 4180. None is an empty cell, a truth value ``true`` or ``false``."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_guard(name) for name in header])
    writer.writerows([_format_cell(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _format_cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case str():
            return _guard(value)
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format_number_cell(value)
        case int():
            return format_number_cell(Decimal(value))
        case dt.date():
            return value.isoformat()


def _guard(text: str) -> str:
    """The text; with an apostrophe in front where a spreadsheet could take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def format_number_cell(value: Decimal) -> str:
    """A number in full, without exponent; eleven digits with a decimal, not to read like a mobile number."""
    text = format(value, "f")
    return f"{text}.0" if _LIKE_A_PHONE.fullmatch(text) else text
