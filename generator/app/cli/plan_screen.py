"""The plan of an ingest as a table for a clerk, and the questions that it leaves to a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.app.cli.figures_screen import show_figures
from generator.base.messages import find_runs
from generator.ingest.update import (
    FieldChange,
    Relation,
    RowAction,
    RowEntry,
    UpdatePlan,
    Winner,
    plain_field,
    text_difference,
)

_ACTIONS = {
    RowAction.UNCHANGED: ("不变", "unchanged"),
    RowAction.UPDATED: ("更新", "updated"),
    RowAction.REWORDED: ("改了措辞", "reworded"),
    RowAction.RENUMBERED: ("改了序号", "renumbered"),
    RowAction.NEW: ("新增", "new"),
    RowAction.MISSING: ("这期没有", "missing"),
    RowAction.AMBIGUOUS: ("要人定", "ambiguous"),
}
_RELATIONS = {
    Relation.FIRST: ("这是该年的第一张表。", "First table of the year."),
    Relation.NEXT: ("这是新的一期。", "A new period."),
    Relation.OLDER: ("这是补录较早的一期。", "An earlier period, taken in late."),
    Relation.CORRECTION: ("这是同一期的第二张表（更正）。", "A second table of the same period."),
    Relation.SAME: ("这张表已经读入过。", "This table was taken in before."),
}
_FIELDS = {
    "number": "序号",
    "section": "分组",
    "subsection": "小组",
    "title": "标题",
    "commitment": "任务",
    "deadline": "完成时限",
    "leaders": "责任领导",
    "departments": "责任单位",
    "contacts": "联系电话",
    "targets": "目标",
    "as_of": "截至日",
    "progress": "进展",
    "next_steps": "下一步",
    "next_steps_from": "同上所指",
    "plan": "节点计划",
    "reported_status": "自报状态",
    "reported_completion": "自报完成率",
    "remarks": "备注",
    "actuals": "完成数",
    "status": "状态",
}
_DIGITS = frozenset("0123456789.")
_SHOWN = 60
"""Longest run of words on the screen."""
_MOVED = 10
"""So many new numbers are listed."""
_CONTEXT = 12
"""Characters of an equal run that are shown on each side of a change."""


def show_plan(console: Console, plan: UpdatePlan, lang: str) -> None:
    """How the table stands in time, then a line for every task that is not simply carried on."""
    word = 1 if lang == "en" else 0
    console.print(_RELATIONS[plan.relation][word])
    lines = [entry for entry in plan.entries if _worth_a_line(plan, entry)]
    if lines:
        table = Table(show_edge=False)
        for name in ("RowAction", "No.", "Task", "What") if word else ("做什么", "序号", "任务", "内容"):
            table.add_column(name, overflow="fold")
        for entry in lines:
            table.add_row(_ACTIONS[entry.action][word], str(entry.number), entry.title, _what(entry, word))
        console.print(table)
    _show_moved(console, [entry for entry in plan.entries if _only_moved(entry)], word)
    show_figures(console, plan, lang)
    _show_corrections(console, plan, word)


def _show_moved(console: Console, moved: list[RowEntry], word: int) -> None:
    """Tasks that only have new numbers: some pairs, then the new numbers alone."""
    if not moved:
        return
    pairs = "、".join("{} → {}".format(*_numbers(entry)) for entry in moved[:_MOVED])
    label = f"{len(moved)} tasks only have new numbers: " if word else f"只改了序号的 {len(moved)} 项："
    rest = "、".join(find_runs(entry.number for entry in moved[_MOVED:]))
    more = (f"; the others are now {rest}" if word else f"；其余现在是第 {rest} 项") if rest else ""
    console.print(f"{label}{pairs}{more}")


def _worth_a_line(plan: UpdatePlan, entry: RowEntry) -> bool:
    if entry.action is RowAction.NEW:
        return plan.relation is not Relation.FIRST
    if entry.action is RowAction.UNCHANGED or entry.action is RowAction.UPDATED:
        return any(change.file is not None or change.conflict for change in entry.fields)
    return not _only_moved(entry)


def _only_moved(entry: RowEntry) -> bool:
    """Whether nothing but the number differs from what stands in the file."""
    known = [change.field for change in entry.fields if change.file is not None]
    return entry.action is RowAction.RENUMBERED and known == ["number"]


def _numbers(entry: RowEntry) -> tuple[str, str]:
    change = next(change for change in entry.fields if change.field == "number")
    return _words("number", change.file), _words("number", change.new)


def _what(entry: RowEntry, word: int) -> Text:
    """Differences, field by field, and who wins."""
    text = Text()
    for ids, zh, en in ((entry.came_from, "来自 ", "from "), (entry.became, "成为 ", "became ")):
        if ids:
            text.append((en if word else zh) + "、".join(ids) + "\n")
    for name, commitment in entry.candidates:
        text.append(f"? {name} {_short(commitment)}\n")
    for change in entry.fields:
        if change.file is None and change.wins is Winner.NEW and not entry.candidates:
            continue
        text.append(_change(change, word))
        text.append("\n")
    text.rstrip()
    return text


def _change(change: FieldChange, word: int) -> Text:
    name = change.field if word else _FIELDS.get(change.field.split(".")[0], change.field)
    text = Text(f"{name}：")
    old, new = (_words(change.field, value) for value in (change.file, change.new))
    if change.wins is Winner.FILE:
        if change.conflict:
            label = "conflict, hand edit stays" if word else "冲突，保留手改"
        else:
            label = "hand edit stays" if word else "保留手改"
        return text.append(f"[{label}] {_short(old)}", style="yellow").append(
            f"（{'table' if word else '表中'}：{_short(new)}）"
        )
    if change.field == "number" and old != new:
        return text.append(f"{old} → {new}")
    if change.field == "number":
        return text.append(f"{new} ({'as printed' if word else '推断或原样的写法变了'})")
    if change.wins is Winner.BOTH:
        text.append("[merged] " if word else "[手改与新表合并] ", style="yellow")
    return text.append(format_difference(old, new))


def format_difference(old: str, new: str) -> Text:
    """Old words in [-…-], new words in {+…+}, long equal runs shortened."""
    text = Text()
    for part, words in text_difference(old, new):
        if part == "same":
            text.append(_middle_cut(words))
        elif part == "gone":
            text.append(f"[-{_short(words)}-]", style="red")
        else:
            text.append(f"{{+{_short(words)}+}}", style="green")
    return text


def _words(field: str, value: Any) -> str:
    plain = plain_field(field, value)
    if plain is None:
        return ""
    if isinstance(plain, list):
        return "、".join(_item(item) for item in plain)
    return _item(plain)


def _item(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    if "phones" in item:
        return f"{item['office']} {' '.join(item['phones'])}"
    if "role" in item:
        return str(item["name"])
    if "value" in item and "unit" in item:
        return f"{item.get('metric') or item.get('target')} {item['value']}{item['unit']}"
    return "，".join(f"{key}={value}" for key, value in item.items() if value is not None)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[: _cut(flat, _SHOWN - 1)] + "…"


def _middle_cut(words: str) -> str:
    """An equal run with its ends alone; no number is cut."""
    if len(words) <= 2 * _CONTEXT:
        return words
    return f"{words[: _cut(words, _CONTEXT)]}…{words[len(words) - _cut(words[::-1], _CONTEXT) :]}"


def _cut(words: str, at: int) -> int:
    """Where to cut at the latest, so that no number is cut in two."""
    cut = at
    while 0 < cut < len(words) and words[cut] in _DIGITS and words[cut - 1] in _DIGITS:
        cut -= 1
    return cut or at


def _show_corrections(console: Console, plan: UpdatePlan, word: int) -> None:
    added = plan.corrections[1]
    if not added:
        return
    console.print(
        f"{len(added)} changes to published periods go on record:"
        if word
        else f"已公布各期有 {len(added)} 处改动，将记入更正："
    )
    for each in added:
        line = Text(f"  {each.task} {each.period} {_FIELDS.get(each.field.split('.')[0], each.field)}：")
        console.print(line.append(format_difference(each.old or "", each.new or "")))


def ask(entries: Iterable[RowEntry], lang: str) -> dict[int, str]:
    """A person's word on every ambiguous row: row (1-based) → task id or ``new``."""
    word = 1 if lang == "en" else 0
    decisions = {}
    for entry in entries:
        text = next((c.new for c in entry.fields if c.field == "commitment"), entry.title)
        click.echo(f"\n{'Row' if word else '第'}{entry.row}{'' if word else '项'}：{text}")
        for place, (name, commitment) in enumerate(entry.candidates, 1):
            click.echo(f"  {place}  {name}  {commitment}")
        click.echo(f"  0  {'a new task' if word else '是新任务'}")
        choices = [str(number) for number in range(len(entry.candidates) + 1)]
        answer = int(click.prompt("Which?" if word else "是哪一项？", type=click.Choice(choices)))
        decisions[entry.row or 0] = entry.candidates[answer - 1][0] if answer else "new"
    return decisions
