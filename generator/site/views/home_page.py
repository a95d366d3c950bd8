"""The front page: every district at a glance, and the way to compare them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.figures import DistrictReport
from generator.figures.shared_measures import make_measures
from generator.model import District, addresses
from generator.site.views.card_views import Card, Count, make_card, make_counts
from generator.site.views.compare_page import MeasureView, make_measure_view
from generator.site.views.finding_views import Finding, TargetRow, make_finding_views, make_lead
from generator.site.views.page_view import Dates, Head, Link, Page, PageKind, make_page
from generator.site.views.period_notes import DueNote, make_due_note
from generator.site.views.site_frame import Frame, make_head
from generator.site.views.year_pages import finished_years
from generator.wording import format_percent, format_source

_SHOWN_MEASURES = 3
_SHOWN_TARGETS = 3
_SHOWN_CARDS = 400
"""Tasks of all districts together up to which each has a mark on the front page; more are counted."""
_TOLD_DISTRICTS = 12
"""Districts up to which each tells its findings on the front page; more have their figures in a sentence."""
_SHOWN_ROWS = 12
"""Districts of a measure that the front page sets side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictPanel:
    """One district on the front page."""

    name: str
    url: str
    departments_url: str
    years: tuple[Link, ...]
    """Results of the years that are over, newest first."""
    due: DueNote | None
    """When its next table is due."""
    meta: str
    """Period, date and publisher; empty for a district without tables."""
    schedule: str
    """Share of the year gone by at that date: 50.0%; empty without tables."""
    sentence: Markup
    counts: tuple[Count, ...]
    cards: tuple[Card, ...]
    """For the year in one picture."""
    weakest: tuple[TargetRow, ...]
    """The targets furthest from what is due, amounts and rates in one list."""
    sentences: tuple[Finding, ...]
    """What is kept, what lags, what cannot be told, each with its quote."""
    has_phones: bool
    """Whether the table names any telephone number."""
    unreported: int
    """Tasks with promised numbers and nothing reported."""
    unmeasured: int
    """Tasks that promise no number."""
    places: Link | None
    """The places that the texts name; None without any."""


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
    shown = [m for m in measures if len(m.entries) <= _SHOWN_ROWS][:_SHOWN_MEASURES]
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
        panels=tuple(
            _make_panel(
                district,
                frame,
                shows_cards=tasks <= _SHOWN_CARDS,
                is_told=len(report.districts) <= _TOLD_DISTRICTS,
            )
            for district in report.districts
        ),
        measures=tuple(make_measure_view(m, frame, addresses.HOME) for m in shown),
        measure_count=len(measures),
    )
    return make_page("pages/home.html", view)


def _make_panel(district: DistrictReport, frame: Frame, *, shows_cards: bool, is_told: bool) -> DistrictPanel:
    words, found, newest = frame.words, district.district, district.newest
    url = addresses.district_url(found.id)
    if newest is None:
        return DistrictPanel(
            name=found.name,
            url=url,
            departments_url=url,
            years=(),
            due=None,
            meta="",
            schedule="",
            sentence=Markup("{}").format(words("pages.empty.text", district=found.name)),
            counts=(),
            cards=(),
            weakest=(),
            sentences=(),
            has_phones=True,
            unreported=0,
            unmeasured=0,
            places=None,
        )
    findings = make_finding_views(newest.tasks, found, words)
    return DistrictPanel(
        name=found.name,
        url=url,
        departments_url=addresses.departments_url(found.id),
        years=finished_years(frame, district),
        due=make_due_note(district, frame.config.edition, words),
        meta=format_source(newest, words),
        schedule=format_percent(newest.schedule),
        sentence=make_lead(newest.tasks, words, _bold),
        counts=make_counts(newest.totals.standings, words),
        cards=tuple(make_card(task, found, words) for task in newest.tasks) if shows_cards else (),
        weakest=findings.behind[:_SHOWN_TARGETS] if is_told else (),
        sentences=findings.sentences if is_told else (),
        has_phones=any(task.task.contacts for task in newest.tasks),
        unreported=len(findings.unreported),
        unmeasured=len(findings.unmeasured),
        places=_link_places(found, frame),
    )


def _link_places(district: District, frame: Frame) -> Link | None:
    places = frame.places.get(district.id, ())
    label = frame.words("places.all", district=district.name, n=len(places))
    return Link(label=label, url=addresses.places_url(district.id)) if places else None


def _bold(number: int, _fragment: str) -> Markup:
    return Markup("<b>{}</b>").format(number)
