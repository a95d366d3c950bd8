"""Distribution of completion: one dot a target, in tenths of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from statistics import median

from generator.charts.canvas import Canvas
from generator.charts.chart_types import ChartRequest, Drawing, Hit
from generator.charts.kinds.targets_chart import GROUPS, Pair, measured_pairs
from generator.charts.text_width import text_width
from generator.charts.theme import ChartTheme
from generator.figures import Overview
from generator.model import addresses
from generator.wording import (
    Words,
    format_completion,
    format_percent,
    format_source,
    format_standing,
    join_list,
)

_BINS = 11
"""Ten tenths of the whole, and what has reached it."""
_PITCHES = ((14, 5.4), (11, 4.4), (8, 3.4))
_TALLEST = 240


def plan_distribution(overview: Overview, words: Words, theme: ChartTheme) -> ChartRequest | None:
    """Where the measurable targets stand as a whole; None with fewer than two of them."""
    pairs = measured_pairs(overview.tasks)
    if len(pairs) < 2:
        return None
    bins = [[p for p in pairs if bin_of(p[1].completion or Fraction(0)) == i] for i in range(_BINS)]
    return ChartRequest(
        key=addresses.overview_chart(overview.district.id, overview.period, "distribution"),
        kind="distribution",
        title=_title(overview, pairs, words),
        subtitle=words("charts.distribution.subtitle", source=format_source(overview, words)),
        description=_description(pairs, bins, words),
        columns=(
            words("charts.column.completion"),
            words("charts.column.targets"),
            *(format_standing(s, words) for s in GROUPS),
        ),
        rows=(*(_row(i, group, words) for i, group in enumerate(bins)), _total(pairs, words)),
        drawings=tuple(
            _draw(Canvas(theme=theme, variant=v), overview, bins, words) for v in ("wide", "narrow")
        ),
    )


def bin_of(completion: Fraction) -> int:
    """0-9 for each tenth below the whole, 10 for what has reached it."""
    return min(max(int(completion * 10), 0), _BINS - 1)


def bin_text(place: int, words: Words) -> str:
    """A tenth in words; the lower end counts in, the upper does not."""
    if place == _BINS - 1:
        return words("charts.distribution.whole")
    return words("charts.distribution.bin", low=place * 10, high=place * 10 + 10)


def _title(overview: Overview, pairs: Sequence[Pair], words: Words) -> str:
    middle = median(figure.completion or Fraction(0) for _, figure in pairs)
    values = {
        "n": len(pairs),
        "percent": format_percent(middle),
        "schedule": format_percent(overview.schedule),
    }
    if middle > overview.schedule:
        return words("charts.distribution.title_above", **values)
    if middle < overview.schedule:
        return words("charts.distribution.title_below", **values)
    return words("charts.distribution.title_equal", **values)


def _description(pairs: Sequence[Pair], bins: Sequence[Sequence[Pair]], words: Words) -> str:
    parts = [
        words("charts.distribution.part", bin=bin_text(i, words), n=len(group))
        for i, group in enumerate(bins)
        if group
    ]
    return words("charts.distribution.description", n=len(pairs), parts=join_list(parts, words))


def _counts(group: Sequence[Pair]) -> tuple[str, ...]:
    return (str(len(group)), *(str(sum(f.standing is s for _, f in group)) for s in GROUPS))


def _row(place: int, group: Sequence[Pair], words: Words) -> tuple[str, ...]:
    return (bin_text(place, words), *_counts(group))


def _total(pairs: Sequence[Pair], words: Words) -> tuple[str, ...]:
    return (words("charts.total"), *_counts(pairs))


def _dots(bins: Sequence[Sequence[Pair]], width: float) -> tuple[int, float, int]:
    """Pitch, radius and dots a line, the largest that keeps the tallest stack low."""
    most = max(len(group) for group in bins)
    for pitch, radius in _PITCHES:
        columns = max(1, int((width - 4) // pitch))
        if -(-most // columns) * pitch <= _TALLEST:
            return pitch, radius, columns
    return pitch, radius, columns


def _draw(canvas: Canvas, overview: Overview, bins: Sequence[Sequence[Pair]], words: Words) -> Drawing:
    width = canvas.width / _BINS
    pitch, radius, columns = _dots(bins, width)
    tallest = max(-(-len(group) // columns) for group in bins) * pitch
    base = 44.0 + tallest
    for place, group in enumerate(bins):
        left = place * width
        for n, (task, figure) in enumerate(group):
            row, column = divmod(n, columns)
            inset = (width - min(columns, len(group) - row * columns) * pitch) / 2
            x = left + inset + (column + 0.5) * pitch
            if figure.standing is not None:
                canvas.mark(
                    x,
                    base - 6 - (row + 0.5) * pitch,
                    figure.standing,
                    radius,
                    key=str(place),
                    task=task.task.id,
                )
        if group:
            top = base - 6 - -(-len(group) // columns) * pitch - 4
            canvas.text(
                left + width / 2,
                top,
                str(len(group)),
                anchor="middle",
                bold=True,
                halo=True,
                size=canvas.theme.small,
            )
            canvas.hits.append(_hit(place, group, words, (left, 24, width, base - 24)))
    canvas.rule(0, base, canvas.width, base, colour="muted")
    _draw_schedule(canvas, overview, width, base, words)
    return canvas.finish(_draw_legend(canvas, bins, words, _draw_axis(canvas, width, base, words)))


def _draw_schedule(canvas: Canvas, overview: Overview, width: float, base: float, words: Words) -> None:
    label = words("charts.schedule", percent=format_percent(overview.schedule))
    x = min(float(overview.schedule), 1.0) * 10 * width
    half = text_width(label, canvas.theme.small) / 2
    canvas.rule(x, 18, x, base, colour="mark", thick=1.5, dash=True)
    middle = min(max(x, half), canvas.width - half)
    canvas.text(middle, 12, label, anchor="middle", colour="muted", size=canvas.theme.small)


def _draw_axis(canvas: Canvas, width: float, base: float, words: Words) -> float:
    step = 1 if canvas.is_wide else 2
    small = canvas.theme.small
    for tenth in range(0, _BINS - 1, step):
        text = "0" if tenth == 0 else f"{tenth * 10}%"
        anchor = "start" if tenth == 0 else "middle"
        canvas.text(tenth * width, base + 16, text, anchor=anchor, colour="muted", size=small)
    canvas.text(
        canvas.width,
        base + 16,
        words("charts.distribution.whole_axis"),
        anchor="end",
        colour="muted",
        size=small,
    )
    canvas.rule(10 * width, base, 10 * width, base + 5, colour="muted")
    return base + 20


def _draw_legend(canvas: Canvas, bins: Sequence[Sequence[Pair]], words: Words, y: float) -> float:
    x, line = 0.0, y + 20
    for standing in GROUPS:
        count = sum(figure.standing is standing for group in bins for _, figure in group)
        if not count:
            continue
        label = format_standing(standing, words), words("charts.targets_n", n=count)
        width = canvas.legend_width(*label) + 16
        if x and x + width > canvas.width:
            x, line = 0.0, line + 24
        canvas.legend(x, line, standing, *label)
        x += width
    return line + 8


def _hit(place: int, group: Sequence[Pair], words: Words, box: tuple[float, float, float, float]) -> Hit:
    lines = [
        words(
            "charts.targets.part",
            metric=figure.target.metric,
            percent=format_completion(figure),
            status=format_standing(figure.standing, words) if figure.standing else "",
        )
        for _, figure in group
    ]
    return Hit(
        key=str(place),
        tasks=tuple(dict.fromkeys(task.task.id for task, _ in group)),
        url="",
        label=words("charts.distribution.part", bin=bin_text(place, words), n=len(group)),
        lines=tuple(lines),
        status=None,
        box=box,
    )
