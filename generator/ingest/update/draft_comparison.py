"""Rows of a draft against the tasks that stand: matched, merged, and told line by line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.base.paths import make_task_id, parse_task_id
from generator.content.decisions import Decision
from generator.ingest.draft import Draft
from generator.ingest.update.earlier_tables import Bases
from generator.ingest.update.published_changes import find_corrections, unrecorded
from generator.ingest.update.row_matching import Doubt, Known, Matching, match_rows
from generator.ingest.update.task_merge import Merged, merge_task
from generator.ingest.update.threeway import FieldChange, Winner
from generator.model import Correction, District, Period, Task, Update

_COLUMNS = ("section", "subsection", "deadline", "leaders", "departments", "contacts")
"""Fields that a table may have no column for."""


class RowAction(StrEnum):
    """What becomes of a task."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"


class Relation(StrEnum):
    """How the new table stands to those already taken in."""

    FIRST = "first"
    NEXT = "next"
    OLDER = "older"
    CORRECTION = "correction"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEntry:
    """One line of the plan."""

    task: str
    """Task id; for an ambiguous row the id it would get as a new task."""
    number: int
    title: str
    action: RowAction
    row: int | None = None
    """Row of the new table, 1-based; None for missing tasks."""
    fields: tuple[FieldChange, ...] = ()
    candidates: tuple[tuple[str, str], ...] = ()
    """Of an ambiguous row: id and commitment of the tasks that it may be, most alike first."""
    came_from: tuple[str, ...] = ()
    """Ids of tasks that it was split from, merged from or carried over from."""
    became: tuple[str, ...] = ()
    """Ids of the tasks that it was split or merged into."""


class Comparison:
    """The plan while it is being made: match, then merge, then tell."""

    def __init__(
        self,
        *,
        draft: Draft,
        district: District,
        bases: Bases,
        relation: Relation,
        today: dt.date,
        decisions: Sequence[Decision] = (),
    ) -> None:
        self.draft, self.district, self.bases = draft, district, bases
        self.relation, self.today = relation, today
        self.decisions = tuple(decisions)
        """What a person decided of numbers before."""
        self.year = draft.period.year
        periods = {u.period for t in district.tasks for u in t.updates if t.year == self.year}
        self.newest = max(periods, key=lambda p: p.order, default=None)
        self.before = [p for p in periods if p.order < draft.period.order]
        self.unsaid = tuple(n for n in _COLUMNS if not any(getattr(t, n) for t in draft.tasks))
        self.known: tuple[Known, ...] = ()
        self.matching = Matching(matches=(), splits=(), merges=(), doubts=(), new=(), missing=())
        self.ids: dict[int, str] = {}
        """Row → id of the task that it is or becomes."""
        self.renamed: dict[str, str] = {}
        """Id in the draft → id of the task."""
        self.tasks = {t.id: t for t in district.tasks}
        self.merged: dict[int, Merged] = {}
        self.came_from: dict[int, tuple[str, ...]] = {}
        self.became: dict[str, tuple[str, ...]] = {}
        self.names = tuple(n for d in draft.departments for n in (d.name, *d.aliases))

    # -- matching

    def match(self, decisions: Mapping[int, str]) -> None:
        """Rows to tasks; every row has an id afterwards."""
        period = self.draft.period
        tasks = [t for t in self.district.tasks if t.year == self.year and self._may_match(t)]
        self.known = tuple(self._known(t) for t in tasks)
        told = dict(decisions)
        for task in tasks if self.relation is Relation.SAME else ():
            for row in self._rows_of(task, period):
                told.setdefault(row, task.id)
        self.matching = match_rows(self.draft.tasks, self.known, told)
        self.ids = {m.row: self.known[m.task].task.id for m in self.matching.matches}
        self._name_new_rows()
        self.renamed = {t.id: self.ids[index] for index, t in enumerate(self.draft.tasks)}
        self._link()

    def _rows_of(self, task: Task, period: Period) -> Iterable[int]:
        """Positions of the rows that this very table gave to the task when it was taken in."""
        if not any(drafted.updates for drafted in self.draft.tasks):
            return (row for row, drafted in enumerate(self.draft.tasks) if drafted.id == task.id)
        sources = (u.source for u in task.updates if u.period == period)
        return (s.row - 1 for s in sources if s.sha256 == self.draft.sha256)

    def _may_match(self, task: Task) -> bool:
        """Not tasks that had ended before by becoming others, nor those that came of it later."""
        if not task.updates:
            return True
        period = self.draft.period
        last = max((p.order for p in self.before), default=period.order)
        if task.succeeded_by and task.updates[-1].period.order < min(last, period.order):
            return False
        return not (task.carried_over_from and task.updates[0].period.order > period.order)

    def _known(self, task: Task) -> Known:
        then = task.at(self.draft.period) if task.updates else task
        row = self.bases.row_of(task, {u.period for u in task.updates})
        texts = (then.commitment, row.commitment) if row else (then.commitment,)
        return Known(task=then, texts=texts)

    def _name_new_rows(self) -> None:
        taken = {t.id for t in self.district.tasks}
        named = set(self.ids)
        numbers = [t.number for t in (*self.draft.tasks, *self.district.tasks) if t.year == self.year]
        numbers += [key.number for key in map(parse_task_id, taken) if key.year == self.year]
        free = max(numbers, default=0)
        for row, task in enumerate(self.draft.tasks):
            if row in named:
                continue
            if task.id in taken:
                free += 1
                self.ids[row] = make_task_id(self.district.id, self.year, free)
            else:
                self.ids[row] = task.id
            taken.add(self.ids[row])

    def _link(self) -> None:
        """Who became whom, by the splits and merges found."""
        for split in self.matching.splits:
            old = self.known[split.tasks[0]].task.id
            self.became[old] = tuple(self.ids[row] for row in split.rows)
            for row in split.rows:
                self.came_from[row] = (old,)
        for merge in self.matching.merges:
            olds = tuple(self.known[task].task.id for task in merge.tasks)
            self.came_from[merge.rows[0]] = olds
            for old in olds:
                self.became[old] = (self.ids[merge.rows[0]],)
        self._carry_over()

    def _carry_over(self) -> None:
        """New rows of a new year that repeat an unfinished task of the year before, to the word."""
        earlier = {t.year for t in self.district.tasks if t.year < self.year}
        rows = [r for r in self.matching.new if r not in self.came_from]
        if not earlier or not rows or self.relation is not Relation.FIRST:
            return
        last = max(earlier)
        known = [Known(task=t, texts=(t.commitment,)) for t in self.district.tasks if t.year == last]
        found = match_rows([self.draft.tasks[r] for r in rows], known, {})
        for match in found.matches:
            if match.score >= 0.9:
                row, old = rows[match.row], known[match.task].task.id
                self.came_from[row] = (old,)
                self.became[old] = (self.ids[row],)

    # -- merging

    def merge(self) -> None:
        """Every matched row into its task."""
        for match in self.matching.matches:
            file = self.tasks[self.ids[match.row]]
            row = self._row(match.row)
            # A table without such a column says nothing of it, so it takes nothing away.
            row = replace(row, **{name: getattr(file, name) for name in self.unsaid})
            base = self.bases.row_of(file, self._base_periods(file))
            newest = not file.updates or file.updates[-1].period.order <= self.draft.period.order
            merged = merge_task(
                file,
                base,
                row,
                period=self.draft.period,
                newest=newest,
                names=self.names,
                decisions=self.decisions,
            )
            if self.relation is Relation.SAME:
                kept = tuple(replace(c, wins=Winner.FILE) for c in merged.changes)
                self.merged[match.row] = Merged(task=file, changes=self._told_before(file, kept))
            else:
                self.merged[match.row] = merged

    def _base_periods(self, file: Task) -> set[Period]:
        """Where the task's row stood last: in this period's own table, otherwise in the newest before it."""
        own = self.draft.period
        periods = {u.period for u in file.updates}
        return {own} if own in periods else periods

    def _told_before(self, file: Task, changes: Iterable[FieldChange]) -> tuple[FieldChange, ...]:
        """Differences of a table taken in already; a conflict stays one as long as the words differ."""
        before = self.bases.row_of(file, self.before) if self.before and file.updates else None
        if before is None:
            return tuple(changes)
        return tuple(
            replace(c, conflict=getattr(before, c.field, c.new) != c.new and c.file != c.new)
            if c.field != "number"
            else c
            for c in changes
        )

    def _row(self, row: int) -> Task:
        """The row's task under its final id, references to other rows too."""
        task = self.draft.tasks[row]
        updates = tuple(
            replace(u, next_steps_from=self.renamed.get(u.next_steps_from, u.next_steps_from))
            if u.next_steps_from
            else u
            for u in task.updates
        )
        return replace(task, id=self.ids[row], updates=updates)

    # -- the result

    def rows(self) -> tuple[Task, ...]:
        """The draft's tasks under their final ids."""
        return tuple(self._row(row) for row in range(len(self.draft.tasks)))

    def pairs(self) -> tuple[tuple[Task, Task], ...]:
        """Known tasks and the rows they are."""
        return tuple((self.known[m.task].task, self.draft.tasks[m.row]) for m in self.matching.matches)

    def changed(self) -> tuple[tuple[Task | None, Task], ...]:
        """Every task that is new or differs."""
        tasks = self.tasks
        after: dict[str, Task] = {m.task.id: m.task for m in self.merged.values()}
        doubtful = {doubt.row for doubt in self.matching.doubts}
        for row in range(len(self.draft.tasks)):
            if self.ids[row] not in tasks and row not in doubtful:
                after[self.ids[row]] = replace(self._row(row), carried_over_from=self.came_from.get(row, ()))
        for row, olds in self.came_from.items():
            task = after[self.ids[row]]
            olds = tuple(dict.fromkeys((*task.carried_over_from, *olds)))
            after[task.id] = replace(task, carried_over_from=olds)
        for old, news in self.became.items():
            task = after.get(old, tasks[old])
            after[old] = replace(task, succeeded_by=tuple(dict.fromkeys((*task.succeeded_by, *news))))
        pairs = ((tasks.get(name), task) for name, task in sorted(after.items()))
        return tuple((old, new) for old, new in pairs if old != new)

    def entries(self) -> tuple[RowEntry, ...]:
        """Rows in printed order, then what is missing."""
        doubts = {doubt.row: doubt for doubt in self.matching.doubts}
        lines = []
        for row in range(len(self.draft.tasks)):
            if row in doubts:
                lines.append(self._doubt(doubts[row]))
            elif row in self.merged:
                lines.append(self._merged(row))
            else:
                lines.append(self._new(row))
        return (*lines, *self._missing())

    def _merged(self, row: int) -> RowEntry:
        merged = self.merged[row]
        old = self.tasks[merged.task.id]
        new = next((u for u in merged.task.updates if u.period == self.draft.period), None)
        held = any(u.period == self.draft.period for u in old.updates)
        fields = (*merged.changes, *(_added(new) if new and not held else ()))
        return RowEntry(
            task=merged.task.id,
            number=self.draft.tasks[row].number,
            title=merged.task.title,
            action=_action(old, merged.task),
            row=row + 1,
            fields=fields,
            came_from=self.came_from.get(row, ()),
            became=self.became.get(merged.task.id, ()),
        )

    def _new(self, row: int) -> RowEntry:
        task = self.draft.tasks[row]
        return RowEntry(
            task=self.ids[row],
            number=task.number,
            title=task.title,
            action=RowAction.NEW,
            row=row + 1,
            fields=tuple(
                FieldChange(field=name, base=None, file=None, new=value, wins=Winner.NEW)
                for name, value in (("commitment", task.commitment), ("departments", task.departments))
                if value
            ),
            came_from=self.came_from.get(row, ()),
        )

    def _doubt(self, doubt: Doubt) -> RowEntry:
        task = self.draft.tasks[doubt.row]
        found = (self.known[index].task for index in doubt.candidates)
        return RowEntry(
            task=self.ids[doubt.row],
            number=task.number,
            title=task.title,
            action=RowAction.AMBIGUOUS,
            row=doubt.row + 1,
            fields=(
                FieldChange(field="commitment", base=None, file=None, new=task.commitment, wins=Winner.NEW),
            ),
            candidates=tuple((t.id, t.commitment) for t in found),
        )

    def _missing(self) -> Iterable[RowEntry]:
        """Tasks that the last table before had and this one has not; those that became others too."""
        asked = {index for doubt in self.matching.doubts for index in doubt.candidates}
        last = max(self.before, key=lambda p: p.order, default=None)
        matched = {self.known[m.task].task.id for m in self.matching.matches}
        for index, known in enumerate(self.known):
            task = known.task
            if task.id in matched or (index in asked and index in self.matching.missing):
                continue
            periods = {u.period for u in self.tasks[task.id].updates}
            if not periods or last in periods or self.draft.period in periods:
                yield RowEntry(
                    task=task.id,
                    number=task.number,
                    title=task.title,
                    action=RowAction.MISSING,
                    became=self.became.get(task.id, ()),
                )

    def corrections(self) -> tuple[Correction, ...]:
        """Changes to published periods that are not on record yet."""
        period = self.draft.period
        found: list[Correction] = []
        closed = {*self.before, *self._later()}
        for task in self.district.tasks:
            if task.year == self.year:
                found += unrecorded(task, closed - {period}, self.bases, self.district, self.today)
        if self.relation is Relation.CORRECTION:
            reason = f"收到更正后的表（{self.draft.table.file}）"
            for old, new in self.changed():
                if old is not None:
                    found += find_corrections(old, new, period, self.today, reason)
        return tuple(found)

    def _later(self) -> list[Period]:
        """Periods behind the table's own that are not the newest, so published and closed too."""
        periods = {u.period for t in self.district.tasks for u in t.updates if t.year == self.year}
        return [p for p in periods if p.order > self.draft.period.order and p != self.newest]


def _action(old: Task, new: Task) -> RowAction:
    if old == new:
        return RowAction.UNCHANGED
    if "".join(old.commitment.split()) != "".join(new.commitment.split()):
        return RowAction.REWORDED
    return RowAction.RENUMBERED if old.number != new.number else RowAction.UPDATED


def _added(update: Update) -> Iterable[FieldChange]:
    """The texts of a period that the task did not have."""
    for name in ("progress", "next_steps", "plan", "reported_status", "reported_completion", "remarks"):
        if value := getattr(update, name):
            yield FieldChange(field=name, base=None, file=None, new=value, wins=Winner.NEW)
    if update.actuals:
        yield FieldChange(field="actuals", base=None, file=None, new=update.actuals, wins=Winner.NEW)
