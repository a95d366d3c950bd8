"""Cells that say several things behind labels of their own: 进展情况：… 存在问题：… 下步打算：…"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from generator.ingest.layout.heading_roles import OFFICE_ROLES, ColumnRole
from generator.ingest.layout.inline_labels import Segment, split_labels
from generator.ingest.layout.row_records import Placement, RowRecord
from generator.ingest.layout.source_pieces import SourcePiece

R = ColumnRole
_PROSE = frozenset({R.TASK, R.PLAN, R.PROGRESS, R.NEXT_STEPS, R.STATUS, R.REMARKS})
_TOLD = frozenset({R.PROGRESS, R.NEXT_STEPS, R.REMARKS, R.PLAN})
_COUNTED = re.compile(r"\s*(\d{1,3})\s*(?:[．、]|\.(?!\d))\s*(?=\S)")
"""The number of a task where there is no column of numbers: 3.改造…"""
_NAMED = re.compile(r"\s*(?:项目|任务|实事|事项)\s*[一二三四五六七八九十\d]{1,3}\s*[：:、.．]\s*(?=\S)")
"""The number of a task that stands in front of its words: 任务1：…"""
_BESIDE = frozenset({R.LEADER, R.CONTACT, R.DEADLINE})
_BREAK = re.compile(r"(?:^|[\n。；;！!\s])\s*$")


def split_cells(records: Iterable[RowRecord]) -> tuple[tuple[RowRecord, ...], tuple[Placement, ...]]:
    """Records with their prose cells cut at the labels inside, and the labels as structural.

    A cell is cut when it opens with a label, or when one opens a line of it; what stands before stays.
    """
    records = tuple(records)
    counted = _are_counted(records)
    found, labels = [], []
    for record in records:
        fields: list[tuple[ColumnRole, SourcePiece]] = []
        extras: list[tuple[str, SourcePiece]] = []
        for heading, piece in record.extras:
            first, *rest = _segments(R.REMARKS, piece)
            if first.value.text or not rest:
                extras.append((heading, piece))
                continue
            for segment in rest:
                assert segment.label is not None
                labels.append(Placement(piece=segment.label, field="label", structural=True))
                if segment.role is R.REMARKS or segment.role is None:
                    extras.append((segment.label.text.strip("：: 【】[]〔〕"), segment.value))
                else:
                    fields.append((segment.role, segment.value))
        numbered = any(role is R.NUMBER for role, _ in record.fields)
        for role, piece in record.fields:
            mark = _COUNTED if counted else _NAMED
            named = mark.match(piece.text) if role is R.TASK and not numbered else None
            if named:
                fields += [(R.NUMBER, piece.cut(0, named.end())), (R.TASK, piece.cut(named.end()))]
                continue
            segments = _segments(role, piece)
            for segment in segments:
                if segment.label is not None:
                    labels.append(Placement(piece=segment.label, field="label", structural=True))
                if segment.value.text and segment.role is R.REMARKS:
                    name = segment.label.text.strip("：: 【】[]〔〕") if segment.label else ""
                    extras.append((name, segment.value))
                elif segment.value.text:
                    fields.append((segment.role or role, segment.value))
        found.append(replace(record, fields=tuple(fields), extras=tuple(extras)))
    return tuple(found), tuple(labels)


def _are_counted(records: Sequence[RowRecord]) -> bool:
    """Whether no record has a number of its own and the tasks open with numbers that run on."""
    tasks = [pieces[0].text for r in records if (pieces := r.pieces(R.TASK)) and not r.pieces(R.NUMBER)]
    values = [int(m[1]) for text in tasks if (m := _COUNTED.match(text))]
    runs = sum(b == a + 1 for a, b in pairwise(values))
    return len(values) == len(tasks) == len(records) > 2 and runs == len(values) - 1


def _segments(role: ColumnRole, piece: SourcePiece) -> tuple[Segment, ...]:
    """The cell cut at its labels; uncut where they are words of its sentences."""
    whole = (Segment(role=None, label=None, value=piece),)
    if role in OFFICE_ROLES:
        return _office_segments(piece) or whole
    if role not in _PROSE or not re.search(r"[：:】\]〕]", piece.text):
        return whole
    first, *rest = split_labels(piece)
    opening = all(s.label is not None and _opens(piece, s.label) for s in rest)
    told = role is R.TASK and any(s.role in _TOLD for s in rest)
    if not rest or not opening or told or (role is R.TASK and not first.value.text):
        return whole
    return (first, *rest)


def _office_segments(piece: SourcePiece) -> tuple[Segment, ...]:
    """A cell of bodies cut where it names persons or a day too: 责任单位：… 责任人：…; empty for others."""
    first, *rest = split_labels(piece)
    roles = {segment.role for segment in rest}
    if not roles & _BESIDE or roles - _BESIDE - {*OFFICE_ROLES}:
        return ()
    opening = all(s.label is not None and _opens(piece, s.label) for s in rest)
    return (first, *rest) if opening else ()


def _opens(piece: SourcePiece, label: SourcePiece) -> bool:
    """Whether a label stands at the start of a sentence or a line."""
    return _BREAK.search(piece.text[: label.start - piece.start]) is not None
