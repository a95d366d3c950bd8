"""What every command shares: settings, the way problems are printed, UTF-8 on any console."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from generator.base import disk
from generator.base.errors import Problem, Severity
from generator.base.recovery import recover_site
from generator.base.site_lock import lock_folder

_WORDS = {
    "zh": {"error": "错误", "warning": "提醒", "total": "共 {errors} 个错误、{warnings} 个提醒"},
    "en": {"error": "error", "warning": "warning", "total": "{errors} errors, {warnings} warnings"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Options that stand before the command."""

    root: Path | None
    lang: str
    quiet: bool

    def site_root(self) -> Path:
        """The site folder. Raises: UsageError when there is none."""
        return disk.find_root(self.root or Path.cwd())

    def open_site(self) -> Path:
        """The site folder, held by this command alone until it ends, with interrupted changes finished.

        Raises: UsageError when there is none or another command holds it too long.
        """
        root = self.site_root()
        click.get_current_context().with_resource(lock_folder(root))
        recover_site(root)
        return root

    def say(self, zh: str, en: str) -> None:
        """Print a line in the command's language unless --quiet."""
        if not self.quiet:
            click.echo(en if self.lang == "en" else zh)


def use_utf8() -> None:
    """Print Chinese on consoles of any code page instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def print_problems(problems: Iterable[Problem], lang: str = "zh") -> None:
    """Every problem on a line of its own on standard error, then the count when there are several."""
    words = _WORDS[lang]
    found = tuple(problems)
    for problem in found:
        colour = "red" if problem.level is Severity.ERROR else "yellow"
        click.echo(click.style(f"{words[problem.level]}：", fg=colour, bold=True) + str(problem), err=True)
    if len(found) > 1:
        errors = sum(p.level is Severity.ERROR for p in found)
        click.echo(words["total"].format(errors=errors, warnings=len(found) - errors), err=True)
