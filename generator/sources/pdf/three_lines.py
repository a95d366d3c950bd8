"""Tables with rules above and below only: columns and rows by the white between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from generator.sources.pdf.pdf_lines import Letter

Box = tuple[float, float, float, float]
_THICK = 4.0
"""Points up to which edges are the two sides of one rule."""
_WIDE = 0.5
"""Share of the page's width that a rule of such a table takes at least."""
_COLUMN = 4.0
"""Points of white that part two columns at least."""
_ROW = 0.55
"""White between two rows in heights of a letter, at least."""


def three_line_boxes(edges: Sequence[dict[str, Any]], letters: Sequence[Letter], width: float) -> list[Box]:
    """Cells of a table with a rule above, one below the heading, and often one at its end; else none."""
    rules = _rules(edges, width)
    if not 2 <= len(rules) <= 4 or any(_is_upright(edge) for edge in edges):
        return []
    left, right, top = rules[0][0], rules[0][1], rules[0][2]
    end = rules[-1][2] if len(rules) > 2 else max((x.bottom for x in letters), default=0.0) + 1.0
    within = [x for x in letters if left - 1 <= x.x0 and x.x1 <= right + 1]
    inside = [x for x in within if top <= x.top and x.bottom <= end + 1]
    columns = _cuts([(x.x0, x.x1) for x in inside], left, right, _COLUMN)
    heading = rules[1][2]
    body = [x for x in inside if x.top >= heading - 1]
    if len(columns) < 4 or not body or len(body) == len(inside):
        return []
    tall = sum(x.bottom - x.top for x in body) / len(body)
    rows = [top, *_cuts([(x.top, x.bottom) for x in body], heading, end, _row_gap(body, columns[1], tall))]
    return [(a, upper, b, lower) for upper, lower in pairwise(rows) for a, b in pairwise(columns)]


def _rules(edges: Sequence[dict[str, Any]], width: float) -> list[tuple[float, float, float]]:
    """Left, right and height of the rules across the page, from above, pieces at one height put together."""
    heights: list[list[dict[str, Any]]] = []
    for edge in sorted((e for e in edges if e["orientation"] == "h"), key=lambda e: float(e["top"])):
        if heights and edge["top"] - heights[-1][-1]["top"] <= _THICK:
            heights[-1].append(edge)
        else:
            heights.append([edge])
    found = [
        (min(float(e["x0"]) for e in same), max(float(e["x1"]) for e in same), float(same[-1]["top"]))
        for same in heights
    ]
    return [rule for rule in found if rule[1] - rule[0] >= _WIDE * width]


def _is_upright(edge: dict[str, Any]) -> bool:
    return bool(edge["orientation"] == "v" and edge["bottom"] - edge["top"] > _THICK)


def _row_gap(body: Sequence[Letter], first: float, tall: float) -> float:
    """White that parts two rows: as much as gives every line of the first column a row, where it can."""
    starts = len(_cuts([(x.top, x.bottom) for x in body if x.x1 <= first], 0.0, 1e6, 0.5)) - 1
    spans = _joined((x.top, x.bottom) for x in body)
    gaps = sorted((b[0] - a[1] for a, b in pairwise(spans)), reverse=True)
    if 2 <= starts <= len(gaps) + 1 and (starts > len(gaps) or gaps[starts - 2] > 1.2 * gaps[starts - 1]):
        return gaps[starts - 2] - 0.01
    return _ROW * tall


def _cuts(spans: Sequence[tuple[float, float]], start: float, end: float, least: float) -> list[float]:
    """Start, the ends of all white at least so wide between the spans, end."""
    joined = _joined(spans)
    gaps = ((b[0], b[0] - a[1]) for a, b in pairwise(joined))
    return [start, *(place - min(3.0, gap / 2) for place, gap in gaps if gap >= least), end]


def _joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spans in order, those that touch as one."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
