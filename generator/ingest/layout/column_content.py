"""A column of the source table: what it was taken for, and what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from generator.ingest.layout.heading_roles import ColumnRole
from generator.ingest.layout.source_pieces import SourcePiece, squeeze, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceColumn:
    """One column of the source table and what it was taken for."""

    index: int
    """0-based."""
    heading: str
    """As printed; empty where there is none."""
    role: ColumnRole | None
    """None: not known, and nothing stands in it."""
    why: str
    """heading, content, position, option (command line) or district.yaml."""
    groups: bool = False
    """An empty cell takes the value above: the lead unit as group."""
    bold_leads: bool = False
    """Bold type marks the leading body."""
    persons: bool = False
    """Its cells name the bodies' persons too (责任单位及责任人)."""
    lead_before_slash: bool = False
    """The heading says that a slash parts the lead from the others (牵头单位/配合单位)."""
    names: bool = False
    """Every row has a group of its own: it may be the name of the task."""
    moved: bool = False
    """Its heading stood over another column; the content says that it belongs here."""
    tick: SourcePiece | None = None
    """Heading that a tick in this column chooses (已完成, 正常推进); None where cells speak themselves."""
    margin: float = 9.0
    """Score by which the reading of the whole table loses when this column is read as ``rival``."""
    own: float = 0.0
    """How well its role fits it by itself, without the other columns."""
    sample: str = ""
    """What its first cell begins with."""
    rival: ColumnRole | None = None
    """The second best role; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stands in a column below the heading."""

    texts: tuple[str, ...]
    """Cells with text that start in their row."""
    rows: int
    """Rows of the table."""
    merged: bool
    """Some cell reaches over several rows."""

    @property
    def size(self) -> float:
        """Median length of the cells in visible characters; 0 for none."""
        return median(map(visible, self.texts)) if self.texts else 0.0

    def share(self, test: object) -> float:
        """Share (0-1) of cells for which ``test(text)`` holds."""
        assert callable(test)
        return sum(bool(test(t)) for t in self.texts) / len(self.texts) if self.texts else 0.0


_TICK = re.compile(r"[√✓✔☑☒✗●○■□▲★◆Vv１1是]")


def is_tick(text: str) -> bool:
    """Whether a cell is a mark that chooses the heading above it."""
    return _TICK.fullmatch(squeeze(text)) is not None


def set_role(
    columns: Sequence[SourceColumn], index: int, role: ColumnRole | None, why: str
) -> list[SourceColumn]:
    """Columns with another role for one of them."""
    return [replace(c, role=role, why=why) if c.index == index else c for c in columns]


def with_roles(columns: Sequence[SourceColumn], *roles: ColumnRole) -> list[SourceColumn]:
    """Columns of the given roles."""
    return [c for c in columns if c.role in roles]
