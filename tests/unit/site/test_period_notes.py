"""When the next table is due stands at the head, that it is overdue, and that nobody built the site since."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from generator.site.views.period_notes import make_due_note
from tests.builders import make_district, make_task, make_update, report_of, words_of

DUE = dt.date(2025, 10, 20)
TOLD = "下一期进展表应在2025年10月20日前公布"


@pytest.mark.parametrize(
    ("expected", "made", "text", "day"),
    [
        (DUE, None, f"{TOLD}。", DUE),
        (DUE, DUE, f"{TOLD}。", DUE),
        (DUE, dt.date(2025, 11, 3), f"{TOLD}，到2025年11月3日还没有收到。", None),
        (None, dt.date(2025, 11, 1), "", dt.date(2025, 12, 31)),
        (dt.date(2025, 6, 1), None, "", dt.date(2025, 12, 31)),
    ],
)
def test_a_table_that_is_due_is_told(
    expected: dt.date | None, made: dt.date | None, text: str, day: dt.date | None
) -> None:
    found = replace(make_district(make_task(updates=[make_update("2025Q2")])), next_expected=expected)
    note = make_due_note(report_of(found).districts[0], made, words_of())
    assert note is not None
    assert (note.text, note.day) == (text, day)
    assert ("不是最新" in note.late) == (day is not None)


def test_a_district_without_a_table_is_due_nothing() -> None:
    assert make_due_note(report_of(make_district()).districts[0], None, words_of()) is None
