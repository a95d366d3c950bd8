"""``taizhang review``: numbers that the rules could not decide, for a person to decide."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from generator import content
from generator.app.cli.screen import Settings
from generator.app.cli.spoken_help import command, option
from generator.app.inspection import require_unchanged
from generator.base import disk
from generator.base.errors import Problem, UsageError
from generator.base.journal import apply_changes
from generator.base.messages import Message
from generator.base.paths import CONTENT
from generator.base.places import Place
from generator.base.recovery import recover_site
from generator.base.site_lock import lock_folder
from generator.content.decisions import Decision, parse_decisions
from generator.ingest.review import decide_files, list_open, make_open_rows, sort_decisions
from generator.model import District

_COLUMNS = "task period kind target metric promised value unit confidence reason quote spans"


@command(
    "review",
    Message("逐条判定拿不准的数字：采用、改正、不是、以后再说。结果写进任务文件，注明 by: editor。"),
)
@option("--list", "only_list", is_flag=True, words=Message("只列出，不提问：每行一条，用制表符分隔"))
@option("--format", "form", type=click.Choice(["tsv", "json"]), default="tsv", words=Message("--list 的格式"))
@option("--district", metavar="ID", words=Message("只看一个区县"))
@option(
    "--decisions",
    type=click.Path(path_type=Path),
    words=Message("照一个判定文件写入，不提问；同一个文件可以重复使用"),
)
@click.pass_obj
def review(
    settings: Settings, only_list: bool, form: str, district: str | None, decisions: Path | None
) -> int:
    """Exit code 0; 1 when a decision file is wrong, 2 without a terminal to ask on."""
    root = settings.site_root()
    files = _read_content(root)
    chosen = _choose(content.parse_site(files).districts, district)
    if only_list:
        _print_list(settings, [row for each in chosen for row in make_open_rows(files, each)], form)
        return 0
    decide = _asker(files, settings) if decisions is None else _reader(decisions, chosen)
    changes: dict[str, bytes] = {}
    for each in chosen:
        changes |= decide_files(files, each, decide(each))
    with lock_folder(root):
        require_unchanged(root, files)
        apply_changes(root, changes)
    settings.say(Message("已写入 {count} 个文件。请用 git diff 审阅。", count=len(changes)))
    return 0


def _read_content(root: Path) -> dict[str, bytes]:
    """All content as it stands when the questions begin; the folder is free while a person thinks."""
    with lock_folder(root):
        recover_site(root)
        return disk.read_tree(root, CONTENT)


def _choose(districts: tuple[District, ...], name: str | None) -> tuple[District, ...]:
    """All districts, or the one that is named. Raises: UsageError."""
    chosen = tuple(district for district in districts if name in (None, district.id))
    if chosen:
        return chosen
    what = Message("没有“{district}”这个区县", district=name)
    hint = Message("已有的区县：{districts}", districts=tuple(district.id for district in districts))
    raise UsageError(Problem(place=Place(file="--district"), what=what, hint=hint))


def _reader(path: Path, districts: tuple[District, ...]) -> Callable[[District], tuple[Decision, ...]]:
    """Decisions of a file, by district. Raises: UsageError for a task of another district."""
    found = sort_decisions(parse_decisions(disk.read_bytes(path), str(path)), districts, str(path))
    return lambda district: found[district.id]


def _asker(files: Mapping[str, bytes], settings: Settings) -> Callable[[District], tuple[Decision, ...]]:
    """Asks a person, district by district. Raises: UsageError without a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        hint = Message("脚本里用 --list 列出，用 --decisions 写入")
        raise UsageError(Problem(what=Message("逐条判定要在终端里进行"), hint=hint))
    from generator.app.cli.review_screen import ask_district  # rich is slow to load, and --list needs none

    return lambda district: ask_district(district, *list_open(files, district), settings)


def _print_list(settings: Settings, rows: list[dict[str, str]], form: str) -> None:
    told = [{key: settings.tell(value) for key, value in row.items()} for row in rows]
    if form == "json":
        for row in told:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    columns = _COLUMNS.split()
    click.echo("\t".join(columns))
    for row in told:
        click.echo("\t".join(" ".join(row[column].split()) for column in columns))
