"""What is made beside the pages: search, open data, feeds, site map, briefs for Word, bundle; and the checks.

Order of a build: ``make_common`` and ``make_documents`` make what every profile carries alike. Then for each:
``rendering`` gives pages and static files; ``make_extras`` adds what follows from those pages. For each of
``plan_scopes`` the offline profile is rendered and packed by ``make_bundle_file``; the contents of a
district's pages are joined by ``make_single_file``. ``check_site`` looks at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from generator.figures import Report
from generator.site.calendar_files import make_calendar_files
from generator.site.data.data_files import make_data_catalogue, make_data_files
from generator.site.data.datasets import newest_date
from generator.site.data.workings import format_workings
from generator.site.editions.offline_bundle import ALL, Scope, edition_urls, make_bundle_file, plan_scopes
from generator.site.editions.offline_bundle import MANIFEST as BUNDLE_MANIFEST
from generator.site.editions.single_file import make_single_file
from generator.site.feeds import make_feeds, make_subject_feeds
from generator.site.finished_page import FinishedPage, parse_pages
from generator.site.rendering import Renderer
from generator.site.search.search_index import make_search_files
from generator.site.site_checks import check_files, check_joined, check_site, settle_links
from generator.site.sitemap import make_sitemap_files
from generator.site.views import Link, Page, Profile, SiteView
from generator.wording import Words

__all__ = [
    "ALL",
    "BUNDLE_MANIFEST",
    "FinishedPage",
    "Scope",
    "check_files",
    "check_joined",
    "check_site",
    "edition_urls",
    "make_bundle_file",
    "make_common",
    "make_documents",
    "make_extras",
    "make_search_files",
    "make_single_file",
    "make_subject_feeds",
    "parse_pages",
    "plan_scopes",
    "settle_links",
]


def make_common(report: Report, words: Words) -> dict[str, bytes]:
    """What is the same in every profile: search index and open data; site path → bytes."""
    files = make_search_files(report, words) | make_calendar_files(report, words)
    return files | make_data_files(report, words, format_workings(report, words))


def make_documents(report: Report, words: Words, briefs: Iterable[Page]) -> dict[str, bytes]:
    """The same in every profile too: a Word file for each of the briefs; site path → bytes."""
    from generator.site.editions.word_briefs import make_brief_files  # loads docx

    title, date = report.site.config.title, newest_date(report)
    return make_brief_files(briefs, words, author=title, date=date)


def make_extras(
    report: Report,
    words: Words,
    common: Mapping[str, bytes],
    rendered: Collection[str],
    pages: Mapping[str, FinishedPage],
    *,
    renderer: Renderer,
    view: SiteView,
    editions: bool = False,
) -> dict[str, bytes]:
    """Everything of one profile beside its pages and static files, ``common`` too: site path → bytes.

    common: what ``make_common`` and ``make_documents`` made of the report.
    rendered: paths of pages, static files and charts. pages: what was parsed of them, whose links the quality
        report measures.
    editions: whether offline editions are made, so that the catalogue can lead to them.
    """
    online = view.profile is Profile.ONLINE
    files = dict(common)
    data = {path: content for path, content in common.items() if path.startswith("data/")}
    if online:
        files |= make_feeds(report, words, renderer)
    names = frozenset({*rendered, *files})
    links = _make_edition_links(report, words) if editions else ()
    described, page = make_data_catalogue(
        report, words, data, pages=tuple(pages.values()), names=names, editions=links
    )
    files |= described
    files |= renderer.render_pages([page], view)
    if online:
        files |= make_sitemap_files(report, [*rendered, *files], renderer)
    return files


def _make_edition_links(report: Report, words: Words) -> tuple[Link, ...]:
    names = {each.district.id: each.district.name for each in report.districts}
    return tuple(
        Link(
            label=words(f"publish.data.edition.{kind}", name=names.get(name, words("publish.bundle.all"))),
            url=url,
        )
        for kind, name, url in edition_urls(report)
    )
