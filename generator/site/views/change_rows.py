"""Lists of tasks that changed in one way."""

from __future__ import annotations

from dataclasses import dataclass

from generator.figures import Standing
from generator.site.views.page_view import Link
from generator.site.views.task_differences import Detail


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One task in a group."""

    id: str
    link: Link
    number_word: str
    who: str
    standing: Standing
    standing_word: str
    details: tuple[Detail, ...]
    links: tuple[Link, ...]
    """Tasks that it came from or became."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """Tasks that changed in the same way."""

    key: str
    title: str
    note: str
    rows: tuple[ChangeRow, ...]

    @property
    def lists(self) -> tuple[tuple[bool, tuple[ChangeRow, ...]], ...]:
        """Rows that say more than their task's name, then those that do not (True); empty lists left out."""
        detailed = tuple(row for row in self.rows if row.details or row.links)
        plain = tuple(row for row in self.rows if not (row.details or row.links))
        return tuple((rows is plain, rows) for rows in (detailed, plain) if rows)
