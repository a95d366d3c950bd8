"""The same words with other numbers answer the same target again. All data invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.content.decisions import Decision, DecisionAction
from generator.ingest.numbers.carry_forward import carry_on, is_rejected
from generator.model import Basis, DecidedBy, Target, Update, parse_period
from tests.builders import make_actual, make_target, make_update

HALF = parse_period("2025H1")
Q3 = parse_period("2025Q3")
INVESTED = "上半年，镇、街重点工程完成投资8.6亿元。"


def _target(value: str, unit: str) -> Target:
    return make_target(value, unit, quote="工程", by=DecidedBy.EDITOR)


def _update(progress: str, *quotes: str, value: str, unit: str, basis: Basis) -> Update:
    actual = make_actual(value, unit, *quotes, basis=basis, by=DecidedBy.EDITOR)
    return make_update("2025H1", progress, actuals=(actual,))


def _read(
    last: Update, progress: str, goal: tuple[str, str]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Value and quote of the answer, and of the candidates."""
    actuals, candidates = carry_on((_target(*goal),), (last,), progress, period=Q3, departments=("区水务局",))
    for actual in actuals:
        assert actual.basis is last.actuals[0].basis
        assert actual.by is None or actual == last.actuals[0]
        assert all(quote in progress for quote in actual.quotes)
    for candidate in candidates:
        (span,) = candidate.spans
        assert progress[span[0] : span[1]] == candidate.quotes[0]
    return (
        [(f"{a.value:f}{a.unit}", a.quotes[0]) for a in actuals],
        [(f"{c.proposal.value:f}{c.proposal.unit}", c.quotes[0]) for c in candidates],
    )


def _invested(progress: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    last = _update(
        INVESTED, "镇、街重点工程完成投资8.6亿元", value="8.6", unit="亿元", basis=Basis.YEAR_TO_DATE
    )
    return _read(last, progress, ("30", "亿元"))


@pytest.mark.parametrize(
    ("progress", "value"),
    [
        ("前三季度，镇、街重点工程完成投资21.4亿元，其余按计划推进。", "21.4亿元"),
        ("1-9月份镇、街重点工程累计完成投资21.4亿元。", "21.4亿元"),
        ("截至9月底，全区镇、街重点工程已完成投资98000万元。", "98000万元"),
        ("上半年，镇、街重点工程完成投资8.6亿元。前三季度镇、街重点工程完成投资21.4亿元。", "21.4亿元"),
        (INVESTED, "8.6亿元"),
    ],
)
def test_the_same_words_answer_again(progress: str, value: str) -> None:
    answers, candidates = _invested(progress)
    assert [answer[0] for answer in answers] == [value]
    assert candidates == []


@pytest.mark.parametrize(
    "progress",
    [
        "第三季度，镇、街重点工程完成投资21.4亿元。",
        "去年，镇、街重点工程完成投资21.4亿元。",
        "前三季度，镇、街重点工程开工21个。",
        "",
    ],
)
def test_another_time_or_another_thing_is_no_answer(progress: str) -> None:
    assert _invested(progress) == ([], [])


@pytest.mark.parametrize(
    "progress",
    [
        "前三季度，镇、街重点工程计划投资21.4亿元。",
        "前三季度，街重点工程完成投资21.4亿元。",
        "前三季度，镇、街重大工程完成投资21.4亿元。",
        "前三季度，镇、街重点工程未完成投资21.4亿元。",
    ],
)
def test_other_words_of_weight_are_asked_about(progress: str) -> None:
    answers, candidates = _invested(progress)
    assert answers == []
    assert [candidate[0] for candidate in candidates] == ["21.4亿元"]


def test_a_date_of_last_period_in_a_new_text_is_no_answer_by_itself() -> None:
    answers, candidates = _invested(INVESTED + "三季度新开工工程2个。")
    assert answers == []
    assert [candidate[0] for candidate in candidates] == ["8.6亿元"]


def test_the_clause_under_the_same_heading_answers() -> None:
    last = _update("一是区水务局：已建成3座。", "已建成3座", value="3", unit="座", basis=Basis.YEAR_TO_DATE)
    answers, _ = _read(last, "一是区水务局：已建成5座。二是区园林局：已建成9座。", ("6", "座"))
    assert answers == [("5座", "已建成5座")]


def test_parts_of_a_sum_are_added_again() -> None:
    last = _update(
        "新铺供水管网3公里，新铺供热管网4公里。",
        "新铺供水管网3公里",
        "新铺供热管网4公里",
        value="7",
        unit="公里",
        basis=Basis.SUM,
    )
    answers, _ = _read(last, "新铺供水管网8公里，新铺供热管网6公里。", ("20", "公里"))
    assert answers == [("14公里", "新铺供水管网8公里")]
    assert _read(last, "新铺供水管网8公里，供热管网正在设计。", ("20", "公里"))[0] == []


def test_a_part_of_a_sum_is_quoted_from_where_it_was_quoted_before() -> None:
    last = _update(
        "申报项目2个、批复额度3亿元，环卫项目获批4000万元。",
        "批复额度3亿元",
        "环卫项目获批4000万元",
        value="3.4",
        unit="亿元",
        basis=Basis.SUM,
    )
    progress = "申报项目5个、批复额度6亿元，环卫项目获批7000万元。"
    actuals, _ = carry_on((_target("20", "亿元"),), (last,), progress, period=Q3)
    assert [(a.value, a.unit, a.quotes) for a in actuals] == [
        (Decimal("6.7"), "亿元", ("批复额度6亿元", "环卫项目获批7000万元"))
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("泵站均已建成。", "2座泵站均已建成。", True),
        ("2座泵站均已建成。", "泵站均已建成。", True),
        ("泵站均已建成。", "1座泵站均已建成。", False),
        ("泵站均已建成。", "泵站均已建成，正在通水调试。", False),
        ("泵站均已建成。", "泵站均已开工。", False),
    ],
)
def test_all_done_is_said_again_with_or_without_the_number(old: str, new: str, found: bool) -> None:
    last = _update(old, old.strip("。"), value="2", unit="座", basis=Basis.YEAR_TO_DATE)
    answers, _ = _read(last, new, ("2", "座"))
    assert [answer[0] for answer in answers] == (["2座"] if found else [])


def test_a_rejection_holds_for_the_same_sentence_alone() -> None:
    quote = "已推荐25家"
    decision = Decision(
        task="jia-2025-001",
        decision=DecisionAction.REJECT,
        period=HALF,
        target="t1",
        quotes=(quote,),
        value=Decimal(25),
    )
    earlier = _update(f"{quote}，待认定。", value="1", unit="家", basis=Basis.YEAR_TO_DATE)
    again = make_actual(25, "家", quote)
    assert is_rejected([decision], "jia-2025-001", again, f"好。{quote}，待认定。", (earlier,))
    assert not is_rejected([decision], "jia-2025-001", again, f"{quote}，全部认定。", (earlier,))
    assert not is_rejected([decision], "jia-2025-002", again, f"{quote}，待认定。", (earlier,))


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ("建成公园4处：东河园、西河园已建成；南河园正在施工。修路6公里：已修4公里。", True),
        ("建成公园4处：东河园、西河园已建成；南河园也已建成。修路6公里：已修2公里。", False),
        ("建成公园4处：东河园、西河园、南河园已建成。修路6公里：已修2公里。", False),
    ],
)
def test_a_count_made_by_a_person_holds_for_the_same_part(new: str, found: bool) -> None:
    old = "建成公园4处：东河园、西河园已建成；南河园正在施工。修路6公里：已修2公里。"
    last = _update(old, "东河园、西河园已建成", value="2", unit="处", basis=Basis.YEAR_TO_DATE)
    answers, _ = _read(last, new, ("4", "处"))
    assert answers == ([("2处", "东河园、西河园已建成")] if found else [])


def test_a_count_of_a_day_gone_by_does_not_hold_for_a_new_text() -> None:
    old = "6月30日建成东河园。"
    last = _update(old, "6月30日建成东河园", value="1", unit="处", basis=Basis.YEAR_TO_DATE)
    assert _read(last, f"{old}南河园正在施工。", ("4", "处"))[0] == []
    assert _read(last, old, ("4", "处"))[0] == [("1处", "6月30日建成东河园")]
