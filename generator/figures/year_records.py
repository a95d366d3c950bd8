"""What became of the promises of a year, by its last table, and of a term of office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.figures.assessment import Standing, TaskFigures
from generator.figures.report import DistrictReport, Overview, Track
from generator.model import Period, Target, Term


class Outcome(StrEnum):
    """What became of a promise by the end of its year."""

    DONE = "done"
    MISSED = "missed"
    """Not reached, by its figures or by its own words."""
    CARRIED = "carried"
    """Not reached, and the next year's table goes on with it."""
    DROPPED = "dropped"
    """Ended by its own words, withdrawn, or no longer in the year's last table."""
    UNSTATED = "unstated"
    """The year's last text does not say whether all of it was reached."""
    OPEN = "open"
    """The year has no last table yet, and nothing says that it is done or dropped."""


_UNDONE = frozenset(
    (
        Standing.BEHIND,
        Standing.PARTLY_DONE,
        Standing.PREPARED,
        Standing.BLOCKED,
        Standing.NOT_STARTED,
        Standing.SUSPENDED,
    )
)
"""Standings that say of a year that is over: not reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRecord:
    """One promise of a year, by the last table that tells of it."""

    last: TaskFigures
    outcome: Outcome
    carried_from: tuple[str, ...]
    """Ids of tasks of an earlier year that it goes on with and that were not reached then."""
    becomes: tuple[str, ...]
    """Ids of tasks of a later year that go on with it."""
    parts: tuple[str, ...]
    """Ids of tasks of the same year that split off from it."""
    adjusted: tuple[tuple[Target, Target], ...]
    """Promised numbers that the year changed: as first promised, as promised last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReport:
    """One year of a district."""

    year: int
    overviews: tuple[Overview, ...]
    """Oldest first; never empty."""
    records: tuple[YearRecord, ...]
    """Every promise of the year by number; one that became others within the year is told by those."""

    @property
    def is_closed(self) -> bool:
        """Whether a table tells of the whole year."""
        return self.overviews[-1].period.last_month == 12

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many promises came to what; every outcome, zero included; adds up to the records."""
        found = Counter(record.outcome for record in self.records)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def carried_in(self) -> int:
        """How many of the promises were left from an earlier year."""
        return sum(bool(record.carried_from) for record in self.records)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermReport:
    """A term of office: the years of it that have tables."""

    term: Term
    years: tuple[YearReport, ...]

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """The sum of the years' counts; a promise that was carried over counts in each of its years."""
        return {outcome: sum(year.counts[outcome] for year in self.years) for outcome in Outcome}

    @property
    def missing(self) -> tuple[int, ...]:
        """Years of the term without a table."""
        have = {year.year for year in self.years}
        return tuple(year for year in range(self.term.first, self.term.last + 1) if year not in have)


def make_years(report: DistrictReport) -> tuple[YearReport, ...]:
    """Every year of a district that has a table, oldest first."""
    years = sorted({overview.period.year for overview in report.overviews})
    found: dict[str, YearRecord] = {}
    reports = []
    for year in years:
        overviews = tuple(o for o in report.overviews if o.period.year == year)
        records = tuple(_make_records(report, overviews, found))
        found |= {record.last.task.id: record for record in records}
        reports.append(YearReport(year=year, overviews=overviews, records=records))
    return tuple(reports)


def make_terms(report: DistrictReport, years: tuple[YearReport, ...]) -> tuple[TermReport, ...]:
    """Every term of office in which the district has a table."""
    terms = (
        TermReport(term=term, years=tuple(y for y in years if term.first <= y.year <= term.last))
        for term in report.district.terms
    )
    return tuple(term for term in terms if term.years)


def _make_records(
    report: DistrictReport, overviews: tuple[Overview, ...], before: Mapping[str, YearRecord]
) -> Iterator[YearRecord]:
    """``before``: the records of earlier years by task."""
    newest = overviews[-1]
    is_closed = newest.period.last_month == 12
    tracks = [t for t in report.tracks.values() if t.task.year == newest.period.year]
    for track in sorted(tracks, key=lambda t: t.newest.task.number):
        own = [report.tracks[name].task for name in track.task.succeeded_by if name in report.tracks]
        parts = tuple(t.id for t in own if t.year == track.task.year)
        becomes = tuple(t.id for t in own if t.year > track.task.year)
        is_listed = any(f.task.id == track.task.id for f in newest.tasks) or newest.is_partial
        if parts and not is_listed:
            continue
        yield YearRecord(
            last=track.newest,
            outcome=_find_outcome(track, becomes, is_listed=is_listed, is_closed=is_closed),
            carried_from=tuple(
                name
                for name in track.task.carried_over_from
                if name in before and before[name].outcome in (Outcome.CARRIED, Outcome.MISSED)
            ),
            becomes=becomes,
            parts=parts,
            adjusted=tuple(_adjusted(track)),
        )


def _find_outcome(track: Track, becomes: tuple[str, ...], *, is_listed: bool, is_closed: bool) -> Outcome:
    last = track.newest
    if not is_listed or last.standing is Standing.ENDED:
        return Outcome.DROPPED
    measured = [figure for figure in last.targets if figure.standing is not None]
    reached = bool(measured) and all(figure.met for figure in measured)
    if last.standing is Standing.DONE:
        return Outcome.DONE
    if not is_closed:
        return Outcome.OPEN
    if (measured and not reached) or (not measured and last.standing in _UNDONE):
        return Outcome.CARRIED if becomes else Outcome.MISSED
    return Outcome.UNSTATED


def _adjusted(track: Track) -> Iterator[tuple[Target, Target]]:
    """Targets whose promised number the year changed."""
    first: dict[str, Target] = {}
    for figures in track.figures:
        for figure in figures.targets:
            first.setdefault(figure.target.id, figure.target)
    for figure in track.newest.targets:
        old, new = first[figure.target.id], figure.target
        if (old.value, old.value_max, old.unit) != (new.value, new.value_max, new.unit):
            yield old, new


def same_period_last_year(report: DistrictReport, figures: TaskFigures) -> Iterator[TaskFigures]:
    """What the same period of the year before said of the tasks that this one goes on with."""
    period = figures.period
    wanted = Period(year=period.year - 1, kind=period.kind, index=period.index)
    for name in report.tracks[figures.task.id].task.carried_over_from:
        track = report.tracks.get(name)
        found = track.at(wanted) if track else None
        if found is not None and found.update is not None:
            yield found
