"""``taizhang rename``: an office renamed, merged, split or abolished from a period on."""

from __future__ import annotations

import click

from generator import content
from generator.app.cli.screen import Settings
from generator.app.cli.spoken_help import command, option
from generator.base import disk
from generator.base.errors import ContentError, IngestError, Problem, UsageError, raise_if_errors
from generator.base.journal import apply_changes
from generator.base.messages import Message, reason_of
from generator.base.paths import CONTENT
from generator.base.places import Place
from generator.ingest.update import change_office, find_district, rewritten_periods
from generator.model import District, OfficeChange, Period, parse_period

_HELP = Message(
    "单位更名、合并、拆分、撤销：自某一期起改用新名称，以前各期仍用当时的名称。"
    "最后一个名称是新单位；--how split 时第一个是旧单位；--how abolished 时全是旧单位。"
)
_HOW = [change.value for change in OfficeChange]


@command("rename", _HELP)
@click.argument("names", nargs=-1, required=True)
@option("--district", metavar="ID", required=True, words=Message("区县代号，见 site.yaml"))
@option("--from", "since", metavar="PERIOD", words=Message("自哪一期起，如 2025Q1；不写就是最新一期的下一期"))
@option("--how", metavar="HOW", type=click.Choice(_HOW), words=Message("单位怎么变的"))
@option("--apply", "write", is_flag=True, words=Message("写入内容文件，要么全写，要么不写"))
@click.pass_obj
def rename(
    settings: Settings, names: tuple[str, ...], district: str, since: str | None, how: str | None, write: bool
) -> int:
    """Exit code 0 when the office can be (and with --apply was) changed."""
    root = settings.open_site()
    files = disk.read_tree(root, CONTENT)
    found = find_district(files, district)
    change = OfficeChange(how or ("merged" if len(names) > 2 else "renamed"))
    olds, news = _split_names(names, change)
    start = _find_period(since, found)
    changes = change_office(found, files, olds, news, since=start, how=change)
    _, problems = content.parse_district(district, {**files, **changes})
    raise_if_errors(problems, ContentError)
    count = len(changes)
    if late := rewritten_periods(found, olds, start):
        settings.say(
            Message(
                "{periods} 的表已经收过，其中的“{olds}”也改用新名称；表上还写旧名称的，--from 写再下一期。",
                periods=tuple(map(str, late)),
                olds=olds,
            )
        )
    if write:
        apply_changes(root, changes)
        settings.say(Message("已写入 {count} 个文件。", count=count))
    else:
        settings.say(Message("将改动 {count} 个文件，什么也没有写。确认后加 --apply。", count=count))
    return 0


def _split_names(names: tuple[str, ...], how: OfficeChange) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Old offices and new ones. Raises: UsageError where there are too few or too many names."""
    if twice := next((name for name in names if names.count(name) > 1), None):
        what = Message("“{name}”写了两次", name=twice)
        raise UsageError(Problem(place=Place(file="rename"), what=what, hint=Message("留下一处")))
    cut = {OfficeChange.SPLIT: 1, OfficeChange.ABOLISHED: len(names)}.get(how, len(names) - 1)
    is_right = {
        OfficeChange.RENAMED: len(names) == 2,
        OfficeChange.MERGED: len(names) >= 2,
        OfficeChange.SPLIT: len(names) >= 3,
        OfficeChange.ABOLISHED: True,
    }[how]
    if not is_right:
        what = Message("{how} 不能只写这些名称：{names}", how=how.value, names=names)
        hint = Message("旧单位写在前，新单位写在后，如 taizhang rename 旧名称 新名称")
        raise UsageError(Problem(place=Place(file="rename"), what=what, hint=hint))
    return names[:cut], names[cut:]


def _find_period(text: str | None, district: District) -> Period:
    """The period from which it holds. Raises: IngestError."""
    if text is None:
        periods = [u.period for t in district.tasks for u in t.updates]
        if not periods:
            what = Message("还没有收到过表，不知道自哪一期起")
            raise IngestError(Problem(place=Place(file="--from"), what=what, hint=Message("写成 2025Q1")))
        return max(periods, key=lambda p: p.order).following
    try:
        return parse_period(text)
    except ValueError as error:
        raise IngestError(Problem(place=Place(file="--from"), what=reason_of(error))) from None
