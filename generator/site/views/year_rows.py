"""A promise of a year as lists show it: its last words and figure, what changed of it, its other years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.figures import DistrictReport, Outcome, YearRecord, YearReport
from generator.model import addresses
from generator.site.views.card_views import Card, make_card
from generator.site.views.page_view import Link
from generator.wording import Words, format_goal, format_period


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """One promise of a year."""

    card: Card
    outcome: Outcome
    outcome_word: str
    period: str
    """The last period that tells of it."""
    last_words: str | None
    """Its last progress text, to the letter."""
    notes: tuple[str, ...]
    """What the year changed of the promise."""
    origins: tuple[Link, ...]
    """Tasks of the year before that it goes on with."""
    sources: tuple[Link, ...]
    """Tasks of the same year that it was split or merged from."""
    becomes: tuple[Link, ...]
    """Tasks of the next year that go on with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeGroup:
    """Promises that came to the same end."""

    key: str
    title: str
    note: str
    rows: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCount:
    """How many promises came to one end."""

    key: str
    word: str
    number: int
    start: str
    """Where its piece of the bar begins, in percent of the longest bar."""
    width: str
    """How long the piece is, in the same."""


def make_year_row(report: DistrictReport, record: YearRecord, words: Words) -> YearRow:
    """One promise."""
    last, task = record.last, record.last.task
    names = [name for name in task.carried_over_from if name in report.tracks]
    before = [name for name in names if report.tracks[name].task.year < task.year]
    return YearRow(
        card=make_card(last, report.district, words),
        outcome=record.outcome,
        outcome_word=words(f"years.outcome.{record.outcome.value}"),
        period=format_period(last.period, words),
        last_words=last.update.progress if last.update else None,
        notes=_make_notes(record, words),
        origins=task_links(report, before, task.year, words),
        sources=task_links(report, (name for name in names if name not in before), task.year, words),
        becomes=task_links(report, record.becomes, task.year, words),
    )


def _make_notes(record: YearRecord, words: Words) -> tuple[str, ...]:
    notes = [
        words("years.adjusted", old=format_goal(old, words), new=format_goal(new, words))
        for old, new in record.adjusted
    ]
    if record.parts:
        notes.append(words("years.split", n=len(record.parts) + 1))
    return tuple(notes)


def task_links(report: DistrictReport, ids: Iterable[str], year: int, words: Words) -> tuple[Link, ...]:
    """Links to tasks by title, with the year where it is not ``year``: equal titles are told apart."""
    tasks = [report.tracks[name].task for name in ids if name in report.tracks]
    return tuple(
        Link(
            label=task.title if task.year == year else words("years.of", title=task.title, year=task.year),
            url=addresses.task_url(task.id),
        )
        for task in tasks
    )


def make_groups(
    report: DistrictReport, records: Sequence[YearRecord], words: Words
) -> tuple[OutcomeGroup, ...]:
    """The promises by what became of them; empty groups left out."""
    groups = []
    for outcome in Outcome:
        rows = tuple(make_year_row(report, r, words) for r in records if r.outcome is outcome)
        if rows:
            key = outcome.value
            title, note = words(f"years.outcome.{key}"), words(f"years.note.{key}")
            groups.append(OutcomeGroup(key=key, title=title, note=note, rows=rows))
    return tuple(groups)


def make_outcome_counts(
    records: Iterable[YearRecord], words: Words, longest: int | None = None
) -> tuple[OutcomeCount, ...]:
    """How many promises came to what; those that none came to left out. longest: promises of a full bar."""
    found = [record.outcome for record in records]
    counts, at = [], 0
    for outcome in Outcome:
        if number := found.count(outcome):
            share = 100 / (longest or len(found))
            counts.append(
                OutcomeCount(
                    key=outcome.value,
                    word=words(f"years.outcome.{outcome.value}"),
                    number=number,
                    start=f"{at * share:.2f}",
                    width=f"{number * share:.2f}",
                )
            )
            at += number
    return tuple(counts)


def make_sentence(years: Sequence[YearReport], words: Words, subject: str) -> str:
    """2023年共有10项承诺：完成7项，结转下一年1项。"""
    records = [record for year in years for record in year.records]
    counts = [words("years.count", word=c.word, n=c.number) for c in make_outcome_counts(records, words)]
    carried = sum(year.carried_in for year in years)
    sentence = words(
        "years.sentence", subject=subject, n=len(records), counts=words("pages.comma").join(counts)
    )
    return sentence + (words("years.carried_in", n=carried) if carried else "")
