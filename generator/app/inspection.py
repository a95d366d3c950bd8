"""Content read from disk with everything that is wrong or doubtful in it; nothing is drawn or written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator import content, figures
from generator.base import disk
from generator.base.errors import ContentError, Problem, Severity, UsageError, raise_if_errors
from generator.base.messages import Message
from generator.base.paths import CONTENT, SITE_FILE, review_file
from generator.base.places import Place
from generator.base.recovery import recover_site
from generator.base.site_lock import lock_folder
from generator.content.content_checks import is_base_url
from generator.content.decisions import DecisionAction, parse_decisions
from generator.figures.figure_checks import check_figures
from generator.language import privacy
from generator.model import Period, Site, find_site_texts
from generator.site.private_scan import find_clear_numbers, fold_text
from generator.wording import make_words


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
        _require_address(base_url)
        site = replace(site, config=replace(site.config, base_url=base_url))
    masked = privacy.mask_site(site)
    raise_if_errors(_check_masked(parsed, masked), ContentError)
    return masked, problems


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
    if parsed.site is not None:
        problems += _check_masked(parsed, privacy.mask_site(parsed.site))
        problems += _check_presentation(root, parsed)
    if parsed.site is not None and not any(p.level is Severity.ERROR for p in parsed.problems):
        for district in parsed.site.districts:
            answered = _find_answered(district.id, files)
            problems += figures.check_history(district, today, verbose=verbose, answered=answered)
    return tuple(problems)


def _find_answered(district_id: str, files: Mapping[str, bytes]) -> set[tuple[str, Period, str | None]]:
    """Task, period and target of every number that a person has said is right."""
    path = review_file(district_id)
    decisions = parse_decisions(files[path], path) if path in files else ()
    accepted = (d for d in decisions if d.decision is DecisionAction.ACCEPT)
    return {(d.task, d.period, d.target) for d in accepted if d.period is not None}


def _check_figures(parsed: content.ParsedContent) -> tuple[Problem, ...]:
    """What is wrong with the figures, each with the line where it stands."""
    districts = parsed.site.districts if parsed.site else ()
    return parsed.with_lines(problem for district in districts for problem in check_figures(district))


def _require_address(base_url: str) -> None:
    """Raises: UsageError when a site cannot be published under the address."""
    if not is_base_url(base_url):
        what, hint = Message("“{url}”不是网址", url=base_url), Message("写成 https://… 的样子")
        raise UsageError(Problem(place=Place(file="--base-url"), what=what, hint=hint))


def _check_masked(parsed: content.ParsedContent, masked: Site) -> tuple[Problem, ...]:
    """Private numbers that the mask left in clear, found by the rules that look over the finished site."""
    hint = Message("从内容里删去；作地址的另写一个，作文字的改成通常的写法，程序就会遮盖")
    return parsed.with_lines(
        Problem(
            place=Place(file=file, field=field),
            what=Message("含个人号码：{shown}", shown=number[:3] + "…" + number[-2:]),
            hint=hint,
        )
        for file, field, text in find_site_texts(masked)
        if not field.endswith(".sha256")
        for number in find_clear_numbers(fold_text(text))
    )


def _check_presentation(root: Path, parsed: content.ParsedContent) -> tuple[Problem, ...]:
    """The theme's folder is there, and texts of site.yaml replace words that there are."""
    assert parsed.site is not None
    config = parsed.site.config
    if config.theme and not (root / config.theme).is_dir():
        what = Message("没有文件夹 {theme}", theme=config.theme)
        problem = Problem(
            place=Place(file=SITE_FILE, field="theme"),
            what=what,
            hint=Message("建这个文件夹，或者删去这个键"),
        )
        return parsed.with_lines((problem,))
    try:
        if config.texts:
            make_words(read_templates(root, parsed.site), config.texts, language=config.language)
    except ContentError as error:
        return parsed.with_lines(error.problems)
    return ()


def read_templates(root: Path, site: Site) -> dict[str, bytes]:
    """Templates, styles, scripts and words: the program's, then the site folder's, then the theme's."""
    found = disk.read_program_templates()
    found |= {p.removeprefix("templates/"): d for p, d in disk.read_tree(root, ("templates",)).items()}
    theme = site.config.theme
    if theme:
        found |= {p.removeprefix(f"{theme}/"): d for p, d in disk.read_tree(root, (theme,)).items()}
    return found


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
