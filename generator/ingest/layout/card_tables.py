"""Tasks as cards: tables of two (or four) columns, headings in the left cells, values in the right ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.ingest.layout.heading_roles import ColumnRole, heading_role, is_category, normal_heading
from generator.ingest.layout.row_records import Placement, RowRecord
from generator.ingest.layout.slot_grid import Row, own_pieces
from generator.ingest.layout.source_pieces import SourcePiece, visible

R = ColumnRole
Pair = tuple[ColumnRole, SourcePiece, tuple[SourcePiece, ...]]
"""Role, heading and values."""
_NUMBERED = re.compile(r"(?<=.)[一二三四五六七八九十\d]{1,3}$")
_ABOUT = {R.DEPARTMENT, R.LEAD, R.JOINT, R.PROGRESS, R.NEXT_STEPS, R.STATUS, R.DEADLINE}


def read_cards(
    rows: Sequence[Row], sections: tuple[SourcePiece, ...], decided: Mapping[str, tuple[ColumnRole, str]]
) -> tuple[tuple[RowRecord, ...], tuple[Placement, ...], tuple[Problem, ...]] | None:
    """Records of a table of cards, its headings and doubts; None when the table is none.

    A new card starts when the heading of the first pair comes again.
    """
    pairs = _pairs(rows, decided)
    if pairs is None:
        return None
    roles = [role for role, _, _ in pairs]
    has_task = R.TASK in roles
    if not (has_task or R.GROUP in roles) or len(set(roles) & _ABOUT) < 2:
        return None
    first = _plain(pairs[0][1])
    starts = [i for i, (_, heading, _) in enumerate(pairs) if _plain(heading) == first]
    placements = [Placement(piece=heading, field="heading", structural=True) for _, heading, _ in pairs]
    records = []
    for start, end in zip(starts, [*starts[1:], len(pairs)], strict=True):
        records.append(_make_record(pairs[start:end], sections, has_task=has_task))
    return tuple(records), tuple(placements), _tell_names(pairs)


def _pairs(rows: Sequence[Row], decided: Mapping[str, tuple[ColumnRole, str]]) -> list[Pair] | None:
    """Role, heading and values of every pair, in order; None when a row is not made of pairs."""
    found = []
    for row in rows:
        pieces = own_pieces(row)
        if not pieces:
            continue
        if len(pieces) > 4:
            return None
        roles = [_role(piece, decided) for piece in pieces]
        if roles[0] is None:
            return None
        heads = [i for i, role in enumerate(roles) if role is not None and (i == 0 or i == 2)]
        for index, start in enumerate(heads):
            end = heads[index + 1] if index + 1 < len(heads) else len(pieces)
            role = roles[start]
            assert role is not None
            found.append((role, pieces[start], pieces[start + 1 : end]))
    return found if len(found) >= 3 else None


def _tell_names(pairs: Sequence[Pair]) -> tuple[Problem, ...]:
    """The doubt about a name (项目名称) that is taken as the heading above its task."""
    groups = [h for role, h, _ in pairs if role is R.GROUP and not is_category(h.text)]
    if not groups or all(role is not R.TASK for role, _, _ in pairs):
        return ()
    name = normal_heading(groups[0].text)
    what = Message("“{name}”每项各有一个名称，当作分组标题", name=name)
    hint = Message("如果它是任务内容的一部分，加 --column {name}=task", name=name)
    return (Problem(place=groups[0].where, what=what, hint=hint, level=Severity.WARNING),)


def _role(piece: SourcePiece, decided: Mapping[str, tuple[ColumnRole, str]]) -> ColumnRole | None:
    if visible(piece.text) > 16:
        return None
    key = normal_heading(piece.text)
    if key in decided:
        return decided[key][0]
    return heading_role(piece.text) or heading_role(_plain(piece))


def _plain(piece: SourcePiece) -> str:
    """Heading without the number behind it: 任务1, 项目二."""
    return _NUMBERED.sub("", normal_heading(piece.text))


def _make_record(
    pairs: Sequence[Pair],
    sections: tuple[SourcePiece, ...],
    *,
    has_task: bool,
) -> RowRecord:
    fields: list[tuple[ColumnRole, SourcePiece]] = []
    extras: list[tuple[str, SourcePiece]] = []
    path = sections
    leads = any(role is R.LEAD for role, _, _ in pairs)
    for role, heading, values in pairs:
        if role is R.GROUP and has_task:
            path = (*sections[:1], *values)[:2]
            fields += [(R.GROUP, value) for value in values]
        elif role is R.REMARKS:
            extras += [(heading.text, value) for value in values]
        else:
            taken = R.TASK if role is R.GROUP else R.JOINT if role is R.DEPARTMENT and leads else role
            fields += [(taken, value) for value in values]
    where = pairs[0][1].where
    return RowRecord(where=where, sections=path, fields=tuple(fields), extras=tuple(extras))
