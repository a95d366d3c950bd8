"""What the rooms outside see of charts: the finished chart, the request for one, the cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

Record: TypeAlias = Mapping[str, Any]
"""One row bound to a spec: plain JSON values only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One mark that can be pointed at: a link laid over the drawing, outside of its ``role="img"``."""

    key: str
    """Task id, target id (``<task id>#<target id>``), department slug or period that the mark stands for."""
    tasks: tuple[str, ...]
    """Task ids behind the mark; the filter of the cards dims marks of which none is shown."""
    url: str
    """Site path, with a fragment or without."""
    label: str
    """Accessible name: what it is, its figure and its standing in words."""
    lines: tuple[str, ...]
    """Lines of the tooltip below the label: figures, department, the quoted words."""
    status: str | None
    """Standing of the mark; None where it has none (a department, a growth figure)."""
    box: tuple[float, float, float, float]
    """x, y, width, height in units of the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One variant of a chart as plain data, laid out to the pixel."""

    variant: str
    """wide (800 units) or narrow (340 units)."""
    width: int
    height: int
    params: Mapping[str, Any]
    """Values of the spec's parameters (a scale's end, say)."""
    tables: Mapping[str, tuple[Record, ...]]
    """Dataset of the spec → rows, in drawing order."""
    hits: tuple[Hit, ...] = ()
    """In reading order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRequest:
    """A chart planned and not yet drawn: words, table and layout; nothing here needs a drawing library."""

    key: str
    """The chart's name, made by ``addresses``: site path of its downloads without suffix."""
    kind: str
    """standing, targets, departments, distribution, history, compare or rates."""
    title: str
    subtitle: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    drawings: tuple[Drawing, ...]
    """wide and narrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A finished chart with everything a page says about it."""

    key: str
    """Site path of the downloads without suffix."""
    kind: str
    title: str
    """The finding, in computed words; plain text."""
    subtitle: str
    """Unit, date and source."""
    description: str
    """What a reader who does not see the chart must know; its numbers are those of ``rows``."""
    svg: str
    """Inline SVG, wide, then narrow; links are site paths still: see ``place_chart``."""
    columns: tuple[str, ...]
    """Headers of the folded table."""
    rows: tuple[tuple[str, ...], ...]
    """Cells of the folded table as printed, in the chart's order."""
    spec: Mapping[str, Any]
    """What charts.js needs for the live version: kind and data of each variant."""

    @property
    def csv_name(self) -> str:
        """Site path of the table as CSV."""
        return f"{self.key}.csv"

    @property
    def svg_name(self) -> str:
        """Site path of the drawing as a file of its own."""
        return f"{self.key}.svg"


class ChartCache(Protocol):
    """Finished drawings kept between builds; ``build`` gives one that lives on disk."""

    def get(self, key: str) -> bytes | None:
        """Bytes kept under ``key``; None when there are none."""

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``."""
