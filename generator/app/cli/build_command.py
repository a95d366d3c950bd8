"""``taizhang build``: content → site."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from generator.app.build_record import Options, Result, find_result
from generator.app.cli.screen import Settings
from generator.app.cli.spoken_help import command, jobs_option, option
from generator.base.messages import Message

_STAGES = {
    "read": Message("读取并检查内容"),
    "compute": Message("计算数字"),
    "templates": Message("编译模板"),
    "draw": Message("画图"),
    "views": Message("安排页面"),
    "print": Message("生成页面"),
    "check": Message("检查成品"),
    "data": Message("开放数据和检索"),
    "editions": Message("离线版"),
    "write": Message("写入文件"),
}


@command("build", Message("由 content/ 生成网站；失败时旧的网站原样保留。"))
@option("--output", type=click.Path(path_type=Path), words=Message("写到哪里，默认 output/"))
@option("--strict", is_flag=True, words=Message("提醒也算错误"))
@jobs_option
@option("--base-url", metavar="URL", words=Message("发布网址，替代 site.yaml 里的 base_url"))
@option("--no-bundle", is_flag=True, words=Message("不生成离线压缩包和单文件版"))
@option("--profile", is_flag=True, words=Message("最后列出各步骤用去的处理器时间"))
@click.pass_obj
def build(
    settings: Settings,
    output: Path | None,
    strict: bool,
    jobs: int,
    base_url: str | None,
    no_bundle: bool,
    profile: bool,
) -> int:
    """Print where the site is, how many pages and how long it took; on a terminal also how far it is."""
    started = time.perf_counter()
    root = settings.site_root()
    output = output or root / "output"
    options = Options(output=output, strict=strict, jobs=jobs, base_url=base_url, bundle=not no_bundle)
    result = find_result(root, options) or _build(root, options, settings.follow())
    settings.print_problems(result.problems)
    settings.say(Message("网站已生成：{index}", index=output / "index.html"))
    seconds = time.perf_counter() - started
    settings.say(_tell_made(result, seconds))
    for line in _tell_spent(result) if profile else ():
        settings.say(line)
    return 0


def _build(root: Path, options: Options, tell: Callable[[int, int], None] | None) -> Result:
    from generator.app import conductors  # loads what renders

    return conductors.build_site(root, options, tell)


def _tell_spent(result: Result) -> Iterator[Message]:
    """Stage by stage, the longest first."""
    if not result.spent:
        yield Message("内容、设置和模板都没有变，什么也没有重做。")
        return
    whole = sum(result.spent.values()) or 1
    yield Message("各步骤用去的处理器时间，共 {seconds:.1f} 秒：", seconds=whole)
    for name, seconds in sorted(result.spent.items(), key=lambda item: -item[1]):
        yield Message(
            "  {stage}：{seconds:.1f} 秒，占 {share:.0f}%",
            stage=_STAGES[name],
            seconds=seconds,
            share=100 * seconds / whole,
        )


def _tell_made(result: Result, seconds: float) -> Message:
    return Message(
        "{pages} 个页面，{files} 个文件，用时 {seconds:.1f} 秒。双击 index.html 即可打开。",
        pages=result.pages,
        files=result.files,
        seconds=seconds,
    )
