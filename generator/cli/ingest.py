"""``taizhang ingest``: a received table → the plan of what would be written; with --apply, written."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from generator import content, disk
from generator.cli.ingest_screen import show_draft
from generator.cli.screen import Settings, print_problems
from generator.content.rewrite import rewrite_district
from generator.errors import ContentError, IngestError, Problem, SourceError, UsageError
from generator.ingest.draft import Draft, make_draft
from generator.ingest.explain import explain, explain_refusal
from generator.model import Department, District, Period, parse_period

Files = Mapping[str, bytes]
Plan = list[dict[str, Any]]


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
    help="指明某列是什么，如 --column 3=progress（第3列）或 --column 具体完成情况=task；写入时记进 district.yaml",
)
@click.pass_obj
def ingest(
    settings: Settings,
    file: Path,
    district: str,
    period: str,
    write: bool,
    as_json: bool,
    columns: tuple[str, ...],
) -> int:
    """Exit code 0 when the table was read (and written, with --apply), 1 when something is wrong with it."""
    root = settings.site_root()
    try:
        files = disk.read_tree(root, ["site.yaml", "content"])
        decisions = _decisions(columns)
        entry = _district_file(files, district)
        draft = _read(file, district, entry, _period(period), decisions)
        plan, changes = _plan(files, entry, draft, file, decisions)
    except (SourceError, IngestError, ContentError) as error:
        if as_json:
            _print_json(explain_refusal(error.problems))
        raise
    failed = any(problem.level == "error" for problem in draft.problems)
    if as_json:
        _print_json(explain(draft, plan, draft.problems))
    elif not settings.quiet:
        show_draft(Console(soft_wrap=True, highlight=False), draft, plan, settings.lang)
    print_problems(draft.problems, settings.lang)
    if failed:
        settings.say("有错误，没有写入任何文件。", "There are errors; nothing was written.")
        return 1
    if write:
        disk.apply_changes(root, changes)
    if not as_json:
        _say_end(settings, write, len(changes))
    return 0


def _say_end(settings: Settings, write: bool, count: int) -> None:
    if write:
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
        raise IngestError(Problem(where="--period", what=str(error))) from None


def _decisions(columns: tuple[str, ...]) -> dict[str, str]:
    """``3=progress`` → {"3": "progress"}. Raises: UsageError."""
    pairs = {}
    for text in columns:
        key, mark, role = text.rpartition("=")
        if not mark or not key.strip() or not role.strip():
            hint = "写成 3=progress 或 推进情况=progress"
            raise UsageError(Problem(where="--column", what=f"“{text}”看不懂", hint=hint))
        pairs[key.strip()] = role.strip()
    return pairs


def _district_file(files: Files, district: str) -> content.DistrictFile:
    path = f"content/{district}/district.yaml"
    if path not in files:
        known = sorted(p.split("/")[1] for p in files if p.endswith("/district.yaml"))
        hint = f"已有的区县：{'、'.join(known)}" if known else "先建这个文件，至少写一行 name: 区县名"
        raise IngestError(Problem(where="--district", what=f"没有“{district}”这个区县（{path}）", hint=hint))
    return content.read_district_file(files[path], path)


def _read(
    file: Path, district: str, entry: content.DistrictFile, period: Period, columns: Mapping[str, str]
) -> Draft:
    known = content.make_departments(entry.departments)
    return make_draft(
        _bytes(file),
        str(file),
        district=District(id=district, name=entry.name, departments=known),
        period=period,
        reading=entry.reading,
        columns=columns,
    )


def _bytes(file: Path) -> bytes:
    """The received file. Raises: SourceError, so that a missing file is a problem and not a wrong use."""
    try:
        return disk.read_bytes(file)
    except UsageError as error:
        raise SourceError(error.problems) from None


def _plan(
    files: Files, entry: content.DistrictFile, draft: Draft, file: Path, columns: Mapping[str, str]
) -> tuple[Plan, dict[str, bytes | None]]:
    """What would become of each task, and the files that would be written."""
    folder = f"content/{draft.district}"
    changes: dict[str, bytes | None] = {}
    plan: Plan = []
    for task in draft.tasks:
        path = f"{folder}/{task.year}/{task.number:03d}.yaml"
        data = content.format_task(task).encode()
        action = "new" if path not in files else "unchanged" if files[path] == data else "updated"
        plan.append({"task": task.id, "action": action, "fields": {}})
        if action != "unchanged":
            changes[path] = data
    path = f"{folder}/district.yaml"
    old = files[path].decode("utf-8-sig")
    new = rewrite_district(old, entry, _district(entry, draft, columns))
    changes |= {path: new.encode()} if new != old else {}
    source = f"{folder}/{draft.table.file}"
    data = _bytes(file)
    changes |= {source: data} if files.get(source) != data else {}
    return plan, changes


def _district(entry: content.DistrictFile, draft: Draft, columns: Mapping[str, str]) -> content.DistrictFile:
    """district.yaml with the new bodies, the received table and the decisions of the command line."""
    sources = [s for s in entry.sources if s.period != draft.period]
    kept = next((s for s in entry.sources if s.period == draft.period), draft.table)
    decided = dict(entry.reading.columns) | dict(columns)
    return replace(
        entry,
        departments=(*entry.departments, *map(_department, draft.new_departments)),
        sources=tuple(sorted([*sources, kept], key=lambda s: s.period.order)),
        reading=replace(entry.reading, columns=tuple(decided.items())),
    )


def _department(department: Department) -> content.DepartmentEntry:
    return content.DepartmentEntry(name=department.name, slug=department.slug, kind=department.kind)
