"""history: differences, repetition, empty phrases, dates gone by, ledger, records. All data invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.figures import (
    Change,
    ChangedPart,
    DistrictReport,
    Repeat,
    Reported,
    check_history,
    compare_texts,
    find_past_dates,
    find_repeat,
    make_change_sets,
    make_ledger,
    period_record,
    says_nothing,
)
from generator.model import (
    District,
    Former,
    Task,
    Update,
    parse_period,
)
from tests.builders import make_department, make_district, make_task, make_update, report_of

BODY, OTHER = make_department("区测试局", "qu-ce-shi-ju"), make_department("区试验局", "qu-shi-yan-ju")


def told(number: int, *updates: Update, department: str = BODY.name) -> Task:
    return make_task(number, f"任务{number}。", departments=(department,), updates=updates)


def district_of(*tasks: Task) -> District:
    return make_district(*tasks, departments=(BODY, OTHER))


def computed(district: District) -> DistrictReport:
    return report_of(district).districts[0]


TEXT = st.text(st.sampled_from("已完成公园2处，正在5.5%施。工a "), max_size=40)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TEXT, TEXT)
def test_a_difference_loses_no_character(old: str, new: str) -> None:
    pieces = compare_texts(old, new)
    assert "".join(p.text for p in pieces if p.part is not ChangedPart.ADDED) == old
    assert "".join(p.text for p in pieces if p.part is not ChangedPart.GONE) == new


def test_a_number_is_never_cut_in_two() -> None:
    pieces = compare_texts("新增就业5200人。", "新增就业11000人。")
    assert [(p.part.value, p.text) for p in pieces] == [
        ("same", "新增就业"),
        ("gone", "5200"),
        ("added", "11000"),
        ("same", "人。"),
    ]


LONG = "组织民警走进学校开展宣讲，发放宣传材料3000份，师生反响良好，家长普遍支持，下一步将继续扩大覆盖面。"


@pytest.mark.parametrize(
    ("old", "new", "repeat"),
    [
        (LONG, LONG, Repeat.EQUAL),
        (LONG, LONG.replace("，", ","), Repeat.EQUAL),
        ("截至3月底，" + LONG, "截至6月底，" + LONG, Repeat.NEARLY),
        (LONG, LONG.replace("普遍", "一致"), Repeat.NEARLY),
        (LONG, LONG.replace("3000", "5000"), Repeat.NO),
        (LONG, "已经完成。", Repeat.NO),
        ("暂无具备条件的地块。", "前三季度，暂无具备条件的地块。", Repeat.NEARLY),
        ("1-6月份，" + LONG, "2025年1-9月份，" + LONG, Repeat.NEARLY),
        (LONG + "正在办理手续。", LONG + "手续齐全。", Repeat.NO),
        (LONG * 4, LONG * 4 + "项目开工。", Repeat.NO),
        (LONG * 4 + "公园开放。", LONG * 4, Repeat.NO),
        (LONG.replace("师生", "学校已开工，师生"), LONG.replace("师生", "学校已完工，师生"), Repeat.NO),
        (LONG + "9月底前完工。", LONG + "12月底前完工。", Repeat.NO),
        (LONG + "4月9日召开会议。", LONG + "7月9日召开会议。", Repeat.NO),
        (None, LONG, Repeat.NO),
        ("", "", Repeat.NO),
    ],
)
def test_repetition(old: str | None, new: str | None, repeat: Repeat) -> None:
    assert find_repeat(old, new) is repeat


@pytest.mark.parametrize(
    "text", ["按计划推进中。", "正在有序推进。", "各项工作按照序时进度稳步推进", "无", "正常推进"]
)
def test_a_phrase_without_content(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text", ["", None, "已完成。", "正在推进主体施工。", "项目已开工，正在有序推进。", "完成招标"]
)
def test_a_text_with_content(text: str | None) -> None:
    assert not says_nothing(text)


def test_dates_gone_by() -> None:
    as_of = dt.date(2025, 6, 30)
    text = "5月底前完成招标，2025年3月10日前开工，9月底前完工；1-6月份完成投资，自3月底起统计，6月底前验收。"
    assert [(p.words, p.last_day.isoformat()) for p in find_past_dates(text, 2025, as_of)] == [
        ("5月底前", "2025-05-31"),
        ("2025年3月10日前", "2025-03-10"),
    ]
    assert find_past_dates(None, 2025, as_of) == ()


def test_change_sets_and_the_frozen_record() -> None:
    first = told(1, make_update("2025Q1", "已开工。"), make_update("2025H1", "已完工。"))
    gone = told(2, make_update("2025Q1", "已开工。"))
    same = told(3, make_update("2025Q1", LONG), make_update("2025H1", LONG))
    new = told(4, make_update("2025H1", "新任务。"))
    district = district_of(first, gone, same, new)
    found = make_change_sets(computed(district))
    changes = found[parse_period("2025H1")]
    assert [(t.id[-1], sorted(c.value for c in t.changes), t.has_news) for t in changes.tasks] == [
        ("1", ["progress"], True),
        ("3", ["repeated"], False),
        ("4", ["new"], True),
        ("2", ["gone"], True),
    ]
    assert len(changes.having(Change.GONE)) == 1
    before = computed(
        district_of(replace(first, updates=first.updates[:1]), gone, replace(same, updates=same.updates[:1]))
    )
    after = computed(district)
    assert period_record(before.overviews[0]) == period_record(after.overviews[0])
    assert period_record(after.overviews[0]) != period_record(after.overviews[1])


def test_a_reworded_task_is_compared_with_its_words_of_then() -> None:
    old = replace(make_update("2025Q1", "已开工。"), former=Former(commitment="旧任务。", number=9))
    task = told(1, old, make_update("2025H1", "已完工。"))
    changes = make_change_sets(computed(district_of(task)))[parse_period("2025H1")].tasks[0]
    assert {Change.REWORDED, Change.RENUMBERED} <= changes.changes
    assert changes.before is not None
    assert changes.before.task.commitment == "旧任务。"


def test_the_ledger_calls_nothing_new_without_a_period_before() -> None:
    tasks = (
        told(1, make_update("2025Q1", "已开工。"), make_update("2025H1", "已完工。")),
        told(2, make_update("2025Q1", LONG), make_update("2025H1", LONG), department=OTHER.name),
        told(3, make_update("2025H1", None)),
    )
    ledger = make_ledger(computed(district_of(*tasks)))
    cells = {row.department.name: [c.reported for c in row.cells] for row in ledger.rows}
    assert cells == {
        BODY.name: [Reported.FIRST, Reported.NEWS],
        OTHER.name: [Reported.FIRST, Reported.REPEATED],
    }
    assert ledger.rows[0].cells[1].reporting == 1
    assert ledger.rows[0].cells[1].tasks == 2


def test_the_clerk_is_told_of_the_newest_period_alone() -> None:
    tasks = (
        told(1, make_update("2025Q1", "按计划推进中。"), make_update("2025H1", "已完工。")),
        told(2, make_update("2025Q1", LONG), make_update("2025H1", LONG, "3月底前完成。")),
        told(3, make_update("2025Q1", "正常推进。")),
    )
    problems = check_history(district_of(*tasks), dt.date(2025, 7, 1))
    assert [(str(p.place), p.level) for p in problems] == [("content/ceshi/2025/002.yaml", "warning")] * 2
    assert check_history(district_of(*tasks), dt.date(2025, 5, 1)) != problems


def test_findings_of_a_kind_are_one_warning_unless_asked_for() -> None:
    again = (make_update("2025Q1", LONG, "继续。"), make_update("2025H1", LONG, "抓紧。"))
    tasks = (
        *(told(n, *again) for n in (1, 2, 3, 7)),
        told(8, make_update("2025H1", "按计划推进中。")),
    )
    gathered = check_history(district_of(*tasks), dt.date(2025, 7, 1))
    assert [str(p.place) for p in gathered] == ["content/ceshi", "content/ceshi/2025/008.yaml"]
    assert "2025H1 progress: 4 项与上期的文字相同：第 1–3、7 项" in gathered[0].what
    assert "--verbose" in (gathered[0].hint or "")
    listed = check_history(district_of(*tasks), dt.date(2025, 7, 1), verbose=True)
    assert [p.place.file[-8:-5] for p in listed] == ["001", "002", "003", "007", "008"]
