"""``taizhang serve``: preview on this machine."""

from __future__ import annotations

import datetime as dt

import click

from generator.app import conductors as conductor
from generator.app.cli.screen import Settings, print_problems
from generator.app.preview import serve_site
from generator.base.errors import Problem


@click.command(help="本机预览：保存文件后自动重新生成并刷新浏览器。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="监听端口")
@click.pass_obj
def serve(settings: Settings, host: str, port: int) -> int:
    """Runs until Ctrl+C."""
    root = settings.site_root()
    options = conductor.Options(output=root / "output", bundle=False)

    def tell(result: conductor.Result | tuple[Problem, ...]) -> None:
        now = dt.datetime.now().strftime("%H:%M:%S")
        if isinstance(result, tuple):
            print_problems(result, settings.lang)
            settings.say(
                f"{now} 没有生成，浏览器里还是上一次的网站。",
                f"{now} not built; the last good site stays up.",
            )
            return
        print_problems(result.problems, settings.lang)
        settings.say(f"{now} 已生成 {result.pages} 个页面。", f"{now} built {result.pages} pages.")

    settings.say(
        f"预览地址 http://{host}:{port}/ ，按 Ctrl+C 结束。",
        f"Preview at http://{host}:{port}/ , Ctrl+C to stop.",
    )
    serve_site(root, options, host=host, port=port, tell=tell)
    return 0
