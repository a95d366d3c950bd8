"""Arithmetic of the report: completion, schedule, standings, totals. All tasks are invented."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from generator.figures import Overview, Reason, Standing, TargetFigure, make_report
from generator.figures.assessment import assess_target, assess_task, schedule_ratio
from generator.model import (
    Actual,
    Assignment,
    Basis,
    Comparator,
    Department,
    DepartmentKind,
    District,
    Role,
    Site,
    SiteConfig,
    SourceRef,
    Status,
    StatusValue,
    Target,
    TargetKind,
    Task,
    Update,
    parse_period,
)

CONFIG = SiteConfig(title="甲区", districts=("jia",))
Q2 = parse_period("2025Q2")
HALF = dt.date(2025, 6, 30)


def _target(value: str, unit: str, kind: TargetKind = TargetKind.COUNT, **more: object) -> Target:
    fields = {"id": "t1", "metric": "新建公园", "comparator": Comparator.EQUAL, "quote": "新建公园", **more}
    return Target(value=Decimal(value), unit=unit, kind=kind, **fields)  # type: ignore[arg-type]


def _actual(value: str, unit: str, basis: Basis = Basis.YEAR_TO_DATE, target: str = "t1") -> Actual:
    return Actual(target=target, value=Decimal(value), unit=unit, basis=basis, quotes=("已建成",))


def _update(*actuals: Actual, as_of: dt.date = HALF, status: StatusValue = StatusValue.IN_PROGRESS) -> Update:
    source = SourceRef(file="sources/2025Q2.txt", sha256="0" * 64, row=1)
    return Update(
        period=Q2,
        as_of=as_of,
        progress="已建成",
        source=source,
        actuals=actuals,
        status=Status(value=status),
    )


def _task(
    number: int, targets: tuple[Target, ...], *updates: Update, roles: dict[str, Role] | None = None
) -> Task:
    given = roles or {"区城管局": Role.LEAD}
    return Task(
        id=f"jia-2025-{number:03d}",
        number=number,
        title="任务",
        commitment="新建公园",
        departments=tuple(Assignment(name=name, role=role) for name, role in given.items()),
        targets=targets,
        updates=updates,
    )


def _figure(target: Target, actual: Actual | None, as_of: dt.date = HALF) -> TargetFigure:
    update = _update(*((actual,) if actual else ()), as_of=as_of)
    return assess_target(_task(1, (target,), update), target, update, CONFIG)


def _department(name: str) -> Department:
    return Department(name=name, slug=name, kind=DepartmentKind.BUREAU)


def _overview(*tasks: Task, bodies: tuple[str, ...] = ("区城管局",)) -> Overview:
    district = District(id="jia", name="甲区", departments=tuple(map(_department, bodies)), tasks=tasks)
    (overview,) = make_report(Site(config=CONFIG, districts=(district,))).districts[0].overviews
    return overview


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
    figure = _figure(_target("2", "万人", TargetKind.AMOUNT), _actual("15501", "人"))
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
        ("45", Standing.ON_SCHEDULE),
        ("44.99", Standing.BEHIND),
        ("0", Standing.BEHIND),
    ],
)
def test_standing_at_the_thresholds(reported: str, standing: Standing) -> None:
    assert _figure(_target("100", "处"), _actual(reported, "个")).standing is standing


def test_a_range_is_reached_at_its_lower_end() -> None:
    figure = _figure(_target("1", "个", value_max=Decimal(2)), _actual("1", "个"))
    assert (figure.completion, figure.standing) == (Fraction(1), Standing.DONE)


@pytest.mark.parametrize(
    ("target", "actual", "reason"),
    [
        (_target("5", "家"), None, Reason.NO_FIGURE),
        (_target("5", "家"), _actual("3", "家", Basis.QUARTER), Reason.QUARTER_ONLY),
        (_target("5", "家", TargetKind.SCOPE), _actual("3", "家"), Reason.SCOPE),
        (_target("5", "家"), _actual("60", "%", Basis.STATED_RATIO), Reason.NO_FIGURE),
        (_target("5", "家"), _actual("3", "亩"), Reason.NO_FIGURE),
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
    figure = _figure(_target("5.7", "%", TargetKind.GROWTH), _actual(reported, "%", Basis.GROWTH))
    assert (figure.completion, figure.reason) == (None, Reason.RATE)
    assert (figure.met, figure.gap_points, figure.standing) == (met, gap, standing)


def test_a_met_level_is_done_when_the_year_is_over() -> None:
    target, actual = _target("80", "%", TargetKind.LEVEL), _actual("82.1", "%", Basis.LEVEL)
    assert _figure(target, actual, dt.date(2025, 12, 31)).standing is Standing.DONE
    assert _figure(target, actual, dt.date(2026, 1, 15)).standing is Standing.DONE


def test_a_limit_has_no_completion() -> None:
    limit = _target("5.5", "%", TargetKind.LEVEL, comparator=Comparator.AT_MOST)
    kept, broken = _figure(limit, _actual("4.9", "%", Basis.LEVEL)), _figure(limit, _actual("6", "%"))
    assert (kept.met, kept.standing, kept.reason) == (True, Standing.ON_SCHEDULE, Reason.AT_MOST)
    assert (broken.met, broken.standing, broken.completion) == (False, Standing.BEHIND, None)


def test_a_target_of_nothing_is_a_limit_and_divides_by_nothing() -> None:
    assert _figure(_target("0", "起"), _actual("0", "起")).met is True
    assert _figure(_target("0", "起"), _actual("1", "起")).met is False


def test_a_task_stands_where_its_weakest_target_stands() -> None:
    targets = (_target("10", "个"), _target("10", "个", id="t2"), _target("10", "个", id="t3"))
    update = _update(_actual("9", "个"), _actual("2", "个", target="t2"))
    figures = assess_task(_task(1, targets, update), Q2, CONFIG)
    assert figures.standing is Standing.BEHIND
    assert figures.weakest is figures.targets[1]


def test_a_task_with_an_unreported_number_is_not_done() -> None:
    open_target = _target("10", "个", id="t2")
    scope = _target("10", "个", TargetKind.SCOPE, id="t3")
    update = _update(_actual("10", "个"))
    assert assess_task(_task(1, (_target("10", "个"), open_target), update), Q2, CONFIG).standing is (
        Standing.AHEAD
    )
    assert assess_task(_task(1, (_target("10", "个"), scope), update), Q2, CONFIG).standing is Standing.DONE


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        (StatusValue.COMPLETED, Standing.DONE),
        (StatusValue.IN_PROGRESS, Standing.IN_PROGRESS),
        (StatusValue.NOT_STARTED, Standing.NOT_STARTED),
        (StatusValue.NO_INFORMATION, Standing.NO_INFORMATION),
    ],
)
def test_without_a_comparable_target_the_status_decides(status: StatusValue, standing: Standing) -> None:
    figures = assess_task(_task(1, (_target("5", "家"),), _update(status=status)), Q2, CONFIG)
    assert (figures.standing, figures.weakest) == (standing, None)


def test_totals_count_every_task_once_and_say_what_they_leave_out() -> None:
    shared = {"区城管局": Role.LEAD, "区水务局": Role.JOINT}
    scope = _target("9", "个", TargetKind.SCOPE, id="t2")
    overview = _overview(
        _task(1, (_target("10", "个"), scope), _update(_actual("9", "个")), roles=shared),
        _task(2, (_target("10", "个"),), _update()),
        _task(3, (), _update(), roles={"区水务局": Role.UNSTATED}),
        _task(4, (_target("10", "个"),)),
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
    district = District(id="jia", name="甲区", tasks=(_task(1, (_target("5", "家"),)),))
    report = make_report(Site(config=CONFIG, districts=(district,)))
    newest = report.districts[0].newest
    assert newest is not None
    assert (str(newest.period), newest.schedule, newest.as_of) == ("2025", Fraction(0), dt.date(2025, 1, 1))
    assert newest.tasks[0].standing is Standing.NO_INFORMATION
    assert newest.tasks[0].update is None


def test_a_district_without_tasks_has_no_overview() -> None:
    report = make_report(Site(config=CONFIG, districts=(District(id="jia", name="甲区"),)))
    assert report.districts[0].newest is None
