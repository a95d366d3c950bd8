"""The same measure in several districts, in the order of the site; nothing is ranked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from generator.charts.canvas import Canvas, draw_variants
from generator.charts.chart_table import ChartRow, goal_cell, measured_table, reported_cell
from generator.charts.chart_types import ChartRequest, Drawing
from generator.charts.kinds.bullet_rows import BARS, Bullet, bar_values, draw_bullet, end_of_rows, tip_lines
from generator.figures import Standing, TargetFigure
from generator.figures.shared_measures import Measure, MeasureEntry
from generator.language.quantities import ratio
from generator.model import addresses
from generator.wording import (
    Words,
    format_amounts,
    format_date,
    format_goal,
    format_judgement,
    format_percent,
    format_period,
    format_reported,
    format_result,
    join_clauses,
)

_COLUMNS = ("district", "period", "as_of", "metric", "target", "actual", "result", "standing")


def plan_compare(measure: Measure, words: Words) -> ChartRequest | None:
    """Chart of one shared measure; None unless two districts report a number that answers it."""
    entries = _comparable(measure)
    if not entries:
        return None
    rated = not entries[0].figure.is_scheduled
    bullets = [_make_bullet(entry, entries[0].figure.target.unit, words) for entry in entries]
    draw = partial(_draw_rates, key=words("charts.compare.key")) if rated else _draw_bars
    return ChartRequest(
        key=addresses.compare_chart(measure.key),
        kind="rates" if rated else "compare",
        title=_title(measure, entries, words),
        subtitle=words(f"charts.compare.{'subtitle_rate' if rated else 'subtitle'}", own=words("pages.own")),
        description=_description(measure, entries, words),
        table=measured_table(_COLUMNS, [_row(entry, words) for entry in entries], words),
        drawings=draw_variants(lambda canvas: draw(canvas, bullets)),
    )


def _comparable(measure: Measure) -> list[MeasureEntry]:
    """Entries with an answer, where some have a schedule those alone; none unless two districts have one."""
    answered = [e for e in measure.entries if e.figure.standing is not None]
    shown = [e for e in answered if e.figure.is_scheduled] or answered
    return shown if len({e.overview.district.id for e in shown}) > 1 else []


def _title(measure: Measure, entries: Sequence[MeasureEntry], words: Words) -> str:
    behind = sum(e.figure.standing is Standing.BEHIND for e in entries)
    values = {"metric": measure.name, "total": len(entries), "n": behind}
    if not any(e.figure.is_scheduled for e in entries):
        return words("charts.compare.title_not_met" if behind else "charts.compare.title_met", **values)
    return words("charts.compare.title_behind" if behind else "charts.compare.title_none_behind", **values)


def _description(measure: Measure, entries: Sequence[MeasureEntry], words: Words) -> str:
    parts = [
        words(
            "charts.compare.part",
            district=e.overview.district.name,
            period=format_period(e.overview.period, words),
            actual=format_reported(e.figure, words),
            target=format_goal(e.figure.target, words),
            result=format_result(e.figure, words),
        )
        for e in entries
    ]
    return words("charts.compare.description", metric=measure.name, parts=join_clauses(parts, words))


def _row(entry: MeasureEntry, words: Words) -> ChartRow:
    return (
        entry.overview.district.name,
        format_period(entry.overview.period, words),
        format_date(entry.overview.as_of, words),
        entry.figure.target.metric,
        goal_cell(entry.figure.target, words),
        reported_cell(entry.figure, words),
        format_result(entry.figure, words),
        format_judgement(entry.figure, words),
    )


def _label(entry: MeasureEntry, words: Words) -> str:
    return words(
        "charts.compare.mark",
        district=entry.overview.district.name,
        result=format_result(entry.figure, words),
        status=format_judgement(entry.figure, words),
    )


def _make_bullet(entry: MeasureEntry, unit: str, words: Words) -> Bullet:
    """The row of one district; ``unit`` is the one that all rates are shown in."""
    figure = entry.figure
    rated = not figure.is_scheduled
    return Bullet(
        figure=figure,
        name=entry.overview.district.name,
        sub=_sub(entry, words),
        result=format_result(figure, words),
        quantities=_both_rates(figure, words) if rated else format_amounts(figure, words),
        label=_label(entry, words),
        lines=tip_lines(entry.task, figure, words),
        table="rates" if rated else "bars",
        values=_rate(figure, unit) if rated else bar_values(figure),
        status=format_judgement(figure, words),
    )


def _sub(entry: MeasureEntry, words: Words) -> str:
    """The period, and how much of its year had passed where that is a measure."""
    period = format_period(entry.overview.period, words)
    if not entry.figure.is_scheduled:
        return period
    return words("charts.compare.sub", period=period, percent=format_percent(entry.figure.schedule))


def _both_rates(figure: TargetFigure, words: Words) -> str:
    actual, target = format_reported(figure, words), format_goal(figure.target, words)
    return words("charts.compare.figures", actual=actual, target=target)


def _rate(figure: TargetFigure, unit: str) -> dict[str, float]:
    """Reported and promised number in one unit."""
    actual, target = figure.actual, figure.target
    value = 0.0 if actual is None else float(ratio(actual.value, actual.unit, Decimal(1), unit))
    return {"value": value, "target": float(ratio(target.value, target.unit, Decimal(1), unit))}


def _draw_bars(canvas: Canvas, bullets: Sequence[Bullet]) -> Drawing:
    y = 6.0
    for bullet in bullets:
        y += draw_bullet(canvas, bullet, y)
    return canvas.finish(end_of_rows(y), plot=y)


def _draw_rates(canvas: Canvas, bullets: Sequence[Bullet], key: str) -> Drawing:
    """Rates beside their targets; ``key`` says what the shape and the tick are."""
    values = [value for bullet in bullets for value in bullet.values.values()]
    span = (max(values) - min(values)) or abs(values[0]) or 1.0
    low, high = min(0.0, min(values)), max(values) + 0.1 * span
    if low == 0 and min(values) > 3 * span:
        low = min(values) - span
    canvas.note(BARS[canvas.variant][0], 12, key)
    y = 24.0
    for bullet in bullets:
        y += draw_bullet(canvas, bullet, y)
    return canvas.finish(y, low=low, high=high)
