"""What every command shares: settings, language, the way problems are printed, UTF-8 on any console."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import click

from generator.base import disk
from generator.base.errors import ContentError, Problem, Severity, format_problem
from generator.base.messages import CHINESE, Message, translate
from generator.base.recovery import recover_site
from generator.base.site_lock import lock_folder

LANGUAGES = ("zh", "en")
_CATALOGUE = "messages/en.yaml"
_LEVELS = {Severity.ERROR: Message("错误"), Severity.WARNING: Message("提醒")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Options that every command takes, before its name or after it."""

    root: Path | None = None
    """--root; None looks upwards for site.yaml."""
    quiet: bool = False
    """--quiet."""
    english: Mapping[str, str] = field(default_factory=lambda: CHINESE)
    """Catalogue of an English run; empty for a Chinese one."""

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

    def tell(self, said: object) -> str:
        """A message, or several, in the language of the run."""
        return str(translate(said, self.english))

    def say(self, said: Message) -> None:
        """Print a line unless --quiet."""
        if not self.quiet:
            click.echo(self.tell(said))

    def follow(self) -> Callable[[int, int], None] | None:
        """What tells on a terminal, after a second, how many districts are done and how long it takes yet."""
        if self.quiet or not sys.stderr.isatty():
            return None
        started = time.perf_counter()

        def tell(done: int, whole: int) -> None:
            spent = time.perf_counter() - started
            left = spent / done * (whole - done)
            line = Message(
                "已完成 {done}/{whole} 个区，约剩 {left:.0f} 秒", done=done, whole=whole, left=left
            )
            if spent > 1:
                click.echo(f"\r\x1b[K{self.tell(line) if done < whole else ''}", nl=False, err=True)

        return tell

    def print_problems(self, problems: Iterable[Problem]) -> None:
        """Every problem on a line of its own on standard error, then the count when there are several."""
        found = tuple(problems)
        for problem in found:
            colour = "red" if problem.level is Severity.ERROR else "yellow"
            label = click.style(
                self.tell(Message("{level}：", level=_LEVELS[problem.level])), fg=colour, bold=True
            )
            click.echo(label + format_problem(problem, self.english), err=True)
        if len(found) > 1:
            errors = sum(p.level is Severity.ERROR for p in found)
            total = Message(
                "共 {errors} 个错误、{warnings} 个提醒", errors=errors, warnings=len(found) - errors
            )
            click.echo(self.tell(total), err=True)


def make_settings(arguments: Sequence[str]) -> Settings:
    """Settings of a run before its options are parsed: its language, so that help and errors have it too.

    ``["build", "--lang", "en"]`` is an English run; without --lang the variable TAIZHANG_LANG decides.
    """
    given = [after for option, after in pairwise(arguments) if option == "--lang"]
    given += [each.removeprefix("--lang=") for each in arguments if each.startswith("--lang=")]
    language = given[-1] if given else os.environ.get("TAIZHANG_LANG", "")
    return Settings(english=read_english() if language.startswith("en") else CHINESE)


def read_english() -> dict[str, str]:
    """The English of every message. Raises: ContentError when the catalogue is wrong."""
    from generator.base.yaml_nodes import parse_texts  # a Chinese run reads no YAML for its words

    text = disk.read_program_template(_CATALOGUE).decode("utf-8")
    tree, problems = parse_texts(text, f"templates/{_CATALOGUE}")
    if problems:
        raise ContentError(problems)
    return {template: str(english) for template, english in tree.items()}


def use_utf8() -> None:
    """Print Chinese on consoles of any code page instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
