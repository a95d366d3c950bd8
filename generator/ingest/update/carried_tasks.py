"""Rows of a new year and the tasks of the year before: which goes on, though its promise is worded otherwise.

Equal words link themselves. Otherwise rare words decide (虚构农贸市场 says more than 持续推进): what of the
shorter promise's weight stands in the other one. Sure is a clear best of the same office; less is asked.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.ingest.update.draft_matching import Comparison, Relation
from generator.ingest.update.row_matching import FROM, Known, make_pairs, match_rows, normal_text
from generator.model import Task

_REPEATED = 0.9
"""From this likeness a row repeats a task of the year before."""
_SURE, _MARGIN = 0.6, 0.15
"""From this shared weight a row of the same office goes on with it, if it is so much ahead of the next."""
_ASKED, _ASKED_ELSEWHERE = 0.2, 0.45
"""From here a person is asked: of the same office, of another one."""
_CANDIDATES = 3
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedTasks:
    """What a table's new rows have to do with the year before."""

    links: Mapping[int, str]
    """Row → id of the task that it goes on with."""
    asked: Mapping[int, tuple[Task, ...]]
    """Row → tasks that it may go on with, likeliest first."""


def match_last_year(
    comparison: Comparison, rows: Sequence[int], decisions: Mapping[int, str]
) -> CarriedTasks:
    """``rows``: those that are no known task of the year; ``decisions``: what a person said of them."""
    known = last_year_tasks(comparison)
    ids = {task.id: task for task in known}
    links = {row: task for row, told in decisions.items() if (task := told.removeprefix(FROM)) in ids}
    open_rows = [row for row in rows if row not in decisions]
    drafted = comparison.draft.tasks
    equal = match_rows(
        [drafted[row] for row in open_rows], [Known(task=t, texts=(t.commitment,)) for t in known], {}
    )
    for match in equal.matches:
        row, old = open_rows[match.row], known[match.task]
        if match.score >= _REPEATED or _bare(drafted[row]) == _bare(old):
            links[row] = old.id
    if comparison.relation is not Relation.FIRST:
        return CarriedTasks(links=links, asked={})
    left = [task for task in known if task.id not in links.values()]
    asked = {}
    scores = _weigh([(row, drafted[row]) for row in open_rows if row not in links], left, comparison)
    for row, found in scores.items():
        best, score, same = found[0]
        if same and score >= _SURE and score - (found[1][1] if len(found) > 1 else 0) >= _MARGIN:
            links[row] = best.id
        else:
            asked[row] = tuple(task for task, _, _ in found[:_CANDIDATES])
    return CarriedTasks(links=links, asked=asked)


def last_year_tasks(comparison: Comparison) -> tuple[Task, ...]:
    """The tasks of the last year with a table that had not become others before it ended."""
    year = comparison.period.year
    last = max((t.year for t in comparison.district.tasks if t.year < year), default=None)
    tasks = [t for t in comparison.district.tasks if t.year == last]
    own = {t.id for t in tasks}
    return tuple(t for t in tasks if not own.intersection(t.succeeded_by))


def _bare(task: Task) -> str:
    return _DIGITS.sub("", normal_text(task.commitment))


def _weigh(
    rows: Sequence[tuple[int, Task]], tasks: Sequence[Task], comparison: Comparison
) -> dict[int, list[tuple[Task, float, bool]]]:
    """Row → the tasks worth asking about: task, shared weight (0-1), whether of one office; best first."""
    row_pairs = {row: make_pairs(_bare(task)) for row, task in rows}
    task_pairs = [make_pairs(_bare(task)) for task in tasks]
    counts = Counter(pair for pairs in (*row_pairs.values(), *task_pairs) for pair in pairs)
    total = len(row_pairs) + len(task_pairs) + 1
    weight = {pair: math.log(total / count) for pair, count in counts.items()}
    found: dict[int, list[tuple[Task, float, bool]]] = {}
    for row, drafted in rows:
        offices = {a.name for a in drafted.departments}
        for task, pairs in zip(tasks, task_pairs, strict=True):
            least = min(_sum(weight, row_pairs[row]), _sum(weight, pairs))
            score = _sum(weight, row_pairs[row] & pairs) / least if least else 0.0
            same = bool(offices & _offices_now(task, comparison))
            if score >= (_ASKED if same else _ASKED_ELSEWHERE):
                found.setdefault(row, []).append((task, score, same))
    return {
        row: sorted(found[row], key=lambda entry: (-entry[2], -entry[1], entry[0].id))
        for row, _ in rows
        if row in found
    }


def _sum(weight: Mapping[str, float], pairs: Iterable[str]) -> float:
    return sum(weight[pair] for pair in pairs)


def _offices_now(task: Task, comparison: Comparison) -> set[str]:
    """The task's offices by the names of the draft's period."""
    by_name = {d.name: d for d in comparison.district.departments}
    heirs = (
        comparison.district.heir(by_name[a.name], comparison.period)
        for a in task.departments
        if a.name in by_name
    )
    return {heir.name for heir in heirs if heir}
