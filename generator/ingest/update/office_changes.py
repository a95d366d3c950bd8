"""An office's end, from a period on: renamed, merged, split, abolished. What was published keeps its name.

The old office stays in the directory with its address and says what became of it; tasks of the year name the
new one from that period on, and the old one in the periods before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.base.errors import IngestError, Problem
from generator.base.messages import Message
from generator.base.paths import DISTRICT_FILE, district_file, task_file
from generator.base.places import Place
from generator.content import (
    DepartmentEntry,
    DistrictFile,
    make_departments,
    make_slug,
    make_unique,
    parse_district_file,
)
from generator.content.yaml_rewrite import rewrite_district, rewrite_task
from generator.ingest.update.task_merge import make_snapshot, with_snapshots
from generator.model import Assignment, District, OfficeChange, OfficeEnd, Period, Task


def change_office(
    district: District,
    files: Mapping[str, bytes],
    olds: Sequence[str],
    news: Sequence[str],
    *,
    since: Period,
    how: OfficeChange,
) -> dict[str, bytes]:
    """Files that change when the offices ``olds`` are ``news`` from ``since`` on; nothing else is touched.

    Only where one office follows do tasks name it at once; after a split a table has to say whose task it is.
    Raises: IngestError for a name that is not there or is taken.
    """
    path = district_file(district.id)
    entry = parse_district_file(files[path], path)
    end = OfficeEnd(since=since, how=how, into=tuple(news))
    after = _changed_directory(entry, olds, news, end, newcomers=_newcomers(district, olds, since))
    changes = {path: rewrite_district(files[path].decode(), entry, after).encode()}
    for task in district.tasks if len(news) == 1 else ():
        changed = _in_task(task, frozenset(olds), news[0], since)
        if changed != task:
            name = task_file(task.id)
            changes[name] = rewrite_task(files[name].decode(), task, changed).encode()
    return changes


def _refuse(what: Message, hint: Message) -> IngestError:
    return IngestError(Problem(place=Place(file=DISTRICT_FILE), what=what, hint=hint))


def rewritten_periods(district: District, olds: Sequence[str], since: Period) -> tuple[Period, ...]:
    """Periods from ``since`` on whose tables have come and have a task of ``olds``, oldest first."""
    found = {
        update.period
        for task in district.tasks
        for update in task.updates
        if update.period.order >= since.order and set(olds) & _offices_in(task, update.period)
    }
    return tuple(sorted(found, key=lambda period: period.order))


def _newcomers(district: District, olds: Sequence[str], since: Period) -> frozenset[str]:
    """Offices that no table before ``since`` names, where none from then on names ``olds``.

    A table may bring the new name before anybody says that it is one.
    """
    if rewritten_periods(district, olds, since):
        return frozenset()
    earlier = (
        _offices_in(task, update.period)
        for task in district.tasks
        for update in task.updates
        if update.period.order < since.order
    )
    heirs = [name for d in district.departments if d.ended for name in d.ended.into]
    return frozenset(d.name for d in district.departments if d.ended is None).difference(heirs, *earlier)


def _offices_in(task: Task, period: Period) -> set[str]:
    return {assignment.name for assignment in task.at(period).departments}


def _changed_directory(
    entry: DistrictFile,
    olds: Sequence[str],
    news: Sequence[str],
    end: OfficeEnd,
    *,
    newcomers: frozenset[str],
) -> DistrictFile:
    """district.yaml with the old offices ended and the new ones behind them."""
    known = {d.name: d for d in entry.departments}
    for old in olds:
        if old not in known:
            raise _refuse(Message("单位名录里没有“{old}”", old=old), Message("写名录里的名称，不写别名"))
        if ended := known[old].ended:
            what = Message("“{old}”自 {since} 起已经不在了", old=old, since=str(ended.since))
            raise _refuse(what, Message("写现在的单位，或改正 district.yaml 里的 ended"))
    for new in news:
        taken = next((d for d in entry.departments if new in (d.name, *d.aliases)), None)
        is_free = taken is None or (
            new == taken.name and (end.how is not OfficeChange.RENAMED or new in newcomers)
        )
        if new in olds or not is_free:
            what = Message("“{new}”已经是“{name}”的名称", new=new, name=taken.name if taken else new)
            raise _refuse(what, Message("并入已有的单位用 --how merged；只是别名就删去那个别名"))
    departments = make_departments(entry.departments)
    slugs = {d.name: d.slug for d in departments}
    taken_slugs = {s for d in departments for s in (d.slug, *d.former_slugs)}
    kept = tuple(replace(d, ended=end) if d.name in olds else d for d in entry.departments)
    kept = tuple(replace(d, slug=slugs[d.name]) if d.name in olds else d for d in kept)
    added = []
    for new in (name for name in news if name not in known):
        slug = make_unique(make_slug(new), taken_slugs)
        taken_slugs.add(slug)
        phones = known[olds[0]].phones if end.how is OfficeChange.RENAMED else ()
        added.append(DepartmentEntry(name=new, slug=slug, kind=known[olds[0]].kind, phones=phones))
    return replace(entry, departments=(*kept, *added))


def _in_task(task: Task, olds: frozenset[str], new: str, since: Period) -> Task:
    """The task with the new name from ``since`` on; its earlier periods keep the name of then."""
    if task.year < since.year or not olds & {a.name for a in task.departments}:
        return task
    snapshots = {}
    for update in task.updates:
        said = dict(make_snapshot(task.at(update.period)))
        if update.period.order >= since.order:
            said["departments"] = _in_list(said["departments"], olds, new)
        snapshots[update.period] = said
    return with_snapshots(replace(task, departments=_in_list(task.departments, olds, new)), snapshots)


def _in_list(departments: Sequence[Assignment], olds: frozenset[str], new: str) -> tuple[Assignment, ...]:
    """The new name in the place of the old ones, once."""
    renamed = (replace(a, name=new) if a.name in olds else a for a in departments)
    return tuple({a.name: a for a in reversed(tuple(renamed))}.values())[::-1]
