"""Districts share a measure when the words, the kind and the units agree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.figures.shared_measures import make_measures, make_near_measures, normalise_metric
from generator.model import District, TargetKind
from tests.builders import make_district, make_target, make_task, make_update, report_of
from tests.chart_cases import make_invented_report


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新增城镇就业", "城镇新增就业"),
        ("全区地区生产总值增长", "地区生产总值同比增长"),
        ("地区生产总值", "GDP"),
        ("实现一般公共预算收入", "一般公共预算收入"),
        ("提供学位", "新增学位"),
        ("规模以上工业增加值", "规模以上工业增加值增速"),
    ],
)
def test_words_for_one_measure_are_equal(one: str, other: str) -> None:
    assert normalise_metric(one) == normalise_metric(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("固定资产投资", "工业投资"),
        ("进出口总额", "出口总额"),
        ("新增学位", "新增床位"),
        ("规上工业增加值", "工业增加值"),
    ],
)
def test_words_for_two_measures_stay_apart(one: str, other: str) -> None:
    assert normalise_metric(one) != normalise_metric(other)


def test_a_measure_needs_two_districts() -> None:
    assert make_measures(make_invented_report(districts=1)) == ()
    measures = make_measures(make_invented_report())
    assert measures
    for measure in measures:
        assert {e.overview.district.id for e in measure.entries} == {"jia", "yi"}
        assert {e.figure.target.kind for e in measure.entries} == {measure.kind}
    assert len({m.key for m in measures}) == len(measures)


def test_newest_period_of_each_district_is_taken() -> None:
    for measure in make_measures(make_invented_report()):
        periods = {(e.overview.district.id, str(e.overview.period)) for e in measure.entries}
        assert periods == {("jia", "2025Q3"), ("yi", "2025Q2")}


def district(name: str, metric: str, unit: str = "处") -> District:
    target = make_target("10", unit, TargetKind.COUNT, metric=metric)
    task = make_task(targets=(target,), updates=(make_update(),))
    return replace(make_district(replace(task, id=f"{name}-2025-001")), id=name)


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("创意微景观", "城市创意微景观", "创意微景观"),
        ("签约过亿元项目", "签约落地过亿元项目", "过亿元项目"),
        ("新增学位", "新增床位", None),
        ("新增学位", "新增学位", None),
    ],
)
def test_nearly_equal_promises_stand_together_and_equal_ones_do_not(
    one: str, other: str, common: str | None
) -> None:
    found = make_near_measures(report_of(district("jia", one), district("yi", other)))
    assert [measure.name for measure in found] == ([common] if common else [])
    assert all(len(measure.entries) == 2 for measure in found)


def test_promises_in_other_units_are_not_near() -> None:
    assert (
        make_near_measures(report_of(district("jia", "创意微景观"), district("yi", "创意微景观", "亩"))) == ()
    )
