"""The catalogue of open data: what there is, in which formats, how good it is, on which terms."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model import addresses
from generator.site.views.page_view import Dates, Head, Link, Page, PageKind, make_page
from generator.site.views.site_frame import Frame, make_head
from generator.wording import format_date, format_period, format_publisher, join_list


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """One file of a data set."""

    url: str
    """Site path."""
    format: str
    """CSV, JSON or XLSX."""
    size: int
    """Bytes."""
    sha256: str

    @property
    def size_text(self) -> str:
        """The size as people read it: 12 KB, 1.4 MB."""
        if self.size < 1_000_000:
            return f"{max(1, round(self.size / 1000))} KB"
        return f"{self.size / 1_000_000:.1f} MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataField:
    """One column of a data set."""

    name: str
    kind: str
    """In words: 文字, 整数, 数值, 日期, 是或否."""
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """One data set of the catalogue."""

    name: str
    """File name without suffix."""
    title: str
    description: str
    rows: int
    files: tuple[DataFile, ...]
    fields: tuple[DataField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityLine:
    """One measured property of the data (GB/T 36344)."""

    key: str
    """normative, complete, accurate, consistent, timely or accessible, and what was measured."""
    title: str
    value: str
    """As shown: 100.0%, 20天."""
    note: str
    """How it was measured, with its counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodLine:
    """One published period of a district: the change log of the data."""

    district: str
    as_of: dt.date
    tasks: int
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """data/index.html."""

    head: Head
    datasets: tuple[DataSet, ...]
    workings: DataFile | None
    """The workings of every figure; None when the site computes none."""
    describing: tuple[DataFile, ...]
    """datapackage.json, catalogue.json, quality.json."""
    facts: tuple[tuple[str, str], ...]
    """What a catalogue of public information states (government-pages.md C-11, H-02): label and value."""
    quality: tuple[QualityLine, ...]
    periods: tuple[PeriodLine, ...]
    """Oldest first within a district."""
    editions: tuple[Link, ...]
    """Offline zips and single files; empty where the build makes none."""


def make_data_page(
    frame: Frame,
    *,
    datasets: tuple[DataSet, ...],
    workings: DataFile | None,
    describing: tuple[DataFile, ...],
    quality: tuple[QualityLine, ...],
    editions: tuple[Link, ...] = (),
) -> Page:
    """The page of the catalogue, from what ``publish`` made."""
    words = frame.words
    head = make_head(
        frame,
        url=addresses.DATA,
        heading=words("publish.data.heading"),
        kind=PageKind.COLUMN,
        column=words("publish.data.heading"),
        column_type=words("publish.data.column_type"),
        description=words("publish.data.description", site=frame.config.title),
        dates=Dates(made=frame.config.edition, newest=frame.newest),
    )
    view = DataView(
        head=head,
        datasets=datasets,
        workings=workings,
        describing=describing,
        facts=make_facts(frame),
        quality=quality,
        periods=_make_periods(frame),
        editions=editions,
    )
    return make_page("pages/data.html", view)


def make_facts(frame: Frame) -> tuple[tuple[str, str], ...]:
    """Label and value of what a catalogue of public information states."""
    words, config = frame.words, frame.config
    publishers = [format_publisher(d.district, None) for d in frame.report.districts]
    updated = config.edition or frame.newest
    values = {
        "provider": config.publisher or join_list(publishers, words),
        "updated": format_date(updated, words) if updated else words("publish.data.none"),
        "subject": join_list(config.breadcrumb, words),
    }
    names = ("subject", "content", "basis", "limit", "body", "channel", "audience", "way", "level")
    shown = (*names, "provider", "frequency", "updated", "openness", "terms")
    return tuple(
        (words(f"publish.facts.{n}.label"), words(f"publish.facts.{n}.value", **values)) for n in shown
    )


def _make_periods(frame: Frame) -> tuple[PeriodLine, ...]:
    return tuple(
        PeriodLine(
            district=each.district.name,
            as_of=overview.as_of,
            tasks=overview.totals.tasks,
            link=Link(
                label=format_period(overview.period, frame.words),
                url=addresses.period_url(each.district.id, overview.period),
            ),
        )
        for each in frame.report.districts
        for overview in each.overviews
    )
