"""What became of an office, and what it came of, said on its page with links."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.figures import Overview
from generator.model import Department, DepartmentKind, District, OfficeEnd, addresses
from generator.site.views.page_view import Link
from generator.wording import Words, format_period

_MEANS_SUBDISTRICTS = re.compile("[各全].*(?:街道|镇街|街镇|乡镇)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeNote:
    """One change of an office."""

    text: str
    links: tuple[Link, ...]
    """The offices on the other side of the change."""


def make_office_notes(department: Department, district: District, words: Words) -> tuple[OfficeNote, ...]:
    """What the office has become, where it is no more, and what it came of."""
    end = _make_end(department, district, words)
    return (*((end,) if end else ()), *_make_origins(department, district, words))


def make_collective_notes(
    department: Department, overview: Overview, district: District, words: Words
) -> tuple[OfficeNote, ...]:
    """Tasks of all subdistricts together (各街道办事处), which name none of them, on the page of each."""
    if department.kind is not DepartmentKind.SUBDISTRICT:
        return ()
    loads = (load for load in overview.departments if load.department.kind is DepartmentKind.COLLECTIVE)
    return tuple(
        OfficeNote(
            text=words("pages.department.collective", n=load.totals.tasks, name=load.department.name),
            links=(office_link(load.department, district),),
        )
        for load in loads
        if _MEANS_SUBDISTRICTS.match(load.department.name)
    )


def _make_end(department: Department, district: District, words: Words) -> OfficeNote | None:
    end = department.ended
    if end is None:
        return None
    text = words(
        f"years.office.{end.how.value}",
        name=department.name,
        since=format_period(end.since, words),
        names=words("format.list").join(end.into),
    )
    followers = [d for d in district.departments if d.name in end.into]
    return OfficeNote(text=text, links=tuple(office_link(d, district) for d in followers))


def _make_origins(department: Department, district: District, words: Words) -> tuple[OfficeNote, ...]:
    """The offices that this one came of, one note a change."""
    notes: dict[OfficeEnd, list[Department]] = {}
    for before in district.forebears(department):
        assert before.ended is not None
        notes.setdefault(before.ended, []).append(before)
    return tuple(
        OfficeNote(
            text=words(
                f"years.office.from_{end.how.value}",
                name=department.name,
                since=format_period(end.since, words),
                names=words("format.list").join(d.name for d in offices),
            ),
            links=tuple(office_link(d, district) for d in offices),
        )
        for end, offices in notes.items()
    )


def office_link(department: Department, district: District) -> Link:
    """The office's page by its name."""
    return Link(label=department.name, url=addresses.department_url(district.id, department.slug))
