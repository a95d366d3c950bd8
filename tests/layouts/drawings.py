"""Drawings of an invented table: each gives a file name, its bytes and what a reader can know from it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import docx
import openpyxl

from tests.layouts.truth import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A file, and what can be known from it."""

    name: str
    data: bytes
    roles: bool = False
    """Lead and joint are marked."""
    sections: bool = True
    next_steps: bool = True
    progress: bool = True


def _text(name: str, lines: Sequence[str], **known: bool) -> Drawing:
    return Drawing(name=name, data="\n".join(lines).encode(), **known)


def _starts(rows: Sequence[Row], index: int) -> bool:
    return index == 0 or rows[index - 1].section != rows[index].section


_HEAD = ("序号", "重点任务", "责任单位", "推进情况", "下一步计划")


def _cells(row: Row) -> tuple[str, ...]:
    return (str(row.number), row.commitment, "、".join(row.bodies), row.progress, row.next_steps)


def pipes_closed(rows: Sequence[Row]) -> Drawing:
    """Web page saved as text: closed rows, section lines between, page furniture around."""
    lines = ["城东区2025年重点任务推进情况", "字号：", "大 中 小", "", " | ".join(_HEAD) + " |"]
    for i, row in enumerate(rows):
        lines += [f"{row.section} | | | | |"] if _starts(rows, i) else []
        lines.append(" | ".join(_cells(row)) + " |")
    return _text("closed.txt", [*lines, "扫码浏览本页内容"])


def pipes_broken(rows: Sequence[Row]) -> Drawing:
    """Cells broken over lines at any place, a row that lost its number."""
    lines = [" | ".join(_HEAD) + " |"]
    for i, row in enumerate(rows):
        number, task, bodies, progress, steps = _cells(row)
        if i == 2:
            lines.append(f"{task} | {bodies} | {progress} | {steps} | |")
        elif i % 3 == 1:
            lines += [f"{number} | {task} | {bodies} | {progress}", f"| {steps}", "|"]
        else:
            lines += [f"{number} | {task} | {bodies} |", f"{progress} | {steps} |"]
    return _text("broken.txt", lines, sections=False)


def pipes_shifted(rows: Sequence[Row]) -> Drawing:
    """A merged group column that stands only in its first row; the others shifted left."""
    lines = [" | ".join(("序号", "类别", *_HEAD[1:])) + " |"]
    for i, row in enumerate(rows):
        number, *rest = _cells(row)
        group = [row.section[2:]] if _starts(rows, i) else []
        lines.append(" | ".join([number, *group, *rest]) + " |")
    return _text("shifted.txt", lines)


def word_text(rows: Sequence[Row]) -> Drawing:
    """A Word table saved as text: one cell a line behind a tab."""
    lines = ["城东区2025年重点任务推进情况", ""]
    for cells in (_HEAD, *map(_cells, rows)):
        lines += [f"\t{cell}" for cell in cells] + [""]
    return _text("word.txt", lines, sections=False)


def one_cell_a_line(rows: Sequence[Row]) -> Drawing:
    """One cell a line with nothing around it, headings between."""
    lines = ["城东区2025年重点任务推进情况", *_HEAD]
    for i, row in enumerate(rows):
        lines += [row.section] if _starts(rows, i) else []
        lines += _cells(row)
    return _text("lines.txt", lines)


def label_lines(rows: Sequence[Row]) -> Drawing:
    """Numbered paragraphs with label lines under each."""
    lines = ["关于2025年重点任务推进情况的通报", ""]
    for i, row in enumerate(rows):
        lines += [row.section] if _starts(rows, i) else []
        lines += [f"{row.number}.{row.commitment}", f"牵头单位：{'、'.join(row.leads)}"]
        lines += [f"配合单位：{'、'.join(row.joints)}"] if row.joints else []
        lines += [f"进展情况：{row.progress}", f"下一步打算：{row.next_steps}", ""]
    return _text("labels.txt", lines, roles=True)


def brackets(rows: Sequence[Row]) -> Drawing:
    """Numbered paragraphs with the bodies in brackets; no progress."""
    lines = ["2025年重点任务分工", ""]
    for i, row in enumerate(rows):
        lines += [row.section] if _starts(rows, i) else []
        joint = f"；配合单位：{'、'.join(row.joints)}" if row.joints else ""
        lines.append(f"{row.number}. {row.commitment}（牵头单位：{'、'.join(row.leads)}{joint}）")
    return _text("brackets.txt", lines, roles=True, progress=False, next_steps=False)


def markdown_columns(rows: Sequence[Row]) -> Drawing:
    """Lead and joint columns, deadline, status, percentage and remarks; another order."""
    names = "序号 工作类别 牵头单位 责任单位 工作任务 完成时限 进展情况 进度状态 完成率 备注"
    head = f"| {' | '.join(names.split())} |"
    lines = ["# 城东区重点任务台账", "", head, "|" + "---|" * 10]
    for row in rows:
        cells = [
            str(row.number),
            row.section,
            *("<br>".join(b) for b in (row.leads, row.joints)),
            row.commitment,
        ]
        lines.append(
            "| " + " | ".join([*cells, row.deadline, row.progress, row.status, row.completion, ""]) + " |"
        )
    return _text("columns.md", lines, roles=True, next_steps=False)


def csv_gb18030(rows: Sequence[Row]) -> Drawing:
    """A spreadsheet saved as CSV in GB18030 with title row, group column and a total."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["城东区2025年重点任务推进情况表", "", "", "", "", ""])
    writer.writerow(["序号", "领域", "目标任务", "完成情况", "后续举措", "责任部门"])
    for i, row in enumerate(rows):
        group = row.section if _starts(rows, i) else ""
        writer.writerow(
            [row.number, group, row.commitment, row.progress, row.next_steps, "\n".join(row.bodies)]
        )
    writer.writerow(["合计", "", f"{len(rows)}项", "", "", ""])
    return Drawing(name="sheet.csv", data=out.getvalue().encode("gb18030"))


def tabs(rows: Sequence[Row]) -> Drawing:
    """Copied out of a spreadsheet: cells parted by tabs."""
    lines = ["\t".join(_HEAD), *("\t".join(_cells(row)) for row in rows)]
    return _text("tabs.txt", lines, sections=False)


def html_spans(rows: Sequence[Row]) -> Drawing:
    """A saved page: metadata table above, group cells over several rows, leads in bold type."""
    parts = ["<html><head><meta charset='utf-8'></head><body><p>首页 &gt; 政务公开</p>"]
    parts.append("<table><tr><td>索引号</td><td>0001</td><td>发布机构</td><td>区政府办公室</td></tr></table>")
    parts.append("<h2>城东区2025年重点任务推进情况</h2><table><tr>")
    head = ("序号", "领域", "重点任务", "推进情况", "下步打算", "责任单位（加黑为牵头单位）")
    parts += [f"<th>{h}</th>" for h in head] + ["</tr>"]
    for i, row in enumerate(rows):
        span = sum(r.section == row.section for r in rows)
        group = f"<td rowspan={span}>{row.section}</td>" if _starts(rows, i) else ""
        joint = "".join(f"<br>{escape(b)}" for b in row.joints)
        parts.append(f"<tr><td>{row.number}</td>{group}<td>{escape(row.commitment)}</td>")
        parts.append(f"<td><p>{escape(row.progress)}</p></td><td>{escape(row.next_steps)}</td>")
        parts.append(f"<td><b>{row.leads[0]}</b>{joint}</td></tr>")
    parts.append("</table><p>扫一扫在手机打开当前页</p></body></html>")
    return Drawing(name="page.html", data="".join(parts).encode(), roles=True)


def docx_sections(rows: Sequence[Row]) -> Drawing:
    """A Word table: two-line heading, section rows merged across."""
    document = docx.Document()
    document.add_paragraph("城东区2025年重点任务推进情况表")
    table = document.add_table(rows=2, cols=6)
    for column, text in enumerate(("序号", "重点任务", "责任单位", "", "推进情况", "下一步打算")):
        table.cell(0, column).text = text
    for column in (0, 1, 4, 5):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(1, 2).text, table.cell(1, 3).text = "牵头单位", "配合单位"
    for i, row in enumerate(rows):
        if _starts(rows, i):
            cells = table.add_row().cells
            cells[0].text = row.section
            cells[0].merge(cells[5])
        cells = table.add_row().cells
        texts = (
            str(row.number),
            row.commitment,
            "\n".join(row.leads),
            "\n".join(row.joints),
            row.progress,
            row.next_steps,
        )
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("注：数据由各单位提供。")
    return _saved(document, "sections.docx", roles=True)


def docx_groups(rows: Sequence[Row]) -> Drawing:
    """A Word table: a group column merged downwards, one table a page with the heading printed again."""
    document = docx.Document()
    document.add_paragraph("城东区2025年重点任务推进情况表")
    half = len(rows) // 2
    for part in (rows[:half], rows[half:]):
        table = document.add_table(rows=1, cols=6)
        for cell, text in zip(table.rows[0].cells, ("序号", "类别", *_HEAD[1:]), strict=True):
            cell.text = text
        first = None
        for i, row in enumerate(part):
            cells = table.add_row().cells
            number, task, bodies, progress, steps = _cells(row)
            for cell, text in zip(cells, (number, "", task, bodies, progress, steps), strict=True):
                cell.text = text
            if _starts(part, i):
                cells[1].text, first = row.section, cells[1]
            elif first is not None:
                first = first.merge(cells[1])
    return _saved(document, "groups.docx")


def _saved(document: docx.document.Document, name: str, **known: bool) -> Drawing:
    out = io.BytesIO()
    document.save(out)
    return Drawing(name=name, data=out.getvalue(), **known)


def xlsx_ledger(rows: Sequence[Row]) -> Drawing:
    """A workbook: title and unit rows above, merged groups, leaders, plan, percentages as numbers."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["城东区2025年重点任务台账", *[None] * 8])
    sheet.merge_cells("A1:I1")
    sheet.append(["填报单位：区政府督查室", *[None] * 8])
    sheet.append(
        [
            "序号",
            "工作类别",
            "年度目标",
            "节点目标",
            "工作进展",
            "下步计划",
            "完成比例(%)",
            "分管领导",
            "承办单位",
        ]
    )
    start = 4
    for i, row in enumerate(rows):
        bodies = "，".join(row.bodies)
        group = row.section if _starts(rows, i) else None
        done = int(row.completion.rstrip("%"))
        sheet.append(
            [
                row.number,
                group,
                row.commitment,
                "完成75%",
                row.progress,
                row.next_steps,
                done,
                row.leader,
                bodies,
            ]
        )
        if i + 1 == len(rows) or _starts(rows, i + 1):
            end = 4 + i
            sheet.merge_cells(f"B{start}:B{end}")
            start = end + 1
    sheet.append(["注：完成比例按年度目标计算。", *[None] * 8])
    out = io.BytesIO()
    book.save(out)
    return Drawing(name="ledger.xlsx", data=out.getvalue())


DRAWINGS: tuple[Callable[[Sequence[Row]], Drawing], ...] = (
    pipes_closed,
    pipes_broken,
    pipes_shifted,
    word_text,
    one_cell_a_line,
    label_lines,
    brackets,
    markdown_columns,
    csv_gb18030,
    tabs,
    html_spans,
    docx_sections,
    docx_groups,
    xlsx_ledger,
)
