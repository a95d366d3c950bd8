"""Charts: plan them as plain data, draw what the cache does not have, place them on pages.

``plan_charts`` needs no drawing library; ``draw_charts`` loads one only for what is not in the cache.
"""

from generator.charts.chart_markup import place_chart, place_spec, place_still
from generator.charts.chart_plan import plan_charts, plan_comparisons
from generator.charts.chart_types import Chart, ChartCache, ChartRequest
from generator.charts.drawing import DrawnCharts, draw_charts, prepare_scripts
from generator.charts.small_bar import draw_small_bar
from generator.charts.theme import SHAPES, TOKENS_FILE, Palette, contrast, parse_palette

__all__ = [
    "SHAPES",
    "TOKENS_FILE",
    "Chart",
    "ChartCache",
    "ChartRequest",
    "DrawnCharts",
    "Palette",
    "contrast",
    "draw_charts",
    "draw_small_bar",
    "parse_palette",
    "place_chart",
    "place_spec",
    "place_still",
    "plan_charts",
    "plan_comparisons",
    "prepare_scripts",
]
