"""Step two of a plan, merge: every matched row into its task, three ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.content.decisions import Decision
from generator.ingest.update.draft_matching import Comparison, MatchedDraft, Relation
from generator.ingest.update.task_merge import Merged, merge_task
from generator.ingest.update.threeway import FieldChange, Winner
from generator.model import Period, Task

_COLUMNS = ("section", "subsection", "deadline", "leaders", "departments", "contacts")
"""Fields that a table may have no column for."""


def merge_draft(
    comparison: Comparison, matched: MatchedDraft, decisions: Sequence[Decision] = ()
) -> Mapping[int, Merged]:
    """Row → its task as it should stand. ``decisions``: what a person said of numbers before."""
    tasks = {task.id: task for task in comparison.district.tasks}
    rows = rename_rows(comparison, matched)
    drafted = comparison.draft.tasks
    unsaid = tuple(name for name in _COLUMNS if not any(getattr(task, name) for task in drafted))
    return {
        match.row: _merge_row(
            comparison,
            tasks[matched.ids[match.row]],
            _with_unsaid_fields(rows[match.row], tasks[matched.ids[match.row]], unsaid),
            decisions,
        )
        for match in matched.matching.matches
    }


def rename_rows(comparison: Comparison, matched: MatchedDraft) -> tuple[Task, ...]:
    """The draft's tasks under their final ids, references to other rows too."""
    drafted = comparison.draft.tasks
    renamed = {task.id: name for task, name in zip(drafted, matched.ids, strict=True)}
    return tuple(_rename_row(task, renamed) for task in drafted)


def _rename_row(task: Task, renamed: Mapping[str, str]) -> Task:
    updates = tuple(
        replace(u, next_steps_from=renamed.get(u.next_steps_from, u.next_steps_from))
        if u.next_steps_from
        else u
        for u in task.updates
    )
    return replace(task, id=renamed[task.id], updates=updates)


def _merge_row(comparison: Comparison, file: Task, row: Task, decisions: Sequence[Decision]) -> Merged:
    """The row merged into the task; a table that was taken in already changes nothing and only tells."""
    draft, period = comparison.draft, comparison.period
    merged = merge_task(
        file,
        comparison.earlier.find_row(file, _base_periods(file, period)),
        row,
        period=period,
        newest=not file.updates or file.updates[-1].period.order <= period.order,
        names=[name for d in draft.departments for name in (d.name, *d.aliases)],
        decisions=decisions,
    )
    if comparison.relation is not Relation.SAME:
        return merged
    kept = tuple(replace(change, wins=Winner.FILE) for change in merged.changes)
    return Merged(task=file, changes=_keep_conflicts(comparison, file, kept))


def _with_unsaid_fields(row: Task, file: Task, unsaid: Sequence[str]) -> Task:
    """A table without such a column says nothing of it, so it takes nothing away."""
    return replace(row, **{name: getattr(file, name) for name in unsaid})


def _base_periods(file: Task, own: Period) -> set[Period]:
    """Where the task's row stood last: in this period's own table, otherwise in the newest before it."""
    periods = {u.period for u in file.updates}
    return {own} if own in periods else periods


def _keep_conflicts(
    comparison: Comparison, file: Task, changes: Iterable[FieldChange]
) -> tuple[FieldChange, ...]:
    """Differences of a table taken in already; a conflict stays one as long as the words differ."""
    periods = comparison.periods_before
    before = comparison.earlier.find_row(file, periods) if periods and file.updates else None
    if before is None:
        return tuple(changes)
    return tuple(
        change
        if change.field == "number"
        else replace(
            change,
            conflict=getattr(before, change.field, change.new) != change.new and change.file != change.new,
        )
        for change in changes
    )
