"""Content read from disk with everything that is wrong or doubtful in it; nothing is drawn or written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator import content, figures
from generator.base import disk
from generator.base.errors import ContentError, Problem, Severity, raise_if_errors
from generator.base.places import Place
from generator.base.recovery import recover_site
from generator.base.site_lock import lock_folder
from generator.figures.figure_checks import check_figures
from generator.language import privacy
from generator.model import Site

CONTENT = ("site.yaml", "content")


def require_unchanged(root: Path, files: Mapping[str, bytes]) -> None:
    """Raises: ContentError when the content is no longer what a decision was made on."""
    now = disk.read_tree(root, CONTENT)
    changed = sorted(name for name in now.keys() | files.keys() if now.get(name) != files.get(name))
    if changed:
        what = "在判定期间被别的命令或人改过，没有写入任何文件"
        raise ContentError(
            [Problem(place=Place(file=name), what=what, hint="请重新运行") for name in changed]
        )


def read_site(root: Path, *, base_url: str | None = None) -> tuple[Site, tuple[Problem, ...]]:
    """The site masked and checked, with its warnings. The caller holds the folder's lock.

    Raises: ContentError with every problem.
    """
    recover_site(root)
    files = disk.read_tree(root, CONTENT)
    site, problems = content.check_site(files)
    if site is None:
        raise ContentError(problems)
    problems = (*problems, *_check_figures(site, files))
    raise_if_errors(problems, ContentError)
    if base_url is not None:
        site = replace(site, config=replace(site.config, base_url=base_url))
    return privacy.mask_site(site), problems


def check_content(root: Path, *, today: dt.date, verbose: bool = False) -> tuple[Problem, ...]:
    """Every problem of all content at once, with what a clerk should look at. Nothing is written.

    ``verbose``: findings that many tasks share one by one.
    """
    with lock_folder(root):
        recover_site(root)
        files = disk.read_tree(root, CONTENT)
    site, problems = content.check_site(files)
    if site is None:
        return problems
    found = [*_check_figures(site, files), *_check_private(files)]
    for district in site.districts:
        found += figures.check_history(district, today, verbose=verbose)
    return (*problems, *found)


def _check_figures(site: Site, files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """What is wrong with the figures, each with the line where it stands."""
    found = (problem for district in site.districts for problem in check_figures(district))
    return content.add_lines(found, files)


def _check_private(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Private numbers in content, each with its line: the site shows them starred."""
    return tuple(
        Problem(
            place=Place(file=name, line=line),
            what=f"有{number.kind}，网站上会遮盖",
            hint=_HINT,
            level=Severity.WARNING,
        )
        for name, data in files.items()
        if name.endswith(".yaml")
        for line, text in enumerate(data.decode("utf-8", "replace").splitlines(), 1)
        for number in privacy.find_numbers(text)
    )


_HINT = "如不该公开，请从内容里删去"


def read_theme(root: Path) -> str | None:
    """The theme folder that site.yaml names; None without one or while the content is wrong."""
    site, _ = content.check_site(disk.read_tree(root, CONTENT))
    return site.config.theme if site else None
