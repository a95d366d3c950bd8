"""The small bar beside a figure on cards and rows: the share reached and the tick of the schedule."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from generator.figures import TargetFigure
from generator.wording import Words, format_completion, format_percent, format_standing

_WIDTH = 240
_BAR = Markup(
    '<svg class="chart chart-bar chart-small" viewBox="0 0 {whole} 16" preserveAspectRatio="none" role="img" '
    'fill="none" aria-label="{title}; {description}">'
    "<title>{title}</title><desc>{description}</desc>"
    '<g class="tracks"><path d="M0,3h{whole}v10H0Z" fill="var(--track)"/></g>'
    '<g class="bars"><path d="M0,3h{reached}v10H0Z" fill="var(--{standing})"/></g>'
    '<g class="ticks"><path d="M{due},0v16" stroke="var(--ink)" stroke-width="2" '
    'vector-effect="non-scaling-stroke"/></g></svg>'
)
"""No ids, because a page may show a bar more than once."""


def draw_small_bar(figure: TargetFigure, words: Words) -> Markup | None:
    """The bar of one target; None without a completion, because a bar of nothing would be a statement.

    A bar ends at the whole, however much was reached: the percentage beside it tells the rest.
    """
    if figure.completion is None or figure.standing is None:
        return None
    metric, percent = figure.target.metric, format_completion(figure)
    status = format_standing(figure.standing, words)
    return _BAR.format(
        title=words("charts.bar.title", metric=metric, percent=percent, status=status),
        description=words("charts.schedule", percent=format_percent(figure.schedule)),
        standing=figure.standing,
        whole=_WIDTH,
        reached=_place(figure.completion),
        due=_place(figure.schedule),
    )


def _place(share: Fraction) -> str:
    """0.347 → 83.28: units from the left, within the whole."""
    place = float(min(max(share, Fraction(0)), Fraction(1))) * _WIDTH
    return f"{place:.2f}".rstrip("0").rstrip(".")
