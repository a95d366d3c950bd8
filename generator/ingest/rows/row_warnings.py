"""What looks wrong in the rows of a table although they could be read: told, never mended."""

from __future__ import annotations

from collections.abc import Sequence

from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.base.places import NOWHERE
from generator.ingest.layout.heading_roles import OFFICE_ROLES, ColumnRole
from generator.ingest.layout.row_numbers import Number, number_value
from generator.ingest.layout.source_pieces import squeeze
from generator.ingest.rows.row_tasks import RowText
from generator.model import Role, Task

R = ColumnRole
_EXPECTED = ((Message("进展"), R.PROGRESS, "progress"), (Message("下一步计划"), R.NEXT_STEPS, "next_steps"))
"""Name, column and key of what a row should say when its table has the column."""


def check_row(row: RowText, task: Task) -> list[Problem]:
    """What is missing in a row although the table has a column for it."""
    found = []
    if not task.commitment:
        what, hint = (
            Message("这一行没有任务内容"),
            Message("补上任务内容再读入；如果表头认错了，用 --column 指明任务列"),
        )
        found.append(Problem(place=row.where, what=what, hint=hint))
    if not task.departments and row.roles.intersection(OFFICE_ROLES):
        what, hint = (
            Message("第{number}项没有责任单位", number=task.number),
            Message("如果原表是合并单元格，请在 YAML 里补上"),
        )
        found.append(Problem(place=row.where, what=what, hint=hint, level=Severity.WARNING))
    if task.departments and R.LEAD in row.roles and all(a.role is not Role.LEAD for a in task.departments):
        what, hint = (
            Message("第{number}项没有牵头单位", number=task.number),
            Message("如果原表有，请核对这一行"),
        )
        found.append(Problem(place=row.where, what=what, hint=hint, level=Severity.WARNING))
    missing = [n for n, r, k in _EXPECTED if r in row.roles and k not in row.texts]
    for name in missing:
        what, hint = (
            Message("第{number}项的{name}是空的", number=task.number, name=name),
            Message("如果原表有字，请核对这一行"),
        )
        found.append(Problem(place=row.where, what=what, hint=hint, level=Severity.WARNING))
    return found


def check_numbers(rows: Sequence[RowText], numbers: Sequence[Number]) -> list[Problem]:
    """One warning for lost numbers, one for numbers counted through."""
    lost = [n.value for n in numbers if n.inferred]
    odd = [(n.printed, n.value) for n in numbers if n.printed and number_value(n.printed) != n.value]
    found = []
    if lost:
        where = next(row.where for row, n in zip(rows, numbers, strict=True) if n.inferred)
        what = (
            Message("全表没有序号，按顺序编号")
            if len(lost) == len(numbers)
            else Message("{count} 行的序号丢失，按前后推为 {numbers}", count=len(lost), numbers=_list(lost))
        )
        found.append(Problem(place=where, what=what, hint=Message("请对照原表核对"), level=Severity.WARNING))
    if odd:
        what = Message(
            "原表的序号有重复或分级（如第{number}项印作“{printed}”），已按顺序通编，原序号另存",
            number=odd[0][1],
            printed=odd[0][0],
        )
        found.append(
            Problem(place=NOWHERE, what=what, hint=Message("请对照原表核对"), level=Severity.WARNING)
        )
    return found


def _list(values: Sequence[int]) -> tuple[str, ...]:
    return (*map(str, values[:12]), *(["…"] if len(values) > 12 else []))


def check_gaps(rows: Sequence[RowText]) -> list[Problem]:
    """A warning when printed numbers skip some: rows may have been lost on the way."""
    printed = [number_value(row.number) for row in rows if row.number]
    known = [number for number in printed if number is not None]
    if len(known) < len(rows) or len(set(known)) < len(known) or known != sorted(known):
        return []
    missing = sorted(set(range(1, known[-1] + 1)) - set(known)) if known else []
    if not missing or len(missing) > len(known):
        return []
    what = Message("序号从 1 到 {last}，缺 {missing}", last=known[-1], missing=_list(missing))
    return [Problem(place=NOWHERE, what=what, hint=Message("请核对原表是否漏了行"), level=Severity.WARNING)]


def check_repeats(rows: Sequence[RowText]) -> list[Problem]:
    """An error when a good part of the tasks stand twice in the file: two sheets of the same table."""
    seen: dict[str, RowText] = {}
    twice = []
    for row in rows:
        text = squeeze(row.texts.get("commitment", ""))
        if text and text in seen and seen[text].cell != row.cell:
            twice.append(row)
        seen.setdefault(text, row)
    if len(twice) < 3 or len(twice) * 5 < len(rows) * 2:
        return []
    what = Message("有 {count} 项任务在文件里出现两次，像是同一张表放了两份", count=len(twice))
    hint = Message("删去不要的那一份（工作表）再读入")
    return [Problem(place=twice[0].where, what=what, hint=hint)]
