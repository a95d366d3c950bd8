"""What a reader wants first of a task: the figure that decides, who is responsible, whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.figures import TaskFigures
from generator.model import District, Task, addresses
from generator.site.views.card_views import TargetView, department_links, main_target, make_target_view
from generator.site.views.phones import Phone, PhoneEntry
from generator.wording import Words, format_departments, format_percent, named_department


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The first number to call of a list of offices."""

    phone: Phone
    total: int
    """Numbers on the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSummary:
    """What stands first on a task's page."""

    target: TargetView | None
    """The target that its card shows too; without a bar, which stands below with its target."""
    who: str
    """The department named for it, as a link to its page, and of how many; empty where none is named."""
    call: Call | None


def make_summary(
    task: TaskFigures, contacts: Sequence[PhoneEntry], district: District, words: Words
) -> TaskSummary:
    """The head of one task's page."""
    figure = main_target(task)
    return TaskSummary(
        target=make_target_view(figure, words) if figure else None,
        who=format_departments(task.task, words, name=_link_department(task.task, district)),
        call=find_call(contacts),
    )


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
    """The first number that can be dialled; None where there is none."""
    numbers = [phone for entry in entries for phone in entry.phones]
    found = next((phone for phone in numbers if phone.url), None)
    if found is None:
        return None
    return Call(phone=found, total=len(numbers))


def schedule_word(task: TaskFigures) -> str:
    """Share of the year gone by, 50.0%; empty where the task has no bar to compare with it."""
    if all(figure.completion is None for figure in task.targets):
        return ""
    return format_percent(task.schedule)
