"""From what the drawing library writes to what a page may hold.

Dropped: backgrounds, inner roles and labels (children of an image have none), long decimals. Added: letters,
and the class of each colour's token, so that style sheets can recolour light, dark and print.
No ``style`` attribute is left, because a strict content security policy forbids them.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from generator.charts.chart_types import Record

_LONG = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_LAYER = re.compile(r"role-mark (?:child_)?(\w+?)_marks")
_KEPT = (
    "d", "transform", "x2", "y2", "fill", "stroke", "stroke-width", "stroke-dasharray", "opacity",
)  # fmt: skip
_DROPPED = {
    ("opacity", "1"),
    ("font-weight", "normal"),
    ("text-anchor", "start"),
    ("stroke-dasharray", "1,0"),
}
_SVG = "{http://www.w3.org/2000/svg}"


def letter(rows: Iterable[Record], colours: Mapping[str, str]) -> str:
    """Labels as text: one ``<text>`` a label, one ``<tspan>`` for each line after the first."""
    return f'<g class="texts">{"".join(_label(row, colours) for row in rows)}</g>'


def _label(row: Record, colours: Mapping[str, str]) -> str:
    x, y = _plain(row["x"]), _plain(row["y"])
    first, *more = (escape(line, quote=False) for line in row["text"])
    lines = "".join(f'<tspan x="{x}" dy="{_plain(row["lead"])}">{line}</tspan>' for line in more)
    anchor = "" if row["anchor"] == "start" else f' text-anchor="{row["anchor"]}"'
    weight = ' font-weight="bold"' if row["bold"] else ""
    halo = f' stroke="{colours["surface"]}" stroke-width="4" paint-order="stroke"' if row["halo"] else ""
    classes = f"f-{row['token']} s-surface" if row["halo"] else f"f-{row['token']}"
    look = f'class="{classes}" fill="{colours[row["token"]]}" font-size="{_plain(row["size"])}"'
    return f'<text {look}{weight}{halo}{anchor} x="{x}" y="{y}">{first}{lines}</text>'


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def dress_drawing(svg: str, colours: Mapping[str, str]) -> str:
    """Inner markup of one drawing: a ``<g class="layer">`` for each layer, in drawing order.

    colours: token → #rrggbb as used in the spec.
    """
    return _dress(ET.fromstring(svg), {value: token for token, value in colours.items()})


def _dress(root: ET.Element, tokens: Mapping[str, str]) -> str:
    return "".join(_layers(root, tokens))


def _layers(root: ET.Element, tokens: Mapping[str, str]) -> Iterator[str]:
    for group in root.iter(f"{_SVG}g"):
        layer = _LAYER.search(group.get("class", ""))
        if layer is not None and len(group):
            shapes = "".join(_element(child, tokens) for child in group)
            yield f'<g class="{layer[1]}">{shapes}</g>'


def _element(element: ET.Element, tokens: Mapping[str, str]) -> str:
    tag = element.tag.removeprefix(_SVG)
    attributes = "".join(f' {name}="{value}"' for name, value in _attributes(element, tokens))
    fixed = ' vector-effect="non-scaling-stroke"' if tag == "line" else ""
    return f"<{tag}{attributes}{fixed}/>"


def _attributes(element: ET.Element, tokens: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    classes = [
        f"{prefix}-{tokens[element.get(name, '')]}"
        for name, prefix in (("fill", "f"), ("stroke", "s"))
        if element.get(name) in tokens
    ]
    if classes:
        yield "class", " ".join(classes)
    for name in _KEPT:
        value = element.get(name)
        if value is None or (name, value) in _DROPPED:
            continue
        if name in ("d", "transform", "x2", "y2"):
            value = _LONG.sub(_short, value)
        yield name, escape(value)


def _short(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
