"""The conductors: collect everything, check, then write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator import charts, content, disk, figures, history, pages, privacy, render
from generator.errors import ContentError, Problem, PublishError, raise_if_errors
from generator.figure_checks import check_figures
from generator.model import Site
from generator.pages import Profile
from generator.words import Words, make_words

CONTENT = ("site.yaml", "content")
CHART_CACHE = ".cache/charts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build is asked for."""

    output: Path
    strict: bool = False
    """Doubt about data stops the build."""
    jobs: int = 2
    """Processes that draw charts."""
    base_url: str | None = None
    """Replaces site.yaml's."""
    bundle: bool = True
    """Offline zip and single files too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a build made."""

    pages: int
    files: int
    problems: tuple[Problem, ...]
    """Warnings only; errors are raised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A site computed, drawn and planned, before any profile of it is rendered."""

    report: figures.Report
    charts: Mapping[str, charts.Chart]
    live: Mapping[str, bytes]
    """Scripts that make charts interactive: site path → bytes."""
    pages: tuple[pages.Page, ...]
    words: Words
    templates: Mapping[str, bytes]
    """The program's, overlaid by the site folder's and the theme's."""


def build_site(root: Path, options: Options) -> Result:
    """Content → site, swapped into ``options.output`` whole.

    Raises: TaizhangError with every problem; the old site stays then.
    """
    site, problems = read_site(root, base_url=options.base_url)
    stop_on(problems, strict=options.strict)
    plan = plan_site(site, read_templates(root, site), cache_of(root), jobs=options.jobs)
    files = render_site(plan, Profile.ONLINE)
    found: tuple[Problem, ...] = ()
    disk.write_tree(options.output, files)
    count = sum(1 for name in files if name.endswith(".html"))
    return Result(pages=count, files=len(files), problems=(*problems, *found))


def read_site(root: Path, *, base_url: str | None = None) -> tuple[Site, tuple[Problem, ...]]:
    """The site masked and checked, with its warnings. Raises: ContentError with every problem."""
    disk.recover(root)
    site, problems = content.check_site(disk.read_tree(root, CONTENT))
    if site is None:
        raise ContentError(problems)
    problems = (*problems, *(p for district in site.districts for p in check_figures(district)))
    raise_if_errors(problems, ContentError)
    if base_url is not None:
        site = replace(site, config=replace(site.config, base_url=base_url))
    return privacy.mask_site(site), problems


def check_content(root: Path, *, today: dt.date) -> tuple[Problem, ...]:
    """Every problem of all content at once, with what a clerk should look at. Nothing is written."""
    disk.recover(root)
    site, problems = content.check_site(disk.read_tree(root, CONTENT))
    if site is None:
        return problems
    found = [p for district in site.districts for p in check_figures(district)]
    found += [p for district in site.districts for p in history.check_history(district, today)]
    return (*problems, *found)


def plan_site(site: Site, templates: Mapping[str, bytes], cache: charts.ChartCache, *, jobs: int) -> Plan:
    """Everything computed, drawn and planned."""
    words = make_words(templates, site.config.texts, language=site.config.language)
    report = figures.make_report(site)
    theme = charts.make_theme(site.config.accent)
    drawn = charts.draw_charts(charts.plan_charts(report, words, theme), theme, cache=cache, jobs=jobs)
    planned = pages.make_pages(report, drawn, words)
    live = charts.live_files(theme, cache=cache)
    return Plan(report=report, charts=drawn, live=live, pages=planned, words=words, templates=templates)


def render_site(plan: Plan, profile: Profile) -> dict[str, bytes]:
    """One profile of the site: site path → bytes."""
    view = pages.make_site_view(plan.report, plan.words, profile=profile)
    files = render.render_pages(plan.pages, plan.templates, plan.words, view)
    files |= render.render_static(plan.templates, pages.make_accent_css(plan.report.site.config))
    files |= {**charts.chart_files(plan.charts), **plan.live}
    return files


def read_templates(root: Path, site: Site) -> dict[str, bytes]:
    """Templates, styles, scripts and words: the program's, then the site folder's, then the theme's."""
    found = disk.read_program_templates()
    found |= {p.removeprefix("templates/"): d for p, d in disk.read_tree(root, ("templates",)).items()}
    theme = site.config.theme
    if theme:
        found |= {p.removeprefix(f"{theme}/"): d for p, d in disk.read_tree(root, (theme,)).items()}
    return found


def cache_of(root: Path) -> charts.ChartCache:
    """Where drawn charts are kept between builds."""
    return disk.FolderCache(root / CHART_CACHE)


def theme_folder(root: Path) -> str | None:
    """The theme that site.yaml names; None without one or while site.yaml is wrong."""
    site, _ = content.check_site(disk.read_tree(root, CONTENT))
    return site.config.theme if site else None


def stop_on(problems: tuple[Problem, ...], *, strict: bool) -> None:
    """Raise when there are errors, or anything at all with ``strict``."""
    if any(strict or p.level == "error" for p in problems):
        raise PublishError(problems)
