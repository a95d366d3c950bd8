"""The places that a district's texts name: an index, and a page for each with the sentences that name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.figures import DistrictReport, Overview, Standing
from generator.language.lexicon import load
from generator.model import Task, addresses
from generator.site.named_places import NamedPlace, PlaceMention
from generator.site.views.page_view import Head, Link, Page, PageKind, make_page, period_dates
from generator.site.views.phones import PhoneEntry, make_contact
from generator.site.views.site_frame import Frame, make_head
from generator.site.views.source_pages import RECEIVED_STYLE
from generator.wording import Words, format_period, format_standing, format_task_number


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGroup:
    """Places of one sort."""

    kind: str
    word: str
    places: tuple[tuple[Link, int], ...]
    """Each with the number of its tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesView:
    """Every place of a district."""

    head: Head
    count: int
    groups: tuple[PlaceGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingSentence:
    """A sentence to the letter, with the place in it."""

    word: str
    """Where it stands: 承诺, 2025年第二季度推进情况 …"""
    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTask:
    """A task that names the place."""

    id: str
    link: Link
    standing: Standing
    standing_word: str
    sentences: tuple[NamingSentence, ...]
    phones: tuple[PhoneEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """Everything the tables say of one place."""

    head: Head
    word: str
    """What sort of place it is."""
    tasks: tuple[PlaceTask, ...]
    department: Link | None
    """The office of that name, a subdistrict's."""


def make_place_pages(frame: Frame) -> list[Page]:
    """Index and pages of every district whose texts name a place."""
    pages = []
    for district in frame.report.districts:
        overview, places = district.newest, frame.places.get(district.district.id, ())
        if overview and places:
            pages.append(make_page("pages/places.html", _make_index(frame, district, overview, places)))
            pages += [
                make_page("pages/place.html", _make_place(frame, district, overview, place))
                for place in places
            ]
    return pages


def _make_index(
    frame: Frame, district: DistrictReport, overview: Overview, places: Sequence[NamedPlace]
) -> PlacesView:
    words, name = frame.words, district.district.name
    groups = []
    for kind in load("places"):
        own = sorted((place for place in places if place.kind == kind), key=lambda place: place.slug)
        rows = tuple((_link(district, place), _count(place)) for place in own)
        if rows:
            groups.append(PlaceGroup(kind=kind, word=words(f"places.kind.{kind}"), places=rows))
    head = make_head(
        frame,
        url=addresses.places_url(district.district.id),
        heading=words("places.heading", district=name),
        kind=PageKind.COLUMN,
        column=words("places.column"),
        column_type=words("pages.meta.work_type"),
        description=words("places.description", district=name, n=len(places)),
        title_column=words("places.column"),
        dates=period_dates(frame.config, overview, frame.newest, words),
        district=district,
        tab="places",
    )
    return PlacesView(head=head, count=len(places), groups=tuple(groups))


def _link(district: DistrictReport, place: NamedPlace) -> Link:
    return Link(label=place.name, url=addresses.place_url(district.district.id, place.slug))


def _count(place: NamedPlace) -> int:
    return len({mention.task.id for mention in place.mentions})


def _make_place(frame: Frame, district: DistrictReport, overview: Overview, place: NamedPlace) -> PlaceView:
    words, found = frame.words, district.district
    word = words(f"places.kind.{place.kind}")
    column = Link(label=words("places.column"), url=addresses.places_url(found.id))
    head = make_head(
        frame,
        url=addresses.place_url(found.id, place.slug),
        heading=words("places.heading_of", name=place.name),
        kind=PageKind.ARTICLE,
        column=words("places.column_of", district=found.name),
        column_type=words("pages.meta.work_type"),
        description=words("places.description_of", name=place.name, district=found.name, n=_count(place)),
        trail=(column,),
        dates=period_dates(frame.config, overview, frame.newest, words),
        district=district,
        tab="places",
        keywords=(found.name, place.name),
        has_feed=any(mention.task.updates for mention in place.mentions),
    )
    by_task: dict[str, list[PlaceMention]] = {}
    for mention in place.mentions:
        by_task.setdefault(mention.task.id, []).append(mention)
    office = next((d for d in found.departments if place.name in (d.name, *d.aliases)), None)
    department = (
        Link(label=office.name, url=addresses.department_url(found.id, office.slug)) if office else None
    )
    tasks = tuple(_make_task(district, own, words) for own in by_task.values())
    head = replace(head, styles=(RECEIVED_STYLE,))
    return PlaceView(head=head, word=word, tasks=tasks, department=department)


def _make_task(district: DistrictReport, mentions: Sequence[PlaceMention], words: Words) -> PlaceTask:
    task: Task = mentions[0].task
    standing = district.tracks[task.id].newest.standing
    label = f"{format_task_number(task, words)} {task.title}"
    return PlaceTask(
        id=task.id,
        link=Link(label=label, url=addresses.task_url(task.id)),
        standing=standing,
        standing_word=format_standing(standing, words),
        sentences=tuple(_make_sentence(mention, words) for mention in mentions),
        phones=tuple(make_contact(contact, district.district) for contact in task.contacts),
    )


def _make_sentence(mention: PlaceMention, words: Words) -> NamingSentence:
    period = format_period(mention.period, words) if mention.period else ""
    return NamingSentence(
        word=words(f"places.{mention.field}", period=period),
        before=mention.before,
        name=mention.name,
        after=mention.after,
    )
