"""The same measure in several districts, in the order of the site; nothing is ranked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.charts.canvas import Canvas
from generator.charts.chart_types import ChartRequest, Drawing, Hit
from generator.charts.kinds.bullet_rows import BAR_NARROW, BAR_WIDE, Bullet, draw_axis, draw_bullet
from generator.charts.text_width import text_width, wrap_text
from generator.charts.theme import SHAPES, ChartTheme
from generator.figures import Standing
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
    format_quotes,
    format_reported,
    format_result,
    format_task_number,
    join_clauses,
)

_COLUMNS = ("district", "period", "as_of", "metric", "target", "actual", "result", "standing")


def plan_compare(measure: Measure, words: Words, theme: ChartTheme) -> ChartRequest | None:
    """Chart of one shared measure; None unless two districts report a number that answers it."""
    entries = [e for e in measure.entries if e.figure.standing is not None]
    if len({e.overview.district.id for e in entries}) < 2:
        return None
    bars = [e for e in entries if e.figure.completion is not None]
    if bars and len(bars) < len(entries):
        entries = bars if len({e.overview.district.id for e in bars}) > 1 else []
    if not entries:
        return None
    rated = not bars
    draw = _draw_rates if rated else _draw_bars
    return ChartRequest(
        key=addresses.compare_chart(measure.key),
        kind="rates" if rated else "compare",
        title=_title(measure, entries, words),
        subtitle=words("charts.compare.subtitle_rate" if rated else "charts.compare.subtitle"),
        description=_description(measure, entries, words),
        columns=tuple(words(f"charts.column.{column}") for column in _COLUMNS),
        rows=tuple(_row(entry, words) for entry in entries),
        drawings=tuple(draw(Canvas(theme=theme, variant=v), entries, words) for v in ("wide", "narrow")),
    )


def _title(measure: Measure, entries: Sequence[MeasureEntry], words: Words) -> str:
    behind = sum(e.figure.standing is Standing.BEHIND for e in entries)
    values = {"metric": measure.name, "total": len(entries), "n": behind}
    if all(e.figure.completion is None for e in entries):
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


def _row(entry: MeasureEntry, words: Words) -> tuple[str, ...]:
    return (
        entry.overview.district.name,
        format_period(entry.overview.period, words),
        format_date(entry.overview.as_of, words),
        entry.figure.target.metric,
        format_goal(entry.figure.target, words),
        format_reported(entry.figure, words),
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


def _lines(entry: MeasureEntry, words: Words) -> tuple[str, ...]:
    task = entry.task.task
    return (
        words("charts.tip.task", number=format_task_number(task, words), title=task.title),
        *format_quotes(entry.figure, words),
    )


def _key(entry: MeasureEntry) -> str:
    return f"{entry.figure.task_id}#{entry.figure.target.id}"


def _draw_bars(canvas: Canvas, entries: Sequence[MeasureEntry], words: Words) -> Drawing:
    y = 6.0
    for entry in entries:
        figure = entry.figure
        if figure.completion is None or figure.standing is None:
            continue
        period = format_period(entry.overview.period, words)
        bullet = Bullet(
            key=_key(entry),
            task_id=figure.task_id,
            name=entry.overview.district.name,
            sub=words("charts.compare.sub", period=period, percent=format_percent(figure.schedule)),
            completion=figure.completion,
            schedule=figure.schedule,
            standing=figure.standing,
            quantities=format_amounts(figure, words),
            url=addresses.task_url(figure.task_id),
            label=_label(entry, words),
            lines=_lines(entry, words),
            status=format_judgement(entry.figure, words),
        )
        y += draw_bullet(canvas, bullet, y)
    return canvas.finish(y + draw_axis(canvas, y - 8) - 4)


def _rate(entry: MeasureEntry, unit: str) -> tuple[float, float]:
    """Reported and promised number in one unit."""
    figure = entry.figure
    actual = figure.actual
    target = float(ratio(figure.target.value, figure.target.unit, Decimal(1), unit))
    return (0.0 if actual is None else float(ratio(actual.value, actual.unit, Decimal(1), unit))), target


def _draw_rates(canvas: Canvas, entries: Sequence[MeasureEntry], words: Words) -> Drawing:
    unit = entries[0].figure.target.unit
    values = [value for entry in entries for value in _rate(entry, unit)]
    span = (max(values) - min(values)) or abs(values[0]) or 1.0
    low, high = min(0.0, min(values)), max(values) + 0.1 * span
    if low == 0 and min(values) > 3 * span:
        low = min(values) - span
    y = _draw_key(canvas, words)
    for entry in entries:
        y += _draw_rate(canvas, entry, _rate(entry, unit), words, y)
    return canvas.finish(y, low=low, high=high)


def _draw_key(canvas: Canvas, words: Words) -> float:
    """What the dot and the tick are."""
    small = canvas.theme.small
    left = BAR_WIDE[0] if canvas.is_wide else BAR_NARROW[0]
    canvas.text(left, 12, words("charts.compare.key"), colour="muted", size=small)
    return 24


def _draw_rate(
    canvas: Canvas, entry: MeasureEntry, rate: tuple[float, float], words: Words, y: float
) -> float:
    standing = entry.figure.standing or Standing.NO_INFORMATION
    key, theme = _key(entry), canvas.theme
    sub = format_period(entry.overview.period, words)
    figures = words(
        "charts.compare.figures",
        actual=format_reported(entry.figure, words),
        target=format_goal(entry.figure.target, words),
    )
    result = format_result(entry.figure, words)
    if canvas.is_wide:
        canvas.text(232, y + 15, entry.overview.district.name, anchor="end")
        canvas.text(232, y + 32, sub, anchor="end", colour="muted", size=theme.small)
        results = wrap_text(result, canvas.width - 634, theme.text)
        canvas.text(634, y + 15, results, bold=True)
        below = y + (len(results) - 1) * canvas.lead(theme.text)
        canvas.legend(634, below + 34, standing, format_judgement(entry.figure, words), "")
        lines = wrap_text(figures, canvas.width - 634, theme.small)
        canvas.text(634, below + 51, lines, colour="muted", size=theme.small)
        middle, height = y + 11, below - y + 41 + len(lines) * canvas.lead(theme.small) + 12
    else:
        canvas.text(0, y + 15, entry.overview.district.name)
        left = text_width(entry.overview.district.name, theme.text) + 10
        canvas.text(left, y + 15, sub, colour="muted", size=theme.small)
        canvas.text(0, y + 60, result, bold=True)
        canvas.legend(
            text_width(result, theme.text) + 10, y + 60, standing, format_judgement(entry.figure, words), ""
        )
        lines = wrap_text(figures, canvas.width, theme.small)
        canvas.text(0, y + 78, lines, colour="muted", size=theme.small)
        middle, height = y + 33, 78 + (len(lines) - 1) * canvas.lead(theme.small) + 20
    _add_rate(canvas, entry, rate, middle, standing)
    canvas.hits.append(
        Hit(
            key=key,
            tasks=(entry.figure.task_id,),
            url=addresses.task_url(entry.figure.task_id),
            label=_label(entry, words),
            lines=_lines(entry, words),
            status=standing,
            box=(0, y, canvas.width, height),
        )
    )
    return height


def _add_rate(
    canvas: Canvas, entry: MeasureEntry, rate: tuple[float, float], y: float, standing: Standing
) -> None:
    left, right = BAR_WIDE if canvas.is_wide else BAR_NARROW
    canvas.rule(left, y, right, y)
    canvas.add(
        "rates",
        {
            "value": rate[0],
            "target": rate[1],
            "y": round(y, 2),
            "path": SHAPES[standing].path,
            "colour": canvas.theme.colour(standing),
            "key": _key(entry),
            "task": entry.figure.task_id,
        },
    )
