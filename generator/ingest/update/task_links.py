"""Step three of a plan, link: which task became which, and every task that is new or differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.ingest.update.draft_matching import Comparison, MatchedDraft, last_year_matches
from generator.ingest.update.draft_merge import rename_rows
from generator.ingest.update.task_merge import Merged
from generator.model import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLinks:
    """Splits, merges and tasks carried over from the year before."""

    came_from: Mapping[int, tuple[str, ...]]
    """Row → ids of the tasks that it was split from, merged from or carried over from."""
    became: Mapping[str, tuple[str, ...]]
    """Task id → ids of the tasks that it became."""


def find_links(comparison: Comparison, matched: MatchedDraft) -> TaskLinks:
    """Who became whom, by the splits and merges found and by what a new year repeats."""
    came_from: dict[int, tuple[str, ...]] = {}
    became: dict[str, tuple[str, ...]] = {}
    for split in matched.matching.splits:
        old = matched.known[split.tasks[0]].task.id
        became[old] = tuple(matched.ids[row] for row in split.rows)
        came_from |= dict.fromkeys(split.rows, (old,))
    for merge in matched.matching.merges:
        olds = tuple(matched.known[task].task.id for task in merge.tasks)
        came_from[merge.rows[0]] = olds
        became |= dict.fromkeys(olds, (matched.ids[merge.rows[0]],))
    new = [row for row in matched.matching.new if row not in came_from]
    for row, old in last_year_matches(comparison, new):
        came_from[row] = (old,)
        became[old] = (matched.ids[row],)
    return TaskLinks(came_from=came_from, became=became)


def link_tasks(
    comparison: Comparison, matched: MatchedDraft, merged: Mapping[int, Merged], links: TaskLinks
) -> tuple[tuple[Task | None, Task], ...]:
    """Every task that is new or differs: as it stands (None for a new one), and as it should stand."""
    tasks = {task.id: task for task in comparison.district.tasks}
    after = {m.task.id: m.task for m in merged.values()} | _new_tasks(comparison, matched)
    for row, olds in links.came_from.items():
        task = after[matched.ids[row]]
        after[task.id] = replace(task, carried_over_from=_each_once(task.carried_over_from, olds))
    for old, news in links.became.items():
        task = after.get(old, tasks[old])
        after[old] = replace(task, succeeded_by=_each_once(task.succeeded_by, news))
    pairs = ((tasks.get(name), task) for name, task in sorted(after.items()))
    return tuple((old, new) for old, new in pairs if old != new)


def _new_tasks(comparison: Comparison, matched: MatchedDraft) -> dict[str, Task]:
    """Rows that are no known task and not in doubt."""
    tasks = {task.id for task in comparison.district.tasks}
    doubtful = {doubt.row for doubt in matched.matching.doubts}
    rows = enumerate(rename_rows(comparison, matched))
    return {task.id: task for row, task in rows if task.id not in tasks and row not in doubtful}


def _each_once(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
