"""The feeds of the site and of its districts: one entry a published period, one a correction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from generator.figures import ChangeSet, DistrictReport, Overview, Report, Standing, Totals, make_change_sets
from generator.model import addresses
from generator.site.data.datasets import newest_date
from generator.site.feeds.atom import FeedEntry, FeedSite, make_corrections, make_feed_site
from generator.site.rendering import Renderer
from generator.wording import Words, format_date, format_period, format_standing


def make_feeds(report: Report, words: Words, renderer: Renderer) -> dict[str, bytes]:
    """feed.xml of the site and of each district; nothing without base_url."""
    site = make_feed_site(report, words, newest_date(report))
    if site is None:
        return {}
    title = report.site.config.title
    found = {each.district: tuple(_make_entries(each, site)) for each in report.districts}
    everything = (entry for entries in found.values() for entry in entries)
    feeds = [(url := addresses.feed_url(), site.make_feed("all", url, addresses.HOME, title, everything))]
    for district, entries in found.items():
        url, home = addresses.feed_url(district.id), addresses.district_url(district.id)
        name = words("publish.feed.of", district=district.name, title=title)
        feeds.append((url, site.make_feed(district.id, url, home, name, entries)))
    return {
        u: data for url, feed in feeds for u, data in renderer.render_file(url, "feed.xml", feed=feed).items()
    }


def _make_entries(each: DistrictReport, site: FeedSite) -> Iterable[FeedEntry]:
    changes = make_change_sets(each)
    for overview in each.overviews:
        yield _period_entry(overview, changes.get(overview.period), site)
    yield from (entry for _, entry in make_corrections(each.district, site))


def publication_date(overview: Overview) -> dt.date:
    """When the period's table was published; the day of its figures where that is not known."""
    table = overview.district.table_of(overview.period)
    return (table.published if table else None) or overview.as_of


def _period_entry(overview: Overview, changes: ChangeSet | None, site: FeedSite) -> FeedEntry:
    """A published period; where there is one before it, also what changed since."""
    district, words = overview.district, site.words
    return site.make_entry(
        f"{district.id}/{overview.period}",
        publication_date(overview),
        addresses.period_url(district.id, overview.period),
        words("publish.feed.period", district=district.name, period=format_period(overview.period, words)),
        summarise_totals(overview.totals, overview, words) + (_tell_news(changes, words) if changes else ""),
    )


def summarise_totals(totals: Totals, overview: Overview, words: Words) -> str:
    """108项任务：已完成2项，…。数据截至2025年6月30日。"""
    counts = words("publish.feed.separator").join(
        words("publish.feed.count", standing=format_standing(standing, words), n=totals.standings[standing])
        for standing in Standing
        if totals.standings[standing]
    )
    return words(
        "publish.feed.summary", n=totals.tasks, counts=counts, as_of=format_date(overview.as_of, words)
    )


def _tell_news(changes: ChangeSet, words: Words) -> str:
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
