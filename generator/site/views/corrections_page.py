"""Later changes to published periods, in public: date, old words, new words, why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from generator.figures import DistrictReport, TextPiece, compare_texts
from generator.model import Correction, addresses
from generator.site.views.page_view import Head, Link, Page, PageKind, make_page, period_dates
from generator.site.views.site_frame import Frame, make_head
from generator.wording import Words, format_correction_field, format_period


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRow:
    """One change."""

    anchor: str
    date: dt.date
    task: Link
    task_id: str
    period: Link
    field: str
    """In words."""
    old: str | None
    """None when there were none."""
    new: str | None
    """None when they were taken away."""
    pieces: tuple[TextPiece, ...]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsView:
    """Every change of a district, newest first."""

    head: Head
    sentence: str
    rows: tuple[CorrectionRow, ...]


def make_corrections_pages(frame: Frame) -> list[Page]:
    """A page for every district that has a table; it says so when there was no correction."""
    return [
        make_page("pages/corrections.html", _make_view(frame, district))
        for district in frame.report.districts
        if district.newest is not None
    ]


def _make_view(frame: Frame, district: DistrictReport) -> CorrectionsView:
    words, found = frame.words, district.district
    newest = district.newest
    assert newest is not None
    titles = {task.id: task.title for task in found.tasks}
    numbered = list(enumerate(found.corrections, 1))
    rows = tuple(
        make_correction_row(found.id, titles, number, each, words) for number, each in reversed(numbered)
    )
    sentence = words("history.corrections.sentence" if rows else "history.corrections.none", n=len(rows))
    head = make_head(
        frame,
        url=addresses.corrections_url(found.id),
        heading=words("history.corrections.heading", district=found.name),
        kind=PageKind.COLUMN,
        column=words("history.corrections.column"),
        column_type=words("pages.meta.work_type"),
        description=sentence,
        dates=period_dates(frame.config, newest, frame.newest, words),
        district=district,
        tab="corrections",
        keywords=(found.name,),
    )
    return CorrectionsView(head=head, sentence=sentence, rows=rows)


def make_correction_row(
    district: str, titles: Mapping[str, str], number: int, found: Correction, words: Words
) -> CorrectionRow:
    """One change, with links to its task and period. ``number``: its place in corrections.yaml, from 1."""
    field, rest = format_correction_field(found, words), found.field.partition(".")[2]
    known = found.task in titles
    return CorrectionRow(
        anchor=f"c{number}",
        date=found.date,
        task=Link(
            label=titles.get(found.task, found.task), url=addresses.task_url(found.task) if known else None
        ),
        task_id=found.task,
        period=Link(
            label=format_period(found.period, words), url=addresses.period_url(district, found.period)
        ),
        field=f"{field} {rest.split('.')[0]}" if rest else field,
        old=found.old,
        new=found.new,
        pieces=compare_texts(found.old, found.new) if found.old and found.new else (),
        reason=found.reason,
    )
