"""Districts share a measure when the words, the kind and the units agree."""

from __future__ import annotations

import pytest

from generator.figures.shared_measures import make_measures, normalise_metric
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
