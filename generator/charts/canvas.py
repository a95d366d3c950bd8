"""What a spec cannot lay out: rows as high as their wrapped names, and legends as wide as their words.

Vega would measure letters against the fonts of the machine that builds; here they are measured by
``text_width``, so that the bytes are the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.charts.chart_types import Drawing, Glyph, Hit, Label, Record
from generator.charts.text_width import text_width
from generator.charts.theme import SMALL, TEXT, shape_radius
from generator.figures import Standing

WIDE = 800
NARROW = 340


@dataclass(slots=True, kw_only=True)
class Canvas:
    """A drawing in the making; ``finish`` freezes it."""

    variant: str
    words: Mapping[str, str] = field(default_factory=dict)
    """What the spec's texts are called there → what is written."""
    tables: dict[str, list[Record]] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)
    glyphs: list[Glyph] = field(default_factory=list)
    hairlines: list[float] = field(default_factory=list)
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
        size: float = TEXT,
        bold: bool = False,
    ) -> None:
        """Lines of text; y is the first baseline."""
        written = (lines,) if isinstance(lines, str) else tuple(lines)
        label = Label(x=x, y=y, lines=written, anchor=anchor, colour=colour, size=size, bold=bold)
        self.labels.append(label)

    def note(self, x: float, y: float, lines: str | Sequence[str], *, anchor: str = "start") -> None:
        """Small muted text."""
        self.text(x, y, lines, anchor=anchor, colour="muted", size=SMALL)

    def mark(self, x: float, y: float, standing: Standing, radius: float, *, key: str, task: str) -> None:
        """The shape that stands for a task."""
        place = {"x": round(x, 2), "y": round(y, 2), "radius": shape_radius(standing, radius)}
        self.add("marks", {**place, "standing": str(standing), "key": key, "task": task})

    def legend(self, x: float, y: float, standing: Standing, word: str, count: str = "") -> None:
        """Shape, word and count of a group, y the baseline: the legend stands where it is needed."""
        self.glyphs.append(Glyph(x=x + 7, y=y - 5, standing=standing, radius=6))
        self.text(x + 20, y, word, colour=str(standing), bold=True)
        if count:
            self.note(x + 26 + text_width(word, TEXT), y, count)

    def legend_line(self, entries: Iterable[tuple[Standing, str, str]], y: float) -> float:
        """Standings with word and count, side by side, wrapped like a line of text; returns the bottom."""
        x, line = 0.0, y + 16
        for standing, word, count in entries:
            width = legend_width(word, count) + 12
            if x and x + width > self.width:
                x, line = 0.0, line + 24
            self.legend(x, line, standing, word, count)
            x += width
        return line + 8

    def finish(self, height: float, *, plot: float | None = None, **params: float) -> Drawing:
        """The drawing, as plain data; ``plot`` is the height of the spec's plot where it is not all."""
        return Drawing(
            variant=self.variant,
            width=self.width,
            height=round(height),
            plot=round(height if plot is None else plot),
            params=params,
            tables={name: tuple(rows) for name, rows in self.tables.items()},
            words=self.words,
            labels=tuple(self.labels),
            glyphs=tuple(self.glyphs),
            hairlines=tuple(self.hairlines),
            hits=tuple(self.hits),
        )


def draw_variants(
    draw: Callable[[Canvas], Drawing], words: Mapping[str, str] | None = None
) -> tuple[Drawing, ...]:
    """The wide and the narrow drawing; ``words`` as in ``Canvas``."""
    return tuple(draw(Canvas(variant=variant, words=words or {})) for variant in ("wide", "narrow"))


def legend_width(word: str, count: str = "") -> float:
    """Room that ``Canvas.legend`` takes."""
    return 26 + text_width(word, TEXT) + text_width(count, SMALL)


def line_height(size: float) -> float:
    """Distance from baseline to baseline."""
    return round(size * 1.35)
