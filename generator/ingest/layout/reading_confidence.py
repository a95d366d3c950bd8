"""How sure a reading is: of a column by what its table loses without it, of a cell by its rivals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from generator.ingest.layout.cell_features import fit_score
from generator.ingest.layout.column_content import SourceColumn
from generator.ingest.layout.heading_roles import ColumnRole
from generator.ingest.layout.row_records import RowRecord
from generator.ingest.layout.source_pieces import SourcePiece

R = ColumnRole
_OFFICES = frozenset({R.DEPARTMENT, R.LEAD, R.JOINT})
_NEAR = 0.7
"""Score by which the second best reading has to fall behind, else it is asked which one holds."""
_CELL = 0.5
"""Weight of one cell beside the column that it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEvidence:
    """Why one piece of a row is read as what it is."""

    role: ColumnRole
    piece: SourcePiece
    column: SourceColumn | None
    """None where the row has no columns (running text)."""
    sure: float
    """0-1."""
    rival: ColumnRole | None
    """What else it could be; None where nothing comes near."""


def column_sureness(column: SourceColumn) -> float:
    """How sure the role of a column is (0-1): 0.5 where two readings of the table are as good."""
    return _logistic(column.margin)


def is_unsure(column: SourceColumn) -> bool:
    """Whether two readings of a column are so near that a person should say which holds.

    What is kept with the remarks keeps its heading and its words, and misleads nobody.
    """
    said = column.role not in (None, R.REMARKS) and column.rival is not None
    return said and column.margin < _NEAR


def unsure_columns(tables: Sequence[Sequence[SourceColumn]]) -> tuple[SourceColumn, ...]:
    """Columns that a person is asked about; those of the first table where all have the same numbers."""
    return tuple(column for column in (tables[0] if tables else ()) if is_unsure(column))


def weigh_record(record: RowRecord, columns: Sequence[SourceColumn]) -> tuple[CellEvidence, ...]:
    """Every piece of a row with how sure it is. ``columns``: of its table; none for running text."""
    return tuple(_weigh(role, piece, columns) for role, piece in record.fields)


def _weigh(role: ColumnRole, piece: SourcePiece, columns: Sequence[SourceColumn]) -> CellEvidence:
    column = next((c for c in columns if c.role is role), None)
    others = {c.role for c in columns if c.role} - {role} - (_OFFICES if role in _OFFICES else set())
    fits = {other: fit_score(other, piece.text) for other in others}
    rival = max(fits, key=lambda r: (fits[r], str(r)), default=None)
    lead = fit_score(role, piece.text) - fits[rival] if rival else 0.0
    margin = (column.margin if column else 2.0) + _CELL * min(lead, 0.0)
    return CellEvidence(
        role=role,
        piece=piece,
        column=column,
        sure=_logistic(margin),
        rival=rival if lead < 0 else column.rival if column else None,
    )


def _logistic(margin: float) -> float:
    return round(1 / (1 + math.exp(-margin)), 2)
