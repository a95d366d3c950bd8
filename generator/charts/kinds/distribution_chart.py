"""Distribution of completion: one dot a target, in tenths of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from statistics import median

from generator.charts.canvas import Canvas, draw_variants
from generator.charts.chart_table import ChartRow, count_table
from generator.charts.chart_types import ChartRequest, Drawing, Hit
from generator.charts.kinds.targets_chart import GROUPS, Pair, format_part, measured_pairs
from generator.figures import Overview, Standing
from generator.model import addresses
from generator.wording import Words, format_percent, format_source, format_standing, join_list

_BINS = 11
"""Ten tenths of the whole, and what has reached it."""
_PITCHES = ((14, 5.4), (11, 4.4), (8, 3.4))
_TALLEST = 240
_HEAD, _FOOT = 20, 48
"""Units in the plot above the tallest stack, and from its top down to the legend beside its height."""


def plan_distribution(overview: Overview, words: Words) -> ChartRequest | None:
    """Where the measurable targets stand as a whole; None with fewer than two of them."""
    pairs = measured_pairs(overview.tasks)
    if len(pairs) < 2:
        return None
    bins = [[p for p in pairs if bin_of(p[1].completion or Fraction(0)) == i] for i in range(_BINS)]
    source = format_source(overview, words)
    schedule = words("charts.schedule", percent=format_percent(overview.schedule))
    named = {"schedule": schedule, "whole": words("charts.distribution.whole_axis")}
    return ChartRequest(
        key=addresses.overview_chart(overview.district.id, overview.period, "distribution"),
        kind="distribution",
        title=_title(overview, pairs, words),
        subtitle=words("charts.distribution.subtitle", source=source, own=words("pages.own")),
        description=_description(pairs, bins, words),
        table=count_table(_columns(words), _rows(pairs, bins, words)),
        drawings=draw_variants(lambda canvas: _draw(canvas, overview, bins, words), named),
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
    side = "above" if middle > overview.schedule else "below" if middle < overview.schedule else "equal"
    percent, schedule = format_percent(middle), format_percent(overview.schedule)
    return words(f"charts.distribution.title_{side}", n=len(pairs), percent=percent, schedule=schedule)


def _description(pairs: Sequence[Pair], bins: Sequence[Sequence[Pair]], words: Words) -> str:
    parts = [
        words("charts.distribution.part", bin=bin_text(i, words), n=len(group))
        for i, group in enumerate(bins)
        if group
    ]
    return words("charts.distribution.description", n=len(pairs), parts=join_list(parts, words))


def _columns(words: Words) -> list[str]:
    counted = [words(f"charts.column.{key}") for key in ("completion", "targets")]
    return [*counted, *(format_standing(s, words) for s in GROUPS)]


def _rows(pairs: Sequence[Pair], bins: Sequence[Sequence[Pair]], words: Words) -> list[ChartRow]:
    """How many targets of each standing each tenth has, and all tenths together."""
    groups = [*((bin_text(i, words), group) for i, group in enumerate(bins)), (words("charts.total"), pairs)]
    return [
        (name, str(len(group)), *(str(sum(f.standing is s for _, f in group)) for s in GROUPS))
        for name, group in groups
    ]


def _dots(bins: Sequence[Sequence[Pair]], width: float) -> tuple[int, float, int]:
    """Pitch, radius and dots a line, the largest that keeps the tallest stack low."""
    most = max(len(group) for group in bins)
    for pitch, radius in _PITCHES:
        columns = max(1, int((width - 4) // pitch))
        if -(-most // columns) * pitch <= _TALLEST:
            return pitch, radius, columns
    return pitch, radius, columns


def _draw(canvas: Canvas, overview: Overview, bins: Sequence[Sequence[Pair]], words: Words) -> Drawing:
    pitch, radius, columns = _dots(bins, canvas.width / _BINS)
    for place, group in enumerate(bins):
        for task, figure in group:
            dot = {"tenth": place, "standing": str(figure.standing)}
            canvas.add("dots", {**dot, "key": str(place), "task": task.task.id})
        if group:
            canvas.hits.append(_hit(place, group, words))
    canvas.add("schedule", {"share": min(float(overview.schedule), 1.0)})
    plot = _HEAD + max(-(-len(group) // columns) for group in bins) * pitch
    height = canvas.legend_line(_legend(bins, words), plot + _FOOT)
    return canvas.finish(height, plot=plot, pitch=pitch, radius=radius, columns=columns)


def _legend(bins: Sequence[Sequence[Pair]], words: Words) -> list[tuple[Standing, str, str]]:
    """Standing, word and count of each group that occurs."""
    found = Counter(figure.standing for group in bins for _, figure in group)
    return [
        (standing, format_standing(standing, words), words("charts.targets_n", n=found[standing]))
        for standing in GROUPS
        if found[standing]
    ]


def _hit(place: int, group: Sequence[Pair], words: Words) -> Hit:
    return Hit(
        key=str(place),
        tasks=tuple(dict.fromkeys(task.task.id for task, _ in group)),
        url="",
        label=words("charts.distribution.part", bin=bin_text(place, words), n=len(group)),
        lines=tuple(format_part(pair, words) for pair in group),
        status=None,
        box=None,
    )
