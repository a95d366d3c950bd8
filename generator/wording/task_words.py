"""What is printed of a task: its number, who is responsible, who published its table."""

from __future__ import annotations

from collections.abc import Iterable

from generator.figures import Overview
from generator.model import Assignment, Correction, District, Role, SourceTable, Task
from generator.wording.catalogue import Words
from generator.wording.dates import format_date, format_period

_NAMED = 2
"""Departments without a marked lead that are named; more are counted."""


def printed_number(task: Task) -> str:
    """Number of a task as its table prints it: 27."""
    return task.number_printed or str(task.number)


def format_task_number(task: Task, words: Words) -> str:
    """第27项."""
    return words("figures.task_number", number=printed_number(task))


def named_department(task: Task) -> Assignment | None:
    """The department that is named for a task: the first that leads, else the first; None without any."""
    leads = (a for a in task.departments if a.role is Role.LEAD)
    return next(leads, task.departments[0] if task.departments else None)


def format_departments(task: Task, words: Words, *, name: str | None = None) -> str:
    """Who is responsible: 区水务局（牵头）等3个部门; both names, or 4个部门, where no lead is marked.

    The first of several is never named alone without a lead, so that nobody takes it for one. Empty where the
    source names nobody.
    name: stands in for the department's name (a link to its page, as markup).
    """
    named = named_department(task)
    if named is None:
        return ""
    if named.role is not Role.LEAD and len(task.departments) > 1:
        names = [a.name for a in task.departments]
        unled = words("figures.departments.unled", n=len(names))
        return unled if len(names) > _NAMED else words("format.list").join(names)
    text = named.name if name is None else name
    if named.role is Role.LEAD:
        text = words("figures.departments.lead", name=text)
    number = len(task.departments)
    return text if number == 1 else words("figures.departments.several", name=text, n=number)


def format_publisher(district: District, table: SourceTable | None) -> str:
    """Who published a table: the table's own publisher, the district's, or the district's name."""
    return (table.publisher if table else None) or district.publisher or district.name


def format_source(overview: Overview, words: Words) -> str:
    """Period, date and publisher of an overview's figures, in one phrase."""
    district, period = overview.district, format_period(overview.period, words)
    source = format_publisher(district, district.table_of(overview.period))
    if not any(task.update for task in overview.tasks):
        return words("figures.source_plan", period=period, source=source)
    return words("figures.source", period=period, date=format_date(overview.as_of, words), source=source)


def format_correction_field(found: Correction, words: Words) -> str:
    """What a correction changed: 推进情况, 整行撤回."""
    name = found.field.partition(".")[0]
    if name == "row":
        name = "row_withdrawn" if found.new is None else "row_added"
    return words(f"history.field.{name}") if f"history.field.{name}" in words else found.field


def join_list(parts: Iterable[str], words: Words) -> str:
    """Parts of an enumeration: 甲、乙."""
    return words("format.list").join(parts)


def join_clauses(parts: Iterable[str], words: Words) -> str:
    """Parts of a sentence: 甲；乙."""
    return words("format.clauses").join(parts)
