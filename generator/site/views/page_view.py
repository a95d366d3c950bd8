"""What every page has: its place, its kind, its head. A page kind adds a view class of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from generator.figures import Overview
from generator.model import SiteConfig
from generator.site.received import NO_RECEIVED, Received
from generator.wording import Words, format_period, format_publisher

_QUARTER_DAYS = 92


class PageKind(StrEnum):
    """What sort of page it is in the sense of the government-site rules (meta tags by kind)."""

    HOME = "home"
    """The front page of the site."""
    COLUMN = "column"
    """Overview, index, list."""
    ARTICLE = "article"
    """A task, a report."""


class Profile(StrEnum):
    """What a site is built for."""

    ONLINE = "online"
    """A web server."""
    OFFLINE = "offline"
    """A folder on a stick: no QR code, no feed, no report-a-fault entry, and it says so."""
    SINGLE = "single"
    """Everything in one file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A word that leads somewhere."""

    label: str
    url: str | None = None
    """Site path (with #fragment), an outside address, or None for a word that leads nowhere."""
    current: bool = False
    """Whether it names the page it stands on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates a reader must be able to tell apart."""

    period: str | None = None
    """数据时段 in words; None where a page belongs to no period."""
    as_of: dt.date | None = None
    """数据截至."""
    source: str | None = None
    """Who published the source; None where a page has no source of its own."""
    source_url: str | None = None
    """Where the source stands; None when not known."""
    table_url: str | None = None
    """The received table on this site; None where the page or the edition has none."""
    published: dt.date | None = None
    """来源发布时间; None when not known."""
    made: dt.date | None = None
    """本页生成时间: the edition of the site; None when it names none."""
    newest: dt.date | None = None
    """Newest as_of date on the whole site; stands in where no edition is named."""

    @property
    def is_old(self) -> bool:
        """Whether the figures were over a quarter old when the page was made (government-pages.md D-04)."""
        if self.made is None or self.as_of is None:
            return False
        return (self.made - self.as_of).days > _QUARTER_DAYS

    @property
    def months_old(self) -> int:
        """Whole months from the figures to the day the page was made; 0 where either is not named."""
        if self.made is None or self.as_of is None:
            return 0
        months = (self.made.year - self.as_of.year) * 12 + self.made.month - self.as_of.month
        return months - (self.made.day < self.as_of.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Head and upper part of a page."""

    url: str
    """Site path."""
    kind: PageKind
    heading: str
    """The h1, also ArticleTitle."""
    title: str
    """Content of <title>: heading - column - site."""
    description: str
    """At most 200 characters, no markup."""
    breadcrumb: tuple[Link, ...]
    """From the home page to this one; the last is current."""
    dates: Dates
    meta: tuple[tuple[str, str], ...]
    """Name and content of the meta tags that the government-site rules ask for."""
    district: str | None = None
    """District id of the page; None for pages of the whole site."""
    tabs: tuple[Link, ...] = ()
    """The district's own pages, this one marked; empty for pages of the whole site."""
    canonical: str | None = None
    """Full address; None without base_url."""
    qr_svg: str | None = None
    """QR code of ``canonical`` as inline SVG markup; None without base_url."""
    report_url: str | None = None
    """Entry to report a fault of this page; None without identity or base_url."""
    scripts: tuple[str, ...] = ()
    """Site paths of scripts that only this page needs."""
    feeds: tuple[Link, ...] = ()
    """The site's feed, the district's, the page's own, by name; empty without base_url."""
    styles: tuple[str, ...] = ()
    """Site paths of style sheets that only this page needs."""
    body_class: str = ""
    """Class by which the style sheets know the page; empty for most."""


class View(Protocol):
    """What a template sees as ``page``: any frozen view with a head."""

    @property
    def head(self) -> Head: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A planned HTML page."""

    url: str
    template: str
    """Path below templates/: pages/task.html."""
    view: View
    kind: PageKind


def make_page(template: str, view: View) -> Page:
    """The page of a view; its address and kind stand in the view's head."""
    return Page(url=view.head.url, template=template, view=view, kind=view.head.kind)


def period_dates(
    config: SiteConfig,
    overview: Overview,
    newest: dt.date | None,
    words: Words,
    received: Received = NO_RECEIVED,
) -> Dates:
    """The dates of a page about one period of one district."""
    district, period = overview.district, overview.period
    table = district.table_of(period)
    file = received.get((district.id, table.file)) if table else None
    return Dates(
        period=format_period(period, words),
        as_of=overview.as_of,
        source=format_publisher(district, table),
        source_url=table.url if table else None,
        table_url=file.url if file else None,
        published=table.published if table else None,
        made=config.edition,
        newest=newest,
    )


def short(text: str, limit: int) -> str:
    """A text of at most ``limit`` characters, cut at its last pause and ended with …"""
    if len(text) <= limit:
        return text
    cut = max(text.rfind(mark, 0, limit - 1) for mark in "。；，、;,")
    return text[: cut if cut >= limit // 2 else limit - 1] + "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedView:
    """What the site map tells of a page."""

    head: Head
    number_word: str


def list_page(page: Page) -> Page:
    """A page without its content, as the site map needs it."""
    head = replace(page.view.head, meta=(), tabs=(), breadcrumb=(), qr_svg=None, feeds=(), scripts=())
    return replace(page, view=ListedView(head=head, number_word=getattr(page.view, "number_word", "")))
