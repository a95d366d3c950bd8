"""Printed numbers, lost numbers, numbers that begin again. All data invented."""

from __future__ import annotations

import pytest

from generator.ingest.layout.row_numbers import is_number, make_numbers, number_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("01", 1),
        ("3、", 3),
        ("（四）", 4),
        ("十二", 12),
        ("二十一", 21),
        ("⑫", 12),
        ("１５", 15),
        ("1-2", None),
    ],
)
def test_printed_numbers(text: str, value: int | None) -> None:
    assert is_number(text)
    assert number_value(text) == value


def test_lost_numbers_are_inferred_from_their_neighbours() -> None:
    numbers = make_numbers(["1", "", "3", ""])
    assert [(n.value, n.inferred) for n in numbers] == [(1, False), (2, True), (3, False), (4, True)]


def test_restarted_numbers_are_counted_through_and_kept() -> None:
    numbers = make_numbers(["1", "2", "1", "2"])
    assert [(n.value, n.printed) for n in numbers] == [(1, None), (2, None), (3, "1"), (4, "2")]


def test_a_lost_number_never_takes_one_that_is_printed() -> None:
    values = [n.value for n in make_numbers(["1", "2", "", "3"])]
    assert len(set(values)) == 4
    assert values[:2] == [1, 2]
    assert values[3] == 3
