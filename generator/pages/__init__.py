"""What is on the site: one frozen view class per page kind."""

from __future__ import annotations

from collections.abc import Mapping

from generator.charts import Chart
from generator.figures import Report
from generator.history import changed_tasks
from generator.pages.accent import make_accent_css
from generator.pages.brief import make_brief_pages
from generator.pages.changes import make_changes_pages
from generator.pages.compare import make_compare_page
from generator.pages.corrections import make_corrections_pages
from generator.pages.departments import make_department_pages
from generator.pages.frame import Frame, SiteView, make_frame, make_head, make_site_view
from generator.pages.home import make_home_page
from generator.pages.ledger import make_ledger_pages
from generator.pages.overview import make_overview_pages
from generator.pages.page import Dates, Head, Link, Page, PageKind, Profile, View, make_page, period_dates
from generator.pages.task import make_task_pages
from generator.pages.task_history import make_task_histories
from generator.pages.texts import make_search_page, make_sitemap_page, make_text_pages
from generator.words import Words


def make_pages(report: Report, charts: Mapping[str, Chart], words: Words) -> tuple[Page, ...]:
    """Every page that follows from the report alone, in the order of the site map.

    charts: by key; a page shows the chart of its key when it is there.
    """
    frame = make_frame(report, words, charts)
    changed = {key: ids for district in report.districts for key, ids in changed_tasks(district).items()}
    pages = [
        make_home_page(frame),
        make_compare_page(frame),
        *make_overview_pages(frame, changed),
        *make_changes_pages(frame),
        *make_ledger_pages(frame),
        *make_corrections_pages(frame),
        *make_department_pages(frame),
        *make_task_pages(frame, make_task_histories(frame)),
        *make_brief_pages(frame),
        make_search_page(frame),
        *make_text_pages(frame),
    ]
    return (*pages, make_sitemap_page(frame, pages))


__all__ = [
    "Dates",
    "Frame",
    "Head",
    "Link",
    "Page",
    "PageKind",
    "Profile",
    "SiteView",
    "View",
    "make_accent_css",
    "make_brief_pages",
    "make_frame",
    "make_head",
    "make_page",
    "make_pages",
    "make_site_view",
    "period_dates",
]
