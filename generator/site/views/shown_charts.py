"""Charts as pages show them: title, drawing, folded table, downloads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from markupsafe import Markup

from generator.charts import Chart, place_chart, place_spec, place_still

CHART_SCRIPTS = ("static/charts.js",)
"""Scripts of a page that shows charts."""
NO_CHARTS: Mapping[str, Chart] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart on one page."""

    id: str
    """Id on the page."""
    title: str
    subtitle: str
    svg: Markup
    spec: Markup
    """JSON that charts.js reads; empty where there is no live version."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    csv_url: str
    csv_size: str
    svg_url: str
    svg_size: str


def format_size(count: int) -> str:
    """A number of bytes as people read it: 12 KB, at least 1 KB; 1.4 MB."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} KB"
    return f"{count / 1_000_000:.1f} MB"


def place_figure(charts: Mapping[str, Chart], key: str, url: str) -> Figure | None:
    """The chart of ``key`` with its links made relative to the page at ``url``; None when there is none."""
    chart = charts.get(key)
    if chart is None:
        return None
    return Figure(
        id="chart-" + key.replace("charts/", "").replace("/", "-").lower(),
        title=chart.title,
        subtitle=chart.subtitle,
        svg=place_chart(chart, url),
        spec=place_spec(chart),
        columns=chart.columns,
        rows=chart.rows,
        csv_url=chart.csv_name,
        csv_size=format_size(len(chart.files[chart.csv_name])),
        svg_url=chart.svg_name,
        svg_size=format_size(len(chart.files[chart.svg_name])),
    )


def place_picture(charts: Mapping[str, Chart], key: str, url: str) -> Figure | None:
    """The chart of ``key`` as a picture alone, for a page that has its links and marks as a list."""
    figure = place_figure(charts, key, url)
    return replace(figure, svg=place_still(charts[key]), spec=Markup()) if figure else None
