"""``taizhang review``: numbers that the rules could not decide, for a person to decide."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click
from rich.console import Console
from rich.prompt import Prompt
from rich.text import Text

from generator import content
from generator.app.cli.screen import Settings
from generator.app.inspection import require_unchanged
from generator.base import disk
from generator.base.errors import Problem, UsageError
from generator.base.journal import apply_changes
from generator.base.messages import Message
from generator.base.paths import CONTENT, review_file, task_file
from generator.base.places import NOWHERE, Place
from generator.base.recovery import recover_site
from generator.base.site_lock import lock_folder
from generator.content.decisions import Decision, DecisionAction, format_decisions, parse_decisions
from generator.content.yaml_rewrite import rewrite_task
from generator.ingest.review import (
    Note,
    NoteKind,
    Question,
    apply_decisions,
    list_notes,
    list_questions,
    make_decision,
    note_row,
    question_row,
)
from generator.model import Basis, District, StatusValue

Files = Mapping[str, bytes]
_COLUMNS = "task period kind target metric promised value unit confidence reason quote spans"
_CHOICES = {"a": DecisionAction.ACCEPT, "c": DecisionAction.CORRECT, "r": DecisionAction.REJECT}
_HELP_NOTE = "[c] 填写  [r] 本期确实没有  [l] 以后再说  [q] 结束"
_NOTE_HEADINGS = {
    NoteKind.LOST: "上期有数、本期没有读到",
    NoteKind.UNREAD: "有数但没有读成确数",
    NoteKind.STOPPED: "像是取消、终止、移交或暂停",
}
_HELP = "[a] 采用  [c] 改正  [r] 不是  [l] 以后再说  [q] 结束"


@click.command(help="逐条判定拿不准的数字：采用、改正、不是、以后再说。结果写进任务文件，注明 by: editor。")
@click.option("--list", "only_list", is_flag=True, help="只列出，不提问：每行一条，用制表符分隔")
@click.option("--format", "form", type=click.Choice(["tsv", "json"]), default="tsv", help="--list 的格式")
@click.option("--district", default=None, help="只看一个区县")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    default=None,
    help="照一个判定文件写入，不提问；同一个文件可以重复使用",
)
@click.pass_obj
def review(
    settings: Settings, only_list: bool, form: str, district: str | None, decisions: Path | None
) -> int:
    """Exit code 0; 1 when a decision file is wrong, 2 without a terminal to ask on."""
    root = settings.site_root()
    with lock_folder(root):
        recover_site(root)
        files = disk.read_tree(root, CONTENT)
    site = content.parse_site(files)
    chosen = [d for d in site.districts if district in (None, d.id)]
    if not chosen:
        known = tuple(d.id for d in site.districts)
        raise UsageError(
            Problem(
                place=Place(file="--district"),
                what=Message("没有“{district}”这个区县", district=district),
                hint=Message("已有的区县：{districts}", districts=known),
            )
        )
    if only_list:
        _print_list([row for d in chosen for row in _rows(files, d)], form)
        return 0
    if decisions is None:
        _need_terminal()
        decide = _asker(files)
    else:
        decide = _reader(decisions, chosen)
    changes: dict[str, bytes | None] = {}
    for each in chosen:
        changes |= _changes(files, each, decide(each))
    with lock_folder(root):
        require_unchanged(root, files)
        apply_changes(root, changes)
    settings.say(f"已写入 {len(changes)} 个文件。请用 git diff 审阅。", f"Wrote {len(changes)} files.")
    return 0


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        what = Message("逐条判定要在终端里进行")
        raise UsageError(
            Problem(place=NOWHERE, what=what, hint=Message("脚本里用 --list 列出，用 --decisions 写入"))
        )


def _reader(path: Path, districts: list[District]) -> Callable[[District], tuple[Decision, ...]]:
    """Decisions of a file, by district. Raises: UsageError for a task of another district."""
    found = parse_decisions(disk.read_bytes(path), str(path))
    known = tuple(f"{d.id}-" for d in districts)
    for number, decision in enumerate(found):
        if not decision.task.startswith(known):
            place = Place(file=str(path), field=f"decisions[{number}].task")
            raise UsageError(
                Problem(
                    place=place,
                    what=Message("没有 {task} 所在的区县", task=decision.task),
                    hint=Message("检查任务编号"),
                )
            )
    return lambda district: tuple(d for d in found if d.task.startswith(f"{district.id}-"))


def _remembered(files: Files, district: District) -> tuple[Decision, ...]:
    path = review_file(district.id)
    return parse_decisions(files[path], path) if path in files else ()


def _questions(files: Files, district: District) -> tuple[Question, ...]:
    return list_questions(district, _remembered(files, district))


def _rows(files: Files, district: District) -> list[dict[str, str]]:
    """Open questions, then targets whose figure of last period was not found again."""
    questions = _questions(files, district)
    notes = list_notes(district, questions, _remembered(files, district))
    return [*(question_row(q) for q in questions), *(note_row(n) for n in notes)]


def _print_list(rows: list[dict[str, str]], form: str) -> None:
    if form == "json":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    columns = _COLUMNS.split()
    click.echo("\t".join(columns))
    for row in rows:
        click.echo("\t".join(" ".join(row[column].split()) for column in columns))


def _changes(files: Files, district: District, decisions: tuple[Decision, ...]) -> dict[str, bytes | None]:
    """Task files and review.yaml as they must be written."""
    earlier = _remembered(files, district)
    tasks, rejections = apply_decisions(district, decisions, earlier)
    old = {task.id: task for task in district.tasks}
    changes: dict[str, bytes | None] = {}
    for task in tasks:
        path = task_file(task.id)
        changes[path] = rewrite_task(files[path].decode("utf-8-sig"), old[task.id], task).encode()
    if rejections != earlier:
        changes[review_file(district.id)] = format_decisions(rejections).encode()
    return changes


# -- asking -----------------------------------------------------------------------------------------------


def _asker(files: Files) -> Callable[[District], tuple[Decision, ...]]:
    console = Console(highlight=False)

    def ask(district: District) -> tuple[Decision, ...]:
        questions = _questions(files, district)
        decided: list[Decision] = []
        for number, question in enumerate(questions, start=1):
            if any(_settles(decision, question) for decision in decided):
                continue
            console.rule(f"{district.name} {number}/{len(questions)} {question.task.id}")
            _show(console, question)
            answer = Prompt.ask(_HELP, choices=["a", "c", "r", "l", "q"], default="l", console=console)
            if answer == "q":
                break
            if answer in _CHOICES:
                decided.append(_answer(question, _CHOICES[answer], console))
        else:
            decided += ask_notes(list_notes(district, questions, _remembered(files, district)), console)
        return tuple(decided)

    return ask


def ask_notes(notes: tuple[Note, ...], console: Console) -> Iterator[Decision]:
    """Numbers that are missing or not exact: written by hand, or said to be none."""
    for number, note in enumerate(notes, start=1):
        console.rule(f"{_NOTE_HEADINGS[note.kind]} {number}/{len(notes)} {note.task.id}")
        _show_note(note, console)
        answer = Prompt.ask(_HELP_NOTE, choices=["c", "r", "l", "q"], default="l", console=console)
        if answer == "q":
            return
        if answer in _CHOICES:
            yield _decide_note(note, _CHOICES[answer], console)


def _show_note(note: Note, console: Console) -> None:
    target = note.target
    if target is not None:
        console.print(Text(f"目标 {target.id}：{target.metric} {target.value:f}{target.unit}", style="bold"))
    console.print(Text(f"{note.reason}（“{'”“'.join(note.quotes)}”）", style="yellow"))
    console.print(Text(f"{'本期推进情况' if note.period else '目标任务'}：{note.text}"))


def _decide_note(note: Note, action: DecisionAction, console: Console) -> Decision:
    target, last = note.target, note.last
    decision = Decision(
        task=note.task.id,
        decision=action,
        period=note.period,
        target=target.id if target else None,
        quotes=note.quotes if target is None else (),
    )
    if note.kind is NoteKind.STOPPED:
        return _decide_status(decision, action, console)
    if action is DecisionAction.REJECT:
        return replace(decision, reason="本期没有写数" if target else "没有写明数量")
    unit = last.unit if last else target.unit if target else ""
    return replace(
        decision,
        value=_ask_number(console, last.value if last else Decimal(0)),
        unit=Prompt.ask("单位", default=unit, console=console),
        basis=last.basis if last and last.basis is not Basis.SUM else None,
        quotes=(_ask_quote(console, note.text, "" if note.kind is NoteKind.LOST else note.quotes[0]),),
    )


def _decide_status(decision: Decision, action: DecisionAction, console: Console) -> Decision:
    """Not stopped is in progress; otherwise a person chooses."""
    status = StatusValue.IN_PROGRESS
    if action is DecisionAction.CORRECT:
        choices = [value.value for value in StatusValue]
        answer = Prompt.ask("状态", choices=choices, default=StatusValue.NO_INFORMATION, console=console)
        status = StatusValue(answer)
    quotes = decision.quotes if action is DecisionAction.CORRECT else ()
    return replace(decision, decision=DecisionAction.CORRECT, status=status, quotes=quotes)


def _settles(decision: Decision, question: Question) -> bool:
    """Whether an accepted figure answers this question's target in this period already."""
    row = question_row(question)
    same = (decision.task, str(decision.period or ""), decision.target or "")
    return (
        same == (row["task"], row["period"], row["target"]) and decision.decision is not DecisionAction.REJECT
    )


def _show(console: Console, question: Question) -> None:
    row = question_row(question)
    if question.period is not None:
        console.print(Text("目标任务：") + Text(question.task.commitment))
        console.print(Text(f"目标 {row['target']}：{row['metric']} {row['promised']}", style="bold"))
    text = Text(question.text)
    for start, end in question.candidate.spans:
        text.stylize("bold reverse", start, end)
    console.print(Text("推进情况：" if question.period else "目标任务：") + text)
    console.print(Text(f"建议：{row['value']}{row['unit']}（{row['reason']}）", style="yellow"))


def _answer(question: Question, action: DecisionAction, console: Console) -> Decision:
    decision = make_decision(question, action)
    if action is not DecisionAction.CORRECT:
        return decision
    value = _ask_number(console, decision.value or Decimal(0))
    unit = Prompt.ask("单位", default=decision.unit or "", console=console)
    quote = _ask_quote(console, question.text, decision.quotes[0])
    return replace(decision, value=value, unit=unit, quotes=(quote,))


def _ask_number(console: Console, default: Decimal) -> Decimal:
    while True:
        answer = Prompt.ask("数值", default=f"{default:f}", console=console)
        try:
            value = Decimal(answer)
        except InvalidOperation:
            console.print("这不是一个数。")
            continue
        if value.is_finite():
            return value
        console.print("这不是一个数。")


def _ask_quote(console: Console, text: str, default: str) -> str:
    while True:
        quote = Prompt.ask("引文（原文里的原话）", default=default, console=console)
        if quote and quote in text:
            return quote
        console.print("原文里没有这句话，请一字不改地写。")
