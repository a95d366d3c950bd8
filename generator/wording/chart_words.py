"""Phrases that several charts share: figures as printed, names of bodies, where and when the data is from."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.figures import Overview, Standing, TargetFigure, TaskFigures
from generator.model import Role, Target, Task
from generator.wording.catalogue import Words, format_date, format_number, format_percent, format_period


def quantity_text(value: Decimal, unit: str, value_max: Decimal | None = None) -> str:
    """1.95万人, 1—2个: as printed."""
    number = format_number(value)
    if value_max is not None:
        number = f"{number}—{format_number(value_max)}"
    return f"{number}{unit}"


def target_text(target: Target) -> str:
    """The number promised, with its unit."""
    return quantity_text(target.value, target.unit, target.value_max)


def actual_text(figure: TargetFigure) -> str:
    """The number reported, with its unit; empty when there is none."""
    return "" if figure.actual is None else quantity_text(figure.actual.value, figure.actual.unit)


def percent_text(figure: TargetFigure) -> str:
    """77.5%; empty without a completion."""
    return "" if figure.completion is None else format_percent(figure.completion)


def status_text(standing: Standing, words: Words) -> str:
    """The word of a standing."""
    return words(f"charts.status.{standing}")


def judgement_text(figure: TargetFigure, words: Words) -> str:
    """Word of a target's standing; a rate is reached or not, because it has no schedule."""
    if figure.standing is None:
        return ""
    if figure.completion is None:
        return words("charts.met" if figure.met else "charts.not_met")
    return status_text(figure.standing, words)


def bodies_text(task: Task, words: Words) -> str:
    """The body that answers for a task: the lead, else the first named, and how many there are in all."""
    if not task.departments:
        return ""
    leads = [a.name for a in task.departments if a.role is Role.LEAD]
    first = leads[0] if leads else task.departments[0].name
    if len(task.departments) == 1:
        return first
    return words("charts.bodies", name=first, n=len(task.departments))


def number_text(task: Task) -> str:
    """Number of a task as printed."""
    return task.number_printed or str(task.number)


def source_text(overview: Overview, words: Words) -> str:
    """Period, date and source of an overview's figures."""
    district, period = overview.district, format_period(overview.period, words)
    source = district.publisher or words("charts.publisher_unknown", district=district.name)
    if not any(task.update for task in overview.tasks):
        return words("charts.source_plan", period=period, source=source)
    return words("charts.source", period=period, date=format_date(overview.as_of, words), source=source)


def quote_lines(figure: TargetFigure, words: Words) -> tuple[str, ...]:
    """The words that a reported number was read from."""
    if figure.actual is None:
        return ()
    return tuple(words("charts.quote", text=quote) for quote in figure.actual.quotes)


def progress_line(task: TaskFigures, words: Words) -> tuple[str, ...]:
    """What stands behind a task's standing: the weakest target's words, else the status's."""
    if task.weakest is not None:
        return quote_lines(task.weakest, words)
    quote = task.update.status.quote if task.update else None
    return (words("charts.quote", text=quote),) if quote else ()


def join_list(parts: Sequence[str], words: Words) -> str:
    """Parts of an enumeration."""
    return words("charts.list_mark").join(parts)


def join_clauses(parts: Sequence[str], words: Words) -> str:
    """Parts of a sentence."""
    return words("charts.clause_mark").join(parts)
