"""What stands around the content of every page: the site view, heads, breadcrumbs, a district's tabs."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

import segno
from markupsafe import Markup, escape

from generator.charts import SHAPES, Chart
from generator.figures import DistrictReport, Report, YearReport, make_years
from generator.model import Identity, Period, SiteConfig, addresses
from generator.site.named_places import NamedPlace
from generator.site.received import Received
from generator.site.views.page_view import Dates, Head, Link, Page, PageKind, Profile, View, short
from generator.site.views.shown_charts import NO_CHARTS
from generator.wording import Words, format_plain_number

_DESCRIPTION_LIMIT = 200
_TITLE_LIMIT = 80
_HEAD_DISTRICTS = 4
_QR_MASK = 2
"""One of the eight patterns that every reader undoes; finding the prettiest takes five times as long."""
_ERROR_REPORT = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page maker is given."""

    report: Report
    words: Words
    charts: Mapping[str, Chart]
    """Drawn charts by key; a page shows the chart of its key when it is there."""
    years: Mapping[str, tuple[YearReport, ...]]
    """District id → its years, oldest first."""
    newest: dt.date | None
    """Newest as_of date of the site; None for a site without tables."""
    received: Received = field(default_factory=dict)
    """The received tables, by district and file; empty where the edition leaves them out."""
    rows: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(task id, file) → where the task's row stands in the received table."""

    places: Mapping[str, tuple[NamedPlace, ...]] = field(default_factory=dict)
    """District id → the places that its texts name; no entry without any."""

    @property
    def config(self) -> SiteConfig:
        """site.yaml."""
        return self.report.site.config


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """What a template sees as ``site``: the same on every page."""

    title: str
    language: str
    publisher: str | None
    profile: Profile
    base_url: str | None
    identity: Identity | None
    """None builds the unofficial profile, which says so on every page."""
    navigation: tuple[Link, ...]
    districts: tuple[Link, ...]
    on_schedule_points: str
    """Points below the schedule that still count as on schedule."""
    police_digits: str
    """Digits of the police record, for its address; empty without one."""
    shapes: tuple[tuple[str, str, bool], ...]
    """Standing, outline and whether it is hollow: the marks' shapes, the same as in the charts."""

    @property
    def is_online(self) -> bool:
        """Whether pages may have online parts: QR code, feed, report-a-fault entry."""
        return self.profile is Profile.ONLINE

    @property
    def is_single(self) -> bool:
        """Whether all pages end in one file, with no files beside it."""
        return self.profile is Profile.SINGLE

    @property
    def is_official(self) -> bool:
        """Whether site.yaml names the identity of a government site."""
        return self.identity is not None


def make_frame(report: Report, words: Words, charts: Mapping[str, Chart] = NO_CHARTS) -> Frame:
    """The frame of a report's pages."""
    dates = [overview.as_of for district in report.districts for overview in district.overviews]
    return Frame(
        report=report,
        words=words,
        charts=charts,
        years={each.district.id: make_years(each) for each in report.districts},
        newest=max(dates, default=None),
    )


def make_site_view(report: Report, words: Words, *, profile: Profile = Profile.ONLINE) -> SiteView:
    """The site as its templates see it; ``profile`` is what it is built for."""
    config = report.site.config
    districts = tuple(
        Link(label=d.district.name, url=addresses.district_url(d.district.id)) for d in report.districts
    )
    return SiteView(
        title=config.title,
        language=words.language,
        publisher=config.publisher,
        profile=profile,
        base_url=config.base_url.rstrip("/") if config.base_url and profile is Profile.ONLINE else None,
        identity=config.identity,
        navigation=_make_navigation(districts, words),
        districts=districts,
        on_schedule_points=format_plain_number(config.on_schedule_points),
        police_digits=re.sub(r"\D", "", config.identity.police_record) if config.identity else "",
        shapes=tuple((standing.value, shape.path, shape.hollow) for standing, shape in SHAPES.items()),
    )


def _make_navigation(districts: tuple[Link, ...], words: Words) -> tuple[Link, ...]:
    shown = districts if len(districts) <= _HEAD_DISTRICTS else ()
    return (
        Link(label=words("pages.nav.home"), url=addresses.HOME),
        *shown,
        *((Link(label=words("pages.nav.compare"), url=addresses.COMPARE),) if len(districts) > 1 else ()),
        Link(label=words("pages.nav.data"), url=addresses.DATA),
        Link(label=words("pages.nav.method"), url=addresses.METHOD),
    )


def make_head(
    frame: Frame,
    *,
    url: str,
    heading: str,
    kind: PageKind,
    column: str,
    column_type: str,
    description: str,
    title_column: str | None = None,
    trail: tuple[Link, ...] = (),
    dates: Dates | None = None,
    district: DistrictReport | None = None,
    tab: str | None = None,
    keywords: tuple[str, ...] = (),
    scripts: tuple[str, ...] = (),
    has_feed: bool = False,
) -> Head:
    """The head of a page, with the meta tags of its kind (government-pages.md A-01 to A-05).

    heading: the h1. column: what the page is called in the breadcrumb (column pages) and in the title between
        heading and site; ``title_column`` replaces it in the title where names repeat over districts.
    column_type: from the standard's list (A-06). ColumnName is the last link of the breadcrumb (A-15).
    trail: what stands in the breadcrumb between the district (or the home page) and this page.
    dates: the site's edition alone when None.
    district, tab: whose page it is and which of the district's tabs is marked (a word of pages.tabs).
    has_feed: whether what the page is about has a feed of its own (``site/feeds/subject_feeds.py``).
    """
    config = frame.config
    dates = dates or Dates(made=config.edition, newest=frame.newest)
    address = f"{config.base_url.rstrip('/')}/{url}" if config.base_url else None
    description = short(" ".join(description.split()), _DESCRIPTION_LIMIT)
    head = Head(
        url=url,
        kind=kind,
        heading=heading,
        title=_make_title(heading, title_column or column, config.title),
        description=description,
        breadcrumb=_make_breadcrumb(frame, url, heading, kind, column, trail, district),
        dates=dates,
        meta=(),
        district=district.district.id if district else None,
        tabs=_make_tabs(frame, district, tab, url) if district else (),
        canonical=address,
        qr_svg=_make_qr(address, frame.words) if address else None,
        report_url=error_report_url(config.identity, address) if config.identity and address else None,
        scripts=scripts,
    )
    feeds = _make_feed_links(frame, district, head if has_feed else None) if address else ()
    return replace(head, meta=_make_meta(frame, head, column_type, keywords), feeds=feeds)


def _make_feed_links(frame: Frame, district: DistrictReport | None, own: Head | None) -> tuple[Link, ...]:
    """The site's feed, the district's, and that of what the page ``own`` is about."""
    title = frame.config.title
    named = [(district.district.name, addresses.feed_url(district.district.id))] if district else []
    named += [(own.heading, addresses.own_feed_url(own.url))] if own else []
    more = (
        Link(label=frame.words("publish.feed.of", district=name, title=title), url=u) for name, u in named
    )
    return (Link(label=title, url=addresses.feed_url()), *more)


def _make_title(heading: str, column: str, site: str) -> str:
    parts = [heading, column, site] if column and column != heading else [heading, site]
    if heading == site:
        parts = [site] if not column or column == heading else [site, column]
    for wording in (parts, [heading, site]):
        title = " - ".join(wording)
        if len(title) <= _TITLE_LIMIT:
            return title
    rest = short(" - ".join(parts[1:]), _TITLE_LIMIT // 2)  # what tells pages apart stands in the heading
    return f"{short(heading, _TITLE_LIMIT - len(rest) - 3)} - {rest}"


def tell_apart(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, of which no two have one title: names that are equal up to where a title is cut are counted.

    Two offices 很长的名称…甲科, 很长的名称…乙科 → “很长的名… - 某区”, “很长的名… - 某区（2）”.
    """
    seen: Counter[str] = Counter()
    told = []
    for page in pages:
        title = page.view.head.title
        seen[title] += 1
        if seen[title] > 1:
            mark = f"（{seen[title]}）"
            head = replace(page.view.head, title=title[: _TITLE_LIMIT - len(mark)] + mark)
            page = replace(page, view=_set_head(page.view, head))
        told.append(page)
    return tuple(told)


def _set_head(view: View, head: Head) -> View:
    made: View = replace(view, head=head)  # type: ignore[type-var]  # every view is a dataclass
    return made


def _make_breadcrumb(
    frame: Frame,
    url: str,
    heading: str,
    kind: PageKind,
    column: str,
    trail: tuple[Link, ...],
    district: DistrictReport | None,
) -> tuple[Link, ...]:
    home = Link(label=frame.words("pages.nav.home"), url=addresses.HOME)
    if kind is PageKind.HOME:
        return (replace(home, current=True),)
    path = tuple(Link(label=label) for label in frame.config.breadcrumb) if district else ()
    own: tuple[Link, ...] = ()
    if district and url != addresses.district_url(district.district.id):
        own = (Link(label=district.district.name, url=addresses.district_url(district.district.id)),)
    last = Link(label=column, url=url, current=True)
    if kind is PageKind.ARTICLE:
        last = Link(label=heading, current=True)
    return (home, *path, *own, *trail, last)


def _period_of(district: DistrictReport, url: str) -> Period | None:
    """The period that a page is about, by its address; None for pages about none."""
    found = district.district.id
    for overview in district.overviews:
        if url in (
            addresses.period_url(found, overview.period),
            addresses.changes_url(found, overview.period),
        ):
            return overview.period
    return None


def _make_tabs(frame: Frame, district: DistrictReport, tab: str | None, url: str) -> tuple[Link, ...]:
    """The district's own pages that have something to show; none but the overview while it has no table.

    The page of a period always has the same ones: what comes later leaves it as it is.
    """
    found = district.district.id
    places = [("overview", addresses.district_url(found))]
    if district.newest is not None:
        own = _period_of(district, url)
        period = own or district.newest.period
        several = own is not None or len(district.overviews) > 1
        corrected = own is not None or bool(district.district.corrections)
        places += [
            *([("changes", addresses.changes_url(found, period))] if several else []),
            ("departments", addresses.departments_url(found)),
            *([("places", addresses.places_url(found))] if found in frame.places and not own else []),
            ("brief", addresses.brief_url(found)),
            *([("calendar", addresses.calendar_url(found))] if not own and has_dated_steps(district) else []),
            *([("ledger", addresses.ledger_url(found))] if len(district.overviews) > 1 and not own else []),
            *([("corrections", addresses.corrections_url(found))] if corrected else []),
        ]
    return tuple(
        Link(label=frame.words(f"pages.tabs.{name}"), url=url, current=name == tab) for name, url in places
    )


def has_dated_steps(district: DistrictReport) -> bool:
    """Whether a text of next steps names a day."""
    return any(result.step.due for found in district.steps.values() for result in found)


def _make_meta(
    frame: Frame, head: Head, column_type: str, keywords: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    config, dates = frame.config, head.dates
    column = next((link.label for link in reversed(head.breadcrumb) if link.url), head.heading)
    names = tuple(dict.fromkeys((*keywords, column, config.title)))
    tags: list[tuple[str, str | None]] = [("SiteName", config.title)]
    if config.identity:
        tags += [("SiteDomain", config.identity.site_domain), ("SiteIDCode", config.identity.site_code)]
    tags += [
        ("ColumnName", column),
        ("ColumnDescription", frame.words("pages.meta.column", column=column, site=config.title)),
        ("ColumnKeywords", ",".join(names)),
        ("ColumnType", column_type),
    ]
    if head.kind is PageKind.ARTICLE:
        published = dates.published.strftime("%Y-%m-%d 00:00") if dates.published else None
        tags += [("ArticleTitle", head.heading), ("PubDate", published), ("ContentSource", dates.source)]
    tags += [
        ("Keywords", ",".join(names)),
        ("Author", config.publisher),
        ("Description", head.description),
        ("Url", head.canonical),
    ]
    return tuple((name, content) for name, content in tags if content)


def _make_qr(address: str, words: Words) -> str:
    code = segno.make(address, error="m", micro=False, mask=_QR_MASK)
    svg = code.svg_inline(scale=3, border=2, omitsize=True, svgclass="qr", lineclass=None)
    label = escape(words("pages.qr.label"))
    return Markup(svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1))


def error_report_url(identity: Identity, canonical: str) -> str:
    """The report-a-fault entry of a government site for one page (government-pages.md A-11)."""
    return f"{_ERROR_REPORT}?{urlencode({'site_code': identity.site_code, 'url': canonical})}"
