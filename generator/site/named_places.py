"""Places that a district's texts name, each with every sentence that names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.content import make_slug, make_unique
from generator.figures import DistrictReport
from generator.language.place_names import find_places
from generator.model import Period, Task

_END = re.compile(r"[。;；\n]")
_AROUND = 70
"""Most characters before and behind a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A sentence that names a place."""

    task: Task
    field: str
    """commitment, progress or next_steps."""
    period: Period | None
    """Whose table says so; None for the commitment."""
    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """One place of a district."""

    name: str
    kind: str
    """Group of the lexicon: subdistrict, community, school, hospital, park, river, road."""
    slug: str
    """ASCII name of its page."""
    mentions: tuple[PlaceMention, ...]
    """In the order of the tasks; of equal sentences the first."""


def find_district_places(report: DistrictReport) -> tuple[NamedPlace, ...]:
    """Every place that the tasks of a district name, in the order of the texts; none without a table."""
    district = report.district
    if report.newest is None:
        return ()
    mentions: dict[tuple[str, str], dict[tuple[str, str], PlaceMention]] = {}
    for task in district.tasks:
        for field, period, text in _texts(task):
            for found in find_places(text):
                before, after = _cut_sentence(text, found.start, found.end)
                mention = PlaceMention(
                    task=task, field=field, period=period, before=before, name=found.name, after=after
                )
                sentence = _sentence_at(text, found.start)
                mentions.setdefault((found.name, found.kind), {}).setdefault((task.id, sentence), mention)
    taken: set[str] = {"index"}
    places = []
    for (name, kind), own in mentions.items():
        slug = make_unique(make_slug(name), taken)
        taken.add(slug)
        places.append(NamedPlace(name=name, kind=kind, slug=slug, mentions=tuple(own.values())))
    return tuple(places)


def _texts(task: Task) -> Iterator[tuple[str, Period | None, str]]:
    yield "commitment", None, task.commitment
    for update in reversed(task.updates):
        yield "progress", update.period, update.progress or ""
        if update.next_steps_from is None:
            yield "next_steps", update.period, update.next_steps or ""


def _sentence_at(text: str, offset: int) -> str:
    return _END.split(text[:offset])[-1] + _END.split(text[offset:])[0]


def _cut_sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a name in its sentence, at most ``_AROUND`` characters each."""
    before = _END.split(text[:start])[-1].lstrip()
    after = _END.split(text[end:])[0].rstrip()
    cut = before if len(before) <= _AROUND else "…" + before[-_AROUND:]
    return cut, after if len(after) <= _AROUND else after[:_AROUND] + "…"
