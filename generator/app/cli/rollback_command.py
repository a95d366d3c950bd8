"""``taizhang rollback``: the last site back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from generator.app.cli.screen import Settings
from generator.app.cli.spoken_help import command, option
from generator.base.messages import Message
from generator.base.output_folder import MANIFEST, bring_back, read_manifest
from generator.base.releases import find_releases


@command("rollback", Message("换回上一版网站；再运行一次就换回来。"))
@click.argument("number", required=False, metavar="[NUMBER]")
@option("--list", "only_list", is_flag=True, words=Message("只列出留着的版本"))
@option("--output", type=click.Path(path_type=Path), words=Message("网站在哪里，默认 output/"))
@click.pass_obj
def rollback(settings: Settings, number: str | None, only_list: bool, output: Path | None) -> int:
    """Without NUMBER the last one that was kept."""
    root = settings.open_site()
    folder = output or root / "output"
    if only_list:
        for release in find_releases(folder.resolve()):
            settings.say(_describe(release))
        return 0
    release = bring_back(folder, root=root, number=number)
    text = Message(
        "已换回第 {number} 版：{files} 个文件。再运行一次就换回来。",
        number=_number(release),
        files=_count(folder),
    )
    settings.say(text)
    return 0


def _describe(release: Path) -> Message:
    made = dt.datetime.fromtimestamp((release / MANIFEST).stat().st_mtime).strftime("%Y-%m-%d %H:%M")
    return Message(
        "第 {number} 版：{when} 生成，{files} 个文件",
        number=_number(release),
        when=made,
        files=_count(release),
    )


def _number(release: Path) -> str:
    return release.name.lstrip("0")


def _count(folder: Path) -> int:
    return len(read_manifest(folder))
