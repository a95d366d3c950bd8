"""The Altair chart of each kind, built and compiled once a process.

Each is an Altair chart over named datasets; rows are bound as plain data (``bind``) into its compiled form.
Every position is either a number through one of the scales here (completion, month, value) or was laid out
before. Letters are not drawn here but written by ``letter``: Vega would measure each text against the fonts
of the machine (about 4 ms a label, and other bytes on every machine).
The parameters ``active`` (key of the mark pointed at) and ``shown`` (task ids that a filter leaves) are at
rest in the static drawing; charts.js sets them in the live one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import altair as alt
import vl_convert

from generator.charts import chart_frames
from generator.charts.canvas import NARROW, TEXTS, WIDE
from generator.charts.chart_types import Drawing
from generator.charts.kinds.bullet_rows import THICKNESS, bar_range
from generator.charts.kinds.history_chart import PLOT_NARROW, PLOT_WIDE

_DIM = (
    "(active !== '' && datum.key !== '' && datum.key !== active)"
    " || (length(shown) > 0 && datum.task !== '' && indexof(shown, datum.task) < 0) ? 0.22 : 1"
)
_DIM_SERIES = "active !== '' && datum.key !== active ? 0.22 : 1"

Colours = Mapping[str, str]

VEGALITE = "6.4"
"""Vega-Lite that altair writes for; vl-convert carries several."""


def _pixel(field: str) -> alt.X:
    return alt.X(field, type="quantitative", scale=None, axis=None)


def _pixel_y(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", scale=None, axis=None)


def _plain(channel: Any, field: str) -> Any:
    return channel(field, type="nominal", scale=None, legend=None)


def _dim(expression: str = _DIM) -> Any:
    return alt.value(alt.ExprRef(expression))


def _rules() -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("rules"), name="rules")
        .mark_rule(strokeWidth=alt.ExprRef("datum.thick"), strokeDash=alt.ExprRef("datum.dash"))
        .encode(x=_pixel("x"), x2="x2", y=_pixel_y("y"), y2="y2", stroke=_plain(alt.Stroke, "colour"))
    )
    return chart


def _marks() -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("marks"), name="marks")
        .mark_point(filled=True, opacity=1, strokeWidth=1.5)
        .encode(
            x=_pixel("x"),
            y=_pixel_y("y"),
            shape=_plain(alt.Shape, "path"),
            size=alt.Size("size", type="quantitative", scale=None, legend=None),
            fill=_plain(alt.Fill, "fill"),
            stroke=_plain(alt.Stroke, "stroke"),
            opacity=_dim(),
        )
    )
    return chart


def _ticks(data: alt.NamedData, colours: Colours) -> alt.Chart:
    """Upright ticks with a rim, to be seen on bars and beside them."""
    chart: alt.Chart = alt.Chart(data, name="ticks").mark_tick(
        orient="vertical",
        size=THICKNESS + 8,
        thickness=3.5,
        opacity=1,
        color=colours["mark"],
        stroke=colours["surface"],
        strokeWidth=1,
    )
    return chart


def _bars(variant: str, colours: Colours) -> list[alt.Chart]:
    """Track, bar capped at the whole, tick of the schedule."""
    scale = alt.Scale(domain=[0, 1], range=list(bar_range(variant)), clamp=True, nice=False, zero=True)
    data = alt.NamedData("bars")
    whole = alt.Chart(data, name="tracks").mark_bar(size=THICKNESS, orient="horizontal")
    bar = alt.Chart(data, name="bars").mark_bar(size=THICKNESS, orient="horizontal")
    return [
        whole.encode(
            x=alt.XDatum(0, type="quantitative", scale=scale, axis=None),
            x2=alt.X2Datum(1),
            y=_pixel_y("y"),
            fill=alt.value(colours["track"]),
        ),
        bar.encode(
            x=alt.X("completion", type="quantitative", scale=scale, axis=None),
            x2=alt.X2Datum(0),
            y=_pixel_y("y"),
            fill=_plain(alt.Fill, "colour"),
            opacity=_dim(),
        ),
        _ticks(data, colours).encode(
            x=alt.X("schedule", type="quantitative", scale=scale, axis=None), y=_pixel_y("y")
        ),
    ]


def _ends(low: str, high: str, span: tuple[float, float]) -> alt.Scale:
    """A scale whose ends are parameters."""
    ends = [alt.ExprRef(low), alt.ExprRef(high)]
    return alt.Scale(domain=ends, range=list(span), zero=False, nice=False)


def _rates(variant: str, colours: Colours) -> list[alt.Chart]:
    """The promised rate as a tick, the reported one as the shape of its standing."""
    scale = _ends("low", "high", bar_range(variant))
    data = alt.NamedData("rates")
    point = alt.Chart(data, name="points").mark_point(
        filled=True, opacity=1, size=200, stroke=colours["surface"]
    )
    return [
        _ticks(data, colours).encode(
            x=alt.X("target", type="quantitative", scale=scale, axis=None), y=_pixel_y("y")
        ),
        point.encode(
            x=alt.X("value", type="quantitative", scale=scale, axis=None),
            y=_pixel_y("y"),
            shape=_plain(alt.Shape, "path"),
            fill=_plain(alt.Fill, "colour"),
            opacity=_dim(),
        ),
    ]


def _history(variant: str, colours: Colours) -> list[alt.Chart]:
    """The schedule as a dashed line, the reported figures as a line with a shape each."""
    left, right, top, bottom = PLOT_WIDE if variant == "wide" else PLOT_NARROW
    months = alt.X(
        "month",
        type="quantitative",
        axis=None,
        scale=alt.Scale(domain=[0, 12], range=[left, right], nice=False),
    )
    values = alt.Y("value", type="quantitative", axis=None, scale=_ends("low", "high", (bottom, top)))
    series = alt.NamedData("series")
    return [
        alt.Chart(alt.NamedData("plan"), name="plan")
        .mark_line(stroke=colours["muted"], strokeWidth=1.5, strokeDash=[5, 4])
        .encode(x=months, y=values),
        alt.Chart(series, name="line")
        .mark_line(stroke=colours["accent"], strokeWidth=2)
        .encode(x=months, y=values),
        alt.Chart(series, name="points")
        .mark_point(filled=True, opacity=1, size=200, stroke=colours["surface"], strokeWidth=1.5)
        .encode(
            x=months,
            y=values,
            shape=_plain(alt.Shape, "path"),
            fill=_plain(alt.Fill, "colour"),
            opacity=_dim(_DIM_SERIES),
        ),
    ]


_LAYERS: Mapping[str, Callable[[str, Colours], list[alt.Chart]]] = {
    "standing": lambda variant, colours: [_marks()],  # noqa: ARG005 - one signature for all kinds
    "departments": lambda variant, colours: [_rules(), _marks()],  # noqa: ARG005
    "distribution": lambda variant, colours: [_rules(), _marks()],  # noqa: ARG005
    "targets": lambda variant, colours: [*_bars(variant, colours), _marks()],
    "compare": lambda variant, colours: [*_bars(variant, colours), _marks()],
    "rates": lambda variant, colours: [_rules(), *_rates(variant, colours), _marks()],
    "history": lambda variant, colours: [_rules(), *_history(variant, colours)],
}
_ENDED = ("rates", "history")
KINDS = tuple(_LAYERS)
"""Kinds that come in a wide and a narrow variant and have a live version."""


def make_chart(kind: str, variant: str, colours: Colours) -> alt.LayerChart:
    """The chart of a kind without its rows; datasets are named as in ``chart_frames.TABLES``."""
    params = [alt.param(name="active", value=""), alt.param(name="shown", value=[])]
    if kind in _ENDED:
        params += [alt.param(name="low", value=0), alt.param(name="high", value=1)]
    chart: alt.LayerChart = (
        alt.layer(*_LAYERS[kind](variant, colours))
        .resolve_scale(x="independent", y="independent")
        .properties(
            width=WIDE if variant == "wide" else NARROW,
            height=100,
            padding=0,
            autosize=alt.AutoSizeParams(type="none"),
            background="transparent",
        )
        .add_params(*params)
        .configure_view(stroke=None)
    )
    return chart


def make_spec(kind: str, variant: str, colours: Colours) -> dict[str, Any]:
    """Vega-Lite spec of a kind, without rows and without ``$schema``.

    Not validated here: the tests hold every kind against the schema.
    """
    spec: dict[str, Any] = make_chart(kind, variant, colours).to_dict(validate=False)
    spec.pop("$schema")
    return spec


@lru_cache(maxsize=64)
def compile_spec(kind: str, variant: str, colours: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """The same as Vega, compiled once a process. Not to be changed by the caller."""
    spec = make_spec(kind, variant, dict(colours))
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega(spec, vl_version=VEGALITE)
    compiled.pop("$schema", None)
    return compiled


def bind(compiled: Mapping[str, Any], drawing: Drawing) -> dict[str, Any]:
    """The Vega spec of one drawing: size, parameters and rows put into a compiled kind as plain data."""
    tables = {
        name: chart_frames.bind_rows(chart_frames.make_frame(name, rows))
        for name, rows in drawing.tables.items()
        if name != TEXTS
    }
    return bind_plain(compiled, drawing, tables)


def bind_plain(
    compiled: Mapping[str, Any], drawing: Drawing, tables: Mapping[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    """``bind`` with rows that a frame has checked already; charts.js does the same in the browser."""
    data = [
        d if "source" in d else {"name": d["name"], "values": tables.get(d["name"], [])}
        for d in compiled["data"]
    ]
    signals = [
        {**s, "value": drawing.params[s["name"]]} if s["name"] in drawing.params else s
        for s in compiled.get("signals", [])
    ]
    return {**compiled, "height": drawing.height, "data": data, "signals": signals}
