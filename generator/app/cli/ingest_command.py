"""``taizhang ingest``: a received table → the plan of what would be written; with --apply, written."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from generator import content
from generator.app.cli.ingest_screen import show_draft
from generator.app.cli.plan_screen import ask, show_plan
from generator.app.cli.screen import Settings, print_problems
from generator.base import disk
from generator.base.errors import (
    ContentError,
    IngestError,
    Problem,
    Severity,
    SourceError,
    UsageError,
    raise_if_errors,
)
from generator.base.journal import apply_changes
from generator.base.messages import Message, reason_of
from generator.base.paths import CONTENT, district_file, find_districts
from generator.base.places import Place
from generator.ingest.draft import Draft, make_draft
from generator.ingest.reading_explained import explain, explain_refusal
from generator.ingest.update import (
    UpdatePlan,
    ambiguous_problems,
    make_plan,
    plan_data,
    plan_files,
)
from generator.model import District, Period, parse_period

Files = Mapping[str, bytes]


@click.command(help="读入一张新收到的表：先给出计划，什么也不写；加 --apply 才写入，要么全写，要么不写。")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--district", required=True, help="区县代号，见 site.yaml")
@click.option("--period", required=True, help="报告期：2025Q2、2025H1、2025M09 或 2025")
@click.option("--apply", "write", is_flag=True, help="写入内容文件，要么全写，要么不写")
@click.option("--explain", "as_json", is_flag=True, help="把读出的一切印成 JSON，标准输出上没有别的")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="列=角色",
    help="指明某列是什么，如 --column 3=progress（第3列）或 --column 具体完成情况=task；"
    "写入时记进 district.yaml",
)
@click.option(
    "--match",
    "matches",
    multiple=True,
    metavar="项=任务",
    help="说明某一行是哪项任务，如 --match 12=ceshi-2025-011；是新任务写 --match 12=new",
)
@click.option("--force", is_flag=True, help="表看起来像别的区县的，也照样读入")
@click.pass_obj
def ingest(
    settings: Settings,
    file: Path,
    district: str,
    period: str,
    write: bool,
    as_json: bool,
    columns: tuple[str, ...],
    matches: tuple[str, ...],
    force: bool,
) -> int:
    """Exit code 0 when the table was read (and written, with --apply), 1 when something is wrong with it."""
    root = settings.open_site()
    try:
        files = disk.read_tree(root, CONTENT)
        received = _Received(
            file=file, data=_bytes(file), period=_period(period), columns=_decisions(columns), force=force
        )
        draft, plan = _plan(files, district, received, _matches(matches))
        if write and plan.ambiguous and not as_json and sys.stdin.isatty():
            _show(settings, draft, plan)
            answers = ask(plan.ambiguous, settings.lang)
            draft, plan = _plan(files, district, received, _matches(matches) | answers)
    except (SourceError, IngestError, ContentError) as error:
        if as_json:
            _print_json(explain_refusal(error.problems))
        raise
    problems = (*draft.problems, *plan.problems, *ambiguous_problems(plan))
    if as_json:
        _print_json(explain(replace(draft, tasks=plan.rows), plan_data(plan), problems))
    elif not settings.quiet:
        _show(settings, draft, plan)
    print_problems(problems, settings.lang)
    if any(problem.level is Severity.ERROR for problem in problems):
        settings.say("有错误，没有写入任何文件。", "There are errors; nothing was written.")
        return 1
    if plan.ambiguous and not write:
        settings.say(
            "还有对不上的行；以上只是计划，什么也没有写。", "Rows are ambiguous; nothing was written."
        )
        return 0
    changes = plan_files(plan, files)
    _check_result(files, changes, district)
    if write:
        apply_changes(root, changes)
    if not as_json:
        _say_end(settings, write, len(changes))
    return 0


def _check_result(files: Files, changes: Mapping[str, bytes], district: str) -> None:
    """Refuse to write what could not be read again. Raises: ContentError."""
    _, problems = content.parse_district(district, {**files, **changes})
    raise_if_errors(problems, ContentError)


def _show(settings: Settings, draft: Draft, plan: UpdatePlan) -> None:
    console = Console(soft_wrap=True, highlight=False)
    show_draft(console, draft, plan_data(plan), settings.lang)
    show_plan(console, plan, settings.lang)


def _say_end(settings: Settings, write: bool, count: int) -> None:
    if not count:
        settings.say(
            "没有要写的：内容与这张表一致。", "Nothing to write: the content agrees with this table."
        )
    elif write:
        settings.say(f"已写入 {count} 个文件。请用 git diff 审阅。", f"Wrote {count} files.")
    else:
        settings.say(
            f"以上只是计划，什么也没有写。确认后加 --apply 写入 {count} 个文件。",
            f"Nothing was written; add --apply to write {count} files.",
        )


def _print_json(data: Mapping[str, Any]) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError as error:
        raise IngestError(Problem(place=Place(file="--period"), what=reason_of(error))) from None


def _decisions(columns: tuple[str, ...]) -> dict[str, str]:
    """``3=progress`` → {"3": "progress"}. Raises: UsageError."""
    pairs = {}
    for text in columns:
        key, mark, role = text.rpartition("=")
        if not mark or not key.strip() or not role.strip():
            hint = Message("写成 3=progress 或 推进情况=progress")
            raise UsageError(
                Problem(place=Place(file="--column"), what=Message("“{text}”看不懂", text=text), hint=hint)
            )
        pairs[key.strip()] = role.strip()
    return pairs


def _matches(matches: tuple[str, ...]) -> dict[int, str]:
    """``12=ceshi-2025-011`` → {12: "ceshi-2025-011"}. Raises: UsageError."""
    pairs = {}
    for text in matches:
        row, mark, task = text.partition("=")
        if not mark or not row.strip().isdigit() or not task.strip():
            hint = Message("写成 12=ceshi-2025-011 或 12=new")
            raise UsageError(
                Problem(place=Place(file="--match"), what=Message("“{text}”看不懂", text=text), hint=hint)
            )
        pairs[int(row)] = task.strip()
    return pairs


def _read_district(files: Files, district: str) -> District:
    """The district as it stands. Raises: IngestError for an unknown one, ContentError for a wrong file."""
    path = district_file(district)
    if path not in files:
        known = find_districts(files)
        hint = (
            Message("已有的区县：{districts}", districts=tuple(known))
            if known
            else Message("先建这个文件，至少写一行 name: 区县名")
        )
        raise IngestError(
            Problem(
                place=Place(file="--district"),
                what=Message("没有“{district}”这个区县（{path}）", district=district, path=path),
                hint=hint,
            )
        )
    found, problems = content.parse_district(district, files)
    raise_if_errors(problems, ContentError)
    if found is None:
        raise ContentError(problems)
    return found


def _others(files: Files, district: str) -> tuple[District, ...]:
    """The site's other districts as far as they can be read: only to recognise a table of theirs."""
    found = (content.parse_district(name, files) for name in find_districts(files) if name != district)
    return tuple(each for each, _ in found if each is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Received:
    """A file as it came, and what the command line says of it."""

    file: Path
    data: bytes
    period: Period
    columns: Mapping[str, str]
    force: bool


def _plan(
    files: Files, district: str, received: _Received, matches: Mapping[int, str]
) -> tuple[Draft, UpdatePlan]:
    """What the table says, and what would become of each task."""
    found = _read_district(files, district)
    path = district_file(district)
    draft = make_draft(
        received.data,
        str(received.file),
        district=found,
        period=received.period,
        reading=content.parse_district_file(files[path], path).reading,
        columns=received.columns,
    )
    plan = make_plan(
        draft,
        received.data,
        district=found,
        files=files,
        today=dt.date.today(),
        others=_others(files, district),
        decisions=matches,
        columns=received.columns,
        force=received.force,
    )
    return draft, plan


def _bytes(file: Path) -> bytes:
    """The received file. Raises: SourceError, so that a missing file is a problem and not a wrong use."""
    try:
        return disk.read_bytes(file)
    except UsageError as error:
        raise SourceError(error.problems) from None
