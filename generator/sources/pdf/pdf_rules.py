"""Lines that are missing where a ruled table of a PDF is not closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

_LONG = 30.0
"""Points from which on an edge can be the side of a table."""
_THIN = 4.0
"""Points up to which an edge is but the end of a line that was drawn as a thin box."""
_NEAR = 4.0
"""Points within which two edges meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """One straight edge: where it stands, and from where to where it runs."""

    place: float
    start: float
    end: float


def open_sides(edges: Sequence[dict[str, Any]]) -> dict[str, list[float]]:
    """Lines to add where a table is not closed: at its sides, or where a page end cut through a row."""
    across = [
        _Rule(place=float(edge["top"]), start=float(edge["x0"]), end=float(edge["x1"]))
        for edge in edges
        if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > _THIN
    ]
    upright = [
        _Rule(place=float(edge["x0"]), start=float(edge["top"]), end=float(edge["bottom"]))
        for edge in edges
        if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > _THIN
    ]
    return {
        "explicit_vertical_lines": _missing_ends(across, upright),
        "explicit_horizontal_lines": _missing_ends(upright, across),
    }


def _missing_ends(rules: Sequence[_Rule], crossing: Sequence[_Rule]) -> list[float]:
    """Places where at least three long rules end together and none crosses them, or one that misses some.

    A place that another rule runs through is left: a line there would cut its cells.
    """
    found: list[float] = []
    whole = _join(rules)
    long = [rule for rule in whole if rule.end - rule.start > _LONG]
    for place, count in Counter(round(end) for rule in long for end in (rule.start, rule.end)).items():
        near = [other for other in crossing if abs(other.place - place) <= _NEAR]
        if not crossing or any(abs(place - other) <= _NEAR for other in found):
            continue
        if (count >= 3 and not near) or (near and _is_cut(float(place), whole, near)):
            found.append(float(place))
    return found


def _join(rules: Sequence[_Rule]) -> list[_Rule]:
    """Rules in which pieces that follow each other on one straight line are one."""
    straight: list[list[_Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.place):
        if straight and rule.place - straight[-1][-1].place <= 1:
            straight[-1].append(rule)
        else:
            straight.append([rule])
    joined: list[_Rule] = []
    for pieces in straight:
        pieces.sort(key=lambda rule: rule.start)
        joined.append(pieces[0])
        for piece in pieces[1:]:
            if piece.start <= joined[-1].end + _NEAR:
                joined[-1] = replace(joined[-1], end=max(joined[-1].end, piece.end))
            else:
                joined.append(piece)
    return joined


def _is_cut(place: float, rules: Sequence[_Rule], near: Sequence[_Rule]) -> bool:
    """Whether a rule that ends at a place meets none of those that stand there, and none runs on."""
    if any(rule.start < place - _NEAR and rule.end > place + _NEAR for rule in rules):
        return False
    long = [rule for rule in rules if rule.end - rule.start > _LONG]
    ends = [rule for rule in long if min(abs(rule.start - place), abs(rule.end - place)) <= 1]
    return any(
        not any(other.start - _NEAR <= rule.place <= other.end + _NEAR for other in near) for rule in ends
    )
