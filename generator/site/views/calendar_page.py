"""The calendar of a district: days that its texts of next steps name, past ones without a result first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.figures import DistrictReport, Overview, StepResult
from generator.model import StepOutcome, Task, addresses
from generator.site.views.page_view import Head, Link, Page, PageKind, make_page, period_dates
from generator.site.views.period_notes import make_due_note
from generator.site.views.site_frame import Frame, has_dated_steps, make_head
from generator.site.views.step_rows import StepRow, make_step_row
from generator.wording import format_date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarGroup:
    """Days of one kind."""

    key: str
    """past, ahead or told."""
    title: str
    note: str
    rows: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """Every day that a district's next steps name."""

    head: Head
    sentence: str
    next_table: str
    """When the next table is due, or that nobody said."""
    file: Link
    """The same for calendar programs."""
    groups: tuple[CalendarGroup, ...]
    """Empty groups left out."""


def make_calendar_pages(frame: Frame) -> list[Page]:
    """A page for every district whose texts name a day."""
    return [
        make_page("pages/calendar.html", _make_view(frame, district, district.newest))
        for district in frame.report.districts
        if district.newest is not None and has_dated_steps(district)
    ]


def sort_dated(district: DistrictReport, as_of: dt.date) -> dict[str, list[tuple[Task, StepResult]]]:
    """Dated announcements by kind, each with its task: past, ahead, told.

    Past: the day is not after ``as_of`` and no table tells a result. Nearest day first, in told the newest.
    """
    found: dict[str, list[tuple[Task, StepResult]]] = {"past": [], "ahead": [], "told": []}
    for task in district.district.tasks:
        for result in district.steps.get(task.id, ()):
            if result.step.due is not None:
                found[_kind_of(result, result.step.due.last_day, as_of)].append((task, result))
    for kind, pairs in found.items():
        pairs.sort(key=lambda pair: _day(pair[1]), reverse=kind == "told")
    return found


def _kind_of(result: StepResult, day: dt.date, as_of: dt.date) -> str:
    if result.outcome not in (None, StepOutcome.UNMENTIONED):
        return "told"
    return "past" if day <= as_of else "ahead"


def _day(result: StepResult) -> dt.date:
    assert result.step.due is not None
    return result.step.due.last_day


def _make_view(frame: Frame, district: DistrictReport, newest: Overview) -> CalendarView:
    words, found = frame.words, district.district
    by_kind = sort_dated(district, newest.as_of)
    as_of = format_date(newest.as_of, words)
    sentence = words(
        "steps.calendar.sentence",
        n=sum(map(len, by_kind.values())),
        counts=words("pages.comma").join(
            words(f"steps.calendar.count.{kind}", n=len(pairs), as_of=as_of)
            for kind, pairs in by_kind.items()
            if pairs
        ),
    )
    head = make_head(
        frame,
        url=addresses.calendar_url(found.id),
        heading=words("steps.calendar.heading", district=found.name),
        kind=PageKind.COLUMN,
        column=words("steps.calendar.column"),
        column_type=words("pages.meta.work_type"),
        description=sentence,
        dates=period_dates(frame.config, newest, frame.newest, words),
        district=district,
        tab="calendar",
        keywords=(found.name,),
    )
    groups = tuple(
        CalendarGroup(
            key=kind,
            title=words(f"steps.calendar.{kind}", as_of=as_of),
            note=words(f"steps.calendar.{kind}_note", as_of=as_of),
            rows=tuple(make_step_row(task, result, words) for task, result in pairs),
        )
        for kind, pairs in by_kind.items()
        if pairs
    )
    file = Link(label=words("steps.calendar.file"), url=addresses.calendar_file_url(found.id))
    due = make_due_note(district, None, words)
    next_table = due.text if due is not None and due.text else words("years.period.undated")
    return CalendarView(head=head, sentence=sentence, next_table=next_table, file=file, groups=groups)
