"""One district: its directory of departments, its received tables, its tasks and corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model.kinds import DepartmentKind, Name, OfficeChange, WebAddress
from generator.model.period import Period
from generator.model.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeEnd:
    """How an office ended; pages of earlier periods go on calling it by its name of then."""

    since: Period
    """First period in which there is no such office any more."""
    how: OfficeChange
    """renamed, merged, split or abolished."""
    into: tuple[str, ...] = ()
    """Names of the offices that took its place; none for an office that was abolished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of office: the years whose promises are added up."""

    first: int
    """First year."""
    last: int
    """Last year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentTable:
    """A table that never came, with what the office says of it."""

    period: Period
    """The period that has no table."""
    reason: str
    """Why, in the clerk's words."""


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
    ended: OfficeEnd | None = None
    """None while the office exists."""

    def is_ended(self, period: Period) -> bool:
        """Whether the office was no more in ``period``."""
        return self.ended is not None and self.ended.since.order <= period.order


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """One received table of a district."""

    period: Period
    """The reporting period."""
    file: Name
    """Path below the district's folder."""
    title: Name | None = None
    """Title as printed above the table."""
    url: WebAddress | None = None
    """Where the office published it; None when not known."""
    published: dt.date | None = None
    """Day on which the office published it; None when not known."""
    publisher: Name | None = None
    """Who published it, when other than the district's publisher."""
    partial: bool = False
    """Whether it holds only some of the tasks; the others are not gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A later change to an already published period."""

    task: Name
    """Task id."""
    period: Period
    """The published period that was changed."""
    date: dt.date
    """Day of the change."""
    field: Name
    """Field in words of the content contract: progress, targets.t1.value …; ``row`` for a whole row."""
    old: str | None = None
    """Words before; None when there were none."""
    new: str | None = None
    """Words after; None when they were taken away."""
    reason: str | None = None
    """Why, in the clerk's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedFigure:
    """Words of a progress text that a person read and did not take as the answer to a target."""

    task: str
    """Task id."""
    period: Period
    """The reporting period."""
    target: str
    """Id of the target that it does not answer."""
    quotes: tuple[str, ...]
    """The words, verbatim."""
    reason: str
    """Why not, in the person's words."""


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
    terms: tuple[Term, ...] = ()
    """Terms of office, oldest first."""
    absent: tuple[AbsentTable, ...] = ()
    """Tables that never came, as far as somebody said why."""
    next_expected: dt.date | None = None
    """Day by which the next table is to be published; None where nobody named one."""
    unused: tuple[UnusedFigure, ...] = ()
    """Figures that review.yaml rejects, in the order of the file."""

    def table_of(self, period: Period, file: str | None = None) -> SourceTable | None:
        """The received table of a period, that of ``file`` where it has several; None when none is listed."""
        tables = [table for table in self.sources if table.period == period]
        same = [table for table in self.sources if table.file == file]
        return next(iter((*same, *tables)), None)

    def at(self, period: Period) -> District:
        """The district with its directory of ``period``: the names of ended offices mean those that followed.

        An office that was split or abolished is left out: whom its tasks fell to, a table has to say.
        """
        heirs: dict[str, list[str]] = {}
        for department in self.departments:
            if department.is_ended(period) and (heir := self.heir(department, period)):
                heirs.setdefault(heir.name, []).extend((department.name, *department.aliases))
        departments = tuple(
            replace(d, aliases=(*d.aliases, *heirs.get(d.name, ())))
            for d in self.departments
            if not d.is_ended(period)
        )
        return replace(self, departments=departments)

    def heir(self, department: Department, period: Period | None = None) -> Department | None:
        """The one office that an ended office has become by ``period`` (by today when None)."""
        by_name = {d.name: d for d in self.departments}
        seen = {department.name}
        while department.ended and (period is None or department.is_ended(period)):
            follows = [by_name[name] for name in department.ended.into if name in by_name]
            if len(follows) != 1 or follows[0].name in seen:
                return None
            department = follows[0]
            seen.add(department.name)
        return department

    def forebears(self, department: Department) -> Iterator[Department]:
        """Ended offices that directly became this one, in the order of the directory."""
        return (d for d in self.departments if d.ended and department.name in d.ended.into)
