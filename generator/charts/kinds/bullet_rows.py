"""Rows of a measure: name, the place of its bar or rate, and the figure in words beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.charts.canvas import Canvas, legend_width, line_height
from generator.charts.chart_types import Box, Hit
from generator.charts.text_width import text_width, wrap_text
from generator.charts.theme import SMALL, TEXT
from generator.figures import Standing, TargetFigure, TaskFigures
from generator.model import addresses
from generator.wording import Words, format_quotes, format_task_number

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

    figure: TargetFigure
    name: str
    sub: str
    """Second line of the name; empty for none."""
    result: str
    """Completion, or the distance from a rate's target, in words."""
    quantities: str
    """Reported and promised number."""
    label: str
    lines: tuple[str, ...]
    table: str
    """Dataset of its mark: bars or rates."""
    values: Mapping[str, float]
    """What the mark shows: completion and schedule, or value and target."""
    status: str = ""
    """Word of the standing, where no heading above the bar says it."""

    @property
    def standing(self) -> Standing:
        """What the figure says of its target."""
        return self.figure.standing or Standing.NO_INFORMATION


def draw_bullet(canvas: Canvas, bullet: Bullet, y: float) -> float:
    """One row at y; returns its height."""
    write = _write_wide if canvas.is_wide else _write_narrow
    middle, height = write(canvas, bullet, y)
    task = bullet.figure.task_id
    key = f"{task}#{bullet.figure.target.id}"
    row = {"y": round(middle, 2), "standing": str(bullet.standing), "key": key, "task": task}
    canvas.add(bullet.table, {**bullet.values, **row})
    hit = Hit(
        key=key,
        tasks=(task,),
        url=addresses.task_url(task),
        label=bullet.label,
        lines=bullet.lines,
        status=bullet.standing,
        box=Box(0, y - 5, canvas.width, height - 3),
    )
    canvas.hits.append(hit)
    return height


def bar_values(figure: TargetFigure) -> dict[str, float]:
    """What a bar shows."""
    return {"completion": float(figure.completion or 0), "schedule": float(figure.schedule)}


def tip_lines(task: TaskFigures, figure: TargetFigure, words: Words) -> tuple[str, ...]:
    """Lines of a row's tooltip: the task, and the words that its figure was read from."""
    number = format_task_number(task.task, words)
    return (words("charts.tip.task", number=number, title=task.task.title), *format_quotes(figure, words))


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
