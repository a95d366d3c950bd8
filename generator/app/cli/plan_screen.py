"""The plan of an ingest as a table for a clerk, and the questions that it leaves to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from generator.app.cli.figures_screen import show_figures
from generator.app.cli.ingest_screen import FIELD_WORDS
from generator.app.cli.screen import Settings
from generator.app.cli.screen_tables import print_table
from generator.base.messages import Message, find_runs
from generator.ingest.layout.column_content import SourceColumn
from generator.ingest.layout.heading_roles import ROLE_WORDS
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
    RowAction.UNCHANGED: Message("不变"),
    RowAction.UPDATED: Message("更新"),
    RowAction.REWORDED: Message("改了措辞"),
    RowAction.RENUMBERED: Message("改了序号"),
    RowAction.NEW: Message("新增"),
    RowAction.MISSING: Message("这期没有"),
    RowAction.AMBIGUOUS: Message("要人定"),
}
_RELATIONS = {
    Relation.FIRST: Message("这是该年的第一张表。"),
    Relation.NEXT: Message("这是新的一期。"),
    Relation.OLDER: Message("这是补录较早的一期。"),
    Relation.CORRECTION: Message("这是同一期的第二张表（更正）。"),
    Relation.SAME: Message("这张表已经读入过。"),
}
_DIGITS = frozenset("0123456789.")
_SHOWN = 60
"""Longest run of words on the screen."""
_MOVED = 10
"""So many new numbers are listed."""
_CONTEXT = 12
"""Characters of an equal run that are shown on each side of a change."""


def show_plan(console: Console, plan: UpdatePlan, settings: Settings) -> None:
    """How the table stands in time, then a line for every task that is not simply carried on."""
    tell = settings.tell
    console.print(tell(_RELATIONS[plan.relation]))
    if lines := [entry for entry in plan.entries if _worth_a_line(plan, entry)]:
        headings = (Message("做什么"), Message("序号"), Message("任务"), Message("内容"))
        rows = ((tell(_ACTIONS[e.action]), str(e.number), e.title, _what(e, settings)) for e in lines)
        print_table(console, settings, headings, rows)
    moved = [entry for entry in plan.entries if _only_moved(entry)]
    if moved:
        console.print(tell(_moved(moved)))
    show_figures(console, plan, settings)
    _show_corrections(console, plan, settings)


def _moved(moved: list[RowEntry]) -> Message:
    """Tasks that only have new numbers: some pairs, then the new numbers alone."""
    pairs = tuple("{} → {}".format(*_numbers(entry)) for entry in moved[:_MOVED])
    rest = find_runs(entry.number for entry in moved[_MOVED:])
    if rest:
        return Message(
            "只改了序号的 {count} 项：{pairs}；其余现在是第 {numbers} 项",
            count=len(moved),
            pairs=pairs,
            numbers=rest,
        )
    return Message("只改了序号的 {count} 项：{pairs}", count=len(moved), pairs=pairs)


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


def _what(entry: RowEntry, settings: Settings) -> Text:
    """Differences, field by field, and who wins."""
    text = Text()
    if entry.came_from:
        text.append(settings.tell(Message("来自 {tasks}", tasks=entry.came_from)) + "\n")
    if entry.became:
        text.append(settings.tell(Message("成为 {tasks}", tasks=entry.became)) + "\n")
    for name, commitment in entry.candidates:
        text.append(f"? {name} {_short(commitment)}\n")
    for change in entry.fields:
        if change.file is None and change.wins is Winner.NEW and not entry.candidates:
            continue
        text.append(_change(change, settings))
        text.append("\n")
    text.rstrip()
    return text


def _change(change: FieldChange, settings: Settings) -> Text:
    tell = settings.tell
    text = Text(tell(_field(change.field)))
    old, new = (_words(change.field, value) for value in (change.file, change.new))
    if change.wins is Winner.FILE:
        label = Message("冲突，保留手改") if change.conflict else Message("保留手改")
        text.append(f"[{tell(label)}] {_short(old)}", style="yellow")
        return text.append(tell(Message("（表中：{words}）", words=_short(new))))
    if change.field == "number" and old != new:
        return text.append(f"{old} → {new}")
    if change.field == "number":
        return text.append(f"{new} ({tell(Message('推断或原样的写法变了'))})")
    if change.wins is Winner.BOTH:
        text.append(f"[{tell(Message('手改与新表合并'))}] ", style="yellow")
    return text.append(format_difference(old, new))


def _field(name: str) -> Message:
    """A field before its words: 任务：."""
    return Message("{field}：", field=FIELD_WORDS.get(name.split(".")[0], name))


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


def _show_corrections(console: Console, plan: UpdatePlan, settings: Settings) -> None:
    added = plan.corrections[1]
    if not added:
        return
    console.print(settings.tell(Message("已公布各期有 {count} 处改动，将记入更正：", count=len(added))))
    for each in added:
        line = Text(f"  {each.task} {each.period} {settings.tell(_field(each.field))}")
        console.print(line.append(format_difference(each.old or "", each.new or "")))


def ask(entries: Iterable[RowEntry], settings: Settings) -> dict[int, str]:
    """A person's word on every ambiguous row: row (1-based) → task id or ``new``."""
    tell = settings.tell
    decisions = {}
    for entry in entries:
        text = next((c.new for c in entry.fields if c.field == "commitment"), entry.title)
        click.echo("\n" + tell(Message("第{row}项：{text}", row=entry.row, text=text)))
        numbered = {place: f"{name}  {words}" for place, (name, words) in enumerate(entry.candidates, 1)}
        numbered[0] = tell(Message("是新任务"))
        answer = _choose(numbered, tell(Message("是哪一项？")))
        decisions[entry.row or 0] = entry.candidates[answer - 1][0] if answer else "new"
    return decisions


def ask_columns(columns: Iterable[SourceColumn], settings: Settings) -> dict[str, str]:
    """A person's word on columns of which two readings are near: 1-based number → role."""
    tell = settings.tell
    decided = {}
    for column in columns:
        number, heading = column.index + 1, column.heading.replace("\n", " ")
        values = {"column": number, "heading": heading, "sample": column.sample}
        click.echo("\n" + tell(Message("第{column}列“{heading}”，如“{sample}”：", **values)))
        roles = dict(enumerate((role for role in (column.role, column.rival) if role is not None), 1))
        words = {place: tell(ROLE_WORDS[role]) for place, role in roles.items()}
        decided[str(number)] = str(roles[_choose(words, tell(Message("是哪一种？")), default="1")])
    return decided


def _choose(numbered: Mapping[int, str], question: str, default: str | None = None) -> int:
    """The number that a person chooses out of a numbered list."""
    for number, words in numbered.items():
        click.echo(f"  {number}  {words}")
    choice = click.Choice([str(number) for number in sorted(numbered)])
    return int(click.prompt(question, type=choice, default=default))
