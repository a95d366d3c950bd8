"""Step three of a plan, link: which task became which, and every task that is new or differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.ingest.update.carried_tasks import match_last_year
from generator.ingest.update.draft_matching import Comparison, MatchedDraft, Relation
from generator.ingest.update.draft_merge import rename_rows
from generator.ingest.update.row_matching import FROM
from generator.ingest.update.task_merge import Merged
from generator.model import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLinks:
    """Splits, merges and tasks carried over from the year before."""

    came_from: Mapping[int, tuple[str, ...]]
    """Row → ids of the tasks that it was split from, merged from or carried over from."""
    became: Mapping[str, tuple[str, ...]]
    """Task id → ids of the tasks that it became."""
    asked: Mapping[int, tuple[Task, ...]]
    """Row → tasks that it may have come of, for a person to say."""


def find_links(comparison: Comparison, matched: MatchedDraft, decisions: Mapping[int, str]) -> TaskLinks:
    """Who became whom, by the splits and merges found and by what a new year goes on with.

    ``decisions``: row → what a person said of it.
    """
    asked: dict[int, tuple[Task, ...]] = {}
    came_from: dict[int, tuple[str, ...]] = {}
    became: dict[str, tuple[str, ...]] = {}
    for split in matched.matching.splits:
        old = matched.known[split.tasks[0]].task
        if not split.is_sure:
            asked |= dict.fromkeys((row for row in split.rows if row not in decisions), (old,))
            continue
        became[old.id] = tuple(matched.ids[row] for row in split.rows)
        came_from |= dict.fromkeys(split.rows, (old.id,))
    for merge in matched.matching.merges:
        olds = tuple(matched.known[task].task.id for task in merge.tasks)
        came_from[merge.rows[0]] = olds
        became |= dict.fromkeys(olds, (matched.ids[merge.rows[0]],))
    new = [row for row in matched.matching.new if row not in came_from and row not in asked]
    carried = match_last_year(comparison, new, decisions)
    told = {row: word.removeprefix(FROM) for row, word in decisions.items() if word.startswith(FROM)}
    for row, old_id in {**carried.links, **told}.items():
        came_from[row] = (old_id,)
        became[old_id] = (*became.get(old_id, ()), matched.ids[row])
    return TaskLinks(came_from=came_from, became=became, asked={**asked, **carried.asked})


def _withdraw(comparison: Comparison, matched: MatchedDraft) -> Iterator[Task]:
    """Tasks whose row a corrected table takes back: without what they said in its period."""
    if comparison.relation is not Relation.CORRECTION or comparison.draft.table.partial:
        return
    tasks = {task.id: task for task in comparison.district.tasks}
    found = {task.id for _, task in matched.pairs}
    asked = {index for doubt in matched.matching.doubts for index in doubt.candidates}
    for index, known in enumerate(matched.known):
        task = tasks[known.task.id]
        kept = tuple(u for u in task.updates if u.period != comparison.period)
        if task.id not in found and index not in asked and len(kept) < len(task.updates):
            yield replace(task, updates=kept)


def link_tasks(
    comparison: Comparison, matched: MatchedDraft, merged: Mapping[int, Merged], links: TaskLinks
) -> tuple[tuple[Task | None, Task], ...]:
    """Every task that is new or differs: as it stands (None for a new one), and as it should stand."""
    tasks = {task.id: task for task in comparison.district.tasks}
    after = {m.task.id: m.task for m in merged.values()} | _new_tasks(comparison, matched)
    after |= {task.id: task for task in _withdraw(comparison, matched)}
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
