"""The same measure in several districts, side by side; nothing ranked that is not comparable."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.figures.shared_measures import Measure, MeasureEntry, make_measures, make_near_measures
from generator.model import TargetKind, addresses
from generator.site.views.card_views import TargetView, make_target_view
from generator.site.views.page_view import Dates, Head, Link, Page, PageKind, make_page
from generator.site.views.shown_charts import CHART_SCRIPTS, Figure, place_figure
from generator.site.views.site_frame import Frame, make_head
from generator.wording import (
    Words,
    format_date,
    format_kind,
    format_period,
    join_clauses,
    join_list,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One district's target of a shared measure."""

    district: str
    period: str
    as_of: str
    task_id: str
    target: TargetView


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """A measure that several districts share."""

    anchor: str
    name: str
    kind_word: str
    note: str
    """What can and what cannot be compared here, and why."""
    rows: tuple[MeasureRow, ...]
    figure: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareView:
    """All shared measures, or one of them where they are too many for one page."""

    head: Head
    districts: tuple[str, ...]
    same_period: bool
    periods: tuple[tuple[str, str, str], ...]
    """District, period and as_of date of each."""
    count: int
    """Measures of the same name."""
    measures: tuple[MeasureView, ...]
    """Those shown here."""
    links: tuple[Link, ...]
    """Their pages, where they are too many for this one."""
    near: tuple[MeasureView, ...]
    """Promises with nearly the same name."""


def make_compare_pages(frame: Frame) -> list[Page]:
    """compare.html; where it would be too long, an index with a page a measure."""
    measures, near = make_measures(frame.report), make_near_measures(frame.report)
    if sum(len(measure.entries) for measure in measures) <= _MOST_ROWS:
        return [_make_page(frame, addresses.COMPARE, measures, near, len(measures))]
    links = tuple(Link(label=m.name, url=addresses.compare_url(m.key)) for m in measures)
    index = _make_page(frame, addresses.COMPARE, (), near[:_MOST_ROWS], len(measures), links=links)
    pages = (_make_page(frame, addresses.compare_url(m.key), (m,), (), 1, name=m.name) for m in measures)
    return [index, *pages]


_MOST_ROWS = 80
"""Rows of districts up to which all measures stand on one page."""


def _make_page(
    frame: Frame,
    url: str,
    measures: tuple[Measure, ...],
    near: tuple[Measure, ...],
    count: int,
    *,
    links: tuple[Link, ...] = (),
    name: str = "",
) -> Page:
    words = frame.words
    newest = [d.newest for d in frame.report.districts if d.newest is not None]
    names = tuple(overview.district.name for overview in newest)
    column = words("pages.nav.compare")
    head = make_head(
        frame,
        url=url,
        heading=words("pages.compare.heading_of", name=name) if name else words("pages.compare.heading"),
        kind=PageKind.COLUMN,
        column=name or column,
        column_type=words("pages.meta.data_type"),
        description=words("pages.compare.description", districts=join_list(names, words), n=count),
        trail=(Link(label=column, url=addresses.COMPARE),) if name else (),
        dates=Dates(as_of=frame.newest, made=frame.config.edition, newest=frame.newest),
        keywords=names[:_NAMED],
        scripts=CHART_SCRIPTS,
    )
    view = CompareView(
        head=head,
        districts=names,
        same_period=len({overview.as_of for overview in newest}) < 2,
        periods=tuple(
            (o.district.name, format_period(o.period, words), format_date(o.as_of, words)) for o in newest
        ),
        count=count,
        measures=tuple(make_measure_view(measure, frame, url) for measure in measures),
        links=links,
        near=tuple(_make_near_view(measure, frame, url) for measure in near),
    )
    return make_page("pages/compare.html", view)


_NAMED = 12
"""Districts that the page's keywords name."""


def _make_near_view(measure: Measure, frame: Frame, url: str) -> MeasureView:
    """Promises of nearly the same name, with the names as their only note."""
    words = frame.words
    quoted = (
        words("pages.compare.near_item", district=e.overview.district.name, metric=e.figure.target.metric)
        for e in measure.entries
    )
    note = words("pages.compare.note_near", names=join_clauses(quoted, words))
    return replace(make_measure_view(measure, frame, url), note=note, figure=None)


def make_measure_view(measure: Measure, frame: Frame, url: str) -> MeasureView:
    """A shared measure with what its figures allow to say."""
    words = frame.words
    return MeasureView(
        anchor=measure.key,
        name=measure.name,
        kind_word=format_kind(measure.kind, words),
        note=_make_note(measure, words),
        rows=tuple(_make_row(entry, frame) for entry in measure.entries),
        figure=place_figure(frame.charts, addresses.compare_chart(measure.key), url),
    )


def _make_note(measure: Measure, words: Words) -> str:
    """Why the figures stand beside each other without a rank, in the order of weight."""
    notes = []
    if len({entry.overview.as_of for entry in measure.entries}) > 1:
        notes.append(words("pages.compare.note_dates"))
    if any(entry.figure.standing is None for entry in measure.entries):
        notes.append(words("pages.compare.note_missing"))
    is_rate = measure.kind in (TargetKind.GROWTH, TargetKind.LEVEL)
    notes.append(words("pages.compare.note_rate" if is_rate else "pages.compare.note_size"))
    return "".join(notes)


def _make_row(entry: MeasureEntry, frame: Frame) -> MeasureRow:
    words, task = frame.words, entry.task.task
    return MeasureRow(
        district=entry.overview.district.name,
        period=format_period(entry.overview.period, words),
        as_of=format_date(entry.overview.as_of, words),
        task_id=task.id,
        target=make_target_view(entry.figure, words),
    )
