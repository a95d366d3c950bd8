"""Rows for the datasets that every kind of chart has: texts, rules and marks; boxes that must not meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.charts.chart_types import Drawing, Hit, Record
from generator.charts.text_width import text_width
from generator.charts.theme import SHAPES, ChartTheme
from generator.figures import Standing

WIDE = 800
NARROW = 340
TEXTS = "texts"
"""The dataset of labels, which is written and not drawn."""


@dataclass(slots=True, kw_only=True)
class Canvas:
    """A drawing in the making; ``finish`` freezes it."""

    theme: ChartTheme
    variant: str
    tables: dict[str, list[Record]] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Units from left to right."""
        return WIDE if self.variant == "wide" else NARROW

    @property
    def is_wide(self) -> bool:
        """Whether there is room for names beside the bars."""
        return self.variant == "wide"

    def add(self, table: str, row: Record) -> None:
        """One row more in a dataset."""
        self.tables.setdefault(table, []).append(row)

    def text(
        self,
        x: float,
        y: float,
        lines: str | Sequence[str],
        *,
        anchor: str = "start",
        colour: str = "ink",
        size: float | None = None,
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """Lines of text; y is the first baseline, a halo keeps lines behind the letters away."""
        points = self.theme.text if size is None else size
        self.add(
            TEXTS,
            {
                "x": _round(x),
                "y": _round(y),
                "text": [lines] if isinstance(lines, str) else list(lines),
                "anchor": anchor,
                "token": str(colour),
                "size": points,
                "bold": bold,
                "halo": halo,
                "lead": self.lead(points),
            },
        )

    def lead(self, size: float) -> float:
        """Distance from baseline to baseline."""
        return round(size * 1.35)

    def mark(
        self, x: float, y: float, standing: Standing, radius: float, *, key: str = "", task: str = ""
    ) -> None:
        """The shape of a standing in its colour."""
        shape, colour = SHAPES[standing], self.theme.colour(standing)
        inner = radius - 1 if shape.hollow else radius
        self.add(
            "marks",
            {
                "x": _round(x),
                "y": _round(y),
                "path": shape.path,
                "size": _round((2 * inner) ** 2),
                "fill": self.theme.colour("surface") if shape.hollow else colour,
                "stroke": colour,
                "key": key,
                "task": task,
            },
        )

    def rule(
        self,
        x: float,
        y: float,
        x2: float,
        y2: float,
        *,
        colour: str = "grid",
        thick: float = 1,
        dash: bool = False,
    ) -> None:
        """A straight line."""
        self.add(
            "rules",
            {
                "x": _round(x),
                "y": _round(y),
                "x2": _round(x2),
                "y2": _round(y2),
                "colour": self.theme.colour(colour),
                "thick": thick,
                "dash": [5, 4] if dash else [1, 0],
            },
        )

    def legend(self, x: float, y: float, standing: Standing, word: str, count: str) -> None:
        """Shape, word and count of a group, y the baseline: the legend stands where it is needed."""
        self.mark(x + 7, y - 5, standing, 6)
        self.text(x + 20, y, word, colour=standing, bold=True)
        if count:
            left = x + 26 + text_width(word, self.theme.text)
            self.text(left, y, count, colour="muted", size=self.theme.small)

    def legend_width(self, word: str, count: str) -> float:
        """Room that ``legend`` takes."""
        return 26 + text_width(word, self.theme.text) + text_width(count, self.theme.small)

    def finish(self, height: float, **params: float) -> Drawing:
        """The drawing, as plain data."""
        return Drawing(
            variant=self.variant,
            width=self.width,
            height=round(height),
            params=params,
            tables={name: tuple(rows) for name, rows in self.tables.items()},
            hits=tuple(self.hits),
        )


def _round(value: float) -> float:
    return round(float(value), 2)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that a label takes."""

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
