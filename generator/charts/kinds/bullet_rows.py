"""Rows of a measure: name, the place of its bar or rate, and the figure in words beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.charts.canvas import Canvas, legend_width, line_height
from generator.charts.chart_types import Box, Hit
from generator.charts.text_width import text_width, wrap_text
from generator.charts.theme import SMALL, TEXT
from generator.figures import Standing

BARS: Mapping[str, tuple[int, int]] = {"wide": (250, 620), "narrow": (0, 340)}
"""Variant → left and right end of the whole, in units; the specs take their plot from here."""
THICKNESS = 14
_NAME_WIDTH = 232
_FIGURE_X = 634
_PAD = 14
_AXIS = 20
"""Room for the numbers under the last row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet:
    """One row."""

    key: str
    task_id: str
    name: str
    sub: str
    """Second line of the name; empty for none."""
    standing: Standing
    result: str
    """Completion, or the distance from a rate's target, in words."""
    quantities: str
    """Reported and promised number."""
    url: str
    label: str
    lines: tuple[str, ...]
    table: str
    """Dataset of its mark: bars or rates."""
    values: Mapping[str, float]
    """What the mark shows: completion and schedule, or value and target."""
    status: str = ""
    """Word of the standing, where no heading above the bar says it."""


def draw_bullet(canvas: Canvas, bullet: Bullet, y: float) -> float:
    """One row at y; returns its height."""
    write = _write_wide if canvas.is_wide else _write_narrow
    middle, height = write(canvas, bullet, y)
    row = {"y": round(middle, 2), "standing": str(bullet.standing)}
    canvas.add(bullet.table, {**bullet.values, **row, "key": bullet.key, "task": bullet.task_id})
    canvas.hits.append(
        Hit(
            key=bullet.key,
            tasks=(bullet.task_id,),
            url=bullet.url,
            label=bullet.label,
            lines=bullet.lines,
            status=bullet.standing,
            box=Box(0, y - 5, canvas.width, height - 3),
        )
    )
    return height


def end_of_rows(y: float) -> float:
    """Height of a drawing whose last row ends at y, with the numbers under the bars."""
    return y + _AXIS - 4


def _write_wide(canvas: Canvas, bullet: Bullet, y: float) -> tuple[float, float]:
    """Letters on both sides of the mark; returns the mark's middle and the row's height."""
    names = wrap_text(bullet.name, _NAME_WIDTH, TEXT)
    canvas.text(_NAME_WIDTH, y + 15, names, anchor="end")
    left = y + len(names) * line_height(TEXT)
    if bullet.sub:
        subs = wrap_text(bullet.sub, _NAME_WIDTH, SMALL, 2)
        canvas.note(_NAME_WIDTH, left + 13, subs, anchor="end")
        left += len(subs) * line_height(SMALL)
    base, _ = _write_result(canvas, bullet, _FIGURE_X, y + 15)
    right = base + line_height(TEXT) - 15
    lines = wrap_text(bullet.quantities, canvas.width - _FIGURE_X, SMALL)
    canvas.note(_FIGURE_X, right + 13, lines)
    right += len(lines) * line_height(SMALL)
    return y + 3 + THICKNESS / 2, max(left, right) - y + _PAD


def _write_narrow(canvas: Canvas, bullet: Bullet, y: float) -> tuple[float, float]:
    """Letters above and below the mark; returns the mark's middle and the row's height."""
    names = wrap_text(bullet.name, canvas.width, TEXT)
    canvas.text(0, y + 15, names)
    top = y + len(names) * line_height(TEXT) + 1
    if bullet.sub:
        subs = wrap_text(bullet.sub, canvas.width, SMALL, 2)
        canvas.note(0, top + 12, subs)
        top += len(subs) * line_height(SMALL)
    base, end = _write_result(canvas, bullet, 0, top + 6 + THICKNESS + 20)
    lines = wrap_text(bullet.quantities, canvas.width - end - 12, SMALL)
    canvas.note(end + 12, base, lines)
    below = base + (len(lines) - 1) * line_height(SMALL)
    return top + 6 + THICKNESS / 2, below - y + 6 + _PAD


def _write_result(canvas: Canvas, bullet: Bullet, x: float, y: float) -> tuple[float, float]:
    """The result, with the standing beside or below it; returns the last baseline and its right end."""
    results = wrap_text(bullet.result, canvas.width - x, TEXT)
    canvas.text(x, y, results, bold=True)
    y += (len(results) - 1) * line_height(TEXT)
    end = x + text_width(results[-1], TEXT)
    if not bullet.status:
        return y, end
    width = legend_width(bullet.status) - 6
    if end + 8 + width > canvas.width:
        end, y = x - 8, y + line_height(TEXT)
    canvas.legend(end + 8, y, bullet.standing, bullet.status)
    return y, end + 8 + width


def name_schedule(canvas: Canvas, bullets: Sequence[Bullet]) -> float:
    """Have the spec name the schedule over its ticks where all bars share one; returns the height taken."""
    shares = {bullet.values["schedule"] for bullet in bullets}
    if len(shares) != 1:
        return 0
    canvas.add("schedule", {"share": min(shares.pop(), 1.0)})
    return 18
