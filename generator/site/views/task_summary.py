"""What a reader wants first of a task: the figure that decides, who is responsible, whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.figures import TaskFigures
from generator.model import District, Role, Task, addresses
from generator.site.views.card_views import TargetView, department_links, main_target, make_target_view
from generator.site.views.phones import PhoneEntry
from generator.wording import Words, format_departments, format_percent, named_department

_CALLED = 3
"""Offices that the head of a page names with their numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Whom to call: the first offices of a list, each with its own number."""

    entries: tuple[PhoneEntry, ...]
    total: int
    """Numbers on the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSummary:
    """What stands first on a task's page."""

    target: TargetView | None
    """The target that its card shows too; without a bar, which stands below with its target."""
    who: str
    """Who is responsible, as a link; empty where nobody is named."""
    call: Call | None


def make_summary(
    task: TaskFigures, contacts: Sequence[PhoneEntry], district: District, words: Words
) -> TaskSummary:
    """The head of one task's page."""
    figure = main_target(task)
    return TaskSummary(
        target=make_target_view(figure, words) if figure else None,
        who=_link_departments(task.task, district, words),
        call=find_call(contacts),
    )


def _link_departments(task: Task, district: District, words: Words) -> Markup | str:
    """The lead or only department as a link to its page; of several without a lead a link to their list."""
    named = named_department(task)
    if named is not None and named.role is not Role.LEAD and len(task.departments) > 1:
        return Markup('<a href="#side">{}</a>').format(format_departments(task, words))
    return format_departments(task, words, name=_link_department(task, district))


def _link_department(task: Task, district: District) -> Markup | None:
    """The named department's name as a link to its page; None where nobody is named."""
    named = named_department(task)
    if named is None:
        return None
    url = next(link.url for link in department_links(task, district) if link.label == named.name)
    if url is None:
        return escape(named.name)
    relative = addresses.relative_url(addresses.task_url(task.id), url)
    return Markup('<a href="{}">{}</a>').format(relative, named.name)


def find_call(entries: Sequence[PhoneEntry]) -> Call | None:
    """The first offices with a number that can be dialled; None where there is none."""
    dialled = [entry for entry in entries if any(phone.url for phone in entry.phones)]
    shown = tuple(
        PhoneEntry(office=e.office, phones=tuple(p for p in e.phones if p.url)[:1]) for e in dialled[:_CALLED]
    )
    return Call(entries=shown, total=sum(len(entry.phones) for entry in entries)) if shown else None


def schedule_word(task: TaskFigures) -> str:
    """Share of the year gone by, 50.0%; empty where the task has no bar to compare with it."""
    if not any(figure.is_scheduled for figure in task.targets):
        return ""
    return format_percent(task.schedule)
