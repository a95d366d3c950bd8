"""Step four of a plan, tell: one line for each row of the table and each task that it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.ingest.update.draft_matching import Comparison, MatchedDraft
from generator.ingest.update.task_links import TaskLinks
from generator.ingest.update.task_merge import Merged
from generator.ingest.update.threeway import FieldChange, Winner
from generator.model import Task, Update

_UPDATE_TEXTS = ("progress", "next_steps", "plan", "reported_status", "reported_completion", "remarks")


class RowAction(StrEnum):
    """What becomes of a task."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEntry:
    """One line of the plan."""

    task: str
    """Task id; for an ambiguous row the id it would get as a new task."""
    number: int
    """As the table prints it."""
    title: str
    """The task's short title."""
    action: RowAction
    """What becomes of the task."""
    row: int | None = None
    """Row of the new table, 1-based; None for missing tasks."""
    fields: tuple[FieldChange, ...] = ()
    """Fields on which the file and the new table differ."""
    candidates: tuple[tuple[str, str], ...] = ()
    """Of an ambiguous row: id and commitment of the tasks that it may be, most alike first."""
    came_from: tuple[str, ...] = ()
    """Ids of tasks that it was split from, merged from or carried over from."""
    became: tuple[str, ...] = ()
    """Ids of the tasks that it was split or merged into."""


def tell_rows(
    comparison: Comparison, matched: MatchedDraft, merged: Mapping[int, Merged], links: TaskLinks
) -> tuple[RowEntry, ...]:
    """Rows in printed order, then what is missing."""
    doubts = {doubt.row: doubt for doubt in matched.matching.doubts}
    before = {task.id: task for task in comparison.district.tasks}
    lines = []
    for row in range(len(comparison.draft.tasks)):
        if row in doubts:
            found = (matched.known[index].task for index in doubts[row].candidates)
            lines.append(_tell_doubt(comparison, matched, row, found))
        elif row in links.asked:
            lines.append(_tell_doubt(comparison, matched, row, links.asked[row]))
        elif row in merged:
            lines.append(_tell_merged(comparison, row, before[merged[row].task.id], merged[row], links))
        else:
            lines.append(_tell_new(comparison, matched, row, links))
    return (*lines, *_tell_missing(comparison, matched, links))


def _tell_merged(comparison: Comparison, row: int, old: Task, merged: Merged, links: TaskLinks) -> RowEntry:
    period = comparison.period
    new = merged.task.update_of(period)
    held = any(u.period == period for u in old.updates)
    return RowEntry(
        task=old.id,
        number=comparison.draft.tasks[row].number,
        title=merged.task.title,
        action=_action(old, merged.task),
        row=row + 1,
        fields=(*merged.changes, *(_added_texts(new) if new and not held else ())),
        came_from=links.came_from.get(row, ()),
        became=links.became.get(old.id, ()),
    )


def _tell_new(comparison: Comparison, matched: MatchedDraft, row: int, links: TaskLinks) -> RowEntry:
    task = comparison.draft.tasks[row]
    said = (("commitment", task.commitment), ("departments", task.departments))
    return RowEntry(
        task=matched.ids[row],
        number=task.number,
        title=task.title,
        action=RowAction.NEW,
        row=row + 1,
        fields=tuple(_added(name, value) for name, value in said if value),
        came_from=links.came_from.get(row, ()),
    )


def _tell_doubt(comparison: Comparison, matched: MatchedDraft, row: int, found: Iterable[Task]) -> RowEntry:
    task = comparison.draft.tasks[row]
    return RowEntry(
        task=matched.ids[row],
        number=task.number,
        title=task.title,
        action=RowAction.AMBIGUOUS,
        row=row + 1,
        fields=(_added("commitment", task.commitment),),
        candidates=tuple((t.id, t.commitment) for t in found),
    )


def _tell_missing(comparison: Comparison, matched: MatchedDraft, links: TaskLinks) -> Iterator[RowEntry]:
    """Tasks that the last table before had and this one has not; those that became others too."""
    asked = {index for doubt in matched.matching.doubts for index in doubt.candidates}
    found = {task.id for _, task in matched.pairs}
    tasks = {task.id: task for task in comparison.district.tasks}
    recent = {*comparison.periods_before[-1:], comparison.period}
    for index, known in enumerate(matched.known):
        task = known.task
        if task.id in found or (index in asked and index in matched.matching.missing):
            continue
        periods = {u.period for u in tasks[task.id].updates}
        if not periods or periods & recent:
            yield RowEntry(
                task=task.id,
                number=task.number,
                title=task.title,
                action=RowAction.MISSING,
                became=links.became.get(task.id, ()),
            )


def _action(old: Task, new: Task) -> RowAction:
    if old == new:
        return RowAction.UNCHANGED
    if "".join(old.commitment.split()) != "".join(new.commitment.split()):
        return RowAction.REWORDED
    return RowAction.RENUMBERED if old.number != new.number else RowAction.UPDATED


def _added_texts(update: Update) -> Iterator[FieldChange]:
    """The texts and figures of a period that the task did not have."""
    for name in (*_UPDATE_TEXTS, "actuals"):
        if value := getattr(update, name):
            yield _added(name, value)


def _added(name: str, value: object) -> FieldChange:
    return FieldChange(field=name, base=None, file=None, new=value, wins=Winner.NEW)
