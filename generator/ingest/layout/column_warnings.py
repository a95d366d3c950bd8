"""What a person should check in the columns of a table: decisions that were taken for all of its rows."""

from __future__ import annotations

from collections.abc import Sequence

from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.base.places import NOWHERE, Place
from generator.ingest.layout.column_content import SourceColumn
from generator.ingest.layout.heading_roles import ROLE_WORDS, ColumnRole, heading_role, is_category
from generator.ingest.layout.reading_confidence import is_unsure

R = ColumnRole
_SINGLE = (
    (R.PLAN, Message("计划")),
    (R.NEXT_STEPS, Message("下一步")),
    (R.STATUS, Message("自报状态")),
    (R.COMPLETION, Message("自报完成率")),
    (R.DEADLINE, Message("完成时限")),
    (R.DEPARTMENT, Message("责任单位")),
    (R.LEADER, Message("责任领导")),
)
"""Roles of which a table has one column, and what the message calls them."""


def check_columns(columns: Sequence[SourceColumn], where: Place) -> list[Problem]:
    """One warning for each sort of decision; ``where``: place of the first task."""
    found = []
    slipped = [
        Message("第{column}列={name}", column=c.index + 1, name=_name(c) or Message("（无）"))
        for c in columns
        if c.moved
    ]
    if slipped:
        what = Message("表头和各列的内容对不上，按内容重新对了列：{columns}", columns=tuple(slipped))
        found.append((where, what, Message("请核对；不对就用 --column 指明")))
    odd = [c for c in columns if c.why == "content" and c.heading and not c.moved and not _is_known(c)]
    if odd:
        what = Message("表头{names}不认识，按内容定了是什么", names=_names(odd))
        found.append((NOWHERE, what, Message("请核对；不对就用 --column 指明")))
    trapped = [f"“{_name(c)}”={c.role}" for c in columns if c.why == "content" and not c.moved and _speaks(c)]
    if trapped:
        what = Message("有的列内容和表头说的不一样，按内容定了是什么：{columns}", columns=tuple(trapped))
        found.append((NOWHERE, what, Message("请核对；不对就用 --column 指明")))
    unknown = [c for c in columns if c.role is R.REMARKS and c.why == "position"]
    if unknown:
        found.append(
            (
                NOWHERE,
                Message("不认识{names}这些列，内容并入备注", names=_names(unknown)),
                Message("有别的用处就用 --column 指明"),
            )
        )
    found += [(where, *_tell_unsure(column)) for column in filter(is_unsure, columns)]
    decided = ("option", "district.yaml")
    named = [c for c in columns if c.names and c.why not in decided and not is_category(c.heading)]
    if named:
        what = Message("{names}一列每行各有一个名称，当作分组标题", names=_names(named))
        hint = Message("如果它是任务内容的一部分，加 --column {name}=task", name=_name(named[0]))
        found.append((where, what, hint))
    reports = [c for c in columns if c.role is R.PROGRESS]
    if len(reports) > 1:
        hint = Message("请核对；用 --column 指明哪一列是这一期的进展")
        found.append((where, Message("{names}几列都像进展，合在一起", names=_names(reports)), hint))
    for role, name in _SINGLE:
        several = [c for c in columns if c.role is role]
        if len(several) > 1:
            what = Message("{names}几列都像{role}，合在一起", names=_names(several), role=name)
            found.append((where, what, Message("请核对；用 --column 指明其中一列是什么")))
    tasks = [c for c in columns if c.role is R.TASK]
    if len(tasks) > 1:
        hint = Message("请核对；用 --column 指明哪一列是任务，另一列是 plan、group 或 remarks")
        found.append((where, Message("{names}几列都像任务，合在一起作任务内容", names=_names(tasks)), hint))
    return [Problem(place=place, what=what, hint=hint, level=Severity.WARNING) for place, what, hint in found]


def _tell_unsure(column: SourceColumn) -> tuple[Message, Message]:
    """The two best readings of a column, in its own words, and how to choose the second."""
    what = Message(
        "第{column}列“{name}”（如“{sample}”）读作{role}，也像{rival}",
        column=column.index + 1,
        name=_name(column),
        sample=column.sample,
        role=ROLE_WORDS[column.role or R.IGNORE],
        rival=ROLE_WORDS[column.rival or R.IGNORE],
    )
    key = _name(column) or column.index + 1
    return what, Message("请核对；是后者就加 --column {key}={role}", key=key, role=column.rival)


def _name(column: SourceColumn) -> str:
    return column.heading.replace("\n", "")


def _names(columns: Sequence[SourceColumn]) -> tuple[str, ...]:
    return tuple(f"“{_name(column)}”" for column in columns)


def _speaks(column: SourceColumn) -> bool:
    """Whether the words of the heading name another role than the content made it."""
    said = heading_role(column.heading.replace("\n", "")) or heading_role(column.heading.split("\n")[-1])
    return said not in (None, column.role) and column.role is not R.GROUP


def _is_known(column: SourceColumn) -> bool:
    """Whether the rules know the words of the heading (and only its content spoke against them)."""
    return heading_role(column.heading.split("\n")[-1]) is not None
