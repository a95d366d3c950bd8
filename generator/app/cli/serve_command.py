"""``taizhang serve``: preview on this machine."""

from __future__ import annotations

import datetime as dt

import click

from generator.app import conductors as conductor
from generator.app.cli.screen import Settings
from generator.app.cli.spoken_help import command, option
from generator.app.preview import Outcome, serve_site
from generator.base.messages import Message


@command("serve", Message("本机预览：保存文件后自动重新生成并刷新浏览器。"))
@option("--host", metavar="HOST", default="127.0.0.1", show_default=True, words=Message("监听地址"))
@option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, words=Message("监听端口"))
@click.pass_obj
def serve(settings: Settings, host: str, port: int) -> int:
    """Runs until Ctrl+C."""
    root = settings.site_root()
    options = conductor.Options(output=root / "output", bundle=False)

    def tell(result: Outcome) -> None:
        now = dt.datetime.now().strftime("%H:%M:%S")
        if isinstance(result, tuple):
            settings.print_problems(result)
            settings.say(Message("{now} 没有生成，浏览器里还是上一次的网站。", now=now))
            return
        settings.print_problems(result.problems)
        settings.say(Message("{now} 已生成 {pages} 个页面。", now=now, pages=result.pages))

    settings.say(Message("预览地址 http://{host}:{port}/ ，按 Ctrl+C 结束。", host=host, port=port))
    serve_site(root, options, host=host, port=port, tell=tell, english=settings.english)
    return 0
