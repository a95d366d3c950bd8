"""Every published number is held against its words. All tasks are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from generator.figures import Standing, make_report
from generator.figures.figure_checks import check_figures, check_totals
from generator.model import (
    Actual,
    Assignment,
    Basis,
    Comparator,
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

_COMMITMENT = "新建公园5处，新增就业1.2万人，收入增长6%。"
_PROGRESS = "已建成公园3处。新增就业6180人，完成年度目标的51.5%。收入增长5%。甲镇1处、乙镇2处。第二处已开园。"


def _target(name: str, value: str, unit: str, kind: TargetKind, quote: str) -> Target:
    return Target(
        id=name,
        metric=quote,
        value=Decimal(value),
        unit=unit,
        comparator=Comparator.EQUAL,
        kind=kind,
        quote=quote,
    )


PARKS = _target("t1", "5", "处", TargetKind.COUNT, "新建公园5处")
JOBS = _target("t2", "1.2", "万人", TargetKind.AMOUNT, "新增就业1.2万人")
INCOME = _target("t3", "6", "%", TargetKind.GROWTH, "收入增长6%")


def _actual(target: str, value: str, unit: str, *quotes: str, basis: Basis = Basis.YEAR_TO_DATE) -> Actual:
    return Actual(target=target, value=Decimal(value), unit=unit, basis=basis, quotes=quotes)


GOOD = (
    _actual("t1", "3", "处", "已建成公园3处"),
    replace(_actual("t2", "6180", "人", "新增就业6180人"), stated_completion=Decimal("0.515")),
    _actual("t3", "5", "%", "收入增长5%", basis=Basis.GROWTH),
)


IN_PROGRESS = Status(value=StatusValue.IN_PROGRESS)


def _district(
    targets: tuple[Target, ...] = (PARKS, JOBS, INCOME),
    actuals: tuple[Actual, ...] = GOOD,
    status: Status = IN_PROGRESS,
) -> District:
    update = Update(
        period=parse_period("2025Q2"),
        as_of=dt.date(2025, 6, 30),
        progress=_PROGRESS,
        source=SourceRef(file="sources/2025Q2.txt", sha256="0" * 64, row=1),
        actuals=actuals,
        status=status,
    )
    task = Task(
        id="jia-2025-007",
        number=7,
        title="公园",
        commitment=_COMMITMENT,
        departments=(Assignment(name="区城管局", role=Role.LEAD),),
        targets=targets,
        updates=(update,),
    )
    return District(id="jia", name="甲区", tasks=(task,))


def _findings(district: District) -> list[str]:
    return [problem.what for problem in check_figures(district)]


def test_numbers_with_their_words_are_fine() -> None:
    assert check_figures(_district()) == ()


def test_the_file_of_the_task_is_named() -> None:
    (problem,) = check_figures(_district(actuals=(replace(GOOD[0], quotes=("建成3处公园",)),)))
    assert problem.where == "content/jia/2025/007.yaml"
    assert problem.what == "updates[0].actuals[0].quote：“建成3处公园”不是 progress 里的原话"
    assert problem.hint


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"quote": "新建公园6处"}, "targets[0].quote"),
        ({"quote": " "}, "targets[0].quote"),
        ({"value": Decimal(6)}, "targets[0].value"),
        ({"unit": "亩"}, "targets[0].value"),
        ({"value_max": Decimal(4)}, "targets[0].value_max"),
        ({"id": "t2"}, "targets"),
    ],
)
def test_a_target_that_its_words_do_not_say_is_refused(change: dict[str, object], field: str) -> None:
    bad = replace(PARKS, **change)  # type: ignore[arg-type]
    assert [w.split("：")[0] for w in _findings(_district(targets=(bad, JOBS), actuals=()))] == [field]


@pytest.mark.parametrize(
    ("actual", "field"),
    [
        (_actual("t1", "3", "亩", "已建成公园3处"), "unit"),
        (_actual("t1", "4", "处", "已建成公园3处"), "value"),
        (_actual("t9", "3", "处", "已建成公园3处"), "target"),
        (_actual("t1", "3", "处"), "quote"),
        (_actual("t3", "5", "%", "收入增长5%"), "basis"),
        (_actual("t1", "3", "处", "已建成公园3处", basis=Basis.LEVEL), "basis"),
        (_actual("t1", "4", "处", "甲镇1处", "乙镇2处", basis=Basis.SUM), "value"),
        (replace(GOOD[1], stated_completion=Decimal("0.6")), "stated_completion"),
    ],
)
def test_an_actual_that_its_words_do_not_say_is_refused(actual: Actual, field: str) -> None:
    fields = {what.split("：")[0].rsplit(".", 1)[1] for what in _findings(_district(actuals=(actual,)))}
    assert field in fields


@pytest.mark.parametrize(
    "actual",
    [
        _actual("t1", "3", "处", "甲镇1处", "乙镇2处", basis=Basis.SUM),
        _actual("t1", "2", "处", "第二处已开园"),
        replace(_actual("t1", "3", "处", "甲镇1处、乙镇2处"), by="editor"),
        _actual("t2", "51.5", "%", "完成年度目标的51.5%", basis=Basis.STATED_RATIO),
        _actual("t2", "0.618", "万人", "新增就业6180人"),
    ],
)
def test_sums_ordinals_and_decisions_of_a_person_pass(actual: Actual) -> None:
    assert _findings(_district(actuals=(actual,))) == []


def test_two_figures_for_one_target_are_refused() -> None:
    assert any("有 2 个完成数" in what for what in _findings(_district(actuals=(GOOD[0], GOOD[0]))))


def test_a_status_needs_its_words() -> None:
    bare, wrong = Status(value=StatusValue.COMPLETED), Status(value=StatusValue.COMPLETED, quote="完工")
    assert len(_findings(_district(status=bare))) == len(_findings(_district(status=wrong))) == 1
    assert _findings(_district(status=replace(bare, by="editor"))) == []


def test_totals_that_do_not_add_up_are_told() -> None:
    report = make_report(Site(config=SiteConfig(title="甲", districts=("jia",)), districts=(_district(),)))
    assert check_totals(report) == ()
    overview = report.districts[0].overviews[0]
    totals = replace(overview.totals, standings={**overview.totals.standings, Standing.DONE: 9})
    broken = replace(report.districts[0], overviews=(replace(overview, totals=totals),))
    assert [p.where for p in check_totals(replace(report, districts=(broken,)))] == ["jia/2025Q2"]
