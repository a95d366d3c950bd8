"""Hints of the command line: they take candidates away, are kept, and are found again. All data invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.base.errors import IngestError, UsageError
from generator.content import Reading, ReadingHints
from generator.ingest.draft import Draft, make_draft
from generator.ingest.layout.reading_hints import make_hints, parse_range, parse_role
from generator.model import parse_period
from tests.builders import make_district

_TABLE = """甲,乙,丙,丁,戊
1,新建口袋公园5个,区城管局,已建成3个,说明一
2,改造老旧小区8个,区住建局,已改造2个,说明二
3,新增车位100个,区交警大队,已新增30个,
"""
_LINES = """新建口袋公园5个
区城管局
已建成3个。
其他工作
改造老旧小区8个
区住建局
已改造2个。
新增车位100个
区交警大队
已新增30个。
"""


def _draft(text: str, name: str, hints: ReadingHints, reading: Reading | None = None) -> Draft:
    return make_draft(
        text.encode(),
        name,
        district=make_district(),
        period=parse_period("2025Q2"),
        reading=reading or Reading(),
        hints=hints,
    )


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("progress", "progress"),
        ("进展", "progress"),
        ("单位", "department"),
        ("-", "ignore"),
        ("推进情况", "progress"),
    ],
)
def test_a_role_is_said_by_its_key_its_word_or_a_heading(word: str, role: str) -> None:
    assert parse_role(word) == role


def test_ranges_are_numbers_with_or_without_an_end() -> None:
    assert [parse_range(text) for text in ("5-40", "7", "9-3", "x")] == [(5, 40), (7, 7), None, None]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"columns": "序号,什么东西,任务"}, "没有“什么东西”这种列"),
        ({"columns": "序号,单位"}, "里没有任务列"),
        ({"rows": "四十"}, "“四十”看不懂"),
        ({"section_rows": "3,x"}, "“x”看不懂"),
    ],
)
def test_a_hint_that_nobody_understands_is_wrong_use(options: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        make_hints(**options)  # type: ignore[arg-type]  # the options of this test are texts


def test_roles_in_order_read_a_table_of_unknown_headings() -> None:
    draft = _draft(_TABLE, "a.csv", make_hints(columns="序号,任务,单位,进展"))
    assert [task.commitment for task in draft.tasks] == [
        "新建口袋公园5个",
        "改造老旧小区8个",
        "新增车位100个",
    ]
    update = draft.tasks[0].updates[0]
    assert (update.progress, update.remarks) == ("已建成3个", "戊：说明一")
    assert draft.ledger.unaccounted == 0


def test_lines_without_any_heading_are_refused_with_a_hint_and_read_with_it() -> None:
    with pytest.raises(IngestError, match="--columns"):
        _draft(_LINES, "a.txt", ReadingHints())
    draft = _draft(_LINES, "a.txt", make_hints(columns="任务,单位,进展", section_rows="4"))
    assert [task.commitment for task in draft.tasks] == [
        "新建口袋公园5个",
        "改造老旧小区8个",
        "新增车位100个",
    ]
    assert [task.section for task in draft.tasks] == [None, "其他工作", "其他工作"]
    assert draft.ledger.unaccounted == 0


def test_rows_outside_are_not_read_and_still_counted() -> None:
    draft = _draft(_TABLE, "a.csv", make_hints(columns="序号,任务,单位,进展", rows="1-3"))
    assert len(draft.tasks) == 2
    assert draft.ledger.unaccounted == 0
    assert draft.ledger.kinds["ignored"] == len("3新增车位100个区交警大队已新增30个")


@pytest.mark.parametrize("options", [{"table": 2}, {"sheet": "6月"}, {"rows": "90-99"}])
def test_what_is_not_there_cannot_be_chosen(options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        _draft(_TABLE, "a.csv", make_hints(columns="序号,任务,单位,进展", **options))  # type: ignore[arg-type]  # as above


def test_hints_are_found_again_by_the_heading_and_a_changed_one_is_told() -> None:
    said = _draft(_TABLE, "a.csv", make_hints(columns="序号,任务,单位,-,进展", rows="1-3")).hints
    assert said is not None
    assert said.heading == "甲｜乙｜丙｜丁｜戊"
    reading = Reading(layouts=(replace(said, source="sources/2025Q1.csv"),))
    again = _draft(_TABLE, "b.csv", ReadingHints(), reading)
    assert len(again.tasks) == 3, "rows hold for their own file alone"
    assert again.tasks[0].updates[0].progress == "说明一"
    other = _draft(_TABLE.replace("丁", "癸"), "b.csv", ReadingHints(), reading)
    assert any("表头和以前记下的都不一样" in str(problem.what) for problem in other.problems)


def test_the_first_named_body_leads_when_it_is_said() -> None:
    table = _TABLE.replace("区城管局", "区城管局、区财政局")
    draft = _draft(table, "a.csv", make_hints(columns="序号,任务,单位,进展", lead="first"))
    assert [str(body.role) for body in draft.tasks[0].departments] == ["lead", "joint"]
