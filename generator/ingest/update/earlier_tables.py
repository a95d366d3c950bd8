"""What the tables of earlier ingests said, read again from the kept copies: the base of the three-way merge.

Nothing but the received file is stored for this: the same rules read it again. A kept copy that is missing or
was changed gives no base; then every difference counts as a person's work and stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.base.errors import IngestError, Problem, Severity, SourceError
from generator.base.messages import Message
from generator.base.paths import source_file
from generator.base.places import Place
from generator.content import Reading
from generator.ingest.draft import make_draft
from generator.model import District, Period, SourceTable, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierTables:
    """The tables of one year that were taken in before, each read again once."""

    sources: tuple[SourceTable, ...]
    """The year's tables, oldest first."""
    rows: Mapping[str, tuple[Task, ...]]
    """Kept copy (path below the district's folder) → its rows; none where it cannot be read again."""
    problems: tuple[Problem, ...] = ()
    """A warning for each kept copy that cannot be read again."""

    def find_row(self, task: Task, periods: Iterable[Period]) -> Task | None:
        """The task's row in the newest of these periods' tables; None when it cannot be read again."""
        wanted = set(periods)
        update = next((u for u in reversed(task.updates) if u.period in wanted), None)
        if update is not None:
            rows = self.rows.get(update.source.file, ())
            row = update.source.row
            return replace(rows[row - 1], id=task.id) if 0 < row <= len(rows) else None
        return None if task.updates else self._row_of_same_number(task)

    def _row_of_same_number(self, task: Task) -> Task | None:
        """For tables that tell no progress: the row of the same number in the newest of them."""
        rows = (row for source in reversed(self.sources) for row in self.rows.get(source.file, ()))
        return next((row for row in rows if row.id == task.id and not row.updates), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _KeptCopy:
    """One received table as it was kept."""

    file: str
    """Path below the district's folder."""
    period: Period
    sha256: str | None
    """Checksum that the tasks remember; None where they remember none."""


def make_earlier_tables(
    district: District, year: int, *, reading: Reading, files: Mapping[str, bytes]
) -> EarlierTables:
    """Every table of ``year`` that a task of the district rests on. ``files``: the whole site."""
    read = {kept.file: _read_again(kept, district, reading, files) for kept in _kept_copies(district, year)}
    return EarlierTables(
        sources=tuple(s for s in district.sources if s.period.year == year),
        rows={file: rows for file, (rows, _) in read.items()},
        problems=tuple(problem for _, problem in read.values() if problem is not None),
    )


def _kept_copies(district: District, year: int) -> Iterator[_KeptCopy]:
    """Tables that the tasks' updates name; those without progress as well where a task has no update."""
    tasks = [task for task in district.tasks if task.year == year]
    known = {
        u.source.file: _KeptCopy(file=u.source.file, period=u.period, sha256=u.source.sha256)
        for task in tasks
        for u in task.updates
    }
    yield from known.values()
    if any(not task.updates for task in tasks):
        for source in district.sources:
            if source.period.year == year and source.file not in known:
                yield _KeptCopy(file=source.file, period=source.period, sha256=None)


def _read_again(
    kept: _KeptCopy, district: District, reading: Reading, files: Mapping[str, bytes]
) -> tuple[tuple[Task, ...], Problem | None]:
    """Rows of a kept copy, or a warning why there are none."""
    path = source_file(district.id, kept.file)
    data = files.get(path)
    if data is None:
        return (), _warning(path, Message("收到的原表不在了，无法区分哪些字是手改的"))
    if kept.sha256 is not None and hashlib.sha256(data).hexdigest() != kept.sha256:
        return (), _warning(path, Message("收到的原表被改动过，无法区分哪些字是手改的"))
    try:
        draft = make_draft(data, path, district=district.at(kept.period), period=kept.period, reading=reading)
    except (SourceError, IngestError):
        return (), _warning(path, Message("上次收到的原表现在读不出来，无法区分哪些字是手改的"))
    return draft.tasks, None


def _warning(path: str, what: Message) -> Problem:
    hint = Message("YAML 里与新表不同之处都当作手改保留")
    return Problem(place=Place(file=path), what=what, hint=hint, level=Severity.WARNING)
