"""What ``taizhang ingest`` shows a clerk: columns, counts, doubts and the account of characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console

from generator.app.cli.screen import Settings
from generator.app.cli.screen_tables import print_table
from generator.base.messages import Message
from generator.ingest.draft import Draft
from generator.ingest.layout.column_content import SourceColumn
from generator.ingest.layout.heading_roles import ROLE_WORDS
from generator.ingest.layout.reading_confidence import CellEvidence, column_sureness
from generator.ingest.reading_explained import weigh_row
from generator.model import Role

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
_HEADINGS = (
    Message("第几列"),
    Message("表头"),
    Message("读作"),
    Message("依据"),
    Message("把握"),
    Message("也可能是"),
)
_NEAR = 0.95
"""Below this the second best reading of a column is shown."""
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
    for number, columns in enumerate(draft.columns, 1):
        title = Message("认出的列 {number}", number=number) if len(draft.columns) > 1 else Message("认出的列")
        print_table(console, settings, _HEADINGS, _column_rows(columns, settings), title)
    for said in (_counts(draft), _account(draft), _plan_line(plan)):
        console.print(settings.tell(said))


def _column_rows(columns: Sequence[SourceColumn], settings: Settings) -> Iterator[tuple[str, ...]]:
    tell = settings.tell
    for column in (c for c in columns if c.role or c.heading):
        role = tell(ROLE_WORDS[column.role]) if column.role else "—"
        heading = column.heading.replace("\n", " / ") or "—"
        yield str(column.index + 1), heading, role, tell(_WHY[column.why]), *_sureness(column, settings)


def _sureness(column: SourceColumn, settings: Settings) -> tuple[str, str]:
    """How sure a column is (97%), and what else it could be where that is near."""
    if column.role is None:
        return "", ""
    sure = column_sureness(column)
    near = column.rival is not None and sure < _NEAR
    return f"{sure:.0%}", settings.tell(ROLE_WORDS[column.rival]) if near and column.rival else ""


def show_evidence(console: Console, draft: Draft, row: int, settings: Settings) -> None:
    """Why one row (1-based) is read as it is: its place, its headings, and every cell with its column."""
    for said in _tell_evidence(draft, row):
        console.print(settings.tell(said))


def _tell_evidence(draft: Draft, row: int) -> Iterator[Message]:
    record = draft.records[row - 1]
    yield Message("第{row}项，{where}", row=row, where=record.where)
    for piece in record.sections:
        yield Message("  在“{heading}”之下", heading=" ".join(piece.text.split()))
    yield from map(_tell_cell, weigh_row(draft, row - 1))
    for heading, piece in record.extras:
        yield Message("  并入备注：“{heading}”“{text}”", heading=heading, text=piece.text)
    for problem in draft.problems:
        if (problem.place.row, problem.place.line) == (record.where.row, record.where.line):
            yield Message("  提醒：{what}", what=problem.what)


def _tell_cell(cell: CellEvidence) -> Message:
    return Message(
        "  {role}：“{text}”；{why}，把握 {sure}{rival}",
        role=ROLE_WORDS[cell.role],
        text=" ".join(cell.piece.text.split()),
        why=_tell_column(cell.column) if cell.column else Message("没有列，按行文认定"),
        sure=f"{cell.sure:.0%}",
        rival=Message("，其次像{role}", role=ROLE_WORDS[cell.rival]) if cell.rival else "",
    )


def _tell_column(column: SourceColumn) -> Message:
    heading, why = " / ".join(column.heading.split("\n")), _WHY[column.why]
    return Message("第{column}列“{heading}”，{why}", column=column.index + 1, heading=heading, why=why)


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
