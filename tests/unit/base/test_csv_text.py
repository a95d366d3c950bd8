"""CSV: what is written comes back, and no text is taken for a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.base.csv_text import Cell, format_csv

SIGNS = "=+-@＝＋－＠"
TEXTS = st.text(
    st.sampled_from(f"{SIGNS}' \t\n\r\u3000\ufeff1a，\"%") | st.characters(codec="utf-8"), max_size=8
)


def write(cell: Cell) -> str:
    """A cell as it stands in the file, quotes of CSV taken off."""
    data = format_csv(["a"], [[cell]])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["a"]
    return rows[1][0] if rows[1] else ""


def take_away(text: str) -> str:
    """What the data page says: one apostrophe less before a sign, blanks not counted."""
    plain = text.lstrip("'")
    guarded = text.startswith("'") and plain.strip("\u200b\u2060\ufeff" + WHITE).startswith(tuple(SIGNS))
    return text[1:] if guarded else text


WHITE = "".join(chr(code) for code in range(0x10000) if chr(code).isspace())


@given(TEXTS)
def test_a_text_comes_back_to_the_letter(text: str) -> None:
    assert take_away(write(text)) == text


@given(TEXTS)
def test_no_text_begins_with_the_sign_of_a_formula(text: str) -> None:
    assert not re.match(r"[\s\u200b\u2060\ufeff]*[=+\-@＝＋－＠]", write(text))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("-4.18%", "'-4.18%"),
        (" \n=A1", "' \n=A1"),
        ("＝A1", "'＝A1"),
        ("\u3000＠x", "'\u3000＠x"),
        ("'=1", "''=1"),
        ("'今'", "'今'"),
        ("增长-4%", "增长-4%"),
        ("0531-12345678", "0531-12345678"),
    ],
)
def test_only_what_could_be_computed_is_guarded(text: str, written: str) -> None:
    assert write(text) == written


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (-4, "-4"),
        (Decimal("-4.18"), "-4.18"),
        (Decimal("1E+3"), "1000"),
        (Decimal("13000000000"), "13000000000.0"),
        (13000000000, "13000000000.0"),
        (dt.date(2025, 6, 30), "2025-06-30"),
    ],
)
def test_numbers_dates_and_truth_values_are_never_guarded(cell: Cell, written: str) -> None:
    assert write(cell) == written
