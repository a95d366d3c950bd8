"""What an Atom feed holds, whatever it is the news of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from generator.figures import Report
from generator.model import Correction, District, Period, addresses
from generator.wording import Words, format_correction_field, format_period

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
    """What a feed's file says."""

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
class FeedSite:
    """What all feeds of a site share."""

    base: str
    """https address of the site, without a slash at the end."""
    author: str
    words: Words
    newest: dt.date
    """Day of a feed without entries."""

    def make_id(self, key: str) -> str:
        """An id that stays when the site moves below another path of its host."""
        return f"tag:{urlsplit(self.base).hostname or ''},2025:{key}"

    def make_entry(self, key: str, date: dt.date, url: str, title: str, summary: str) -> FeedEntry:
        """An entry that leads to a page of the site."""
        return FeedEntry(
            id=self.make_id(key), date=date, address=f"{self.base}/{url}", title=title, summary=summary
        )

    def make_feed(self, key: str, url: str, home: str, title: str, entries: Iterable[FeedEntry]) -> Feed:
        """The feed at ``url`` of the page ``home``."""
        newest = sorted(entries, key=lambda entry: (entry.date, entry.id), reverse=True)[:_ENTRIES]
        return Feed(
            language=self.words.language,
            id=self.make_id(key),
            title=title,
            author=self.author,
            updated=newest[0].updated if newest else _format_time(self.newest),
            address=f"{self.base}/{url}",
            home=f"{self.base}/{home}",
            entries=tuple(newest),
        )


def make_feed_site(report: Report, words: Words, newest: dt.date) -> FeedSite | None:
    """None without the site's address."""
    config = report.site.config
    if not config.base_url:
        return None
    author = config.publisher or config.title
    return FeedSite(base=config.base_url.rstrip("/"), author=author, words=words, newest=newest)


def make_corrections(district: District, site: FeedSite) -> Iterator[tuple[str, FeedEntry]]:
    """Task id → what was changed of it later; one entry for what one day changed of a task's period."""
    words, titles = site.words, {each.id: each.title for each in district.tasks}
    numbered = enumerate(district.corrections, 1)
    for (task, period, date), group in groupby(numbered, lambda pair: _occasion(pair[1])):
        (number, first), *others = group
        title = words(
            "publish.feed.correction",
            district=district.name,
            task=titles.get(task, task),
            period=format_period(period, words),
        )
        key = f"{district.id}/corrections/{date.isoformat()}-{number}"
        url = f"{addresses.corrections_url(district.id)}#c{number}"
        summary = _tell_changes([first, *(found for _, found in others)], words)
        yield task, site.make_entry(key, date, url, title, summary)


def _occasion(found: Correction) -> tuple[str, Period, dt.date]:
    return found.task, found.period, found.date


def _tell_changes(group: Sequence[Correction], words: Words) -> str:
    """推进情况：由“已建成2处。”改为“已建成3处。”。收到更正后的表。"""
    none, parts = words("history.corrections.empty"), []
    for found in group:
        field = format_correction_field(found, words)
        parts.append(words("publish.feed.changed", field=field, old=found.old or none, new=found.new or none))
    reasons = dict.fromkeys(found.reason for found in group if found.reason)
    return "".join((*parts, *(words("publish.feed.reason", reason=reason) for reason in reasons)))


def _format_time(date: dt.date) -> str:
    """The day's beginning in China."""
    return f"{date.isoformat()}T00:00:00+08:00"
