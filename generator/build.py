"""The conductors: collect everything, check, then write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator import charts, disk, figures, history, pages, publish, render, urls
from generator.errors import Problem, PublishError, raise_if_errors
from generator.figure_checks import check_totals
from generator.inspection import read_site
from generator.model import Site
from generator.pages import Profile
from generator.parallel import Workers
from generator.words import Words, make_words

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
    press: render.Press
    """The templates: the program's, overlaid by the site folder's and the theme's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One offline edition, its pages printed and not yet packed."""

    scope: publish.Scope
    plan: Plan
    """Of the scope alone."""
    files: Mapping[str, bytes]
    """Its site in the offline profile, without what ``publish`` adds."""
    sections: Mapping[str, bytes] | None
    """Its pages in the profile for single files; None where none is made."""


Commons = Mapping[str, Mapping[str, bytes]]
"""Scope's name → what every profile of the scope carries alike."""


def build_site(root: Path, options: Options) -> Result:
    """Content → site, swapped into ``options.output`` whole.

    Raises: TaizhangError with every problem; the old site stays then.
    """
    site, problems = read_site(root, base_url=options.base_url)
    stop_on(problems, strict=options.strict)
    with Workers(options.jobs) as workers:
        files, found = make_site(site, read_templates(root, site), cache_of(root), options, workers)
    stop_on(found, strict=options.strict)
    disk.write_tree(options.output, files)
    count = sum(1 for name in files if name.endswith(".html"))
    return Result(pages=count, files=len(files), problems=(*problems, *found))


def make_site(
    site: Site, templates: Mapping[str, bytes], cache: charts.ChartCache, options: Options, workers: Workers
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The whole site, site path → bytes, and what in it breaks a rule.

    What needs no chart is made beside the charts, the offline editions are packed beside the site.
    """
    report, words, press = compute(site, templates)
    commons = workers.start(partial(make_commons, report, words, bundle=options.bundle))
    plan = draw_plan(report, words, press, cache, workers, jobs=options.jobs)
    printed = print_site(plan, Profile.ONLINE)
    editions = print_editions(plan) if options.bundle else ()
    common = commons()
    parts = [part for part in (editions[:1], editions[1:]) if part]
    packed = [workers.start(partial(pack_editions, part, common)) for part in parts]
    files = complete_site(plan, Profile.ONLINE, printed, common[publish.ALL], editions=options.bundle)
    bundles = [wait() for wait in packed]
    offline = {path: data for made, _ in bundles for path, data in made.items()}
    found = publish.check_site(files, offline)
    return files | offline, (*found, *(problem for _, part in bundles for problem in part))


def build_bundle(root: Path, output: Path, *, jobs: int = 2) -> tuple[str, ...]:
    """The offline zips and single files alone, written below ``output``; their site paths.

    Raises: TaizhangError with every problem; nothing is written then.
    """
    site, problems = read_site(root)
    stop_on(problems, strict=False)
    report, words, press = compute(site, read_templates(root, site))
    with Workers(jobs) as workers:
        commons = workers.start(partial(make_commons, report, words, bundle=True))
        plan = draw_plan(report, words, press, cache_of(root), workers, jobs=jobs)
        files, found = pack_editions(print_editions(plan), commons())
    stop_on(found, strict=False)
    output.mkdir(parents=True, exist_ok=True)
    disk.apply_changes(output, files)
    return tuple(files)


def compute(site: Site, templates: Mapping[str, bytes]) -> tuple[figures.Report, Words, render.Press]:
    """All figures, checked, the words of the site's language, and the templates set up."""
    words = make_words(templates, site.config.texts, language=site.config.language)
    report = figures.make_report(site)
    raise_if_errors(check_totals(report), PublishError)
    return report, words, render.make_press(templates, words)


def make_commons(report: figures.Report, words: Words, *, bundle: bool) -> dict[str, dict[str, bytes]]:
    """What every profile of the site, and of each offline edition, carries alike."""
    briefs = pages.make_brief_pages(pages.make_frame(report, words))
    everything = publish.make_common(report, words, briefs)
    made = {publish.ALL: everything}
    for scope in publish.plan_scopes(report) if bundle else ():
        if scope.name not in made:
            folder = f"{scope.name}/"
            own = {p: data for p, data in everything.items() if p.startswith(folder) and p.endswith(".docx")}
            made[scope.name] = own | publish.make_common(scope.report, words, ())
    return made


def draw_plan(
    report: figures.Report,
    words: Words,
    press: render.Press,
    cache: charts.ChartCache,
    workers: Workers,
    *,
    jobs: int,
) -> Plan:
    """Everything drawn and planned."""
    theme = charts.make_theme(report.site.config.accent)
    vega = workers.start(partial(charts.vega_file, cache=cache))
    drawn = charts.draw_charts(charts.plan_charts(report, words, theme), theme, cache=cache, jobs=jobs)
    kinds = charts.kinds_file(theme, cache=cache)
    planned = pages.make_pages(report, drawn, words)
    return Plan(report=report, charts=drawn, live=vega() | kinds, pages=planned, words=words, press=press)


def print_site(plan: Plan, profile: Profile) -> dict[str, bytes]:
    """The pages of one profile, and the files that they lead to: site path → bytes."""
    files = render_pages(plan, pages.make_site_view(plan.report, plan.words, profile=profile))
    files |= {**charts.chart_files(plan.charts), **plan.live}
    return files | {
        urls.period_data_url(district.district.id, overview.period): history.period_record(overview)
        for district in plan.report.districts
        for overview in district.overviews
    }


def complete_site(
    plan: Plan,
    profile: Profile,
    printed: Mapping[str, bytes],
    common: Mapping[str, bytes],
    *,
    editions: bool = False,
) -> dict[str, bytes]:
    """One profile of the site, whole: site path → bytes.

    editions: whether offline editions will lie beside it.
    """
    view = pages.make_site_view(plan.report, plan.words, profile=profile)
    extras = publish.make_extras(
        plan.report, plan.words, common, printed, press=plan.press, view=view, editions=editions
    )
    return {**printed, **extras}


def render_pages(plan: Plan, view: pages.SiteView) -> dict[str, bytes]:
    """Pages, style sheets and scripts."""
    files = render.render_pages(plan.pages, plan.press, view)
    return files | render.render_static(plan.press.templates, pages.make_accent_css(plan.report.site.config))


def print_editions(plan: Plan) -> tuple[Edition, ...]:
    """The pages of the offline editions: of all districts, and of each."""
    editions = []
    for scope in publish.plan_scopes(plan.report):
        part = plan if scope.report is plan.report else cut_plan(plan, scope)
        single = pages.make_site_view(part.report, part.words, profile=Profile.SINGLE)
        editions.append(
            Edition(
                scope=scope,
                plan=part,
                files=print_site(part, Profile.OFFLINE),
                sections=None if scope.is_all else render_pages(part, single),
            )
        )
    return tuple(editions)


def cut_plan(plan: Plan, scope: publish.Scope) -> Plan:
    """The plan of one district alone."""
    own = (f"{scope.name}/", f"bar/{scope.name}-")
    drawn = {key: chart for key, chart in plan.charts.items() if key.startswith(own)}
    planned = pages.make_pages(scope.report, drawn, plan.words)
    return replace(plan, report=scope.report, charts=drawn, pages=planned)


def pack_editions(
    editions: Sequence[Edition], commons: Commons
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Offline zips and single files below offline/, and what in them breaks a rule."""
    files: dict[str, bytes] = {}
    for edition in editions:
        scope, plan = edition.scope, edition.plan
        offline = complete_site(plan, Profile.OFFLINE, edition.files, commons[scope.name])
        files |= publish.make_bundle_file(scope, plan.words, offline)
        if edition.sections is not None:
            view = pages.make_site_view(plan.report, plan.words, profile=Profile.SINGLE)
            search = {path: data for path, data in offline.items() if path.startswith("search/")}
            files |= publish.make_single_file(
                plan.report, plan.words, edition.sections, search, press=plan.press, view=view
            )
    return files, publish.check_site(files)


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


def prepare(root: Path) -> None:
    """Put into the cache what depends on the installed packages alone, so that no build waits for it."""
    charts.vega_file(cache=cache_of(root))


def stop_on(problems: tuple[Problem, ...], *, strict: bool) -> None:
    """Raise when there are errors, or anything at all with ``strict``."""
    if any(strict or p.level == "error" for p in problems):
        raise PublishError(problems)
