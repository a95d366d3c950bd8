"""What ``taizhang ingest`` shows a clerk: columns, counts, doubts and the account of characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from generator.ingest.draft import Draft
from generator.ingest.layout.heading_roles import ColumnRole
from generator.model import Role

_ROLES = {
    ColumnRole.NUMBER: ("序号", "number"),
    ColumnRole.GROUP: ("分组", "group"),
    ColumnRole.TASK: ("任务", "task"),
    ColumnRole.PLAN: ("节点计划", "plan to date"),
    ColumnRole.DEPARTMENT: ("责任单位", "departments"),
    ColumnRole.LEAD: ("牵头单位", "lead"),
    ColumnRole.JOINT: ("配合单位", "supporters"),
    ColumnRole.LEADER: ("责任领导", "leaders"),
    ColumnRole.PROGRESS: ("进展", "progress"),
    ColumnRole.STATUS: ("自报状态", "reported status"),
    ColumnRole.COMPLETION: ("自报完成率", "reported completion"),
    ColumnRole.NEXT_STEPS: ("下一步", "next steps"),
    ColumnRole.DEADLINE: ("完成时限", "deadline"),
    ColumnRole.CONTACT: ("联系电话", "contacts"),
    ColumnRole.REMARKS: ("并入备注", "remarks"),
    ColumnRole.IGNORE: ("不读", "left out"),
}
_WHY = {
    "heading": ("看表头", "heading"),
    "content": ("看内容", "content"),
    "position": ("看位置", "position"),
    "option": ("命令行指明", "command line"),
    "district.yaml": ("district.yaml 里写明", "district.yaml"),
    "": ("空列", "empty"),
}
_FIELDS = {
    "number": "序号",
    "section": "分组标题",
    "commitment": "任务",
    "departments": "责任单位",
    "contacts": "联系电话",
    "progress": "进展",
    "next_steps": "下一步",
    "plan": "节点计划",
    "deadline": "完成时限",
    "leaders": "责任领导",
    "reported_status": "自报状态",
    "reported_completion": "自报完成率",
    "remarks": "备注",
    "heading": "表头",
    "title": "表名",
    "note": "说明",
    "total": "合计",
    "furniture": "页面杂项",
    "metadata": "文件信息",
    "annex": "别的表",
    "separators": "分隔符",
    "label": "标签",
    "ignored": "指明不读",
}
_ACTIONS = {
    "new": "新增",
    "updated": "加一期进展",
    "unchanged": "不变",
    "reworded": "改了措辞",
    "renumbered": "改了序号",
    "missing": "这期没有",
    "ambiguous": "对不上，要人定",
}


def show_draft(console: Console, draft: Draft, plan: Sequence[Mapping[str, Any]], lang: str) -> None:
    """Everything that was understood, shortest first."""
    word = 1 if lang == "en" else 0
    for number, columns in enumerate(draft.columns, 1):
        title = ("Columns" if word else "认出的列") + (f" {number}" if len(draft.columns) > 1 else "")
        table = Table(title=title, title_justify="left", show_edge=False)
        for name in ("No.", "Heading", "Taken as", "By") if word else ("第几列", "表头", "读作", "依据"):
            table.add_column(name, overflow="fold")
        for column in (c for c in columns if c.role or c.heading):
            role = _ROLES[column.role][word] if column.role else "—"
            heading = column.heading.replace("\n", " / ") or "—"
            table.add_row(str(column.index + 1), heading, role, _WHY[column.why][word])
        console.print(table)
    console.print(_counts(draft, word))
    console.print(_account(draft, word))
    console.print(_plan_line(plan, word))


def _counts(draft: Draft, word: int) -> str:
    tasks = draft.tasks
    inferred = sum(task.number_inferred for task in tasks)
    roles = Counter(a.role for task in tasks for a in task.departments)
    targets = sum(len(task.targets) for task in tasks)
    actuals = sum(len(u.actuals) for task in tasks for u in task.updates)
    if word:
        return (
            f"{len(tasks)} tasks under {draft.sections} headings, {inferred} numbers inferred; departments: "
            f"{roles[Role.LEAD]} lead, {roles[Role.JOINT]} joint, {roles[Role.UNSTATED]} unstated, "
            f"{len(draft.new_departments)} new; {targets} targets, {actuals} reported figures, "
            f"{len(draft.candidates)} to review."
        )
    return (
        f"读出 {len(tasks)} 项任务，{draft.sections} 个分组，推断序号 {inferred} 个；"
        f"单位：牵头 {roles[Role.LEAD]}、配合 {roles[Role.JOINT]}、未注明 {roles[Role.UNSTATED]}，"
        f"新单位 {len(draft.new_departments)} 个；读出目标 {targets} 个、完成数 {actuals} 个，"
        f"要人判定的数字 {len(draft.candidates)} 处。"
    )


def _account(draft: Draft, word: int) -> str:
    ledger = draft.ledger
    placed = _list(ledger.placed, word)
    structural = _list(ledger.kinds, word)
    if word:
        return (
            f"Characters: {ledger.source} in the source; placed: {placed}; structural {ledger.structural}"
            f" ({structural}); unaccounted {ledger.unaccounted}."
        )
    return (
        f"字数：原表 {ledger.source} 字；读进{placed}；结构性的 {ledger.structural} 字（{structural}）；"
        f"没有着落的 {ledger.unaccounted} 字。"
    )


def _list(counts: Mapping[str, int], word: int) -> str:
    names = ((name if word else _FIELDS.get(name, name), n) for name, n in counts.items())
    return "、".join(f"{name} {n}" for name, n in names) or ("none" if word else "无")


def _plan_line(plan: Sequence[Mapping[str, Any]], word: int) -> str:
    counts = Counter(str(entry["action"]) for entry in plan)
    parts = [f"{name if word else _ACTIONS.get(name, name)} {n}" for name, n in counts.items()]
    return ("Plan: " if word else "计划：") + ("、".join(parts) or ("nothing" if word else "没有要写的"))
