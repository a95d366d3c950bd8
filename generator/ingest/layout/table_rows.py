"""Rows of a table → records: which row is a heading, a task, the rest of a task, a total, a note."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.base.places import NOWHERE, Place
from generator.ingest.layout.cell_alignment import fit_row, is_plausible, score_straight
from generator.ingest.layout.cell_features import is_furniture, is_note, is_total
from generator.ingest.layout.column_content import SourceColumn
from generator.ingest.layout.column_roles import make_columns
from generator.ingest.layout.column_warnings import check_columns
from generator.ingest.layout.heading_roles import OFFICE_ROLES, ColumnRole
from generator.ingest.layout.inline_labels import split_labels
from generator.ingest.layout.row_numbers import is_number, number_value
from generator.ingest.layout.row_records import Placement, RowRecord, heading_level, nest
from generator.ingest.layout.slot_grid import Heading, Row, Slot, all_pieces, own_pieces, repeats_heading
from generator.ingest.layout.source_pieces import SourcePiece, squeeze, visible
from generator.model import Period

R = ColumnRole
_COUNT = re.compile(r"[（(](?:共|计)?\s*\d+\s*[项个件条][)）]\s*$|[共计]\s*\d+\s*[项个件条]\s*$")
"""How many tasks follow: the end of a heading (生态建设（1项）)."""
_PROGRESS = SourceColumn(index=-1, heading="", role=R.PROGRESS, why="content")
"""Where a labelled cell goes until it is cut at its labels."""
_SENTENCE_END = re.compile(r"[。；;！!：:”）)]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """What was read out of one table."""

    columns: tuple[SourceColumn, ...]
    records: tuple[RowRecord, ...]
    placements: tuple[Placement, ...]
    """Of what does not stand in a record: headings, sections, notes, totals."""
    problems: tuple[Problem, ...]
    """``where`` is the place inside the file."""
    sections: tuple[SourcePiece, ...]
    """Heading rows that are open at the end of the table."""
    groups: tuple[tuple[int, SourcePiece], ...]
    """Open group cell by column, for the table that goes on with this one."""


@dataclass(slots=True)
class _RowState:
    """What is gathered while the rows of a table go by."""

    columns: tuple[SourceColumn, ...]
    body: Sequence[Row]
    """Rows below the heading."""
    last_full: int
    """Index in ``body`` of the last row with several cells; -1 without any."""
    headings: tuple[SourcePiece, ...]
    """Heading rows that are open, at most two."""
    groups: dict[int, SourcePiece] = field(default_factory=dict)
    """Open group cell of each group column."""
    records: list[RowRecord] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    moved: list[Place] = field(default_factory=list)
    """Places of rows whose cells were put under other columns than they stood in."""
    filled: int = 0
    """Empty cells of a grouping column that took the value above."""
    after_break: bool = False
    """The heading was printed again just now: the next row may go on with the one before."""
    is_section: Callable[[Place], bool] = lambda _: False
    """Whether a person said that the row at this place is a heading."""
    loose: bool = False
    """The format draws no grid (plain text), so cells may have shifted."""

    @property
    def roles(self) -> tuple[ColumnRole | None, ...]:
        return tuple(c.role for c in self.columns)

    @property
    def sections(self) -> tuple[SourcePiece, ...]:
        """What the next task stands under: outermost and innermost of all open headings."""
        path = (*self.headings, *(self.groups[i] for i in sorted(self.groups)))
        return path if len(path) <= 2 else (path[0], path[-1])

    def structural(self, pieces: Sequence[SourcePiece], kind: str) -> None:
        self.placements += [Placement(piece=p, field=kind, structural=True) for p in pieces]

    def warn(self, where: Place, what: Message, hint: Message) -> None:
        self.problems.append(Problem(place=where, what=what, hint=hint, level=Severity.WARNING))


def read_table(
    rows: Sequence[Row],
    heading: Heading | None,
    *,
    columns: tuple[SourceColumn, ...] | None = None,
    decided: Mapping[str, tuple[ColumnRole, str]],
    period: Period | None = None,
    sections: tuple[SourcePiece, ...] = (),
    groups: tuple[tuple[int, SourcePiece], ...] = (),
    loose: bool = False,
    is_section: Callable[[Place], bool] = lambda _: False,
) -> TableReading:
    """Records of a table.

    ``columns``: those of the table that this one goes on with; None works them out. ``sections``,
    ``groups``: headings that are open above. ``loose``: cells may have lost their columns. ``is_section``:
    whether a person said that the row at a place is a heading.
    """
    body = rows[heading.end :] if heading else rows
    if columns is None:
        columns = make_columns(heading, _ordinary(body, heading), decided=decided, period=period)
    full = (index for index, row in enumerate(body) if len(all_pieces(row)) > 1)
    state = _RowState(
        columns=columns,
        body=body,
        last_full=max(full, default=-1),
        headings=sections,
        groups=dict(groups),
        loose=loose,
        is_section=is_section,
    )
    if heading:
        for row in rows[: heading.start]:
            _read_above(state, row)
        for row in rows[heading.start : heading.end]:
            state.structural(own_pieces(row), "heading")
    for index in range(len(body)):
        _read_row(state, index, heading)
    _tell_decisions(state)
    return TableReading(
        columns=columns,
        records=tuple(state.records),
        placements=tuple(state.placements),
        problems=tuple(state.problems),
        sections=state.headings,
        groups=tuple(sorted(state.groups.items())),
    )


def _read_above(state: _RowState, row: Row) -> None:
    """A row above the heading: a numbered heading of what comes (一、重点工程), or a title."""
    own = own_pieces(row)
    alone = len({squeeze(piece.text) for piece in own}) == 1
    if alone and heading_level(own[0].text) in (1, 2) and not squeeze(own[0].text).startswith("附件"):
        _open_section(state, own[0], level=heading_level(own[0].text))
        own = own[1:]
    state.structural(own, "title")


def _tell_decisions(state: _RowState) -> None:
    """What was decided for the whole table: one warning for each sort of decision."""
    if state.records:
        state.problems += check_columns(state.columns, state.records[0].where)
    if state.filled:
        name = next(c.heading for c in state.columns if c.groups)
        state.warn(
            NOWHERE,
            Message("“{name}”一列有 {filled} 格是空的，沿用了上一行的单位", name=name, filled=state.filled),
            Message("请对照原表核对"),
        )
    if not state.moved:
        return
    places = (*state.moved[:8], *(["…"] if len(state.moved) > 8 else []))
    what = Message(
        "{count} 行的单元格和表头对不齐，按内容归了列：{places}", count=len(state.moved), places=places
    )
    state.warn(state.moved[0], what, Message("请对照原表核对这些行"))


def _ordinary(body: Sequence[Row], heading: Heading | None) -> list[Row]:
    """Rows that can tell what the columns hold: no headings, no single cells; rows that shifted left out."""
    rows = [r for r in body if len(all_pieces(r)) > 1 and not repeats_heading(r, heading)]
    if heading is None:
        return rows or list(body)
    named = [i for i, text in enumerate(heading.texts) if text]
    full = [
        r
        for r in rows
        if all(r[i].piece.text.strip() for i in named)
        and sum(bool(s.piece.text.strip()) for s in r) <= len(named) + 1
    ]
    return full if len(full) >= 3 and len(full) >= 0.3 * len(rows) else (rows or list(body))


def _read_row(state: _RowState, index: int, heading: Heading | None) -> None:
    row = state.body[index]
    own = own_pieces(row)
    if not own:
        return
    if repeats_heading(row, heading):
        state.structural(own, "heading")
        state.after_break = True
        return
    reach = all_pieces(row)
    if state.is_section(own[0].where):
        state.placements += [Placement(piece=extra, field="section") for extra in own if extra != reach[-1]]
        _open_section(state, reach[-1], level=heading_level(reach[-1].text) or 1)
        return
    if is_total(own[0].text) or (
        is_number(own[0].text) is False and len(own) > 1 and is_total(own[1].text) and len(reach) == len(own)
    ):
        state.structural(own, "total")
        state.warn(
            own[0].where,
            Message("“{text}”看作合计行，没有读成任务", text=squeeze(own[0].text)[:20]),
            Message("如果它是任务，请在原表里改掉行首的字"),
        )
        return
    if len(reach) > 1 and len(reach) == len(own) and all(is_note(p.text) for p in own):
        state.structural(own, "note")
        return
    if len(reach) == 1 or (len({squeeze(p.text) for p in reach}) == 1 and len(reach) > 1):
        _read_single(state, index, own)
        return
    if (
        len(own) == 2
        and is_number(own[0].text)
        and len(reach) == 2
        and _is_numbered_heading(state, index, own)
    ):
        _open_section(state, own[1], level=1)
        state.placements.append(Placement(piece=own[0], field="section"))
        return
    _read_task_row(state, row)


def _read_single(state: _RowState, index: int, own: tuple[SourcePiece, ...]) -> None:
    """A row with one cell: a heading, a note, or the rest of the row before."""
    row = state.body[index]
    piece = own[0]
    text = piece.text.strip()
    if is_note(text) or is_furniture(text):
        state.structural(own, "note" if is_note(text) else "furniture")
        return
    if state.records and _is_labelled((_PROGRESS, piece)):
        _continue(state, [(_PROGRESS, piece)])
        return
    numbered = heading_level(text) in (1, 2)
    follows = index < state.last_full
    short = visible(text) <= 40 and not re.search(r"[。；;]\s*$", text)
    column = next(i for i, slot in enumerate(row) if slot.piece == piece)
    span = sum(slot.piece == piece for slot in row)
    first_columns = column == 0 or state.roles[column] in (R.GROUP, R.TASK, R.NUMBER)
    if state.records and not numbered and span == 1 and not first_columns:
        _continue(state, [(state.columns[column], piece)])
        if state.loose and not state.after_break:
            state.warn(
                piece.where,
                Message("“{text}…”一格接在上一行后面", text=text[:16]),
                Message("请对照原表核对这一处"),
            )
        return
    blank = all(not slot.piece.text.strip() for slot in row[1:]) and state.roles[0] is R.NUMBER
    if state.loose and state.records and blank and not numbered and re.search(r"\d", _COUNT.sub("", text)):
        _share_above(state, piece)
        return
    if (short or (numbered and visible(text) <= 80)) and (follows or numbered):
        for extra in own[1:]:
            state.placements.append(Placement(piece=extra, field="section"))
        if not numbered and span == 1 and re.search(r"\d", text):
            what = Message("只有一个单元格的“{text}”看作分组标题", text=text[:20])
            state.warn(piece.where, what, Message("如果它是任务，请在原表里补上序号和其他各列"))
        _open_section(state, piece, level=heading_level(text))
        return
    state.structural(own, "note")
    _tell_single(state, piece, follows=follows)


def _tell_single(state: _RowState, piece: SourcePiece, *, follows: bool) -> None:
    """The doubt about a row of one cell that belongs to no task."""
    text = piece.text.strip()
    if state.records and follows:
        what = Message("只有一个单元格的行“{text}…”不知道属于哪里", text=text[:16])
        state.warn(piece.where, what, Message("请对照原表核对这一处"))
    elif state.records and visible(text) > 12:
        what = Message("表末的“{text}…”看作说明，没有读进任何任务", text=text[:16])
        state.warn(piece.where, what, Message("如果它属于上一行，请在原表里放回单元格"))


def _open_section(state: _RowState, piece: SourcePiece, level: int) -> None:
    """Put a heading into the path; the same level replaces, a deeper one goes below."""
    state.placements.append(Placement(piece=piece, field="section"))
    state.headings = nest(state.headings, piece, level, fresh=_no_record_since(state))
    state.groups = {}


def _no_record_since(state: _RowState) -> bool:
    return bool(state.headings) and not (state.records and state.headings[-1] in state.records[-1].sections)


def _is_numbered_heading(state: _RowState, index: int, own: tuple[SourcePiece, ...]) -> bool:
    """Number and one merged or short cell alone: 一 | 产业发展, with task rows below."""
    row = state.body[index]
    text = own[1].text.strip()
    if number_value(own[0].text) is None or visible(text) > 40 or re.search(r"[。；;]$", text):
        return False
    spread = sum(slot.piece == own[1] for slot in row) > 1
    chinese = not squeeze(own[0].text).isascii()
    below = (state.body[i] for i in range(index + 1, len(state.body)))
    following = next((r for r in below if own_pieces(r)), None)
    if following is None or len(all_pieces(following)) <= 2:
        return False
    return spread or chinese or _counts_below(squeeze(own[0].text), squeeze(all_pieces(following)[0].text))


def _counts_below(upper: str, lower: str) -> bool:
    """Whether a number counts on below another one: 1.1 below 1, 1 below 2."""
    return re.match(rf"{re.escape(upper.rstrip('.、'))}[.\-—．]1\b", lower) is not None or (
        upper != "1" and number_value(lower) == 1
    )


def _read_task_row(state: _RowState, row: Row) -> None:
    """A row with several cells: a new task, a further line of the one above, or the rest of it."""
    cells, moved = _align(state, row)
    given = {column.role for column, slot in cells if slot.own and slot.piece.text.strip()}
    _read_groups(state, cells)
    task = [slot for column, slot in cells if column.role is R.TASK and slot.piece.text.strip()]
    number = [slot for column, slot in cells if column.role is R.NUMBER and slot.piece.text.strip()]
    pairs = [(c, s.piece) for c, s in cells if s.own and s.piece.text.strip() and c.role is not R.GROUP]
    same_task = (
        bool(task) and all(s.handed_down for s in task) and not (number and any(s.own for s in number))
    )
    labelled = bool(pairs) and not (number and any(s.own for s in number)) and all(map(_is_labelled, pairs))
    if state.records and (same_task or labelled or not (given & {R.TASK, R.NUMBER})):
        _continue(state, [(_PROGRESS, p) for _, p in pairs] if labelled else pairs)
        if not same_task and not labelled and not state.after_break:
            where = pairs[0][1].where if pairs else NOWHERE
            state.warn(
                where,
                Message("这一行没有序号和任务，接在上一行后面"),
                Message("请对照原表核对；如果是新任务，请补上任务内容"),
            )
    elif state.records and state.after_break and not number and _broken_off(state, cells):
        _continue(state, pairs)
    else:
        _add_record(state, cells, moved)
    state.after_break = False


def _is_labelled(pair: tuple[SourceColumn, SourcePiece]) -> bool:
    """Whether a cell says itself what it tells of the task above: 进展情况：…"""
    first, *rest = split_labels(pair[1])
    return bool(rest) and not first.value.text and rest[0].role not in (R.TASK, R.NUMBER)


def _align(state: _RowState, row: Row) -> tuple[list[tuple[SourceColumn, Slot]], bool]:
    """Slots of a row under their columns; moved to where they fit when they hardly fit where they stand."""
    straight = [
        (_column_of(state, row, c), s)
        for c, s in zip(state.columns, row, strict=False)
        if not (s.spread and _same(row, c.index))
    ]
    straight = [(c, s) for c, s in straight if c.role is not None]
    texts = [slot.piece.text if slot.own else "" for slot in row]
    if any(slot.handed_down and slot.piece.text.strip() for slot in row) or any(s.spread for s in row):
        return straight, False
    last = max((i for i, text in enumerate(texts) if text.strip()), default=0)
    packed = state.loose and all(t.strip() for t in texts[:last]) and any(state.roles[last + 1 :])
    whole = not state.loose and all(text.strip() for text in texts)
    if whole or (is_plausible(texts, state.roles) and not packed):
        return straight, False
    named = [c for c in state.columns if c.role is not None]
    path, score = fit_row(texts, [c.role for c in named], group=True)
    plain = score_straight(texts, state.roles)
    if score <= plain + 1.0:
        return straight, False
    extra = SourceColumn(index=len(row), heading="", role=R.GROUP, why="content")
    cells = []
    for slot, column in zip(row, path, strict=True):
        if column is not None:
            cells.append((named[column] if column < len(named) else extra, slot))
    return cells, True


def _column_of(state: _RowState, row: Row, column: SourceColumn) -> SourceColumn:
    """The column that a cell speaks for: of those it reaches over the one of the task, else the first.

    A row without a group draws its task over the group's column too.
    """
    end = column.index + 1
    while (
        end < min(len(row), len(state.columns))
        and row[end].spread
        and row[end].piece == row[column.index].piece
    ):
        end += 1
    reach = state.columns[column.index : end]
    if column.role is not R.TASK and len(reach) > 1 and row[column.index].own:
        state.groups = {i: p for i, p in state.groups.items() if not column.index <= i < end}
        return next((c for c in reach if c.role is R.TASK), next((c for c in reach if c.role), column))
    return column


def _same(row: Row, index: int) -> bool:
    """Whether the position shows the cell to its left (merged sideways)."""
    return index > 0 and row[index].piece == row[index - 1].piece


def _read_groups(state: _RowState, cells: Sequence[tuple[SourceColumn, Slot]]) -> None:
    """Take in the group cells of a row: its own or one handed down counts, an empty one keeps the last."""
    for column, slot in cells:
        piece = slot.piece
        if column.role is not R.GROUP or not piece.text.strip():
            continue
        if slot.own:
            state.placements.append(Placement(piece=piece, field="section"))
        if column.index >= len(state.columns):
            state.headings = nest(state.headings, piece, heading_level(piece.text), fresh=False)
            state.groups = {}
        elif state.groups.get(column.index) != piece:
            deeper = {i: p for i, p in state.groups.items() if i < column.index}
            state.groups = deeper | {column.index: piece}


def _broken_off(state: _RowState, cells: Sequence[tuple[SourceColumn, Slot]]) -> bool:
    """Whether the row before broke off at the page: a prose cell of it ends without a full stop."""
    last = state.records[-1]
    for column, slot in cells:
        if column.role in (R.TASK, R.PROGRESS, R.NEXT_STEPS) and slot.own and slot.piece.text.strip():
            above = last.pieces(column.role)
            if above and not _SENTENCE_END.search(above[-1].text):
                return True
    return any(not s.piece.text.strip() for c, s in cells if c.role in (R.TASK, R.PROGRESS))


def _continue(state: _RowState, pairs: Sequence[tuple[SourceColumn, SourcePiece]]) -> None:
    """Put pieces behind those of the record before."""
    last = state.records[-1]
    fields = [*last.fields]
    extras = [*last.extras]
    for column, piece in pairs:
        if column.role is R.REMARKS:
            extras.append((column.heading, piece))
        elif column.role is R.IGNORE or column.role is None:
            state.structural([piece], "ignored")
        else:
            fields.append((column.role, piece))
    state.records[-1] = replace(last, fields=tuple(fields), extras=tuple(extras))


def _with_lead(state: _RowState, fields: Sequence[tuple[ColumnRole, SourcePiece]]) -> tuple[SourcePiece, ...]:
    """Open headings; where the lead unit is the group, it is one of them."""
    path = state.sections
    if any(c.groups for c in state.columns):
        path = (*path[:1], *(piece for role, piece in fields if role is R.LEAD))[:2]
    return path


def _hand_down(
    state: _RowState, cells: Sequence[tuple[SourceColumn, Slot]]
) -> list[tuple[SourceColumn, SourcePiece]]:
    """Cells with text; an empty cell of a grouping column takes the piece of the row before."""
    found = []
    for column, slot in cells:
        piece = slot.piece
        if column.groups and not piece.text.strip() and state.records:
            above = [p for role, p in state.records[-1].fields if role is column.role]
            piece = above[0] if above else piece
            state.filled += bool(above)
        if piece.text.strip():
            found.append((column, piece))
    return found


def _lost_offices(
    state: _RowState, fields: Sequence[tuple[ColumnRole, SourcePiece]], where: Place
) -> list[tuple[ColumnRole, SourcePiece]]:
    """The unit of the row above for one that lost its cell (merged down, and gone with the grid); told."""
    if not state.records or any(role in OFFICE_ROLES for role, _ in fields):
        return []
    above = [(role, piece) for role, piece in state.records[-1].fields if role in OFFICE_ROLES]
    if above:
        what = Message("这一行没有单位，沿用了上一行的“{unit}”", unit=above[0][1].text[:16])
        state.warn(where, what, Message("请对照原表核对这一行"))
    return above


def _share_above(state: _RowState, piece: SourcePiece) -> None:
    """A second task on a line of its own that has lost the cells it shares with the row above; told."""
    last = state.records[-1]
    shared = tuple((role, p) for role, p in last.fields if role not in (R.NUMBER, R.TASK))
    state.records.append(replace(last, where=piece.where, fields=((R.TASK, piece), *shared)))
    what = Message("“{text}”看作上一行的另一项任务，其余各列沿用上一行", text=piece.text[:20])
    state.warn(piece.where, what, Message("请对照原表核对；如果它是分组标题，请在原表里加上编号"))


def _add_record(state: _RowState, cells: Sequence[tuple[SourceColumn, Slot]], moved: bool) -> None:
    fields: list[tuple[ColumnRole, SourcePiece]] = []
    extras: list[tuple[str, SourcePiece]] = []
    for column, piece in _hand_down(state, cells):
        if column.role in (None, R.GROUP):
            continue
        if column.role is R.IGNORE:
            state.structural([piece], "ignored")
        elif column.role is R.REMARKS:
            extras.append((column.heading, piece))
        elif column.tick is not None:
            state.structural([piece], "tick")
            fields.append((R.STATUS, column.tick))
        else:
            assert column.role is not None
            fields.append((column.role, piece))
    where = next((s.piece.where for _, s in cells if s.own and s.piece.text.strip()), NOWHERE)
    fields += _lost_offices(state, fields, where) if moved else []
    state.records.append(
        RowRecord(
            where=where,
            sections=_with_lead(state, fields),
            fields=tuple(fields),
            extras=tuple(extras),
            roles=frozenset(role for role in state.roles if role),
            bold_leads=any(c.bold_leads for c in state.columns),
            persons=any(c.persons for c in state.columns),
            lead_before_slash=any(c.lead_before_slash for c in state.columns),
        )
    )
    if moved:
        state.moved.append(where)
