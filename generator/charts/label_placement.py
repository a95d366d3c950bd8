"""Where the words of a drawing go, once Vega has said where its marks are: inside the view, and apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.charts.canvas import line_height
from generator.charts.chart_types import Box, Label
from generator.charts.text_width import text_width

_SHARE_LEFT = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""Anchor → share of a label's width that lies left of its x."""
_MARGIN = 2
_GAP = 4


def keep_inside(label: Label, width: float) -> Label:
    """The label, moved sideways so far that a view of ``width`` shows it whole."""
    left = label.x - _SHARE_LEFT[label.anchor] * _width(label)
    moved = max(min(left, width - _width(label)), 0.0)
    return replace(label, x=label.x + moved - left)


def keep_apart(labels: Sequence[Label], others: Iterable[Label], view: Box) -> list[Label]:
    """One-line labels, each moved up past what it meets; one that leaves the view by that is left out."""
    taken = [label_box(label) for label in others]
    placed: list[Label] = []
    for label in labels:
        box = label_box(label)
        while box.y >= view.y and any(box.meets(other) for other in taken):
            label = replace(label, y=label.y - label.size)
            box = label_box(label)
        if box.y >= view.y:
            placed.append(label)
            taken.append(box)
    return placed


def place_beside(
    labels: Sequence[Label], marks: Iterable[Box], lines: Sequence[Box], view: Box
) -> list[Label]:
    """One-line labels beside the middle of their marks, the last first: above, below, left or right.

    Each label's x and y are its mark's. A place off the lines is taken before one on them; a label that
    finds no place free of marks and labels is left out: the table has its figure.
    """
    taken = list(marks)
    placed: list[Label] = []
    for label in reversed(labels):
        if free := [corner for corner in _corners(label) if _is_free(corner, taken, view)]:
            best = min(free, key=lambda corner: _meets(corner, lines))
            placed.append(best)
            taken.append(label_box(best, _MARGIN))
    return placed


def _is_free(label: Label, taken: Iterable[Box], view: Box) -> bool:
    return _is_within(label_box(label, _MARGIN), view) and not _meets(label, taken)


def _meets(label: Label, boxes: Iterable[Box]) -> bool:
    room = label_box(label, _MARGIN)
    return any(room.meets(box) for box in boxes)


def label_box(label: Label, margin: float = 0) -> Box:
    """The room that a label takes, with ``margin`` on both sides."""
    width = _width(label)
    left = label.x - _SHARE_LEFT[label.anchor] * width - margin
    below = (len(label.lines) - 1) * line_height(label.size)
    return Box(left, label.y - label.size, width + 2 * margin, label.size + below + _GAP)


def _width(label: Label) -> float:
    return max(text_width(line, label.size) for line in label.lines)


def _corners(label: Label) -> list[Label]:
    """The label in the four places around its mark, the best first; its left end is its anchor."""
    width = _width(label)
    middle, x, y = label.x - width / 2, label.x, label.y
    places = ((middle, y - 13), (middle, y + 25), (x - width - 12, y - 4), (x + 12, y + 5))
    return [replace(label, x=left, y=base, anchor="start") for left, base in places]


def _is_within(box: Box, view: Box) -> bool:
    return (
        box.x >= view.x
        and box.x + box.width <= view.x + view.width
        and box.y + box.height <= view.y + view.height
    )
