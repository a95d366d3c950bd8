"""``taizhang ingest``: a received table → the plan of what would be written; with --apply, written."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from generator.app.cli.hint_options import hint_options
from generator.app.cli.ingest_screen import show_draft, show_evidence
from generator.app.cli.plan_screen import ask, ask_columns, show_plan
from generator.app.cli.screen import Settings
from generator.app.cli.spoken_help import command, option
from generator.base import disk
from generator.base.errors import ContentError, IngestError, Problem, Severity, SourceError, UsageError
from generator.base.journal import apply_changes
from generator.base.messages import Message, reason_of
from generator.base.paths import CONTENT
from generator.base.places import Place
from generator.ingest.draft import Draft
from generator.ingest.layout.reading_confidence import unsure_columns
from generator.ingest.reading_explained import explain, explain_refusal
from generator.ingest.update import (
    ReceivedTable,
    UpdatePlan,
    ambiguous_problems,
    plan_changes,
    plan_data,
    plan_table,
)
from generator.model import Period, parse_period

_COLUMN = Message(
    "指明某列是什么，如 --column 3=progress（第3列）或 --column 具体完成情况=task；写入时记进 district.yaml"
)
_MATCH = Message("说明某一行是哪项任务，如 --match 12=ceshi-2025-011；是新任务写 --match 12=new")


@command(
    "ingest", Message("读入一张新收到的表：先给出计划，什么也不写；加 --apply 才写入，要么全写，要么不写。")
)
@click.argument("file", type=click.Path(path_type=Path))
@option("--district", metavar="ID", required=True, words=Message("区县代号，见 site.yaml"))
@option("--period", metavar="PERIOD", required=True, words=Message("报告期：2025Q2、2025H1、2025M09 或 2025"))
@option("--apply", "write", is_flag=True, words=Message("写入内容文件，要么全写，要么不写"))
@option("--explain", "as_json", is_flag=True, words=Message("把读出的一切印成 JSON，标准输出上没有别的"))
@option("--column", "columns", multiple=True, metavar="C=ROLE", words=_COLUMN)
@hint_options
@option("--why", type=click.IntRange(min=1), metavar="ROW", words=Message("说明第几项为什么这样读"))
@option("--match", "matches", multiple=True, metavar="N=TASK", words=_MATCH)
@option("--partial", is_flag=True, words=Message("这张表只有一部分任务，其余任务不算退出"))
@option("--force", is_flag=True, words=Message("表看起来像别的区县的，也照样读入"))
@click.pass_obj
def ingest(
    settings: Settings,
    /,
    file: Path,
    write: bool,
    as_json: bool,
    why: int | None,
    matches: tuple[str, ...],
    **said: Any,
) -> int:
    """Exit code 0 when the table was read (and written, with --apply), 1 when something is wrong with it."""
    root = settings.open_site()
    try:
        files = disk.read_tree(root, CONTENT)
        received = _receive(file, **said)
        draft, plan = _plan(settings, files, received, _parse_matches(matches), asking=write and not as_json)
    except (SourceError, IngestError, ContentError) as error:
        if as_json:
            _print_json(explain_refusal(error.problems, settings.english))
        raise
    if why is not None and not as_json:
        return _show_why(settings, draft, why)
    problems = (*draft.problems, *plan.problems, *ambiguous_problems(plan))
    if as_json:
        renamed = replace(draft, tasks=plan.rows)
        _print_json(explain(renamed, plan_data(plan), problems, settings.english))
        settings = replace(settings, quiet=True)
    elif not settings.quiet:
        _show(settings, draft, plan)
    settings.print_problems(problems)
    failed = any(problem.level is Severity.ERROR for problem in problems)
    return _finish(settings, root, plan, files, failed=failed, write=write)


def _receive(file: Path, *, period: str, columns: tuple[str, ...], **said: Any) -> ReceivedTable:
    """The received file with what the command line says of it. Raises: TaizhangError."""
    return ReceivedTable(
        name=str(file),
        data=_read_received(file),
        period=_parse_period(period),
        columns=_parse_columns(columns),
        **said,
    )


def _finish(
    settings: Settings, root: Path, plan: UpdatePlan, files: Mapping[str, bytes], *, failed: bool, write: bool
) -> int:
    """Write the plan, all of it or nothing, and say so."""
    if failed:
        settings.say(Message("有错误，没有写入任何文件。"))
        return 1
    if plan.ambiguous and not write:
        settings.say(Message("还有对不上的行；以上只是计划，什么也没有写。"))
        return 0
    changes = plan_changes(plan, files)
    if write:
        apply_changes(root, changes)
    settings.say(_tell_end(write, len(changes)))
    return 0


def _plan(
    settings: Settings,
    files: Mapping[str, bytes],
    received: ReceivedTable,
    matches: Mapping[int, str],
    *,
    asking: bool,
) -> tuple[Draft, UpdatePlan]:
    """Draft and plan; on a terminal a person is asked for rows that are ambiguous."""
    today = dt.date.today()
    draft, plan = plan_table(files, received, matches, today)
    if asking and sys.stdin.isatty() and (doubtful := unsure_columns(draft.columns)):
        decided = ask_columns(doubtful, settings)
        received = replace(received, columns={**received.columns, **decided})
        draft, plan = plan_table(files, received, matches, today)
    if not (asking and plan.ambiguous and sys.stdin.isatty()):
        return draft, plan
    _show(settings, draft, plan)
    return plan_table(files, received, {**matches, **ask(plan.ambiguous, settings)}, today)


def _show(settings: Settings, draft: Draft, plan: UpdatePlan) -> None:
    console = Console(soft_wrap=True, highlight=False, markup=False)
    show_draft(console, draft, plan_data(plan), settings)
    show_plan(console, plan, settings)


def _show_why(settings: Settings, draft: Draft, row: int) -> int:
    """Raises: UsageError for a row that the table does not have."""
    if row > len(draft.records):
        what = Message("表里没有第{row}项（共 {count} 项）", row=row, count=len(draft.records))
        raise UsageError(Problem(place=Place(file="--why"), what=what, hint=Message("行号照计划里印的写")))
    console = Console(soft_wrap=True, highlight=False, markup=False)
    show_evidence(console, draft, row, settings)
    return 0


def _tell_end(write: bool, count: int) -> Message:
    if not count:
        return Message("没有要写的：内容与这张表一致。")
    if write:
        return Message("已写入 {count} 个文件。请用 git diff 审阅。", count=count)
    return Message("以上只是计划，什么也没有写。确认后加 --apply 写入 {count} 个文件。", count=count)


def _print_json(data: Mapping[str, Any]) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _parse_period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError as error:
        raise IngestError(Problem(place=Place(file="--period"), what=reason_of(error))) from None


def _parse_columns(columns: tuple[str, ...]) -> dict[str, str]:
    """``3=progress`` → {"3": "progress"}. Raises: UsageError."""
    pairs = {}
    for text in columns:
        key, mark, role = text.rpartition("=")
        if not mark or not key.strip() or not role.strip():
            hint = Message("写成 3=progress 或 推进情况=progress")
            raise UsageError(_not_understood("--column", text, hint))
        pairs[key.strip()] = role.strip()
    return pairs


def _parse_matches(matches: tuple[str, ...]) -> dict[int, str]:
    """``12=ceshi-2025-011`` → {12: "ceshi-2025-011"}. Raises: UsageError."""
    pairs = {}
    for text in matches:
        row, mark, task = text.partition("=")
        if not mark or not row.strip().isdecimal() or not task.strip():
            hint = Message("写成 12=ceshi-2025-011 或 12=new")
            raise UsageError(_not_understood("--match", text, hint))
        pairs[int(row)] = task.strip()
    return pairs


def _not_understood(name: str, text: str, hint: Message) -> Problem:
    return Problem(place=Place(file=name), what=Message("“{text}”看不懂", text=text), hint=hint)


def _read_received(file: Path) -> bytes:
    """The received file. Raises: SourceError, so that a missing file is a problem and not a wrong use."""
    try:
        return disk.read_bytes(file)
    except UsageError as error:
        raise SourceError(error.problems) from None
