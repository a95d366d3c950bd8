"""What differs in a task between two periods, set as pairs of words or as the pieces of two texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.figures import (
    RUNGS,
    Change,
    Repeat,
    TargetFigure,
    TaskChange,
    TextPiece,
    compare_texts,
    rungs_of,
    unmeasured_targets,
)
from generator.model import Task, Update
from generator.site.views.card_views import make_target_view, shown_targets
from generator.wording import Words, format_goal, format_rung, format_standing, format_task_number, join_list

KINDS = (
    Change.STANDING,
    Change.RECEDED,
    Change.UNMEASURED,
    Change.FIGURES,
    Change.TARGETS,
    Change.NEW,
    Change.GONE,
    Change.REWORDED,
    Change.DEPARTMENTS,
    Change.DEADLINE,
    Change.PROGRESS,
    Change.STILL,
    Change.REPEATED,
    Change.SILENT,
    Change.RENUMBERED,
)
"""Ways of changing, in the order in which they are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One thing that differs: either two short words, or the pieces of two texts."""

    label: str
    before: str | None = None
    """None when there was none."""
    after: str | None = None
    """None when there is none any more."""
    key: str | None = None
    """``<task>#<target>`` of a reported number; None for anything else."""
    value: str | None = None
    """The reported number alone, without unit; None for anything else."""
    pieces: tuple[TextPiece, ...] = ()


def make_details(kind: Change, change: TaskChange, words: Words) -> tuple[Detail, ...]:
    """What a change of this kind is, to show; empty where the kind alone says it."""
    return tuple(_DETAILS[kind](change, words)) if kind in _DETAILS else ()


def _standing_detail(change: TaskChange, words: Words) -> Iterable[Detail]:
    if change.before and change.after:
        before, after = (format_standing(f.standing, words) for f in (change.before, change.after))
        yield Detail(label=words("history.label.standing"), before=before, after=after)


def _rung_detail(change: TaskChange, words: Words) -> Iterable[Detail]:
    rungs = rungs_of(change.before, change.after) if change.before and change.after else None
    if rungs and rungs[0] != rungs[1]:
        before, after = (format_rung(RUNGS[place], words) for place in rungs)
        yield Detail(label=words("history.label.rung"), before=before, after=after)


def _figure_details(change: TaskChange, words: Words) -> Iterable[Detail]:
    for target in change.targets:
        if target.after is None or target.after.actual is None or not shown_targets(target.after.target):
            continue
        view = make_target_view(target.after, words)
        yield Detail(
            label=target.after.target.metric,
            before=_reported(target.before, words),
            after=_reported(target.after, words),
            key=view.key,
            value=view.actual_value,
        )


def _reported(figure: TargetFigure | None, words: Words) -> str | None:
    if figure is None or figure.actual is None:
        return None
    view = make_target_view(figure, words)
    return words("history.figure", actual=view.actual, percent=view.percent) if view.percent else view.actual


def _target_details(change: TaskChange, words: Words) -> Iterable[Detail]:
    for target in change.targets:
        one, other = (f.target if f else None for f in (target.before, target.after))
        before, after = (format_goal(t, words) if t else None for t in (one, other))
        named = other or one
        if before != after and named is not None:
            yield Detail(label=named.metric, before=before, after=after)


def _unmeasured(change: TaskChange, words: Words) -> Iterable[Detail]:
    if change.before and change.after:
        for figure in unmeasured_targets(change.before, change.after):
            now = next(f for f in change.after.targets if f.target.id == figure.target.id)
            yield Detail(
                label=figure.target.metric,
                before=_reported(figure, words),
                after=_reported(now, words) or words("history.not_comparable"),
            )


def _wording(change: TaskChange, words: Words) -> Iterable[Detail]:
    if change.before and change.after:
        pieces = compare_texts(change.before.task.commitment, change.after.task.commitment)
        yield Detail(label=words("history.label.commitment"), pieces=pieces)


def _progress(change: TaskChange, words: Words) -> Iterable[Detail]:
    before, after = _updates(change)
    if after and after.progress:
        pieces = compare_texts((before.progress if before else None) or "", after.progress)
        yield Detail(label=words("history.label.progress"), pieces=pieces)


def _near_repeat(change: TaskChange, words: Words) -> Iterable[Detail]:
    """What little is otherwise in a text that nearly repeats the last one."""
    return _progress(change, words) if change.progress is Repeat.NEARLY else ()


def _updates(change: TaskChange) -> tuple[Update | None, Update | None]:
    return (
        change.before.update if change.before else None,
        change.after.update if change.after else None,
    )


def _short_detail(
    name: str, value: Callable[[Task, Words], str | None]
) -> Callable[[TaskChange, Words], Iterable[Detail]]:
    def details(change: TaskChange, words: Words) -> Iterable[Detail]:
        if change.before and change.after:
            label = words(f"history.label.{name}")
            before, after = (value(f.task, words) for f in (change.before, change.after))
            yield Detail(label=label, before=before, after=after)

    return details


def _names(task: Task, words: Words) -> str | None:
    return join_list((a.name for a in task.departments), words) or None


_DETAILS: Mapping[Change, Callable[[TaskChange, Words], Iterable[Detail]]] = {
    Change.STANDING: _standing_detail,
    Change.RECEDED: _rung_detail,
    Change.UNMEASURED: _unmeasured,
    Change.FIGURES: _figure_details,
    Change.TARGETS: _target_details,
    Change.REWORDED: _wording,
    Change.PROGRESS: _progress,
    Change.REPEATED: _near_repeat,
    Change.DEPARTMENTS: _short_detail("departments", _names),
    Change.DEADLINE: _short_detail("deadline", lambda task, _: task.deadline),
    Change.RENUMBERED: _short_detail("number", format_task_number),
}
