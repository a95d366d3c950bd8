"""How tables of layouts that the reader was not developed with are read: the honest figure.

``python -m tests.layouts.test_unseen_tables`` prints every field that is read otherwise than it is meant.
"""

from __future__ import annotations

from collections import Counter

from generator.base.errors import TaizhangError
from generator.ingest.draft import Draft, make_draft
from generator.model import District, Role, Task, parse_period
from tests.layouts.unseen_tables import ALL, Drawn, Meant

_DISTRICT = District(id="ceshi", name="测试区")


def _plain(text: str | None) -> str:
    return "".join((text or "").split())


def _faults(meant: Meant, task: Task, fields: frozenset[str]) -> list[str]:
    """Fields that are read otherwise than they are meant."""
    update = task.updates[0] if task.updates else None
    leads = [a.name for a in task.departments if a.role is Role.LEAD]
    pairs = {
        "number": (str(task.number), meant.number),
        "group": ((task.section or "").lstrip("一二三四、"), meant.group),
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


def read(drawn: Drawn) -> tuple[int, list[str]]:
    """Rows found, and what is wrong in them."""
    name, data, rows, fields = drawn
    try:
        draft: Draft = make_draft(data, name, district=_DISTRICT, period=parse_period("2025Q2"))
    except TaizhangError as error:
        return 0, [f"refused: {error.problems[0].what}"]
    faults = []
    if len(draft.tasks) != len(rows):
        faults.append(f"{len(draft.tasks)} rows, not {len(rows)}")
    found = 0
    for meant in rows:
        task = next((t for t in draft.tasks if _plain(meant.task) in _plain(t.commitment)), None)
        if task is None:
            faults.append(f"row missing: {meant.task}")
            continue
        found += 1
        faults += [f"row {meant.number} {fault}" for fault in _faults(meant, task, fields)]
    return found, faults


def test_tables_of_unseen_layouts_are_read() -> None:
    found, meant, wrong, asked = 0, 0, 0, 0
    for draw in ALL:
        drawn = draw()
        rows, faults = read(drawn)
        found, meant = found + rows, meant + len(drawn[2])
        asked += len(drawn[2]) * len(drawn[3])
        wrong += sum("row missing" not in fault for fault in faults) + (len(drawn[2]) - rows) * len(drawn[3])
    assert len(ALL) >= 40
    assert meant >= 400
    assert found >= 0.97 * meant
    assert wrong <= 0.05 * asked


if __name__ == "__main__":
    total: Counter[str] = Counter()
    for draw in ALL:
        drawn = draw()
        rows, faults = read(drawn)
        total.update(rows=rows, meant=len(drawn[2]), right=not faults, tables=1)
        total.update(fields=len(drawn[2]) * len(drawn[3]))
        total.update(
            wrong=sum("row missing" not in f for f in faults) + (len(drawn[2]) - rows) * len(drawn[3])
        )
        print(
            drawn[0],
            draw.__name__,
            "right" if not faults else f"{rows}/{len(drawn[2])} {len(faults)}: {faults[:3]}",
        )
    print(dict(total))
