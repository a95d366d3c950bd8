"""Small parts of the reading: numbers, contacts, headings, rows that lost a cell."""

from __future__ import annotations

import pytest

from generator.base.errors import IngestError
from generator.ingest.draft import make_draft
from generator.ingest.layout.cell_alignment import fit_row
from generator.ingest.layout.contacts import read_contacts
from generator.ingest.layout.heading_roles import ColumnRole, heading_role
from generator.ingest.layout.row_numbers import is_number, make_numbers, number_value
from generator.ingest.layout.stated_periods import check_period
from generator.ingest.layout.unruled_table import is_glued_heading, spread_lines
from generator.model import District, parse_period

R = ColumnRole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("01", 1),
        ("3、", 3),
        ("（四）", 4),
        ("十二", 12),
        ("二十一", 21),
        ("⑫", 12),
        ("１５", 15),
        ("1-2", None),
    ],
)
def test_printed_numbers(text: str, value: int | None) -> None:
    assert is_number(text)
    assert number_value(text) == value


def test_lost_numbers_are_inferred_from_their_neighbours() -> None:
    numbers = make_numbers(["1", "", "3", ""])
    assert [(n.value, n.inferred) for n in numbers] == [(1, False), (2, True), (3, False), (4, True)]


def test_restarted_numbers_are_counted_through_and_kept() -> None:
    numbers = make_numbers(["1", "2", "1", "2"])
    assert [(n.value, n.printed) for n in numbers] == [(1, None), (2, None), (3, "1"), (4, "2")]


def test_a_lost_number_never_takes_one_that_is_printed() -> None:
    values = [n.value for n in make_numbers(["1", "2", "", "3"])]
    assert len(set(values)) == 4
    assert values[:2] == [1, 2]
    assert values[3] == 3


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("甲局一科51800001乙局二科 51800002", [("甲局一科", ("51800001",)), ("乙局二科", ("51800002",))]),
        ("甲局 51800001 51800002", [("甲局", ("51800001", "51800002"))]),
        ("甲局 一科51800001 二科51800002", [("甲局一科", ("51800001",)), ("二科", ("51800002",))]),
        ("综合科：0531-51800001转12", [("综合科", ("0531-51800001转12",))]),
        ("51800001", [("", ("51800001",))]),
        ("甲局", [("甲局", ())]),
        ("", []),
    ],
)
def test_offices_and_phones_come_apart(text: str, contacts: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(c.office, c.phones) for c in read_contacts(text)] == contacts


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("序 号", R.NUMBER),
        ("责任单位(加黑为牵头单位)", R.DEPARTMENT),
        ("牵头责任单位", R.LEAD),
        ("协同责任单位", R.JOINT),
        ("任务目标完成情况", R.PROGRESS),
        ("目标完成情况", R.STATUS),
        ("形象进度(%)", R.COMPLETION),
        ("一季度目标", R.PLAN),
        ("下步打算", R.NEXT_STEPS),
        ("进展情况及下一步计划", R.PROGRESS),
        ("監督科室 監督電話", R.CONTACT),
        ("起止年限", R.DEADLINE),
        ("实事名称", R.GROUP),
        ("所属模块", R.GROUP),
        ("三级指标", R.TASK),
        ("督办事项", R.TASK),
        ("任务及责任单位", R.TASK),
        ("市级牵头单位", R.LEAD),
        ("配合处室", R.JOINT),
        ("责任镇街", R.DEPARTMENT),
        ("总投资（万元）", R.REMARKS),
        ("未达序时原因", R.REMARKS),
        ("下半年进展情况", R.PROGRESS),
        ("下半年工作计划", R.NEXT_STEPS),
        ("工作进展及成效", R.PROGRESS),
        ("截至9月底", R.PROGRESS),
        ("是否按时办结", R.STATUS),
        ("进展类别", R.STATUS),
        ("占全年目标（%）", R.COMPLETION),
        ("目标完成时间", R.DEADLINE),
        ("四季度工作打算", R.PLAN),
        ("新增城镇就业2万人。", None),
    ],
)
def test_headings_name_their_column(text: str, role: ColumnRole | None) -> None:
    assert heading_role(text) is role


def test_a_row_that_lost_its_number_moves_to_where_it_fits() -> None:
    roles = [R.NUMBER, R.TASK, R.DEPARTMENT, R.PROGRESS]
    cells = ["新建公园2处", "区园林局", "已建成1处。", ""]
    path, _ = fit_row(cells, roles, group=False)
    assert path[:3] == (1, 2, 3)


def test_a_group_without_a_column_stands_before_the_task() -> None:
    roles = [R.NUMBER, R.TASK, R.DEPARTMENT, R.PROGRESS]
    cells = ["城市更新", "新建公园2处、改造道路3条", "区园林局", "已建成1处。"]
    path, _ = fit_row(cells, roles, group=True)
    assert path == (4, 1, 2, 3)


def test_lines_share_a_column_where_they_have_to() -> None:
    roles = [R.NUMBER, R.TASK, R.DEPARTMENT, R.PROGRESS]
    texts = ["1", "新建公园2处", "区园林局", "区城管局", "已建成1处。", "另1处正在施工。"]
    assert spread_lines(texts, roles) == (0, 1, 2, 2, 3, 3)


def test_glued_headings_are_seen() -> None:
    assert is_glued_heading("序号重点任务责任单位推进情况")
    assert not is_glued_heading("2025年重点任务推进情况")
    assert not is_glued_heading("责任单位")


def test_a_title_of_another_period_is_told() -> None:
    period = parse_period("2025Q3")
    assert not check_period("2025年三季度重点任务", period, ())
    assert not check_period("2025年1-9月重点任务", period, ())
    assert check_period("2025年上半年重点任务", period, ())
    assert check_period("2024年三季度重点任务", period, ())


def test_more_rows_than_any_table_has_are_refused() -> None:
    rows = ["序号,重点任务,责任单位", *(f"{i},新建公园,区园林局" for i in range(1, 20_001))]
    with pytest.raises(IngestError, match="文件里有 20001 行文字，超过上限 20000 行"):
        make_draft(
            "\n".join(rows).encode(),
            "x.csv",
            district=District(id="ceshi", name="测试区"),
            period=parse_period("2025Q1"),
        )
