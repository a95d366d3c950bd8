"""The report as one district sees it, so that what a district shows follows from little."""

from __future__ import annotations

from dataclasses import replace

from generator.figures.report import DistrictReport, Overview, Report, make_report, make_totals
from generator.model import District


def narrow_report(report: Report, own: DistrictReport) -> Report:
    """The site as one district sees it: of the others their names and the newest day."""
    site, found = report.site, own.district.id
    elsewhere = [o for each in report.districts if each is not own for o in each.overviews]
    newest = max(elsewhere, key=lambda overview: overview.as_of, default=None)
    names = tuple(
        own.district if each.id == found else District(id=each.id, name=each.name) for each in site.districts
    )
    outlines = make_report(replace(site, districts=tuple(each for each in names if each.id != found)))
    reports = {each.district.id: _add_newest(each, newest) for each in outlines.districts}
    published = tuple(url for url in site.published if url.partition("/")[0] == found)
    return Report(
        site=replace(site, districts=names, published=published),
        districts=tuple(reports.get(each.id, own) for each in names),
    )


def _add_newest(outline: DistrictReport, newest: Overview | None) -> DistrictReport:
    """With the site's newest day elsewhere, whoever it comes from."""
    if newest is None:
        return replace(outline, overviews=())
    bare = replace(newest, district=outline.district, tasks=(), totals=make_totals(()), departments=())
    return replace(outline, tracks={}, overviews=(bare,))
