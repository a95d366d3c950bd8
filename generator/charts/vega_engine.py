"""The engine: compiles specs, binds rows, draws. Loads vl_convert, altair and pandas at first use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

from generator.charts.chart_types import Drawing, Record

VEGALITE = "6.4"
"""Vega-Lite that altair writes for; vl-convert carries several."""

Spec = Mapping[str, Any]
Tables = Mapping[str, Sequence[Record]]
"""Dataset → rows."""
Kinds = Mapping[str, Mapping[str, Spec]]
"""Kind → variant → Vega spec without rows."""


def compile_live_kinds() -> Kinds:
    """Every kind of chart in both variants, without what the page keeps of the static drawing."""
    from generator.charts.vega_specs import KINDS

    return {
        kind: {variant: _without_letters(compile_kind(kind, variant)) for variant in ("wide", "narrow")}
        for kind in KINDS
    }


def _without_letters(compiled: Spec) -> Spec:
    """Texts stay as the build wrote them, and so do the links over the marks."""
    marks = [m for m in compiled["marks"] if m["type"] != "text" and m["name"] != "hits_marks"]
    axes = [{**axis, "labels": False} for axis in compiled.get("axes", [])]
    return {**compiled, "marks": marks, "axes": axes}


@cache
def compile_kind(kind: str, variant: str) -> Spec:
    """One kind of chart as Vega, compiled once a process. Not to be changed by the caller."""
    import vl_convert

    from generator.charts.vega_specs import make_spec

    compiled: dict[str, Any] = vl_convert.vegalite_to_vega(make_spec(kind, variant), vl_version=VEGALITE)
    compiled.pop("$schema", None)
    return compiled


def draw_scenes(drawings: Sequence[tuple[str, Drawing]]) -> Iterator[Mapping[str, Any]]:
    """What Vega draws of each drawing, as its scene graph: marks with their items, each with its place.

    Raises: ValueError as ``check_rows``.
    """
    import vl_convert

    tables = check_tables([drawing.tables for _, drawing in drawings])
    for (kind, drawing), own in zip(drawings, tables, strict=True):
        spec = bind_rows(compile_kind(kind, drawing.variant), drawing, own)
        scene: Mapping[str, Any] = vl_convert.vega_to_scenegraph(dict(spec))
        yield scene


def bind_rows(compiled: Spec, drawing: Drawing, tables: Tables) -> Spec:
    """The Vega spec of one drawing: height, parameters and checked rows put into a compiled kind.

    charts.js does the same in the browser.
    """
    data = [d if "source" in d else {**d, "values": tables.get(d["name"], [])} for d in compiled["data"]]
    signals = [
        {**s, "value": drawing.params[s["name"]]} if s["name"] in drawing.params else s
        for s in compiled.get("signals", [])
    ]
    return {**compiled, "height": drawing.plot, "data": data, "signals": signals}


def check_tables(given: Sequence[Tables]) -> list[Tables]:
    """The datasets of many drawings, checked together: a frame costs as much as a thousand rows.

    Raises: ValueError as ``check_rows``.
    """
    names = {name for tables in given for name in tables}
    checked = {
        name: iter(check_rows(name, [row for tables in given for row in tables.get(name, ())]))
        for name in sorted(names)
    }
    return [{name: [*islice(checked[name], len(rows))] for name, rows in each.items()} for each in given]


def check_rows(table: str, rows: Sequence[Record]) -> list[Record]:
    """Rows of a dataset in the types that ``vega_specs.TABLES`` states.

    Raises: ValueError when a column is missing or unknown, or a value is missing.
    """
    import pandas as pd

    from generator.charts.vega_specs import TABLES

    columns = TABLES[table]
    frame = pd.DataFrame.from_records(list(rows))
    if set(frame.columns) != columns.keys() and rows:
        wrong = sorted(set(frame.columns) ^ columns.keys())
        raise ValueError(f"{table}: columns {wrong} do not belong or are missing")
    frame = frame.astype(dict(columns)) if rows else frame
    if frame.isna().any(axis=None):
        raise ValueError(f"{table}: a value is missing")
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
