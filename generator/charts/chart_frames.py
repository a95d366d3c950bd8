"""Every DataFrame: which columns a table has, of which type and unit, and what missing means.

pandas is loaded only when a frame is made, so that a build that draws nothing new does not pay for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

TABLES: Mapping[str, Mapping[str, str]] = {
    "rules": {
        "x": "float64",
        "y": "float64",
        "x2": "float64",
        "y2": "float64",
        "colour": "str",
        "thick": "float64",
        "dash": "object",
    },
    "marks": {
        "x": "float64",
        "y": "float64",
        "path": "str",
        "size": "float64",
        "fill": "str",
        "stroke": "str",
        "key": "str",
        "task": "str",
    },
    "bars": {
        "completion": "float64",
        "schedule": "float64",
        "y": "float64",
        "colour": "str",
        "key": "str",
        "task": "str",
    },
    "rates": {
        "value": "float64",
        "target": "float64",
        "y": "float64",
        "path": "str",
        "colour": "str",
        "key": "str",
        "task": "str",
    },
    "series": {"month": "float64", "value": "float64", "path": "str", "colour": "str", "key": "str"},
    "plan": {"month": "float64", "value": "float64"},
}
"""Table → column → type. x, y, x2, y2, size and thick are in units of the drawing, y downwards;
completion and schedule are ratios (1 is the whole); value and target are in the target's own unit; month
is months since the year began (0-12). ``dash`` is a list of lengths. Nothing may
be missing: what has no number has no row. ``key`` and ``task`` are empty where a row stands for none."""


def make_frame(table: str, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows × columns of ``TABLES[table]``, in the order given and of the types stated there.

    Raises: ValueError when a column is missing or unknown, or a value is missing.
    """
    import pandas as pd

    columns = TABLES[table]
    for row in rows:
        if row.keys() != columns.keys():
            raise ValueError(
                f"{table}: columns {sorted(row.keys() ^ columns.keys())} do not belong or are missing"
            )
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in columns}, columns=list(columns))
    frame = frame.astype(dict(columns))
    if frame.isna().any(axis=None):
        raise ValueError(f"{table}: a value is missing")
    return frame


def bind_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's rows as plain data for a spec; whole floats stay floats."""
    names: Iterable[str] = list(frame.columns)
    columns = [frame[name].tolist() for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
