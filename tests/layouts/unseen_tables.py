"""Tables of layouts that the reader was not developed with, drawn before anyone looked how they read.

All of it is invented. Each function draws ten tasks its own way and says which fields the drawing shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from generator.sources.document.document import Cell, Document, Paragraph, Table
from tests.formats.writers import WRITERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """One task as it is meant to be read."""

    number: str
    group: str
    task: str
    leads: tuple[str, ...]
    joints: tuple[str, ...]
    progress: str
    coming: str
    deadline: str
    leader: str
    status: str
    share: str


_GROUPS = ("产业升级", "城市品质", "民生改善")
_TEXTS = (
    (
        "引育链主企业3家，规上服务业营收增长9%",
        "链主企业签约2家，规上服务业营收增长8.6%",
        "盯紧在谈的1家企业",
        0,
    ),
    ("新开工标准地项目15宗", "出让标准地11宗，其中9宗开工", "再供地4宗", 0),
    ("培训技能人才4200人次", "办班38期，培训2615人次", "组织家政、电工专场", 0),
    ("打造夜间经济示范街区2条", "滨河街区开街，老厂街区装修", "做好国庆开街准备", 0),
    ("更新改造燃气管道86公里", "敷设新管61公里，置换通气44公里", "入冬前全部通气", 1),
    ("海绵化改造道路7条", "5条完工，2条摊铺面层", "同步恢复绿化", 1),
    ("增设智能垃圾分类房120处", "布点98处，投用77处", "协调物业落实剩余点位", 1),
    ("家庭医生签约率达到46%", "签约率43.8%，重点人群81.2%", "开展签约服务周", 2),
    ("改扩建乡镇敬老院4所", "2所主体封顶，2所基础施工", "加派施工力量", 2),
    ("建设社区儿童之家26个", "挂牌19个，配备社工35名", "对接高校志愿者", 2),
)
_LEADS = (
    "区工信局",
    "区自然资源局",
    "区人社局",
    "区商务局",
    "区住建局",
    "区城管局",
    "区环卫中心",
    "区卫健局",
    "区民政局",
    "区妇联",
)
_JOINTS = (
    (),
    ("区发改局",),
    ("区总工会", "团区委"),
    (),
    ("区应急局", "各街道"),
    ("区园林局",),
    (),
    ("各镇卫生院",),
    ("区财政局",),
    ("区教育局", "各社区"),
)
_DATES = (
    "12月底",
    "10月底前",
    "全年",
    "9月30日前",
    "11月底前",
    "11月底",
    "12月底前",
    "全年",
    "12月20日",
    "10月底",
)
_LEADERS = ("高某某", "宋某某", "秦某某")
_STATES = ("达序时", "达序时", "超序时", "欠序时", "达序时", "达序时", "欠序时", "达序时", "欠序时", "超序时")

ROWS = tuple(
    Meant(
        number=str(i + 1),
        group=_GROUPS[group],
        task=task,
        leads=(_LEADS[i],),
        joints=_JOINTS[i],
        progress=progress,
        coming=coming,
        deadline=_DATES[i],
        leader=_LEADERS[group],
        status=_STATES[i],
        share=f"{48 + 5 * i}%",
    )
    for i, (task, progress, coming, group) in enumerate(_TEXTS)
)

Drawn = tuple[str, bytes, tuple[Meant, ...], frozenset[str]]
"""File name, bytes, what is meant, and the fields that the drawing shows."""
Spot = str | tuple[str, int, int] | None
"""A cell: its text; text, columns and rows that it spans; None below or beside a spanning one."""
ALL: list[Callable[[], Drawn]] = []


def _draw(function: Callable[[], Drawn]) -> Callable[[], Drawn]:
    ALL.append(function)
    return function


def _cells(*texts: str) -> list[Spot]:
    return list(texts)


def _units(row: Meant, sep: str = "、") -> str:
    return sep.join((*row.leads, *row.joints))


def _joined(row: Meant, sep: str = "、") -> str:
    return sep.join(row.joints)


def make_table(grid: Sequence[Sequence[Spot]], name: str = "表1") -> Table:
    cells = []
    for r, line in enumerate(grid):
        for c, spot in enumerate(line):
            if spot is None:
                continue
            text, wide, high = spot if isinstance(spot, tuple) else (spot, 1, 1)
            cells.append(Cell(text=text, row=r, column=c, column_span=wide, row_span=high))
    return Table(cells=tuple(cells), rows=len(grid), columns=max(map(len, grid)), name=name)


def make_file(name: str, blocks: Sequence[Paragraph | Table | str]) -> tuple[str, bytes]:
    suffix = name.rpartition(".")[2]
    made = tuple(Paragraph(text=b) if isinstance(b, str) else b for b in blocks)
    return name, WRITERS[suffix](Document(name=name, format=suffix, blocks=made))


def draw_grid(
    name: str, title: str, grid: Sequence[Sequence[Spot]], fields: str, rows: Sequence[Meant] = ROWS
) -> Drawn:
    file, data = make_file(name, [title, make_table(grid)])
    return file, data, tuple(rows), frozenset(fields.split())


def draw_text(name: str, lines: Sequence[str], fields: str, rows: Sequence[Meant] = ROWS) -> Drawn:
    return name, "\n".join(lines).encode(), tuple(rows), frozenset(fields.split())


def _down(rows: Sequence[Meant], index: int) -> Spot:
    """The group cell of a row, merged down over its rows."""
    group = rows[index].group
    if index and rows[index - 1].group == group:
        return None
    return (group, 1, sum(r.group == group for r in rows))


def _late(row: Meant) -> str:
    return "是" if row.status == "欠序时" else "否"


def _starts(index: int) -> bool:
    return index == 0 or ROWS[index - 1].group != ROWS[index].group


@_draw
def plain_odd_words() -> Drawn:
    grid = [
        ["编码", "工作标的", "承接主体", "工作动态", "接续安排"],
        *([r.number, r.task, _units(r), r.progress, r.coming] for r in ROWS),
    ]
    return draw_grid("a01.xlsx", "上半年区级督办情况", grid, "number task units progress coming")


@_draw
def units_first() -> Drawn:
    grid = [
        ["责任主体", "序号", "年度目标", "达成情况"],
        *([_units(r), r.number, r.task, r.progress] for r in ROWS),
    ]
    return draw_grid("a02.docx", "目标任务达成表", grid, "number task units progress")


@_draw
def group_merged_three_high() -> Drawn:
    head: list[list[Spot]] = [
        [
            ("领域", 1, 3),
            ("序号", 1, 3),
            ("重点任务", 1, 3),
            ("责任分工", 2, 1),
            None,
            ("落实情况", 3, 1),
            None,
            None,
        ],
        [None, None, None, ("牵头", 1, 2), ("配合", 1, 2), ("工作进展", 1, 2), ("序时情况", 2, 1), None],
        [None, None, None, None, None, None, "是否达序时", "完成比例"],
    ]
    body = [
        [_down(ROWS, i), r.number, r.task, r.leads[0], _joined(r), r.progress, r.status, r.share]
        for i, r in enumerate(ROWS)
    ]
    return draw_grid(
        "a03.docx", "重点任务落实情况", [*head, *body], "number group task units roles progress status share"
    )


@_draw
def heading_spans_group_and_task() -> Drawn:
    head: list[list[Spot]] = [["序号", ("工作内容", 2, 1), None, "牵头单位", "目前成效"]]
    body: list[list[Spot]] = []
    for i, r in enumerate(ROWS):
        body.append([r.number, _down(ROWS, i), r.task, r.leads[0], r.progress])
    rows = tuple(replace(r, joints=()) for r in ROWS)
    return draw_grid(
        "a04.html", "工作内容一览", [*head, *body], "number group task units roles progress", rows
    )


@_draw
def section_rows_with_counts() -> Drawn:
    grid: list[list[Spot]] = [["序号", "任务", "单位", "完成情况", "备注"]]
    for i, r in enumerate(ROWS):
        if _starts(i):
            count = sum(x.group == r.group for x in ROWS)
            grid.append([(f"{r.group}（{count}项）", 5, 1), None, None, None, None])
        grid.append([r.number, r.task, _units(r, "\n"), r.progress, ""])
    return draw_grid("a05.docx", "区政府重点任务台账", grid, "number task units progress")


@_draw
def leader_block() -> Drawn:
    grid: list[list[Spot]] = [
        ["牵头领导", "序号", "重点事项", "主责部门", "协同部门", "推进落实", "办结时间"]
    ]
    for i, r in enumerate(ROWS):
        leader: Spot = (r.leader, 1, sum(x.group == r.group for x in ROWS)) if _starts(i) else None
        grid.append([leader, r.number, r.task, r.leads[0], _joined(r), r.progress, r.deadline])
    return draw_grid("a06.xlsx", "领导包抓事项", grid, "number leader task units roles progress deadline")


@_draw
def labels_beside() -> Drawn:
    grid: list[list[Spot]] = [["序号", "任务名称", ("推进情况", 2, 1), None, "责任单位"]]
    for r in ROWS:
        grid.append([(r.number, 1, 2), (r.task, 1, 2), "进展情况", r.progress, (_units(r), 1, 2)])
        grid.append([None, None, "下步打算", r.coming, None])
    return draw_grid("a07.docx", "推进情况表", grid, "number task units progress coming")


@_draw
def labels_inside() -> Drawn:
    grid = [
        ["序号", "工作任务", "责任单位", "进展及问题"],
        *(
            [r.number, r.task, _units(r), f"工作进展：{r.progress}。\n存在问题：无。\n下一步：{r.coming}。"]
            for r in ROWS
        ),
    ]
    rows = tuple(replace(r, progress=f"{r.progress}。", coming=f"{r.coming}。") for r in ROWS)
    return draw_grid("a08.xlsx", "任务进展", grid, "number task units progress coming", rows)


@_draw
def two_beside() -> Drawn:
    grid: list[list[Spot]] = [["序号", "任务", "单位", "进展", "序号", "任务", "单位", "进展"]]
    for left, right in zip(ROWS[:5], ROWS[5:], strict=True):
        grid.append([x for r in (left, right) for x in (r.number, r.task, _units(r), r.progress)])
    return draw_grid("a09.docx", "半年进展", grid, "number task units progress")


@_draw
def ticks_of_four() -> Drawn:
    states = ("超序时", "达序时", "欠序时", "未启动")
    head: list[list[Spot]] = [
        [
            ("序号", 1, 2),
            ("目标内容", 1, 2),
            ("责任部门", 1, 2),
            ("推进实效", 1, 2),
            ("进度评定", 4, 1),
            None,
            None,
            None,
        ],
        [None, None, None, None, *states],
    ]
    body = [
        [r.number, r.task, _units(r), r.progress, *("✓" if r.status == s else "" for s in states)]
        for r in ROWS
    ]
    return draw_grid("a10.html", "目标推进实效", [*head, *body], "number task units progress status")


@_draw
def persons_in_brackets() -> Drawn:
    grid = [
        ["序号", "重点工作", "责任单位（责任人）", "工作进度", "完成时限"],
        *([r.number, r.task, f"{r.leads[0]}（{r.leader}）", r.progress, r.deadline] for r in ROWS),
    ]
    rows = tuple(replace(r, joints=()) for r in ROWS)
    return draw_grid("a11.docx", "重点工作进度", grid, "number task units leader progress deadline", rows)


@_draw
def dittos() -> Drawn:
    grid: list[list[Spot]] = [["序号", "任务", "责任单位", "进展"]]
    rows = tuple(
        replace(r, leads=(_LEADS[0],) if i in (1, 2) else r.leads, joints=()) for i, r in enumerate(ROWS)
    )
    grid += [[r.number, r.task, "〃" if i in (1, 2) else r.leads[0], r.progress] for i, r in enumerate(rows)]
    return draw_grid("a12.xlsx", "任务进展", grid, "number task units progress", rows)


@_draw
def signatures_and_total() -> Drawn:
    grid: list[list[Spot]] = [
        [("填报单位：区政府督查室", 3, 1), None, None, ("填报日期：2025年7月3日", 2, 1), None],
        ["序号", "事项", "牵头单位", "截至目前进展", "状态"],
        *[_cells(r.number, r.task, r.leads[0], r.progress, r.status) for r in ROWS],
        [("合计", 2, 1), None, "10项", "", ""],
        [("审核人：何某某", 2, 1), None, ("制表人：杜某某", 3, 1), None, None],
    ]
    rows = tuple(replace(r, joints=()) for r in ROWS)
    return draw_grid("a13.xlsx", "督查事项统计表", grid, "number task units roles progress status", rows)


@_draw
def indicators() -> Drawn:
    grid = [["指标", "计量单位", "年度目标", "1-6月完成", "同比增长（%）", "完成率（%）", "牵头部门"]]
    rows = []
    for i in range(10):
        name, unit, goal, done = f"第{'甲乙丙丁戊己庚辛壬癸'[i]}类产品产量", "万吨", str(120 + i), str(55 + i)
        grid.append([name, unit, goal, done, f"{i - 3}.{i}", f"{40 + i}.5", _LEADS[i]])
        rows.append(replace(ROWS[i], task=f"{name}{goal}", joints=(), progress=done, share=f"{40 + i}.5"))
    return draw_grid("a14.xlsx", "主要指标完成情况", grid, "task units roles progress share", rows)


@_draw
def quarters_beside() -> Drawn:
    head: list[list[Spot]] = [
        [("序号", 1, 2), ("年度任务", 1, 2), ("责任单位", 1, 2), ("进展", 2, 1), None, ("存在困难", 1, 2)],
        [None, None, None, "一季度", "二季度", None],
    ]
    body = [[r.number, r.task, _units(r), "谋划阶段", r.progress, ""] for r in ROWS]
    return draw_grid("a15.docx", "季度进展", [*head, *body], "number task units progress")


@_draw
def no_heading() -> Drawn:
    return draw_grid(
        "a16.docx",
        "2025年任务进展",
        [[r.number, r.task, _units(r), r.progress] for r in ROWS],
        "number task units progress",
    )


@_draw
def numbers_with_prefix() -> Drawn:
    grid = [
        ["任务编号", "任务描述", "落实单位", "推进情况简述"],
        *([f"ZD-{int(r.number):02d}", r.task, _units(r, "；"), r.progress] for r in ROWS),
    ]
    return draw_grid("a17.html", "任务清单", grid, "task units progress")


@_draw
def restarting_numbers() -> Drawn:
    grid: list[list[Spot]] = [["类别", "序号", "任务内容", "责任单位", "工作开展情况"]]
    for i, r in enumerate(ROWS):
        n = [x for x in ROWS if x.group == r.group].index(r) + 1
        grid.append([_down(ROWS, i), str(n), r.task, _units(r), r.progress])
    return draw_grid("a18.xlsx", "任务台账", grid, "group task units progress")


@_draw
def repeated_heading() -> Drawn:
    head: list[Spot] = ["序号", "主要任务", "责任单位", "推进情况", "后续举措"]
    grid: list[list[Spot]] = [head]
    for i, r in enumerate(ROWS):
        if i in (4, 8):
            grid.append(list(head))
        grid.append([r.number, r.task, _units(r), r.progress, r.coming])
    return draw_grid("a19.docx", "任务推进情况", grid, "number task units progress coming")


@_draw
def cards_one_a_table() -> Drawn:
    blocks: list[Paragraph | Table | str] = ["重点事项进展卡"]
    for r in ROWS:
        grid: list[list[Spot]] = [
            ["事项", (r.task, 3, 1), None, None],
            ["牵头单位", r.leads[0], "完成时限", r.deadline],
            ["工作进展", (r.progress, 3, 1), None, None],
            ["下步安排", (r.coming, 3, 1), None, None],
        ]
        blocks += [f"第{r.number}项", make_table(grid)]
    file, data = make_file("a20.docx", blocks)
    rows = tuple(replace(r, joints=()) for r in ROWS)
    return file, data, rows, frozenset(["task", "units", "progress", "coming", "deadline"])


@_draw
def transposed() -> Drawn:
    grid = [
        ["序号", *(r.number for r in ROWS)],
        ["任务", *(r.task for r in ROWS)],
        ["责任单位", *(_units(r) for r in ROWS)],
        ["进展情况", *(r.progress for r in ROWS)],
    ]
    return draw_grid("a21.xlsx", "进展", grid, "number task units progress")


@_draw
def second_table_of_contacts() -> Drawn:
    grid = [
        ["序号", "任务", "责任单位", "进展情况"],
        *([r.number, r.task, _units(r), r.progress] for r in ROWS),
    ]
    other = make_table(
        [["单位", "联系人", "电话"], ["区工信局", "孙某某", "61112233"], ["区民政局", "胡某某", "61445566"]]
    )
    file, data = make_file("a22.docx", ["任务进展", make_table(grid), "附：联系方式", other])
    return file, data, ROWS, frozenset(["number", "task", "units", "progress"])


@_draw
def three_tables_by_group() -> Drawn:
    blocks: list[Paragraph | Table | str] = ["2025年上半年任务完成情况"]
    for k, group in enumerate(_GROUPS):
        grid = [
            ["序号", "任务内容", "承办单位", "完成情况"],
            *([r.number, r.task, _units(r), r.progress] for r in ROWS if r.group == group),
        ]
        blocks += [f"{'一二三'[k]}、{group}", make_table(grid)]
    file, data = make_file("a23.html", blocks)
    return file, data, ROWS, frozenset(["number", "group", "task", "units", "progress"])


@_draw
def status_only() -> Drawn:
    grid = [
        ["序号", "任务", "责任单位", "办理情况"],
        *([r.number, r.task, _units(r), r.status] for r in ROWS),
    ]
    rows = tuple(replace(r, progress=r.status) for r in ROWS)
    return draw_grid("a24.docx", "办理情况", grid, "number task units progress", rows)


@_draw
def money_projects() -> Drawn:
    grid = [
        [
            "序号",
            "项目",
            "建设内容及规模",
            "总投资（亿元）",
            "今年计划投资（亿元）",
            "已完成投资（亿元）",
            "工程形象",
            "业主",
            "包保领导",
        ]
    ]
    for i, r in enumerate(ROWS):
        grid.append(
            [
                r.number,
                f"{'东西南北中'[i % 5]}{'湖山河'[i % 3]}项目",
                r.task,
                f"{i + 2}.5",
                f"{i + 1}.2",
                f"0.{i + 1}",
                r.progress,
                r.leads[0],
                r.leader,
            ]
        )
    rows = tuple(replace(r, joints=()) for r in ROWS)
    return draw_grid("a25.xlsx", "重大项目", grid, "number task units leader progress", rows)


@_draw
def last_year_column() -> Drawn:
    grid = [
        ["序号", "任务目标", "责任单位", "去年同期", "今年完成", "备注"],
        *([r.number, r.task, _units(r), f"同期{i + 3}处", r.progress, ""] for i, r in enumerate(ROWS)),
    ]
    return draw_grid("a26.docx", "同期对比", grid, "number task units progress")


@_draw
def english_and_chinese() -> Drawn:
    grid = [
        ["No.", "任务 Task", "责任单位 Unit", "进展 Progress", "下一步 Next"],
        *([r.number, r.task, _units(r), r.progress, r.coming] for r in ROWS),
    ]
    return draw_grid("a27.xlsx", "Task list", grid, "number task units progress coming")


@_draw
def unit_behind_the_task() -> Drawn:
    grid = [
        ["序号", "任务（责任单位）", "进展情况"],
        *([r.number, f"{r.task}（{r.leads[0]}）", r.progress] for r in ROWS),
    ]
    rows = tuple(replace(r, joints=(), task=f"{r.task}（{r.leads[0]}）") for r in ROWS)
    return draw_grid("a28.docx", "任务进展", grid, "number task units progress", rows)


@_draw
def notes_above_and_below() -> Drawn:
    grid: list[list[Spot]] = [
        [("2025年第二季度重点任务推进表", 5, 1), None, None, None, None],
        [("（数据截至6月30日）", 5, 1), None, None, None, None],
        ["序号", "重点任务", "责任单位", "推进情况", "完成时限"],
        *[_cells(r.number, r.task, _units(r), r.progress, r.deadline) for r in ROWS],
        [("说明：1.排名第一的为牵头单位。2.数据未经审计。", 5, 1), None, None, None, None],
    ]
    rows = ROWS
    return draw_grid("a29.xlsx", "附件2", grid, "number task units progress deadline", rows)


@_draw
def leads_over_the_table() -> Drawn:
    grid: list[list[Spot]] = [["序号", "工作任务", "推进情况", "下步工作"]]
    for r in ROWS:
        grid.append([(r.leads[0], 4, 1), None, None, None])
        grid.append([r.number, r.task, r.progress, r.coming])
    rows = tuple(replace(r, joints=()) for r in ROWS)
    return draw_grid("a30.docx", "各部门任务", grid, "number task units progress coming", rows)


@_draw
def csv_blank_group() -> Drawn:
    lines = ["类别,序号,任务,单位,进展,是否滞后"]
    lines += [
        f"{r.group if _starts(i) else ''},{r.number},{r.task},{_units(r)},{r.progress},{_late(r)}"
        for i, r in enumerate(ROWS)
    ]
    return draw_text("a31.csv", lines, "number group task units progress")


@_draw
def md_bold_leads() -> Drawn:
    lines = ["| 序号 | 任务 | 责任单位（加粗为牵头） | 进展 |", "|---|---|---|---|"]
    lines += [
        f"| {r.number} | {r.task} | {'、'.join([f'**{r.leads[0]}**', *r.joints])} | {r.progress} |"
        for r in ROWS
    ]
    rows = ROWS
    return draw_text("a32.md", lines, "number task units progress", rows)


@_draw
def lines_of_cells() -> Drawn:
    lines = ["上半年重点工作推进一览", "", "序号", "重点工作", "牵头单位", "配合单位", "推进成效"]
    for r in ROWS:
        lines += [r.number, r.task, r.leads[0], *r.joints, r.progress]
    return draw_text("a33.txt", lines, "number task units roles progress")


@_draw
def lines_without_numbers() -> Drawn:
    lines = ["半年盘点", "工作任务", "责任部门", "工作实绩", "下步措施"]
    for r in ROWS:
        lines += [f"{r.task}。", r.leads[0], f"{r.progress}。", f"{r.coming}。"]
    rows = tuple(
        replace(r, joints=(), task=f"{r.task}。", progress=f"{r.progress}。", coming=f"{r.coming}。")
        for r in ROWS
    )
    return draw_text("a34.txt", lines, "task units progress coming", rows)


@_draw
def spaced_lines() -> Drawn:
    lines = ["序号  任务内容  责任单位  进展情况"]
    lines += [f"{r.number}  {r.task}  {_units(r)}  {r.progress}" for r in ROWS]
    return draw_text("a35.txt", lines, "number task units progress")


@_draw
def piped_and_shifted() -> Drawn:
    lines = ["序号 | 板块 | 任务 | 牵头部门 | 工作进展 |"]
    for i, r in enumerate(ROWS):
        cells = [r.number, *([r.group] if _starts(i) else []), r.task, r.leads[0], r.progress]
        lines.append(" | ".join(cells) + " |")
    rows = tuple(replace(r, joints=()) for r in ROWS)
    return draw_text("a36.txt", lines, "number group task units roles progress", rows)


@_draw
def bullets_with_labels() -> Drawn:
    lines = ["2025年上半年工作进展"]
    for r in ROWS:
        lines += [
            f"{r.number}、{r.task}。",
            f"　　牵头部门：{r.leads[0]}",
            f"　　进展：{r.progress}。",
            f"　　计划：{r.coming}。",
        ]
    rows = tuple(replace(r, joints=(), task=f"{r.task}。", progress=f"{r.progress}。") for r in ROWS)
    return draw_text("a37.txt", lines, "number task units roles progress", rows)


@_draw
def prose_with_brackets() -> Drawn:
    lines = ["政府工作报告任务分解及进展", "一、总体任务"]
    lines += [
        f"（{'一二三四五六七八九十'[i]}）{r.task}。（责任单位：{_units(r)}）目前，{r.progress}。"
        for i, r in enumerate(ROWS)
    ]
    rows = tuple(replace(r, task=f"{r.task}。", progress=f"目前，{r.progress}。") for r in ROWS)
    return draw_text("a38.txt", lines, "task units progress", rows)


@_draw
def tabs() -> Drawn:
    lines = [
        "序号\t督办事项\t承办部门\t办理进度\t完成率",
        *("\t".join([r.number, r.task, _units(r), r.progress, r.share]) for r in ROWS),
    ]
    return draw_text("a39.txt", lines, "number task units progress share")


@_draw
def second_line_of_units() -> Drawn:
    head: list[list[Spot]] = [
        ["序号", "重点任务", ("责任单位", 2, 1), None, "完成情况"],
        ["", "", "主办", "协办", ""],
    ]
    body = [[r.number, r.task, r.leads[0], _joined(r), r.progress] for r in ROWS]
    return draw_grid("a40.xlsx", "完成情况", [*head, *body], "number task units roles progress")


@_draw
def task_split_by_goal() -> Drawn:
    grid = [
        ["序号", "工作项目", "具体目标", "责任单位", "上半年完成情况", "自评"],
        *([r.number, f"{r.group}工程", r.task, _units(r), r.progress, r.status] for r in ROWS),
    ]
    return draw_grid("a41.docx", "目标管理", grid, "number units progress status")


@_draw
def problems_between() -> Drawn:
    grid = [
        ["序号", "工作任务", "进展情况", "存在的主要问题及原因", "下一步工作打算", "责任领导", "责任单位"],
        *(
            [r.number, r.task, r.progress, "人手不足" if i % 3 == 0 else "", r.coming, r.leader, _units(r)]
            for i, r in enumerate(ROWS)
        ),
    ]
    return draw_grid("a42.html", "问题清单", grid, "number task units leader progress coming")
