"""A damaged table is read right, or a doubt is told: nothing wrong is written without a word."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest

from generator.base.errors import TaizhangError
from generator.ingest.draft import Draft, make_draft
from generator.model import District, parse_period
from tests.layouts import drawings
from tests.layouts.drawings import Drawing
from tests.layouts.truth import Row, make_rows

_DAMAGED: tuple[Callable[[Sequence[Row]], Drawing], ...] = (
    drawings.pipes_closed,
    drawings.pipes_broken,
    drawings.pipes_shifted,
    drawings.word_text,
    drawings.one_cell_a_line,
    drawings.label_lines,
    drawings.markdown_columns,
    drawings.tabs,
)


def _damage(text: str, rng: random.Random) -> str:
    """The text with one cell lost, two cells glued, a tab lost or a line broken."""
    lines = text.split("\n")
    index = rng.randrange(1, len(lines))
    line = lines[index]
    cells = line.split(" | ")
    way = rng.randrange(4)
    if way == 0 and len(cells) > 2:
        cells.pop(rng.randrange(len(cells)))
        lines[index] = " | ".join(cells)
    elif way == 1:
        lines[index] = line.replace(" | ", " ", 1)
    elif way == 2:
        lines[index] = line.lstrip("\t")
    else:
        place = rng.randint(0, len(line))
        lines[index : index + 1] = [line[:place], line[place:]]
    return "\n".join(lines)


def _plain(text: str | None) -> str:
    return "".join((text or "").split())


def _is_right(drawing: Drawing, rows: Sequence[Row], draft: Draft) -> bool:
    if len(draft.tasks) != len(rows):
        return False
    for row, task in zip(rows, draft.tasks, strict=True):
        update = task.updates[0] if task.updates else None
        pairs = [(task.commitment, row.commitment)]
        if drawing.progress:
            pairs.append((update.progress or "" if update else "", row.progress))
        if drawing.next_steps:
            pairs.append((update.next_steps or "" if update else "", row.next_steps))
        if any(_plain(got) != _plain(want) for got, want in pairs):
            return False
        if [a.name for a in task.departments] != list(row.bodies):
            return False
    return True


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("draw", _DAMAGED, ids=lambda draw: str(draw.__name__))
def test_what_is_wrong_is_told(draw: Callable[[Sequence[Row]], Drawing], seed: int) -> None:
    rng = random.Random(seed)
    rows = make_rows(seed)
    drawing = draw(rows)
    for _ in range(4):
        data = _damage(drawing.data.decode(), rng).encode()
        try:
            draft = make_draft(
                data,
                drawing.name,
                district=District(id="ceshi", name="测试区"),
                period=parse_period("2025Q3"),
            )
        except TaizhangError:
            continue
        doubts = [p for p in draft.problems if "名录" not in p.what]
        assert doubts or _is_right(drawing, rows, draft), data.decode()
