"""Commands and options whose help is in the language of the run, and the options that all commands take."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from generator.app.cli.screen import LANGUAGES, Settings
from generator.base.errors import Problem, UsageError
from generator.base.messages import Message

_METAVARS = {click.Path: "PATH", click.IntRange: "N"}
"""What stands for a value where no better word is given: letters that are read alike in each language."""


class SpokenOption(click.Option):
    """An option with a message as its help."""

    def __init__(self, *args: Any, words: Message, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        self.metavar = self.metavar or _METAVARS.get(type(self.type))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Names and help, with what must be given and what is taken otherwise."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        extra = self.get_help_extra(ctx)
        said = self.words
        if "default" in extra:
            said = Message("{help}（默认 {value}）", help=said, value=extra["default"])
        if self.required:
            said = Message("{help}（必写）", help=said)
        return record[0], settings_of(ctx).tell(said)


class SpokenHelp(click.Command):
    """A command whose help is made of messages."""

    def __init__(self, *args: Any, words: Message, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words, self.options_metavar = words, None
        self.context_settings["max_content_width"] = 100

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """-h, --help."""
        del ctx
        if self._help_option is None:
            self._help_option = SpokenOption(
                ["-h", "--help"],
                words=Message("显示这份说明"),
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_print_help,
            )
        return self._help_option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Values of options and arguments. Raises: UsageError for words that belong to none."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not isinstance(self, click.Group):
            hint = Message("用 {command} --help 查看", command=ctx.command_path)
            raise UsageError(Problem(what=Message("多写了 {words}", words=tuple(rest)), hint=hint))
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line 用法：taizhang …"""
        tell = settings_of(ctx).tell
        pieces = [tell(Message("[选项]")), *self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=tell(Message("用法：")))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(settings_of(ctx).tell(self.words))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section(settings_of(ctx).tell(Message("选项"))):
            formatter.write_dl([record for record in records if record is not None])


def _print_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def settings_of(ctx: click.Context) -> Settings:
    """The settings of a run, as far as its options were parsed."""
    return ctx.find_object(Settings) or Settings()


def option(*names: str, words: Message, **kwargs: Any) -> Callable[[Any], Any]:
    """Decorator: one option of a command."""
    return click.option(*names, cls=SpokenOption, words=words, **kwargs)


def jobs_option(body: Callable[..., int]) -> Callable[..., int]:
    """Decorator: --jobs, by default as many as there are processors, and four at most."""
    words = Message("画图用几个进程，默认按处理器数")
    count = min(os.cpu_count() or 1, 4)
    made: Callable[..., int] = option("--jobs", type=click.IntRange(1, 64), default=count, words=words)(body)
    return made


def command(name: str, words: Message) -> Callable[[Callable[..., Any]], click.Command]:
    """Decorator: a command that takes the shared options too."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        made: click.Command = click.command(name, cls=SpokenHelp, words=words)(function)
        made.params += shared_options()
        return made

    return decorate


def shared_options() -> list[click.Parameter]:
    """--root, --lang and --quiet: before the command's name or after it; the later one counts."""
    shared = partial(SpokenOption, expose_value=False)
    root, languages = click.Path(path_type=Path), click.Choice(LANGUAGES)
    return [
        shared(
            ["--root"], words=Message("站点文件夹；不写就向上找 site.yaml"), type=root, callback=_set_root
        ),
        shared(["--lang"], words=Message("本命令所用语言；网站语言见 site.yaml"), type=languages),
        shared(["--quiet"], words=Message("只在出问题时说话"), is_flag=True, callback=_set_quiet),
    ]


def _set_root(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    del param
    if value is not None:
        ctx.obj = replace(settings_of(ctx), root=value)


def _set_quiet(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value:
        ctx.obj = replace(settings_of(ctx), quiet=True)
