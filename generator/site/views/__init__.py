"""What is on the site: one frozen view class per page kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.charts import Chart
from generator.figures import Report, changed_tasks
from generator.site.named_places import NamedPlace, find_district_places
from generator.site.received import NO_RECEIVED, Received
from generator.site.views.accent_css import make_accent_css
from generator.site.views.brief_page import make_brief_pages
from generator.site.views.calendar_page import make_calendar_pages
from generator.site.views.changes_page import make_changes_pages
from generator.site.views.compare_page import make_compare_pages
from generator.site.views.corrections_page import make_corrections_pages
from generator.site.views.department_pages import make_department_pages
from generator.site.views.group_pages import make_group_pages
from generator.site.views.home_page import make_home_page
from generator.site.views.ledger_page import make_ledger_pages
from generator.site.views.overview_page import make_overview_pages
from generator.site.views.page_view import (
    Dates,
    Head,
    Link,
    Page,
    PageKind,
    Profile,
    View,
    list_page,
    make_page,
    period_dates,
)
from generator.site.views.place_pages import make_place_pages
from generator.site.views.pointer_pages import make_pointer_pages
from generator.site.views.site_frame import (
    Frame,
    SiteView,
    make_frame,
    make_head,
    make_site_view,
    tell_apart,
)
from generator.site.views.source_pages import make_source_pages, read_sheets
from generator.site.views.task_history import make_task_histories
from generator.site.views.task_page import make_task_pages
from generator.site.views.text_pages import make_search_page, make_sitemap_pages, make_text_pages
from generator.site.views.year_pages import make_year_pages
from generator.wording import Words


def make_pages(
    report: Report, charts: Mapping[str, Chart], words: Words, received: Received = NO_RECEIVED
) -> tuple[Page, ...]:
    """Every page that follows from the report and the received tables, in the order of the site map.

    charts: by key; a page shows the chart of its key when it is there.
    """
    frame = replace(make_frame(report, words, charts), places=find_report_places(report))
    own = make_district_pages(frame, received)
    return (*own, *make_site_pages(frame, own))


def find_report_places(report: Report) -> dict[str, tuple[NamedPlace, ...]]:
    """District id → the places that its texts name; no entry without any."""
    return {d.district.id: found for d in report.districts if (found := find_district_places(d))}


def make_district_pages(frame: Frame, received: Received = NO_RECEIVED) -> tuple[Page, ...]:
    """Every page of the report's districts, each following from its district and the settings alone."""
    sheets, rows = read_sheets(frame, received)
    places = frame.places or find_report_places(frame.report)
    frame = replace(frame, received=received, rows=rows, places=places)
    report = frame.report
    changed = {key: ids for district in report.districts for key, ids in changed_tasks(district).items()}
    pages = [
        *make_overview_pages(frame, changed),
        *make_changes_pages(frame),
        *make_ledger_pages(frame),
        *make_calendar_pages(frame),
        *make_corrections_pages(frame),
        *make_department_pages(frame),
        *make_task_pages(frame, make_task_histories(frame)),
        *make_brief_pages(frame),
        *make_group_pages(frame),
        *make_place_pages(frame),
        *make_year_pages(frame),
        *make_source_pages(frame, sheets),
    ]
    ids = {each.district.id for each in report.districts}
    published = [url for url in report.site.published if url.partition("/")[0] in ids]
    return tell_apart((*pages, *make_pointer_pages(frame, published, pages)))


def make_site_pages(frame: Frame, own: Sequence[Page]) -> tuple[Page, ...]:
    """The pages that join districts. own: the districts' pages, of which the site map tells."""
    pages = [
        make_home_page(frame),
        *make_compare_pages(frame),
        make_search_page(frame),
        *make_text_pages(frame),
    ]
    alone = replace(frame, report=replace(frame.report, districts=()))
    pages += make_pointer_pages(alone, frame.report.site.published, (*pages, *own))
    return (*pages, *make_sitemap_pages(frame, (*pages, *own)))


__all__ = [
    "Dates",
    "Frame",
    "Head",
    "Link",
    "NamedPlace",
    "Page",
    "PageKind",
    "Profile",
    "SiteView",
    "View",
    "find_report_places",
    "list_page",
    "make_accent_css",
    "make_brief_pages",
    "make_district_pages",
    "make_frame",
    "make_head",
    "make_page",
    "make_pages",
    "make_site_pages",
    "make_site_view",
    "period_dates",
]
