"""The leaders' brief: a district on two A4 pages, a department on one. Word gets the same view.

How much fits is decided here, in lines of the printed page, so that the count of pages never depends on the
content; what does not fit is counted and the count is printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from generator.figures import (
    STALLED,
    WEAKEST_FIRST,
    DepartmentLoad,
    DistrictReport,
    Overview,
    Standing,
    TaskFigures,
)
from generator.model import Department, addresses
from generator.site.views.brief_rows import (
    BriefBody,
    BriefChange,
    BriefLine,
    BriefTask,
    make_body,
    make_brief_task,
    make_change,
    make_line,
)
from generator.site.views.card_views import Count, count_tasks, make_counts
from generator.site.views.finding_views import (
    FindingViews,
    UnreportedRow,
    make_finding_views,
    make_lead,
    plain_count,
)
from generator.site.views.page_view import Head, Link, Page, PageKind, period_dates
from generator.site.views.page_view import make_page as _make_page
from generator.site.views.site_frame import Frame, make_head
from generator.site.views.step_rows import format_step_counts, list_told
from generator.wording import (
    Words,
    format_date,
    format_percent,
    format_period,
    format_plain_number,
    format_standing,
    format_task_number,
)

T = TypeVar("T", BriefTask, BriefChange, BriefLine, BriefBody)

_REACHING = (Standing.NEAR_SCHEDULE, Standing.ON_SCHEDULE, Standing.AHEAD)
"""Standings of measured tasks that are neither behind nor done."""

_FIRST_LINES = Fraction(38)
"""Lines of the first page for its two lists, headings and table heads aside, with margins of 2 cm."""
_SECOND_LINES = Fraction(45)
"""Lines of the second page for its four lists, the same."""
_BODY_LINES = Fraction(37)
"""Lines of a department's page for its list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of the brief with what did not fit."""

    tasks: tuple[BriefTask, ...]
    more: int
    """How many more there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefView:
    """One district, or one department of it, in its newest period."""

    head: Head
    sentence: str
    counts: tuple[Count, ...]
    standings: tuple[tuple[int, str], ...]
    """The columns of the departments' table: place in a body's counts and word; empty columns left out."""
    attention: Listing
    """Behind schedule and not begun, weakest first."""
    measured: Listing
    """The other tasks with a comparable target, weakest first."""
    kept: tuple[BriefLine, ...]
    """Promised numbers that are reached for the whole year."""
    kept_more: int
    silent: tuple[BriefLine, ...]
    """Tasks with promised numbers and none reported, with the words that stand instead."""
    silent_more: int
    unmeasured: int
    """Tasks that promise no number."""
    others: Listing
    """A department's remaining tasks; empty for a district."""
    changes: tuple[BriefChange, ...]
    changes_more: int
    changes_note: str | None
    """That nothing changed; None when something did, or when there is no period before."""
    bodies: tuple[BriefBody, ...]
    bodies_more: int
    docx_url: str
    back: Link
    """The overview or the department's page."""
    note: str
    """Where the figures come from and what they are not."""
    notice: str | None
    """That this is no government site; None when it is one."""


def make_brief_pages(frame: Frame) -> list[Page]:
    """A brief of each district that has a table, and of each of its departments."""
    pages: list[Page] = []
    for each in frame.report.districts:
        overview = each.newest
        if overview is not None:
            pages.append(_make_page("pages/brief.html", make_district_brief(frame, each, overview)))
            pages += [
                _make_page("pages/department_brief.html", make_department_brief(frame, each, overview, load))
                for load in overview.departments
            ]
    return pages


def make_district_brief(frame: Frame, each: DistrictReport, overview: Overview) -> BriefView:
    """The brief of a district: two pages."""
    words, district = frame.words, overview.district
    tasks = [make_brief_task(task, overview, words) for task in sort_weakest(overview.tasks)]
    attention, measured = _share(
        [task for task in tasks if task.standing in (Standing.BEHIND, *STALLED)],
        [task for task in tasks if task.target and task.standing in _REACHING],
        _FIRST_LINES,
    )
    found = make_finding_views(overview.tasks, district, words)
    kept = _fit(kept_lines := _make_kept(found, words), _SECOND_LINES / 4)
    changes, note = compare_periods(each, overview, words)
    moved = _fit(changes, (_SECOND_LINES - _lines_of(kept)) / 3)
    silent_lines = [_make_silent(row, words) for row in found.unreported]
    silent = _fit(silent_lines, (_SECOND_LINES - _lines_of(kept) - _lines_of(moved)) * 2 / 3)
    rest = _SECOND_LINES - _lines_of(kept) - _lines_of(moved) - _lines_of(silent)
    weak = [load for load in sort_bodies(overview.departments) if _weak(load)]
    bodies = [make_body(load, district.id) for load in weak]
    kept_bodies = _fit(bodies, rest)
    name = words("brief.district", district=district.name)
    head = _make_brief_head(
        frame, each, overview, addresses.brief_url(district.id), name, words("brief.column")
    )
    return BriefView(
        head=head,
        sentence=make_sentence(overview.tasks, overview, words)
        + format_step_counts(list_told(each, overview.period), words),
        counts=make_counts(overview.totals.standings, words),
        standings=_standing_words(kept_bodies, words),
        attention=attention,
        measured=measured,
        kept=kept,
        kept_more=len(kept_lines) - len(kept),
        silent=silent,
        silent_more=len(silent_lines) - len(silent),
        unmeasured=len(found.unmeasured),
        others=Listing(tasks=(), more=0),
        changes=moved,
        changes_more=len(changes) - len(moved),
        changes_note=note,
        bodies=kept_bodies,
        bodies_more=len(bodies) - len(kept_bodies),
        docx_url=addresses.brief_url(district.id).replace(".html", ".docx"),
        back=Link(label=words("brief.to_overview"), url=addresses.district_url(district.id)),
        note=_make_note(overview, frame, words),
        notice=None if frame.config.identity else words("brief.unofficial"),
    )


def make_department_brief(
    frame: Frame, each: DistrictReport, overview: Overview, load: DepartmentLoad
) -> BriefView:
    """The brief of a department: one page."""
    words, district, body = frame.words, overview.district, load.department
    own_name = body.name.removeprefix(district.name[-1:])
    return make_list_brief(
        frame,
        each,
        overview,
        (*load.led, *load.unstated, *load.joined),
        url=addresses.department_brief_url(district.id, body.slug),
        name=words("brief.department", district=district.name, department=own_name),
        back=Link(label=words("brief.to_department"), url=addresses.department_url(district.id, body.slug)),
        own=body,
    )


def make_list_brief(
    frame: Frame,
    each: DistrictReport,
    overview: Overview,
    tasks: Iterable[TaskFigures],
    *,
    url: str,
    name: str,
    back: Link,
    own: Department | None = None,
) -> BriefView:
    """The brief of some of a district's tasks: one page, the weakest first.

    own: the department whose sheet it is; its name is left out of its rows.
    """
    words = frame.words
    weakest = sort_weakest(tasks)
    rows = [make_brief_task(task, overview, words, own=own) for task in weakest]
    kept = _fit(rows, _BODY_LINES)
    empty = Listing(tasks=(), more=0)
    return BriefView(
        head=_make_brief_head(frame, each, overview, url, name, words("brief.column")),
        sentence=make_sentence(weakest, overview, words),
        counts=count_tasks(weakest, words),
        standings=(),
        attention=empty,
        measured=empty,
        kept=(),
        kept_more=0,
        silent=(),
        silent_more=0,
        unmeasured=0,
        others=Listing(tasks=kept, more=len(rows) - len(kept)),
        changes=(),
        changes_more=0,
        changes_note=None,
        bodies=(),
        bodies_more=0,
        docx_url=url.replace(".html", ".docx"),
        back=back,
        note=_make_note(overview, frame, words),
        notice=None if frame.config.identity else words("brief.unofficial"),
    )


def _make_brief_head(
    frame: Frame, each: DistrictReport, overview: Overview, url: str, name: str, column: str
) -> Head:
    period = format_period(overview.period, frame.words)
    head = make_head(
        frame,
        url=url,
        heading=frame.words("brief.heading", name=name, period=period),
        kind=PageKind.ARTICLE,
        column=column,
        column_type=frame.words("brief.column_type"),
        description=frame.words("brief.description", name=name, period=period),
        dates=period_dates(frame.config, overview, frame.newest, frame.words),
        district=each,
        tab="brief",
    )
    return replace(head, styles=("static/brief.css",), body_class="is-brief")


def sort_weakest(tasks: Iterable[TaskFigures]) -> list[TaskFigures]:
    """By standing from bad to good, within it by distance from the schedule, then by number."""
    return sorted(tasks, key=lambda t: (WEAKEST_FIRST.index(t.standing), _gap(t), t.task.number))


def _gap(task: TaskFigures) -> Fraction:
    return (task.weakest.gap_points or Fraction(0)) if task.weakest else Fraction(0)


def sort_bodies(loads: Sequence[DepartmentLoad]) -> list[DepartmentLoad]:
    """Most tasks behind or not begun first, then most tasks."""
    return sorted(loads, key=lambda load: (-_weak(load), -load.totals.tasks))


def _weak(load: DepartmentLoad) -> int:
    standings = load.totals.standings
    return sum(standings[standing] for standing in (Standing.BEHIND, *STALLED))


def make_sentence(tasks: Sequence[TaskFigures], overview: Overview, words: Words) -> str:
    """The figures in one plain sentence."""
    counted = Counter(task.standing for task in tasks)
    return words(
        "brief.sentence",
        lead=str(make_lead(tasks, words, plain_count).striptags()),
        done=counted[Standing.DONE],
        stalled=sum(counted[standing] for standing in STALLED),
        as_of=format_date(overview.as_of, words),
        schedule=format_percent(overview.schedule),
    )


def _standing_words(bodies: Sequence[BriefBody], words: Words) -> tuple[tuple[int, str], ...]:
    """Place among the standings and word of those that any of the bodies has."""
    return tuple(
        (place, format_standing(standing, words))
        for place, standing in enumerate(Standing)
        if any(body.counts[place] for body in bodies)
    )


def compare_periods(
    each: DistrictReport, overview: Overview, words: Words
) -> tuple[list[BriefChange], str | None]:
    """What changed since the period before within the year; and that nothing did, where one is before."""
    place = each.overviews.index(overview)
    before = each.overviews[place - 1] if place else None
    if before is None or before.period.year != overview.period.year:
        return [], None
    earlier = {task.task.id: task for task in before.tasks}
    found = [make_change(task, earlier.get(task.task.id), words) for task in sort_weakest(overview.tasks)]
    changes = [change for change in found if change]
    period = format_period(before.period, words)
    return changes, None if changes else words("brief.no_changes", period=period)


def _make_note(overview: Overview, frame: Frame, words: Words) -> str:
    points = format_plain_number(frame.config.on_schedule_points)
    return words("brief.note", schedule=format_percent(overview.schedule), points=points)


def _fit(rows: Sequence[T], lines: Fraction) -> tuple[T, ...]:
    """As many rows from the front as ``lines`` hold."""
    kept: list[T] = []
    for row in rows:
        lines -= row.lines
        if lines < 0:
            break
        kept.append(row)
    return tuple(kept)


def _share(first: list[BriefTask], second: list[BriefTask], lines: Fraction) -> tuple[Listing, Listing]:
    """The lines of the first page: the first list takes what it needs, the second what is left."""
    kept = _fit(first, lines)
    rest = _fit(second, lines - sum((task.lines for task in kept), Fraction(0)))
    return Listing(tasks=kept, more=len(first) - len(kept)), Listing(tasks=rest, more=len(second) - len(rest))


def _lines_of(rows: Sequence[BriefLine | BriefChange]) -> Fraction:
    return sum((row.lines for row in rows), Fraction(0))


def _make_kept(found: FindingViews, words: Words) -> list[BriefLine]:
    """Promised numbers reached for the whole year, one line each."""
    lines = []
    for pair, row in zip(found.totals.kept, found.kept, strict=True):
        text = words("brief.kept_line", actual=row.target.actual or "", goal=row.target.goal, who=row.who)
        number = format_task_number(pair.task.task, words)
        lines.append(make_line(pair.task.task.id, row.target.url, number, row.target.metric, text))
    return lines


def _make_silent(row: UnreportedRow, words: Words) -> BriefLine:
    """One task whose promised number has no reported one."""
    quoted = words("pages.task.quoted", quote=row.text) if row.text else words("pages.finding.empty")
    text = words("brief.silent_line", words=quoted, who=row.who)
    return make_line(row.id, row.url, row.number_word, row.promises, text)
