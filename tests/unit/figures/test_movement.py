"""Whether a task moved on: by the rungs of its texts and by totals, never by what cannot be compared."""

from __future__ import annotations

import pytest

from generator.figures import Movement, find_movement
from generator.model import Basis, Comparator, Status, StatusValue, TargetKind
from tests.builders import make_actual, make_district, make_target, make_task, make_update, report_of

S, M = StatusValue, Movement
Told = tuple[StatusValue, str | None]


def movement(
    one: Told, other: Told, *, basis: Basis = Basis.YEAR_TO_DATE, most: bool = False
) -> Movement | None:
    """The movement of a task of 10 schools between two quarters, each by its rung and its number."""
    comparator = Comparator.AT_MOST if most else Comparator.EQUAL
    target = make_target("10", "所", TargetKind.COUNT, name="t1", metric="新建学校", comparator=comparator)
    updates = [
        make_update(
            period,
            "虚构",
            actuals=[make_actual(number, "所", f"{number}所", target="t1", basis=basis)] if number else [],
            status=Status(value=rung),
        )
        for period, (rung, number) in (("2025Q1", one), ("2025Q2", other))
    ]
    task = make_task(1, "新建学校10所", targets=(target,), updates=updates)
    report = report_of(make_district(task))
    before, after = next(iter(report.districts[0].tracks.values())).figures
    return find_movement(before, after)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((S.PREPARED, None), (S.UNDER_WAY, None), M.ADVANCED),
        ((S.NOT_STARTED, None), (S.INTENT, None), M.ADVANCED),
        ((S.UNDER_WAY, None), (S.UNDER_WAY, None), M.STILL),
        ((S.UNDER_WAY, "2"), (S.UNDER_WAY, "3"), M.ADVANCED),
        ((S.UNDER_WAY, "2"), (S.UNDER_WAY, "2"), M.STILL),
        ((S.PARTLY_DONE, None), (S.UNDER_WAY, None), M.RECEDED),
        ((S.UNDER_WAY, "3"), (S.UNDER_WAY, "2"), M.RECEDED),
        ((S.PARTLY_DONE, "2"), (S.UNDER_WAY, "3"), None),
        ((S.UNDER_WAY, "2"), (S.UNDER_WAY, None), None),
        ((S.UNDECIDED, None), (S.UNDECIDED, None), None),
        ((S.BLOCKED, None), (S.BLOCKED, None), None),
        ((S.UNDER_WAY, None), (S.SUSPENDED, None), None),
        ((S.COMPLETED, None), (S.COMPLETED, None), None),
        ((S.PARTLY_DONE, "10"), (S.PARTLY_DONE, "10"), None),
    ],
)
def test_a_task_moves_by_its_rung_and_its_totals(one: Told, other: Told, expected: Movement | None) -> None:
    assert movement(one, other) is expected


def test_a_figure_of_one_quarter_alone_says_nothing_of_the_total() -> None:
    assert movement((S.UNDER_WAY, "3"), (S.UNDER_WAY, "2"), basis=Basis.QUARTER) is None


def test_more_of_what_shall_not_exceed_a_limit_is_no_way_forward() -> None:
    assert movement((S.UNDER_WAY, "3"), (S.UNDER_WAY, "4"), most=True) is None
