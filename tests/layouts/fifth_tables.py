"""A fifth set of unseen layouts: a county's and a street office's papers, drawn before a first reading.

The first reading found 440 of 460 rows, 94 % of the fields, and was wrong without a word in 31 fields.

All of it is invented. Only here: nested tables of a word processor, unclosed cells, posts of a chat channel,
lists of definitions, ledgers of a street's own sections, quarter sheets, rows broken over lines.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import openpyxl

from generator.sources.document.document import Document, Paragraph, Table
from tests.formats.writers import write_pdf_by_chromium
from tests.layouts.fresh_tables import (
    alone,
    body_of,
    draw_page,
    joints,
    merged,
    opens_group,
    rows_of,
    units,
    wide,
)
from tests.layouts.unseen_tables import Drawn, Meant, Spot, draw_grid, draw_text, make_file, make_table

ALL: list[Callable[[], Drawn]] = []
C = "一二三四五六七八九十"
_RINGS = "①②③④⑤⑥⑦⑧⑨⑩"


def _draw(function: Callable[[], Drawn]) -> Callable[[], Drawn]:
    ALL.append(function)
    return function


_COUNTY = """
工业强县|新增省级以上专精特新企业6家，技改投资增长12%|县工业和信息化局|县科技局、高新区管委会|新认定省级专精特新企业4家；1—6月技改投资同比增长10.7%。|梳理第二批申报企业名单，帮助完善材料。|12月底|鲁某某|按序时推进|66.7%
工业强县|盘活闲置工业用地800亩、厂房12万平方米|县自然资源和规划局|县商务和投资促进局|已盘活闲置用地523亩，厂房8.4万平方米。|对剩余地块逐宗制定处置方案。|11月底|鲁某某|按序时推进|65.4%
工业强县|推动智能装备产业园二期标准化厂房开工|高新区管委会|县城投集团|施工许可已办理，5月18日正式开工，目前完成桩基施工。|加快主体施工，年底前封顶3栋。|6月底前|鲁某某|已完成|100%
乡村振兴|建设高标准农田3.2万亩，粮食总产稳定在41万吨|县农业农村局|县水利局、各乡镇人民政府|高标准农田完成施工招标，进场施工1.9万亩；夏粮总产17.6万吨。|抓好秋粮田管，加快田间工程施工。|12月底|祝某某|进度偏慢|48%
乡村振兴|打造和美乡村示范片区4个|县委社会工作部|县农业农村局|两个片区已完成建设，另两个片区正在进行沿线风貌整治。|组织现场观摩评比。|10月底|祝某某|按序时推进|50%
乡村振兴|新改建农村户厕1500户|县农业农村局|县卫生健康局|完成改厕962户。|做好验收与后续管护。|9月底|祝某某|按序时推进|64.1%
民生保障|县人民医院新院区投入使用|县卫生健康局|县财政局、县住房和城乡建设局|门诊楼、住院楼装修完工，设备正在安装调试。|三季度组织搬迁演练。|9月底|季某某|进度偏慢|85%
民生保障|新建改扩建中小学5所，增加学位2700个|县教育体育局|县发展和改革局|第三实验学校、城北初中竣工；其余3所主体完工。|确保9月1日按时开学。|8月底|季某某|按序时推进|70%
民生保障|城区新增停车泊位2000个、充电桩300个|县城市管理局|县公安局交警大队、国网县供电公司|新增泊位1288个、充电桩216个。|在老城区挖潜增设路内泊位。|11月底|季某某|按序时推进|64.4%
民生保障|开展“书香进万家”活动150场，农家书屋提档升级60个|县融媒体中心|县文化和旅游局|举办活动92场，参与群众1.1万人次；书屋升级38个。|暑期重点面向青少年开展。|12月底|季某某|按序时推进|61.3%
"""
_STREET = """
党建引领|培育红色物业小区8个|党建工作办公室|各社区|6个小区挂牌，2个小区完成业委会换届。|总结推广经验做法。|9月底前|褚某某|正常|75%
党建引领|建成楼宇党群服务站3处|党建工作办公室|经济发展办公室|建成2处，剩余1处完成选址。|尽快启动装修。|10月底前|褚某某|正常|66%
平安建设|矛盾纠纷化解率达到98%以上|平安法治办公室|司法所、派出所|受理矛盾纠纷412件，化解403件，化解率97.8%。|对9件疑难案件领导包案。|全年|翟某某|正常|99%
平安建设|排查整治消防安全隐患500处|应急管理办公室|综合行政执法中队|排查隐患467处，整改441处。|紧盯群租房、小场所。|全年|翟某某|正常|88%
平安建设|“九小场所”智慧烟感安装覆盖1200家|应急管理办公室|便民服务中心|安装783家。|分批完成剩余安装。|11月底前|翟某某|滞后|65%
城市管理|拆除违法建设1.2万平方米|综合行政执法中队|村镇建设办公室|拆除违建83处、7640平方米。|开展楼顶违建专项行动。|12月底前|蒙某某|正常|63.7%
城市管理|完成6条支路的白改黑和管线入地|村镇建设办公室|供电所|4条支路完成沥青摊铺，2条正在管线入地。|协调管线单位交叉作业。|8月底前|蒙某某|滞后|60%
城市管理|生活垃圾分类投放准确率达到90%|城市管理办公室|各社区、物业企业|二季度抽查准确率87.2%。|增加桶边督导频次。|全年|蒙某某|正常|96%
为民服务|新建社区食堂4个，日均供餐800份|社会事务办公室|各社区|开业3个，日均供餐620份。|青年路社区食堂8月试营业。|8月底前|柯某某|正常|75%
为民服务|为辖区60岁以上老人免费体检5000人次|社区卫生服务中心|社会事务办公室|完成体检3176人次，建档3176份。|安排夜间和周末专场。|10月底前|柯某某|正常|63.5%
"""
A = rows_of(_COUNTY)
B = rows_of(_STREET)


def _book(
    name: str, sheets: Sequence[tuple[str, Sequence[Sequence[object]]]], *merges: str
) -> tuple[str, bytes]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for area in merges:
            sheet.merge_cells(area)
    made = io.BytesIO()
    book.save(made)
    return name, made.getvalue()


def _stopped(rows: Sequence[Meant]) -> tuple[Meant, ...]:
    """Tasks as sentences, with their full stop."""
    return tuple(replace(r, task=f"{r.task}。") for r in rows)


_S = _stopped(A)


def _kinds(fields: str) -> frozenset[str]:
    return frozenset(fields.split())


def _groups(rows: Sequence[Meant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r.group for r in rows))


@_draw
def report_breakdown() -> Drawn:
    grid: list[list[Spot]] = [
        ["序号", "工作内容", "牵头领导", "牵头单位", "责任单位", "完成时限", "落实情况"]
    ]
    for i, r in enumerate(A):
        if opens_group(A, i):
            grid.append(wide(f"（{C[_groups(A).index(r.group)]}）{r.group}", 7))
        grid.append([r.number, r.task, r.leader, r.leads[0], joints(r), r.deadline, r.progress])
    fields = "number group task leader units roles deadline progress"
    return draw_grid("e01.docx", "2025年《政府工作报告》重点任务分解落实情况表", grid, fields, A)


@_draw
def nested_tables_of_a_word_processor() -> Drawn:
    rows = "".join(
        f"<tr style='mso-yfti-irow:{r.number}'><td width=40><p class=MsoNormal align=center><span lang=EN-US>"
        f"{r.number}<o:p></o:p></span></p></td><td><p class=MsoNormal>{r.task}<o:p></o:p></p></td>"
        f"<td><p class=MsoNormal>{'</p><p class=MsoNormal>'.join((*r.leads, *r.joints))}</p></td>"
        f"<td><p class=MsoNormal>{r.progress}</p></td><td><p class=MsoNormal>&nbsp;</p></td></tr>"
        for r in A
    )
    heads = "".join(
        f"<td><p class=MsoNormal><b>{h}</b></p></td>"
        for h in ("序&nbsp;号", "民生实事项目", "责任单位", "上半年进展", "备&nbsp;注")
    )
    return draw_page(
        "e02.html",
        "<table width=100%><tr><td>首页 &gt; 信息公开</td></tr><tr><td>"
        "<p align=center><b>2025年民生实事项目进展情况</b></p>"
        f"<table class=MsoNormalTable border=1><tr>{heads}</tr>{rows}</table></td></tr></table>",
        "number task units progress",
        A,
    )


@_draw
def ledger_of_supervision() -> Drawn:
    head: list[list[Spot]] = [
        wide("云岭县政府督查事项台账", 8),
        wide("填报时间：2025年6月30日", 8),
        [("序号", 1, 2), ("督查事项", 1, 2), ("责任落实", 3, 1), None, None, ("办理情况", 3, 1), None, None],
        [None, None, "分管领导", "责任单位", "办理时限", "办理结果", "存在困难", "推进措施"],
    ]
    body = body_of(
        A, lambda r: [r.number, r.task, r.leader, units(r, "\n"), r.deadline, r.progress, "无", r.coming]
    )
    return draw_grid("e03.xlsx", "", [*head, *body], "number task leader units deadline progress coming", A)


@_draw
def projects_under_way_and_new() -> Drawn:
    grid: list[list[Spot]] = [
        ["序号", "项目名称", "建设内容及规模", "总投资（万元）", "形象进度", "下步工作安排", "责任单位"],
        [("合计（10个）", 3, 1), None, None, "86500", "", "", ""],
    ]
    for i, r in enumerate(A):
        if i in (0, 6):
            grid.append(
                [
                    ("一、续建项目（6个）" if i == 0 else "二、新建项目（4个）", 3, 1),
                    None,
                    None,
                    "",
                    "",
                    "",
                    "",
                ]
            )
        grid.append([r.number, f"{r.group}项目{r.number}", r.task, "8650", r.progress, r.coming, r.leads[0]])
    return draw_grid("e04.docx", "重点项目建设情况", grid, "number task units progress coming", alone(A))


@_draw
def list_to_be_ticked_off() -> Drawn:
    head: list[Spot] = ["序号", "交办事项", "责任科室", "责任人", "完成时限", "办理情况", "是否销号"]
    body = body_of(
        B,
        lambda r: [
            r.number,
            r.task,
            units(r),
            r.leader,
            r.deadline,
            r.progress,
            "否",
        ],
    )
    return draw_grid("e05.xlsx", "交办事项销号清单", [head, *body], "number task units deadline progress", B)


@_draw
def folded_works() -> Drawn:
    lines = ["云岭县2025年重要工作折子工程", "（2025年7月）", ""]
    for i, r in enumerate(_S):
        if opens_group(_S, i):
            lines += [f"{C[_groups(_S).index(r.group)]}、{r.group}", ""]
        lines += [
            f"{r.number}．{r.task}",
            f"主办单位：{r.leads[0]}",
            f"协办单位：{joints(r)}",
            f"完成时间：{r.deadline}",
            f"二季度进展：{r.progress}",
            "",
        ]
    return draw_text("e06.txt", lines, "number group task units roles deadline progress", _S)


@_draw
def notice_on_a_page() -> Drawn:
    parts = []
    for i, r in enumerate(_S):
        if opens_group(_S, i):
            parts.append(f"<h3>{C[_groups(_S).index(r.group)]}、{r.group}</h3>")
        parts.append(
            f"<p><strong>{r.number}.{r.task}</strong>牵头单位：{r.leads[0]}；配合单位：{joints(r)}。"
            f"进展情况：{r.progress}</p>"
        )
    return draw_page(
        "e07.html",
        "<h1>关于二季度重点工作推进情况的通报</h1><p>各乡镇人民政府，县直各部门：</p>"
        f"<p>现将二季度推进情况通报如下。</p>{''.join(parts)}<p>云岭县人民政府办公室</p><p>2025年7月9日</p>",
        "number group task units roles progress",
        _S,
    )


@_draw
def post_of_a_chat_channel() -> Drawn:
    lines = ["民生实事“半年考”，成绩单来了！", "云岭发布 2025-07-05 18:00", "点击上方蓝字关注我们", ""]
    for r in A:
        lines += [f"{int(r.number):02d}", r.task, f"▶责任单位：{units(r)}", f"▶最新进展：{r.progress}", ""]
    lines += ["来源：县政府办", "编辑：小云", "点“在看”，转发给更多人"]
    return draw_text("e08.txt", lines, "number task units progress", A)


@_draw
def continued_with_heading_again() -> Drawn:
    head: list[list[Spot]] = [
        [("序号", 1, 2), ("目标任务", 1, 2), ("责任单位", 2, 1), None, ("推进情况", 2, 1), None],
        [None, None, "牵头", "配合", "已完成工作", "下一步举措"],
    ]

    def part(rows: Sequence[Meant]) -> Table:
        return make_table(
            [*head, *body_of(rows, lambda r: [r.number, r.task, r.leads[0], joints(r), r.progress, r.coming])]
        )

    file, data = make_file("e09.docx", ["重点任务推进情况", part(A[:5]), "续表", part(A[5:])])
    return file, data, A, _kinds("number task units roles progress coming")


@_draw
def quarter_sheets() -> Drawn:
    def rows(quarter: str, done: Callable[[Meant], str]) -> list[list[object]]:
        return [
            [f"2025年{quarter}重点工作推进表", None, None, None, None],
            ["序号", "重点工作", "责任单位", "推进情况", "评价"],
            *([int(r.number), r.task, units(r), done(r), r.status] for r in A),
        ]

    file, data = _book(
        "e10.xlsx",
        [
            ("一季度", rows("一季度", lambda _: "制定方案。")),
            ("二季度", rows("二季度", lambda r: r.progress)),
        ],
        "A1:E1",
    )
    return file, data, A, _kinds("number task units progress status")


@_draw
def chinese_code_page() -> Drawn:
    lines = [
        "云岭县重点工作月报,,,,,",
        "填报单位：县政府办,,,,,",
        "序号,类别,工作任务,承办单位,本月进展,下月打算",
    ]
    for i, r in enumerate(A):
        group = r.group if opens_group(A, i) else ""
        lines.append(f'{r.number},{group},"{r.task}","{units(r)}","{r.progress}","{r.coming}"')
    lines.append("注：本表每月5日前报送。,,,,,")
    name, _, rows, fields = draw_text("e11.csv", lines, "number group task units progress coming", A)
    return name, "\r\n".join(lines).encode("gbk"), rows, fields


@_draw
def cells_of_a_street_in_lines() -> Drawn:
    lines = ["东关街道2025年重点工作推进情况", "序号", "工作任务", "责任科室", "完成时限", "推进情况"]
    for i, r in enumerate(B):
        if opens_group(B, i):
            lines.append(f"{C[_groups(B).index(r.group)]}、{r.group}")
        lines += [r.number, r.task, units(r), r.deadline, r.progress]
    return draw_text("e12.txt", lines, "number group task units deadline progress", B)


@_draw
def piped_rows_broken() -> Drawn:
    lines = ["序号 | 重点任务 | 牵头单位 | 配合单位 | 落实情况 |"]
    for r in A:
        lines += [f"{r.number} | {r.task} | {r.leads[0]} |", f"{joints(r)} | {r.progress} |"]
    return draw_text("e13.txt", lines, "number task units roles progress", A)


@_draw
def cards_under_a_title_row() -> Drawn:
    blocks: list[Paragraph | Table | str] = ["重点任务推进卡"]
    for r in A:
        grid: list[list[Spot]] = [
            [(f"任务{r.number}：{r.task}", 4, 1), None, None, None],
            ["牵头单位", r.leads[0], "牵头领导", r.leader],
            ["配合单位", joints(r), "完成时限", r.deadline],
            ["工作进展", (r.progress, 3, 1), None, None],
            ["推进措施", (r.coming, 3, 1), None, None],
        ]
        blocks += [make_table(grid), ""]
    file, data = make_file("e14.docx", blocks)
    return file, data, A, _kinds("task units roles leader deadline progress coming")


@_draw
def units_as_above() -> Drawn:
    grid: list[list[Spot]] = [["序号", "年度工作任务", "责任单位", "完成时限", "目前进展"]]
    rows = alone(A)
    for i, r in enumerate(rows):
        same = i and rows[i - 1].leads == r.leads
        grid.append([r.number, r.task, "同上" if same else r.leads[0], r.deadline, r.progress])
    return draw_grid("e15.xlsx", "任务进展", grid, "number task units deadline progress", rows)


@_draw
def street_by_person() -> Drawn:
    head: list[Spot] = [
        "序号",
        "类别",
        "工作事项",
        "包抓领导",
        "责任科室",
        "配合科室",
        "工作进度",
        "下步举措",
    ]
    body = [
        [r.number, merged(B, i), r.task, r.leader, r.leads[0], joints(r), r.progress, r.coming]
        for i, r in enumerate(B)
    ]
    fields = "number group task leader units roles progress coming"
    return draw_grid("e16.docx", "东关街道重点工作清单", [head, *body], fields, B)


@_draw
def proposals_and_answers() -> Drawn:
    head: list[Spot] = ["编号", "建议内容", "主办单位", "协办单位", "办理结果", "办理进度"]
    body = body_of(A, lambda r: [r.number, r.task, r.leads[0], joints(r), r.progress, r.share])
    return draw_grid(
        "e17.html", "代表建议办理情况", [head, *body], "number task units roles progress share", A
    )


@_draw
def indicators_under_two_headings() -> Drawn:
    head: list[list[Spot]] = [
        [("序号", 1, 2), ("指标", 2, 1), None, ("2025年", 3, 1), None, None, ("责任科室", 1, 2)],
        [None, "名称", "计量单位", "目标值", "1—6月完成值", "完成率", None],
    ]
    names = "税收收入 固定资产投资 招商签约 新登记企业 技改投资 用工人数 零售额 服务业营收 网络零售 房屋销售"
    grid, rows = [*head], []
    for i, name in enumerate(names.split()):
        goal, done, share = f"{3200 + 40 * i}", f"{1720 + 30 * i}", f"{53 + i}.2%"
        grid.append([str(i + 1), name, "万元", goal, done, share, B[i].leads[0]])
        rows.append(replace(B[i], task=f"{name}{goal}", joints=(), progress=done, share=share))
    return draw_grid("e18.xlsx", "经济指标", grid, "number task units progress share", rows)


@_draw
def markdown_table_a_group() -> Drawn:
    lines = ["# 云岭县2025年民生实事", ""]
    for group in _groups(A):
        lines += [
            f"## {C[_groups(A).index(group)]}、{group}",
            "",
            "| 序号 | 项目 | 单位 | 完成情况 |",
            "|:-:|---|---|---|",
        ]
        lines += [f"| {r.number} | {r.task} | {units(r)} | {r.progress} |" for r in A if r.group == group]
        lines.append("")
    return draw_text("e19.md", lines, "number group task units progress", A)


@_draw
def three_levels_of_paragraphs() -> Drawn:
    blocks: list[Paragraph | Table | str] = ["云岭县2025年重点工作任务清单", "一、主要目标任务"]
    for i, r in enumerate(_S):
        if opens_group(_S, i):
            blocks.append(f"（{C[_groups(_S).index(r.group)]}）{r.group}")
        blocks += [
            f"{r.number}.{r.task}（牵头单位：{r.leads[0]}，责任单位：{joints(r)}，完成时限：{r.deadline}）",
            f"进展：{r.progress}",
        ]
    file, data = make_file("e20.docx", blocks)
    return file, data, _S, _kinds("number task units roles deadline progress")


@_draw
def columns_by_wide_blanks() -> Drawn:
    lines = ["东关街道重点工作", "序号\u3000\u3000任务\u3000\u3000责任科室\u3000\u3000完成情况"]
    lines += [f"{r.number}\u3000\u3000{r.task}\u3000\u3000{units(r)}\u3000\u3000{r.progress}" for r in B]
    return draw_text("e21.txt", lines, "number task units progress", B)


@_draw
def list_of_definitions() -> Drawn:
    parts = "".join(
        f"<dt>{r.number}. {r.task}</dt><dd>牵头单位：{r.leads[0]}</dd><dd>配合单位：{joints(r)}</dd>"
        f"<dd>推进情况：{r.progress}</dd><dd>下一步工作：{r.coming}</dd>"
        for r in A
    )
    return draw_page(
        "e22.html", f"<h2>任务推进</h2><dl>{parts}</dl>", "number task units roles progress coming", A
    )


@_draw
def boxes_without_a_table() -> Drawn:
    def cell(text: str) -> str:
        return f'<div class="td">{text}</div>'

    rows = "".join(
        f'<div class="tr">{cell(r.number)}{cell(r.task)}{cell(units(r))}{cell(r.progress)}</div>' for r in A
    )
    heads = "".join(map(cell, ("序号", "重点工作", "责任单位", "工作进展")))
    return draw_page(
        "e23.html",
        f'<h1>上半年重点工作进展</h1><div class="table"><div class="tr">{heads}</div>{rows}</div>',
        "number task units progress",
        A,
    )


@_draw
def ledger_in_the_middle_of_a_sheet() -> Drawn:
    rows: list[list[object]] = [[], [None, "东关街道2025年重点任务调度表"], []]
    rows.append([None, "序号", "板块", "任务名称", "责任部门", "完成时限", "6月底进展", "进度", "存在问题"])
    for i, r in enumerate(B):
        group, share = r.group if opens_group(B, i) else None, float(r.share.rstrip("%")) / 100
        cells = [group, r.task, units(r, "，"), r.deadline, r.progress, share, "/"]
        rows.append([None, int(r.number), *cells])
    rows += [
        [],
        [None, "填表人：", None, "审核人：", None, "填表日期："],
        [None, "说明：进度按年度目标折算。"],
    ]
    file, data = _book("e24.xlsx", [("调度表", rows)], "B2:I2", "C5:C6", "C7:C9", "C10:C12", "C13:C14")
    return file, data, B, _kinds("number group task units deadline progress")


@_draw
def measures_below_a_task() -> Drawn:
    head: list[Spot] = ["重点任务", "序号", "具体举措", "责任单位", "时间节点", "进展情况"]
    body = [[merged(A, i), r.number, r.task, units(r), r.deadline, r.progress] for i, r in enumerate(A)]
    return draw_grid("e25.docx", "改革举措", [head, *body], "number group task units deadline progress", A)


@_draw
def semicolons_between_values() -> Drawn:
    lines = ["序号;任务事项;责任单位;进展;状态"] + [
        f'{r.number};"{r.task}";"{units(r)}";"{r.progress}";{r.status}' for r in A
    ]
    name, data, rows, fields = draw_text("e26.csv", lines, "number task units progress status", A)
    return name, b"\xef\xbb\xbf" + data, rows, fields


@_draw
def tabs_with_titles_and_groups() -> Drawn:
    lines = ["东关街道2025年重点工作推进台账\t\t\t\t\t", "单位：东关街道\t\t\t\t2025.6.30\t"]
    lines.append("序号\t分类\t工作任务\t推进情况\t责任科室\t状态")
    for i, r in enumerate(B):
        group = r.group if opens_group(B, i) else ""
        lines.append(f"{r.number}\t{group}\t{r.task}\t{r.progress}\t{units(r)}\t{r.status}")
    return draw_text("e27.txt", lines, "number group task units progress status", B)


@_draw
def numbers_inside_the_tasks() -> Drawn:
    head: list[Spot] = ["工作板块", "任务清单", "责任单位", "工作成效", "下步计划"]
    body = [[merged(A, i), f"{r.number}.{r.task}", units(r), r.progress, r.coming] for i, r in enumerate(A)]
    return draw_grid("e28.xlsx", "清单", [head, *body], "number group task units progress coming", A)


@_draw
def long_print() -> Drawn:
    head: list[Spot] = ["序号", "工作任务", "牵头领导", "牵头单位", "配合单位", "完成时限", "工作进展情况"]
    body = body_of(A, lambda r: [r.number, r.task, r.leader, r.leads[0], joints(r), r.deadline, r.progress])
    title = Paragraph(text="云岭县2025年重点工作推进情况一览表")
    document = Document(name="e29.pdf", format="pdf", blocks=(title, make_table([head, *body])))
    fields = "number task leader units roles deadline progress"
    return "e29.pdf", write_pdf_by_chromium(document), A, _kinds(fields)


@_draw
def leads_in_brackets_behind() -> Drawn:
    head: list[Spot] = ["序号", "重点事项", "责任单位", "进展"]
    body = body_of(
        A, lambda r: [r.number, r.task, "、".join([f"{r.leads[0]}（牵头）", *r.joints]), r.progress]
    )
    return draw_grid("e30.html", "重点事项", [head, *body], "number task units roles progress", A)


@_draw
def leads_and_joints_in_one_cell() -> Drawn:
    head: list[Spot] = ["序号", "工作任务", "任务分工", "完成情况"]
    body = body_of(
        A,
        lambda r: [
            r.number,
            r.task,
            f"牵头单位：\n{r.leads[0]}\n配合单位：\n{joints(r, chr(10))}",
            r.progress,
        ],
    )
    return draw_grid("e31.docx", "分工", [head, *body], "number task units roles progress", A)


@_draw
def half_years_side_by_side() -> Drawn:
    head: list[list[Spot]] = [
        [
            ("序号", 1, 2),
            ("全年目标任务", 1, 2),
            ("上半年", 2, 1),
            None,
            ("下半年计划", 1, 2),
            ("责任部门", 1, 2),
        ],
        [None, None, "计划", "实际完成", None, None],
    ]
    body = body_of(A, lambda r: [r.number, r.task, "完成过半", r.progress, r.coming, units(r)])
    return draw_grid("e32.xlsx", "上下半年", [*head, *body], "number task units progress coming", A)


@_draw
def ticks_under_states() -> Drawn:
    head: list[list[Spot]] = [
        [("序号", 1, 2), ("任务", 1, 2), ("责任科室", 1, 2), ("推进情况", 1, 2), ("进度评价", 2, 1), None],
        [None, None, None, None, "正常", "滞后"],
    ]
    body = body_of(
        B,
        lambda r: [
            r.number,
            r.task,
            units(r),
            r.progress,
            "√" if r.status == "正常" else "",
            "√" if r.status == "滞后" else "",
        ],
    )
    return draw_grid("e33.docx", "评价", [*head, *body], "number task units progress status", B)


@_draw
def blocks_between_rules() -> Drawn:
    lines = ["东关街道重点工作一览", "-" * 30]
    for r in B:
        lines += [
            f"【{r.number}】",
            f"工作名称：{r.task}",
            f"责任科室：{r.leads[0]}",
            f"协同科室：{joints(r)}",
            f"办结时限：{r.deadline}",
            f"工作实绩：{r.progress}",
            "-" * 30,
        ]
    return draw_text("e34.txt", lines, "task units deadline progress", B)


@_draw
def old_page_with_unclosed_cells() -> Drawn:
    rows = "".join(
        f"<TR><TD align=center>{r.number}<TD>{r.task}<TD>{units(r, '<BR>')}<TD>{r.progress}<TD>{r.status}\n"
        for r in A
    )
    page = (
        '<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=gb2312"></HEAD><BODY>'
        "<CENTER>二季度重点工作完成情况</CENTER><TABLE border=1><TR><TD>序号<TD>工作项目<TD>承办部门"
        f"<TD>完成情况<TD>评定\n{rows}</TABLE></BODY></HTML>"
    )
    return "e35.html", page.encode("gbk"), A, _kinds("number task units progress status")


@_draw
def counts_above_the_tasks() -> Drawn:
    rows: list[list[object]] = [
        ["一、总体情况"],
        ["类别", "任务数", "已完成", "按序时推进", "进度偏慢"],
        *([g, sum(r.group == g for r in A), 0, 2, 1] for g in _groups(A)),
        ["合计", 10, 1, 7, 2],
        [],
        ["二、具体情况"],
        ["序号", "任务", "牵头单位", "进展情况", "状态"],
        *([int(r.number), r.task, r.leads[0], r.progress, r.status] for r in A),
    ]
    file, data = _book("e36.xlsx", [("通报", rows)])
    return file, data, alone(A), _kinds("number task units progress status")


@_draw
def small_table_a_unit() -> Drawn:
    rows = sorted(alone(B), key=lambda r: r.leads)
    blocks: list[Paragraph | Table | str] = ["各科室重点工作完成情况"]
    for k, unit in enumerate(dict.fromkeys(r.leads[0] for r in rows)):
        own = [r for r in rows if r.leads[0] == unit]
        blocks.append(f"{C[k]}、{unit}（{len(own)}项）")
        head: list[Spot] = ["序号", "重点工作", "上半年完成情况", "下半年打算"]
        blocks.append(
            make_table([head, *([str(n), r.task, r.progress, r.coming] for n, r in enumerate(own, 1))])
        )
    file, data = make_file("e37.docx", blocks)
    return file, data, tuple(rows), _kinds("task units progress coming")


@_draw
def bold_labels() -> Drawn:
    lines = ["# 重点任务进展", ""]
    for i, r in enumerate(A):
        if opens_group(A, i):
            lines += [f"## {r.group}", ""]
        lines += [
            f"### {r.number}. {r.task}",
            "",
            f"**责任单位：** {units(r)}  ",
            f"**时间要求：** {r.deadline}  ",
            f"**目前进展：** {r.progress}  ",
            f"**下步举措：** {r.coming}",
            "",
        ]
    return draw_text("e38.md", lines, "number group task units deadline progress coming", A)


@_draw
def work_of_a_month_and_the_next() -> Drawn:
    head: list[Spot] = ["序号", "科室", "重点工作", "6月份工作开展情况", "7月份工作计划", "需协调解决的问题"]
    body = body_of(alone(B), lambda r: [r.number, r.leads[0], r.task, r.progress, r.coming, "—"])
    return draw_grid("e39.xlsx", "月报", [head, *body], "number task units progress coming", alone(B))


@_draw
def spaced_headings_under_a_title_row() -> Drawn:
    grid: list[list[Spot]] = [
        wide("云岭县“十大工程”推进情况表", 6),
        ["序\n号", "工 作 任 务", "责 任\n单 位", "完成\n时限", "工 作\n进 展", "进度\n评价"],
        *body_of(A, lambda r: [r.number, r.task, units(r), r.deadline, r.progress, r.status]),
    ]
    return draw_grid("e40.docx", "", grid, "number task units deadline progress status", A)


@_draw
def single_blanks_with_units_in_lines() -> Drawn:
    lines = ["云岭县重点任务上半年推进汇总", "序号 目标任务 责任单位 上半年推进情况"]
    for i, r in enumerate(A):
        if opens_group(A, i):
            lines.append(f"{C[_groups(A).index(r.group)]}、{r.group}")
        lines += [f"{r.number} {r.task} {r.leads[0]}", *r.joints, r.progress]
    return draw_text("e41.txt", lines, "number group task units progress", A)


@_draw
def three_levels_of_headings_and_a_foot() -> Drawn:
    rows = "".join(
        f"<tr><td>{r.number}</td><td>{r.task}</td><td>{r.leads[0]}</td><td>{joints(r)}</td>"
        f"<td>{r.progress}</td><td>{r.share}</td><td>{r.coming}</td></tr>"
        for r in A
    )
    return draw_page(
        "e42.html",
        "<table border=1><thead><tr><th rowspan=3>序号</th><th rowspan=3>年度重点任务</th>"
        "<th colspan=2 rowspan=2>责任单位</th><th colspan=3>落实情况</th></tr>"
        "<tr><th colspan=2>截至6月底</th><th rowspan=2>下一阶段安排</th></tr>"
        "<tr><th>牵头单位</th><th>协同单位</th><th>进展</th><th>完成率</th></tr></thead>"
        f"<tbody>{rows}</tbody><tfoot><tr><td colspan=7>数据来源：各责任单位</td></tr></tfoot></table>",
        "number task units roles progress share coming",
        A,
    )


@_draw
def lists_of_problems_and_duties() -> Drawn:
    head: list[Spot] = ["序号", "短板弱项", "目标要求", "主责单位", "配合单位", "整改时限", "阶段性成效"]
    body = body_of(
        A, lambda r: [r.number, "推进力度不够", r.task, r.leads[0], joints(r), r.deadline, r.progress]
    )
    return draw_grid("e43.docx", "短板清单", [head, *body], "number units roles deadline progress", A)


@_draw
def rings_for_numbers() -> Drawn:
    lines = ["街道民生实事上半年完成情况", ""]
    for i, r in enumerate(B):
        lines += [
            f"{_RINGS[i]}{r.task}",
            f"责任单位：{units(r)}。时限：{r.deadline}。",
            f"完成情况：{r.progress}",
            "",
        ]
    return draw_text("e44.txt", lines, "task units deadline progress", B)


@_draw
def landscape_print_of_a_street() -> Drawn:
    head: list[Spot] = ["序号", "分类", "工作事项", "责任科室", "工作进度", "下步举措"]
    body = [[r.number, merged(B, i), r.task, units(r), r.progress, r.coming] for i, r in enumerate(B)]
    title = Paragraph(text="东关街道2025年上半年重点工作推进表")
    document = Document(name="e45.pdf", format="pdf", blocks=(title, make_table([head, *body])))
    return "e45.pdf", write_pdf_by_chromium(document), B, _kinds("number group task units progress coming")


@_draw
def responses_with_deadlines_unwritten() -> Drawn:
    head: list[Spot] = ["序", "群众关切", "回应举措", "责任单位", "答复情况", "完成时间"]
    body = body_of(alone(A), lambda r: [r.number, "群众反映集中", r.task, r.leads[0], r.progress, "长期坚持"])
    return draw_grid("e46.xlsx", "关切", [head, *body], "number units progress", alone(A))
