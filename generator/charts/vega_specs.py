"""The Altair chart of each kind over named datasets: its scales, axes and marks. Loads altair.

Rows are bound later, as plain data. Texts carry the name of what is written (``goal``) or digits: Vega would
measure Chinese letters against the fonts of the machine (4 ms each); ``svg_writer`` puts the words in.
Only the y of a row whose name wraps, and the places of marks that fill a row like words, come laid out.
The parameters ``active`` (key of the mark pointed at) and ``shown`` (task ids that a filter leaves) are at
rest in the drawing of the build; charts.js sets them in the live one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import altair as alt

from generator.charts.canvas import NARROW, WIDE
from generator.charts.kinds.bullet_rows import BARS, THICKNESS
from generator.charts.theme import SHAPES, SMALL, paint

TABLES: Mapping[str, Mapping[str, str]] = {
    "marks": {
        "x": "float64", "y": "float64", "radius": "float64", "standing": "str", "key": "str", "task": "str",
    },
    "bars": {
        "completion": "float64", "schedule": "float64", "y": "float64", "standing": "str", "key": "str",
        "task": "str",
    },
    "schedule": {"share": "float64"},
    "rates": {
        "value": "float64", "target": "float64", "y": "float64", "standing": "str", "key": "str",
        "task": "str",
    },
    "points": {"month": "float64", "value": "float64", "standing": "str", "key": "str"},
    "earlier": {"month": "float64", "value": "float64", "key": "str"},
    "goal": {"value": "float64"},
    "plan": {"value": "float64"},
    "dots": {"tenth": "int64", "standing": "str", "key": "str", "task": "str"},
}  # fmt: skip
"""Dataset → column → type. x, y and radius are in units of the drawing, y downwards; completion, schedule and
share are ratios (1 is the whole); value and target are in the target's own unit; month is months since the
year began (0-12); tenth is 0-9 for each tenth of the whole and 10 for what has reached it. Nothing may be
missing: what has no number has no row. ``key`` and ``task`` are empty where a row stands for none."""


Layers = list[alt.Chart]

_NAMES = [str(standing) for standing in SHAPES]
_DASH = [5, 4]
_DIM = (
    "(active !== '' && datum.key !== '' && datum.key !== active)"
    " || (length(shown) > 0 && datum.task !== '' && indexof(shown, datum.task) < 0) ? 0.22 : 1"
)
_DIM_POINTS = "active !== '' && datum.key !== active ? 0.22 : 1"
_LOOK = alt.Config(
    axis=alt.AxisConfig(
        grid=False,
        title=None,
        translate=0,
        labelOverlap=False,
        labelBound=False,
        labelLimit=0,
        labelBaseline="alphabetic",
        labelFontSize=SMALL,
        labelColor=paint("muted"),
        domainColor=paint("muted"),
        tickColor=paint("muted"),
    ),
    text=alt.MarkConfig(baseline="alphabetic", align="center", fontSize=SMALL, fill=paint("muted")),
    point=alt.MarkConfig(filled=True, size=200, stroke=paint("page"), strokeWidth=1.5, opacity=1),
    tick=alt.TickConfig(color=paint("ink"), opacity=1),
)
"""The look that all kinds share. Letters move nothing: no place depends on their width."""


def _layer(data: str, name: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(data), name=name)


def _value(expression: str) -> Any:
    return alt.value(alt.ExprRef(expression))


def _pixels(field: str) -> alt.Y:
    """A row's place, laid out before: units of the drawing."""
    return alt.Y(field, type="quantitative", scale=None, axis=None)


def _colour(channel: Any, *, hollow: str | None = None) -> Any:
    """The colour of a standing; ``hollow`` names the colour inside a shape that is an outline."""
    colours = [hollow if hollow and shape.hollow else str(standing) for standing, shape in SHAPES.items()]
    scale = alt.Scale(domain=_NAMES, range=[paint(colour) for colour in colours])
    return channel("standing", type="nominal", scale=scale, legend=None)


def _shape() -> alt.Shape:
    scale = alt.Scale(domain=_NAMES, range=[shape.path for shape in SHAPES.values()])
    return alt.Shape("standing", type="nominal", scale=scale, legend=None)


def _on(
    scale: alt.Scale, axis: alt.Axis | None = None
) -> tuple[Callable[..., alt.X], Callable[..., alt.XDatum]]:
    """Makers of the channel of a field and of a constant, both on one scale and axis."""
    return (
        partial(alt.X, type="quantitative", scale=scale, axis=axis),
        partial(alt.XDatum, type="quantitative", scale=scale, axis=axis),
    )


def _figures(data: str, name: str, **look: Any) -> alt.Chart:
    """Figures beside marks, with a rim that keeps lines behind the digits away."""
    chart: alt.Chart = _layer(data, name).mark_text(
        fontWeight="bold", fill=paint("ink"), stroke=paint("page"), strokeWidth=4, **look
    )
    return chart


def _marks(variant: str) -> Layers:  # noqa: ARG001 - one signature for all kinds
    """One mark a task in rows that are filled like lines of words."""
    chart = _layer("marks", "marks").mark_point()
    return [
        chart.encode(
            x=alt.X("x", type="quantitative", scale=None, axis=None),
            y=_pixels("y"),
            size=alt.Size("area", type="quantitative", scale=None, legend=None),
            shape=_shape(),
            fill=_colour(alt.Fill, hollow="page"),
            stroke=_colour(alt.Stroke),
            opacity=_value(_DIM),
        ).transform_calculate(area="pow(2 * datum.radius, 2)")
    ]


def _symbols(chart: alt.Chart, dim: str = _DIM, **places: Any) -> alt.Chart:
    """The shape of each row's standing at its place, in the colour of the standing."""
    made: alt.Chart = chart.encode(**places, shape=_shape(), fill=_colour(alt.Fill), opacity=_value(dim))
    return made


def _ticks(data: str) -> alt.Chart:
    """Upright ticks with a rim, to be seen on bars and beside them."""
    chart: alt.Chart = _layer(data, "ticks").mark_tick(
        orient="vertical",
        size=THICKNESS + 8,
        thickness=3.5,
        stroke=paint("page"),
        strokeWidth=1,
    )
    return chart


def _bars(variant: str) -> Layers:  # noqa: ARG001
    """Track, bar capped at the whole, tick of the schedule with its word where all bars share one."""
    share, whole = _on(alt.Scale(domain=[0, 1], clamp=True, nice=False), _shares())
    track = _layer("bars", "tracks").mark_bar(size=THICKNESS, orient="horizontal", fill=paint("track"))
    bar = _layer("bars", "bars").mark_bar(size=THICKNESS, orient="horizontal")
    return [
        track.encode(x=whole(0), x2=alt.X2Datum(1), y=_pixels("y")),
        bar.encode(
            x=share("completion"),
            x2=alt.X2Datum(0),
            y=_pixels("y"),
            fill=_colour(alt.Fill),
            opacity=_value(_DIM),
        ),
        _ticks("bars").encode(x=share("schedule"), y=_pixels("y")),
        _layer("schedule", "word")
        .mark_text()
        .encode(x=share("share"), y=alt.value(12), text=alt.value("schedule")),
    ]


def _shares() -> alt.Axis:
    """0, 50 % and the whole, as numbers alone."""
    label = "datum.value === 0 ? '0' : datum.value * 100 + '%'"
    return alt.Axis(values=[0, 0.5, 1], labelExpr=label, domain=False, ticks=False, labelPadding=6)


def _ends() -> alt.Scale:
    """A scale whose ends are parameters."""
    return alt.Scale(domain=[alt.ExprRef("low"), alt.ExprRef("high")], zero=False, nice=False)


def _rates(variant: str) -> Layers:  # noqa: ARG001
    """A line a row, the promised rate as a tick on it, the reported one as the shape of its standing."""
    rate, _ = _on(_ends())
    line = _layer("rates", "lines").mark_rule(stroke=paint("line"))
    return [
        line.encode(x=alt.value(0), x2=_value("width"), y=_pixels("y")),
        _ticks("rates").encode(x=rate("target"), y=_pixels("y")),
        _symbols(_layer("rates", "points").mark_point(), x=rate("value"), y=_pixels("y")),
    ]


def _history(variant: str) -> Layers:
    """Target and schedule as lines, the reported figures as a line with a shape each."""
    month, day = _months()
    value = alt.Y("value", type="quantitative", axis=None, scale=_ends())
    goal = _layer("goal", "goal").mark_rule(stroke=paint("ink"), strokeWidth=1.5)
    plan = _layer("plan", "plan").mark_rule(stroke=paint("muted"), strokeWidth=1.5, strokeDash=_DASH)
    word = _layer("goal", "goal_word").mark_text(align="left", dy=-6, fill=paint("ink"))
    return [
        goal.encode(x=day(0), x2=alt.X2Datum(12), y=value),
        word.encode(x=day(0), y=value, text=alt.value("goal")),
        plan.encode(x=day(12), x2=alt.X2Datum(0), y=value, y2=alt.Y2Datum(0)),
        _plan_word(variant).encode(x=day(12), text=alt.value("plan")),
        *_reported(month("month"), value),
    ]


def _months() -> tuple[Callable[..., alt.X], Callable[..., alt.XDatum]]:
    axis = alt.Axis(values=[3, 6, 9, 12], labelExpr="'month.' + datum.value", labelPadding=14)
    return _on(alt.Scale(domain=[0, 12], nice=False), axis)


def _years(variant: str) -> Layers:
    """As ``_history``, with last year's figures as a grey line of small rings behind this year's.

    Where there is no room for both, this year's last figure has its label: last year's line is named above.
    """
    month, _ = _months()
    value = alt.Y("value", type="quantitative", axis=None, scale=_ends())
    line = _layer("earlier", "earlier_line").mark_line(stroke=paint("muted"), strokeWidth=1.5)
    rings = _layer("earlier", "earlier").mark_point(
        size=64, shape="M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0Z", fill=paint("page"), stroke=paint("muted")
    )
    ends = _layer("earlier", "earlier_figures").mark_text(
        fill=paint("muted"), stroke=paint("page"), strokeWidth=4
    )
    return [
        line.encode(x=month("month"), y=value),
        rings.encode(x=month("month"), y=value),
        ends.encode(x=month("month"), y=value, text=alt.Text("key", type="nominal")),
        *_history(variant),
    ]


def _reported(month: alt.X, value: alt.Y) -> Layers:
    """The reported figures: a line, a shape and a number each, and the room in which one is pointed at."""
    line = _layer("points", "line").mark_line(stroke=paint("main"), strokeWidth=2)
    hits = _layer("points", "hits").mark_rect(width=44, height=44, opacity=0)
    return [
        line.encode(x=month, y=value),
        _symbols(_layer("points", "points").mark_point(), _DIM_POINTS, x=month, y=value),
        _figures("points", "figures").encode(x=month, y=value, text=alt.Text("key", type="nominal")),
        hits.encode(x=month, y=value, description=alt.Description("key", type="nominal")),
    ]


def _plan_word(variant: str) -> alt.Chart:
    """The schedule's name: at its end where there is room, else below."""
    layer = _layer("plan", "plan_word")
    if variant == "wide":
        end = alt.Y("value", type="quantitative", axis=None, scale=_ends())
        wide: alt.Chart = layer.mark_text(align="left", dx=8, dy=5).encode(y=end)
        return wide
    narrow: alt.Chart = layer.mark_text(align="right", dy=-8).encode(y=_value("height"))
    return narrow


def _distribution(variant: str) -> Layers:
    """One dot a target, stacked over its tenth; ``pitch`` and ``columns`` say how close."""
    tenth, _ = _on(alt.Scale(domain=[0, 11], nice=False), _tenths(variant))
    height = alt.Scale(domain=[0, alt.ExprRef("height")], nice=False)
    up = alt.Y("up", type="quantitative", axis=None, scale=height)
    dots = _stack(_layer("dots", "marks").mark_point())
    line = _due("schedule").mark_rule(stroke=paint("ink"), strokeWidth=1.5, strokeDash=_DASH)
    area = _value("pow(2 * radius, 2)")
    return [
        _symbols(dots, x=tenth("place"), y=up, size=area, stroke=_colour(alt.Stroke)),
        _counts().encode(x=tenth("middle"), y=up, text=alt.Text("digits", type="nominal")),
        line.encode(x=tenth("tenths"), y=alt.value(-6), y2=_value("height")),
        _due("word").mark_text().encode(x=tenth("tenths"), y=alt.value(-12), text=alt.value("schedule")),
        _columns().encode(x=tenth("tenth"), x2="end", y=alt.value(0), y2=_value("height")),
    ]


def _columns() -> alt.Chart:
    """The room of each tenth, from top to bottom, in which its dots are pointed at."""
    hits = _layer("dots", "hits").transform_aggregate(n="count()", groupby=["tenth", "key"])
    described: alt.Chart = (
        hits.transform_calculate(end="datum.tenth + 1")
        .mark_rect(opacity=0)
        .encode(description=alt.Description("key", type="nominal"))
    )
    return described


def _due(name: str) -> alt.Chart:
    """The schedule on the scale of tenths."""
    due: alt.Chart = _layer("schedule", name).transform_calculate(tenths="datum.share * 10")
    return due


def _tenths(variant: str) -> alt.Axis:
    """0 to 90 %, and the word for the whole under the last place, which a tick sets apart."""
    return alt.Axis(
        values=[*range(0, 10, 1 if variant == "wide" else 2), 10, 11],
        labelExpr="datum.value === 0 ? '0' : datum.value < 10 ? datum.value * 10 + '%' :"
        " datum.value > 10 ? 'whole' : ''",
        labelPadding=11,
        tickOpacity=alt.condition("datum.value === 10", alt.value(1), alt.value(0)),
    )


def _counts() -> alt.Chart:
    """How many targets a stack has, over its top."""
    counted: alt.Chart = (
        _figures("dots", "count", dy=-4)
        .transform_aggregate(n="count()", groupby=["tenth"])
        .transform_calculate(
            middle="datum.tenth + 0.5", up="6 + ceil(datum.n / columns) * pitch", digits="'' + datum.n"
        )
    )
    return counted


def _stack(dots: alt.Chart) -> alt.Chart:
    """Each target's column and row in its tenth: lines of ``columns`` dots, the last one centred."""
    stacked: alt.Chart = (
        dots.transform_window(n="row_number()", groupby=["tenth"], frame=[None, 0])
        .transform_joinaggregate(all="count()", groupby=["tenth"])
        .transform_calculate(row="floor((datum.n - 1) / columns)")
        .transform_calculate(
            up="6 + (datum.row + 0.5) * pitch",
            place="datum.tenth + 0.5 + pitch * 11 / width * ((datum.n - 1) % columns"
            " - (min(columns, datum.all - datum.row * columns) - 1) / 2)",
        )
    )
    return stacked


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartKind:
    """How a kind of chart is drawn."""

    layers: Callable[[str], Layers]
    """Variant → its layers, the lowest first."""
    padding: Mapping[str, Mapping[str, int]]
    """Variant → what is left free around the plot, in units."""
    params: tuple[str, ...] = ()
    """Parameters that a drawing sets."""


_BARE = {"left": 0, "right": 0, "top": 0, "bottom": 0}
_IN_ROWS = {
    "wide": {"left": BARS["wide"][0], "right": WIDE - BARS["wide"][1], "top": 0, "bottom": 16},
    "narrow": {**_BARE, "bottom": 16},
}
_OVER_MONTHS = {
    "wide": {"left": 16, "right": 96, "top": 16, "bottom": 26},
    "narrow": {"left": 14, "right": 22, "top": 16, "bottom": 26},
}
KINDS: Mapping[str, ChartKind] = {
    "standing": ChartKind(layers=_marks, padding={"wide": _BARE, "narrow": _BARE}),
    "departments": ChartKind(layers=_marks, padding={"wide": _BARE, "narrow": _BARE}),
    "distribution": ChartKind(
        layers=_distribution,
        padding={variant: {**_BARE, "top": 24, "bottom": 20} for variant in ("wide", "narrow")},
        params=("pitch", "radius", "columns"),
    ),
    "targets": ChartKind(layers=_bars, padding=_IN_ROWS),
    "compare": ChartKind(layers=_bars, padding=_IN_ROWS),
    "rates": ChartKind(layers=_rates, padding=_IN_ROWS, params=("low", "high")),
    "history": ChartKind(layers=_history, padding=_OVER_MONTHS, params=("low", "high")),
    "years": ChartKind(layers=_years, padding=_OVER_MONTHS, params=("low", "high")),
}


def make_chart(kind: str, variant: str) -> alt.LayerChart:
    """The chart of a kind without its rows; datasets are named as in ``TABLES``."""
    found = KINDS[kind]
    padding = found.padding[variant]
    params = {"active": "", "shown": [], **dict.fromkeys(found.params, 1)}
    chart: alt.LayerChart = (
        alt.layer(*found.layers(variant))
        .properties(
            width=(WIDE if variant == "wide" else NARROW) - padding["left"] - padding["right"],
            height=100,
            padding=dict(padding),
            autosize=alt.AutoSizeParams(type="none"),
            background="transparent",
            config=_LOOK,
        )
        .add_params(*(alt.param(name=name, value=value) for name, value in params.items()))
        .configure_view(stroke=None)
    )
    return chart


def make_spec(kind: str, variant: str) -> dict[str, Any]:
    """Vega-Lite spec of a kind, without rows and without ``$schema``.

    Not validated here: the tests hold every kind against the schema.
    """
    spec: dict[str, Any] = make_chart(kind, variant).to_dict(validate=False)
    spec.pop("$schema")
    return spec
