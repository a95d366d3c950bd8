"""A fourth set of unseen layouts, drawn when the kinds of the third had been mended; all of it is invented.

The first reading was right in all rows and fields.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.sources.document.document import Paragraph, Table
from tests.layouts.fresh_tables import (
    A,
    B,
    alone,
    body_of,
    draw_page,
    joints,
    merged,
    opens_group,
    units,
    wide,
)
from tests.layouts.unseen_tables import Drawn, Spot, draw_grid, draw_text, make_file

ALL: list[Callable[[], Drawn]] = []
C = "一二三四五六七八九十"


def _draw(function: Callable[[], Drawn]) -> Callable[[], Drawn]:
    ALL.append(function)
    return function


@_draw
def policies() -> Drawn:
    head: list[Spot] = ["编号", "政策措施", "落实单位", "落地时间", "落地见效情况", "企业受益数"]
    return draw_grid(
        "d01.docx",
        "政策落地",
        [head, *body_of(A, lambda r: [r.number, r.task, units(r), r.deadline, r.progress, "23"])],
        "number task units deadline progress",
        A,
    )


@_draw
def rectification() -> Drawn:
    head: list[Spot] = ["整改任务序号", "问题表述", "整改目标", "牵头整改单位", "整改进展", "是否完成"]
    return draw_grid(
        "d02.xlsx",
        "整改台账",
        [head, *body_of(A, lambda r: [r.number, "存在短板", r.task, r.leads[0], r.progress, "否"])],
        "number units progress",
        alone(A),
    )


@_draw
def group_rows_without_number() -> Drawn:
    g: list[list[Spot]] = [["序号", "目标任务", "责任单位", "进展情况", "评价"]]
    for i, r in enumerate(A):
        if opens_group(A, i):
            g.append(["", r.group, "", "", ""])
        g.append([r.number, r.task, units(r), r.progress, r.status])
    return draw_grid("d03.xlsx", "评价", g, "number group task units progress status", A)


@_draw
def tabs_without_numbers() -> Drawn:
    lines = ["政府工作报告重点任务", "重点任务\t责任单位\t完成情况"] + [
        f"{r.task}\t{units(r)}\t{r.progress}" for r in A
    ]
    return draw_text("d04.txt", lines, "task units progress", A)


@_draw
def labelled_paragraphs() -> Drawn:
    blocks: list[Paragraph | Table | str] = ["2025年民生实事完成情况"]
    for r in B:
        blocks += [
            f"{C[int(r.number) - 1]}、{r.task}",
            "目标任务：按期完成。",
            f"完成情况：{r.progress}",
            f"责任单位：{units(r)}",
            f"联系电话：8123{r.number.zfill(4)}",
        ]
    f, d = make_file("d05.docx", blocks)
    return f, d, B, frozenset(["units", "progress"])


@_draw
def months_under_one_heading() -> Drawn:
    head: list[list[Spot]] = [
        [
            ("序号", 1, 2),
            ("内容", 1, 2),
            ("责任领导", 1, 2),
            ("责任单位", 1, 2),
            ("月度进展", 3, 1),
            None,
            None,
        ],
        [None, None, None, None, "4月", "5月", "6月"],
    ]
    return draw_grid(
        "d06.html",
        "月度",
        [*head, *body_of(B, lambda r: [r.number, r.task, r.leader, units(r), "启动", "推进", r.progress])],
        "number task leader units progress",
        B,
    )


@_draw
def indented_labels() -> Drawn:
    lines = ["上半年重点工作进展", "=" * 20]
    for r in A:
        lines += [
            f"任务{C[int(r.number) - 1]}：{r.task}",
            f"    单位：{units(r)}",
            f"    时限：{r.deadline}",
            f"    进展：{r.progress}",
            "    问题：无",
            "",
        ]
    return draw_text("d07.txt", lines, "task units deadline progress", A)


@_draw
def measures_and_coming_work() -> Drawn:
    head: list[Spot] = [
        "序号",
        "工作目标",
        "工作举措",
        "完成时限",
        "责任单位",
        "二季度工作进展",
        "三季度工作打算",
    ]
    return draw_grid(
        "d08.docx",
        "举措",
        [
            head,
            *body_of(
                A,
                lambda r: [
                    r.number,
                    r.task,
                    "强化调度，压实责任",
                    r.deadline,
                    units(r),
                    r.progress,
                    r.coming,
                ],
            ),
        ],
        "number task units deadline progress coming",
        A,
    )


@_draw
def page_with_caption() -> Drawn:
    rows = "".join(
        f"<tr><td>{r.number}</td><td>{r.task}</td><td>{units(r, '<br>')}</td><td>{r.progress}</td></tr>"
        for r in A
    )
    return draw_page(
        "d09.html",
        f"<table><caption>重点工作</caption><thead><tr><th>No</th><th>工作</th><th>单位</th><th>情况</th></tr></thead><tbody>{rows}</tbody></table>",
        "number task units progress",
        A,
    )


@_draw
def projects_by_kind() -> Drawn:
    head: list[Spot] = ["类别", "项目", "建设规模", "建设年限", "项目单位", "年度目标", "半年进度", "备注"]
    return draw_grid(
        "d10.xlsx",
        "项目",
        [
            head,
            *[
                [
                    merged(B, i),
                    f"{r.group}项目{r.number}",
                    "一期",
                    "2024-2026",
                    r.leads[0],
                    r.task,
                    r.progress,
                    "",
                ]
                for i, r in enumerate(B)
            ],
        ],
        "task units progress",
        alone(B),
    )


@_draw
def unit_first_of_all() -> Drawn:
    g: list[list[Spot]] = [[("责任单位", 1, 1), "序号", "重点任务", "目前完成情况", "自评"]]
    g += [[r.leads[0], r.number, r.task, r.progress, r.status] for r in A]
    return draw_grid("d11.html", "单位台账", g, "number task units progress status", alone(A))


@_draw
def piped_unit_first() -> Drawn:
    lines = ["|责任单位|任务|进展|"] + ["|---|---|---|"] + [f"|{units(r)}|{r.task}|{r.progress}|" for r in A]
    return draw_text("d12.md", lines, "task units progress", A)


@_draw
def prose_with_leads() -> Drawn:
    blocks: list[Paragraph | Table | str] = [
        "关于上半年工作情况的报告",
        "现将上半年重点工作推进情况报告如下：",
    ]
    for i, r in enumerate(A):
        if opens_group(A, i):
            blocks.append(f"（{C[list(dict.fromkeys(x.group for x in A)).index(r.group)]}）{r.group}")
        blocks.append(f"{r.number}．{r.task}（{r.leads[0]}牵头）。{r.progress}")
    f, d = make_file("d13.docx", blocks)
    return f, d, alone(A), frozenset(["number", "group", "units", "progress"])


@_draw
def indicators_and_last_year() -> Drawn:
    head: list[Spot] = ["序号", "指标", "年度目标", "1-6月完成", "去年同期", "增幅", "完成进度", "责任单位"]
    rows = []
    g = [head]
    for i, n in enumerate(
        [
            "粮食产量",
            "蔬菜产量",
            "生猪出栏",
            "肉蛋奶产量",
            "水产品产量",
            "用电量",
            "货运量",
            "存款余额",
            "贷款余额",
            "保费收入",
        ]
    ):
        g.append(
            [str(i + 1), n, f"{300 + i}", f"{150 + i}", f"{140 + i}", f"{i}.1%", f"{50 + i}%", A[i].leads[0]]
        )
        rows.append(replace(A[i], task=f"{n}{300 + i}", joints=(), progress=f"{150 + i}", share=f"{50 + i}%"))
    return draw_grid("d14.xlsx", "指标", g, "number task units progress share", rows)


@_draw
def cards_of_five_rows() -> Drawn:
    g: list[list[Spot]] = []
    for r in B:
        g += [
            [("任务名称", 1, 1), (r.task, 3, 1), None, None],
            ["牵头单位", r.leads[0], "配合单位", joints(r)],
            ["完成时限", r.deadline, "当前状态", r.status],
            ["进展", (r.progress, 3, 1), None, None],
            ["下步", (r.coming, 3, 1), None, None],
        ]
    return draw_grid("d15.docx", "卡片", g, "task units roles deadline status progress coming", B)


@_draw
def person_behind_the_unit() -> Drawn:
    head: list[Spot] = ["序号", "工作内容", "责任单位及责任人", "进度安排", "推进情况"]
    return draw_grid(
        "d16.docx",
        "责任",
        [head, *body_of(A, lambda r: [r.number, r.task, f"{r.leads[0]} {r.leader}", "年底完成", r.progress])],
        "number task units leader progress",
        alone(A),
    )


@_draw
def csv_with_leads() -> Drawn:
    lines = ["序号,任务,牵头单位,责任单位,进展,下一步"] + [
        f'{r.number},{r.task},{r.leads[0]},"{joints(r)}","{r.progress}",{r.coming}' for r in A
    ]
    return draw_text("d17.csv", lines, "number task units roles progress coming", A)


@_draw
def form_without_units() -> Drawn:
    g: list[list[Spot]] = [
        wide("填报单位（盖章）：区发展和改革局　　填报时间：7月2日", 5),
        ["序", "任务", "进度", "存在困难", "需区里协调解决"],
    ]
    g += [[r.number, r.task, r.progress, "无", "无"] for r in A]
    return draw_grid("d18.xlsx", "填报", g, "number task progress", A)


@_draw
def boxed_labels_on_a_page() -> Drawn:
    parts = "".join(
        f"<div class=item><p class=t>{r.number}、{r.task}</p>"
        f"<p>【责任单位】{units(r)}</p><p>【进展】{r.progress}</p></div>"
        for r in B
    )
    return draw_page(
        "d19.html",
        f"<h1>实事项目进展</h1><p>一、总体情况</p><p>上半年总体进展顺利。</p><p>二、分项情况</p>{parts}",
        "number task units progress",
        B,
    )


@_draw
def wrapped_lines() -> Drawn:
    lines = ["民生实事", "序号 实事项目 牵头部门 上半年进展"]
    for r in B:
        lines += [f"{r.number}   {r.task}   {r.leads[0]}", f"      {r.progress}"]
    return draw_text("d20.txt", lines, "number task units progress", alone(B))


@_draw
def two_levels_of_units() -> Drawn:
    head: list[Spot] = ["序号", "任务内容", "市级牵头单位", "区级责任单位", "完成情况", "得分"]
    return draw_grid(
        "d21.docx",
        "对标",
        [head, *body_of(A, lambda r: [r.number, r.task, "市发展改革委", r.leads[0], r.progress, "5"])],
        "number task progress",
        A,
    )


@_draw
def promises_and_goals() -> Drawn:
    g: list[list[Spot]] = [["序号", "民生实事", "工作目标", "推进情况", "责任单位"]]
    for i, r in enumerate(B):
        g.append([r.number, merged(B, i), r.task, r.progress, units(r)])
    return draw_grid("d22.html", "实事", g, "number group task units progress", B)
