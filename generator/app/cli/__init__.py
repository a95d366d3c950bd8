"""The command line: arguments, progress, printing, today's date, exit code (0 fine, 1 problems, 2 wrong use).

Each command stands in a module of its own and is loaded when it is called, so that a light command does not
pay for a heavy one. Everything printed is a message, in the one language of the run.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from generator import __version__
from generator.app.cli.screen import Settings, make_settings, use_utf8
from generator.app.cli.spoken_help import SpokenHelp, SpokenOption, settings_of, shared_options
from generator.app.cli.wrong_use import explain_wrong_use
from generator.base.errors import TaizhangError, UsageError, make_os_problem
from generator.base.messages import Message

_COMMANDS = {
    "ingest": Message("读入一张新收到的表，先给出计划，加 --apply 才写入"),
    "check": Message("一次列出全部内容的全部问题"),
    "build": Message("由 content/ 生成网站"),
    "bundle": Message("只生成离线压缩包和单文件版"),
    "review": Message("请人判定拿不准的数字"),
    "rename": Message("单位更名、合并、拆分、撤销，自某一期起；以前各期仍用旧名"),
    "verify": Message("重新生成，和已发布的网站或离线包逐个文件对照"),
    "rollback": Message("换回上一版网站"),
    "serve": Message("本机预览，保存即刷新"),
}


class _Commands(SpokenHelp, click.Group):
    """Commands by name, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the contract."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """The command, imported now. Raises: NoSuchCommand."""
        if cmd_name not in _COMMANDS:
            raise click.exceptions.NoSuchCommand(cmd_name, possibilities=_COMMANDS, ctx=ctx)
        module = importlib.import_module(f"generator.app.cli.{cmd_name}_command")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then the commands without importing any."""
        super().format_options(ctx, formatter)
        tell = settings_of(ctx).tell
        with formatter.section(tell(Message("命令"))):
            formatter.write_dl([(name, tell(words)) for name, words in _COMMANDS.items()])


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value:
        click.echo(f"taizhang {__version__}")
        ctx.exit()


app = _Commands(
    "taizhang",
    words=Message("台账：把政府工作报告重点任务表变成可查、可核、可离线的网站。"),
    subcommand_metavar="…",
    params=[
        SpokenOption(
            ["--version"],
            words=Message("显示版本"),
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_print_version,
        ),
        *shared_options(),
    ],
)


def _print_os_error(settings: Settings, error: OSError) -> None:
    """What the system refused, as one message with the path. A broken pipe needs none: nobody reads it."""
    if isinstance(error, BrokenPipeError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        return
    settings.print_problems([make_os_problem(error)])


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code; a bug keeps its traceback."""
    use_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    settings = make_settings(given)
    try:
        code = app.main(args=given, prog_name="taizhang", standalone_mode=False, obj=settings)
    except click.exceptions.Abort:
        click.echo(settings.tell(Message("已中止，没有写入任何文件。")), err=True)
        sys.exit(1)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        settings.print_problems([explain_wrong_use(error)])
        sys.exit(2)
    except OSError as error:
        _print_os_error(settings, error)
        sys.exit(1)
    except TaizhangError as error:
        settings.print_problems(error.problems)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    sys.exit(code if isinstance(code, int) else 0)
