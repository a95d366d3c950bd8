"""An office's new name: in the directory, in every task, with the old name and the old address kept alive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.base.errors import IngestError, Problem
from generator.base.messages import Message
from generator.base.paths import DISTRICT_FILE, district_file, task_file
from generator.base.places import Place
from generator.content import DistrictFile, make_departments, make_slug, make_unique, parse_district_file
from generator.content.yaml_rewrite import rewrite_district, rewrite_task
from generator.model import Assignment, District, Task


def rename_department(district: District, files: Mapping[str, bytes], old: str, new: str) -> dict[str, bytes]:
    """Files that change when ``old`` is called ``new`` from now on; nothing else in them is touched.

    The old name becomes an alias, the old slug a former one, whose page points to the new one.
    Raises: IngestError for a name that is not there or is taken.
    """
    path = district_file(district.id)
    entry = parse_district_file(files[path], path)
    changes = {path: rewrite_district(files[path].decode(), entry, _renamed(entry, old, new)).encode()}
    for task in district.tasks:
        after = _in_task(task, old, new)
        if after != task:
            name = task_file(task.id)
            changes[name] = rewrite_task(files[name].decode(), task, after).encode()
    return changes


def _renamed(entry: DistrictFile, old: str, new: str) -> DistrictFile:
    known = {d.name: d for d in entry.departments}
    if old not in known:
        what = Message("单位名录里没有“{old}”", old=old)
        raise IngestError(
            Problem(place=Place(file=DISTRICT_FILE), what=what, hint=Message("写名录里的名称，不写别名"))
        )
    for department in entry.departments:
        if new == department.name or (new in department.aliases and department.name != old):
            what = Message("“{new}”已经是“{name}”的名称", new=new, name=department.name)
            raise IngestError(
                Problem(place=Place(file=DISTRICT_FILE), what=what, hint=Message("两个单位合并时请手工改"))
            )
    departments = make_departments(entry.departments)
    slug = next(d.slug for d in departments if d.name == old)
    taken = {s for d in departments for s in (d.slug, *d.former_slugs)}
    fresh = make_unique(make_slug(new), taken)
    held = known[old]
    after = replace(
        held,
        name=new,
        slug=fresh,
        aliases=(*(a for a in held.aliases if a != new), old),
        former_slugs=(*held.former_slugs, slug),
    )
    return replace(entry, departments=tuple(after if d is held else d for d in entry.departments))


def _in_task(task: Task, old: str, new: str) -> Task:
    updates = []
    for update in task.updates:
        former = update.former
        if former is not None and any(a.name == old for a in former.departments):
            former = replace(former, departments=_in_list(former.departments, old, new))
        updates.append(replace(update, former=former))
    return replace(task, departments=_in_list(task.departments, old, new), updates=tuple(updates))


def _in_list(departments: tuple[Assignment, ...], old: str, new: str) -> tuple[Assignment, ...]:
    return tuple(replace(a, name=new) if a.name == old else a for a in departments)
