"""The markup of a finished chart, and its links made relative to the page that holds it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from markupsafe import Markup

from generator.charts.chart_types import Box, Chart, ChartRequest, Drawing, Hit
from generator.charts.svg_writer import format_units
from generator.model.addresses import relative_url

_SITE = "site:"
_HITS = re.compile(r'<g class="hits">.*?</g>(?=</svg>)', re.DOTALL)
_LINK = re.compile(r'href="site:([^"]*)"')


def place_chart(chart: Chart, page_url: str) -> Markup:
    """The chart's SVG with links relative to the page at ``page_url``; ready to be put into a template."""
    return Markup(_LINK.sub(lambda match: f'href="{relative_url(page_url, match[1])}"', chart.svg))


def place_still(chart: Chart) -> Markup:
    """The chart's SVG without links: a picture beside a list that has them already."""
    return Markup(_MARKS.sub(_share_style, _HITS.sub("", chart.svg)))


def _share_style(run: re.Match[str]) -> str:
    """Marks of one style in a row, the style said once around them."""
    marks = _MARK.sub(r"<path \1/>", run[0])
    return f"<g {run['style']}>{marks}</g>"


_MARK = re.compile(r'<path (transform="[^"]*" d="[^"]*") [^>]*/>')
_MARKS = re.compile(
    r'<path transform="[^"]*" d="[^"]*" (?P<style>fill="[^"]*"(?: stroke="[^"]*" stroke-width="[^"]*")?)/>'
    r'(?:<path transform="[^"]*" d="[^"]*" (?P=style)/>)+'
)


def place_spec(chart: Chart) -> Markup:
    """What charts.js reads: JSON for a ``<script type="application/json">``."""
    text = json.dumps(chart.spec, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))


def make_svg(request: ChartRequest, drawing: Drawing, picture: str, places: Mapping[str, Box]) -> str:
    """Inline SVG of one variant; links are site paths behind ``site:``.

    The picture is ``role="img"`` with title and description. Its marks' links lie over it, outside of the
    image, because an image has no children that can be reached.
    picture: inner markup; places: key of a hit that has no box of its own → its place.
    """
    name = f"c{hashlib.sha256(f'{request.key}|{drawing.variant}'.encode()).hexdigest()[:10]}"
    hits = "".join(_format_hit(hit, hit.box or places[hit.key]) for hit in drawing.hits)
    return (
        f'<svg class="chart chart-{request.kind} chart-{drawing.variant}"'
        f' viewBox="0 0 {drawing.width} {drawing.height}">'
        f'<svg class="picture" role="img" aria-labelledby="{name}t" aria-describedby="{name}d">'
        f'<title id="{name}t">{escape(request.title)}</title>'
        f'<desc id="{name}d">{escape(request.description)}</desc>'
        f'<g class="drawing" fill="none">{picture}</g></svg><g class="hits">{hits}</g></svg>'
    )


def _format_hit(hit: Hit, box: Box) -> str:
    x, y, width, height = (format_units(value) for value in box)
    title = escape("\n".join((hit.label, *hit.lines)))
    status = f' data-status="{hit.status}"' if hit.status else ""
    data = f'class="hit" data-key="{escape(hit.key)}"{status}'
    area = f'<title>{title}</title><rect x="{x}" y="{y}" width="{width}" height="{height}"/>'
    if not hit.url:
        return f"<g {data}>{area}</g>"
    return f'<a {data} href="{_SITE}{escape(hit.url)}" aria-label="{escape(hit.label)}">{area}</a>'


def make_live(request: ChartRequest) -> Mapping[str, Any]:
    """Kind, and plot, parameters and rows of each variant; tasks behind each mark."""
    return {
        "kind": request.kind,
        "variants": {d.variant: _live_variant(d) for d in request.drawings},
        "tasks": {hit.key: list(hit.tasks) for hit in request.drawings[0].hits},
    }


def _live_variant(drawing: Drawing) -> dict[str, object]:
    """Rows as columns of values, to keep pages light."""
    tables = {
        name: {"columns": list(rows[0]), "rows": [list(row.values()) for row in rows]}
        for name, rows in drawing.tables.items()
        if rows
    }
    return {"height": drawing.plot, "params": dict(drawing.params), "tables": tables}
