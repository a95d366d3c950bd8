"""Step one of a plan, match: which row of the draft is which known task, and the id of every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.base.paths import make_task_id, parse_task_id
from generator.ingest.draft import Draft
from generator.ingest.update.earlier_tables import EarlierTables
from generator.ingest.update.row_matching import Known, Matching, match_rows
from generator.model import District, Period, Task


class Relation(StrEnum):
    """How the new table stands to those already taken in."""

    FIRST = "first"
    NEXT = "next"
    OLDER = "older"
    CORRECTION = "correction"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is compared: a draft, the district as it stands, and what earlier tables said."""

    draft: Draft
    district: District
    earlier: EarlierTables
    relation: Relation

    @property
    def period(self) -> Period:
        """The draft's period."""
        return self.draft.period

    @property
    def year_tasks(self) -> tuple[Task, ...]:
        """The district's tasks of the draft's year."""
        return tuple(t for t in self.district.tasks if t.year == self.period.year)

    @property
    def periods(self) -> tuple[Period, ...]:
        """Periods of the year that the content has, oldest first."""
        found = {u.period for task in self.year_tasks for u in task.updates}
        return tuple(sorted(found, key=lambda period: period.order))

    @property
    def periods_before(self) -> tuple[Period, ...]:
        """Periods of the year before the draft's own, oldest first."""
        return tuple(p for p in self.periods if p.order < self.period.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedDraft:
    """The draft's rows, each a known task, a part of one, in doubt, or new."""

    known: tuple[Known, ...]
    """Tasks that rows were matched with."""
    matching: Matching
    """Positions of rows and of ``known``."""
    ids: tuple[str, ...]
    """For each row the id of the task that it is or becomes."""

    @property
    def pairs(self) -> tuple[tuple[int, Task], ...]:
        """Each matched row with the task that it is."""
        return tuple((m.row, self.known[m.task].task) for m in self.matching.matches)


def match_draft(comparison: Comparison, decisions: Mapping[int, str]) -> MatchedDraft:
    """Rows to tasks; every row has an id afterwards. ``decisions``: row → task id or ``NEW``, by a person."""
    tasks = [task for task in comparison.year_tasks if _may_match(task, comparison)]
    known = tuple(_known(task, comparison) for task in tasks)
    told = dict(decisions)
    for task in tasks if comparison.relation is Relation.SAME else ():
        for row in _rows_of(task, comparison.draft):
            told.setdefault(row, task.id)
    matching = match_rows(comparison.draft.tasks, known, told)
    matched = {m.row: known[m.task].task.id for m in matching.matches}
    return MatchedDraft(known=known, matching=matching, ids=_name_rows(comparison, matched))


def _may_match(task: Task, comparison: Comparison) -> bool:
    """Not tasks that had ended before by becoming others, nor those that came of it later."""
    if not task.updates:
        return True
    own = comparison.period.order
    last = max((p.order for p in comparison.periods_before), default=own)
    if task.succeeded_by and task.updates[-1].period.order < min(last, own):
        return False
    return not (task.carried_over_from and task.updates[0].period.order > own)


def _known(task: Task, comparison: Comparison) -> Known:
    """The task in its words of the draft's period, and in those of the last table."""
    then = task.at(comparison.period) if task.updates else task
    row = comparison.earlier.find_row(task, {u.period for u in task.updates})
    return Known(task=then, texts=(then.commitment, row.commitment) if row else (then.commitment,))


def _rows_of(task: Task, draft: Draft) -> Iterable[int]:
    """Positions of the rows that this very table gave to the task when it was taken in."""
    if not any(drafted.updates for drafted in draft.tasks):
        return (row for row, drafted in enumerate(draft.tasks) if drafted.id == task.id)
    sources = (u.source for u in task.updates if u.period == draft.period)
    return (s.row - 1 for s in sources if s.sha256 == draft.sha256)


def _name_rows(comparison: Comparison, matched: Mapping[int, str]) -> tuple[str, ...]:
    """Ids of all rows: its task's if it is one, else its own where that is free, else the next number."""
    taken = {task.id for task in comparison.district.tasks}
    numbers = _free_numbers(comparison, taken)
    ids = []
    for row, drafted in enumerate(comparison.draft.tasks):
        name = matched.get(row, drafted.id)
        if row not in matched and name in taken:
            name = make_task_id(comparison.district.id, comparison.period.year, next(numbers))
        taken.add(name)
        ids.append(name)
    return tuple(ids)


def _free_numbers(comparison: Comparison, taken: Iterable[str]) -> Iterator[int]:
    """Numbers behind every one that the year has used, in an id or in a table."""
    used = [task.number for task in (*comparison.draft.tasks, *comparison.year_tasks)]
    keys = map(parse_task_id, taken)
    used += [key.number for key in keys if key.year == comparison.period.year]
    number = max(used, default=0)
    while True:
        number += 1
        yield number
