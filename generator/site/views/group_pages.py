"""Views by leader in charge, section and standing: an index of each, and a page a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.figures import DistrictReport, Overview, Standing
from generator.model import addresses
from generator.site.task_groups import GroupAxis, TaskGroup, find_task_groups
from generator.site.views.brief_page import BriefView, make_list_brief, sort_weakest
from generator.site.views.card_views import Card, Count, count_tasks, make_card
from generator.site.views.page_view import Head, Link, Page, PageKind, make_page, period_dates
from generator.site.views.site_frame import Frame, make_head
from generator.wording import Words, format_period, format_standing


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group on the index."""

    link: Link
    total: int
    counts: tuple[Count, ...]
    """Empty where the groups are the standings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsView:
    """Every group of an axis."""

    head: Head
    sentence: str
    note: str
    """How the counts add up."""
    rows: tuple[GroupRow, ...]
    others: tuple[Link, ...]
    """Indexes of the other axes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """One group."""

    head: Head
    sentence: str
    counts: tuple[Count, ...]
    cards: tuple[Card, ...]
    """Weakest first."""
    brief: Link | None
    """The sheet to print; a leader's alone."""


def make_group_pages(frame: Frame) -> list[Page]:
    """Index, pages and briefs of every axis that tells tasks apart, in every district."""
    pages: list[Page] = []
    for district in frame.report.districts:
        overview = district.newest
        if overview is None:
            continue
        axes = find_task_groups(district, names=not frame.config.mask_names)
        for axis, groups in axes.items():
            pages.append(make_page("pages/groups.html", _make_index(frame, district, overview, axes, axis)))
            for group in groups:
                pages.append(make_page("pages/group.html", _make_group(frame, district, overview, group)))
                if axis is GroupAxis.LEADERS:
                    brief = _make_brief(frame, district, overview, group)
                    pages.append(make_page("pages/department_brief.html", brief))
    return pages


def link_group_indexes(frame: Frame, district: DistrictReport) -> tuple[Link, ...]:
    """The indexes of a district's axes."""
    axes = find_task_groups(district, names=not frame.config.mask_names)
    return tuple(_link_index(district, axis, frame.words) for axis in axes)


def _link_index(district: DistrictReport, axis: GroupAxis, words: Words) -> Link:
    return Link(label=words(f"groups.by.{axis}"), url=addresses.groups_url(district.district.id, axis))


def _count(group: TaskGroup, words: Words) -> tuple[Count, ...]:
    """By standing; a group of one standing says no more by it."""
    return () if group.axis is GroupAxis.STANDINGS else count_tasks(group.tasks, words)


def _name_of(group: TaskGroup, words: Words) -> str:
    if group.axis is GroupAxis.STANDINGS:
        return format_standing(Standing(group.name), words)
    return group.name


def _make_index(
    frame: Frame,
    district: DistrictReport,
    overview: Overview,
    axes: dict[GroupAxis, tuple[TaskGroup, ...]],
    axis: GroupAxis,
) -> GroupsView:
    words, found = frame.words, district.district
    groups = tuple(group for group in axes[axis] if group.tasks)
    url = addresses.groups_url(found.id, axis)
    n, period = len(overview.tasks), format_period(overview.period, words)
    sentence = words(
        "groups.sentence", period=period, n=n, groups=len(groups), by=words(f"groups.axis.{axis}")
    )
    heading = words(f"groups.heading.{axis}", district=found.name)
    return GroupsView(
        head=_make_head(frame, district, overview, url=url, heading=heading, description=sentence),
        sentence=sentence,
        note=_explain(groups, n, axis, words),
        rows=tuple(
            GroupRow(
                link=Link(label=_name_of(g, words), url=addresses.group_url(found.id, axis, g.slug)),
                total=len(g.tasks),
                counts=_count(g, words),
            )
            for g in groups
        ),
        others=tuple(_link_index(district, other, words) for other in axes if other is not axis),
    )


def _explain(groups: Sequence[TaskGroup], tasks: int, axis: GroupAxis, words: Words) -> str:
    """Why the groups add up to another number than the tasks; empty where they do not."""
    covered = len({task.task.id for group in groups for task in group.tasks})
    counted = sum(len(group.tasks) for group in groups)
    parts = []
    if covered < tasks:
        parts.append(words(f"groups.without.{axis}", n=tasks - covered))
    if counted > covered:
        parts.append(words("groups.shared", n=counted - covered))
    return "".join(parts)


def _make_group(frame: Frame, district: DistrictReport, overview: Overview, group: TaskGroup) -> GroupView:
    words, found = frame.words, district.district
    name, period = _name_of(group, words), format_period(overview.period, words)
    key = f"groups.sentence_of.{group.axis}" if group.tasks else "groups.none"
    sentence = words(key, name=name, period=period, n=len(group.tasks))
    url = addresses.group_url(found.id, group.axis, group.slug)
    heading = words(f"groups.heading_of.{group.axis}", name=name)
    trail = (_link_index(district, group.axis, words),)
    brief = Link(label=words("brief.column"), url=_brief_url(district, group))
    return GroupView(
        head=_make_head(
            frame, district, overview, url=url, heading=heading, description=sentence, trail=trail
        ),
        sentence=sentence,
        counts=_count(group, words),
        cards=tuple(make_card(task, found, words) for task in sort_weakest(group.tasks)),
        brief=brief if group.axis is GroupAxis.LEADERS else None,
    )


def _brief_url(district: DistrictReport, group: TaskGroup) -> str:
    return addresses.department_brief_url(district.district.id, f"leader-{group.slug}")


def _make_brief(frame: Frame, district: DistrictReport, overview: Overview, group: TaskGroup) -> BriefView:
    words, found = frame.words, district.district
    back = Link(label=words("brief.to_leader"), url=addresses.group_url(found.id, group.axis, group.slug))
    name = words("brief.department", district=found.name, department=group.name)
    url = _brief_url(district, group)
    return make_list_brief(frame, district, overview, group.tasks, url=url, name=name, back=back)


def _make_head(
    frame: Frame,
    district: DistrictReport,
    overview: Overview,
    *,
    url: str,
    heading: str,
    description: str,
    trail: tuple[Link, ...] = (),
) -> Head:
    words = frame.words
    return make_head(
        frame,
        url=url,
        heading=heading,
        kind=PageKind.COLUMN,
        column=heading,
        column_type=words("pages.meta.work_type"),
        description=description,
        title_column=district.district.name,
        trail=trail,
        dates=period_dates(frame.config, overview, frame.newest, words),
        district=district,
        tab="overview",
        keywords=(district.district.name,),
    )
