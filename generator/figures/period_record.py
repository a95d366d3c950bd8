"""A published period as one canonical piece of data, whose checksum whoever keeps it can prove later."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from generator.base.identity_memo import once_each
from generator.figures.report import Overview
from generator.model import Period

_LATER = frozenset(("former", "succeeded_by", "updates", "contacts", "leaders"))
"""Fields that follow later tables (a telephone number is kept current); the period's own update is added."""


@once_each
def period_record(overview: Overview) -> bytes:
    """The period's data as canonical JSON: keys sorted, UTF-8, no spaces, one line break at the end.

    It depends on the period's own words and numbers alone, so no later table changes it.
    """
    data = {
        "district": overview.district.id,
        "name": overview.district.name,
        "period": str(overview.period),
        "as_of": overview.as_of.isoformat(),
        "tasks": [
            {**_plain(figures.task), "update": _plain(figures.update) if figures.update else None}
            for figures in sorted(overview.tasks, key=lambda f: f.task.id)
        ],
    }
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name not in _LATER}
    return value
