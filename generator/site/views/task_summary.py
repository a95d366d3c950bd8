"""What a reader wants first of a task: the figure that decides, who is responsible, whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.figures import TaskFigures
from generator.model import District
from generator.site.views.card_views import TargetView, department_links, main_target, make_target_view
from generator.site.views.page_view import Link
from generator.site.views.phones import Phone, PhoneEntry
from generator.wording.catalogue import Words, format_percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The first number to call of a list of offices."""

    office: str
    """Empty where the source names none."""
    phone: Phone
    total: int
    """Numbers on the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """The head of a task's page."""

    target: TargetView | None
    """The target that its card shows too; without a bar, which stands below with its target."""
    body: Link | None
    """The first body; None where the source names none."""
    bodies: int
    call: Call | None


def make_gist(task: TaskFigures, contacts: Sequence[PhoneEntry], district: District, words: Words) -> Gist:
    """The head of one task's page."""
    bodies = department_links(task.task, district)
    figure = main_target(task)
    return Gist(
        target=make_target_view(figure, words) if figure else None,
        body=bodies[0] if bodies else None,
        bodies=len(bodies),
        call=find_call(contacts),
    )


def find_call(entries: Sequence[PhoneEntry]) -> Call | None:
    """The first number that can be dialled; None where there is none."""
    numbers = [(entry, phone) for entry in entries for phone in entry.phones]
    found = next(((entry, phone) for entry, phone in numbers if phone.url), None)
    if found is None:
        return None
    return Call(office=found[0].office, phone=found[1], total=len(numbers))


def schedule_word(task: TaskFigures) -> str:
    """Share of the year gone by, 50.0%; empty where the task has no bar to compare with it."""
    if all(figure.completion is None for figure in task.targets):
        return ""
    return format_percent(task.schedule)
