"""A page for every year of a district and for every term of office: promised, done, missed, carried over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.figures import DistrictReport, TermReport, YearReport, make_terms
from generator.model import addresses
from generator.site.views.page_view import Head, Link, Page, PageKind, make_page, period_dates
from generator.site.views.site_frame import Frame, make_head
from generator.site.views.year_rows import (
    OutcomeCount,
    OutcomeGroup,
    make_groups,
    make_outcome_counts,
    make_sentence,
)
from generator.wording import Words, format_period


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """One year of a district."""

    head: Head
    sentence: str
    open_note: str | None
    """Said while the year has no last table; None for a year that is over."""
    counts: tuple[OutcomeCount, ...]
    groups: tuple[OutcomeGroup, ...]
    periods: tuple[Link, ...]
    """The year's overviews, oldest first."""
    others: tuple[Link, ...]
    """The district's other years and its terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermYear:
    """One year of a term."""

    link: Link
    sentence: str
    counts: tuple[OutcomeCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A term of office: the sum of its years."""

    head: Head
    sentence: str
    missing: str | None
    """Which years have no table; None when all have one."""
    counts: tuple[OutcomeCount, ...]
    years: tuple[TermYear, ...]
    groups: tuple[OutcomeGroup, ...]
    """What was not done, over all years."""


def make_year_pages(frame: Frame) -> list[Page]:
    """Years and terms of every district that has a table."""
    pages = []
    for district in frame.report.districts:
        years = frame.years[district.district.id]
        terms = make_terms(district, years)
        pages += [make_page("pages/year.html", _make_year(frame, district, y, years, terms)) for y in years]
        pages += [make_page("pages/term.html", _make_term(frame, district, term)) for term in terms]
    return pages


def finished_years(frame: Frame, district: DistrictReport) -> tuple[Link, ...]:
    """Links to the results of the years that are over, newest first."""
    years = reversed(frame.years[district.district.id])
    return tuple(_year_link(district, year, frame.words) for year in years if year.is_closed)


def _year_link(district: DistrictReport, year: YearReport, words: Words) -> Link:
    key = "years.result" if year.is_closed else "years.so_far"
    return Link(label=words(key, year=year.year), url=addresses.year_url(district.district.id, year.year))


def _term_link(district: DistrictReport, term: TermReport, words: Words) -> Link:
    span = term.term
    url = addresses.term_url(district.district.id, span.first, span.last)
    return Link(label=words("years.term", first=span.first, last=span.last), url=url)


def _make_year(
    frame: Frame,
    district: DistrictReport,
    year: YearReport,
    years: Sequence[YearReport],
    terms: Sequence[TermReport],
) -> YearView:
    words, found = frame.words, district.district
    sentence = make_sentence((year,), words, words("years.year", year=year.year))
    others = [_year_link(district, other, words) for other in years if other is not year]
    others += [_term_link(district, term, words) for term in terms]
    return YearView(
        head=_make_head(
            frame, district, year, words("years.heading", district=found.name, year=year.year), sentence
        ),
        sentence=sentence,
        open_note=None if year.is_closed else words("years.open"),
        counts=make_outcome_counts(year.records, words),
        groups=make_groups(district, year.records, words),
        periods=tuple(
            Link(label=format_period(o.period, words), url=addresses.period_url(found.id, o.period))
            for o in year.overviews
        ),
        others=tuple(others),
    )


def _make_head(
    frame: Frame,
    district: DistrictReport,
    year: YearReport,
    heading: str,
    sentence: str,
    term: TermReport | None = None,
) -> Head:
    words, found = frame.words, district.district
    link = _term_link(district, term, words) if term else _year_link(district, year, words)
    return make_head(
        frame,
        url=str(link.url),
        heading=heading,
        kind=PageKind.COLUMN,
        column=link.label,
        column_type=words("pages.meta.work_type"),
        description=sentence,
        dates=period_dates(frame.config, year.overviews[-1], frame.newest, words),
        district=district,
        tab="overview",
        keywords=(found.name,),
    )


def _make_term(frame: Frame, district: DistrictReport, term: TermReport) -> TermView:
    words, span = frame.words, term.term
    name = _term_link(district, term, words).label
    records = [record for year in term.years for record in year.records]
    longest = max(len(year.records) for year in term.years)
    sentence = make_sentence(term.years, words, name)
    heading = words("years.term_heading", district=district.district.name, name=name)
    missing = words("format.list").join(words("years.year", year=year) for year in term.missing)
    return TermView(
        head=_make_head(frame, district, term.years[-1], heading, sentence, term),
        sentence=sentence,
        missing=words("years.missing", years=missing, n=len(term.years)) if span and missing else None,
        counts=make_outcome_counts(records, words),
        years=tuple(
            TermYear(
                link=_year_link(district, year, words),
                sentence=make_sentence((year,), words, words("years.year", year=year.year)),
                counts=make_outcome_counts(year.records, words, longest),
            )
            for year in reversed(term.years)
        ),
        groups=tuple(g for g in make_groups(district, records, words) if g.key in _UNDONE),
    )


_UNDONE = ("missed", "carried", "dropped")
