"""The directory of a district's bodies, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.figures import (
    COMPARED,
    STALLED,
    DepartmentLoad,
    DistrictReport,
    Overview,
    Standing,
    TaskFigures,
)
from generator.model import Department, DepartmentKind, District, addresses
from generator.site.views.card_views import Card, Count, department_order, make_card, make_counts
from generator.site.views.department_history import (
    HeldRecords,
    PastYear,
    list_held_records,
    make_past_years,
    make_taken_over,
)
from generator.site.views.finding_views import FindingViews, make_finding_views
from generator.site.views.office_notes import (
    OfficeNote,
    make_collective_notes,
    make_office_notes,
    office_link,
)
from generator.site.views.page_view import Head, Link, Page, PageKind, make_page, period_dates
from generator.site.views.phones import PhoneEntry, make_phones
from generator.site.views.shown_charts import CHART_SCRIPTS, Figure, place_figure
from generator.site.views.site_frame import Frame, make_head
from generator.site.views.task_summary import Call, find_call
from generator.wording import Words, format_period, format_standing


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentRow:
    """A body on a list: how many tasks, and where they stand."""

    slug: str
    link: Link
    kind: DepartmentKind
    led: int
    joined: int
    unstated: int
    total: int
    behind: int
    done: int
    counts: tuple[Count, ...]
    """Every standing, for the bar."""
    offsets: tuple[tuple[Standing, str, str], ...]
    """Standing, start and width of each piece of the bar, in percent of the longest row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentGroup:
    """Bodies of one kind."""

    kind: DepartmentKind
    word: str
    rows: tuple[DepartmentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryView:
    """All bodies of a district in its newest period."""

    head: Head
    district: str
    period: str
    groups: tuple[DepartmentGroup, ...]
    has_roles: bool
    idle: tuple[Link, ...]
    """Bodies of the directory that have no task in this period."""
    ended: tuple[OfficeNote, ...]
    """Bodies that are no more, with what became of them."""
    count: int
    figure: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleList:
    """A body's tasks in one role, weakest first."""

    role: str
    title: str
    note: str | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentView:
    """One body."""

    head: Head
    name: str
    notes: tuple[OfficeNote, ...]
    """What the body has become, and what it came of."""
    past: tuple[PastYear, ...]
    """Its tasks of earlier years, newest year first."""
    aliases: tuple[str, ...]
    kind_word: str
    sentence: str
    counts: tuple[Count, ...]
    total: int
    findings: FindingViews | None
    """What lags and what was not reported among its tasks; None without tasks."""
    lists: tuple[RoleList, ...]
    phones: tuple[PhoneEntry, ...]
    """The body's own numbers and those of its offices in its tasks."""
    call: Call | None
    """The first of them."""
    figure: Figure | None


def has_roles(overview: Overview) -> bool:
    """Whether the source says of any task who leads."""
    return any(load.led or load.joined for load in overview.departments)


def make_department_rows(
    loads: Sequence[DepartmentLoad], district: District, words: Words
) -> tuple[DepartmentRow, ...]:
    """Rows in the order of ``loads``; the bars share one scale."""
    longest = max((load.totals.tasks for load in loads), default=1)
    return tuple(_make_row(load, district, words, longest) for load in loads)


def _make_row(load: DepartmentLoad, district: District, words: Words, longest: int) -> DepartmentRow:
    department, standings = load.department, load.totals.standings
    offsets, at = [], 0.0
    for standing, number in standings.items():
        width = number * 100 / longest
        if number:
            offsets.append((standing, f"{at:.2f}", f"{width:.2f}"))
        at += width
    return DepartmentRow(
        slug=department.slug,
        link=Link(label=department.name, url=addresses.department_url(district.id, department.slug)),
        kind=department.kind,
        led=len(load.led),
        joined=len(load.joined),
        unstated=len(load.unstated),
        total=load.totals.tasks,
        behind=standings[Standing.BEHIND],
        done=standings[Standing.DONE],
        counts=make_counts(standings, words),
        offsets=tuple(offsets),
    )


def make_department_pages(frame: Frame) -> list[Page]:
    """Directory and bodies of every district that has a table."""
    pages: list[Page] = []
    for district in frame.report.districts:
        if district.newest is None:
            continue
        pages.append(make_page("pages/directory.html", _make_directory(frame, district, district.newest)))
        busy, held = district.busy_departments, list_held_records(frame, district)
        loads = {load.department.slug: load for load in district.newest.departments}
        for department in district.district.departments:
            load = loads.get(department.slug)
            view = _make_department(
                frame, district, district.newest, department, load, held, has_feed=department.slug in busy
            )
            pages.append(make_page("pages/department.html", view))
    return pages


def _make_directory(frame: Frame, district: DistrictReport, overview: Overview) -> DirectoryView:
    words, found = frame.words, district.district
    rows = make_department_rows(overview.departments, found, words)
    chart = addresses.overview_chart(found.id, overview.period, "departments")
    url, period = addresses.departments_url(found.id), format_period(overview.period, words)
    heading = words("pages.directory.heading", district=found.name)
    head = make_head(
        frame,
        url=url,
        heading=heading,
        kind=PageKind.COLUMN,
        column=words("pages.tabs.departments"),
        column_type=words("pages.meta.body_type"),
        description=words("pages.directory.description", district=found.name, n=len(rows), period=period),
        dates=period_dates(frame.config, overview, frame.newest, words),
        district=district,
        tab="departments",
        scripts=CHART_SCRIPTS,
    )
    groups = []
    for kind in DepartmentKind:
        members = tuple(row for row in rows if row.kind is kind)
        if members:
            groups.append(DepartmentGroup(kind=kind, word=words(f"pages.bodies.{kind.value}"), rows=members))
    busy = {row.slug for row in rows}
    return DirectoryView(
        head=head,
        district=found.name,
        period=period,
        groups=tuple(groups),
        has_roles=has_roles(overview),
        idle=tuple(office_link(d, found) for d in found.departments if d.slug not in busy and not d.ended),
        ended=tuple(
            replace(note, links=(office_link(d, found),))
            for d in found.departments
            for note in make_office_notes(d, found, words)[:1]
            if d.ended
        ),
        count=len(rows),
        figure=place_figure(frame.charts, chart, url),
    )


def _make_department(
    frame: Frame,
    district: DistrictReport,
    overview: Overview,
    department: Department,
    load: DepartmentLoad | None,
    held: HeldRecords,
    *,
    has_feed: bool,
) -> DepartmentView:
    words, found = frame.words, district.district
    url, period = addresses.department_url(found.id, department.slug), format_period(overview.period, words)
    sentence = _make_sentence(department, load, period, words)
    chart = addresses.department_chart(found.id, department.slug, overview.period)
    head = make_head(
        frame,
        url=url,
        heading=words("pages.department.heading", name=department.name),
        kind=PageKind.COLUMN,
        column=department.name,
        title_column=words("pages.department.title_column", district=found.name),
        column_type=words("pages.meta.body_type"),
        description=f"{found.name}{department.name}{words('pages.colon')}{sentence}",
        trail=(Link(label=words("pages.tabs.departments"), url=addresses.departments_url(found.id)),),
        dates=period_dates(frame.config, overview, frame.newest, words),
        district=district,
        tab="departments",
        keywords=(department.name, *department.aliases),
        scripts=CHART_SCRIPTS if chart in frame.charts else (),
        has_feed=has_feed,
    )
    phones = make_phones(department, overview, found)
    return DepartmentView(
        head=head,
        name=department.name,
        notes=tuple(_make_notes(district, overview, department, load, words)),
        past=make_past_years(frame, district, department, load, held),
        aliases=department.aliases,
        kind_word=words(f"pages.bodies.{department.kind.value}"),
        sentence=sentence,
        counts=make_counts(load.totals.standings, words) if load else (),
        total=load.totals.tasks if load else 0,
        findings=make_finding_views(_tasks_of(load), found, words) if load else None,
        lists=_make_lists(load, found, frame) if load else (),
        phones=phones,
        call=find_call(phones),
        figure=place_figure(frame.charts, chart, url),
    )


def _make_notes(
    district: DistrictReport,
    overview: Overview,
    department: Department,
    load: DepartmentLoad | None,
    words: Words,
) -> Iterator[OfficeNote]:
    yield from make_office_notes(department, district.district, words)
    yield from make_collective_notes(department, overview, district.district, words)
    yield from make_taken_over(district, department, load, words)


def _make_sentence(department: Department, load: DepartmentLoad | None, period: str, words: Words) -> str:
    if department.ended is not None and load is None:
        return words("pages.department.sentence_ended", name=department.name)
    if load is None:
        return words("pages.department.sentence_none", name=department.name, period=period)
    key = "sentence" if load.led or load.joined else "sentence_unstated"
    sentence = words(
        f"pages.department.{key}",
        period=period,
        n=load.totals.tasks,
        led=len(load.led),
        joined=len(load.joined),
        unstated=len(load.unstated),
    )
    counts = [
        words("pages.department.standing_item", word=format_standing(standing, words), n=number)
        for standing, number in load.totals.standings.items()
        if number and standing in _TOLD
    ]
    if not counts:
        return sentence
    return sentence + words("pages.department.standing_list", counts=words("pages.comma").join(counts))


_TOLD = (*COMPARED, Standing.PARTLY_DONE, *STALLED)
"""Standings that the opening sentence names; the others say only that no more is known."""


def _tasks_of(load: DepartmentLoad) -> tuple[TaskFigures, ...]:
    return tuple(sorted((*load.led, *load.unstated, *load.joined), key=lambda task: task.task.number))


def _make_lists(load: DepartmentLoad, district: District, frame: Frame) -> tuple[RoleList, ...]:
    words = frame.words
    groups: tuple[tuple[str, tuple[TaskFigures, ...]], ...] = (
        ("lead", load.led),
        ("joint", load.joined),
        ("unstated", load.unstated),
    )
    return tuple(
        RoleList(
            role=role,
            title=words(f"pages.department.list_{role}", n=len(tasks)),
            note=words("pages.department.unstated_note") if role == "unstated" else None,
            cards=department_order([make_card(task, district, words) for task in tasks]),
        )
        for role, tasks in groups
        if tasks
    )
