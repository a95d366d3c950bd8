"""History of one target over the year's periods, against the year's target and the schedule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.charts.canvas import Box, Canvas
from generator.charts.chart_types import ChartRequest, Drawing, Hit
from generator.charts.text_width import text_width
from generator.charts.theme import SHAPES, ChartTheme
from generator.figures import Overview, Standing, TargetFigure, TaskFigures
from generator.language.quantities import ratio
from generator.model import addresses
from generator.wording import (
    Words,
    format_completion,
    format_date,
    format_goal,
    format_judgement,
    format_percent,
    format_period,
    format_points,
    format_quotes,
    format_reported,
    format_result,
    format_source,
    join_clauses,
)

PLOT_WIDE = (16, 704, 16, 200)
PLOT_NARROW = (14, 318, 16, 200)
"""Left, right, top and bottom of the plot; the specs take their scales' ranges from here."""
_HEAD = 1.12
"""Room above the highest value, so that its label stays inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period's figure of the target."""

    overview: Overview
    task: TaskFigures
    figure: TargetFigure
    standing: Standing

    @property
    def value(self) -> float:
        """Reported number in the target's unit."""
        actual = self.figure.actual
        return (
            0.0
            if actual is None
            else float(ratio(actual.value, actual.unit, Decimal(1), self.figure.target.unit))
        )

    @property
    def month(self) -> float:
        """Months since the year began, at the day up to which the figures reach."""
        return float(self.figure.schedule * 12)


def plan_history(points: Sequence[Point], words: Words, theme: ChartTheme) -> ChartRequest | None:
    """The chart of one target; None with fewer than two periods that report a comparable number."""
    if len(points) < 2:
        return None
    last = points[-1]
    target = last.figure.target
    rated = last.figure.completion is None
    columns = ("period", "as_of", "actual", "target", "gap", "standing") if rated else (
        "period", "as_of", "actual", "target", "completion", "schedule", "standing"
    )  # fmt: skip
    return ChartRequest(
        key=addresses.history_chart(last.figure.task_id, target.id),
        kind="history",
        title=_title(points, words),
        subtitle=words(
            "charts.history.subtitle",
            target=format_goal(target, words),
            source=format_source(last.overview, words),
        ),
        description=words(
            "charts.history.description",
            metric=target.metric,
            target=format_goal(target, words),
            parts=join_clauses([_part(point, words) for point in points], words),
        ),
        columns=tuple(words(f"charts.column.{column}") for column in columns),
        rows=tuple(_row(point, words) for point in points),
        drawings=tuple(_draw(Canvas(theme=theme, variant=v), points, words) for v in ("wide", "narrow")),
    )


def make_points(pairs: Sequence[tuple[Overview, TaskFigures, TargetFigure]]) -> list[Point]:
    """Periods with a comparable number, oldest first; of two that end on one day the later stays."""
    points: dict[float, Point] = {}
    for overview, task, figure in pairs:
        if figure.standing is not None and figure.actual is not None:
            point = Point(overview=overview, task=task, figure=figure, standing=figure.standing)
            points[point.month] = point
    return [points[month] for month in sorted(points)]


def _title(points: Sequence[Point], words: Words) -> str:
    before, last = points[-2].figure, points[-1].figure
    values = {
        "metric": last.target.metric,
        "period": format_period(last.period, words),
        "before": format_period(before.period, words),
        "actual": format_reported(last, words),
    }
    if last.completion is None or before.completion is None:
        key = "charts.history.title_met" if last.met else "charts.history.title_not_met"
        return words(key, target=format_goal(last.target, words), **values)
    change = (last.completion - before.completion) * 100
    percent = format_completion(last)
    if format_points(change) == "0.0":
        return words("charts.history.title_same", percent=percent, **values)
    key = "charts.history.title_up" if change > 0 else "charts.history.title_down"
    return words(key, percent=percent, points=format_points(change), **values)


def _part(point: Point, words: Words) -> str:
    values = {
        "period": format_period(point.figure.period, words),
        "actual": format_reported(point.figure, words),
    }
    if point.figure.completion is None:
        return words("charts.history.part_rate", **values)
    return words("charts.history.part", percent=format_completion(point.figure), **values)


def _row(point: Point, words: Words) -> tuple[str, ...]:
    figure = point.figure
    head = (
        format_period(figure.period, words),
        format_date(point.overview.as_of, words),
        format_reported(figure, words),
        format_goal(figure.target, words),
    )
    status = format_judgement(figure, words)
    if figure.completion is None:
        return (*head, format_result(figure, words), status)
    return (*head, format_completion(figure), format_percent(figure.schedule), status)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where months and values stand."""

    plot: tuple[int, int, int, int]
    low: float
    high: float

    def x(self, month: float) -> float:
        left, right, _, _ = self.plot
        return left + month / 12 * (right - left)

    def y(self, value: float) -> float:
        _, _, top, bottom = self.plot
        return bottom - (value - self.low) / (self.high - self.low) * (bottom - top)


def _scale(points: Sequence[Point], variant: str) -> _Scale:
    """Zero is the baseline of amounts; rates show the span of their values."""
    plot = PLOT_WIDE if variant == "wide" else PLOT_NARROW
    target = float(points[-1].figure.target.value)
    values = [target, *(point.value for point in points)]
    if points[-1].figure.completion is not None:
        return _Scale(plot, min(0.0, *values), max(values) * _HEAD)
    span = (max(values) - min(values)) or abs(target) or 1.0
    return _Scale(plot, min(values) - 0.35 * span, max(values) + 0.35 * span)


def _draw(canvas: Canvas, points: Sequence[Point], words: Words) -> Drawing:
    scale = _scale(points, canvas.variant)
    target = points[-1].figure.target
    taken = [
        _draw_target(
            canvas,
            scale,
            float(target.value),
            words("charts.history.target", target=format_goal(target, words)),
        )
    ]
    if points[-1].figure.completion is not None:
        taken.append(_draw_plan(canvas, scale, float(target.value), words))
    _draw_axis(canvas, scale, words)
    for point in points:
        canvas.add(
            "series",
            {
                "month": point.month,
                "value": point.value,
                "path": SHAPES[point.standing].path,
                "colour": canvas.theme.colour(point.standing),
                "key": str(point.figure.period),
            },
        )
        x, y = scale.x(point.month), scale.y(point.value)
        taken.append(Box(x - 8, y - 8, 16, 16))
        canvas.hits.append(_hit(point, words, (min(max(x - 22, 0), canvas.width - 44), y - 22, 44, 44)))
    _label_points(canvas, scale, points, taken, words)
    return canvas.finish(scale.plot[3] + 26, low=scale.low, high=scale.high)


def _draw_target(canvas: Canvas, scale: _Scale, value: float, label: str) -> Box:
    left, right, _, _ = scale.plot
    y = scale.y(value)
    small = canvas.theme.small
    canvas.rule(left, y, right, y, colour="mark", thick=1.5)
    canvas.text(left, y - 6, label, colour="ink", size=small)
    return Box(left, y - 6 - small, text_width(label, small), small + 6)


def _draw_plan(canvas: Canvas, scale: _Scale, value: float, words: Words) -> Box:
    """The line from nothing in January to the whole in December, named at its end where there is room."""
    canvas.add("plan", {"month": 0.0, "value": 0.0})
    canvas.add("plan", {"month": 12.0, "value": value})
    label, small = words("charts.schedule_line"), canvas.theme.small
    width = text_width(label, small)
    end = scale.x(12)
    if end + 8 + width <= canvas.width:
        x, y = end + 8, scale.y(value) + 5
    else:
        x, y = end - width, scale.plot[3] - 8
    canvas.text(x, y, label, colour="muted", size=small)
    return Box(x, y - small, width, small + 4)


def _draw_axis(canvas: Canvas, scale: _Scale, words: Words) -> None:
    left, right, _, bottom = scale.plot
    canvas.rule(left, bottom, right, bottom, colour="muted")
    for month in (3, 6, 9, 12):
        x = scale.x(month)
        canvas.rule(x, bottom, x, bottom + 5, colour="muted")
        text = words("charts.history.month", month=words(f"charts.month.{month}"))
        half = text_width(text, canvas.theme.small) / 2
        middle = min(x, canvas.width - half)
        canvas.text(middle, bottom + 19, text, anchor="middle", colour="muted", size=canvas.theme.small)


def _label_points(
    canvas: Canvas, scale: _Scale, points: Sequence[Point], taken: list[Box], words: Words
) -> None:
    """Figures beside their points, the newest first; one that finds no free place is in the table only."""
    size = canvas.theme.small
    for point in reversed(points):
        text = format_completion(point.figure) or format_reported(point.figure, words)
        width = text_width(text, size)
        x, y = scale.x(point.month), scale.y(point.value)
        corners = ((x - width / 2, y - 13), (x - width / 2, y + 25), (x - width - 12, y - 4), (x + 12, y + 5))
        for left, base in corners:
            box = Box(left - 2, base - size, width + 4, size + 4)
            inside = box.x >= 0 and box.x + box.width <= canvas.width and base <= scale.plot[3] - 4
            if inside and not any(box.meets(other) for other in taken):
                canvas.text(left, base, text, size=size, bold=True, halo=True)
                taken.append(box)
                break


def _hit(point: Point, words: Words, box: tuple[float, float, float, float]) -> Hit:
    return Hit(
        key=str(point.figure.period),
        tasks=(),
        url=addresses.period_url(point.overview.district.id, point.overview.period),
        label=words(
            "charts.history.mark", part=_part(point, words), status=format_judgement(point.figure, words)
        ),
        lines=format_quotes(point.figure, words),
        status=point.standing,
        box=box,
    )
