"""Vega's scene graph and the letters around it → SVG that a page may hold.

Nothing carries a ``style``, because a strict content security policy forbids it. Colours are named as the
style sheet names them. Places are rounded to hundredths of a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from itertools import pairwise
from math import sqrt
from typing import Any, TypeAlias

from generator.charts.canvas import line_height
from generator.charts.chart_types import Box, Drawing, Glyph, Label
from generator.charts.label_placement import keep_apart, keep_inside, label_box, place_beside
from generator.charts.theme import SHAPES, paint, shape_radius

Item: TypeAlias = Mapping[str, Any]
"""A node of the scene graph, as Vega wrote it."""
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_COLOUR = re.compile(r"var\(--(\w+)\)")
_COMMAND = re.compile(r"([A-Z])([^A-Z]*)")
_STEPS = 24
"""Stretches of a line from point to point that labels keep off, each shorter than a letter."""
_REACH = 8
"""Half the side of the room that a mark keeps from labels."""


@dataclass(slots=True)
class PictureParts:
    """What a drawing's marks come to."""

    layers: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    figures: list[Label] = field(default_factory=list)
    """Labels that go beside marks where there is room; x and y are the mark's."""
    marks: list[Box] = field(default_factory=list)
    lines: list[Box] = field(default_factory=list)
    """Stretches of the lines between marks."""
    hits: dict[str, Box] = field(default_factory=dict)
    """Key of a hit → its place, where the spec has a layer ``hits``."""


def format_picture(scene: Item, drawing: Drawing) -> tuple[str, Mapping[str, Box]]:
    """Inner markup of a drawing, and the places of the hits that its spec placed."""
    picture, origin = PictureParts(), scene["origin"]
    for mark, x, y in _walk(scene["scenegraph"], origin[0], origin[1]):
        _take(picture, mark, x, y, drawing.words)
    view = Box(0, 0, drawing.width, origin[1] + drawing.plot)
    labels = list(drawing.labels)
    labels += keep_apart([keep_inside(label, view.width) for label in picture.labels], labels, view)
    taken = (*picture.marks, *(label_box(label) for label in labels))
    labels += place_beside(picture.figures, taken, picture.lines, view)
    lines = "".join(_format_hairline(y, drawing.width) for y in drawing.hairlines)
    glyphs = "".join(_format_glyph(glyph) for glyph in drawing.glyphs)
    letters = "".join(format_label(label) for label in labels)
    return f'{"".join(picture.layers)}<g class="texts">{lines}{glyphs}{letters}</g>', picture.hits


def _walk(node: Item, x: float, y: float) -> Iterator[tuple[Item, float, float]]:
    """Every mark with items, in drawing order, with the origin that its items' places count from."""
    for item in node["items"]:
        for mark in item.get("items", ()):
            left, top = x + item.get("x", 0), y + item.get("y", 0)
            if mark["marktype"] == "group":
                yield from _walk(mark, left, top)
            elif mark["items"]:
                yield mark, left, top


def _take(picture: PictureParts, mark: Item, x: float, y: float, words: Mapping[str, str]) -> None:
    """Add a mark's items to the picture: as letters, as hits or as shapes."""
    name = mark.get("name", mark["role"]).removesuffix("_marks")
    items = [item for item in mark["items"] if item.get("opacity", 1) > 0 or name == "hits"]
    if mark["marktype"] == "text":
        found = [_make_label(item, x, y, words) for item in items if item.get("text")]
        (picture.figures if name.endswith("figures") else picture.labels).extend(found)
    elif name == "hits":
        picture.hits |= {item["description"]: _box(item, x, y) for item in items}
    elif items:
        format_items = _FORMATS[mark["marktype"]]
        picture.layers.append(f'<g class="{name}">{"".join(format_items(items, x, y))}</g>')
        if mark["marktype"] == "symbol":
            picture.marks += [_room(item, x, y) for item in items]
        if mark["marktype"] == "line":
            picture.lines += _stretches(items, x, y)


def _box(item: Item, x: float, y: float) -> Box:
    return Box(item["x"] + x, item["y"] + y, item["width"], item["height"])


def _room(item: Item, x: float, y: float) -> Box:
    return Box(item["x"] + x - _REACH, item["y"] + y - _REACH, 2 * _REACH, 2 * _REACH)


def _stretches(items: Sequence[Item], x: float, y: float) -> Iterator[Box]:
    """Small boxes along a line, whose items are its points."""
    for start, end in pairwise(items):
        for step in range(_STEPS + 1):
            share = step / _STEPS
            left = start["x"] + (end["x"] - start["x"]) * share + x
            top = start["y"] + (end["y"] - start["y"]) * share + y
            yield Box(left - 1, top - 1, 2, 2)


def _make_label(item: Item, x: float, y: float, words: Mapping[str, str]) -> Label:
    text = str(item["text"])
    colour = _COLOUR.fullmatch(item["fill"])
    return Label(
        x=item.get("x", 0) + item.get("dx", 0) + x,
        y=item.get("y", 0) + item.get("dy", 0) + y,
        lines=(words.get(text, text),),
        anchor=_ANCHORS[item.get("align", "left")],
        colour=colour[1] if colour else "ink",
        size=item["fontSize"],
        bold=item.get("fontWeight") == "bold",
        halo="stroke" in item,
    )


def _format_rects(items: list[Item], x: float, y: float) -> Iterator[str]:
    for item in items:
        left, top, width, height = _box(item, x, y)
        wide = format_units(width)
        path = f"M{format_units(left)},{format_units(top)}h{wide}v{format_units(height)}h-{wide}Z"
        yield f'<path d="{path}"{_look(item)}/>'


def _format_rules(items: list[Item], x: float, y: float) -> Iterator[str]:
    for item in items:
        left, top = item.get("x", 0), item.get("y", 0)
        ends = (left + x, top + y, item.get("x2", left) + x, item.get("y2", top) + y)
        x1, y1, x2, y2 = (format_units(end) for end in ends)
        yield f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"{_look(item)}/>'


def _format_lines(items: list[Item], x: float, y: float) -> Iterator[str]:
    """A line's items are its points."""
    points = "L".join(f"{format_units(item['x'] + x)},{format_units(item['y'] + y)}" for item in items)
    yield f'<path d="M{points}"{_look(items[0])}/>'


def _format_symbols(items: list[Item], x: float, y: float) -> Iterator[str]:
    for item in items:
        path = scale_path(item["shape"], sqrt(item["size"]) / 2)
        yield _format_symbol(item["x"] + x, item["y"] + y, path, _look(item))


_FORMATS = {"rect": _format_rects, "rule": _format_rules, "line": _format_lines, "symbol": _format_symbols}


def _format_symbol(x: float, y: float, path: str, look: str) -> str:
    return f'<path transform="translate({format_units(x)},{format_units(y)})" d="{path}"{look}/>'


def _look(item: Item) -> str:
    """Attributes of an item's colours and lines."""
    dash = item.get("strokeDash")
    found = {
        "fill": item.get("fill"),
        "stroke": item.get("stroke"),
        "stroke-width": format_units(item["strokeWidth"])
        if "stroke" in item and "strokeWidth" in item
        else None,
        "stroke-dasharray": ",".join(format_units(part) for part in dash) if dash else None,
    }
    return "".join(f' {name}="{value}"' for name, value in found.items() if value is not None)


@lru_cache(maxsize=256)
def scale_path(path: str, factor: float) -> str:
    """``M0,-1L1,0Z`` by 5 → ``M0,-5L5,0Z``; an arc keeps its angle and flags."""
    parts = []
    for command, numbers in _COMMAND.findall(path):
        values = [float(value) for value in numbers.split(",") if value]
        kept = range(2, 5) if command == "A" else range(0)
        scaled = [value if place in kept else value * factor for place, value in enumerate(values)]
        parts.append(command + ",".join(format_units(value) for value in scaled))
    return "".join(parts)


def _format_glyph(glyph: Glyph) -> str:
    shape, colour = SHAPES[glyph.standing], paint(glyph.standing)
    fill = paint("page") if shape.hollow else colour
    path = scale_path(shape.path, shape_radius(glyph.standing, glyph.radius))
    return _format_symbol(glyph.x, glyph.y, path, f' fill="{fill}" stroke="{colour}" stroke-width="1.5"')


def _format_hairline(y: float, width: float) -> str:
    place = format_units(y)
    return f'<line x1="0" y1="{place}" x2="{format_units(width)}" y2="{place}" stroke="{paint("line")}"/>'


def format_label(label: Label) -> str:
    """One ``<text>`` a label, one ``<tspan>`` for each line after the first."""
    x, y = format_units(label.x), format_units(label.y)
    first, *more = (escape(line, quote=False) for line in label.lines)
    lead = format_units(line_height(label.size))
    lines = "".join(f'<tspan x="{x}" dy="{lead}">{line}</tspan>' for line in more)
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    weight = ' font-weight="bold"' if label.bold else ""
    halo = f' stroke="{paint("page")}" stroke-width="4" paint-order="stroke"' if label.halo else ""
    look = f'fill="{paint(label.colour)}" font-size="{format_units(label.size)}"{weight}{halo}{anchor}'
    return f'<text {look} x="{x}" y="{y}">{first}{lines}</text>'


def format_units(value: float) -> str:
    """83.280 → ``83.28``, -0.001 → ``0``."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
