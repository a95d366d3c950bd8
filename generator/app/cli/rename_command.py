"""``taizhang rename``: an office's new name, in the directory and in every task at once."""

from __future__ import annotations

import click

from generator import content
from generator.app.cli.screen import Settings
from generator.base import disk
from generator.base.errors import ContentError, IngestError, Problem, Severity
from generator.base.journal import apply_changes
from generator.base.messages import Message
from generator.base.paths import CONTENT, district_file
from generator.base.places import Place
from generator.ingest.update import rename_department


@click.command(help="单位更名：名录和全部任务一起改，旧名留作别名，旧页面指向新页面。")
@click.argument("old")
@click.argument("new")
@click.option("--district", required=True, help="区县代号，见 site.yaml")
@click.option("--apply", "write", is_flag=True, help="写入内容文件，要么全写，要么不写")
@click.pass_obj
def rename(settings: Settings, old: str, new: str, district: str, write: bool) -> int:
    """Exit code 0 when the name can be (and with --apply was) changed."""
    root = settings.open_site()
    files = disk.read_tree(root, CONTENT)
    path = district_file(district)
    if path not in files:
        raise IngestError(
            Problem(
                place=Place(file="--district"),
                what=Message("没有“{district}”这个区县（{path}）", district=district, path=path),
            )
        )
    found, problems = content.parse_district(district, files)
    if found is None or any(p.level is Severity.ERROR for p in problems):
        raise ContentError(problems)
    changes = rename_department(found, files, old, new)
    if write:
        apply_changes(root, changes)
        settings.say(f"已写入 {len(changes)} 个文件。", f"Wrote {len(changes)} files.")
    else:
        settings.say(
            f"将改动 {len(changes)} 个文件，什么也没有写。确认后加 --apply。",
            f"{len(changes)} files would change; nothing was written. Add --apply to write.",
        )
    return 0
