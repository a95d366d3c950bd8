"""The command line: arguments, progress, printing, today's date, exit code (0 fine, 1 problems, 2 wrong use).

Each command stands in a module of its own and is loaded when it is called, so that a light command does not
pay for a heavy one.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import click

from generator import __version__
from generator.app.cli.screen import Settings, print_problems, use_utf8
from generator.base.errors import Problem, TaizhangError, UsageError, explain_os_error
from generator.base.messages import Message
from generator.base.places import Place

_COMMANDS = {
    "ingest": "读入一张新收到的表，先给出计划，加 --apply 才写入",
    "check": "一次列出全部内容的全部问题",
    "build": "由 content/ 生成网站",
    "bundle": "只生成离线压缩包和单文件版",
    "review": "请人判定拿不准的数字",
    "rename": "单位更名：名录和全部任务一起改，旧链接仍然有效",
    "serve": "本机预览，保存即刷新",
}


class _Commands(click.Group):
    """Commands by name, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the contract."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None when there is none of that name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"generator.app.cli.{cmd_name}_command")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in --help, without importing anything."""
        del ctx
        with formatter.section("命令"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="taizhang", message="%(prog)s %(version)s")
@click.option(
    "--root", type=click.Path(path_type=Path), default=None, help="站点文件夹；不写就向上找 site.yaml"
)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default=None, help="本命令所用语言；网站语言见 site.yaml"
)
@click.option("--quiet", is_flag=True, help="只在出问题时说话")
@click.pass_context
def app(ctx: click.Context, root: Path | None, lang: str | None, quiet: bool) -> None:
    """台账：把政府工作报告重点任务表变成可查、可核、可离线的网站。"""
    ctx.obj = Settings(root=root, lang=lang or _language(), quiet=quiet)


def _language() -> str:
    return "en" if os.environ.get("TAIZHANG_LANG", "").startswith("en") else "zh"


def _print_os_error(error: OSError) -> None:
    """What the system refused, as one message with the path. A broken pipe needs none: nobody reads it."""
    if isinstance(error, BrokenPipeError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        return
    what = Message("系统拒绝了：{error}", error=explain_os_error(error))
    hint = Message("没有写入任何文件；处理后再运行一次")
    print_problems([Problem(place=Place(file=str(error.filename or "")), what=what, hint=hint)])


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code; a bug keeps its traceback."""
    use_utf8()
    try:
        code = app.main(args=arguments, prog_name="taizhang", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("已中止，没有写入任何文件。", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except OSError as error:
        _print_os_error(error)
        sys.exit(1)
    except UsageError as error:
        print_problems(error.problems)
        sys.exit(2)
    except TaizhangError as error:
        print_problems(error.problems)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
