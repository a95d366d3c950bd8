"""The conductors: collect everything, check, then write."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias

from generator import charts, figures
from generator.app.build_record import Options as Options
from generator.app.build_record import Result as Result
from generator.app.build_record import add_theme, begin_record, write_record
from generator.app.inspection import read_site, read_templates
from generator.app.kept_districts import KeptDistricts, make_key, open_kept
from generator.base import disk, output_folder
from generator.base.errors import Problem, PublishError, Severity, raise_if_errors
from generator.base.identity_memo import forget_results
from generator.base.parallel import Workers
from generator.base.paths import source_file
from generator.base.recovery import recover_site
from generator.base.site_lock import lock_folder
from generator.base.stage_clock import Share, add_share, share_of, stage, take_spent
from generator.figures.figure_checks import check_totals
from generator.model import District, Site, addresses, find_site_texts
from generator.site import publication, rendering, views
from generator.site.received import Received, find_tables, read_received, served_files
from generator.site.views import Profile
from generator.wording import Words, make_words

CHART_CACHE = ".cache/charts"


Tell: TypeAlias = Callable[[int, int], None]
"""Hears how many of how many are done."""


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
class Ground:
    """What every district is made from beside its own content."""

    root: Path
    report: figures.Report
    words: Words
    renderer: rendering.Renderer
    """Of the program's templates, overlaid by the site folder's and the theme's."""
    static: Mapping[str, bytes]
    """Style sheets and scripts, in the site's own colour: site path → bytes."""
    colours: Mapping[str, str]
    """Token → #rrggbb of what is downloaded."""
    shared: charts.DrawnCharts
    """The charts that join districts, and the scripts that make charts live."""
    bundle: bool
    """Offline editions too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictPlan:
    """A district computed, drawn and planned, before any profile of it is rendered."""

    ground: Ground
    report: figures.Report
    """Of this district alone."""
    charts: Mapping[str, charts.Chart]
    pages: tuple[views.Page, ...]
    received: Received
    """The received tables, read and masked."""
    places: Mapping[str, tuple[views.NamedPlace, ...]]
    """District id → the places that its texts name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictPart:
    """What a district leaves behind once its files are written."""

    pages: tuple[views.Page, ...]
    """As the site map lists them."""
    parsed: Mapping[str, publication.FinishedPage]
    """Its pages with the links alone that lead out of the district."""
    offline: Mapping[str, bytes]
    """Its files in the offline profile, for the bundle of all districts; empty where there is none."""
    problems: tuple[Problem, ...]
    sums: Mapping[str, str] = field(default_factory=dict)
    """Site path → SHA-256 of every file written; empty before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeDistrict:
    """A district before it is written."""

    part: DistrictPart
    files: Mapping[str, bytes]
    """Site path → bytes."""


def build_site(root: Path, options: Options, tell: Tell | None = None) -> Result:
    """Content → site, swapped into ``options.output`` whole. tell: hears how many districts are done.

    Raises: TaizhangError with every problem; the old site stays then.
    """
    output_folder.check_output(options.output, root)
    with lock_folder(root), keep_garbage():
        recover_site(root)
        begun = begin_record(root, options)
        take_spent()
        with stage("read"):
            site, problems = read_site(root, base_url=options.base_url)
        begun = add_theme(begun, root, site.config.theme)
        stop_on(problems, strict=options.strict)
        keep = site.config.releases if options.keep else 0
        with (
            output_folder.open_release(options.output, root=root, keep=keep) as release,
            Workers(options.jobs) as workers,
        ):
            ground = lay_ground(root, site, workers, bundle=options.bundle)
            kept = open_kept(root, begun.question[0])
            found = make_site(ground, workers, release, kept, tell)
            stop_on(found, strict=options.strict)
        count = sum(1 for name in release.sums if name.endswith(".html"))
        result = Result(pages=count, files=len(release.sums), problems=(*problems, *found))
        write_record(root, options, begun, result)
        kept.forget_old(len(site.districts))
    return replace(result, spent=take_spent())


def rebuild_site(root: Path, options: Options) -> dict[str, bytes]:
    """What a build would write now: site path → bytes. Raises: TaizhangError with every problem."""
    with lock_folder(root), keep_garbage():
        return make_files(root, options)


def make_files(root: Path, options: Options, below: str = "") -> dict[str, bytes]:
    """The files of a site whose paths begin with ``below``: site path → bytes. The caller holds the lock.

    Raises: TaizhangError with every problem.
    """
    site, problems = read_site(root, base_url=options.base_url)
    stop_on(problems, strict=options.strict)
    with output_folder.open_scratch() as release, Workers(options.jobs) as workers:
        ground = lay_ground(root, site, workers, bundle=options.bundle)
        stop_on(make_site(ground, workers, release), strict=options.strict)
        return {name: release.read(name) for name in release.sums if name.startswith(below)}


def lay_ground(root: Path, site: Site, workers: Workers, *, bundle: bool) -> Ground:
    """Everything computed that districts share, what joins them drawn, the templates compiled."""
    with stage("compute"):
        report, words, renderer = compute(site, read_templates(root, site))
    palette = charts.parse_palette(renderer.templates[charts.TOKENS_FILE].decode("utf-8"))
    accent = site.config.accent
    colours = {**palette.light, **({"main": accent.lower()} if accent else {})}
    with stage("draw"):
        requests = charts.plan_comparisons(report, words)
        shared = charts.draw_charts(requests, colours, cache=cache_of(root), workers=workers)
    with stage("templates"):
        renderer.compile_templates()
    return Ground(
        root=root,
        report=report,
        words=words,
        renderer=renderer,
        static=rendering.render_static(renderer.templates, views.make_accent_css(site.config, palette)),
        colours=colours,
        shared=shared,
        bundle=bundle,
    )


def make_site(
    ground: Ground,
    workers: Workers,
    release: output_folder.Release,
    kept: KeptDistricts | None = None,
    tell: Tell | None = None,
) -> tuple[Problem, ...]:
    """The whole site, written district by district, then what joins districts; what in it breaks a rule.

    kept: districts made before; None makes each anew. tell: as ``build_site``.
    """
    report, words = ground.report, ground.words
    asks = says(report.site)
    common = workers.start(partial(share_of, partial(make_common, report, words)))
    key = key_ground(ground, kept.edition) if kept else ""
    takes = [partial(take_district, ground, key, each, release, kept) for each in report.districts]
    parts = gather_parts(workers, [partial(share_of, take) for take in takes], tell)
    for part in parts:
        release.sums.update(part.sums)
    with stage("views"):
        places = views.find_report_places(report)
        frame = replace(views.make_frame(report, words, ground.shared.charts), places=places)
        pages = views.make_site_pages(frame, [page for part in parts for page in part.pages])
    commons, share = common()
    add_share(share)
    parsed = {name: page for part in parts for name, page in part.parsed.items()}
    with stage("print"):
        files, read = join_parts(ground, Profile.ONLINE, pages, commons, parsed, release.sums)
    with stage("editions"):
        bundle = make_bundle_of_all(ground, pages, commons, parts)
    with stage("write"):
        release.sums.update(release.write({**files, **bundle}))
    with stage("check"):
        found = {
            *publication.check_files({**files, **bundle}, asks),
            *publication.check_joined(release.sums, {**parsed, **read}),
        }
    return tuple(sorted(found.union(*(part.problems for part in parts))))


def gather_parts(
    workers: Workers, works: Sequence[Callable[[], tuple[DistrictPart, Share]]], tell: Tell | None
) -> list[DistrictPart]:
    """The districts in their order, all of them done."""
    found: dict[int, DistrictPart] = {}
    for place, (part, share) in workers.spread(works):
        found[place] = part
        add_share(share)
        if tell:
            tell(len(found), len(works))
    return [found[place] for place in sorted(found)]


def make_common(report: figures.Report, words: Words) -> dict[str, bytes]:
    """Search index and open data: site path → bytes."""
    with stage("data"):
        return publication.make_common(report, words)


def make_bundle_of_all(
    ground: Ground,
    pages: tuple[views.Page, ...],
    commons: Mapping[str, bytes],
    parts: Sequence[DistrictPart],
) -> dict[str, bytes]:
    """The offline zip of all districts; nothing where there is one district, or none has a table."""
    scopes = [scope for scope in publication.plan_scopes(ground.report) if scope.is_all]
    if not (ground.bundle and len(parts) > 1 and scopes):
        return {}
    offline = {url: data for part in parts for url, data in part.offline.items()}
    parsed = publication.parse_pages(offline)
    files, _ = join_parts(ground, Profile.OFFLINE, pages, commons, parsed, offline.keys())
    return publication.make_bundle_file(scopes[0], ground.words, {**files, **offline})


def join_parts(
    ground: Ground,
    profile: Profile,
    pages: tuple[views.Page, ...],
    commons: Mapping[str, bytes],
    parsed: Mapping[str, publication.FinishedPage],
    names: Collection[str],
) -> tuple[dict[str, bytes], dict[str, publication.FinishedPage]]:
    """What one profile of the site has beside its districts: site path → bytes, and its pages parsed.

    parsed, names: the districts' pages and files.
    """
    view = views.make_site_view(ground.report, ground.words, profile=profile)
    files = ground.renderer.render_pages(pages, view)
    files |= {**ground.static, **take_charts(ground.shared.charts), **ground.shared.scripts}
    read = publication.parse_pages(files)
    extras = publication.make_extras(
        ground.report,
        ground.words,
        commons,
        [*names, *files],
        {**parsed, **read},
        renderer=ground.renderer,
        view=view,
        editions=ground.bundle and profile is Profile.ONLINE,
    )
    return files | extras, read | publication.parse_pages(extras)


def key_ground(ground: Ground, edition: str) -> str:
    """Checksum of what every district is made from: program, templates, colours, scripts.

    Style sheets and scripts of pages stand in a district's files only where it is packed to be taken along.
    """
    templates = ground.renderer.templates.items()
    seen = [each for each in templates if ground.bundle or not rendering.is_joined(each[0])]
    scripts = sorted(ground.shared.scripts.items())
    return make_key((edition, ground.bundle, sorted(seen), sorted(ground.colours.items()), scripts))


def take_district(
    ground: Ground,
    key: str,
    each: figures.DistrictReport,
    release: output_folder.Release,
    kept: KeptDistricts | None,
) -> DistrictPart:
    """One district, written: as it was made before, where all that it is made from is the same.

    key: of the ground. kept: as ``make_site``.
    """
    own, tables = narrow_ground(ground, each), read_tables(ground.root, each.district)
    around = [other for other in own.report.districts if other is not each]
    key = make_key((key, own.report.site, around, sorted(tables.items())))
    found = kept.get(key) if kept else None
    if not isinstance(found, MadeDistrict):
        found = make_district(own, each, tables)
        if kept:
            kept.put(key, found)
    with stage("write"):
        return replace(found.part, sums=release.write(found.files))


def narrow_ground(ground: Ground, each: figures.DistrictReport) -> Ground:
    """What one district sees of the ground."""
    return replace(
        ground,
        report=figures.narrow_report(ground.report, each),
        static=ground.static if ground.bundle else {},
        shared=replace(ground.shared, charts={}),
    )


def make_district(ground: Ground, each: figures.DistrictReport, tables: Mapping[str, bytes]) -> MadeDistrict:
    """One district: its pages, charts, data of periods, received tables, Word files, editions."""
    report, words = ground.report, ground.words
    plan = plan_district(ground, each, tables)
    with stage("print"):
        documents = publication.make_documents(report, words, plan.pages)
        feeds = publication.make_subject_feeds(plan.report, plan.places, words, ground.renderer)
        printed = print_district(plan, views.make_site_view(report, words)) | documents | feeds
    with stage("check"):
        problems = publication.check_files(printed, says(report.site))
        parsed = publication.settle_links(publication.parse_pages(printed), printed.keys())
    offline: dict[str, bytes] = {}
    editions: dict[str, bytes] = {}
    if ground.bundle:
        with stage("editions"):
            view = views.make_site_view(report, words, profile=Profile.OFFLINE)
            offline = print_district(plan, view) | documents
            editions, found = make_editions(plan, documents, [*printed.values(), *offline.values()])
        problems += found
    ground.renderer.forget_contents()
    forget_results()
    part = DistrictPart(
        pages=tuple(map(views.list_page, plan.pages)),
        parsed=parsed,
        offline=offline if len(report.districts) > 1 else {},
        problems=problems,
    )
    return MadeDistrict(part=part, files=printed | editions)


def plan_district(ground: Ground, each: figures.DistrictReport, tables: Mapping[str, bytes]) -> DistrictPlan:
    """One district drawn and planned as a part of the site."""
    report, words = ground.report, ground.words
    own = replace(report, districts=(each,))
    received = read_received(replace(report.site, districts=(each.district,)), tables)
    with stage("draw"):
        requests, kept = charts.plan_charts(own, words), cache_of(ground.root)
        drawn = charts.draw_charts(requests, ground.colours, cache=kept, workers=Workers(1), live=False)
    with stage("views"):
        places = views.find_report_places(own)
        frame = replace(views.make_frame(report, words, drawn.charts), report=own, places=places)
        pages = views.make_district_pages(frame, received)
    return DistrictPlan(
        ground=ground, report=own, charts=drawn.charts, pages=pages, received=received, places=places
    )


def read_tables(root: Path, district: District) -> dict[str, bytes]:
    """The received tables of one district: content path → bytes. Raises: OSError."""
    names = {source_file(district.id, table.file) for table in find_tables(district)}
    return disk.read_tree(root, sorted(name for name in names if (root / name).is_file()))


def make_editions(
    plan: DistrictPlan, documents: Mapping[str, bytes], known: Iterable[bytes]
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The offline zip and the single file of a district, and what in them breaks a rule.

    known: contents that are checked elsewhere.
    """
    report, words = plan.ground.report, plan.ground.words
    name = plan.report.districts[0].district.id
    scope = next((scope for scope in publication.plan_scopes(report) if scope.name == name), None)
    if scope is None:
        return {}, ()
    pages = views.make_pages(scope.report, plan.charts, words, plan.received)
    alone = replace(plan, report=scope.report, pages=pages)
    offline = print_alone(alone, documents)
    files = publication.make_bundle_file(scope, words, offline) | make_single(alone, offline)
    return files, publication.check_site(files, known=known, says=says(report.site))


def print_alone(plan: DistrictPlan, documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """A district as a site of its own in the offline profile, whole: site path → bytes."""
    ground, report, words = plan.ground, plan.report, plan.ground.words
    view = views.make_site_view(report, words, profile=Profile.OFFLINE)
    printed = {**print_district(plan, view), **ground.static, **ground.shared.scripts}
    common = {**publication.make_common(report, words), **documents}
    read = publication.parse_pages(printed)
    renderer = ground.renderer
    extras = publication.make_extras(report, words, common, printed, read, renderer=renderer, view=view)
    return {**printed, **extras}


def build_bundle(root: Path, output: Path, *, jobs: int = 2) -> tuple[str, ...]:
    """The offline zips and single files alone, written below ``output``; their site paths.

    Raises: TaizhangError with every problem; nothing is written then.
    """
    output_folder.check_output(output, root)
    with lock_folder(root), keep_garbage():
        files = make_files(root, Options(output=output, jobs=jobs), "offline/")
        output_folder.add_to_output(output, files, root=root)
    return tuple(files)


def compute(site: Site, templates: Mapping[str, bytes]) -> tuple[figures.Report, Words, rendering.Renderer]:
    """All figures, checked, the words of the site's language, and the templates set up."""
    words = make_words(templates, site.config.texts, language=site.config.language)
    report = figures.make_report(site)
    raise_if_errors(check_totals(report), PublishError)
    return report, words, rendering.Renderer(templates, words)


def print_district(plan: DistrictPlan, view: views.SiteView) -> dict[str, bytes]:
    """The plan's pages, and the charts, records of periods and received tables that they lead to."""
    records = {
        addresses.period_data_url(district.district.id, overview.period): figures.period_record(overview)
        for district in plan.report.districts
        for overview in district.overviews
    }
    served = served_files(plan.received, (district.district.id for district in plan.report.districts))
    pages = plan.ground.renderer.render_pages(plan.pages, view)
    return {**pages, **take_charts(plan.charts), **records, **served}


def take_charts(drawn: Mapping[str, charts.Chart]) -> dict[str, bytes]:
    """The downloads of charts: site path → bytes."""
    return {url: data for chart in drawn.values() for url, data in chart.files.items()}


def make_single(plan: DistrictPlan, offline: Mapping[str, bytes]) -> dict[str, bytes]:
    """The single-file edition of the plan's only district."""
    words, renderer = plan.ground.words, plan.ground.renderer
    view = views.make_site_view(plan.report, words, profile=Profile.SINGLE)
    return publication.make_single_file(plan.report, words, plan.pages, offline, renderer=renderer, view=view)


def says(site: Site) -> Callable[[str], bool]:
    """Whether a phrase stands in the content, so that a page may hold it."""
    return cache(lambda phrase: any(phrase in text for _, _, text in find_site_texts(site)))


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
