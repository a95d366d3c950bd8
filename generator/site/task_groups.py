"""Tasks of a district's newest period by what the table says of them: leader in charge, section, standing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.content import make_slug, make_unique
from generator.figures import DistrictReport, Standing, TaskFigures


class GroupAxis(StrEnum):
    """By what tasks are grouped; the value is the folder of its pages."""

    LEADERS = "leaders"
    SECTIONS = "sections"
    STANDINGS = "standings"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGroup:
    """Tasks that have one value in common."""

    axis: GroupAxis
    name: str
    """The leader's name or the section's to the letter; the code of the standing."""
    slug: str
    """ASCII name of its page."""
    tasks: tuple[TaskFigures, ...]
    """By number; a task with two leaders is in both groups."""


def find_task_groups(district: DistrictReport, *, names: bool) -> dict[GroupAxis, tuple[TaskGroup, ...]]:
    """Axis → its groups; axes with nothing to tell apart are left out.

    A value that only earlier periods had keeps its group, and so its address, without tasks.
    names: whether names of persons may be shown; an address would tell a masked one.
    """
    axes: dict[GroupAxis, Callable[[TaskFigures], Iterable[str]]] = {
        GroupAxis.LEADERS: lambda task: task.task.leaders if names else (),
        GroupAxis.SECTIONS: lambda task: filter(None, [task.task.section]),
        GroupAxis.STANDINGS: lambda task: [task.standing.value],
    }
    found = {axis: tuple(_group(axis, district, values)) for axis, values in axes.items()}
    return {axis: groups for axis, groups in found.items() if len(groups) > 1}


def _group(
    axis: GroupAxis, district: DistrictReport, values: Callable[[TaskFigures], Iterable[str]]
) -> Iterator[TaskGroup]:
    ever = (name for overview in district.overviews for task in overview.tasks for name in values(task))
    known = dict.fromkeys(ever)
    order = [s.value for s in Standing if s.value in known] if axis is GroupAxis.STANDINGS else list(known)
    newest = district.newest.tasks if district.newest else ()
    taken: set[str] = {"index"}
    for name in order:
        slug = make_unique(make_slug(name), taken)
        taken.add(slug)
        yield TaskGroup(
            axis=axis, name=name, slug=slug, tasks=tuple(task for task in newest if name in values(task))
        )
