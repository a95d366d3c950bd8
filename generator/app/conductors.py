"""The conductors: collect everything, check, then write."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator import charts, figures
from generator.app.build_record import Options as Options
from generator.app.build_record import Result as Result
from generator.app.build_record import add_theme, begin_record, write_record
from generator.app.inspection import read_site
from generator.base import disk, output_folder
from generator.base.errors import Problem, PublishError, Severity, raise_if_errors
from generator.base.parallel import Workers
from generator.base.paths import source_file
from generator.base.recovery import recover_site
from generator.base.site_lock import lock_folder
from generator.figures.figure_checks import check_totals
from generator.model import Site, addresses
from generator.site import publication, rendering, views
from generator.site.received import Received, find_tables, read_received, served_files
from generator.site.views import Profile
from generator.wording import Words, make_words

CHART_CACHE = ".cache/charts"


@contextmanager
def keep_garbage() -> Iterator[None]:
    """Nothing is looked through for garbage: almost all that a build makes lives to its end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """A site computed, drawn and planned, before any profile of it is rendered."""

    report: figures.Report
    palette: charts.Palette
    """The style sheet's colours."""
    charts: Mapping[str, charts.Chart]
    live: Mapping[str, bytes]
    """Scripts that make charts interactive: site path → bytes."""
    pages: tuple[views.Page, ...]
    words: Words
    received: Received
    """The received tables, read and masked."""
    renderer: rendering.Renderer
    """Of the program's templates, overlaid by the site folder's and the theme's."""


Commons = Mapping[str, Mapping[str, bytes]]
"""Scope's name → what every profile of the scope carries alike: search index, open data, Word files."""


def build_site(root: Path, options: Options) -> Result:
    """Content → site, swapped into ``options.output`` whole.

    Raises: TaizhangError with every problem; the old site stays then.
    """
    output_folder.check_output(options.output, root)
    with lock_folder(root), keep_garbage():
        recover_site(root)
        begun = begin_record(root, options)
        site, problems = read_site(root, base_url=options.base_url)
        begun = add_theme(begun, root, site.config.theme)
        stop_on(problems, strict=options.strict)
        files, found = make_files(root, site, options)
        keep = site.config.releases if options.keep else 0
        output_folder.write_output(options.output, files, root=root, keep=keep)
        count = sum(1 for name in files if name.endswith(".html"))
        result = Result(pages=count, files=len(files), problems=(*problems, *found))
        write_record(root, options, begun, result)
    return result


def rebuild_site(root: Path, options: Options) -> dict[str, bytes]:
    """What a build would write now: site path → bytes. Raises: TaizhangError with every problem."""
    with lock_folder(root), keep_garbage():
        recover_site(root)
        site, problems = read_site(root, base_url=options.base_url)
        stop_on(problems, strict=options.strict)
        return make_files(root, site, options)[0]


def make_files(root: Path, site: Site, options: Options) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The whole site, site path → bytes, and its warnings. Raises: PublishError for what breaks a rule."""
    with Workers(options.jobs) as workers:
        received = start_received(root, site, workers)
        templates = read_templates(root, site)
        files, found = make_site(site, templates, cache_of(root), options, workers, received)
    stop_on(found, strict=options.strict)
    return files, found


def make_site(
    site: Site,
    templates: Mapping[str, bytes],
    cache: charts.ChartCache,
    options: Options,
    workers: Workers,
    received: Callable[[], Received],
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The whole site, site path → bytes, and what in it breaks a rule.

    What needs no chart is made beside the charts, the offline editions are packed beside the site.
    """
    report, words, renderer = compute(site, templates)
    commons = start_commons(report, words, workers, bundle=options.bundle)
    plan = draw_plan(report, words, renderer, cache, workers, received)
    printed = print_site(plan, Profile.ONLINE)
    common = commons()
    scopes = publication.plan_scopes(report) if options.bundle else ()
    parts = [part for part in (scopes[:1], scopes[1:]) if part]
    known = common[publication.ALL].values()
    packed = [workers.start(partial(make_editions, plan, part, common, known)) for part in parts]
    pages = publication.parse_pages(printed)
    files = complete_site(
        plan, Profile.ONLINE, printed, pages, common[publication.ALL], editions=options.bundle
    )
    promised = {url for _, _, url in publication.edition_urls(report)} if packed else set()
    found = list(publication.check_site(files, promised, pages=pages))
    for wait in packed:
        offline, problems = wait()
        files |= offline
        found += problems
    return files, tuple(found)


def build_bundle(root: Path, output: Path, *, jobs: int = 2) -> tuple[str, ...]:
    """The offline zips and single files alone, written below ``output``; their site paths.

    Raises: TaizhangError with every problem; nothing is written then.
    """
    output_folder.check_output(output, root)
    with lock_folder(root), keep_garbage():
        files = make_bundle(root, jobs=jobs)
        output_folder.add_to_output(output, files, root=root)
    return tuple(files)


def make_bundle(root: Path, *, jobs: int) -> dict[str, bytes]:
    """The offline zips and single files: site path → bytes. Raises: TaizhangError with every problem."""
    site, problems = read_site(root)
    stop_on(problems, strict=False)
    report, words, renderer = compute(site, read_templates(root, site))
    with Workers(jobs) as workers:
        received = start_received(root, site, workers)
        commons = start_commons(report, words, workers, bundle=True)
        plan = draw_plan(report, words, renderer, cache_of(root), workers, received)
        files, found = make_editions(plan, publication.plan_scopes(report), commons())
    stop_on(found, strict=False)
    return files


def start_received(root: Path, site: Site, workers: Workers) -> Callable[[], Received]:
    """Begin to read the received tables; what a file was read as is kept between builds."""
    names = {
        source_file(district.id, table.file)
        for district in site.districts
        for table in find_tables(district)
        if (root / source_file(district.id, table.file)).is_file()
    }
    files = disk.read_tree(root, sorted(names))
    return workers.start(partial(read_received, site, files))


def compute(site: Site, templates: Mapping[str, bytes]) -> tuple[figures.Report, Words, rendering.Renderer]:
    """All figures, checked, the words of the site's language, and the templates set up."""
    words = make_words(templates, site.config.texts, language=site.config.language)
    report = figures.make_report(site)
    raise_if_errors(check_totals(report), PublishError)
    return report, words, rendering.Renderer(templates, words)


def start_commons(
    report: figures.Report, words: Words, workers: Workers, *, bundle: bool
) -> Callable[[], Commons]:
    """Begin what every profile of the site, and of each offline edition, carries alike."""
    scopes = publication.plan_scopes(report) if bundle else ()
    commons = workers.start(partial(make_commons, report, scopes, words))
    documents = workers.start(partial(make_documents, report, words))

    def wait() -> Commons:
        made = documents()
        return {
            name: files
            | {url: data for url, data in made.items() if name in (publication.ALL, url.split("/")[0])}
            for name, files in commons().items()
        }

    return wait


def make_commons(
    report: figures.Report, scopes: Iterable[publication.Scope], words: Words
) -> dict[str, dict[str, bytes]]:
    """Search index and open data, of the site and of each scope."""
    reports = {publication.ALL: report, **{scope.name: scope.report for scope in scopes}}
    return {name: publication.make_common(each, words) for name, each in reports.items()}


def make_documents(report: figures.Report, words: Words) -> dict[str, bytes]:
    """The Word files of all briefs."""
    return publication.make_documents(report, words, views.make_brief_pages(views.make_frame(report, words)))


def draw_plan(
    report: figures.Report,
    words: Words,
    renderer: rendering.Renderer,
    cache: charts.ChartCache,
    workers: Workers,
    received: Callable[[], Received] = dict,
) -> SitePlan:
    """Everything drawn and planned."""
    palette = charts.parse_palette(renderer.templates[charts.TOKENS_FILE].decode("utf-8"))
    accent = report.site.config.accent
    colours = {**palette.light, "main": accent.lower()} if accent else palette.light
    drawn = charts.draw_charts(charts.plan_charts(report, words), colours, cache=cache, workers=workers)
    tables = received()
    return SitePlan(
        report=report,
        palette=palette,
        charts=drawn.charts,
        live=drawn.scripts,
        pages=views.make_pages(report, drawn.charts, words, tables),
        words=words,
        received=tables,
        renderer=renderer,
    )


def print_site(plan: SitePlan, profile: Profile) -> dict[str, bytes]:
    """The pages of one profile, and the files that they lead to: site path → bytes."""
    files = render_pages(plan, views.make_site_view(plan.report, plan.words, profile=profile))
    for chart in plan.charts.values():
        files |= chart.files
    records = {
        addresses.period_data_url(district.district.id, overview.period): figures.period_record(overview)
        for district in plan.report.districts
        for overview in district.overviews
    }
    served = served_files(plan.received, (district.district.id for district in plan.report.districts))
    return {**files, **plan.live, **records, **served}


def complete_site(
    plan: SitePlan,
    profile: Profile,
    printed: Mapping[str, bytes],
    pages: Mapping[str, publication.FinishedPage],
    common: Mapping[str, bytes],
    *,
    editions: bool = False,
) -> dict[str, bytes]:
    """One profile of the site, whole: site path → bytes.

    pages: what was parsed of the printed ones. editions: whether offline editions will lie beside it.
    """
    view = views.make_site_view(plan.report, plan.words, profile=profile)
    extras = publication.make_extras(
        plan.report, plan.words, common, printed, pages, renderer=plan.renderer, view=view, editions=editions
    )
    return {**printed, **extras}


def render_pages(plan: SitePlan, view: views.SiteView) -> dict[str, bytes]:
    """Pages, style sheets and scripts."""
    files = plan.renderer.render_pages(plan.pages, view)
    accent = views.make_accent_css(plan.report.site.config, plan.palette)
    return files | rendering.render_static(plan.renderer.templates, accent)


def cut_plan(plan: SitePlan, scope: publication.Scope) -> SitePlan:
    """The plan of one district alone."""
    drawn = {key: chart for key, chart in plan.charts.items() if key.startswith(f"{scope.name}/")}
    planned = views.make_pages(scope.report, drawn, plan.words, plan.received)
    return replace(plan, report=scope.report, charts=drawn, pages=planned)


def make_editions(
    plan: SitePlan, scopes: Iterable[publication.Scope], commons: Commons, known: Iterable[bytes] = ()
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Offline zips and single files below offline/, and what in them breaks a rule.

    known: contents that are checked elsewhere.
    """
    files: dict[str, bytes] = {}
    for scope in scopes:
        part = plan if scope.report is plan.report else cut_plan(plan, scope)
        printed = print_site(part, Profile.OFFLINE)
        pages = publication.parse_pages(printed)
        offline = complete_site(part, Profile.OFFLINE, printed, pages, commons[scope.name])
        files |= publication.make_bundle_file(scope, part.words, offline)
        if not scope.is_all:
            files |= make_single(part, offline)
    return files, publication.check_site(files, known=known)


def make_single(plan: SitePlan, offline: Mapping[str, bytes]) -> dict[str, bytes]:
    """The single-file edition of the plan's only district."""
    view = views.make_site_view(plan.report, plan.words, profile=Profile.SINGLE)
    return publication.make_single_file(
        plan.report, plan.words, plan.pages, offline, renderer=plan.renderer, view=view
    )


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
    charts.prepare_scripts(cache_of(root))


def stop_on(problems: tuple[Problem, ...], *, strict: bool) -> None:
    """Raise when there are errors, or anything at all with ``strict``."""
    if any(strict or p.level is Severity.ERROR for p in problems):
        raise PublishError(problems)
