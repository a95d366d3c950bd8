"""Word files, workbooks and pages in the shapes that offices give them. All of it is invented."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
import openpyxl

from generator.ingest.draft import Draft, make_draft
from generator.model import District, Task, parse_period

_DISTRICT = District(id="ceshi", name="测试区")
_BRIDGES = (
    "序号 | 重点任务 | 责任单位 | 进展情况 |\n"
    "1 | 建桥1座 | 区交通局 | 在建 |\n"
    "2 | 修路2条 | 区交通局 | 在建 |\n"
)


def _read(name: str, data: bytes) -> Draft:
    return make_draft(data, name, district=_DISTRICT, period=parse_period("2025Q3"))


def _word(document: docx.document.Document) -> Draft:
    out = io.BytesIO()
    document.save(out)
    return _read("table.docx", out.getvalue())


def _book(book: openpyxl.Workbook) -> Draft:
    out = io.BytesIO()
    book.save(out)
    return _read("table.xlsx", out.getvalue())


def _fill(document: docx.document.Document, rows: Sequence[Sequence[str]]) -> Any:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    return table


def _bodies(task: Task) -> list[tuple[str, str]]:
    return [(a.name, str(a.role)) for a in task.departments]


def _errors(draft: Draft) -> list[str]:
    return [p.what for p in draft.problems if p.level == "error"]


def test_cards_one_table_a_task() -> None:
    document = docx.Document()
    document.add_paragraph("2025年民生实事推进情况")
    for name, task, lead, joint, progress in (
        ("老旧小区改造", "改造老旧小区8个", "区住建局", "各街道办事处", "已完工5个。"),
        ("新增停车位", "新增停车位600个", "区城管局", "区交警大队", "已新增430个。"),
    ):
        pairs = [
            ("实事名称", name),
            ("实事内容", task),
            ("牵头单位", lead),
            ("配合单位", joint),
            ("进展情况", progress),
        ]
        _fill(document, pairs)
        document.add_paragraph("")
    draft = _word(document)
    assert [(t.section, t.commitment) for t in draft.tasks] == [
        ("老旧小区改造", "改造老旧小区8个"),
        ("新增停车位", "新增停车位600个"),
    ]
    assert _bodies(draft.tasks[0]) == [("区住建局", "lead"), ("各街道办事处", "joint")]
    assert draft.tasks[1].updates[0].progress == "已新增430个。"
    assert draft.ledger.unaccounted == 0


def test_merged_cells_hand_their_value_down() -> None:
    document = docx.Document()
    rows = [
        ("序号", "重点任务", "责任单位", "进展情况"),
        ("1", "修建步道2公里", "区园林局", "已完成1.5公里"),
        ("2", "修建驿站3处", "", "均已建成"),
        ("3", "铺设管网5公里", "区水务局、区城管局", "管网已铺设3公里，泵站已完工"),
        ("4", "改造泵站1座", "", ""),
    ]
    table = _fill(document, rows)
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(3, 2).merge(table.cell(4, 2))
    table.cell(3, 3).merge(table.cell(4, 3))
    draft = _word(document)
    assert [[name for name, _ in _bodies(t)] for t in draft.tasks] == [
        ["区园林局"],
        ["区园林局"],
        ["区水务局", "区城管局"],
        ["区水务局", "区城管局"],
    ]
    assert draft.tasks[3].updates[0].progress == "管网已铺设3公里，泵站已完工"
    assert draft.ledger.unaccounted == 0


def test_a_task_merged_over_several_lines_is_one_task() -> None:
    document = docx.Document()
    rows = [
        ("序号", "重点任务", "责任单位", "进展情况"),
        ("1", "新建基站300个、充电桩200个", "区工信局", "基站：已建成210个"),
        ("", "", "区发改局", "充电桩：已建成150个"),
        ("2", "免费培训2000人次", "区人社局", "已培训1650人次"),
    ]
    table = _fill(document, rows)
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 1).merge(table.cell(2, 1))
    draft = _word(document)
    assert [t.number for t in draft.tasks] == [1, 2]
    assert [name for name, _ in _bodies(draft.tasks[0])] == ["区工信局", "区发改局"]
    assert draft.tasks[0].updates[0].progress == "基站：已建成210个\n充电桩：已建成150个"


def test_bold_marks_the_lead_where_the_heading_says_so() -> None:
    document = docx.Document()
    table = _fill(document, [("序号", "重点任务", "责任单位（加黑为牵头单位）", "进展情况")])
    for number, task, bodies in (
        ("1", "建厂房2处", ("区投促局", "区住建局")),
        ("2", "修路3条", ("区城管局",)),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text, cells[3].text = number, task, "正在施工"
        paragraph = cells[2].paragraphs[0]
        paragraph.add_run(bodies[0]).bold = True
        paragraph.add_run("".join(f"、{body}" for body in bodies[1:]))
    draft = _word(document)
    assert _bodies(draft.tasks[0]) == [("区投促局", "lead"), ("区住建局", "joint")]
    assert _bodies(draft.tasks[1]) == [("区城管局", "lead")]


def test_bold_everywhere_marks_nobody() -> None:
    document = docx.Document()
    table = _fill(
        document, [("序号", "重点任务", "责任单位", "进展情况"), ("1", "建厂房2处", "", "正在施工")]
    )
    table.cell(1, 2).paragraphs[0].add_run("区投促局、区住建局").bold = True
    assert {role for _, role in _bodies(_word(document).tasks[0])} == {"unstated"}


def test_a_line_above_each_of_several_tables_is_their_heading() -> None:
    document = docx.Document()
    document.add_paragraph("2025年第三季度重点工作进展")
    head = ("序号", "工作任务", "责任单位", "工作进展")
    for caption, rows in (
        ("工业经济", [("1", "技改投资增长8%", "区工信局", "增长7.1%")]),
        (
            "城市建设",
            [("2", "新建公园2处", "区园林局", "已建成1处"), ("3", "改造道路4条", "区城管局", "已完工3条")],
        ),
    ):
        document.add_paragraph(caption)
        _fill(document, [head, *rows])
    draft = _word(document)
    assert [t.section for t in draft.tasks] == ["工业经济", "城市建设", "城市建设"]
    assert draft.table.title == "2025年第三季度重点工作进展"


def test_of_several_quarters_the_one_of_the_period_is_the_progress() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["序号", "重点任务", "责任单位", "各季度进展情况", None, None])
    sheet.append([None, None, None, "一季度", "二季度", "三季度"])
    sheet.merge_cells("D1:F1")
    for column in "ABC":
        sheet.merge_cells(f"{column}1:{column}2")
    sheet.append([1, "新增就业5000人", "区人社局", "新增1500人", "新增2900人", "新增4100人"])
    sheet.append([2, "改造厕所300户", "区农业农村局", "未启动", "改造100户", "改造210户"])
    draft = _book(book)
    assert [t.updates[0].progress for t in draft.tasks] == ["新增4100人", "改造210户"]
    assert "一季度：新增1500人" in (draft.tasks[0].updates[0].remarks or "")


def test_the_same_table_twice_is_an_error() -> None:
    book = openpyxl.Workbook()
    for name in ("送审稿", "定稿"):
        sheet = book.create_sheet(name)
        sheet.append(["序号", "重点任务", "责任单位", "进展情况"])
        for number, task in enumerate(("新建学校2所", "改造管网10公里", "栽树3000株", "新增床位50张"), 1):
            sheet.append([number, task, "区教育局", f"{name}正在推进"])
    assert any("出现两次" in text for text in _errors(_book(book)))


def test_what_a_breakdown_cannot_keep_is_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["序号", "目标任务", "三季度目标", "责任单位", "分管领导"])
    sheet.append([1, "新增就业5000人", "3800人", "区人社局", "王某某"])
    sheet.append([2, "建设公园2处", "主体完工", "区园林局", "李某某"])
    draft = _book(book)
    assert all(not task.updates for task in draft.tasks)
    assert draft.tasks[0].leaders == ("王某某",)
    assert any("没有地方保存" in p.what for p in draft.problems)


def test_skipped_numbers_are_told() -> None:
    draft = _read("x.txt", (_BRIDGES + "4 | 植树3千株 | 区林业局 | 已植2千株 |\n").encode())
    assert any("缺 3" in p.what for p in draft.problems)


def test_tasks_in_text_beside_the_table_are_told() -> None:
    text = _BRIDGES + "\n另有两项：\n建设公园1处（责任单位：区园林局）\n清淤河道3公里（责任单位：区水务局）\n"
    assert any("表外还有" in p.what for p in _read("x.txt", text.encode()).problems)


def test_a_column_can_be_decided_by_number_or_heading() -> None:
    text = "编码 | 甲 | 乙 | 责任单位 |\n1 | 建桥1座 | 在建 | 区交通局 |\n2 | 修路2条 | 在建 | 区交通局 |\n"
    for columns in ({"2": "task", "3": "progress"}, {"甲": "task", "乙": "progress"}):
        draft = make_draft(
            text.encode(), "x.txt", district=_DISTRICT, period=parse_period("2025Q3"), columns=columns
        )
        assert [t.commitment for t in draft.tasks] == ["建桥1座", "修路2条"]
        assert [t.updates[0].progress for t in draft.tasks] == ["在建", "在建"]
        assert {c.why for c in draft.columns[0] if c.role in ("task", "progress")} == {"option"}
