"""The front page: every district at a glance, and the way to compare them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.figures import DistrictReport, Overview, Standing
from generator.figures.shared_measures import make_measures
from generator.model import addresses
from generator.site.views.card_views import Card, Count, headline_totals, make_card, make_counts
from generator.site.views.compare_page import MeasureView, make_measure_view
from generator.site.views.overview_page import TargetRow, make_target_groups
from generator.site.views.page_view import Dates, Head, Page, PageKind, make_page
from generator.site.views.prose import keep_counts_together
from generator.site.views.site_frame import Frame, make_head
from generator.wording import Words, format_percent, format_source

_SHOWN_MEASURES = 3
_SHOWN_TARGETS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictPanel:
    """One district on the front page."""

    name: str
    url: str
    departments_url: str
    meta: str
    """Period, date and publisher; empty for a district without tables."""
    schedule: str
    """Share of the year gone by at that date: 50.0%; empty without tables."""
    sentence: Markup
    counts: tuple[Count, ...]
    cards: tuple[Card, ...]
    """For the year in one picture."""
    weakest: tuple[TargetRow, ...]
    """The targets furthest behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The front page."""

    head: Head
    lead: str
    panels: tuple[DistrictPanel, ...]
    measures: tuple[MeasureView, ...]
    """The first few that several districts share."""
    measure_count: int


def make_home_page(frame: Frame) -> Page:
    """index.html."""
    words, config = frame.words, frame.config
    report = frame.report
    measures = make_measures(report)
    tasks = sum(d.newest.totals.tasks for d in report.districts if d.newest)
    head = make_head(
        frame,
        url=addresses.HOME,
        heading=config.title,
        kind=PageKind.HOME,
        column=words("pages.nav.home"),
        column_type=words("pages.meta.home_type"),
        description=config.description or words("pages.site.description", title=config.title),
        dates=Dates(as_of=frame.newest, made=config.edition, newest=frame.newest),
        keywords=tuple(d.district.name for d in report.districts),
    )
    view = HomeView(
        head=replace(head, body_class="is-home"),
        lead=words("pages.home.lead", districts=len(report.districts), n=tasks),
        panels=tuple(_make_panel(district, frame) for district in report.districts),
        measures=tuple(make_measure_view(m, frame, addresses.HOME) for m in measures[:_SHOWN_MEASURES]),
        measure_count=len(measures),
    )
    return make_page("pages/home.html", view)


def _make_panel(district: DistrictReport, frame: Frame) -> DistrictPanel:
    words, found, newest = frame.words, district.district, district.newest
    url = addresses.district_url(found.id)
    if newest is None:
        return DistrictPanel(
            name=found.name,
            url=url,
            departments_url=url,
            meta="",
            schedule="",
            sentence=Markup("{}").format(words("pages.empty.text", district=found.name)),
            counts=(),
            cards=(),
            weakest=(),
        )
    rows = [row for group in make_target_groups(newest.tasks, frame) for row in group.rows]
    return DistrictPanel(
        name=found.name,
        url=url,
        departments_url=addresses.departments_url(found.id),
        meta=format_source(newest, words),
        schedule=format_percent(newest.schedule),
        sentence=_make_sentence(newest, words),
        counts=make_counts(newest.totals.standings, words),
        cards=tuple(make_card(task, found, words) for task in newest.tasks),
        weakest=tuple(row for row in rows if row.target.bar and row.target.standing is Standing.BEHIND)[
            :_SHOWN_TARGETS
        ],
    )


def _make_sentence(overview: Overview, words: Words) -> Markup:
    numbers = headline_totals(overview.totals)
    keys = ["pages.overview.sentence" if numbers["done"] else "pages.overview.sentence_none_done"]
    if numbers["comparable"]:
        keys.append("pages.overview.sentence_targets")
    elif numbers["measured"]:
        keys.append("pages.overview.sentence_no_figures")
    bold = {name: Markup("<b>{}</b>").format(number) for name, number in numbers.items()}
    return keep_counts_together(Markup("").join(words(key, **bold) for key in keys))
