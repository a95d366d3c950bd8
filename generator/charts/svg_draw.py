"""Drawings → SVG through vl-convert. Importing this loads pandas, altair and vl_convert."""

from __future__ import annotations

from collections.abc import Sequence

import vl_convert

from generator.charts.canvas import TEXTS
from generator.charts.chart_specs import bind, compile_spec
from generator.charts.chart_types import Drawing
from generator.charts.svg_clean import dress_batch, dress_drawing, letter
from generator.charts.theme import ChartTheme


def draw(kind: str, drawing: Drawing, theme: ChartTheme) -> str:
    """Inner markup of one drawing."""
    compiled = compile_spec(kind, drawing.variant, tuple(theme.colours.items()))
    shapes = dress_drawing(vl_convert.vega_to_svg(bind(compiled, drawing)), theme.colours)
    return shapes + letter(drawing.tables.get(TEXTS, ()), theme.colours)


def draw_bars(drawings: Sequence[Drawing], theme: ChartTheme) -> list[str]:
    """Inner markup of small bars, drawn together and cut apart."""
    rows = [row for drawing in drawings for row in drawing.tables["smalls"]]
    first = drawings[0]
    batch = Drawing(
        variant=first.variant,
        width=first.width,
        height=first.height * len(rows),
        params={},
        tables={"smalls": tuple({**row, "place": place} for place, row in enumerate(rows))},
    )
    compiled = compile_spec("bar", first.variant, tuple(theme.colours.items()))
    return dress_batch(vl_convert.vega_to_svg(bind(compiled, batch)), theme.colours)
