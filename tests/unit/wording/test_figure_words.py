"""How a target, its figure and who is responsible are put into words. All invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.figures import TargetFigure
from generator.figures.assessment import assess_target
from generator.language.number_context import growth_verb, is_forecast, promises_fall
from generator.model import (
    Actual,
    Basis,
    Comparator,
    District,
    Role,
    SiteConfig,
    SourceTable,
    Target,
    TargetKind,
    Task,
    UnusedFigure,
    parse_period,
)
from generator.wording import (
    format_actual,
    format_amounts,
    format_completion,
    format_departments,
    format_goal,
    format_judgement,
    format_publisher,
    format_rate_gap,
    format_reason,
    format_reported,
    format_result,
    format_state,
    format_task_number,
    named_department,
)
from tests.builders import make_actual, make_target, make_task, make_update, words_of

WORDS, ENGLISH = words_of("zh-CN"), words_of("en")
PERIOD = parse_period("2025Q2")


def promised(
    quote: str,
    value: str = "4",
    unit: str = "%",
    *,
    kind: TargetKind = TargetKind.GROWTH,
    comparator: Comparator = Comparator.AT_LEAST,
    metric: str = "投资",
    top: str | None = None,
) -> Target:
    return make_target(value, unit, kind, metric=metric, quote=quote, comparator=comparator, value_max=top)


def reported(value: str, quote: str, unit: str = "%", basis: Basis = Basis.GROWTH) -> Actual:
    return make_actual(value, unit, quote, basis=basis)


def make_figure(target: Target, actual: Actual | None) -> TargetFigure:
    task = make_task(commitment=target.quote, targets=(target,))
    update = make_update(progress="", actuals=(actual,) if actual else ())
    return assess_target(task, target, update, SiteConfig(title="测试", districts=("a",)))


@pytest.mark.parametrize(
    ("metric", "promise", "goal"),
    [
        ("投资占比", "投资占比提高4个百分点以上", "提高4个百分点以上"),
        ("投资占比提高", "投资占比提高4个百分点以上", "4个百分点以上"),
        ("能耗", "单位能耗下降不少于4个百分点", "下降4个百分点以上"),
        ("投资占比", "投资占比4个百分点以上", "4个百分点以上"),
    ],
)
def test_a_rate_keeps_the_verb_of_its_promised(metric: str, promise: str, goal: str) -> None:
    assert format_goal(promised(promise, unit="个百分点", metric=metric), WORDS) == goal


@pytest.mark.parametrize(
    ("target", "goal", "english"),
    [
        (
            promised("投资占15%—30%", "15", top="30", kind=TargetKind.LEVEL),
            "15%～30%以上",
            "at least 15%～30%",
        ),
        (
            promised("失业率不超过5%", "5", comparator=Comparator.AT_MOST, kind=TargetKind.LEVEL),
            "不超过5%",
            "at most 5%",
        ),
        (
            promised("建成1—2个", "1", "个", top="2", comparator=Comparator.EQUAL, kind=TargetKind.COUNT),
            "1～2个",
            "1～2个",
        ),
        (promised("能耗为负4%", "-4", comparator=Comparator.EQUAL), "下降4%", "down 4%"),
    ],
)
def test_goals(target: Target, goal: str, english: str) -> None:
    assert (format_goal(target, WORDS), format_goal(target, ENGLISH)) == (goal, english)


@pytest.mark.parametrize(
    ("promise", "metric", "value", "quote", "text", "gap"),
    [
        ("投资增长4%", "投资", "5.8", "投资增长5.8%", "增长5.8%", "比目标高1.8个百分点"),
        ("投资增长4%", "投资", "4", "投资增长4%", "增长4%", "与目标持平"),
        ("投资增长4%", "投资", "-4.18", "投资下降4.18%", "下降4.18%", "比目标低8.2个百分点"),
        ("能耗下降4%", "能耗", "4.5", "能耗下降4.5%", "下降4.5%", "比目标多降0.5个百分点"),
        ("能耗下降4%", "能耗", "1", "能耗下降1%", "下降1%", "比目标少降3.0个百分点"),
        ("能耗下降4%", "能耗下降", "1", "能耗下降1%", "1%", "比目标少降3.0个百分点"),
        ("能耗下降4%", "能耗", "-1", "能耗上升1%", "上升1%", "比目标少降5.0个百分点"),
    ],
)
def test_a_growth_is_signed_as_its_promise_is_meant(
    promise: str, metric: str, value: str, quote: str, text: str, gap: str
) -> None:
    target, actual = promised(promise, metric=metric), reported(value, quote)
    figure = make_figure(target, actual)
    assert format_actual(target, actual, WORDS) == text
    assert format_rate_gap(figure, WORDS) == format_result(figure, WORDS) == gap
    assert format_judgement(figure, WORDS) == ("达到目标" if figure.met else "未达到目标")


@pytest.mark.parametrize(
    ("top", "value", "judgement", "gap"),
    [
        (None, "4.2", "达到目标", "比上限低0.8个百分点"),
        (None, "5", "达到目标", "与上限持平"),
        (None, "5.3", "未达到目标", "超过上限0.3个百分点"),
        ("6", "5.3", "达到目标", "比上限低0.7个百分点"),
    ],
)
def test_a_limit_is_set_against_its_upper_end(top: str | None, value: str, judgement: str, gap: str) -> None:
    target = promised("失业率不超过5%", "5", comparator=Comparator.AT_MOST, kind=TargetKind.LEVEL, top=top)
    figure = make_figure(target, reported(value, f"失业率{value}%", basis=Basis.LEVEL))
    assert (format_judgement(figure, WORDS), format_result(figure, WORDS)) == (judgement, gap)


def test_a_figure_of_one_quarter_is_named_where_it_is_left_out() -> None:
    target = promised("建成4处", "4", "处", kind=TargetKind.COUNT)
    figure = make_figure(target, reported("3", "二季度建成3处", "处", Basis.QUARTER))
    assert "全年到现在至少3处" in format_reason(figure, WORDS)
    assert (format_judgement(figure, WORDS), format_result(figure, WORDS)) == ("", "")


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("预计可建成3处", True),
        ("已建成3处", False),
        ("已建成3处，预计年底建成4处", False),
        ("预计提前完工，已建成3处", False),
    ],
)
def test_an_expected_figure_is_called_so_wherever_it_is_printed(quote: str, *, expected: bool) -> None:
    target = promised("建成公园4处", "4", "处", kind=TargetKind.COUNT)
    actual = reported("3", quote, "处", Basis.YEAR_TO_DATE)
    assert is_forecast(actual.quotes, "3") == expected
    text = "预计3处" if expected else "3处"
    assert format_actual(target, actual, WORDS) == text
    assert format_amounts(make_figure(target, actual), WORDS) == f"{text} / 4处以上"


def test_the_verb_before_a_number() -> None:
    assert growth_verb("投资占比提高4个百分点", "4") == "提高"
    assert growth_verb("完成投资4亿元，增长3%", "4") == ""
    assert promises_fall("单位能耗压减4%")
    assert not promises_fall("投资增长4%")


def test_a_quarters_figure_that_reaches_the_target_alone_says_so() -> None:
    target = promised("建成4处", "4", "处", kind=TargetKind.COUNT)
    figure = make_figure(target, reported("5", "二季度建成5处", "处", Basis.QUARTER))
    assert (figure.standing, figure.met) == (None, True)
    assert "至少5处，已经达到目标" in format_reason(figure, WORDS)
    assert format_state(figure, WORDS) == "只报了当季的数，已经达到目标"


def test_a_stock_says_what_there_is_and_what_is_missing() -> None:
    target = promised("达到40家", "40", "家", kind=TargetKind.STOCK)
    figure = make_figure(target, reported("36", "已建成36个", "个", Basis.STOCK))
    assert (figure.standing, format_completion(figure)) == (None, "")
    assert (format_reported(figure, WORDS), format_state(figure, WORDS)) == ("现有36个", "尚差4家")
    reached = make_figure(target, reported("41", "已建成41个", "个", Basis.STOCK))
    assert format_completion(reached) == "102.5%"


def test_a_figure_of_another_basis_is_marked_wherever_it_is_printed() -> None:
    target = promised("引进产业项目4个", "4", "个", kind=TargetKind.COUNT)
    actual = replace(reported("3", "引进企业项目3个", "个", Basis.YEAR_TO_DATE), note="报告的是企业项目")
    figure = make_figure(target, actual)
    assert format_reported(figure, WORDS) == "3个（口径不同）"
    assert "3个（口径不同）" in format_amounts(figure, WORDS)


def test_words_that_were_read_and_not_taken_are_quoted_with_the_reason() -> None:
    target = promised("建成绿道5公里", "5", "公里", kind=TargetKind.AMOUNT)
    found = UnusedFigure(
        task="t", period=PERIOD, target="t1", quotes=("绿道基本建成",), reason="基本建成不算建成"
    )
    figure = replace(make_figure(target, None), unused=(found,))
    assert format_reason(figure, WORDS) == (
        "未公布可比数据。原文这样写：“绿道基本建成”，没有计入：基本建成不算建成。"
    )
    assert format_state(figure, WORDS) == "原文有数，未计入"


def shared_by(*roles: Role) -> Task:
    return make_task(7, departments=dict(zip(("甲局", "乙局", "丙局"), roles, strict=False)))


@pytest.mark.parametrize(
    ("roles", "text", "english"),
    [
        ((), "", ""),
        ((Role.UNSTATED,), "甲局", "甲局"),
        ((Role.LEAD,), "甲局（牵头）", "甲局 (lead)"),
        ((Role.UNSTATED, Role.UNSTATED), "甲局、乙局", "甲局, 乙局"),
        ((Role.UNSTATED, Role.UNSTATED, Role.UNSTATED), "3个部门", "3 departments"),
        ((Role.JOINT, Role.LEAD, Role.JOINT), "乙局（牵头）等3个部门", "乙局 (lead) and others, 3 in all"),
    ],
)
def test_no_lead_is_implied_where_none_is_marked(roles: tuple[Role, ...], text: str, english: str) -> None:
    task = shared_by(*roles)
    assert (format_departments(task, WORDS), format_departments(task, ENGLISH)) == (text, english)
    assert (named_department(task) is None) == (not roles)


def test_a_number_is_printed_as_its_table_prints_it() -> None:
    task = shared_by()
    assert format_task_number(task, WORDS) == "第7项"
    assert format_task_number(replace(task, number_printed="二（3）"), WORDS) == "第二（3）项"


def test_the_tables_own_publisher_goes_before_the_districts() -> None:
    table = SourceTable(period=PERIOD, file="sources/b.txt", publisher="甲区政府办")
    other = SourceTable(period=PERIOD, file="sources/a.txt")
    district = District(id="a", name="甲区", publisher="甲区政府", sources=(other, table))
    assert format_publisher(district, table) == "甲区政府办"
    assert format_publisher(district, district.table_of(PERIOD)) == "甲区政府"
    assert format_publisher(district, district.table_of(PERIOD, "sources/b.txt")) == "甲区政府办"
    assert format_publisher(replace(district, publisher=None), other) == "甲区"
    assert district.table_of(parse_period("2025Q1")) is None
