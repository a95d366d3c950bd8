"""The single-file edition of a district: everything on one page that needs nothing beside it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.figures import DistrictReport, Overview
from generator.model import addresses
from generator.site.views.page_view import Head, Link, Page, PageKind, make_page, period_dates
from generator.site.views.site_frame import Frame, make_head
from generator.wording import format_period


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One page of the site as a section of the file."""

    anchor: str
    title: str
    body: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Sections of one sort below a heading of their own."""

    anchor: str
    title: str
    contents: bool
    """Whether the sections are listed one by one at the head of the chapter."""
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleView:
    """offline/<district>-<period>.html."""

    head: Head
    site_title: str
    style: Markup
    chapters: tuple[Chapter, ...]
    scripts: tuple[Markup, ...]
    """The parts of the search index and the script that searches, in order."""
    back: Link


def make_single_page(
    frame: Frame,
    each: DistrictReport,
    overview: Overview,
    *,
    style: Markup,
    chapters: tuple[Chapter, ...],
    scripts: tuple[Markup, ...],
) -> Page:
    """The page of the single-file edition; its sections come from pages already rendered."""
    words, district = frame.words, each.district
    heading = words("publish.single.heading", district=district.name, year=overview.period.year)
    period = format_period(overview.period, words)
    head = make_head(
        frame,
        url=addresses.single_url(district.id, overview.period),
        heading=heading,
        kind=PageKind.ARTICLE,
        column=words("publish.single.column", period=period),
        column_type=words("brief.column_type"),
        description=words("publish.single.description", heading=heading, period=period),
        dates=period_dates(frame.config, overview, frame.newest, words),
    )
    view = SingleView(
        head=head,
        site_title=frame.config.title,
        style=style,
        chapters=chapters,
        scripts=scripts,
        back=Link(label=words("publish.single.back"), url="#contents"),
    )
    return make_page("pages/single.html", view)
