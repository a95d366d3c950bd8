"""``taizhang bundle``: the offline zips and single files alone."""

from __future__ import annotations

import time
from pathlib import Path

import click

from generator.app import conductors as conductor
from generator.app.cli.screen import Settings
from generator.app.cli.spoken_help import command, jobs_option, option
from generator.base.messages import Message


@command("bundle", Message("只生成离线压缩包和单文件版（放在 offline/ 下）；不动网站的其他文件。"))
@option("--output", type=click.Path(path_type=Path), words=Message("写到哪里，默认 output/"))
@jobs_option
@click.pass_obj
def bundle(settings: Settings, output: Path | None, jobs: int) -> int:
    """Print the files that were made and how long it took."""
    started = time.perf_counter()
    root = settings.site_root()
    folder = output or root / "output"
    made = conductor.build_bundle(root, folder, jobs=jobs)
    if not made:
        settings.say(Message("没有可以打包的内容：还没有收到任何一期的表。"))
        return 0
    settings.say(Message("离线版已生成，用时 {seconds:.1f} 秒：", seconds=time.perf_counter() - started))
    for name in made:
        settings.say(Message("{path}", path=folder / name))
    return 0
