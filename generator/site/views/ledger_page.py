"""The ledger of texts: which bodies' tasks have a new text in which period.

It certifies nobody: tables do not say who reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.figures import (
    DistrictReport,
    LedgerCell,
    Overview,
    Reported,
    ReportingLedger,
    find_absent,
    make_ledger,
)
from generator.model import addresses
from generator.site.views.page_view import Head, Link, Page, PageKind, make_page, period_dates
from generator.site.views.period_notes import DueNote, make_due_note
from generator.site.views.site_frame import Frame, make_head
from generator.site.views.step_rows import format_step_counts, list_told
from generator.wording import Words, format_period


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """One body in one period."""

    reported: Reported
    word: str
    detail: str
    """How many tasks, how many of them say nothing new; empty for a body without tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One body."""

    link: Link
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView:
    """Bodies × periods."""

    head: Head
    sentence: str
    steps: str
    """How the last table's announcements came out; empty without any."""
    absent: tuple[str, ...]
    """Which tables never came, and why as far as somebody said."""
    due: DueNote | None
    """When the next table is due."""
    caption: str
    periods: tuple[Link, ...]
    """Oldest first."""
    rows: tuple[RowView, ...]


def make_ledger_pages(frame: Frame) -> list[Page]:
    """The ledger of every district with two tables or more: what is new cannot be known from one."""
    return [
        make_page("pages/ledger.html", _make_view(frame, district))
        for district in frame.report.districts
        if has_ledger(district)
    ]


def has_ledger(district: DistrictReport) -> bool:
    """Whether there is a period before to compare with."""
    return len(district.overviews) > 1


def _make_view(frame: Frame, district: DistrictReport) -> LedgerView:
    words, found = frame.words, district.district
    ledger = make_ledger(district)
    newest = district.newest
    assert newest is not None
    sentence = _sentence(ledger, newest, words)
    head = make_head(
        frame,
        url=addresses.ledger_url(found.id),
        heading=words("history.ledger.heading", district=found.name),
        kind=PageKind.COLUMN,
        column=words("history.ledger.column"),
        column_type=words("pages.meta.work_type"),
        description=sentence,
        dates=period_dates(frame.config, newest, frame.newest, words),
        district=district,
        tab="ledger",
        keywords=(found.name,),
    )
    return LedgerView(
        head=head,
        sentence=sentence,
        steps=format_step_counts(list_told(district, newest.period), words),
        absent=_absent(district, words),
        due=make_due_note(district, frame.config.edition, words),
        caption=words("history.ledger.caption", district=found.name),
        periods=tuple(
            Link(label=format_period(o.period, words), url=addresses.period_url(found.id, o.period))
            for o in ledger.overviews
        ),
        rows=tuple(_make_rows(district, ledger, words)),
    )


def _sentence(ledger: ReportingLedger, newest: Overview, words: Words) -> str:
    counts = Counter(row.cells[-1].reported for row in ledger.rows if row.cells)
    return words(
        "history.ledger.sentence",
        period=format_period(newest.period, words),
        n=counts.total() - counts[Reported.NONE],
        news=counts[Reported.NEWS],
        repeated=counts[Reported.REPEATED],
        silent=counts[Reported.SILENT],
    )


def _make_rows(district: DistrictReport, ledger: ReportingLedger, words: Words) -> Iterator[RowView]:
    """A row a department; one without tasks of its own has no page to lead to."""
    bodies = {load.department.name for o in district.overviews for load in o.departments}
    for row in ledger.rows:
        url = addresses.department_url(district.district.id, row.department.slug)
        link = Link(label=row.department.name, url=url if row.department.name in bodies else None)
        yield RowView(link=link, cells=tuple(_make_cell(cell, words) for cell in row.cells))


def _absent(district: DistrictReport, words: Words) -> tuple[str, ...]:
    reasons = {each.period: each.reason for each in district.district.absent}
    return tuple(
        words(
            "years.period.absent_reason" if period in reasons else "years.period.absent",
            period=format_period(period, words),
            reason=reasons.get(period, ""),
        )
        for period in find_absent(district.district)
    )


def _make_cell(cell: LedgerCell, words: Words) -> CellView:
    word = words(f"history.ledger.{cell.reported.value}")
    if cell.reported is Reported.NONE:
        return CellView(reported=cell.reported, word=word, detail="")
    parts = [words("history.ledger.reporting", n=cell.tasks, reporting=cell.reporting)]
    if cell.repeated:
        parts.append(words("history.ledger.same", n=cell.repeated))
    if cell.empty:
        parts.append(words("history.ledger.empty", n=cell.empty))
    return CellView(reported=cell.reported, word=word, detail=words("pages.comma").join(parts))
