"""The conductors: collect everything, check, then write."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from generator import charts, disk, figures, history, pages, publish, render, urls
from generator.errors import Problem, PublishError, raise_if_errors
from generator.figure_checks import check_totals
from generator.inspection import read_site
from generator.model import Site
from generator.pages import Profile
from generator.words import Words, make_words

CHART_CACHE = ".cache/charts"

T = TypeVar("T")


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
    common: Mapping[str, bytes]
    """What every profile carries alike: search index, open data, Word files."""
    press: render.Press
    """The templates: the program's, overlaid by the site folder's and the theme's."""


def build_site(root: Path, options: Options) -> Result:
    """Content → site, swapped into ``options.output`` whole.

    Raises: TaizhangError with every problem; the old site stays then.
    """
    site, problems = read_site(root, base_url=options.base_url)
    stop_on(problems, strict=options.strict)
    plan = plan_site(site, read_templates(root, site), cache_of(root), jobs=options.jobs)
    bundle = start(partial(make_checked_bundle, plan), jobs=options.jobs) if options.bundle else None
    files = render_site(plan, Profile.ONLINE, editions=options.bundle)
    offline, found = bundle() if bundle else ({}, ())
    found = (*publish.check_site(files, offline), *found)
    stop_on(found, strict=options.strict)
    files |= offline
    disk.write_tree(options.output, files)
    count = sum(1 for name in files if name.endswith(".html"))
    return Result(pages=count, files=len(files), problems=(*problems, *found))


def build_bundle(root: Path, output: Path, *, jobs: int = 2) -> tuple[str, ...]:
    """The offline zips and single files alone, written below ``output``; their site paths.

    Raises: TaizhangError with every problem; nothing is written then.
    """
    site, problems = read_site(root)
    stop_on(problems, strict=False)
    plan = plan_site(site, read_templates(root, site), cache_of(root), jobs=jobs)
    files, found = make_checked_bundle(plan)
    stop_on(found, strict=False)
    output.mkdir(parents=True, exist_ok=True)
    disk.apply_changes(output, files)
    return tuple(files)


def plan_site(site: Site, templates: Mapping[str, bytes], cache: charts.ChartCache, *, jobs: int) -> Plan:
    """Everything computed, drawn and planned."""
    words = make_words(templates, site.config.texts, language=site.config.language)
    report = figures.make_report(site)
    raise_if_errors(check_totals(report), PublishError)
    theme = charts.make_theme(site.config.accent)
    live = start(partial(charts.live_files, theme, cache=cache), jobs=jobs)
    common = start(partial(make_common, report, words), jobs=jobs)
    drawn = charts.draw_charts(charts.plan_charts(report, words, theme), theme, cache=cache, jobs=jobs)
    planned = pages.make_pages(report, drawn, words)
    press = render.make_press(templates, words)
    return Plan(
        report=report,
        charts=drawn,
        live=live(),
        pages=planned,
        words=words,
        common=common(),
        press=press,
    )


def make_common(report: figures.Report, words: Words) -> dict[str, bytes]:
    """What every profile carries alike."""
    briefs = pages.make_brief_pages(pages.make_frame(report, words))
    return publish.make_common(report, words, briefs)


def render_site(plan: Plan, profile: Profile, *, editions: bool = False) -> dict[str, bytes]:
    """One profile of the site: site path → bytes.

    editions: whether offline editions will lie beside it.
    """
    view = pages.make_site_view(plan.report, plan.words, profile=profile)
    files = render_pages(plan, view)
    files |= {**charts.chart_files(plan.charts), **plan.live}
    files |= {
        urls.period_data_url(district.district.id, overview.period): history.period_record(overview)
        for district in plan.report.districts
        for overview in district.overviews
    }
    files |= publish.make_extras(
        plan.report,
        plan.words,
        plan.common,
        files,
        press=plan.press,
        view=view,
        editions=editions,
    )
    return files


def render_pages(plan: Plan, view: pages.SiteView) -> dict[str, bytes]:
    """Pages, style sheets and scripts."""
    files = render.render_pages(plan.pages, plan.press, view)
    return files | render.render_static(plan.press.templates, pages.make_accent_css(plan.report.site.config))


def make_checked_bundle(plan: Plan) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The offline editions, and what in them breaks a rule."""
    files = make_bundle(plan)
    return files, publish.check_site(files)


def make_bundle(plan: Plan) -> dict[str, bytes]:
    """Offline zips and single-file editions below offline/: of all districts, and of each."""
    files: dict[str, bytes] = {}
    for scope in publish.plan_scopes(plan.report):
        part = plan if scope.is_all else cut_plan(plan, scope)
        offline = render_site(part, Profile.OFFLINE)
        files |= publish.make_bundle_file(scope, plan.words, offline)
        if not scope.is_all:
            files |= make_single(part, offline)
    return files


def make_single(plan: Plan, offline: Mapping[str, bytes]) -> dict[str, bytes]:
    """The single-file edition of the plan's only district."""
    view = pages.make_site_view(plan.report, plan.words, profile=Profile.SINGLE)
    search = {path: data for path, data in offline.items() if path.startswith("search/")}
    rendered = render_pages(plan, view)
    return publish.make_single_file(plan.report, plan.words, rendered, search, press=plan.press, view=view)


def cut_plan(plan: Plan, scope: publish.Scope) -> Plan:
    """The plan of one district alone."""
    own = (f"{scope.name}/", f"bar/{scope.name}-")
    drawn = {key: chart for key, chart in plan.charts.items() if key.startswith(own)}
    planned = pages.make_pages(scope.report, drawn, plan.words)
    common = publish.make_common(scope.report, plan.words, ())
    common |= {
        path: data
        for path, data in plan.common.items()
        if path.startswith(f"{scope.name}/") and path.endswith(".docx")
    }
    return replace(plan, report=scope.report, charts=drawn, pages=planned, common=common)


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


def start(work: Callable[[], T], *, jobs: int) -> Callable[[], T]:
    """Begin ``work`` in a process of its own; calling what is returned waits for it and gives its result.

    Where forking is not cheap and safe (other systems, one job, threads) the work is done when waited for.
    """
    if jobs < 2 or sys.platform != "linux" or threading.active_count() > 1:
        return work
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work_and_send, args=(work, sender))
    process.start()
    sender.close()

    def wait() -> T:
        try:
            failure, result = receiver.recv()
        except EOFError:
            process.join()
            raise RuntimeError(f"a process of the build ended with {process.exitcode}") from None
        process.join()
        if failure is not None:
            raise failure
        made: T = result
        return made

    return wait


def _work_and_send(work: Callable[[], object], sender: Connection) -> None:
    try:
        sender.send((None, work()))
    except Exception as error:
        sender.send((error, None))


def stop_on(problems: tuple[Problem, ...], *, strict: bool) -> None:
    """Raise when there are errors, or anything at all with ``strict``."""
    if any(strict or p.level == "error" for p in problems):
        raise PublishError(problems)
