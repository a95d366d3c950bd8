"""What the tables of earlier ingests said, read again from the kept copies: the base of the three-way merge.

Nothing but the received file is stored for this: the same rules read it again. A kept copy that is missing or
was changed gives no base; then every difference counts as a person's work and stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator.base.errors import IngestError, Problem, Severity, SourceError
from generator.base.paths import source_file
from generator.base.places import Place
from generator.content import Reading
from generator.ingest.draft import make_draft
from generator.model import District, Period, Task


@dataclass(slots=True)
class Bases:
    """Rows of kept tables by file and row; each table is read once."""

    district: District
    reading: Reading
    files: Mapping[str, bytes]
    """The whole site, path → bytes."""
    problems: list[Problem] = field(default_factory=list)
    _rows: dict[str, tuple[Task, ...]] = field(default_factory=dict)

    def row_of(self, task: Task, periods: Iterable[Period]) -> Task | None:
        """The task's row in the newest of these periods' tables; None when it cannot be read again."""
        wanted = set(periods)
        for update in reversed(task.updates):
            if update.period in wanted:
                rows = self._read(update.source.file, update.source.sha256, update.period)
                row = update.source.row
                found = rows[row - 1] if 0 < row <= len(rows) else None
                return None if found is None else self._under(found, task)
        return None if task.updates else self._row_without_update(task)

    def _row_without_update(self, task: Task) -> Task | None:
        """For tables that tell no progress: the row of the same number in the newest of them."""
        for source in reversed(self.district.sources):
            if source.period.year != task.year:
                continue
            for row in self._read(source.file, None, source.period):
                if row.id == task.id:
                    return self._under(row, task)
        return None

    def _under(self, row: Task, task: Task) -> Task:
        """The row under the id of the task."""
        return replace(row, id=task.id)

    def _read(self, file: str, sha256: str | None, period: Period) -> tuple[Task, ...]:
        if file not in self._rows:
            self._rows[file] = self._draft(file, sha256, period)
        return self._rows[file]

    def _draft(self, file: str, sha256: str | None, period: Period) -> tuple[Task, ...]:
        path = source_file(self.district.id, file)
        data = self.files.get(path)
        if data is None:
            what = "收到的原表不在了，无法区分哪些字是手改的"
            self._doubt(path, what)
            return ()
        if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
            self._doubt(path, "收到的原表被改动过，无法区分哪些字是手改的")
            return ()
        try:
            draft = make_draft(data, path, district=self.district, period=period, reading=self.reading)
        except (SourceError, IngestError):
            self._doubt(path, "上次收到的原表现在读不出来，无法区分哪些字是手改的")
            return ()
        return draft.tasks

    def _doubt(self, path: str, what: str) -> None:
        hint = "YAML 里与新表不同之处都当作手改保留"
        self.problems.append(Problem(place=Place(file=path), what=what, hint=hint, level=Severity.WARNING))
