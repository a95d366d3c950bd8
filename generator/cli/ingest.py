"""``taizhang ingest``: a received table → the plan of what would be written; with --apply, written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from generator import content, disk
from generator.cli.screen import Settings, print_problems
from generator.errors import IngestError, Problem, UsageError, raise_if_errors
from generator.ingest.draft import Draft, make_draft
from generator.model import Department, District, Period, parse_period


@click.command(help="读入一张新收到的表：先给出计划，什么也不写；加 --apply 才写入，要么全写，要么不写。")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--district", required=True, help="区县代号，见 site.yaml")
@click.option("--period", required=True, help="报告期：2025Q2、2025H1、2025M09 或 2025")
@click.option("--apply", "write", is_flag=True, help="写入内容文件")
@click.option("--column", "columns", multiple=True, metavar="列=角色", help="指明某列是什么，如 3=progress")
@click.pass_obj
def ingest(
    settings: Settings, file: Path, district: str, period: str, write: bool, columns: tuple[str, ...]
) -> int:
    """Exit code 0 when the table was read without errors."""
    root = settings.site_root()
    files = disk.read_tree(root, ["site.yaml", "content"])
    draft = _draft(files, file, district, _period(period), _pairs(columns))
    print_problems(draft.problems, settings.lang)
    raise_if_errors(draft.problems, IngestError) if any(p.level == "error" for p in draft.problems) else None
    ledger = draft.ledger
    settings.say(
        f"读出 {len(draft.tasks)} 项任务；原表 {ledger.source} 字，结构 {ledger.structural} 字，没有着落 {ledger.unaccounted} 字。",
        f"{len(draft.tasks)} tasks; {ledger.source} characters, {ledger.structural} structural, {ledger.unaccounted} unaccounted.",
    )
    if write:
        disk.apply_changes(root, _changes(files, draft, file))
    return 0


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError as error:
        raise UsageError(Problem(where="--period", what=str(error))) from None


def _pairs(columns: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for text in columns:
        key, mark, role = text.rpartition("=")
        if not mark or not key or not role:
            raise UsageError(Problem(where="--column", what=f"“{text}”看不懂", hint="写成 3=progress 或 推进情况=progress"))
        pairs[key.strip()] = role.strip()
    return pairs


def _draft(files: dict[str, bytes], file: Path, district_id: str, period: Period, columns: dict[str, str]) -> Draft:
    path = f"content/{district_id}/district.yaml"
    if path not in files:
        raise UsageError(Problem(where="--district", what=f"没有 {path}", hint="先建这个文件，至少写 name: 区县名"))
    entry = content.read_district_file(files[path], path)
    departments = content.make_departments(entry.departments)
    district = District(id=district_id, name=entry.name, departments=departments)
    return make_draft(
        disk.read_bytes(file), str(file), district=district, period=period, reading=entry.reading, columns=columns
    )


def _changes(files: dict[str, bytes], draft: Draft, file: Path) -> dict[str, bytes | None]:
    folder = f"content/{draft.district}"
    path = f"{folder}/district.yaml"
    entry = content.read_district_file(files[path], path)
    sources = [s for s in entry.sources if s.period != draft.period]
    known = {d.name for d in entry.departments}
    added = tuple(_entry(d) for d in draft.new_departments if d.name not in known)
    entry = replace(
        entry,
        departments=(*entry.departments, *added),
        sources=tuple(sorted([*sources, draft.table], key=lambda s: s.period.order)),
    )
    changes: dict[str, bytes | None] = {path: content.format_district(entry).encode()}
    changes[f"{folder}/{draft.table.file}"] = disk.read_bytes(file)
    for task in draft.tasks:
        changes[f"{folder}/{task.year}/{task.number:03d}.yaml"] = content.format_task(task).encode()
    return changes


def _entry(department: Department) -> content.DepartmentEntry:
    return content.DepartmentEntry(name=department.name, slug=department.slug, kind=department.kind)
