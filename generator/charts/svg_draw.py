"""Drawings → SVG through vl-convert. Importing this loads pandas, altair and vl_convert."""

from __future__ import annotations

import vl_convert

from generator.charts.canvas import TEXTS
from generator.charts.chart_specs import bind, compile_spec
from generator.charts.chart_types import Drawing
from generator.charts.svg_clean import dress_drawing, letter
from generator.charts.theme import ChartTheme


def draw(kind: str, drawing: Drawing, theme: ChartTheme) -> str:
    """Inner markup of one drawing."""
    compiled = compile_spec(kind, drawing.variant, tuple(theme.colours.items()))
    shapes = dress_drawing(vl_convert.vega_to_svg(bind(compiled, drawing)), theme.colours)
    return shapes + letter(drawing.tables.get(TEXTS, ()), theme.colours)
