"""Every drawing of an invented table is read as it is meant: rows, cells, bodies, roles, sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from generator.ingest.draft import Draft, make_draft
from generator.model import District, Role, Task, parse_period
from tests.layouts.drawings import DRAWINGS, Drawing
from tests.layouts.truth import Row, make_rows

_DISTRICT = District(id="chengdong", name="城东区")


def _read(drawing: Drawing) -> Draft:
    return make_draft(drawing.data, drawing.name, district=_DISTRICT, period=parse_period("2025Q3"))


def _plain(text: str | None) -> str:
    return "".join((text or "").split())


def _faults(drawing: Drawing, row: Row, task: Task) -> list[str]:
    """What was read otherwise than it is meant."""
    update = task.updates[0] if task.updates else None
    pairs: list[tuple[str, object, object]] = [
        ("commitment", _plain(task.commitment), _plain(row.commitment)),
        ("bodies", [a.name for a in task.departments], list(row.bodies)),
    ]
    if drawing.progress:
        pairs.append(("progress", _plain(update.progress if update else None), _plain(row.progress)))
    if drawing.next_steps:
        pairs.append(("next_steps", _plain(update.next_steps if update else None), _plain(row.next_steps)))
    if drawing.sections:
        pairs.append(("section", (task.section or "").lstrip("一二三四五、"), row.section[2:]))
    wanted = [Role.LEAD] * len(row.leads) + [Role.JOINT] * len(row.joints)
    if drawing.roles:
        pairs.append(("roles", [a.role for a in task.departments], wanted))
    else:
        pairs.append(("roles", {a.role for a in task.departments}, {Role.UNSTATED}))
    return [f"{row.number} {name}: {got!r} != {want!r}" for name, got, want in pairs if got != want]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("draw", DRAWINGS, ids=lambda draw: str(draw.__name__))
def test_a_drawing_is_read_as_it_is_meant(draw: Callable[[Sequence[Row]], Drawing], seed: int) -> None:
    rows = make_rows(seed)
    drawing = draw(rows)
    draft = _read(drawing)
    assert [t.number for t in draft.tasks] == [row.number for row in rows]
    faults = [f for row, task in zip(rows, draft.tasks, strict=True) for f in _faults(drawing, row, task)]
    assert not faults
    assert draft.ledger.unaccounted == 0
    assert not [p for p in draft.problems if p.level == "error"]
