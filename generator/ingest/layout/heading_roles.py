"""What a column holds, by the words in its heading.

Source: headings of published tables of some forty districts, counties and cities (docs/field.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache

from generator.base.messages import Message
from generator.ingest.layout.simplified_characters import simplify
from generator.ingest.layout.source_pieces import squeeze
from generator.language import lexicon


class ColumnRole(StrEnum):
    """What a column of the source table becomes."""

    NUMBER = "number"
    GROUP = "group"
    TASK = "task"
    PLAN = "plan"
    DEPARTMENT = "department"
    LEAD = "lead"
    JOINT = "joint"
    LEADER = "leader"
    PROGRESS = "progress"
    STATUS = "status"
    COMPLETION = "completion"
    NEXT_STEPS = "next_steps"
    DEADLINE = "deadline"
    CONTACT = "contact"
    REMARKS = "remarks"
    IGNORE = "ignore"


OFFICE_ROLES = (ColumnRole.DEPARTMENT, ColumnRole.LEAD, ColumnRole.JOINT)
"""Columns that name who is responsible."""


ROLE_WORDS: Mapping[ColumnRole, Message] = {
    ColumnRole.NUMBER: Message("序号"),
    ColumnRole.GROUP: Message("分组"),
    ColumnRole.TASK: Message("任务"),
    ColumnRole.PLAN: Message("节点计划"),
    ColumnRole.DEPARTMENT: Message("责任单位"),
    ColumnRole.LEAD: Message("牵头单位"),
    ColumnRole.JOINT: Message("配合单位"),
    ColumnRole.LEADER: Message("责任领导"),
    ColumnRole.PROGRESS: Message("进展"),
    ColumnRole.STATUS: Message("自报状态"),
    ColumnRole.COMPLETION: Message("自报完成率"),
    ColumnRole.NEXT_STEPS: Message("下一步"),
    ColumnRole.DEADLINE: Message("完成时限"),
    ColumnRole.CONTACT: Message("联系电话"),
    ColumnRole.REMARKS: Message("并入备注"),
    ColumnRole.IGNORE: Message("不读"),
}
"""What a column is called on the command line and on the screen; each is understood in ``--columns``."""

_BRACKETS = re.compile(r"[（(【\[〔][^（(【\[〔）)】\]〕]*[）)】\]〕]")

_CATEGORY = (
    r".*(类别|分类|大类|领域|板块|主题|方面|专题|条线|维度|篇章|章节|专项|模块"
    r"|[一二]级(指标|目标|任务|项目|内容))"
)
"""Headings of groups that cannot be the name of a single task."""

_RULES: tuple[tuple[ColumnRole, str], ...] = (
    (
        ColumnRole.NUMBER,
        r"(分解|任务|项目|指标|总|目标|顺)?序号|顺序号|(任务|项目|指标)?编号|序列?|项次|序次|号|NO\.?|№",
    ),
    (ColumnRole.TASK, r".*(任务|内容|事项|项目|要点|目标|工作)[、和及与/](责任|牵头|承办).*(单位|部门|分工)"),
    (
        ColumnRole.CONTACT,
        r".*(监督|联系|咨询|举报|办公|服务)(科室|电话|方式|处室|部门及电话).*|联系人.*|(责任)?[科处]室.+|电话"
        r"|经办人.*|联络员及电话|手机(号码?)?",
    ),
    (ColumnRole.LEAD, r"(牵头|主责|主办)(责任)?(单位|部门)[及、和/]?(主要)?(责任人|负责人|联系人)"),
    (ColumnRole.DEPARTMENT, r"(责任|承办|实施|落实)?(单位|部门)[及、和/]?(主要)?(责任人|负责人|联系人)"),
    (ColumnRole.LEADER, r".*(领导|责任人|负责人|包保人|区长|县长|市长|主任|领衔人|联络员)(姓名|及职务)?"),
    (
        ColumnRole.LEAD,
        r"(省|市|区|县)?(级|直)?(总)?(牵头|主责|主办|第一责任|主要责任|首要责任|首位责任|主体责任)(区直|市直|县直)?(责任)?(单位|部门|科室|处室)?",
    ),
    (
        ColumnRole.JOINT,
        r"(配合|协同|协办|协助|参与|参加|协作|会办|联办|责任配合|支持)(责任)?(单位|部门|处室|科室|街道|镇街)?|(相关|成员|辅助)(单位|部门)",
    ),
    (
        ColumnRole.DEPARTMENT,
        r".*(责任|承办|业主|实施|落实|承担|建设|主管|负责|完成|办理|执行|推进|申报|承接|分管|职能)(单位|部门|主体|机构|处室|科室|镇街|乡镇|地区)"
        r"|部门分工|(责任)?(单位|部门)(名称|及分工)?|责任单位[、和及与/](责任)?部门|责任部门[/及]单位|项目(法人|业主)|主体单位|任务分工|责任分工|职责分工|牵头(、|和|及|/)?配合(责任)?(单位|部门)"
        r"|(单位|部门|科室)|(项目|填报|报送)(单位|部门)|(主办|牵头)(/|／|、|和|及)(协办|配合)(单位|部门)?",
    ),
    (
        ColumnRole.REMARKS,
        r".*(总投资|计划投资|年度投资|投资计划|投资总额|投资估算|概算|预算)(额|金额|资金)?|(计量|指标|数量)?单位[（(]?[万亿]?元[）)]?|计量单位"
        r"|(建设|实施|项目)(地点|地址|位置|性质)|所在(镇街|乡镇|街道|位置)|(督查|督办|审核|考核)意见|资金来源",
    ),
    (
        ColumnRole.NEXT_STEPS,
        r"(?!.*(进展|(完成|推进|落实|实施|工作)情况)).*(下步|下一步|下阶段|下一阶段|后续|下半年|下季度|下一季度|下月|下个月|下一年度)(工作|推进)?.*"
        r"(计划|打算|安排|措施|举措|思路|工作|重点|目标)?|(工作|今后|接下来).*打算|工作计划及打算|(今后|后期)(工作)?(计划|安排|措施|打算)",
    ),
    (
        ColumnRole.DEADLINE,
        r".*(时限|期限|年限)(要求)?|(计划|预计|拟|要求|目标)?(完成|办结|竣工|投用|销号|截止|开竣工|实施)(时间|日期|节点)|(建设|实施)?(周期|工期)|目标时间|当年完成|完成时间节点|时间(要求|节点|安排)?|起止时间",
    ),
    (
        ColumnRole.COMPLETION,
        r"(.*完成.*|形象|.*进度|.*执行)(率|比例|比率|百分比|占比|比)(%)?|占(全年|年度|年|总)(度)?(计划|目标|任务|投资)?(任务|目标)?(比例|比重|比)?|形象进度|完成(率|比例)|.*进度[（(]?[%％][）)]?|完成[%％]|.*百分比",
    ),
    (
        ColumnRole.STATUS,
        r".*(状态|预警|预警等级|亮灯|亮灯情况|红绿灯|灯号|灯色|预警灯|红黄绿灯|评价|评价结果|评定|等次|成效)|(进度|进展|完成)(类别|等级)|完成与否|销号情况|目标完成情况|是否.*(完成|达标|达序时|办结|销号).*|(序时)?进度评价|完成成效|(办理|办结|落实|完成)结果|办结情况"
        r"|(是否)?达(到)?序时(进度)?(情况)?",
    ),
    (
        ColumnRole.PLAN,
        r".*(季度|月度|月份|上半年|阶段|阶段性|节点|序时|时序|分月|分季)(工作)?(目标|计划|任务|安排|打算)(及.*)?"
        r"|(本月|当月|本季度)(工作)?(目标|计划|任务)|实施步骤|推进路径|全年计划安排|.*(进度|实施|推进|工作)(安排|计划)|工作举措.*|推进举措|.*(主要|工作|落实|推进|具体)?(措施|举措)",
    ),
    (
        ColumnRole.PROGRESS,
        r".*(推进|进展|完成|落实|实施|办理|执行|开展|进度|整改|达成|工作)(落实|进展|完成)?(情况|状况)(说明)?"
        r"|.*(进展|最新进展|进度)|.*(上半年|季度|月|前)(工作)?(进展|成效|完成).*|工作(成效|成果|实绩)|截[至止](目前|\d{1,2}月底?)|目前(情况|状况)|(进展|进度)说明|累计完成|(完成)?实绩|阶段性?成果|实际完成(值|数|量)?|完成(值|数|量)",
    ),
    (
        ColumnRole.REMARKS,
        r"备注|说明|其他(说明)?|其它|分值|权重|(目标|指标|任务|项目)(类型|性质|属性|来源)|存在(的)?(主要)?(困难|问题).*|(困难|问题)(和|及|与)?(建议|问题)?.*"
        r"|.*原因(分析)?|需.*协调.*|意见建议|(自评)?得分|佐证材料",
    ),
    (
        ColumnRole.GROUP,
        rf"{_CATEGORY}|(民生|重点|建设)?(项目|实事|工程)(项目)?(名称)?|名称|类型|单元|篇|大项|重点方向",
    ),
    (
        ColumnRole.TASK,
        r".*(重点|主要|目标|工作|具体|分解|年度|核心|细化|改革|实事|建设|攻坚|督办|督查|交办|决策|议定|整改|报告|预期)(工作)?(任务|事项|内容|目标|要点)(及.*|分解|清单)?"
        r"|三级(指标|目标|任务|项目|内容)|(任务|指标|项目|实事|工作|目标|事项)(内容|任务|名称|事项|目标)|预期目标|任务|事项|.*内容|指标|指标任务|(年度|全年|本年|当年|\d{4}年)?(度)?(工作)?目标(任务|值)?"
        r"|.*(建设|主要)内容(及规模)?|(年度|全年|当年)(任务|计划)|重点工作|工作要点|工作重点|承诺事项|任务(描述|概述|清单|分解|要求)|(工作|具体|目标)要求|案由|(建议|提案)(标题|名称|题目)|(惠民|为民)实事|(绩效|考核)(目标|指标)",
    ),
)
_BOTH = re.compile(
    r".*(进展|推进|完成|落实|进度|成效)(情况)?[及和与、/].*(下一?步|下阶段|后续|打算|计划).*"
    r"|.*(进展|推进|完成|落实|做法)(情况)?[及和与、/].*(成效|成果)"
)
"""Progress and next steps, or progress and results, in one column: the cell is progress."""
_COMPILED = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _RULES)


def normal_heading(text: str) -> str:
    """Heading without white space, brackets and quotes, in simplified characters."""
    plain = _BRACKETS.sub("", squeeze(text)) or squeeze(text)
    return simplify(plain).strip("：:*★☆·.、,，“”\"'")


def is_category(text: str) -> bool:
    """Whether a heading names a sort of tasks (类别, 领域), not a task (项目名称, 任务名称)."""
    return re.fullmatch(_CATEGORY, normal_heading(text.split("\n")[-1])) is not None


@lru_cache(maxsize=65536)
def heading_role(text: str) -> ColumnRole | None:
    """Role that the words of a heading name; None when they name none.

    The first rule that fits the whole heading wins, so that 牵头单位 is not just a 单位.
    """
    if not text.strip() or len(squeeze(text)) > 40:
        return None
    plain = normal_heading(text)
    if re.search(r"(?<![\d\s])[%％]", text) and re.search(r"进度|完成|率|比", text):
        return ColumnRole.COMPLETION
    if len(plain) > 16:
        return None
    if _BOTH.fullmatch(plain):
        return ColumnRole.PROGRESS
    for role, pattern in _COMPILED:
        if pattern.fullmatch(plain):
            return role
    return _lexicon_roles().get(plain)


@cache
def _lexicon_roles() -> dict[str, ColumnRole]:
    """Heading of the lexicon → role."""
    groups = lexicon.load("headings").items()
    return {normal_heading(entry.word): ColumnRole(role) for role, entries in groups for entry in entries}
