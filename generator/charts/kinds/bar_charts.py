"""Small bars for cards and rows: the share reached, the tick of the schedule, nothing else."""

from __future__ import annotations

from generator.charts.chart_types import ChartRequest, Drawing
from generator.charts.theme import ChartTheme
from generator.figures import TargetFigure
from generator.wording.catalogue import Words, format_percent
from generator.wording.chart_words import percent_text, status_text

SMALL_WIDTH, SMALL_HEIGHT = 240, 16


def plan_bar(figure: TargetFigure, words: Words, theme: ChartTheme) -> ChartRequest | None:
    """The bar of one target; None without a completion, because a bar of nothing would be a statement."""
    if figure.completion is None or figure.standing is None:
        return None
    row = {
        "place": 0,
        "completion": float(figure.completion),
        "schedule": float(figure.schedule),
        "colour": theme.colour(figure.standing),
    }
    return ChartRequest(
        key=f"bar/{figure.task_id}#{figure.target.id}/{figure.period}",
        kind="bar",
        title=words(
            "charts.bar.title",
            metric=figure.target.metric,
            percent=percent_text(figure),
            status=status_text(figure.standing, words),
        ),
        subtitle="",
        description=words("charts.schedule", percent=format_percent(figure.schedule)),
        columns=(),
        rows=(),
        drawings=(
            Drawing(
                variant="small", width=SMALL_WIDTH, height=SMALL_HEIGHT, params={}, tables={"smalls": (row,)}
            ),
        ),
        file=None,
    )
