"""``taizhang build``: content → site."""

from __future__ import annotations

import time
from pathlib import Path

import click

from generator.app.build_record import Options, Result, find_result
from generator.app.cli.screen import Settings
from generator.app.cli.spoken_help import command, jobs_option, option
from generator.base.messages import Message


@command("build", Message("由 content/ 生成网站；失败时旧的网站原样保留。"))
@option("--output", type=click.Path(path_type=Path), words=Message("写到哪里，默认 output/"))
@option("--strict", is_flag=True, words=Message("提醒也算错误"))
@jobs_option
@option("--base-url", metavar="URL", words=Message("发布网址，替代 site.yaml 里的 base_url"))
@option("--no-bundle", is_flag=True, words=Message("不生成离线压缩包和单文件版"))
@click.pass_obj
def build(
    settings: Settings,
    output: Path | None,
    strict: bool,
    jobs: int,
    base_url: str | None,
    no_bundle: bool,
) -> int:
    """Print where the site is, how many pages and how long it took."""
    started = time.perf_counter()
    root = settings.site_root()
    output = output or root / "output"
    options = Options(output=output, strict=strict, jobs=jobs, base_url=base_url, bundle=not no_bundle)
    result = find_result(root, options) or _build(root, options)
    settings.print_problems(result.problems)
    settings.say(Message("网站已生成：{index}", index=output / "index.html"))
    seconds = time.perf_counter() - started
    settings.say(_tell_made(result, seconds))
    return 0


def _build(root: Path, options: Options) -> Result:
    from generator.app import conductors  # loads what renders

    return conductors.build_site(root, options)


def _tell_made(result: Result, seconds: float) -> Message:
    return Message(
        "{pages} 个页面，{files} 个文件，用时 {seconds:.1f} 秒。双击 index.html 即可打开。",
        pages=result.pages,
        files=result.files,
        seconds=seconds,
    )
