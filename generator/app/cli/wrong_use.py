"""What is wrong with a command line, as a problem in the language of the run instead of click's English."""

from __future__ import annotations

import click

from generator.base.errors import NO_HINT, Problem
from generator.base.messages import Message
from generator.base.places import NOWHERE, Place


def explain_wrong_use(error: click.ClickException) -> Problem:
    """``build --jobs x`` is ``--jobs: “x”不是整数``, with what would be right."""
    if isinstance(error, click.NoSuchOption):
        return _unknown(Message("没有选项 {name}", name=error.option_name), error.possibilities)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _unknown(Message("没有命令 {name}", name=error.command_name), error.possibilities)
    if isinstance(error, click.MissingParameter):
        return Problem(place=_place(error), what=Message("没有写"), hint=_see_help(error))
    if isinstance(error, click.BadOptionUsage):
        place = Place(file=error.option_name)
        return Problem(place=place, what=Message("后面没有写值，或者多写了值"), hint=_see_help(error))
    if isinstance(error, click.BadParameter):
        return Problem(place=_place(error), what=_fault(error), hint=_allowed(error))
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return Problem(what=Message("没有写命令"), hint=_see_help(error))
    return Problem(what=Message("多写了参数，或者写法不对"), hint=_see_help(error))


def _unknown(what: Message, possible: list[str] | None) -> Problem:
    hint = Message("你是想写“{word}”吗？", word=possible[0]) if possible else _HELP
    return Problem(place=NOWHERE, what=what, hint=hint)


_HELP = Message("用 taizhang --help 查看")


def _see_help(error: click.ClickException) -> Message:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "taizhang"
    return Message("用 {command} --help 查看", command=path)


def _place(error: click.BadParameter) -> Place:
    if error.param is None:
        return NOWHERE
    names = [name for name in error.param.opts if name.startswith("--")]
    return Place(file=names[0] if names else error.param.human_readable_name)


def _fault(error: click.BadParameter) -> Message:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return Message("不在可选值里")
    if isinstance(kind, click.IntRange):
        return Message("不是 {low} 到 {high} 之间的整数", low=kind.min, high=kind.max)
    return Message("写法不对")


def _allowed(error: click.BadParameter) -> Message:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return Message("可以写：{options}", options=tuple(map(str, kind.choices)))
    return NO_HINT if isinstance(kind, click.IntRange) else _see_help(error)
