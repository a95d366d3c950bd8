"""What changed since the period before: a page, and a block on the overview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.figures import (
    Change,
    ChangeSet,
    DistrictReport,
    Movement,
    Overview,
    TaskChange,
    make_change_set,
    previous_overview,
)
from generator.model import Period, Task, addresses
from generator.site.views.change_rows import ChangeGroup, ChangeRow
from generator.site.views.page_view import Head, Link, Page, PageKind, make_page, period_dates
from generator.site.views.period_notes import make_period_notes
from generator.site.views.site_frame import Frame, make_head
from generator.site.views.step_rows import StepRow, format_step_counts, list_told, make_step_row
from generator.site.views.task_differences import KINDS, make_details
from generator.site.views.year_start import make_year_start
from generator.wording import Words, format_departments, format_period, format_standing, format_task_number

_SUMMARY = (
    Change.STANDING,
    Change.UNMEASURED,
    Change.FIGURES,
    Change.NEW,
    Change.GONE,
    Change.REWORDED,
    Change.STILL,
    Change.REPEATED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """One period against the one before."""

    head: Head
    sentence: str
    notes: tuple[str, ...]
    """That the table is a part, or a copy of the last one; mostly none."""
    groups: tuple[ChangeGroup, ...]
    """Empty groups left out."""
    step_counts: str
    """How the announcements came out of which this table could tell; empty without any."""
    steps: tuple[StepRow, ...]
    overview: Link
    previous: Link | None
    """Changes of the period before."""
    latest: Link
    """The district's newest period: the page stays the same when another comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesBlock:
    """The overview's short answer to: what changed?"""

    sentence: str
    counts: tuple[tuple[str, int, str], ...]
    """Word, number of tasks, address of their list; none for a year's first period."""
    link: Link | None
    """To all of them; None for a year's first period."""


def make_changes_pages(frame: Frame) -> list[Page]:
    """A page for every period of every district; the first one says that there is nothing before it."""
    return [
        make_page("pages/changes.html", _make_view(frame, district, overview))
        for district in frame.report.districts
        for overview in district.overviews
    ]


def make_changes_block(frame: Frame, district: DistrictReport, overview: Overview) -> ChangesBlock:
    """The block for one overview."""
    found, words = _change_set(district, overview), frame.words
    url = addresses.changes_url(district.district.id, overview.period)
    counts = tuple(
        (words(f"history.group.{change.value}"), number, f"{url}#{change.value}")
        for change in _SUMMARY
        if found and (number := len(found.having(change)))
    )
    link = Link(label=words("history.all_changes"), url=url) if found else None
    return ChangesBlock(sentence=_sentence(found, overview, words), counts=counts, link=link)


def _change_set(district: DistrictReport, overview: Overview) -> ChangeSet | None:
    before = previous_overview(district, overview.period)
    return make_change_set(before, overview) if before else None


def _make_view(frame: Frame, district: DistrictReport, overview: Overview) -> ChangesView:
    words, found = frame.words, district.district
    changes = _change_set(district, overview)
    before = previous_overview(district, overview.period)
    period = format_period(overview.period, words)
    start = None if changes else make_year_start(frame, district, overview)
    groups = _make_groups(frame, district, changes) if changes else start.groups if start else ()
    heading = words("history.heading", district=found.name, period=period)
    sentence = start.sentence if start else _sentence(changes, overview, words) + _movements(changes, words)
    head = make_head(
        frame,
        url=addresses.changes_url(found.id, overview.period),
        heading=heading,
        kind=PageKind.COLUMN,
        column=words("history.column", period=period),
        column_type=words("pages.meta.work_type"),
        description=sentence,
        dates=period_dates(frame.config, overview, overview.as_of, words),
        district=district,
        tab="changes",
        keywords=(found.name, period),
    )
    return ChangesView(
        head=head,
        sentence=sentence,
        notes=make_period_notes(district, overview, words),
        groups=groups,
        step_counts=format_step_counts(list_told(district, overview.period), words),
        steps=tuple(_make_steps(district, overview, words)),
        overview=Link(label=period, url=addresses.period_url(found.id, overview.period)),
        previous=_changes_link(found.id, before, words),
        latest=Link(label=found.name, url=addresses.district_url(found.id)),
    )


def _make_steps(district: DistrictReport, overview: Overview, words: Words) -> Iterator[StepRow]:
    """In the order of the table, under the titles of then."""
    for figures in overview.tasks:
        for result in district.steps.get(figures.task.id, ()):
            if result.judged == overview.period:
                yield make_step_row(figures.task, result, words)


def _changes_link(district: str, overview: Overview | None, words: Words) -> Link | None:
    if overview is None:
        return None
    period = format_period(overview.period, words)
    return Link(
        label=words("history.column", period=period), url=addresses.changes_url(district, overview.period)
    )


def _sentence(changes: ChangeSet | None, overview: Overview, words: Words) -> str:
    period = format_period(overview.period, words)
    if changes is None:
        return words("history.first", period=period, year=overview.period.year)
    before = format_period(changes.before.period, words)
    return words(
        "history.sentence",
        period=period,
        before=before,
        n=changes.news,
        all=len(overview.tasks),
        rest=len(overview.tasks) - changes.news,
        repeated=changes.only_repeated,
    )


def _movements(changes: ChangeSet | None, words: Words) -> str:
    """How many moved on and how many did not; adds up to the period's tasks. Empty where none can be told."""
    if changes is None or changes.movements[None] == len(changes.after.tasks):
        return ""
    found = changes.movements
    return words("history.space") + words(
        "history.movements", rest=found[None], **{m.value: found[m] for m in Movement}
    )


def _make_groups(frame: Frame, district: DistrictReport, changes: ChangeSet) -> tuple[ChangeGroup, ...]:
    words = frame.words
    groups = []
    for change in KINDS:
        period = changes.after.period
        rows = tuple(_make_row(frame, district, task, change, period) for task in changes.having(change))
        if rows:
            title = words(f"history.group.{change.value}")
            note = words(f"history.note.{change.value}")
            groups.append(ChangeGroup(key=change.value, title=title, note=note, rows=rows))
    return tuple(groups)


def _successors(district: DistrictReport, task: str, period: Period) -> list[str]:
    """What the task had become by ``period``: what came of it later changes no published page."""
    found = district.tracks[task].task.succeeded_by
    tracks = ((name, district.tracks[name]) for name in found if name in district.tracks)
    return [
        name for name, track in tracks if track.reported and track.reported[0].period.order <= period.order
    ]


def _title_of(task: Task, period: Period, words: Words) -> str:
    """The task's title of then, with its year where that is another: equal titles are told apart."""
    title = task.at(period).title
    return title if task.year == period.year else words("years.of", title=title, year=task.year)


def _make_row(
    frame: Frame, district: DistrictReport, change: TaskChange, kind: Change, period: Period
) -> ChangeRow:
    words, task = frame.words, change.task
    figures = change.after or change.before
    assert figures is not None
    titles = {t.id: t for t in district.district.tasks}
    others = task.carried_over_from if kind is Change.NEW else _successors(district, task.id, period)
    return ChangeRow(
        id=task.id,
        link=Link(label=task.title, url=addresses.task_url(task.id)),
        number_word=format_task_number(task, words),
        who=format_departments(task, words),
        standing=figures.standing,
        standing_word=format_standing(figures.standing, words),
        details=make_details(kind, change, words),
        links=tuple(
            Link(label=_title_of(titles[i], period, words), url=addresses.task_url(i))
            for i in others
            if i in titles
        )
        if kind in (Change.NEW, Change.GONE)
        else (),
    )
