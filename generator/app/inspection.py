"""Content read from disk with everything that is wrong or doubtful in it; nothing is drawn or written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator import content, figures
from generator.base import disk
from generator.base.errors import ContentError, Problem, Severity, raise_if_errors
from generator.base.messages import Message
from generator.base.paths import CONTENT, review_file
from generator.base.places import Place
from generator.base.recovery import recover_site
from generator.base.site_lock import lock_folder
from generator.content.decisions import DecisionAction, parse_decisions
from generator.figures.figure_checks import check_figures
from generator.language import privacy
from generator.model import Site


def require_unchanged(root: Path, files: Mapping[str, bytes]) -> None:
    """Raises: ContentError when the content is no longer what a decision was made on."""
    now = disk.read_tree(root, CONTENT)
    changed = sorted(name for name in now.keys() | files.keys() if now.get(name) != files.get(name))
    what, hint = Message("在判定期间被别的命令或人改过，没有写入任何文件"), Message("请重新运行")
    raise_if_errors((Problem(place=Place(file=name), what=what, hint=hint) for name in changed), ContentError)


def read_site(root: Path, *, base_url: str | None = None) -> tuple[Site, tuple[Problem, ...]]:
    """The site masked and checked, with its warnings. The caller holds the folder's lock.

    Raises: ContentError with every problem.
    """
    recover_site(root)
    parsed = content.parse_content(disk.read_tree(root, CONTENT))
    problems = (*parsed.problems, *_check_figures(parsed))
    raise_if_errors(problems, ContentError)
    site = parsed.site
    assert site is not None, "without a site there is an error"
    if base_url is not None:
        site = replace(site, config=replace(site.config, base_url=base_url))
    return privacy.mask_site(site), problems


def check_content(root: Path, *, today: dt.date, verbose: bool = False) -> tuple[Problem, ...]:
    """Every problem of all content at once, with what a clerk should look at. Nothing is written.

    Files that cannot be decoded hide nothing of the others: the figures of every other task are checked too.
    verbose: findings that many tasks share one by one.
    """
    with lock_folder(root):
        recover_site(root)
        files = disk.read_tree(root, CONTENT)
    parsed = content.parse_content(files)
    problems = [*parsed.problems, *_check_figures(parsed), *_check_private(files)]
    if parsed.site is not None and not any(p.level is Severity.ERROR for p in parsed.problems):
        for district in parsed.site.districts:
            path = review_file(district.id)
            decisions = parse_decisions(files[path], path) if path in files else ()
            answered = {
                (d.task, d.period, d.target)
                for d in decisions
                if d.decision is DecisionAction.ACCEPT and d.period is not None
            }
            problems += figures.check_history(district, today, verbose=verbose, answered=answered)
    return tuple(problems)


def _check_figures(parsed: content.ParsedContent) -> tuple[Problem, ...]:
    """What is wrong with the figures, each with the line where it stands."""
    districts = parsed.site.districts if parsed.site else ()
    return parsed.with_lines(problem for district in districts for problem in check_figures(district))


def _check_private(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Private numbers in content, each with its line: the site shows them starred."""
    hint = Message("如不该公开，请从内容里删去")
    return tuple(
        Problem(
            place=Place(file=name, line=line),
            what=Message("有{kind}，网站上会遮盖", kind=number.kind),
            hint=hint,
            level=Severity.WARNING,
        )
        for name, data in files.items()
        if name.endswith(".yaml")
        for line, text in enumerate(data.decode("utf-8", "replace").splitlines(), 1)
        for number in privacy.find_numbers(text)
    )


def read_theme(root: Path) -> str | None:
    """The theme folder that site.yaml names; None without one or while site.yaml is wrong."""
    site = content.parse_content(disk.read_tree(root, CONTENT)).site
    return site.config.theme if site else None
