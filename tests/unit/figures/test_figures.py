"""Arithmetic of the report: completion, schedule, standings, totals. All tasks are invented."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from generator.figures import Overview, Reason, Standing, TargetFigure
from generator.figures.assessment import assess_target, assess_task, schedule_ratio
from generator.model import (
    Actual,
    Basis,
    Comparator,
    Role,
    SiteConfig,
    StatusValue,
    Target,
    TargetKind,
    Task,
    parse_period,
)
from tests.builders import (
    make_actual,
    make_department,
    make_district,
    make_target,
    make_task,
    make_update,
    report_of,
)

CONFIG = SiteConfig(title="甲区", districts=("jia",))
Q2 = parse_period("2025Q2")
HALF = dt.date(2025, 6, 30)


def _figure(target: Target, actual: Actual | None, as_of: dt.date = HALF) -> TargetFigure:
    update = make_update(actuals=(actual,) if actual else (), as_of=as_of)
    return assess_target(make_task(targets=(target,), updates=(update,)), target, update, CONFIG)


def _overview(*tasks: Task, bodies: tuple[str, ...] = ("区城管局",)) -> Overview:
    district = make_district(*tasks, departments=[make_department(name) for name in bodies])
    (overview,) = report_of(district).districts[0].overviews
    return overview


def test_a_figure_is_judged_by_the_day_that_its_own_sentence_names() -> None:
    target, text = make_target("12", "个"), "1-5月份，建成公园5个。上半年整治6处。"
    actual = make_actual("5", "个", "建成公园5个")
    update = make_update(progress=text, actuals=(actual,), as_of=HALF)
    figure = assess_target(make_task(targets=(target,), updates=(update,)), target, update, CONFIG)
    assert (figure.as_of, figure.is_dated) == (dt.date(2025, 5, 31), True)
    assert (figure.schedule, figure.standing) == (Fraction(5, 12), Standing.ON_SCHEDULE)


@pytest.mark.parametrize(
    ("day", "share"),
    [
        ((2025, 3, 31), Fraction(1, 4)),
        ((2025, 6, 30), Fraction(1, 2)),
        ((2025, 11, 30), Fraction(11, 12)),
        ((2024, 2, 29), Fraction(1, 6)),
        ((2025, 4, 15), Fraction(7, 24)),
        ((2025, 12, 31), Fraction(1)),
    ],
)
def test_schedule_is_the_share_of_the_year_gone_by(day: tuple[int, int, int], share: Fraction) -> None:
    assert schedule_ratio(dt.date(*day)) == share


def test_schedule_of_another_year_is_nothing_or_all() -> None:
    assert schedule_ratio(dt.date(2026, 1, 10), 2025) == 1
    assert schedule_ratio(dt.date(2024, 12, 31), 2025) == 0


def test_completion_is_exact_in_base_units() -> None:
    figure = _figure(make_target("2", "万人", TargetKind.AMOUNT), make_actual("15501", "人"))
    assert figure.completion == Fraction(15501, 20000)
    assert (figure.standing, figure.met) == (Standing.AHEAD, False)
    assert figure.gap_points == Fraction(5501, 200)


@pytest.mark.parametrize(
    ("reported", "standing"),
    [
        ("100", Standing.DONE),
        ("120", Standing.DONE),
        ("99", Standing.AHEAD),
        ("50.01", Standing.AHEAD),
        ("50", Standing.ON_SCHEDULE),
        ("45", Standing.NEAR_SCHEDULE),
        ("44.99", Standing.BEHIND),
        ("0", Standing.BEHIND),
    ],
)
def test_standing_at_the_thresholds(reported: str, standing: Standing) -> None:
    assert _figure(make_target("100", "处"), make_actual(reported, "个")).standing is standing


def test_a_range_is_reached_at_its_lower_end() -> None:
    figure = _figure(make_target("1", "个", value_max=2), make_actual("1", "个"))
    assert (figure.completion, figure.standing) == (Fraction(1), Standing.DONE)


@pytest.mark.parametrize(
    ("target", "actual", "reason"),
    [
        (make_target("5", "家"), None, Reason.NO_FIGURE),
        (make_target("5", "家"), make_actual("3", "家", basis=Basis.QUARTER), Reason.QUARTER_ONLY),
        (make_target("5", "家", TargetKind.SCOPE), make_actual("3", "家"), Reason.SCOPE),
        (make_target("5", "家"), make_actual("60", "%", basis=Basis.STATED_RATIO), Reason.NO_FIGURE),
        (make_target("5", "家"), make_actual("3", "亩"), Reason.NO_FIGURE),
    ],
)
def test_what_cannot_be_compared_has_no_standing(
    target: Target, actual: Actual | None, reason: Reason
) -> None:
    figure = _figure(target, actual)
    assert (figure.completion, figure.standing, figure.met, figure.reason) == (None, None, None, reason)


@pytest.mark.parametrize(
    ("reported", "met", "gap", "standing"),
    [
        ("5.7", True, Fraction(0), Standing.ON_SCHEDULE),
        ("9.7", True, Fraction(4), Standing.ON_SCHEDULE),
        ("-4.18", False, Fraction(-247, 25), Standing.BEHIND),
    ],
)
def test_growth_is_met_or_not_with_the_distance_in_points(
    reported: str, met: bool, gap: Fraction, standing: Standing
) -> None:
    figure = _figure(
        make_target("5.7", "%", TargetKind.GROWTH), make_actual(reported, "%", basis=Basis.GROWTH)
    )
    assert (figure.completion, figure.reason) == (None, Reason.RATE)
    assert (figure.met, figure.gap_points, figure.standing) == (met, gap, standing)


def test_a_met_level_is_done_when_the_year_is_over() -> None:
    target, actual = make_target("80", "%", TargetKind.LEVEL), make_actual("82.1", "%", basis=Basis.LEVEL)
    assert _figure(target, actual, dt.date(2025, 12, 31)).standing is Standing.DONE
    assert _figure(target, actual, dt.date(2026, 1, 15)).standing is Standing.DONE


@pytest.mark.parametrize(
    ("progress", "reason"),
    [
        ("已建成公园数十个。", Reason.UNREAD),
        ("已建成公园1 2个。", Reason.UNREAD),
        ("已植树数百株，铺路十余公里。", Reason.UNREAD),
        ("已铺路十余公里。", Reason.NO_FIGURE),
        ("正在施工。", Reason.NO_FIGURE),
    ],
)
def test_a_text_with_a_number_that_was_not_read_is_not_said_to_have_none(
    progress: str, reason: Reason
) -> None:
    target = make_target(value=20, unit="个")
    update = make_update(progress=progress)
    figure = assess_target(make_task(targets=(target,), updates=(update,)), target, update, CONFIG)
    assert (figure.actual, figure.reason) == (None, reason)


def test_a_limit_has_no_completion() -> None:
    limit = make_target("5.5", "%", TargetKind.LEVEL, comparator=Comparator.AT_MOST)
    kept, broken = (
        _figure(limit, make_actual("4.9", "%", basis=Basis.LEVEL)),
        _figure(limit, make_actual("6", "%")),
    )
    assert (kept.met, kept.standing, kept.reason) == (True, Standing.ON_SCHEDULE, Reason.AT_MOST)
    assert (broken.met, broken.standing, broken.completion) == (False, Standing.BEHIND, None)


def test_a_target_of_nothing_is_a_limit_and_divides_by_nothing() -> None:
    assert _figure(make_target("0", "起"), make_actual("0", "起")).met is True
    assert _figure(make_target("0", "起"), make_actual("1", "起")).met is False


def test_a_task_stands_where_its_weakest_target_stands() -> None:
    targets = (
        make_target("10", "个"),
        make_target("10", "个", name="t2"),
        make_target("10", "个", name="t3"),
    )
    update = make_update(actuals=(make_actual("9", "个"), make_actual("2", "个", target="t2")))
    figures = assess_task(make_task(targets=targets, updates=(update,)), Q2, CONFIG)
    assert figures.standing is Standing.BEHIND
    assert figures.weakest is figures.targets[1]


def test_a_task_with_an_unreported_number_is_not_done() -> None:
    target, unreported = make_target("10", "个"), make_target("10", "个", name="t2")
    scope = make_target("10", "个", TargetKind.SCOPE, name="t3")
    update = make_update(actuals=(make_actual("10", "个"),))
    for second, standing in ((unreported, Standing.AHEAD), (scope, Standing.DONE)):
        task = make_task(targets=(target, second), updates=(update,))
        assert assess_task(task, Q2, CONFIG).standing is standing


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        (StatusValue.COMPLETED, Standing.DONE),
        *((s, Standing[s.name]) for s in StatusValue if s is not StatusValue.COMPLETED),
    ],
)
def test_without_a_comparable_target_the_status_decides(status: StatusValue, standing: Standing) -> None:
    figures = assess_task(
        make_task(targets=(make_target("5", "家"),), updates=(make_update(status=status),)), Q2, CONFIG
    )
    assert (figures.standing, figures.weakest) == (standing, None)


def test_a_promised_number_is_reported_or_not_or_there_is_none() -> None:
    target, scope = make_target("10", "个"), make_target("10", "个", TargetKind.SCOPE, name="t2")
    silent, unread = make_update(), make_update(progress="新增数十个。")
    quarter = make_update(actuals=(make_actual("9", "个", basis=Basis.QUARTER),))
    cases = (
        ((target,), silent, False),
        ((target, scope), quarter, True),
        ((target,), unread, True),
        ((scope,), quarter, None),
        ((), silent, None),
    )
    for targets, update, reported in cases:
        task = make_task(targets=targets, updates=(update,))
        assert _overview(task).tasks[0].reports_promised_number is reported


def test_totals_count_every_task_once_and_say_what_they_leave_out() -> None:
    lead = {"区城管局": Role.LEAD}
    shared = {"区城管局": Role.LEAD, "区水务局": Role.JOINT}
    scope = make_target("9", "个", TargetKind.SCOPE, name="t2")
    overview = _overview(
        make_task(
            1,
            departments=shared,
            targets=(make_target("10", "个"), scope),
            updates=(make_update(actuals=(make_actual("9", "个"),)),),
        ),
        make_task(2, departments=lead, targets=(make_target("10", "个"),), updates=(make_update(),)),
        make_task(3, departments=("区水务局",), updates=(make_update(),)),
        make_task(4, departments=lead, targets=(make_target("10", "个"),)),
        bodies=("区档案局", "区水务局", "区城管局"),
    )
    totals = overview.totals
    assert [task.task.number for task in overview.tasks] == [1, 2, 3]
    assert sum(totals.standings.values()) == totals.tasks == 3
    assert (totals.tasks_with_targets, totals.targets, totals.comparable) == (2, 2, 1)
    assert totals.left_out[Reason.SCOPE] == totals.left_out[Reason.NO_FIGURE] == 1
    assert sum(totals.target_standings.values()) == totals.comparable
    loads = {load.department.name: load for load in overview.departments}
    assert list(loads) == ["区水务局", "区城管局"]
    assert [len(group) for group in (loads["区水务局"].joined, loads["区水务局"].unstated)] == [1, 1]
    assert all(sum(load.totals.standings.values()) == load.totals.tasks == 2 for load in loads.values())


def test_a_table_of_commitments_alone_is_an_overview_of_the_year() -> None:
    report = report_of(make_district(make_task(targets=(make_target("5", "家"),))))
    newest = report.districts[0].newest
    assert newest is not None
    assert (str(newest.period), newest.schedule, newest.as_of) == ("2025", Fraction(0), dt.date(2025, 1, 1))
    assert newest.tasks[0].standing is Standing.NO_INFORMATION
    assert newest.tasks[0].update is None


def test_a_district_without_tasks_has_no_overview() -> None:
    report = report_of(make_district())
    assert report.districts[0].newest is None
