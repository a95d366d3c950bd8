"""What the rooms outside see of charts: the finished chart, the request for one, the cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias

from generator.charts.chart_table import ChartTable
from generator.figures import Standing

Record: TypeAlias = Mapping[str, Any]
"""One row bound to a spec: plain JSON values only."""


class Box(NamedTuple):
    """A rectangle in units of a drawing, y downwards."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


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
    box: Box | None
    """Where it lies; None where the spec's layer ``hits`` places it, by its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Lines of text in a drawing."""

    x: float
    y: float
    """First baseline."""
    lines: tuple[str, ...]
    anchor: str
    """start, middle or end."""
    colour: str
    """Token of the theme."""
    size: float
    bold: bool = False
    halo: bool = False
    """A rim in the page's colour keeps lines behind the letters away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """The shape of a standing in a legend or a heading: it explains and stands for no task."""

    x: float
    y: float
    standing: Standing
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One variant of a chart as plain data: rows for its spec, and the letters that are written around."""

    variant: str
    """wide (800 units) or narrow (340 units)."""
    width: int
    height: int
    plot: int
    """Height of the spec's plot, which lies inside the room that the spec leaves around it."""
    params: Mapping[str, Any]
    """Values of the spec's parameters (a scale's end, say)."""
    tables: Mapping[str, tuple[Record, ...]]
    """Dataset of the spec → rows, in drawing order; ``vega_specs.TABLES`` has the columns."""
    words: Mapping[str, str]
    """What the spec's texts are called there → what is written: ``{"goal": "全年目标 60亿元"}``."""
    labels: tuple[Label, ...]
    glyphs: tuple[Glyph, ...]
    hairlines: tuple[float, ...]
    """y of each line that parts two rows, from side to side."""
    hits: tuple[Hit, ...]
    """In reading order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRequest:
    """A chart planned and not yet drawn: words, table and rows; nothing here needs a drawing library."""

    key: str
    """The chart's name, made by ``addresses``: site path of its downloads without suffix."""
    kind: str
    """standing, targets, departments, distribution, history, years, compare or rates."""
    title: str
    subtitle: str
    description: str
    table: ChartTable
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
    files: Mapping[str, bytes]
    """Site path → bytes of the downloads."""

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
