"""The downloads of a chart: the drawing as a file of its own, the table as CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from generator.base.csv_text import format_csv
from generator.charts.canvas import WIDE
from generator.charts.chart_types import Chart
from generator.charts.text_width import wrap_text
from generator.charts.theme import FONTS

_PICTURE = re.compile(
    r'<svg class="chart chart-\w+ chart-wide" viewBox="0 0 \d+ (\d+)".*?'
    r'<g class="drawing" fill="none">(.*?)</g></svg><g class="hits">',
    re.S,
)
_CLASS = re.compile(r' class="[^"]*"')
_PAD = 24


def chart_files(charts: Mapping[str, Chart]) -> dict[str, bytes]:
    """Site path → bytes of the downloads of all charts."""
    files: dict[str, bytes] = {}
    for chart in charts.values():
        files[chart.svg_name] = svg_file(chart)
        files[chart.csv_name] = csv_file(chart)
    return files


def csv_file(chart: Chart) -> bytes:
    """The table."""
    return format_csv(chart.columns, chart.rows)


def svg_file(chart: Chart) -> bytes:
    """The wide drawing with finding, unit, date and source set above it, in light colours, without links.

    Raises: ValueError for a chart that has no wide drawing.
    """
    match = _PICTURE.search(chart.svg)
    if match is None:
        raise ValueError(f"{chart.key} has no wide drawing")
    head, y = _heading(chart)
    height = y + int(match[1]) + _PAD
    width = WIDE + 2 * _PAD
    body = _CLASS.sub("", match[2])
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{FONTS.replace(chr(34), chr(39))}">'
        f"<title>{escape(chart.title)}</title><desc>{escape(chart.description)}</desc>"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{head}'
        f'<g transform="translate({_PAD},{y})" fill="none">{body}</g></svg>\n'
    )
    return text.encode("utf-8")


def _heading(chart: Chart) -> tuple[str, int]:
    """Title and subtitle as lines of text, and where the drawing may begin."""
    y, parts = _PAD, []
    for text, size, weight, colour in (
        (chart.title, 20, "bold", "#17202c"),
        (chart.subtitle, 13, "normal", "#56616f"),
    ):
        for line in wrap_text(text, WIDE, size, 6):
            y += round(size * 1.4)
            parts.append(
                f'<text x="{_PAD}" y="{y - 4}" font-size="{size}" font-weight="{weight}" fill="{colour}">'
                f"{escape(line)}</text>"
            )
    return "".join(parts), y + 16
