"""What ``taizhang ingest`` shows a clerk: columns, counts, doubts and the account of characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from generator.app.cli.screen import Settings
from generator.base.messages import Message
from generator.ingest.draft import Draft
from generator.ingest.layout.heading_roles import ColumnRole
from generator.model import Role

_ROLES = {
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
_WHY = {
    "heading": Message("看表头"),
    "content": Message("看内容"),
    "position": Message("看位置"),
    "option": Message("命令行指明"),
    "district.yaml": Message("district.yaml 里写明"),
    "": Message("空列"),
}
FIELD_WORDS = {
    "number": Message("序号"),
    "section": Message("分组标题"),
    "commitment": Message("任务"),
    "departments": Message("责任单位"),
    "contacts": Message("联系电话"),
    "progress": Message("进展"),
    "next_steps": Message("下一步"),
    "plan": Message("节点计划"),
    "deadline": Message("完成时限"),
    "leaders": Message("责任领导"),
    "reported_status": Message("自报状态"),
    "reported_completion": Message("自报完成率"),
    "remarks": Message("备注"),
    "heading": Message("表头"),
    "title": Message("表名"),
    "note": Message("说明"),
    "total": Message("合计"),
    "furniture": Message("页面杂项"),
    "metadata": Message("文件信息"),
    "annex": Message("别的表"),
    "separators": Message("分隔符"),
    "unseen": Message("看不见的字符"),
    "struck": Message("划掉的字"),
    "footnote": Message("脚注号"),
    "error": Message("错误值"),
    "label": Message("标签"),
    "ignored": Message("指明不读"),
    "subsection": Message("小组"),
    "targets": Message("目标"),
    "as_of": Message("截至日"),
    "next_steps_from": Message("同上所指"),
    "actuals": Message("完成数"),
    "status": Message("状态"),
}
"""Fields of a task, and other parts of a table that characters are read into."""
_ACTIONS = {
    "new": Message("新增"),
    "updated": Message("加一期进展"),
    "unchanged": Message("不变"),
    "reworded": Message("改了措辞"),
    "renumbered": Message("改了序号"),
    "missing": Message("这期没有"),
    "ambiguous": Message("对不上，要人定"),
}


def show_draft(console: Console, draft: Draft, plan: Sequence[Mapping[str, Any]], settings: Settings) -> None:
    """Everything that was understood, shortest first."""
    tell = settings.tell
    headings = (Message("第几列"), Message("表头"), Message("读作"), Message("依据"))
    for number, columns in enumerate(draft.columns, 1):
        title = Message("认出的列 {number}", number=number) if len(draft.columns) > 1 else Message("认出的列")
        table = Table(title=tell(title), title_justify="left", show_edge=False)
        for name in headings:
            table.add_column(tell(name), overflow="fold")
        for column in (c for c in columns if c.role or c.heading):
            role = tell(_ROLES[column.role]) if column.role else "—"
            heading = column.heading.replace("\n", " / ") or "—"
            table.add_row(str(column.index + 1), heading, role, tell(_WHY[column.why]))
        console.print(table)
    for said in (_counts(draft), _account(draft), _plan_line(plan)):
        console.print(tell(said))


def _counts(draft: Draft) -> Message:
    tasks = draft.tasks
    roles = Counter(a.role for task in tasks for a in task.departments)
    return Message(
        "读出 {tasks} 项任务，{groups} 个分组，推断序号 {inferred} 个；"
        "单位：牵头 {lead}、配合 {joint}、未注明 {unstated}，新单位 {new} 个；"
        "读出目标 {targets} 个、完成数 {actuals} 个，要人判定的数字 {doubts} 处。",
        tasks=len(tasks),
        groups=draft.sections,
        inferred=sum(task.number_inferred for task in tasks),
        lead=roles[Role.LEAD],
        joint=roles[Role.JOINT],
        unstated=roles[Role.UNSTATED],
        new=len(draft.new_departments),
        targets=sum(len(task.targets) for task in tasks),
        actuals=sum(len(u.actuals) for task in tasks for u in task.updates),
        doubts=len(draft.candidates),
    )


def _account(draft: Draft) -> Message:
    ledger = draft.ledger
    return Message(
        "字数：原表 {source} 字；读进{placed}；结构性的 {structural} 字（{kinds}）；"
        "没有着落的 {unaccounted} 字。",
        source=ledger.source,
        placed=_list(ledger.placed, FIELD_WORDS, Message("无")),
        structural=ledger.structural,
        kinds=_list(ledger.kinds, FIELD_WORDS, Message("无")),
        unaccounted=ledger.unaccounted,
    )


def _plan_line(plan: Sequence[Mapping[str, Any]]) -> Message:
    counts = Counter(str(entry["action"]) for entry in plan)
    return Message("计划：{actions}", actions=_list(counts, _ACTIONS, Message("没有要写的")))


def _list(counts: Mapping[str, int], words: Mapping[str, Message], none: Message) -> tuple[Message, ...]:
    """What is counted, each with its number."""
    return tuple(
        Message("{name} {count}", name=words.get(name, name), count=n) for name, n in counts.items()
    ) or (none,)
