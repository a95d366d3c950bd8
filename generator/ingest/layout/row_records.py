"""A record: one task row, gathered, with the pieces of the source by role; and the headings above it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.base.places import Place
from generator.ingest.layout.heading_roles import ColumnRole
from generator.ingest.layout.source_pieces import SourcePiece

_LEVEL_ONE = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|第[一二三四五六七八九十]{1,3}[章部篇][分]?|附件\s*\d*|[IVX]{1,4}[.、])"
)
_LEVEL_TWO = re.compile(r"^\s*[（(][一二三四五六七八九十]{1,3}[)）]")
_LEVEL_THREE = re.compile(r"^\s*(?:\d{1,2}\s*[、.．](?!\d)|[（(]\d{1,2}[)）])")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRecord:
    """One task row, gathered."""

    where: Place
    """Place of its first cell."""
    sections: tuple[SourcePiece, ...] = ()
    """Heading and second-level heading that the row stands under."""
    fields: tuple[tuple[ColumnRole, SourcePiece], ...] = ()
    """Pieces by role, in order of the source; a role may come several times."""
    extras: tuple[tuple[str, SourcePiece], ...] = ()
    """Printed heading and piece of columns that are kept with the remarks."""
    roles: frozenset[ColumnRole] = frozenset()
    """Roles of the columns of its table: what it should say."""
    bold_leads: bool = False
    """Bold type marks the leading body in this table."""
    persons: bool = False
    """The cells of bodies name persons too."""
    lead_before_slash: bool = False
    """A slash parts the lead from the others in the cells of bodies."""

    def pieces(self, *roles: ColumnRole) -> tuple[SourcePiece, ...]:
        """Pieces of the given roles."""
        return tuple(piece for role, piece in self.fields if role in roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a piece of the source went."""

    piece: SourcePiece
    field: str
    """Key of the content contract, or a structural kind: heading, title, note, total, furniture, metadata."""
    structural: bool = False


def heading_level(text: str) -> int:
    """1 for 一、, 2 for （一）, 3 for 1., 0 for a heading without a number."""
    if _LEVEL_ONE.match(text):
        return 1
    if _LEVEL_TWO.match(text):
        return 2
    return 3 if _LEVEL_THREE.match(text) else 0


def nest(
    path: tuple[SourcePiece, ...], piece: SourcePiece, level: int, *, fresh: bool
) -> tuple[SourcePiece, ...]:
    """Path of at most two headings with ``piece`` put in.

    ``fresh``: no task stood below the last heading yet, so a further one of a deeper or no level goes below.
    """
    if not path or level == 1:
        return (piece,)
    first = heading_level(path[0].text)
    if level == 0 and first == 0:
        return (path[0], piece) if fresh and len(path) == 1 else (piece,)
    if level and first and level <= first:
        return (piece,)
    if first == 0 and level == 0:
        return (piece,)
    return (path[0], piece)
