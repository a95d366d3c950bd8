"""How good the published data is, measured at every build in the six classes of GB/T 36344-2018.

Source: docs/government-pages.md H-06.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction

from generator.figures import Report
from generator.model import Task
from generator.site.finished_page import FinishedPage
from generator.site.views.data_page import QualityLine
from generator.wording import Words, format_date, format_percent


def measure_quality(
    report: Report, words: Words, *, pages: Collection[FinishedPage], names: Iterable[str], edition: dt.date
) -> tuple[QualityLine, ...]:
    """The six lines of the quality report.

    pages: the finished pages. names: every path that the site will have.
    """
    tasks = [task for each in report.districts for task in each.district.tasks]
    overviews = [overview for each in report.districts for overview in each.overviews]
    files = 1 + len(report.districts) + len(tasks)
    filled = [bool(part) for task in tasks for part in _required_parts(task)]
    quoted = [quote in text for task in tasks for quote, text in _quotes(task)]
    sums = [sum(o.totals.standings.values()) == o.totals.tasks == len(o.tasks) for o in overviews]
    known = set(names)
    leading = [link for page in pages for link in page.links if link.target]
    settled = sum(page.settled for page in pages)
    good = settled + sum(link.times for link in leading if link.target in known)
    age = (edition - max((o.as_of for o in overviews), default=edition)).days
    return (
        _make_line("normative", words, "100.0%", n=files),
        _make_share("complete", words, filled),
        _make_share("accurate", words, quoted),
        _make_share("consistent", words, sums),
        _make_line(
            "timely", words, words("publish.quality.days", n=age), edition=format_date(edition, words)
        ),
        _make_part("accessible", words, good, settled + sum(link.times for link in leading)),
    )


def _required_parts(task: Task) -> Iterator[object]:
    yield task.commitment
    yield task.departments
    for update in task.updates:
        yield update.progress
        yield update.source.sha256


def _quotes(task: Task) -> Iterator[tuple[str, str]]:
    """Every quote with the text it was read from."""
    for target in task.targets:
        yield target.quote, task.commitment
    for update in task.updates:
        progress = update.progress or ""
        yield from ((quote, progress) for actual in update.actuals for quote in actual.quotes)
        if update.status.quote:
            yield update.status.quote, progress


def _make_share(key: str, words: Words, results: list[bool]) -> QualityLine:
    """Share of the checks that held; with nothing to check it is whole."""
    return _make_part(key, words, sum(results), len(results))


def _make_part(key: str, words: Words, good: int, everything: int) -> QualityLine:
    share = Fraction(good, everything) if everything else Fraction(1)
    return _make_line(key, words, format_percent(share), n=good, all=everything)


def _make_line(key: str, words: Words, value: str, **values: object) -> QualityLine:
    return QualityLine(
        key=key,
        title=words(f"publish.quality.{key}.title"),
        value=value,
        note=words(f"publish.quality.{key}.note", **values),
    )
