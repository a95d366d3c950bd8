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
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.base.places import NOWHERE, Place


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
    what: str
    """What was found; the field is named by the place."""
    hint: str = ""
    """What is allowed or what to do; empty only when the finding says it already."""
    level: Severity = Severity.ERROR

    @property
    def finding(self) -> str:
        """What was found, with the field in front: ``targets[0].unit: 万美圆 不是已知单位``."""
        return f"{self.place.field}: {self.what}" if self.place.field else self.what

    def __str__(self) -> str:
        """``content/shizhong/2025/028.yaml:14: targets[0].unit: 万美圆 不是已知单位。写万美元``."""
        where = str(self.place)
        text = f"{where}: {self.finding}" if where else self.finding
        return f"{text}。{self.hint}" if self.hint else text


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


def explain_os_error(error: OSError) -> str:
    """Why the system refused, in words for a clerk: ENOSPC → 磁盘满了."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    getattr(errno, "EDQUOT", -1): "磁盘配额满了",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "系统打开的文件太多",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOTDIR: "它的上级不是文件夹",
    errno.EISDIR: "它是一个文件夹",
    errno.ELOOP: "链接绕成了圈",
}


def tell_numbers(numbers: Iterable[int]) -> str:
    """Numbers for a message, runs shortened: 3、5–8、12."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else "、".join(str(n) for n in run) for run in runs
    )
