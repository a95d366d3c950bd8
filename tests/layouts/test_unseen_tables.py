"""How tables of layouts that the reader was not developed with are read: the honest figure.

``python -m tests.layouts.test_unseen_tables`` prints every field that is read otherwise than it is meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from generator.base.errors import TaizhangError
from generator.ingest.draft import Draft, make_draft
from generator.model import District, Role, Task, parse_period
from tests.layouts import fifth_tables, fourth_tables, fresh_tables, third_tables, unseen_tables
from tests.layouts.unseen_tables import Drawn, Meant

_DISTRICT = District(id="ceshi", name="测试区")
_ORDINAL = re.compile(r"^(?:[（(][一二三四][）)]|[一二三四]、)")
_SETS = (unseen_tables.ALL, fresh_tables.ALL, third_tables.ALL, fourth_tables.ALL, fifth_tables.ALL)


def _plain(text: str | None) -> str:
    return "".join((text or "").split())


def _faults(meant: Meant, task: Task, fields: frozenset[str]) -> list[str]:
    """Fields that are read otherwise than they are meant."""
    update = task.updates[0] if task.updates else None
    leads = [a.name for a in task.departments if a.role is Role.LEAD]
    pairs = {
        "number": (str(task.number), meant.number),
        "group": (_ORDINAL.sub("", task.section or ""), meant.group),
        "task": (_plain(task.commitment), _plain(meant.task)),
        "units": ([a.name for a in task.departments], [*meant.leads, *meant.joints]),
        "roles": (leads, list(meant.leads)),
        "progress": (_plain(update.progress if update else None), _plain(meant.progress)),
        "coming": (_plain(update.next_steps if update else None), _plain(meant.coming)),
        "deadline": (task.deadline or "", meant.deadline),
        "leader": (list(task.leaders), [meant.leader]),
        "status": (update and update.reported_status, meant.status),
        "share": (update and update.reported_completion, meant.share),
    }
    return [
        f"{key}: {got!r}, not {want!r}" for key, (got, want) in pairs.items() if key in fields and got != want
    ]


@dataclass(frozen=True, slots=True)
class Reading:
    """How one drawing was read."""

    found: int
    """Rows that were found."""
    faults: tuple[str, ...]
    silent: int
    """Wrong fields of rows that no doubt names, in a table of which no doubt names a column."""


def _is_told(draft: Draft, task: Task) -> bool:
    """Whether a doubt names the row of a task, or a column."""
    named = f"第{task.number}项"
    where = draft.records[draft.tasks.index(task)].where
    return any(
        named in f"{p.place}{p.what}"
        or (p.place.row or p.place.line) == (where.row or where.line or -1)
        or re.search(r"列|标签|表头", str(p.what))
        for p in draft.problems
    )


def read(drawn: Drawn) -> Reading:
    """Rows found, and what is wrong in them."""
    name, data, rows, fields = drawn
    try:
        draft: Draft = make_draft(data, name, district=_DISTRICT, period=parse_period("2025Q2"))
    except TaizhangError as error:
        return Reading(0, (f"refused: {error.problems[0].what}",), 0)
    faults = []
    if len(draft.tasks) != len(rows):
        faults.append(f"{len(draft.tasks)} rows, not {len(rows)}")
    found = silent = 0
    for meant in rows:
        task = next((t for t in draft.tasks if _plain(meant.task) in _plain(t.commitment)), None)
        if task is None:
            faults.append(f"row missing: {meant.task}")
            continue
        found += 1
        wrong = _faults(meant, task, fields)
        silent += 0 if _is_told(draft, task) else len(wrong)
        faults += [f"row {meant.number} {fault}" for fault in wrong]
    return Reading(found, tuple(faults), silent)


def _count(drawings: Sequence[Callable[[], Drawn]], *, tell: bool = False) -> Counter[str]:
    total: Counter[str] = Counter()
    for draw in drawings:
        drawn = draw()
        reading = read(drawn)
        asked = len(drawn[2]) * len(drawn[3])
        missing = (len(drawn[2]) - reading.found) * len(drawn[3])
        total.update(tables=1, right=not reading.faults, rows=reading.found, meant=len(drawn[2]))
        total.update(fields=asked, silent=reading.silent)
        total.update(wrong=sum("row missing" not in fault for fault in reading.faults) + missing)
        if tell and reading.faults:
            print(drawn[0], draw.__name__, reading.found, reading.silent, reading.faults[:3])
    return total


@pytest.mark.parametrize("drawings", _SETS, ids=("unseen", "fresh", "third", "fourth", "fifth"))
def test_tables_of_unseen_layouts_are_read(drawings: Sequence[Callable[[], Drawn]]) -> None:
    total = _count(drawings)
    assert total["tables"] >= 20
    assert total["meant"] >= 200
    assert total["rows"] >= 0.97 * total["meant"]
    assert total["wrong"] <= 0.05 * total["fields"]
    assert total["silent"] <= 2


if __name__ == "__main__":
    for some in _SETS:
        print(dict(_count(some, tell=True)))
