"""The download of a chart's drawing: a file of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from generator.charts.canvas import WIDE
from generator.charts.chart_types import ChartRequest
from generator.charts.text_width import wrap_text
from generator.charts.theme import FONTS, TOKENS, paint

_COLOUR = re.compile("|".join(re.escape(paint(token)) for token in TOKENS))
_PAD = 24


def svg_file(request: ChartRequest, picture: str, colours: Mapping[str, str]) -> bytes:
    """The wide drawing with finding, unit, date and source set above it, in light colours, without links.

    picture: inner markup of the wide drawing; colours: token → #rrggbb.
    """
    head, y = _heading(request)
    height = y + request.drawings[0].height + _PAD
    width = WIDE + 2 * _PAD
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{FONTS.replace(chr(34), chr(39))}">'
        f"<title>{escape(request.title)}</title><desc>{escape(request.description)}</desc>"
        f'<rect width="{width}" height="{height}" fill="{paint("page")}"/>{head}'
        f'<g transform="translate({_PAD},{y})" fill="none">{picture}</g></svg>\n'
    )
    plain = {paint(token): colours[token] for token in TOKENS}
    return _COLOUR.sub(lambda match: plain[match[0]], text).encode("utf-8")


def _heading(request: ChartRequest) -> tuple[str, int]:
    """Title and subtitle as lines of text, and where the drawing may begin."""
    y, parts = _PAD, []
    for text, size, weight, colour in (
        (request.title, 20, "bold", "ink"),
        (request.subtitle, 13, "normal", "muted"),
    ):
        for line in wrap_text(text, WIDE, size, 6):
            y += round(size * 1.4)
            parts.append(
                f'<text x="{_PAD}" y="{y - 4}" font-size="{size}" font-weight="{weight}" '
                f'fill="{paint(colour)}">{escape(line)}</text>'
            )
    return "".join(parts), y + 16
