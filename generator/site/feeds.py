"""Atom feeds: what is new, for one district and for all. One entry a published period, one a correction.

Feeds need full addresses, so there are none without ``base_url`` and none offline.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.figures import ChangeSet, DistrictReport, Overview, Report, Standing, make_change_sets
from generator.model import Correction, District, addresses
from generator.site.data.datasets import newest_date
from generator.site.rendering import Renderer
from generator.wording import Words, format_date, format_period, format_standing

_ENTRIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One piece of news."""

    id: str
    """Stable for ever, unique on the site: tag:www.example.org,2025:shizhong/2025Q2."""
    date: dt.date
    """Day on which it became public, as far as known."""
    address: str
    """In full, with https://."""
    title: str
    summary: str

    @property
    def updated(self) -> str:
        """The day's beginning in China."""
        return _format_time(self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What feed.xml says."""

    language: str
    id: str
    title: str
    author: str
    updated: str
    address: str
    """Of the feed itself."""
    home: str
    """Address of the page that it is the news of."""
    entries: tuple[FeedEntry, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAddresses:
    """How a site's feeds are addressed."""

    base: str
    """https address of the site, without a slash at the end."""

    def make_id(self, key: str) -> str:
        """An id that stays when the site moves below another path of its host."""
        return f"tag:{urlsplit(self.base).hostname or ''},2025:{key}"

    def make_address(self, url: str) -> str:
        """Full address of a site path."""
        return f"{self.base}/{url}"


def make_feeds(report: Report, words: Words, renderer: Renderer) -> dict[str, bytes]:
    """feed.xml of the site and of each district; nothing without base_url."""
    base = report.site.config.base_url
    if not base:
        return {}
    own = FeedAddresses(base=base.rstrip("/"))
    found = {each.district: tuple(_make_entries(each, own, words)) for each in report.districts}
    everything = tuple(entry for entries in found.values() for entry in entries)
    feeds = {addresses.feed_url(): _make_feed(report, words, own, None, everything)}
    for district, entries in found.items():
        feeds[addresses.feed_url(district.id)] = _make_feed(report, words, own, district, entries)
    files: dict[str, bytes] = {}
    for url, feed in feeds.items():
        files |= renderer.render_file(url, "feed.xml", feed=feed)
    return files


def _make_feed(
    report: Report, words: Words, own: FeedAddresses, district: District | None, entries: Iterable[FeedEntry]
) -> Feed:
    config = report.site.config
    newest = sorted(entries, key=lambda entry: (entry.date, entry.id), reverse=True)[:_ENTRIES]
    title = words("publish.feed.of", district=district.name, title=config.title) if district else config.title
    return Feed(
        language=words.language,
        id=own.make_id(district.id if district else "all"),
        title=title,
        author=config.publisher or config.title,
        updated=newest[0].updated if newest else _format_time(newest_date(report)),
        address=own.make_address(addresses.feed_url(district.id if district else None)),
        home=own.make_address(addresses.district_url(district.id) if district else addresses.HOME),
        entries=tuple(newest),
    )


def _make_entries(each: DistrictReport, own: FeedAddresses, words: Words) -> Iterable[FeedEntry]:
    district = each.district
    changes = make_change_sets(each)
    for overview in each.overviews:
        table = district.table_of(overview.period)
        date = (table.published if table else None) or overview.as_of
        yield _period_entry(district, overview, changes.get(overview.period), date, own, words)
    for number, correction in enumerate(district.corrections, 1):
        yield _correction_entry(district, correction, number, own, words)


def _period_entry(
    district: District,
    overview: Overview,
    changes: ChangeSet | None,
    date: dt.date,
    own: FeedAddresses,
    words: Words,
) -> FeedEntry:
    """A published period; where there is one before it, also what changed since."""
    period = format_period(overview.period, words)
    standings = overview.totals.standings
    counts = words("publish.feed.separator").join(
        words("publish.feed.count", standing=format_standing(standing, words), n=standings[standing])
        for standing in Standing
        if standings[standing]
    )
    news = _changes_sentence(changes, words) if changes else ""
    return FeedEntry(
        id=own.make_id(f"{district.id}/{overview.period}"),
        date=date,
        address=own.make_address(addresses.period_url(district.id, overview.period)),
        title=words("publish.feed.period", district=district.name, period=period),
        summary=words(
            "publish.feed.summary",
            n=overview.totals.tasks,
            counts=counts,
            as_of=format_date(overview.as_of, words),
        )
        + news,
    )


def _changes_sentence(changes: ChangeSet, words: Words) -> str:
    space = "" if words.language.startswith("zh") else " "
    return space + words(
        "history.sentence",
        period=format_period(changes.after.period, words),
        before=format_period(changes.before.period, words),
        n=changes.news,
        all=len(changes.after.tasks),
        rest=len(changes.after.tasks) - changes.news,
        repeated=changes.only_repeated,
    )


def _correction_entry(
    district: District, found: Correction, number: int, own: FeedAddresses, words: Words
) -> FeedEntry:
    values = {"district": district.name, "task": found.task, "period": format_period(found.period, words)}
    return FeedEntry(
        id=own.make_id(f"{district.id}/corrections/{found.date.isoformat()}-{number}"),
        date=found.date,
        address=own.make_address(addresses.corrections_url(district.id)),
        title=words("publish.feed.correction", **values),
        summary=found.reason or words("publish.feed.correction_field", field=found.field),
    )


def _format_time(date: dt.date) -> str:
    """The day's beginning in China."""
    return f"{date.isoformat()}T00:00:00+08:00"
