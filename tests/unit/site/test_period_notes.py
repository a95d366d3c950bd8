"""When the next table is due stands on the overview, and that it is overdue."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.site.views.period_notes import make_expected_note
from tests.builders import words_of


@pytest.mark.parametrize(
    ("expected", "made", "note"),
    [
        (None, dt.date(2025, 11, 1), ()),
        (dt.date(2025, 10, 20), None, ("下一期进展表应在2025年10月20日前公布。",)),
        (dt.date(2025, 10, 20), dt.date(2025, 10, 20), ("下一期进展表应在2025年10月20日前公布。",)),
        (
            dt.date(2025, 10, 20),
            dt.date(2025, 11, 3),
            ("下一期进展表应在2025年10月20日前公布，到2025年11月3日还没有收到。",),
        ),
    ],
)
def test_a_table_that_is_due_is_told(
    expected: dt.date | None, made: dt.date | None, note: tuple[str, ...]
) -> None:
    assert make_expected_note(expected, made, words_of()) == note
