"""A feed beside the page of every task, department and place that a table tells of.

Who follows a task from its first table on must not lose the address when a year ends, so none is left out;
each holds what its page does not need to be opened for, in few words.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.figures import DistrictReport, Overview, Report, TaskFigures, Track, make_change_sets
from generator.model import Period, addresses
from generator.site.data.datasets import newest_date
from generator.site.feeds.atom import Feed, FeedEntry, FeedSite, make_corrections, make_feed_site
from generator.site.feeds.district_feeds import publication_date, summarise_totals
from generator.site.named_places import NamedPlace, PlaceMention
from generator.site.rendering import Renderer
from generator.wording import (
    Words,
    format_amounts,
    format_period,
    format_result,
    format_task_standing,
    join_clauses,
    join_list,
)

_LONGEST = 300
"""Most characters of a text to the letter; the page has the rest."""


def make_subject_feeds(
    report: Report, places: Mapping[str, Sequence[NamedPlace]], words: Words, renderer: Renderer
) -> dict[str, bytes]:
    """Site path → bytes for the districts of ``report``; nothing without base_url. places: by district."""
    site = make_feed_site(report, words, newest_date(report))
    if site is None:
        return {}
    files: dict[str, bytes] = {}
    for each in report.districts:
        for url, feed in _list_feeds(each, places.get(each.district.id, ()), site, report.site.config.title):
            files |= renderer.render_file(url, "feed.xml", feed=feed)
    return files


def _list_feeds(
    each: DistrictReport, places: Sequence[NamedPlace], site: FeedSite, title: str
) -> Iterator[tuple[str, Feed]]:
    district, words = each.district, site.words
    found = [
        *((addresses.task_url(key), t.task.title, e) for key, t, e in _list_tasks(each, site)),
        *_list_departments(each, site),
        *((addresses.place_url(district.id, p.slug), p.name, _list_mentions(each, p, site)) for p in places),
    ]
    for home, name, entries in found:
        if entries:
            url = addresses.own_feed_url(home)
            heading = words("publish.feed.subject", name=name, district=district.name, title=title)
            yield url, site.make_feed(home.removesuffix(".html"), url, home, heading, entries)


def _list_tasks(each: DistrictReport, site: FeedSite) -> Iterator[tuple[str, Track, list[FeedEntry]]]:
    """Each task with what every period said of it, what was corrected, and what goes on with it."""
    days = {overview.period: publication_date(overview) for overview in each.overviews}
    corrected: dict[str, list[FeedEntry]] = defaultdict(list)
    for task, entry in make_corrections(each.district, site):
        corrected[task].append(entry)
    for key, track in each.tracks.items():
        if track.reported:
            entries = [_task_entry(figures, days, site) for figures in track.reported]
            yield key, track, [*entries, *corrected[key], *_follow(each, track, days, site)]


def _task_entry(figures: TaskFigures, days: Mapping[Period, dt.date], site: FeedSite) -> FeedEntry:
    task, words, update = figures.task, site.words, figures.update
    assert update is not None, "only periods that report"
    url = addresses.task_url(task.id)
    numbers = (
        f"{f.target.metric} {format_amounts(f, words)} {format_result(f, words)}".strip()
        for f in figures.targets
        if f.actual
    )
    told = [format_task_standing(figures, words), *numbers]
    if update.progress:
        told.append(words("publish.feed.quote", text=_shorten(update.progress)))
    return site.make_entry(
        f"{url.removesuffix('.html')}/{figures.period}",
        days.get(update.period, update.as_of),
        url,
        words("publish.feed.entry", name=task.title, period=format_period(update.period, words)),
        words("publish.feed.told", told=join_clauses(told, words)),
    )


def _follow(
    each: DistrictReport, track: Track, days: Mapping[Period, dt.date], site: FeedSite
) -> Iterator[FeedEntry]:
    """The tasks that go on with this one, so that who follows it is led on."""
    url = addresses.task_url(track.task.id).removesuffix(".html")
    for name in track.task.succeeded_by:
        after = each.tracks.get(name)
        if after and after.reported and (first := after.reported[0].update):
            title = site.words("publish.feed.goes_on", name=after.task.title, year=after.task.year)
            day = days.get(first.period, first.as_of)
            yield site.make_entry(
                f"{url}/{name}", day, addresses.task_url(name), title, _shorten(after.task.commitment)
            )


def _list_departments(each: DistrictReport, site: FeedSite) -> Iterator[tuple[str, str, list[FeedEntry]]]:
    """Each department with its load in every period and the names of its tasks that have news."""
    news = {
        period: {task.id: task.after.task.title for task in changes.with_news if task.after}
        for period, changes in make_change_sets(each).items()
    }
    found: dict[str, list[FeedEntry]] = defaultdict(list)
    for overview in each.overviews:
        for load in overview.departments:
            tasks = (*load.led, *load.joined, *load.unstated)
            changed = [
                each_news for t in tasks if (each_news := news.get(overview.period, {}).get(t.task.id))
            ]
            summary = summarise_totals(load.totals, overview, site.words)
            if changed:
                summary += site.words(
                    "publish.feed.news", n=len(changed), tasks=join_list(changed, site.words)
                )
            name = load.department.name
            url = addresses.department_url(each.district.id, load.department.slug)
            found[load.department.slug].append(_period_entry(url, name, overview, summary, site))
    for department in each.district.departments:
        url = addresses.department_url(each.district.id, department.slug)
        yield url, department.name, found[department.slug]


def _list_mentions(each: DistrictReport, place: NamedPlace, site: FeedSite) -> list[FeedEntry]:
    """What each period's table says of a place."""
    by_period: dict[Period, list[PlaceMention]] = defaultdict(list)
    for mention in place.mentions:
        period = mention.period or next((u.period for u in mention.task.updates), None)
        if period is not None:
            by_period[period].append(mention)
    url = addresses.place_url(each.district.id, place.slug)
    entries = []
    for overview in each.overviews:
        if mentions := by_period.get(overview.period):
            told = (
                site.words("publish.feed.named", task=m.task.title, text=f"{m.before}{m.name}{m.after}")
                for m in mentions
            )
            summary = site.words("publish.feed.told", told=join_clauses(told, site.words))
            entries.append(_period_entry(url, place.name, overview, summary, site))
    return entries


def _period_entry(url: str, name: str, overview: Overview, summary: str, site: FeedSite) -> FeedEntry:
    period = format_period(overview.period, site.words)
    title = site.words("publish.feed.entry", name=name, period=period)
    key = f"{url.removesuffix('.html')}/{overview.period}"
    return site.make_entry(key, publication_date(overview), url, title, summary)


def _shorten(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}……"
