"""Cells of a row that lost or gained a cell, put under the right columns by what they say."""

from __future__ import annotations

from collections.abc import Sequence

from generator.ingest.layout.cell_features import fit_score
from generator.ingest.layout.heading_roles import ColumnRole

_LOST = -0.6
"""Cost of a column that gets no cell."""
_LOST_TASK = -5.0
_LEFT_OVER = -8.0
"""Cost of a cell with text that gets no column."""
_STAYS = 0.4
"""Bonus of a cell that keeps its own column."""


def is_plausible(cells: Sequence[str], roles: Sequence[ColumnRole | None]) -> bool:
    """Whether cells fit the columns they stand in: none of them hardly."""
    return all(
        role is None or not text.strip() or fit_score(role, text) > -1.5
        for text, role in zip(cells, roles, strict=False)
    )


def fit_row(
    cells: Sequence[str], roles: Sequence[ColumnRole | None], *, group: bool
) -> tuple[tuple[int | None, ...], float]:
    """Column of each cell in the best reading that keeps the order, and the score of that reading.

    ``roles``: one a column. With ``group``, a cell before the task may be a group name without column of its
    own: it gets the index ``len(roles)``. Returns: None for empty cells that are dropped.
    """
    width = len(roles)
    extra = _group_place(roles) if group else None
    slots: list[tuple[int, ColumnRole | None]] = list(enumerate(roles))
    if extra is not None:
        slots.insert(extra, (width, ColumnRole.GROUP))
    count = len(slots)
    best: list[list[tuple[float, tuple[int | None, ...]]]] = [[(0.0, ())]]
    for _, role in slots:
        best[0].append((best[0][-1][0] + _lost(role, group), ()))
    for position, text in enumerate(cells):
        line = [_skip(best[position][0], text)]
        for index in range(1, count + 1):
            column, role = slots[index - 1]
            options = [_skip(best[position][index], text)]
            lost_score, lost_path = line[index - 1]
            options.append((lost_score + _lost(role, column == width), lost_path))
            score, path = best[position][index - 1]
            stays = _STAYS if column == position and text.strip() else 0.0
            given = 0.0 if role is None else fit_score(role, text)
            empty = 0.0 if text.strip() else _lost(role, column == width)
            options.append((score + (given if text.strip() else empty) + stays, (*path, column)))
            line.append(max(options, key=lambda option: (option[0], _firmness(option[1]))))
        best.append(line)
    score, path = best[-1][count]
    return path, score


def _firmness(path: tuple[int | None, ...]) -> tuple[int, ...]:
    """Order among equal scores, so that the same cells always give the same reading."""
    return tuple(-1 if column is None else column for column in path)


def _skip(state: tuple[float, tuple[int | None, ...]], text: str) -> tuple[float, tuple[int | None, ...]]:
    score, path = state
    return score + (_LEFT_OVER if text.strip() else 0.0), (*path, None)


def _lost(role: ColumnRole | None, extra: bool) -> float:
    if extra or role in (None, ColumnRole.GROUP, ColumnRole.REMARKS):
        return 0.0
    return _LOST_TASK if role is ColumnRole.TASK else _LOST


def _group_place(roles: Sequence[ColumnRole | None]) -> int | None:
    """Where a group cell without a column may stand: before the task; None when a group has its column."""
    if ColumnRole.GROUP in roles or ColumnRole.TASK not in roles:
        return None
    return list(roles).index(ColumnRole.TASK)


def score_straight(cells: Sequence[str], roles: Sequence[ColumnRole | None]) -> float:
    """Score of the reading in which every cell stays where it stands; a cell without a column costs much."""
    return sum(
        (fit_score(role, text) + _STAYS if role else _LEFT_OVER) if text.strip() else 0.0
        for text, role in zip(cells, roles, strict=False)
    )
