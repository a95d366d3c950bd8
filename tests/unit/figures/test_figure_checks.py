"""Every published number is held against its words. All tasks are invented."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from generator.base.errors import make_problem_row
from generator.figures import Standing
from generator.figures.assessment import assess_task
from generator.figures.figure_checks import check_figures, check_totals
from generator.model import (
    Actual,
    Basis,
    DecidedBy,
    District,
    Part,
    PartReport,
    SiteConfig,
    Status,
    StatusValue,
    Target,
    TargetKind,
)
from tests.builders import (
    UNDECIDED,
    make_actual,
    make_district,
    make_target,
    make_task,
    make_update,
    report_of,
)

_COMMITMENT = "新建公园5处，新增就业1.2万人，收入增长6%。"
_PROGRESS = "已建成公园3处。新增就业6180人，完成年度目标的51.5%。收入增长5%。甲镇1处、乙镇2处。第二处已开园。"


PARKS = make_target("5", "处", TargetKind.COUNT, name="t1", quote="新建公园5处")
JOBS = make_target("1.2", "万人", TargetKind.AMOUNT, name="t2", quote="新增就业1.2万人")
INCOME = make_target("6", "%", TargetKind.GROWTH, name="t3", quote="收入增长6%")


GOOD = (
    make_actual("3", "处", "已建成公园3处", target="t1"),
    replace(make_actual("6180", "人", "新增就业6180人", target="t2"), stated_completion=Decimal("0.515")),
    make_actual("5", "%", "收入增长5%", target="t3", basis=Basis.GROWTH),
)


def _district(
    targets: tuple[Target, ...] = (PARKS, JOBS, INCOME),
    actuals: tuple[Actual, ...] = GOOD,
    status: Status = UNDECIDED,
) -> District:
    task = make_task(
        7,
        _COMMITMENT,
        district="jia",
        targets=targets,
        updates=(make_update(progress=_PROGRESS, actuals=actuals, status=status),),
    )
    return make_district(task, name="jia")


def _findings(district: District) -> list[str]:
    return [make_problem_row(problem)["what"] for problem in check_figures(district)]


def test_numbers_with_their_words_are_fine() -> None:
    assert check_figures(_district()) == ()


def test_the_file_of_the_task_is_named() -> None:
    (problem,) = check_figures(_district(actuals=(replace(GOOD[0], quotes=("建成3处公园",)),)))
    assert str(problem.place) == "content/jia/2025/007.yaml"
    assert (
        make_problem_row(problem)["what"]
        == "updates[0].actuals[0].quote: “建成3处公园”不是 progress 里的原话"
    )
    assert problem.hint


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"quote": "新建公园6处"}, "targets[0].quote"),
        ({"quote": " "}, "targets[0].quote"),
        ({"value": Decimal(6)}, "targets[0].value"),
        ({"value": Decimal(-5)}, "targets[0].value"),
        ({"unit": "亩"}, "targets[0].value"),
        ({"value_max": Decimal(4)}, "targets[0].value_max"),
        ({"id": "t2"}, "targets"),
    ],
)
def test_a_target_that_its_words_do_not_say_is_refused(change: dict[str, object], field: str) -> None:
    bad = replace(PARKS, **change)  # type: ignore[arg-type]
    assert [w.split(": ")[0] for w in _findings(_district(targets=(bad, JOBS), actuals=()))] == [field]


@pytest.mark.parametrize(
    ("actual", "field"),
    [
        (make_actual("3", "亩", "已建成公园3处", target="t1"), "unit"),
        (make_actual("4", "处", "已建成公园3处", target="t1"), "value"),
        (make_actual("3", "处", "已建成公园3处", target="t9"), "target"),
        (make_actual("3", "处", target="t1"), "quote"),
        (make_actual("5", "%", "收入增长5%", target="t3"), "basis"),
        (make_actual("3", "处", "已建成公园3处", target="t1", basis=Basis.LEVEL), "basis"),
        (make_actual("4", "处", "甲镇1处", "乙镇2处", target="t1", basis=Basis.SUM), "value"),
        (replace(GOOD[1], stated_completion=Decimal("0.6")), "stated_completion"),
    ],
)
def test_an_actual_that_its_words_do_not_say_is_refused(actual: Actual, field: str) -> None:
    fields = {what.split(": ")[0].rsplit(".", 1)[1] for what in _findings(_district(actuals=(actual,)))}
    assert field in fields


@pytest.mark.parametrize(
    "actual",
    [
        make_actual("3", "处", "甲镇1处", "乙镇2处", target="t1", basis=Basis.SUM),
        make_actual("2", "处", "第二处已开园", target="t1"),
        replace(make_actual("3", "处", "甲镇1处、乙镇2处", target="t1"), by=DecidedBy.EDITOR),
        make_actual("51.5", "%", "完成年度目标的51.5%", target="t2", basis=Basis.STATED_RATIO),
        make_actual("0.618", "万人", "新增就业6180人", target="t2"),
    ],
)
def test_sums_ordinals_and_decisions_of_a_person_pass(actual: Actual) -> None:
    assert _findings(_district(actuals=(actual,))) == []


def test_two_figures_for_one_target_are_refused() -> None:
    assert any("有 2 个完成数" in what for what in _findings(_district(actuals=(GOOD[0], GOOD[0]))))


def test_a_status_needs_its_words() -> None:
    bare, wrong = Status(value=StatusValue.COMPLETED), Status(value=StatusValue.COMPLETED, quote="完工")
    assert len(_findings(_district(status=bare))) == len(_findings(_district(status=wrong))) == 1
    assert _findings(_district(status=replace(bare, by=DecidedBy.EDITOR))) == []


def test_totals_that_do_not_add_up_are_told() -> None:
    report = report_of(_district())
    assert check_totals(report) == ()
    overview = report.districts[0].overviews[0]
    totals = replace(overview.totals, standings={**overview.totals.standings, Standing.DONE: 9})
    broken = replace(report.districts[0], overviews=(replace(overview, totals=totals),))
    assert [str(p.place) for p in check_totals(replace(report, districts=(broken,)))] == ["jia/2025Q2"]


def test_parts_have_their_own_words_and_are_counted_beside_the_task() -> None:
    parts = (
        Part(id="p1", name="甲桥", quote="改造甲桥"),
        Part(id="p2", name="乙桥", quote="乙桥"),
    )
    reports = (PartReport(part="p1", status=StatusValue.COMPLETED, quote="甲桥已通车"),)
    update = replace(make_update(progress="甲桥已通车，其余正在施工。"), parts=reports)
    task = replace(make_task(commitment="改造甲桥、乙桥。", updates=(update,)), parts=parts)
    assert check_figures(make_district(task)) == ()
    figures = assess_task(task, update.period, SiteConfig(title="甲区", districts=("jia",)))
    assert [(p.part.name, p.standing) for p in figures.parts] == [
        ("甲桥", Standing.DONE),
        ("乙桥", Standing.NO_INFORMATION),
    ]
    wrong = (
        PartReport(part="p1", status=StatusValue.UNDER_WAY),
        PartReport(part="p3", status=StatusValue.COMPLETED, quote="乙桥已通车"),
    )
    bad = replace(
        task,
        parts=(replace(parts[0], name="丙桥"), replace(parts[1], id="p1", quote="丁桥")),
        updates=(replace(update, parts=wrong),),
    )
    fields = [problem.place.field for problem in check_figures(make_district(bad))]
    assert sorted(set(fields)) == [
        *("parts[0].id", "parts[0].name", "parts[1].id", "parts[1].quote"),
        *("updates[0].parts[0].quote", "updates[0].parts[1].part", "updates[0].parts[1].quote"),
    ]
