"""The single-file edition of a district: everything on one page that needs nothing beside it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
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
    policy: str
    """Content security policy: this file's own style and scripts run, by their hashes, and nothing else."""
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
        policy=make_policy(style, scripts),
        site_title=frame.config.title,
        style=style,
        chapters=chapters,
        scripts=scripts,
        back=Link(label=words("publish.single.back"), url="#contents"),
    )
    return make_page("pages/single.html", view)


def make_policy(style: str, scripts: Iterable[str]) -> str:
    """The policy of a page that carries its style and scripts inside: each is named by its hash."""
    allowed = " ".join(_hash_source(script) for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash_source(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash_source(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
