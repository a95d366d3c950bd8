"""What is on the site: one frozen view class per page kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from generator.figures import Report
from generator.pages.frame import Frame, SiteView, make_frame, make_head, make_site_view
from generator.pages.page import Dates, Head, Link, Page, PageKind, Profile, View, make_page, period_dates
from generator.words import Words

if TYPE_CHECKING:
    from generator.charts import Chart


def make_pages(report: Report, charts: Mapping[str, Chart], words: Words) -> tuple[Page, ...]:
    """Every page that follows from the report alone, in the order of the site map.

    charts: by key; a page shows the chart of its key when it is there.
    """
    frame = make_frame(report, words)
    return ()


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
    "make_frame",
    "make_head",
    "make_page",
    "make_pages",
    "make_site_view",
    "period_dates",
]
