"""Tables drawn otherwise than a row a task, brought into that form: labels beside, tasks side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.ingest.layout.heading_likeness import known_role
from generator.ingest.layout.heading_roles import ColumnRole, normal_heading
from generator.ingest.layout.slot_grid import Row, Slot, all_pieces
from generator.ingest.layout.source_pieces import SourcePiece, squeeze

R = ColumnRole
_TOLD = frozenset(R) - {R.NUMBER, R.GROUP, R.IGNORE}


def split_beside(rows: tuple[Row, ...]) -> tuple[Row, ...] | None:
    """Rows of a table that prints the same headings twice side by side, one half below the other; else None.

    序号 任务 单位 | 序号 任务 单位 becomes 序号 任务 单位 with the right half's rows behind the left's.
    """
    width = len(rows[0]) if rows else 0
    half = width // 2
    if width < 6 or width % 2:
        return None
    for index, row in enumerate(rows[:4]):
        names = [normal_heading(slot.piece.text) for slot in row]
        if names[:half] == names[half:] and len(set(names[:half])) == half and _are_known(row[:half]):
            return (*(_halve(r, 0, half) for r in rows), *(_halve(r, half, width) for r in rows[index:]))
    return None


def _are_known(row: Sequence[Slot]) -> bool:
    return sum(known_role(slot.piece.text.strip()) is not None for slot in row) * 2 > len(row)


def _halve(row: Row, start: int, end: int) -> Row:
    """One half of a row; a cell that reaches over from the other half starts here only in the left one."""
    cut = row[start:end]
    if start and cut[0].spread:
        return tuple(replace(s, piece=_empty(s.piece)) if s.piece == cut[0].piece else s for s in cut)
    return cut


def _empty(piece: SourcePiece) -> SourcePiece:
    return replace(piece, cell=-1, start=0, text="", bold=())


def fold_labels(rows: tuple[Row, ...]) -> tuple[Row, ...] | None:
    """Rows of a table with a column of labels (进展情况, 下步打算), each label a column; else None.

    Every task stands in as many rows as it has labels; number and task are merged down over them.
    """
    place = _label_column(rows)
    if place is None:
        return None
    column, first = place
    names: list[str] = []
    for row in rows[first:]:
        name = normal_heading(row[column].piece.text)
        if name and name not in names and known_role(row[column].piece.text.strip()) is not None:
            names.append(name)
    heads = {
        n: next(r[column] for r in rows[first:] if normal_heading(r[column].piece.text) == n) for n in names
    }
    blank = Slot(piece=_empty(rows[0][0].piece))
    folded: list[list[Slot]] = []
    for row in rows[:first]:
        other = [heads[n] if row is rows[first - 1] else blank for n in names]
        folded.append([*row[:column], *other, *row[column + 2 :]])
    for row in rows[first:]:
        name = normal_heading(row[column].piece.text)
        fresh = not any(s.handed_down and s.piece.text.strip() for s in row[:column]) or not folded[first:]
        if name not in names:
            folded.append([*row[:column], *(row[column], *[blank] * (len(names) - 1)), *row[column + 2 :]])
            continue
        if fresh:
            folded.append([*row[:column], *([blank] * len(names)), *row[column + 2 :]])
        folded[-1][column + names.index(name)] = row[column + 1]
    return tuple(map(tuple, folded))


def lift_titles(rows: tuple[Row, ...]) -> tuple[Row, ...] | None:
    """Rows of a table that prints a title, the heading and one row of values for every task; else None.

    The title becomes the first cell of its row: 任务1：…  over  责任单位 进展 → a column more.
    """
    tops = [i for i in range(1, len(rows) - 1) if _is_titled(rows, i)]
    names = [tuple(map(_key, all_pieces(rows[i]))) for i in tops]
    if len(tops) < 3 or len(set(names)) > 1 or len(tops) * 3 < len(rows) - 3:
        return None
    blank = Slot(piece=_empty(rows[0][0].piece))
    found: list[Row] = [(blank, *row) for row in rows[: tops[0] - 1]]
    found.append((blank, *rows[tops[0]]))
    found += [(Slot(piece=all_pieces(rows[top - 1])[0]), *rows[top + 1]) for top in tops]
    return tuple(found)


def _is_titled(rows: tuple[Row, ...], index: int) -> bool:
    """Whether a row prints headings, with one cell above it and a row of values below."""
    heads, above, below = (all_pieces(rows[i]) for i in (index, index - 1, index + 1))
    known = sum(known_role(p.text.strip()) is not None for p in heads)
    return len(above) == 1 and len(heads) >= 3 and known >= 0.6 * len(heads) and len(below) >= 2


def _label_column(rows: tuple[Row, ...]) -> tuple[int, int] | None:
    """The column that holds labels, and the first row below the heading; None when there is none."""
    width = len(rows[0]) if rows else 0
    first = next((i for i, row in enumerate(rows[:4]) if len(set(map(_key, all_pieces(row)))) >= 3), None)
    if first is None or width < 3:
        return None
    body = rows[first + 1 :]
    for column in range(1, width - 1):
        cells = [row[column].piece for row in body if row[column].own and row[column].piece.text.strip()]
        known = [c for c in cells if known_role(c.text.strip()) in _TOLD]
        names = {normal_heading(c.text) for c in known}
        down = sum(row[0].handed_down for row in body)
        if (
            len(known) >= 4
            and (width >= 4 or any(known_role(c.text.strip()) is R.TASK for c in known))
            and len(known) >= 0.8 * len(cells)
            and 2 <= len(names) <= 8
            and down * 3 >= len(body)
        ):
            return column, first + 1
    return None


def _key(piece: SourcePiece) -> str:
    return squeeze(piece.text)
