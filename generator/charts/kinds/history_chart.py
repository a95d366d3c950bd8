"""History of one target over the year's periods, against the year's target and the schedule.

Where the task goes on with one of the year before that promised the same measure, last year's figures stand
in the same months (kind ``years``): each line ends with its year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.charts.canvas import Canvas, draw_variants
from generator.charts.chart_table import ChartRow, goal_cell, measured_table, reported_cell, share_cell
from generator.charts.chart_types import ChartRequest, Drawing, Hit
from generator.figures import Overview, Standing, TargetFigure, TaskFigures, is_same_promise
from generator.figures.shared_measures import normalise_metric
from generator.language.units import comparable, ratio
from generator.model import Target, addresses
from generator.wording import (
    Words,
    format_completion,
    format_date,
    format_goal,
    format_judgement,
    format_period,
    format_points,
    format_quotes,
    format_reported,
    format_result,
    format_source,
    join_clauses,
)

_HEIGHT, _PLOT = 226, 184
_MONTHS = (3, 6, 9, 12)
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
        return self.value_in(self.figure.target.unit)

    def value_in(self, unit: str) -> float:
        """Reported number in a unit that the target's converts to."""
        actual = self.figure.actual
        return 0.0 if actual is None else float(ratio(actual.value, actual.unit, Decimal(1), unit))

    @property
    def year(self) -> int:
        """The year of its period."""
        return self.figure.period.year

    @property
    def month(self) -> float:
        """Months since the year began, at the day up to which the figures reach."""
        return float(self.figure.schedule * 12)


def plan_history(points: Sequence[Point], words: Words, earlier: Sequence[Point] = ()) -> ChartRequest | None:
    """The chart of one target; None with fewer than two periods that report a comparable number.

    earlier: those of the year before, of the same measure.
    """
    if len(points) + len(earlier) < 2 or not points:
        return None
    last = points[-1]
    target, goal = last.figure.target, format_goal(last.figure.target, words)
    source = format_source(last.overview, words)
    parts = join_clauses([_part(point, words) for point in (*earlier, *points)], words)
    own = words("pages.own")
    shares = ("gap",) if last.figure.completion is None else ("completion", "schedule")
    columns = ("period", "as_of", "actual", "target", *shares, "standing")
    return ChartRequest(
        key=addresses.history_chart(last.figure.task_id, target.id),
        kind="years" if earlier else "history",
        title=_title_of_years(points, earlier, words) if earlier else _title(points, words),
        subtitle=words(
            "charts.history.subtitle_years",
            year=last.year,
            before=earlier[-1].year,
            target=goal,
            old=format_goal(earlier[-1].figure.target, words),
            source=source,
            own=own,
        )
        if earlier
        else words("charts.history.subtitle", target=goal, source=source, own=own),
        description=words("charts.history.description", metric=target.metric, target=goal, parts=parts),
        table=measured_table(columns, [_row(point, words) for point in (*earlier, *points)], words),
        drawings=draw_variants(
            lambda canvas: _draw(canvas, points, earlier, words), _named(points, earlier, words)
        ),
    )


def make_points(pairs: Sequence[tuple[Overview, TaskFigures, TargetFigure]]) -> list[Point]:
    """Periods with a comparable number, oldest first; of two that end on one day the later stays.

    A period in which another number was promised is left out: its share is one of something else.
    """
    points: dict[float, Point] = {}
    for overview, task, figure in pairs:
        if figure.standing is not None and figure.actual is not None:
            point = Point(overview=overview, task=task, figure=figure, standing=figure.standing)
            points[point.month] = point
    found = [points[month] for month in sorted(points)]
    return [p for p in found if is_same_promise(p.figure.target, found[-1].figure.target)]


def is_same_measure(one: Target, other: Target) -> bool:
    """Whether two years promise the same thing in units that convert, by the words for what is counted."""
    same = (normalise_metric(one.metric), one.kind) == (normalise_metric(other.metric), other.kind)
    return same and comparable(one.unit, other.unit)


def _title_of_years(points: Sequence[Point], earlier: Sequence[Point], words: Words) -> str:
    """This year's last figure beside that of the same months of last year, or beside its last one."""
    last = points[-1]
    same = next((point for point in earlier if point.month == last.month), None)
    before = same or earlier[-1]
    return words(
        "charts.history.title_same_period" if same else "charts.history.title_last_year",
        metric=last.figure.target.metric,
        period=format_period(last.figure.period, words),
        actual=format_reported(last.figure, words),
        before=format_period(before.figure.period, words),
        old=format_reported(before.figure, words),
    )


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


def _row(point: Point, words: Words) -> ChartRow:
    figure = point.figure
    head = (
        format_period(figure.period, words),
        format_date(point.overview.as_of, words),
        reported_cell(figure, words),
        goal_cell(figure.target, words),
    )
    status = format_judgement(figure, words)
    if figure.completion is None:
        return (*head, format_result(figure, words), status)
    return (*head, share_cell(figure.completion), share_cell(figure.schedule), status)


def _ends(points: Sequence[Point], earlier: Sequence[Point]) -> tuple[float, float]:
    """Lowest and highest value shown: amounts begin at zero, rates show the span of their values."""
    target = float(points[-1].figure.target.value)
    unit = points[-1].figure.target.unit
    values = [target, *(point.value_in(unit) for point in (*earlier, *points))]
    if points[-1].figure.completion is not None:
        return min(0.0, *values), max(values) * _HEAD
    span = (max(values) - min(values)) or abs(target) or 1.0
    return min(values) - 0.35 * span, max(values) + 0.35 * span


def _draw(canvas: Canvas, points: Sequence[Point], earlier: Sequence[Point], words: Words) -> Drawing:
    last = points[-1].figure
    for point in earlier:
        key = _year_key(point) if point is earlier[-1] else ""
        canvas.add("earlier", {"month": point.month, "value": point.value_in(last.target.unit), "key": key})
    for line in ("goal",) if last.completion is None else ("goal", "plan"):
        canvas.add(line, {"value": float(last.target.value)})
    for point in points:
        key, standing = str(point.figure.period), str(point.standing)
        canvas.add("points", {"month": point.month, "value": point.value, "standing": standing, "key": key})
        canvas.hits.append(_hit(point, words))
    low, high = _ends(points, earlier)
    return canvas.finish(_HEIGHT, plot=_PLOT, low=low, high=high)


def _year_key(point: Point) -> str:
    return f"year.{point.year}"


def _named(points: Sequence[Point], earlier: Sequence[Point], words: Words) -> dict[str, str]:
    """Words of the axis, the lines and the points, the last by their period; of two years the line ends."""
    months = {f"month.{m}": words("charts.history.month", month=words(f"charts.month.{m}")) for m in _MONTHS}
    goal = words("charts.history.target", target=format_goal(points[-1].figure.target, words))
    figures = {
        str(p.figure.period): format_completion(p.figure) or format_reported(p.figure, words) for p in points
    }
    if earlier:
        figures = {str(p.figure.period): format_reported(p.figure, words) for p in points}
        figures[str(points[-1].figure.period)] = _end_word(points[-1], words)
        figures[_year_key(earlier[-1])] = _end_word(earlier[-1], words)
    return {**months, **figures, "goal": goal, "plan": words("charts.schedule_line")}


def _end_word(point: Point, words: Words) -> str:
    """2024年 8600人."""
    actual = format_reported(point.figure, words)
    return words("charts.history.line_end", year=point.year, actual=actual)


def _hit(point: Point, words: Words) -> Hit:
    return Hit(
        key=str(point.figure.period),
        tasks=(),
        url=addresses.period_url(point.overview.district.id, point.overview.period),
        label=words(
            "charts.history.mark", part=_part(point, words), status=format_judgement(point.figure, words)
        ),
        lines=format_quotes(point.figure, words),
        status=point.standing,
        box=None,
    )
