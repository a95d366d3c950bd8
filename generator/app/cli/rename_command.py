"""``taizhang rename``: an office's new name, in the directory and in every task at once."""

from __future__ import annotations

import click

from generator.app.cli.screen import Settings
from generator.app.cli.spoken_help import command, option
from generator.base import disk
from generator.base.journal import apply_changes
from generator.base.messages import Message
from generator.base.paths import CONTENT
from generator.ingest.update import find_district, rename_department


@command("rename", Message("单位更名：名录和全部任务一起改，旧名留作别名，旧页面指向新页面。"))
@click.argument("old")
@click.argument("new")
@option("--district", metavar="ID", required=True, words=Message("区县代号，见 site.yaml"))
@option("--apply", "write", is_flag=True, words=Message("写入内容文件，要么全写，要么不写"))
@click.pass_obj
def rename(settings: Settings, old: str, new: str, district: str, write: bool) -> int:
    """Exit code 0 when the name can be (and with --apply was) changed."""
    root = settings.open_site()
    files = disk.read_tree(root, CONTENT)
    changes = rename_department(find_district(files, district), files, old, new)
    count = len(changes)
    if write:
        apply_changes(root, changes)
        settings.say(Message("已写入 {count} 个文件。", count=count))
    else:
        settings.say(Message("将改动 {count} 个文件，什么也没有写。确认后加 --apply。", count=count))
    return 0
