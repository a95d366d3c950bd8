"""One district: its directory of departments, its received tables, its tasks and corrections."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model.kinds import DepartmentKind
from generator.model.period import Period
from generator.model.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """One body in a district's directory."""

    name: str
    """Canonical name."""
    slug: str
    """ASCII name of its page; stable for ever."""
    kind: DepartmentKind
    """bureau, subdistrict, company, public_institution or collective."""
    aliases: tuple[str, ...] = ()
    """Other names the texts use (区发改局)."""
    former_slugs: tuple[str, ...] = ()
    """Slugs of earlier names; their pages stay as pointers."""
    phones: tuple[str, ...] = ()
    """Public office numbers of the body itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """One received table of a district."""

    period: Period
    """The reporting period."""
    file: str
    """Path below the district's folder."""
    title: str | None = None
    """Title as printed above the table."""
    url: str | None = None
    """Where the office published it; None when not known."""
    published: dt.date | None = None
    """Day on which the office published it; None when not known."""
    publisher: str | None = None
    """Who published it, when other than the district's publisher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A later change to an already published period."""

    task: str
    """Task id."""
    period: Period
    """The published period that was changed."""
    date: dt.date
    """Day of the change."""
    field: str
    """Field in words of the content contract: progress, targets.t1.value …"""
    old: str | None = None
    """Words before; None when there were none."""
    new: str | None = None
    """Words after; None when they were taken away."""
    reason: str | None = None
    """Why, in the clerk's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """One district: who publishes, its bodies, its tasks."""

    id: str
    """Pinyin id from site.yaml; folder name and address part."""
    name: str
    """槐荫区."""
    code: str | None = None
    """GB/T 2260 code."""
    publisher: str | None = None
    """Office that publishes the tables."""
    area_code: str | None = None
    """Telephone area code for tel: links, e.g. 0531."""
    departments: tuple[Department, ...] = ()
    """Directory, in order of the file."""
    sources: tuple[SourceTable, ...] = ()
    """Received tables, oldest first."""
    tasks: tuple[Task, ...] = ()
    """By year and number."""
    corrections: tuple[Correction, ...] = ()
    """Oldest first."""

    def table_of(self, period: Period, file: str | None = None) -> SourceTable | None:
        """The received table of a period, that of ``file`` where it has several; None when none is listed."""
        tables = [table for table in self.sources if table.period == period]
        same = [table for table in self.sources if table.file == file]
        return next(iter((*same, *tables)), None)
