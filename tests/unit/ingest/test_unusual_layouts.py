"""Kinds of layouts that were read wrongly when they were first seen. All data invented."""

from __future__ import annotations

import io

import openpyxl

from generator.ingest.draft import Draft, make_draft
from generator.model import parse_period
from tests.builders import make_district

_ROWS = (
    ("敷设再生水管线18公里", "区水务局", "管线敷设11.5公里", "8月底"),
    ("开办暑期托管班40个", "区教育局", "开班36个", "11月底"),
    ("复垦撂荒地1200亩", "区农业农村局", "复垦980亩", "12月底"),
)


def _draft(data: bytes, name: str) -> Draft:
    draft = make_draft(data, name, district=make_district(), period=parse_period("2025Q2"))
    assert draft.ledger.unaccounted == 0
    return draft


def _told(draft: Draft) -> list[tuple[str, str, str | None]]:
    return [(t.commitment, t.departments[0].name, t.updates[0].progress) for t in draft.tasks]


_MEANT = [(task, office, progress) for task, office, progress, _ in _ROWS]


def test_rules_around_a_table_do_not_make_its_rows_one() -> None:
    rule = "+----+----+----+----+"
    rows = [f"| {i} | {t} | {o} | {p} |" for i, (t, o, p, _) in enumerate(_ROWS, 1)]
    text = "\n".join([rule, "| 编号 | 任务描述 | 主办 | 进展速报 |", rule, *rows, rule])
    assert _told(_draft(text.encode(), "a.txt")) == _MEANT


def test_the_mark_between_two_labels_belongs_to_neither() -> None:
    lines = [
        f"{i}、{t}。牵头单位：{o}；完成时限：{d}；进展情况：{p}。" for i, (t, o, p, d) in enumerate(_ROWS, 1)
    ]
    draft = _draft("\n".join(lines).encode(), "a.txt")
    assert [task.deadline for task in draft.tasks] == ["8月底", "11月底", "12月底"]


def test_a_table_with_names_of_projects_above_is_turned() -> None:
    lines = [
        ["项目", *(r[0] for r in _ROWS)],
        ["单位", *(r[1] for r in _ROWS)],
        ["进度", *(r[2] for r in _ROWS)],
    ]
    html = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in line) + "</tr>" for line in lines)
    assert _told(_draft(f"<table>{html}</table>".encode(), "a.html")) == _MEANT


def test_labels_that_name_task_and_office_too_are_columns() -> None:
    rows = "".join(
        f"<tr><td rowspan=3>{i}</td><td>工作任务</td><td>{t}</td></tr><tr><td>承办单位</td><td>{o}</td></tr>"
        f"<tr><td>进展情况</td><td>{p}</td></tr>"
        for i, (t, o, p, _) in enumerate(_ROWS, 1)
    )
    html = f"<table><tr><td>序号</td><td>类别</td><td>内容</td></tr>{rows}</table>"
    assert _told(_draft(html.encode(), "a.html")) == _MEANT


def test_of_sheets_named_for_their_months_that_of_the_period_is_read() -> None:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for month in (4, 5, 6):
        sheet = book.create_sheet(f"{month}月")
        sheet.append(["序号", "任务", "责任单位", "进展"])
        for i, (task, office, progress, _) in enumerate(_ROWS, 1):
            sheet.append([i, task, office, progress if month == 6 else f"{month}月启动前期工作"])
    stream = io.BytesIO()
    book.save(stream)
    draft = _draft(stream.getvalue(), "a.xlsx")
    assert _told(draft) == _MEANT
    assert any("只读了“6月”" in str(problem.what) for problem in draft.problems)


def test_a_heading_of_words_that_nobody_knows_is_no_task() -> None:
    rows = [["次序", "要办的事", "谁来办", "办到哪一步"]]
    rows += [[str(i), t, o, p] for i, (t, o, p, _) in enumerate(_ROWS, 1)]
    draft = _draft("\n".join(map(",".join, rows)).encode(), "a.csv")
    assert _told(draft) == _MEANT
    assert {str(body.role) for task in draft.tasks for body in task.departments} == {"unstated"}


def test_bodies_neither_lead_nor_support_unless_the_heading_says_so() -> None:
    rows = [["谁来办", "要办的事", "次序", "办到哪一步"]]
    rows += [[o, t, str(i), p] for i, (t, o, p, _) in enumerate(_ROWS, 1)]
    draft = _draft("\n".join(map(",".join, rows)).encode(), "a.csv")
    assert _told(draft) == _MEANT
    assert {str(body.role) for task in draft.tasks for body in task.departments} == {"unstated"}
