"""What is made beside the pages: search, open data, feeds, site map, briefs for Word, bundle; and the checks.

Order of a build, for each profile: ``render`` gives pages and static files; ``make_extras`` adds what follows
from the report and from those pages. For each of ``plan_scopes`` the offline profile is rendered and packed
by ``make_bundle_file``; a district's pages are joined by ``make_single_file``. ``check_site`` looks at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from generator import render
from generator.figures import Report
from generator.pages import Page, Profile, SiteView
from generator.publish.briefs import make_brief_files
from generator.publish.bundle import Scope, edition_urls, make_bundle_file, plan_scopes
from generator.publish.checks import check_site
from generator.publish.data import make_data_catalogue, make_data_files
from generator.publish.datasets import newest_date
from generator.publish.feeds import make_feeds
from generator.publish.search import make_search_files
from generator.publish.single import make_single_file
from generator.publish.sitemap import make_sitemap_files
from generator.words import Words

__all__ = [
    "Scope",
    "check_site",
    "edition_urls",
    "make_bundle_file",
    "make_extras",
    "make_search_files",
    "make_single_file",
    "plan_scopes",
]


def make_extras(
    report: Report,
    words: Words,
    pages: Sequence[Page],
    rendered: Mapping[str, bytes],
    *,
    templates: Mapping[str, bytes],
    view: SiteView,
    made: Mapping[str, bytes] = MappingProxyType({}),
) -> dict[str, bytes]:
    """Everything of one profile beside its pages and static files: site path → bytes.

    pages: the planned pages; each brief among them gets its Word file.
    rendered: the pages, static files and charts, whose links the quality report measures.
    made: files of another profile of the same content; what costs time and cannot differ is taken from there.
    """
    online = view.profile is Profile.ONLINE
    files = make_search_files(report, words)
    data = make_data_files(report, words)
    files |= data
    author, date = report.site.config.publisher or report.site.config.title, newest_date(report)
    files |= make_brief_files(pages, words, author=author, date=date, made=made)
    if online:
        files |= make_feeds(report, words)
    names = frozenset({*rendered, *files})
    described, page = make_data_catalogue(report, words, data, pages=rendered, names=names)
    files |= described
    files |= render.render_pages([page], templates, words, view)
    if online:
        files |= make_sitemap_files(report, [*rendered, *files])
    return files
