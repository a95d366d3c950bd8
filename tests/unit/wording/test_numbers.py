"""How numbers are printed, with their unit and without."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.wording import (
    format_amount,
    format_decimal,
    format_number,
    format_percent,
    format_plain_number,
    format_points,
    format_stated_percent,
    round_number,
)


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Fraction(15501, 20000), "77.5%"),
        (Fraction(1, 2), "50.0%"),
        (Fraction(1445, 10000), "14.5%"),
        (Decimal("1.43500"), "143.5%"),
        (Fraction(162, 222), "73.0%"),
        (Fraction(10**30), "100000000000000000000000000000000.0%"),
    ],
)
def test_shares_have_one_decimal_half_up(ratio: Fraction | Decimal, text: str) -> None:
    assert format_percent(ratio) == text


def test_points_are_sizes() -> None:
    assert [format_points(Fraction(-9, 5)), format_points(Fraction(1525, 100))] == ["1.8", "15.3"]


def test_numbers_stay_as_printed() -> None:
    assert [format_number(Decimal(n)) for n in ("1.950", "1E+3", "289715")] == ["1.950", "1000", "289715"]


def test_a_stated_share_keeps_its_decimals() -> None:
    assert [format_stated_percent(Decimal(n)) for n in ("0.77", "0.3952", "1")] == ["77%", "39.52%", "100%"]


def test_a_setting_loses_its_zeros() -> None:
    assert [format_plain_number(Decimal(n)) for n in ("5.0", "5", "2.50", "10")] == ["5", "5", "2.5", "10"]


@pytest.mark.parametrize(
    ("value", "unit", "top", "text"),
    [
        ("923", "亩", None, "923亩"),
        ("1", "个", "2", "1～2个"),
        ("15", "%", "30", "15%～30%"),
        ("13", "万元", "17", "13万～17万元"),
        ("2", "亿元", "3", "2亿～3亿元"),
        ("1.950", "万人", None, "1.950万人"),
    ],
)
def test_amounts_are_written_as_printed(value: str, unit: str, top: str | None, text: str) -> None:
    assert format_amount(Decimal(value), unit, Decimal(top) if top else None) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(2, 3), 4, "0.6667"),
        (Fraction(1, 3), 6, "0.333333"),
        (Decimal("0.25"), 1, "0.3"),
        (Fraction(200), 2, "200"),
        (Fraction(0), 6, "0"),
        (Fraction(-1, 2), 0, "-1"),
    ],
)
def test_decimals_for_machines_are_short(value: Fraction | Decimal, places: int, text: str) -> None:
    assert format_decimal(value, places) == text


@given(st.fractions(max_denominator=10**6), st.integers(0, 6))
def test_rounding_is_off_by_half_a_place_at_most(value: Fraction, places: int) -> None:
    assert abs(Fraction(round_number(value, places)) - value) <= Fraction(1, 2 * 10**places)
