"""Rows of bullet bars: name, bar against the whole, tick of the schedule, figure in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.charts.canvas import Canvas
from generator.charts.chart_types import Hit
from generator.charts.text_width import text_width, wrap_text
from generator.figures import Standing
from generator.wording import Words, format_percent

BAR_WIDE = (250, 620)
BAR_NARROW = (0, 340)
"""Where 0 and 100 % are, in units of the drawing; the specs take their scale's range from here."""
THICKNESS = 14
_NAME_WIDTH = 232
_FIGURE_X = 634
_PAD = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet:
    """One bar."""

    key: str
    task_id: str
    name: str
    sub: str
    """Second line of the name; empty for none."""
    completion: Fraction
    schedule: Fraction
    standing: Standing
    quantities: str
    """Reported and promised number."""
    url: str
    label: str
    lines: tuple[str, ...]
    status: str = ""
    """Word of the standing, where no heading above the bar says it."""


def bar_range(variant: str) -> tuple[int, int]:
    """Left and right end of the whole."""
    return BAR_WIDE if variant == "wide" else BAR_NARROW


def place_on_bar(ratio: Fraction, variant: str) -> float:
    """Where a ratio is on the scale; capped at the whole."""
    left, right = bar_range(variant)
    return left + float(min(max(ratio, Fraction(0)), Fraction(1))) * (right - left)


def draw_schedule_label(canvas: Canvas, bullets: Sequence[Bullet], words: Words) -> float:
    """The word over the schedule ticks where all bars share one; returns the height taken."""
    schedules = {bullet.schedule for bullet in bullets}
    if len(schedules) != 1:
        return 0
    schedule = schedules.pop()
    label = words("charts.schedule", percent=format_percent(schedule))
    half = text_width(label, canvas.theme.small) / 2
    x = min(max(place_on_bar(schedule, canvas.variant), half), canvas.width - half)
    canvas.text(x, 12, label, anchor="middle", colour="muted", size=canvas.theme.small)
    return 18


def draw_bullet(canvas: Canvas, bullet: Bullet, y: float) -> float:
    """One row at y; returns its height."""
    draw = _draw_wide if canvas.is_wide else _draw_narrow
    height = draw(canvas, bullet, y)
    canvas.hits.append(
        Hit(
            key=bullet.key,
            tasks=(bullet.task_id,),
            url=bullet.url,
            label=bullet.label,
            lines=bullet.lines,
            status=bullet.standing,
            box=(0, y - 5, canvas.width, height - 3),
        )
    )
    return height


def draw_axis(canvas: Canvas, y: float) -> float:
    """0, 50 % and 100 % under the bars; returns the height taken."""
    left, right = bar_range(canvas.variant)
    for share, anchor in ((0, "start"), (50, "middle"), (100, "end")):
        x = left + (right - left) * share / 100
        text = "0" if share == 0 else f"{share}%"
        anchor = "middle" if canvas.is_wide else anchor
        canvas.text(x, y + 14, text, anchor=anchor, colour="muted", size=canvas.theme.small)
    return 20


def _draw_wide(canvas: Canvas, bullet: Bullet, y: float) -> float:
    theme, right = canvas.theme, _NAME_WIDTH
    names = wrap_text(bullet.name, _NAME_WIDTH, theme.text)
    canvas.text(right, y + 15, names, anchor="end")
    height = len(names) * canvas.lead(theme.text)
    if bullet.sub:
        subs = wrap_text(bullet.sub, _NAME_WIDTH, theme.small, 2)
        _small(canvas, (right, y + height + 13), subs, "end")
        height += len(subs) * canvas.lead(theme.small)
    _bar(canvas, bullet, y + 3)
    _figure(canvas, bullet, _FIGURE_X, y + 15)
    lines = wrap_text(bullet.quantities, canvas.width - _FIGURE_X, theme.small)
    _small(canvas, (_FIGURE_X, y + canvas.lead(theme.text) + 13), lines, "start")
    figures = canvas.lead(theme.text) + len(lines) * canvas.lead(theme.small)
    return max(height, figures) + _PAD


def _draw_narrow(canvas: Canvas, bullet: Bullet, y: float) -> float:
    theme = canvas.theme
    names = wrap_text(bullet.name, canvas.width, theme.text)
    canvas.text(0, y + 15, names)
    height = len(names) * canvas.lead(theme.text) + 1
    if bullet.sub:
        subs = wrap_text(bullet.sub, canvas.width, theme.small, 2)
        _small(canvas, (0, y + height + 12), subs, "start")
        height += len(subs) * canvas.lead(theme.small)
    _bar(canvas, bullet, y + height + 6)
    base = y + height + 6 + THICKNESS + 20
    left = _figure(canvas, bullet, 0, base) + 12
    lines = wrap_text(bullet.quantities, canvas.width - left, theme.small)
    _small(canvas, (left, base), lines, "start")
    return base - y + (len(lines) - 1) * canvas.lead(theme.small) + 6 + _PAD


def _figure(canvas: Canvas, bullet: Bullet, x: float, y: float) -> float:
    """Completion in words, with the standing where it is not said above; returns the right end."""
    percent = format_percent(bullet.completion)
    canvas.text(x, y, percent, bold=True)
    right = x + text_width(percent, canvas.theme.text)
    if not bullet.status:
        return right
    canvas.legend(right + 8, y, bullet.standing, bullet.status, "")
    return right + 8 + canvas.legend_width(bullet.status, "") - 6


def _small(canvas: Canvas, place: tuple[float, float], lines: Sequence[str], anchor: str) -> None:
    x, y = place
    small = canvas.theme.small
    canvas.text(x, y, lines, anchor=anchor, colour="muted", size=small)


def _bar(canvas: Canvas, bullet: Bullet, y: float) -> None:
    canvas.add(
        "bars",
        {
            "completion": float(bullet.completion),
            "schedule": float(bullet.schedule),
            "y": round(y + THICKNESS / 2, 2),
            "colour": canvas.theme.colour(bullet.standing),
            "key": bullet.key,
            "task": bullet.task_id,
        },
    )
