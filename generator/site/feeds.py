"""Atom feeds: what is new, for one district and for all. One entry a published period, one a correction.

Feeds need full addresses, so there are none without ``base_url`` and none offline.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from generator.figures import ChangeSet, DistrictReport, Overview, Report, Standing, make_change_sets
from generator.model import Correction, District, addresses
from generator.site.data.datasets import newest_date
from generator.wording import Words, format_date, format_period, format_standing

_ENTRIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One piece of news."""

    key: str
    """Stable for ever, unique on the site: shizhong/2025Q2."""
    date: dt.date
    """Day on which it became public, as far as known."""
    url: str
    """Site path."""
    title: str
    summary: str


def make_feeds(report: Report, words: Words) -> dict[str, bytes]:
    """feed.xml of the site and of each district; nothing without base_url."""
    base = report.site.config.base_url
    if not base:
        return {}
    found = {each.district: tuple(_make_entries(each, words)) for each in report.districts}
    files = {
        addresses.feed_url(): _format_feed(report, words, addresses.feed_url(), None, _merge(found.values()))
    }
    for district, entries in found.items():
        url = addresses.feed_url(district.id)
        files[url] = _format_feed(report, words, url, district, _merge([entries]))
    return files


def _merge(groups: Iterable[tuple[FeedEntry, ...]]) -> list[FeedEntry]:
    """Newest first."""
    entries = [entry for group in groups for entry in group]
    return sorted(entries, key=lambda entry: (entry.date, entry.key), reverse=True)[:_ENTRIES]


def _make_entries(each: DistrictReport, words: Words) -> Iterable[FeedEntry]:
    district = each.district
    changes = make_change_sets(each)
    for overview in each.overviews:
        table = district.table_of(overview.period)
        date = (table.published if table else None) or overview.as_of
        yield _period_entry(district, overview, changes.get(overview.period), date, words)
    for number, correction in enumerate(district.corrections, 1):
        yield _correction_entry(district, correction, number, words)


def _period_entry(
    district: District, overview: Overview, changes: ChangeSet | None, date: dt.date, words: Words
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
        key=f"{district.id}/{overview.period}",
        date=date,
        url=addresses.period_url(district.id, overview.period),
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


def _correction_entry(district: District, found: Correction, number: int, words: Words) -> FeedEntry:
    values = {"district": district.name, "task": found.task, "period": format_period(found.period, words)}
    return FeedEntry(
        key=f"{district.id}/corrections/{found.date.isoformat()}-{number}",
        date=found.date,
        url=addresses.corrections_url(district.id),
        title=words("publish.feed.correction", **values),
        summary=found.reason or words("publish.feed.correction_field", field=found.field),
    )


def _format_feed(
    report: Report, words: Words, url: str, district: District | None, entries: list[FeedEntry]
) -> bytes:
    config = report.site.config
    base = (config.base_url or "").rstrip("/")
    host = urlsplit(base).hostname or ""
    title = words("publish.feed.of", district=district.name, title=config.title) if district else config.title
    home = addresses.district_url(district.id) if district else addresses.HOME
    updated = max([entry.date for entry in entries], default=newest_date(report))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(words.language)}>',
        f"<title>{escape(title)}</title>",
        f"<id>tag:{host},2025:{district.id if district else 'all'}</id>",
        f"<updated>{_format_time(updated)}</updated>",
        f"<author><name>{escape(config.publisher or config.title)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(f"{base}/{url}")}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(f"{base}/{home}")}/>',
    ]
    for entry in entries:
        lines += [
            "<entry>",
            f"<title>{escape(entry.title)}</title>",
            f"<id>tag:{host},2025:{entry.key}</id>",
            f"<updated>{_format_time(entry.date)}</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(f"{base}/{entry.url}")}/>',
            f"<summary>{escape(entry.summary)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode("utf-8")


def _format_time(date: dt.date) -> str:
    """The day's beginning in China."""
    return f"{date.isoformat()}T00:00:00+08:00"
