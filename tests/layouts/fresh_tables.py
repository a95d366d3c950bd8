"""A second set of unseen layouts, in words that the lexicon lacks, drawn before a first reading.

The first reading found 410 of 440 rows, 89 % of the fields, and was wrong without a word in 32 fields.

All of it is invented. Each function draws ten tasks its own way and says which fields the drawing shows.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import openpyxl

from generator.sources.document.document import Document, Paragraph, Table
from tests.formats.writers import write_pdf_by_chromium
from tests.layouts.unseen_tables import Drawn, Meant, Spot, draw_grid, draw_text, make_file, make_table

ALL: list[Callable[[], Drawn]] = []


def _draw(function: Callable[[], Drawn]) -> Callable[[], Drawn]:
    ALL.append(function)
    return function


_REPORT = """
壮大实体|规上工业增加值增长7.5%左右，培育“小巨人”企业2家|区工业和信息化局|区科技局、经济开发区管委会|1—6月规上工业增加值增长7.1%。新获评“小巨人”企业1家，另有3家通过省级初审。|对3家后备企业“一企一策”辅导，8月组织现场评审。|2025年12月|尤某某|正常|60%
壮大实体|社会消费品零售总额突破210亿元|区商务局||上半年实现零售额103.6亿元，同比增长5.4%；发放消费券1200万元。|开展金秋购物季，新引进首店6家。|2025年12月|尤某某|正常|49.3%
壮大实体|高新技术企业总数达到165家|区科学技术局|区税务局|第一批申报31家已上报，现有有效期内高企148家。|做好第二批、第三批申报辅导。|2025年11月|尤某某|滞后|89.7%
宜居城区|打通育英路、清源街等断头路5条|区住房和城乡建设局|区自然资源局、滨湖街道|育英路、清源街已通车；其余3条中2条在做水稳层，1条正在征拆。|督促剩余地块8月底前完成征拆。|2025年10月|邱某某|滞后|40%
宜居城区|改造背街小巷22条，整治雨污混接点140处|区综合行政执法局|各街道办事处|背街小巷完工13条；混接点整治96处。|抢抓晴好天气，确保9月完工。|2025年9月|邱某某|正常|68.6%
宜居城区|新增绿化面积18万平方米、口袋公园7个|区园林管理服务中心||新增绿化11.2万平方米，建成口袋公园4个，2个在建，1个完成设计。|加快在建公园苗木栽植。|2025年11月|邱某某|正常|62.2%
宜居城区|细颗粒物平均浓度控制在38微克/立方米以内|市生态环境局东湖分局|区住房和城乡建设局、区交警大队|上半年平均浓度39.4微克/立方米，同比改善3.2%。|推进重点行业深度治理，强化工地扬尘管控。|全年|邱某某|滞后|—
幸福民生|城镇新增就业8500人以上|区人力资源和社会保障局|区总工会|城镇新增就业4976人，完成年度目标的58.5%，零就业家庭动态清零。|举办高校毕业生专场招聘会10场。|2025年12月|庞某某|正常|58.5%
幸福民生|新增普惠托位600个、公办幼儿园学位1080个|区教育体育局|区卫生健康局|新增托位412个；4所幼儿园中3所完成竣工验收，1所正在内装。|确保秋季学期全部投用。|2025年8月|庞某某|正常|70%
幸福民生|城乡低保标准提高到每人每月1040元|区民政局||新标准自4月1日起执行，已惠及2316户3408人。|做好动态核查，应保尽保。|2025年6月|庞某某|完成|100%
"""
_PROMISES = """
暖心服务|为6000名适龄女生免费接种疫苗|区卫生健康局|区教育体育局|已完成两剂次接种4127人。|安排暑期集中接种。|11月底|庞某某|推进中|68.8%
暖心服务|建设老年助餐点15处，年服务20万人次|区民政局|各镇街|建成助餐点11处，服务9.3万人次。|剩余4处8月投入运营。|10月底|庞某某|推进中|73.3%
暖心服务|为1200户困难老人家庭实施适老化改造|区民政局|区残联|完成入户评估1200户，施工829户。|9月底前全部完工。|9月底|庞某某|推进中|69.1%
安居乐业|加装住宅电梯80部|区住房和城乡建设局|区市场监管局、供电公司|开工63部，竣工41部。|加强质量监督，年底前竣工。|12月底|邱某某|推进中|51.3%
安居乐业|新增机动车停车泊位3000个，其中公共泊位900个|区城市管理局|区交警大队|新增泊位1875个，其中公共泊位620个。|推进学校、医院周边挖潜增位。|12月底|邱某某|推进中|62.5%
安居乐业|改造老旧供水管网30公里|区水务局|水务集团|改造管网21.4公里，受益居民5600户。|同步做好路面恢复。|10月底|邱某某|推进中|71.3%
畅行文旅|新改建农村公路26公里|区交通运输局|各镇|完成路基26公里、路面14.5公里。|7月中旬转入附属设施施工。|9月底|尤某某|推进中|55.8%
畅行文旅|优化公交线路6条，新购新能源公交车40辆|公交公司|区交通运输局|线路优化全部完成，车辆已招标。|10月车辆到位。|10月底|尤某某|推进中|50%
畅行文旅|举办“周末大舞台”演出100场|区文化和旅游局||演出57场，线上线下观众23万人次。|排好三季度演出档期。|12月底|尤某某|推进中|57%
畅行文旅|24小时城市书房达到12座|区图书馆|各街道|新开放3座，累计10座。|湖滨、学府两座9月开馆。|9月底|尤某某|推进中|83.3%
"""


def rows_of(text: str) -> tuple[Meant, ...]:
    keys = ["group", "task", "leads", "joints", "progress", "coming", "deadline", "leader", "status", "share"]
    found = []
    for n, line in enumerate(text.strip().split("\n"), 1):
        said = dict(zip(keys, line.split("|"), strict=True))
        leads, joints = said.pop("leads"), said.pop("joints")
        units = {"leads": (leads,), "joints": tuple(joints.split("、")) if joints else ()}
        found.append(Meant(number=str(n), **units, **said))  # type: ignore[arg-type]
    return tuple(found)


A = rows_of(_REPORT)
B = rows_of(_PROMISES)


def units(row: Meant, sep: str = "、") -> str:
    return sep.join((*row.leads, *row.joints))


def joints(row: Meant, sep: str = "、") -> str:
    return sep.join(row.joints)


def alone(rows: Sequence[Meant]) -> tuple[Meant, ...]:
    return tuple(replace(r, joints=()) for r in rows)


def opens_group(rows: Sequence[Meant], index: int) -> bool:
    return index == 0 or rows[index - 1].group != rows[index].group


def merged(rows: Sequence[Meant], index: int, field: str = "group") -> Spot:
    """A cell merged down over the rows that say the same."""
    value = getattr(rows[index], field)
    if index and getattr(rows[index - 1], field) == value:
        return None
    high = next((k for k in range(index, len(rows)) if getattr(rows[k], field) != value), len(rows)) - index
    return (value, 1, high)


def wide(text: str, width: int) -> list[Spot]:
    return [(text, width, 1), *[None] * (width - 1)]


def body_of(rows: Sequence[Meant], line: Callable[[Meant], Sequence[Spot]]) -> list[list[Spot]]:
    return [list(line(r)) for r in rows]


def _pdf(name: str, title: str, grid: Sequence[Sequence[Spot]], fields: str, rows: Sequence[Meant]) -> Drawn:
    document = Document(name=name, format="pdf", blocks=(Paragraph(text=title), make_table(grid)))
    return name, write_pdf_by_chromium(document), tuple(rows), frozenset(fields.split())


def draw_page(name: str, body: str, fields: str, rows: Sequence[Meant]) -> Drawn:
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'
    return name, page.encode(), tuple(rows), frozenset(fields.split())


@_draw
def report_items() -> Drawn:
    head: list[Spot] = ["序", "报告表述", "挂帅区领导", "领办单位", "会同单位", "兑现期限", "半年推进小结"]
    body = body_of(A, lambda r: [r.number, r.task, r.leader, r.leads[0], joints(r), r.deadline, r.progress])
    fields = "number task leader units roles deadline progress"
    return draw_grid("b01.docx", "《政府工作报告》任务分解及兑现情况", [head, *body], fields, A)


@_draw
def what_who_when_how() -> Drawn:
    grid: list[list[Spot]] = [
        wide("东湖区2025年大事要事推进表", 5),
        wide("统计时间：2025年6月30日", 5),
        ["顺序", "干什么", "谁来干", "何时干成", "干得怎样"],
        *body_of(B, lambda r: [r.number, r.task, units(r, "，"), r.deadline, r.progress]),
    ]
    return draw_grid("b02.xlsx", "", grid, "number task units deadline progress", B)


@_draw
def sections_with_restart() -> Drawn:
    grid: list[list[Spot]] = [
        ["序", "目标任务名称及内容", "牵头区领导", "牵头单位", "责任单位", "6月底进度", "堵点难点", "7月打算"]
    ]
    n = 0
    for i, r in enumerate(A):
        if opens_group(A, i):
            grid.append(wide(f"（{'一二三'[n]}）{r.group}", 8))
            n, k = n + 1, 0
        k += 1
        grid.append([str(k), r.task, r.leader, r.leads[0], joints(r), r.progress, "无", r.coming])
    return draw_grid("b03.html", "半年督查", grid, "group task leader units roles progress coming", A)


@_draw
def two_line_blocks() -> Drawn:
    head: list[list[Spot]] = [
        [("任务信息", 2, 1), None, ("责任体系", 2, 1), None, ("半年盘点", 2, 1), None],
        ["序号", "任务内容", "牵头", "配合", "已做工作", "拟做工作"],
    ]
    body = body_of(A, lambda r: [r.number, r.task, r.leads[0], joints(r, "\n"), r.progress, r.coming])
    return draw_grid(
        "b04.docx", "任务推进盘点表", [*head, *body], "number task units roles progress coming", A
    )


@_draw
def indicators_of_the_year() -> Drawn:
    names = "工业总产值 投资 预算收入 进出口 零售额 实际到位外资 电商交易额 服务业营收 旅游收入 技术合同额"
    grid: list[list[Spot]] = [["指标名称", "单位", "全年预期", "上半年实绩", "完成预期（%）", "归口部门"]]
    rows = []
    for i, name in enumerate(names.split()):
        goal, done, share = f"{200 + 7 * i}", f"{98 + 4 * i}.{i}", f"{49 + i}.{i}"
        grid.append([name, "亿元", goal, done, share, A[i].leads[0]])
        rows.append(replace(A[i], task=f"{name}{goal}", joints=(), progress=done, share=share))
    return draw_grid("b05.xlsx", "2025年主要经济指标", grid, "task units progress share", rows)


@_draw
def cards_with_own_labels() -> Drawn:
    blocks: list[Paragraph | Table | str] = ["2025年民生实事推进“一事一卡”"]
    for i, r in enumerate(B):
        grid: list[list[Spot]] = [
            [("实事" + "一二三四五六七八九十"[i], 4, 1), None, None, None],
            ["承诺内容", (r.task, 3, 1), None, None],
            ["承办部门", units(r), "兑现时间", r.deadline],
            ["目前进度", (r.progress, 3, 1), None, None],
            ["后段安排", (r.coming, 3, 1), None, None],
        ]
        blocks.append(make_table(grid))
    file, data = make_file("b06.docx", blocks)
    return file, data, B, frozenset(["task", "units", "deadline", "progress", "coming"])


@_draw
def one_paragraph_a_task() -> Drawn:
    lines = ["东湖区2025年重点工作半年推进情况", "（区政府督查室 2025年7月8日）"]
    lines += [f"{r.number}.{r.task}。责任单位：{units(r)}。推进情况：{r.progress}" for r in A]
    return draw_text(
        "b07.txt", lines, "number task units progress", [replace(r, task=f"{r.task}。") for r in A]
    )


@_draw
def bracketed_own_labels() -> Drawn:
    lines = ["2025年民生实事“办得怎样”", ""]
    for r in B:
        lines += [
            f"【承诺{r.number}】{r.task}",
            f"【谁来办】{units(r)}",
            f"【办到哪】{r.progress}",
            f"【接着办】{r.coming}",
            "",
        ]
    return draw_text("b08.txt", lines, "task units progress coming", B)


@_draw
def units_lead_the_line() -> Drawn:
    lines = ["承接单位,工作标的,时间表,当前成色,进展详述"]
    lines += [f"{r.leads[0]},{r.task.replace(',', '，')},{r.deadline},{r.status},{r.progress}" for r in A]
    return draw_text("b09.csv", lines, "task units deadline progress status", alone(A))


@_draw
def ticks_under_three() -> Drawn:
    head: list[list[Spot]] = [
        [
            ("编号", 1, 2),
            ("事项", 1, 2),
            ("落实部门", 1, 2),
            ("办理状态", 3, 1),
            None,
            None,
            ("办理说明", 1, 2),
        ],
        [None, None, None, "已办结", "办理中", "未启动"],
    ]
    states = {"完成": "已办结", "正常": "办理中", "滞后": "未启动"}
    rows = [replace(r, status=states[r.status]) for r in A]
    names = ("已办结", "办理中", "未启动")
    body = body_of(
        rows,
        lambda r: [r.number, r.task, units(r), *("√" if r.status == n else "" for n in names), r.progress],
    )
    return draw_grid("b10.docx", "督办事项办理", [*head, *body], "number task units status progress", rows)


@_draw
def goal_and_result_by_quarter() -> Drawn:
    head: list[list[Spot]] = [
        [
            ("序号", 1, 2),
            ("年度任务", 1, 2),
            ("责任单位", 1, 2),
            ("一季度", 2, 1),
            None,
            ("二季度", 2, 1),
            None,
        ],
        [None, None, None, "目标", "完成", "目标", "完成"],
    ]
    body = body_of(A, lambda r: [r.number, r.task, units(r), "编制方案", "方案已编制", "过半", r.progress])
    return draw_grid("b11.xlsx", "分季推进", [*head, *body], "number task units progress", A)


@_draw
def leaders_and_units_merged() -> Drawn:
    head: list[Spot] = ["挂钩领导", "序号", "攻坚项目", "主抓单位", "最新动态", "预计完成"]
    body = [
        [merged(A, i, "leader"), r.number, r.task, r.leads[0], r.progress, r.deadline]
        for i, r in enumerate(A)
    ]
    fields = "number task leader units progress deadline"
    return draw_grid("b12.html", "攻坚项目挂钩推进", [head, *body], fields, alone(A))


@_draw
def second_row_tells() -> Drawn:
    grid: list[list[Spot]] = [["序号", "工作任务", "责任单位", "完成时限"]]
    for r in A:
        grid.append([(r.number, 1, 2), r.task, units(r), r.deadline])
        grid.append([None, (f"进展情况：{r.progress}", 3, 1), None, None])
    return draw_grid("b13.docx", "任务及进展", grid, "number task units deadline progress", A)


@_draw
def continued_heading() -> Drawn:
    head: list[Spot] = ["序号", "项目（事项）", "责任部门（第一个为牵头）", "推进实况", "下一阶段重点"]
    grid: list[list[Spot]] = [list(head)]
    for i, r in enumerate(A):
        if i == 5:
            grid += [wide("续表", 5), list(head)]
        grid.append([r.number, r.task, units(r), r.progress, r.coming])
    return draw_grid("b14.docx", "重大事项推进", grid, "number task units roles progress coming", A)


@_draw
def total_first() -> Drawn:
    grid: list[list[Spot]] = [
        ["序号", "实事名称", "办理部门", "上半年办理结果", "百分数"],
        [("合计：10件", 5, 1), None, None, None, None],
        *body_of(B, lambda r: [r.number, r.task, units(r, "\n"), r.progress, r.share]),
        [("注：百分数为完成量占全年任务的比重。", 5, 1), None, None, None, None],
    ]
    return draw_grid("b15.xlsx", "实事办理结果", grid, "number task units progress share", B)


@_draw
def printed_page() -> Drawn:
    head: list[Spot] = ["序号", "年度承诺", "兑现部门", "兑现情况", "后续跟进"]
    body = body_of(B, lambda r: [r.number, r.task, units(r), r.progress, r.coming])
    return _pdf("b16.pdf", "2025年承诺兑现一览", [head, *body], "number task units progress coming", B)


@_draw
def three_line_page() -> Drawn:
    style = (
        "<style>@page{size:A4 landscape}"
        "table{border-collapse:collapse;border-top:2px solid;border-bottom:2px solid}"
        "td{padding:4px 8px;vertical-align:top}th{border-bottom:1px solid;padding:4px 8px}</style>"
    )
    cells = [
        ["序号", "工作内容", "责任单位", "进展情况"],
        *([r.number, r.task, units(r), r.progress] for r in B),
    ]
    lines = [
        "<tr>" + "".join(f"<{'td' if k else 'th'}>{c}</{'td' if k else 'th'}>" for c in row) + "</tr>"
        for k, row in enumerate(cells)
    ]
    html = f"{style}<h3>三线表</h3><table>{''.join(lines)}</table>"
    return "b17.pdf", _print(html), B, frozenset(["number", "task", "units", "progress"])


def _print(body: str) -> bytes:
    """A web page printed by a browser."""
    import shutil
    import subprocess
    import tempfile
    from pathlib import Path

    from tests.formats.writers import needs

    chromium = needs(shutil.which("chromium") or shutil.which("google-chrome"), "Chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page, made = Path(folder, "p.html"), Path(folder, "p.pdf")
        page.write_text(f'<meta charset="utf-8">{body}', encoding="utf-8")
        command = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/u",
        ]
        subprocess.run(
            [*command, f"--print-to-pdf={made}", str(page)], check=True, capture_output=True, timeout=90
        )
        return made.read_bytes()


@_draw
def piped_with_group_lines() -> Drawn:
    lines = ["# 任务台账", "", "| 序号 | 攻坚内容 | 牵头方 | 协助方 | 战果 |", "|---|---|---|---|---|"]
    for i, r in enumerate(A):
        if opens_group(A, i):
            lines.append(f"| **{r.group}** | | | | |")
        lines.append(f"| {r.number} | {r.task} | {r.leads[0]} | {joints(r)} | {r.progress} |")
    return draw_text("b18.md", lines, "number group task units roles progress", A)


@_draw
def aligned_by_wide_blanks() -> Drawn:
    rows = [
        ("序号", "任务要点", "责任单位", "工作进度"),
        *((r.number, r.task, units(r), r.progress) for r in B),
    ]
    widths = [max(len(row[c]) for row in rows) + 2 for c in range(3)]
    lines = ["　　实事进度"]
    lines += ["".join(row[c].ljust(widths[c], "　") for c in range(3)) + row[3] for row in rows]
    return draw_text("b19.txt", lines, "number task units progress", B)


@_draw
def dump_with_missing_cells() -> Drawn:
    lines = [
        "政务督查",
        "关于重点任务上半年推进的通报",
        "序号",
        "重点任务",
        "牵头单位",
        "配合单位",
        "进展",
        "完成时限",
    ]
    for r in A:
        lines += [r.number, r.task, r.leads[0], *([joints(r)] if r.joints else []), r.progress, r.deadline]
    return draw_text("b20.txt", lines, "number task units roles progress deadline", A)


@_draw
def headings_and_paragraphs() -> Drawn:
    parts = ["<h1>民生实事半年报</h1><p>现将进展情况公布如下。</p>"]
    parts += [
        f"<h3>{r.number}．{r.task}</h3><p>责任单位：{units(r)}</p>"
        f"<p>工作进展：{r.progress}</p><p>下一步：{r.coming}</p>"
        for r in B
    ]
    return draw_page("b21.html", "".join(parts), "number task units progress coming", B)


@_draw
def outline_in_word() -> Drawn:
    blocks: list[Paragraph | Table | str] = ["2025年《政府工作报告》落实情况"]
    n = 0
    for i, r in enumerate(A):
        if opens_group(A, i):
            blocks.append(f"{'一二三'[n]}、{r.group}")
            n += 1
        joint = f"；配合单位：{joints(r)}" if r.joints else ""
        blocks += [f"{r.number}.{r.task}。（牵头单位：{r.leads[0]}{joint}）", f"进展情况：{r.progress}"]
    file, data = make_file("b22.docx", blocks)
    rows = tuple(replace(r, task=f"{r.task}。") for r in A)
    return file, data, rows, frozenset(["number", "group", "task", "units", "roles", "progress"])


@_draw
def headings_down_the_side() -> Drawn:
    grid: list[list[Spot]] = [
        ["编号", *(r.number for r in B)],
        ["承诺内容", *(r.task for r in B)],
        ["主办单位", *(r.leads[0] for r in B)],
        ["办理进度", *(r.progress for r in B)],
        ["时间要求", *(r.deadline for r in B)],
    ]
    return draw_grid("b23.xlsx", "横表", grid, "number task units progress deadline", alone(B))


@_draw
def unit_at_the_end() -> Drawn:
    head: list[Spot] = ["工作板块", "年度主攻目标", "上半年达到", "下半年怎么干", "主管单位"]
    body = [[merged(A, i), r.task, r.progress, r.coming, r.leads[0]] for i, r in enumerate(A)]
    return draw_grid("b24.docx", "目标对账单", [head, *body], "group task units progress coming", alone(A))


@_draw
def person_below_the_unit() -> Drawn:
    head: list[Spot] = ["序号", "重点任务", "责任单位\n责任人", "进展成效", "备 注"]
    body = body_of(A, lambda r: [r.number, r.task, f"{r.leads[0]}\n{r.leader}", r.progress, ""])
    return draw_grid("b25.xlsx", "责任到人", [head, *body], "number task units leader progress", alone(A))


@_draw
def two_tables_of_two_kinds() -> Drawn:
    one = [
        ["序号", "约束性目标", "责任部门", "完成情况"],
        *([r.number, r.task, units(r), r.progress] for r in A[:5]),
    ]
    two = [
        ["序号", "改革举措名称", "牵头部门", "进展说明"],
        *([r.number, r.task, r.leads[0], r.progress] for r in A[5:]),
    ]
    blocks: list[Paragraph | Table | str] = [
        "附件1：约束性目标",
        make_table(one),
        "附件2：改革举措",
        make_table(two),
    ]
    file, data = make_file("b26.html", blocks)
    return file, data, (*A[:5], *alone(A[5:])), frozenset(["number", "task", "units", "progress"])


@_draw
def parts_of_a_task() -> Drawn:
    head: list[Spot] = ["序号", "总任务", "分项内容", "责任单位", "分项进展"]
    body: list[list[Spot]] = []
    groups = list(dict.fromkeys(r.group for r in A))
    for i, r in enumerate(A):
        over = merged(A, i)
        number: Spot = (str(groups.index(r.group) + 1), 1, over[2]) if isinstance(over, tuple) else None
        k = [x for x in A if x.group == r.group].index(r) + 1
        body.append([number, over, f"（{k}）{r.task}", units(r), r.progress])
    rows = tuple(replace(r, task=row[2]) for r, row in zip(A, body, strict=True) if isinstance(row[2], str))
    return draw_grid("b27.docx", "总任务分项进展", [head, *body], "group task units progress", rows)


@_draw
def quoted_tabs() -> Drawn:
    lines = ["序号\t事项\t责任单位\t推进情况\t下步安排"]
    lines += [f'{r.number}\t{r.task}\t"{units(r, chr(10))}"\t{r.progress}\t{r.coming}' for r in B]
    return draw_text("b28.tsv", lines, "number task units progress coming", B)


@_draw
def summary_sheet_first() -> Drawn:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "汇总"
    for row in (
        ["单位", "任务数", "完成数", "完成率"],
        ["区民政局", 2, 1, "50%"],
        ["区住房和城乡建设局", 1, 0, "0%"],
    ):
        first.append(row)
    sheet = book.create_sheet("明细")
    sheet.append(["序号", "实事任务", "责任单位", "完成情况", "计划完成"])
    for r in B:
        sheet.append([int(r.number), r.task, units(r), r.progress, r.deadline])
    made = io.BytesIO()
    book.save(made)
    return "b29.xlsx", made.getvalue(), B, frozenset(["number", "task", "units", "progress", "deadline"])


@_draw
def page_with_furniture() -> Drawn:
    head = "<p>首页 &gt; 政务公开 &gt; 重点领域</p><h1>重点民生工程进展公示</h1>"
    head += "<p>发布时间：2025-07-10　来源：区政府办　字号：【大 中 小】</p>"
    cells = [
        ["序号", "工程名称及内容", "实施单位", "工程进度", "竣工日期"],
        *([r.number, r.task, units(r), r.progress, r.deadline] for r in B),
    ]
    table = (
        "<table border=1>"
        + "".join("<tr>" + "".join(f"<td><p>{c}</p></td>" for c in row) + "</tr>" for row in cells)
        + "</table>"
    )
    foot = "<p>【打印本页】【关闭窗口】</p><p>主办：东湖区人民政府办公室　网站标识码：0000000000</p>"
    return draw_page("b30.html", head + table + foot, "number task units progress deadline", B)


@_draw
def lead_named_in_the_cell() -> Drawn:
    head: list[Spot] = ["序号", "工作事项", "分工", "进展", "问题与建议"]
    body = body_of(
        A,
        lambda r: [
            r.number,
            r.task,
            f"牵头：{r.leads[0]}" + (f"\n配合：{joints(r)}" if r.joints else ""),
            r.progress,
            "暂无",
        ],
    )
    return draw_grid("b31.docx", "分工推进", [head, *body], "number task units roles progress", A)


@_draw
def numbered_groups() -> Drawn:
    grid: list[list[Spot]] = [["编号", "名称", "落实主体", "落实进度", "时间点"]]
    n = k = 0
    for i, r in enumerate(A):
        if opens_group(A, i):
            n, k = n + 1, 0
            grid.append([str(n), r.group, "", "", ""])
        k += 1
        grid.append([f"{n}.{k}", r.task, units(r), r.progress, r.deadline])
    return draw_grid("b32.xlsx", "分层清单", grid, "group task units progress deadline", A)


@_draw
def offices_with_phones() -> Drawn:
    head: list[Spot] = ["序号", "公开承诺", "责任单位", "截至6月末", "公众联络"]
    body = body_of(A, lambda r: [r.number, r.task, units(r), r.progress, f"办公室 8{r.number.zfill(2)}12345"])
    return draw_grid("b33.docx", "公开承诺兑现", [head, *body], "number task units progress", A)


@_draw
def last_month_beside_this() -> Drawn:
    head: list[Spot] = ["序号", "重点工程", "业主单位", "上期进展（5月）", "本期进展（6月）", "形象照片"]
    body = body_of(B, lambda r: [r.number, r.task, r.leads[0], "前期工作有序推进", r.progress, "略"])
    return draw_grid("b34.html", "工程月报", [head, *body], "number task units progress", alone(B))


@_draw
def labels_in_every_cell() -> Drawn:
    grid = body_of(
        A, lambda r: [r.number, r.task, f"责任单位：{units(r)}", f"进展：{r.progress}", f"下步：{r.coming}"]
    )
    return draw_grid("b35.docx", "工作推进", grid, "number task units progress coming", A)


@_draw
def broken_pipes() -> Drawn:
    lines = ["索引号 | 000/2025 | 分类 | 督查 |", "序号 | 任务事项 | 承办单位 |", "进展情况 | 完成时限 |"]
    lines += [f"{r.number} | {r.task} | {units(r)} |\n{r.progress} | {r.deadline} |" for r in B]
    return draw_text("b36.txt", lines, "number task units progress deadline", B)


@_draw
def proposals() -> Drawn:
    head: list[Spot] = ["提案号", "提案题目", "承办单位", "答复情况", "落地情况"]
    body = body_of(A, lambda r: [f"第{100 + int(r.number)}号", r.task, units(r), "已答复", r.progress])
    return draw_grid("b37.docx", "提案办理", [head, *body], "task units progress", A)


@_draw
def projects_with_money() -> Drawn:
    head: list[Spot] = [
        "序号",
        "建设主体",
        "工程内容",
        "落地镇街",
        "概算（万元）",
        "本年安排（万元）",
        "已完成（万元）",
        "工程实况",
        "包联干部",
    ]
    body = body_of(
        B, lambda r: [r.number, r.leads[0], r.task, "滨湖街道", "5200", "2600", "1480", r.progress, r.leader]
    )
    return draw_grid("b38.xlsx", "重点工程", [head, *body], "number task units progress leader", alone(B))


@_draw
def right_to_left() -> Drawn:
    head: list[Spot] = ["备注", "上半年工作完成情况", "责任科室（单位）", "重点目标", "序号"]
    body = body_of(A, lambda r: ["", r.progress, units(r), r.task, r.number])
    return draw_grid("b39.html", "目标完成", [head, *body], "number task units progress", A)


@_draw
def block_with_heading_each() -> Drawn:
    grid: list[list[Spot]] = []
    for r in B:
        grid.append(wide(f"任务{r.number}：{r.task}", 4))
        grid.append(["责任单位", "完成时限", "进展情况", "下步计划"])
        grid.append([units(r), r.deadline, r.progress, r.coming])
    return draw_grid("b40.docx", "一事一表", grid, "task units deadline progress coming", B)


@_draw
def spaced_headings() -> Drawn:
    head: list[Spot] = ["序 号", "重 点 任 务\n（目 标）", "责 任\n单 位", "推 进\n情 况", "完 成\n时 限"]
    body = body_of(A, lambda r: [r.number, r.task, units(r, " "), r.progress, r.deadline])
    return draw_grid("b41.xlsx", "推进表", [head, *body], "number task units progress deadline", A)


@_draw
def bullets_with_leads() -> Drawn:
    lines = ["# 半年进展", ""]
    lines += [
        f"- **{r.task}**（{r.leads[0]}牵头" + (f"，{joints(r)}配合" if r.joints else "") + f"）：{r.progress}"
        for r in B
    ]
    return draw_text("b42.md", lines, "task units progress", B)


@_draw
def planned_and_real() -> Drawn:
    head: list[Spot] = ["序号", "任务", "主要承担单位", "序时要求", "实际到达", "是否掉队", "掉队缘由"]
    body = body_of(
        A,
        lambda r: [
            r.number,
            r.task,
            r.leads[0],
            "过半",
            r.progress,
            "是" if r.status == "滞后" else "否",
            "",
        ],
    )
    return draw_grid("b43.docx", "序时对照", [head, *body], "number task units progress", alone(A))


@_draw
def two_groups_and_weight() -> Drawn:
    head: list[Spot] = ["大类", "考核要点", "权数", "责任单位", "自查情况", "自查结论"]
    body = [[merged(A, i), r.task, "5", units(r), r.progress, r.status] for i, r in enumerate(A)]
    return draw_grid("b44.docx", "目标考核自查", [head, *body], "group task units progress status", A)
