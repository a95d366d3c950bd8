"""Every text of a site with the file and field that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from generator.base.paths import SITE_FILE, corrections_file, district_file, task_file
from generator.model.district import District
from generator.model.settings import Site

_ELSEWHERE = ("tasks", "corrections")


def find_site_texts(site: Site) -> Iterator[tuple[str, str, str]]:
    """File, field and text: ``content/ceshi/2025/001.yaml``, ``targets[0].metric``, ``新增座椅``."""
    yield from ((SITE_FILE, field, text) for field, text in find_texts(site.config))
    for district in site.districts:
        yield from _find_district_texts(district)


def _find_district_texts(district: District) -> Iterator[tuple[str, str, str]]:
    path = district_file(district.id)
    for each in fields(district):
        if each.name not in _ELSEWHERE:
            found = find_texts(getattr(district, each.name), each.name)
            yield from ((path, field, text) for field, text in found)
    for task in district.tasks:
        path = task_file(task.id)
        yield from ((path, field, text) for field, text in find_texts(task))
    path = corrections_file(district.id)
    yield from ((path, field, text) for field, text in find_texts(district.corrections, "corrections"))


def find_texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Field and text of every string inside a frozen value: ``updates[0].progress``, ``已建成。``."""
    if type(value) is str:
        yield name, value
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from find_texts(part, f"{name}[{index}]")
    elif is_dataclass(value):
        for each in fields(value):
            yield from find_texts(getattr(value, each.name), f"{name}.{each.name}" if name else each.name)
