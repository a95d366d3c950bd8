"""The exception tree, and the one shape in which everything that is wrong is told.

TaizhangError
├── SourceError     a source table cannot be read (refused with the reason)
├── ContentError    YAML content or site.yaml is wrong
├── IngestError     a table was read but cannot become tasks, or a plan cannot be applied
├── RenderError     a template failed
├── PublishError    the finished site breaks one of its own rules
└── UsageError      the command was used wrongly (exit code 2)
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from generator.base.messages import CHINESE, Message, translate
from generator.base.places import NOWHERE, Place

NO_HINT = Message()
"""Where the finding says already what to do."""


class Severity(StrEnum):
    """How much a problem weighs."""

    ERROR = "error"
    """Stops the command."""
    WARNING = "warning"
    """Doubt about data; an error with ``--strict``."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing that is wrong or doubtful, said in words for a clerk."""

    place: Place = NOWHERE
    """Where it was found; a command-line option stands as the file."""
    what: Message
    """What was found; the field is named by the place."""
    hint: Message = NO_HINT
    """What is allowed or what to do; empty only when the finding says it already."""
    level: Severity = Severity.ERROR

    def __str__(self) -> str:
        """``content/shizhong/2025/028.yaml:14: targets[0].unit: 万美圆 不是已知单位。写万美元``."""
        return format_problem(self)


class ProblemRow(TypedDict):
    """A problem in words, as ``--format json`` prints it."""

    level: str
    """error or warning."""
    where: str
    """File with line or cell: ``content/shizhong/2025/028.yaml:14``."""
    what: str
    """What was found, with the field in front: ``targets[0].unit: 万美圆 不是已知单位``."""
    hint: str
    """What to do; may be empty."""


def make_problem_row(problem: Problem, english: Mapping[str, str] = CHINESE) -> ProblemRow:
    """The problem in words, in English when its catalogue is given."""
    what, field = translate(problem.what, english), problem.place.field
    return ProblemRow(
        level=str(problem.level),
        where=problem.place.told(english),
        what=f"{field}: {what}" if field else what,
        hint=translate(problem.hint, english),
    )


def format_problem(problem: Problem, english: Mapping[str, str] = CHINESE) -> str:
    """The problem on one line: place, field, finding and hint."""
    row = make_problem_row(problem, english)
    text = f"{row['where']}: {row['what']}" if row["where"] else row["what"]
    return f"{text}{'. ' if english else '。'}{row['hint']}" if row["hint"] else text


class TaizhangError(Exception):
    """Base of every error that is told to the user; carries its problems, sorted."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        found = (problems,) if isinstance(problems, Problem) else tuple(sorted(set(problems)))
        self.problems: tuple[Problem, ...] = found
        super().__init__("\n".join(str(p) for p in found))

    def __reduce__(self) -> tuple[type[TaizhangError], tuple[tuple[Problem, ...]]]:
        """Problems and all, so that an error can come out of another process."""
        return type(self), (self.problems,)


class SourceError(TaizhangError):
    """A source table cannot be read."""


class ContentError(TaizhangError):
    """Content files are wrong."""


class IngestError(TaizhangError):
    """A table cannot be turned into tasks, or a plan cannot be applied."""


class RenderError(TaizhangError):
    """A template failed."""


class PublishError(TaizhangError):
    """The finished site breaks a rule of its own."""


class UsageError(TaizhangError):
    """The command was used wrongly."""


def raise_if_errors(problems: Iterable[Problem], error: type[TaizhangError]) -> None:
    """Raise ``error`` with all problems when at least one is of level error."""
    found = tuple(problems)
    if any(p.level is Severity.ERROR for p in found):
        raise error(found)


def explain_os_error(error: OSError) -> Message:
    """Why the system refused, in words for a clerk: ENOSPC → 磁盘满了."""
    reason = _REASONS.get(error.errno or 0)
    return reason or Message("{reason}", reason=error.strerror or str(error))


def advise(error: OSError) -> Message:
    """What to do about a refusal of the system: ENOSPC → 腾出空间后再运行一次."""
    return _ADVICE.get(error.errno or 0) or Message("处理后再运行一次")


def make_os_problem(error: OSError, place: Place = NOWHERE) -> Problem:
    """What the system refused, with the path."""
    what = Message("系统拒绝了：{error}", error=explain_os_error(error))
    file = str(error.filename2 or error.filename or "")
    return Problem(place=Place(file=file) if file else place, what=what, hint=advise(error))


def make_unreadable(error: OSError, file: str) -> Problem:
    """A file or folder that cannot be opened."""
    what = Message("打不开：{error}", error=explain_os_error(error))
    return Problem(place=Place(file=file), what=what, hint=advise(error))


def make_unwritable(error: OSError, file: str, state: Message) -> Problem:
    """A file or folder that cannot be written. state: what stands on the disk now, in words."""
    what = Message("写不进去：{error}", error=explain_os_error(error))
    hint = Message("{state}；{advice}", state=state, advice=advise(error))
    return Problem(place=Place(file=str(error.filename2 or error.filename or file)), what=what, hint=hint)


_REASONS = {
    errno.ENOENT: Message("没有这个文件"),
    errno.EACCES: Message("没有权限"),
    errno.EPERM: Message("没有权限"),
    errno.EROFS: Message("磁盘是只读的"),
    errno.ENOSPC: Message("磁盘满了"),
    getattr(errno, "EDQUOT", -1): Message("磁盘配额满了"),
    errno.EIO: Message("磁盘读写出错"),
    errno.EAGAIN: Message("系统忙不过来"),
    errno.ENOMEM: Message("内存不够"),
    errno.EMFILE: Message("打开的文件太多"),
    errno.ENFILE: Message("系统打开的文件太多"),
    errno.ENAMETOOLONG: Message("文件名太长"),
    errno.ENOTDIR: Message("它的上级不是文件夹"),
    errno.EISDIR: Message("它是一个文件夹"),
    errno.ELOOP: Message("链接绕成了圈"),
}
_ROOM, _RIGHT = Message("腾出空间后再运行一次"), Message("请改好它的权限后再运行一次")
_FEWER = Message("关掉一些程序后再运行一次")
_ADVICE = {
    errno.ENOENT: Message("请核对路径"),
    errno.EACCES: _RIGHT,
    errno.EPERM: _RIGHT,
    errno.EROFS: Message("换到可以写的磁盘后再运行一次"),
    errno.ENOSPC: _ROOM,
    getattr(errno, "EDQUOT", -1): _ROOM,
    errno.EIO: Message("磁盘可能要坏了，请先备份，再运行一次"),
    errno.EMFILE: _FEWER,
    errno.ENFILE: _FEWER,
    errno.EAGAIN: _FEWER,
    errno.ENOMEM: _FEWER,
    errno.EISDIR: Message("请指明一个文件"),
}
