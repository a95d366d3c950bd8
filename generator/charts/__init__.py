"""Charts: plan them as plain data, draw what the cache does not have, place them on pages.

``plan_charts`` needs no drawing library; ``draw_charts`` loads one only for what is not in the cache.
"""

from generator.charts.chart_files import chart_files, csv_file, svg_file
from generator.charts.chart_plan import plan_charts
from generator.charts.chart_types import Chart, ChartCache, ChartRequest
from generator.charts.drawing import draw_charts
from generator.charts.live_charts import kinds_file, live_files, vega_file
from generator.charts.small_bar import draw_small_bar
from generator.charts.svg_placement import place_chart, place_spec, place_still
from generator.charts.theme import SHAPES, TOKENS, ChartTheme, make_theme

__all__ = [
    "SHAPES",
    "TOKENS",
    "Chart",
    "ChartCache",
    "ChartRequest",
    "ChartTheme",
    "chart_files",
    "csv_file",
    "draw_charts",
    "draw_small_bar",
    "kinds_file",
    "live_files",
    "make_theme",
    "place_chart",
    "place_spec",
    "place_still",
    "plan_charts",
    "svg_file",
    "vega_file",
]
