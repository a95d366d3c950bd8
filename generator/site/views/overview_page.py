"""The overview of a district in one period, and the list of its tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from generator.figures import COMPARED, STALLED, DistrictReport, Overview, Standing, TaskFigures
from generator.figures.findings import TargetOfTask, promised_figures, share_of_due
from generator.model import addresses
from generator.site.views.card_views import Card, Count, make_card, make_counts
from generator.site.views.changes_page import ChangesBlock, make_changes_block
from generator.site.views.department_pages import DepartmentRow, has_roles, make_department_rows
from generator.site.views.finding_views import (
    FindingViews,
    TargetRow,
    make_finding_views,
    make_lead,
    make_rows,
)
from generator.site.views.group_pages import link_group_indexes
from generator.site.views.page_view import Head, Link, Page, PageKind, make_page, period_dates
from generator.site.views.period_archive import PeriodArchive, make_archive
from generator.site.views.period_notes import DueNote, make_due_note, make_period_notes
from generator.site.views.prose import keep_counts_together
from generator.site.views.shown_charts import CHART_SCRIPTS, Figure, place_figure, place_picture
from generator.site.views.site_frame import Frame, make_head
from generator.site.views.year_pages import finished_years
from generator.wording import (
    Words,
    format_percent,
    format_period,
    format_standing,
)

_SHOWN_DEPARTMENTS = 8
_CARDS_SCRIPT = "static/cards.js"
_MEASURED = COMPARED[::-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroup:
    """Targets of one standing, weakest first."""

    standing: Standing
    rows: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewView:
    """One district in one period."""

    head: Head
    periods: tuple[Link, ...]
    """Every period with a page, newest first; none on a period's own page, which later ones leave alone."""
    views: tuple[Link, ...]
    """The tasks by leader, section, standing; none on a period's own page."""
    schedule: str
    """Share of the year gone by, in words: 50.0%."""
    sentence: Markup
    """The figures in one sentence, each count a link to its list."""
    counts: tuple[Count, ...]
    cards: tuple[Card, ...]
    """By number."""
    groups: tuple[TargetGroup, ...]
    """Comparable targets, the weakest group first; empty groups left out."""
    findings: FindingViews
    """What is kept, what lags, what cannot be told."""
    comparable: int
    picture: Figure | None
    """The whole year as a chart: its title and downloads; the page itself shows a mark a task."""
    figure: Figure | None
    """The chart of the targets."""
    rows: tuple[DepartmentRow, ...]
    """Bodies with the most tasks."""
    department_count: int
    departments_url: str
    distribution: Figure | None
    has_roles: bool
    """Whether the source says who leads."""
    section_options: tuple[Option, ...]
    department_options: tuple[Option, ...]
    has_changes: bool
    """Whether there is a period before to compare with."""
    changes: ChangesBlock
    """What changed since the period before."""
    notes: tuple[str, ...]
    """That the table is a part, or a copy of the last one; mostly none."""
    due: DueNote | None
    """When the next table is due; none on a period's own page."""
    years: tuple[Link, ...]
    """Results of the years that are over, newest first; none on a period's own page."""
    archive: PeriodArchive
    """The period as a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyDistrictView:
    """A district that has no table yet."""

    head: Head
    district: str


def make_overview_pages(frame: Frame, changed: Mapping[str, frozenset[str]]) -> list[Page]:
    """Newest overview and every period's, of every district.

    changed: ``<district>/<period>`` → ids of the tasks that changed since the period before.
    """
    pages: list[Page] = []
    for district in frame.report.districts:
        if district.newest is None:
            pages.append(make_page("pages/empty.html", _make_empty(frame, district)))
            continue
        newest = addresses.district_url(district.district.id)
        pages.append(
            make_page("pages/overview.html", _make_view(frame, changed, district, district.newest, newest))
        )
        for overview in reversed(district.overviews):
            url = addresses.period_url(district.district.id, overview.period)
            pages.append(
                make_page("pages/overview.html", _make_view(frame, changed, district, overview, url))
            )
    return pages


def _make_empty(frame: Frame, district: DistrictReport) -> EmptyDistrictView:
    words, name = frame.words, district.district.name
    head = make_head(
        frame,
        url=addresses.district_url(district.district.id),
        heading=words("pages.empty.heading", district=name),
        kind=PageKind.COLUMN,
        column=name,
        column_type=words("pages.meta.home_type"),
        description=words("pages.empty.text", district=name),
        district=district,
        tab="overview",
    )
    return EmptyDistrictView(head=head, district=name)


def _make_view(
    frame: Frame,
    changed: Mapping[str, frozenset[str]],
    district: DistrictReport,
    overview: Overview,
    url: str,
) -> OverviewView:
    words, found = frame.words, district.district
    is_newest = url == addresses.district_url(found.id)
    chart = partial(addresses.overview_chart, found.id, overview.period)
    of_changed = changed.get(f"{found.id}/{overview.period}", frozenset())
    cards = tuple(make_card(t, found, words, changed=t.task.id in of_changed) for t in overview.tasks)
    groups = make_target_groups(overview.tasks, frame)
    rows = make_department_rows(overview.departments, found, words)
    return OverviewView(
        head=_make_overview_head(frame, district, overview, url, is_newest),
        periods=make_period_links(district, url, words) if is_newest else (),
        views=link_group_indexes(frame, district) if is_newest else (),
        schedule=format_percent(overview.schedule),
        sentence=make_sentence(overview, words),
        counts=make_counts(overview.totals.standings, words),
        cards=cards,
        groups=groups,
        findings=make_finding_views(overview.tasks, found, words),
        comparable=overview.totals.comparable,
        picture=place_picture(frame.charts, chart("standing"), url),
        figure=place_figure(frame.charts, chart("targets"), url),
        rows=rows[:_SHOWN_DEPARTMENTS],
        department_count=len(rows),
        departments_url=addresses.departments_url(found.id),
        distribution=place_figure(frame.charts, chart("distribution"), url),
        has_roles=has_roles(overview),
        section_options=_section_options(cards),
        department_options=tuple(Option(value=row.slug, label=row.link.label) for row in rows),
        has_changes=bool(of_changed) or overview.period != district.overviews[0].period,
        changes=make_changes_block(frame, district, overview),
        notes=make_period_notes(district, overview, words),
        due=make_due_note(district, frame.config.edition, words) if is_newest else None,
        years=finished_years(frame, district) if is_newest else (),
        archive=make_archive(frame, district, overview),
    )


def _make_overview_head(
    frame: Frame, district: DistrictReport, overview: Overview, url: str, is_newest: bool
) -> Head:
    words, found = frame.words, district.district
    period = format_period(overview.period, words)
    heading = words("pages.overview.heading", district=found.name, year=overview.period.year)
    return make_head(
        frame,
        url=url,
        heading=heading if is_newest else words("pages.overview.heading_of", heading=heading, period=period),
        kind=PageKind.COLUMN,
        column=found.name if is_newest else period,
        title_column=None if is_newest else found.name,
        column_type=words("pages.meta.home_type" if is_newest else "pages.meta.data_type"),
        description=str(Markup(make_sentence(overview, words)).striptags()),
        dates=period_dates(
            frame.config, overview, frame.newest if is_newest else overview.as_of, words, frame.received
        ),
        district=district,
        tab="overview",
        keywords=(found.name, period),
        scripts=(*CHART_SCRIPTS, _CARDS_SCRIPT),
    )


def make_period_links(district: DistrictReport, url: str, words: Words) -> tuple[Link, ...]:
    """Every period of a district, newest first; the one of ``url`` is current."""
    newest, found = district.newest, district.district.id
    links = []
    for overview in reversed(district.overviews):
        own = addresses.period_url(found, overview.period)
        current = url == own or (overview is newest and url == addresses.district_url(found))
        links.append(Link(label=format_period(overview.period, words), url=own, current=current))
    return tuple(links)


def make_sentence(overview: Overview, words: Words) -> Markup:
    """The overview's figures in plain words; counts lead to the lists that they count."""
    standings = overview.totals.standings
    told = [
        words(
            "pages.overview.told_item",
            n=_count_link(standings[standing], f"#status={standing}"),
            word=format_standing(standing, words),
        )
        for standing in (*STALLED, Standing.INTENT, Standing.NO_INFORMATION)
        if standings[standing]
    ]
    lead = make_lead(overview.tasks, words, _count_link)
    if not told:
        return lead
    counts = Markup(words("pages.comma")).join(told)
    return lead + keep_counts_together(Markup(words("pages.overview.sentence_told", counts=counts)))


def _count_link(number: int, fragment: str) -> Markup:
    if not number:
        return Markup('<span class="count">{}</span>').format(number)
    return Markup('<a class="count" href="{}">{}</a>').format(fragment, number)


def make_target_groups(tasks: Iterable[TaskFigures], frame: Frame) -> tuple[TargetGroup, ...]:
    """Comparable targets by standing, the weakest first, each with its task."""
    found: dict[Standing, list[TargetOfTask]] = {standing: [] for standing in _MEASURED}
    for task in tasks:
        for figure in promised_figures(task):
            if figure.standing in found:
                found[figure.standing].append(TargetOfTask(task=task, figure=figure))
    groups = []
    for standing, members in found.items():
        members.sort(key=lambda pair: (share_of_due(pair.figure), pair.task.task.number))
        rows = make_rows(members, frame.words)
        if rows:
            groups.append(TargetGroup(standing=standing, rows=rows))
    return tuple(groups)


def _section_options(cards: tuple[Card, ...]) -> tuple[Option, ...]:
    names = dict.fromkeys(card.section for card in cards if card.section)
    return tuple(Option(value=name, label=name) for name in names)
