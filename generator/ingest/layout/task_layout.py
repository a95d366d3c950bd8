"""A document → records: which tables and paragraphs hold tasks, which only stand around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.base.places import NOWHERE, Place
from generator.content import ReadingHints
from generator.ingest.layout.card_tables import CardTable, find_cards, label_rows
from generator.ingest.layout.cell_features import is_furniture, is_note
from generator.ingest.layout.cell_labels import split_cells
from generator.ingest.layout.column_content import SourceColumn
from generator.ingest.layout.column_fit import is_figure
from generator.ingest.layout.grid_forms import fold_labels, lift_titles, split_beside
from generator.ingest.layout.heading_likeness import known_role
from generator.ingest.layout.heading_roles import ColumnRole
from generator.ingest.layout.line_stream import is_glued_heading, read_lines
from generator.ingest.layout.prose_layout import make_item, read_running
from generator.ingest.layout.reading_hints import is_section_row, lay_out_columns, narrow_document
from generator.ingest.layout.row_records import Placement, RowRecord, heading_level, nest
from generator.ingest.layout.slot_grid import (
    Heading,
    Row,
    all_pieces,
    find_heading,
    make_rows,
    own_pieces,
    repeats_heading,
    split_rows,
    stand_up,
)
from generator.ingest.layout.source_pieces import SourcePiece, cell_piece, paragraph_piece, squeeze, visible
from generator.ingest.layout.stated_periods import last_month
from generator.ingest.layout.table_rows import TableReading, read_table
from generator.model import Period
from generator.sources.document import Document, Paragraph, Table

R = ColumnRole
_TITLE = re.compile(
    r"(?:20\d\d|[二〇零一二三四五六七八九]{4})\s*年?|重点|任务|工作|实事|进展|完成|情况|报告|台账|清单|一览|分解|目标"
)
_OFFICE = re.compile(r"(?:局|委|办|办公室|政府|委员会|管委会|中心|集团|公司|办事处|领导小组|指挥部|专班)$")
"""Ends of the line that names the office above a table; 工业强县 and 平安社会 are headings."""
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]\s*")
_LOOSE_FORMATS = ("txt", "md", "csv", "pdf")
"""Formats that draw no grid of their own, so that a row can lose a cell."""
_NO_HINTS = ReadingHints()
_SHEETS = ("xlsx", "xls", "ods")
_PLAIN_SHEET = re.compile(
    r"(?:Sheet|工作表|表|Table)?\s*\d*|.*(?:20\d\d|季度|月|半年|进展|情况|台账|汇总).*", re.IGNORECASE
)
"""Sheet names that say nothing of the tasks in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a document holds."""

    title: str | None
    columns: tuple[tuple[SourceColumn, ...], ...]
    records: tuple[RowRecord, ...]
    placements: tuple[Placement, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _LayoutState:
    document: Document
    decided: Mapping[str, tuple[ColumnRole, str]]
    period: Period | None
    hints: ReadingHints
    several: bool
    """More than one table has a heading of tasks."""
    title: str | None = None
    headings: tuple[SourcePiece, ...] = ()
    groups: tuple[tuple[int, SourcePiece], ...] = ()
    """Open group cells of the last task table."""
    columns: list[tuple[SourceColumn, ...]] = field(default_factory=list)
    last: tuple[Heading | None, int] | None = None
    """Heading and width of the last task table, for one that goes on with it."""
    records: list[RowRecord] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pending: list[SourcePiece] = field(default_factory=list)
    """Paragraphs since the last table: what they are shows when the next table comes, or none."""


def read_layout(
    document: Document,
    decided: Mapping[str, tuple[ColumnRole, str]],
    period: Period | None = None,
    hints: ReadingHints = _NO_HINTS,
) -> Layout:
    """Records of all tables of tasks, in order; everything else accounted for as structural.

    ``period`` picks among several columns of progress or plan that name theirs. ``hints``: what a person said
    of the table. Raises: UsageError for hints that fit nothing.
    """
    hints, doubts = _choose_sheet(document, hints, period)
    document, left_out = narrow_document(document, hints)
    several = _count_task_tables(document) > 1
    state = _LayoutState(document=document, decided=decided, period=period, hints=hints, several=several)
    state.placements += left_out
    state.problems += doubts
    cards = _find_cards(document, state)
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            state.pending.append(paragraph_piece(index, block))
        elif index in cards:
            _read_card(state, cards[index])
        elif block.cells:
            rows = make_rows(index, block)
            rows = rows if state.hints.columns else _turn(state, rows)
            for part in split_rows(rows, state.decided):
                _read_block(state, part, block)
    if not state.records:
        _read_paragraphs(state)
    else:
        _tell_left_out(state)
    _close_paragraphs(state, before_table=False)
    records, labels = split_cells(state.records)
    return Layout(
        title=state.title,
        columns=tuple(state.columns),
        records=records,
        placements=(*state.placements, *labels),
        problems=tuple(state.problems),
    )


def _choose_sheet(
    document: Document, hints: ReadingHints, period: Period | None
) -> tuple[ReadingHints, list[Problem]]:
    """Of sheets that print the same tasks for one month after another the one that ends with the period."""
    sheets = {b.name: b for b in document.blocks if isinstance(b, Table)}
    ends = {name: last_month(name) or 0 for name in sheets}
    if document.format not in _SHEETS or hints.sheet or period is None or len(ends) < 2:
        return hints, []
    if not all(ends.values()) or len(set(ends.values())) < len(ends):
        return hints, []
    chosen = max((n for n in ends if ends[n] <= period.last_month), key=lambda n: ends[n], default="")
    texts = [{c.text for c in table.cells if visible(c.text) >= 6} for table in sheets.values()]
    common = set.intersection(*texts)
    if not chosen or len(common) * 3 < min(map(len, texts)):
        return hints, []
    where = Place(sheet=chosen)
    what = Message("各工作表是同一些任务的不同月份，只读了“{name}”", name=chosen)
    hint = Message("要读别的一张，用 --sheet 指明：{names}", names=tuple(ends))
    return replace(hints, sheet=chosen), [Problem(place=where, what=what, hint=hint, level=Severity.WARNING)]


def _turn(state: _LayoutState, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows with their heading on top, also where the table has it in its first column."""
    forms = (
        (stand_up, Message("表头在第一列，一列是一项任务，转过来读")),
        (split_beside, Message("左右并排两栏任务，先读左栏再读右栏")),
        (lift_titles, Message("每项任务上面一行写任务，下面重复一次表头，合成一行读")),
        (fold_labels, Message("一项任务分几行写，行首写着是什么，合成一行读")),
    )
    for form, what in forms:
        turned = form(rows)
        if turned is not None:
            where, hint = turned[0][0].piece.where, Message("请对照原表核对")
            state.problems.append(Problem(place=where, what=what, hint=hint, level=Severity.WARNING))
            kept = {slot.piece for row in turned for slot in row}
            labels = dict.fromkeys(p for row in rows for p in all_pieces(row) if p not in kept)
            state.placements += [
                Placement(piece=p, field="label", structural=True)
                for p in labels
                if known_role(p.text.strip())
            ]
            return turned
    return rows


def _read_block(state: _LayoutState, rows: tuple[Row, ...], table: Table) -> None:
    width = len(rows[0]) if rows else 0
    said = lay_out_columns(state.hints, rows)
    decided = {**state.decided, **said}
    if state.hints.columns and not said:
        _put_aside(state, rows)
        return
    heading = find_heading(rows, decided)
    goes_on = None
    if (heading is None and state.last is not None and state.last[1] == width) or (
        heading is not None and state.last is not None and _same_heading(heading, state.last[0])
    ):
        goes_on = state.columns[-1]
    if heading is None and goes_on is None and not said and not _may_hold_tasks(rows):
        _put_aside(state, rows)
        return
    _read_caption(state, heading, captioned=state.several or _are_captioned(rows, heading))
    if state.several and state.document.format in _SHEETS and not _PLAIN_SHEET.fullmatch(table.name):
        state.headings = (
            SourcePiece(block=-1, cell=0, start=0, text=table.name, where=Place(sheet=table.name)),
        )
    reading = read_table(
        rows,
        heading,
        columns=goes_on,
        decided=decided,
        period=state.period,
        sections=state.headings,
        groups=state.groups if goes_on else (),
        loose=state.document.format in _LOOSE_FORMATS,
        is_section=lambda where: is_section_row(state.hints, where),
    )
    if not said and (
        not _tells_tasks(reading.records) or not _holds_tasks(reading.columns, by_heading=heading is not None)
    ):
        _put_aside(state, rows)
        return
    if heading is None and goes_on is None and not said:
        _tell_guess(state, reading.columns, rows)
    if goes_on is None:
        state.columns.append(reading.columns)
        state.last = (heading, width)
    _take_in(state, reading, rows, heading)


def _find_cards(document: Document, state: _LayoutState) -> Mapping[int, CardTable]:
    """The tables that are cards, all read together; none where a person named the columns."""
    tables = {
        i: rows
        for i, block in enumerate(document.blocks)
        if isinstance(block, Table) and block.cells and stand_up(rows := make_rows(i, block)) is None
    }
    return {} if state.hints.columns else find_cards(tables, state.decided)


def _read_card(state: _LayoutState, card: CardTable) -> None:
    _close_paragraphs(state, before_table=True)
    reading = read_table(
        card.rows, card.heading, columns=card.columns, decided=state.decided, sections=state.headings
    )
    state.placements += card.labels
    told = {str(p.what) for p in state.problems}
    if card.columns not in state.columns:
        state.columns.append(card.columns)
    problems = [p for p in reading.problems if str(p.what) not in told]
    _take_in(state, replace(reading, problems=tuple(problems)), card.rows, None)


def _take_in(
    state: _LayoutState, reading: TableReading, rows: tuple[Row, ...], heading: Heading | None
) -> None:
    """Put what was read of a table behind what there is; its first title names the document."""
    state.headings, state.groups = reading.sections, reading.groups
    if state.title is None and heading and not state.records:
        above = [squeeze(p.text) for row in rows[: heading.start] for p in all_pieces(row)]
        state.title = next((text for text in above if _is_title(text)), None)
    state.records += reading.records
    state.placements += reading.placements
    state.problems += reading.problems


def _tell_left_out(state: _LayoutState) -> None:
    """A warning for tasks in running text beside the tables: they are not read."""
    paragraphs = [
        paragraph_piece(i, b) for i, b in enumerate(state.document.blocks) if isinstance(b, Paragraph)
    ]
    left = [p for p in paragraphs if make_item(p).names_bodies]
    if len(left) >= 2:
        what = Message("表外还有 {count} 段文字像任务（写着责任单位），没有读进来", count=len(left))
        hint = Message("如果也是任务，请另存成一个文件再读入")
        state.problems.append(Problem(place=left[0].where, what=what, hint=hint, level=Severity.WARNING))


def _are_captioned(rows: tuple[Row, ...], heading: Heading | None) -> bool:
    """Whether the heading is printed again under a line of its own: several tables that were drawn as one."""
    if heading is None:
        return False
    pairs = zip(rows[heading.end :], rows[heading.end + 1 :], strict=False)
    return any(len(own_pieces(row)) == 1 and repeats_heading(below, heading) for row, below in pairs)


def _read_caption(state: _LayoutState, heading: Heading | None, *, captioned: bool) -> None:
    """The line right above a table of tasks is its heading where several such tables follow each other."""
    caption = state.pending.pop() if captioned and state.pending and heading is not None else None
    _close_paragraphs(state, before_table=True)
    if caption is None:
        return
    text = caption.text.strip()
    plain = visible(text) <= 30 and not re.search(r"[。；;：:，,）)]$|\d+月|^[（(]", text)
    if (
        plain
        and not _OFFICE.search(text)
        and not is_furniture(text)
        and not is_note(text)
        and (state.title is not None or not _is_title(text) or heading_level(text))
    ):
        state.headings = nest(state.headings, caption, heading_level(text), fresh=False)
        state.placements.append(Placement(piece=caption, field="section"))
    else:
        state.pending.append(caption)
        _close_paragraphs(state, before_table=True)


def _read_paragraphs(state: _LayoutState) -> None:
    """No table holds tasks: try one cell a line, then running text; glued cells are refused."""
    paragraphs = [
        paragraph_piece(i, b) for i, b in enumerate(state.document.blocks) if isinstance(b, Paragraph)
    ]
    loose = [piece for i, b in enumerate(state.document.blocks) for piece in _pieces(i, b)]
    glued = next((p for p in paragraphs if is_glued_heading(p.text)), None)
    if glued is not None:
        what = Message(
            "表头“{text}”各列粘在一起，单元格之间没有分隔，分不出哪些字属于哪一列",
            text=squeeze(glued.text)[:24],
        )
        hint = Message("请向原单位要 Word、Excel 文件，或从网页另存为 .html 再读入；不要复制成纯文字")
        state.problems.append(Problem(place=glued.where, what=what, hint=hint))
        return
    if not state.hints.columns and _read_label_lines(state, paragraphs):
        return
    table = read_lines(
        loose if state.document.format in ("txt", "md") else paragraphs, state.decided, state.hints
    )
    running = None if table else read_running(paragraphs)
    found = table or running
    if found is None:
        return
    if table:
        state.columns.append(table.columns)
    read = {(p.piece.block, p.piece.cell) for p in found.placements}
    read |= {
        (p.block, p.cell)
        for r in found.records
        for p in (*(f[1] for f in r.fields), *(e[1] for e in r.extras))
    }
    state.placements = [
        p
        for p in state.placements
        if isinstance(state.document.blocks[p.piece.block], Table)
        and (p.piece.block, p.piece.cell) not in read
    ]
    state.title = None
    source = loose if table and state.document.format in ("txt", "md") else paragraphs
    state.pending = [p for p in source[: found.used] if isinstance(state.document.blocks[p.block], Paragraph)]
    _close_paragraphs(state, before_table=True)
    state.records += found.records
    state.placements += found.placements
    state.problems += found.problems


def _read_label_lines(state: _LayoutState, paragraphs: Sequence[SourcePiece]) -> bool:
    """Whether labels stand on lines of their own, above what they say, for three tasks or more; then read."""
    first, rows = label_rows(paragraphs)
    card = find_cards({0: rows}, state.decided).get(0)
    if card is None or len(card.rows) < 4:
        return False
    state.title = None
    state.pending = list(paragraphs[:first])
    _read_card(state, card)
    return True


def _pieces(index: int, block: Paragraph | Table) -> list[SourcePiece]:
    """A paragraph, or the cells of a table in reading order."""
    if isinstance(block, Paragraph):
        return [paragraph_piece(index, block)]
    return [cell_piece(index, i, cell) for i, cell in enumerate(block.cells) if cell.text.strip()]


def _same_heading(one: Heading, other: Heading | None) -> bool:
    return other is not None and [squeeze(t) for t in one.texts] == [squeeze(t) for t in other.texts]


def _count_task_tables(document: Document) -> int:
    headings = (
        find_heading(rows)
        for i, block in enumerate(document.blocks)
        if isinstance(block, Table)
        for rows in split_rows(make_rows(i, block))
    )
    told = [{known_role(t) for t in h.texts if t} for h in headings if h is not None]
    return sum(bool(roles & {R.TASK, R.PLAN}) and len(roles - {None}) > 1 for roles in told)


def _tell_guess(state: _LayoutState, columns: Sequence[SourceColumn], rows: tuple[Row, ...]) -> None:
    words = tuple(Message("第{column}列={name}", column=c.index + 1, name=c.role) for c in columns if c.role)
    where = next((p.where for row in rows for p in all_pieces(row)), NOWHERE)
    what = Message("表没有认得出的表头，各列按内容认定：{columns}", columns=words)
    state.problems.append(
        Problem(
            place=where,
            what=what,
            hint=Message("请核对；认错的列用 --column 指明"),
            level=Severity.WARNING,
        )
    )


def _holds_tasks(columns: Sequence[SourceColumn], *, by_heading: bool) -> bool:
    """Whether columns make a table of tasks: a task, and something that is said of it."""
    roles = {c.role for c in columns}
    if R.TASK not in roles:
        return False
    if by_heading and not any(c.own > 0 for c in columns if c.role is R.TASK):
        return False
    if by_heading:
        return len(roles - {None, R.TASK, R.NUMBER, R.GROUP, R.REMARKS}) >= 1
    return R.NUMBER in roles and bool(roles & {R.DEPARTMENT, R.LEAD, R.PROGRESS})


def _tells_tasks(records: Sequence[RowRecord]) -> bool:
    """Whether there are tasks, and most of them in words: a matrix of figures has none."""
    words = sum(not all(is_figure(p.text) for p in record.pieces(R.TASK)) for record in records)
    return bool(records) and words * 2 >= len(records)


def _may_hold_tasks(rows: tuple[Row, ...]) -> bool:
    """Whether a table without a heading can be tasks: three columns or more, and prose in it."""
    width = len(rows[0]) if rows else 0
    longest = max((visible(p.text) for row in rows for p in all_pieces(row)), default=0)
    return width >= 3 and longest >= 12 and len(rows) >= 2


def _put_aside(state: _LayoutState, rows: tuple[Row, ...]) -> None:
    """A table that holds no tasks: metadata above, an annex, a signature block."""
    _close_paragraphs(state, before_table=True)
    pieces = list(dict.fromkeys(p for row in rows for p in all_pieces(row)))
    kind = "metadata" if not state.records else "annex"
    state.placements += [Placement(piece=p, field=kind, structural=True) for p in pieces]
    if sum(visible(p.text) for p in pieces) > (30 if state.records else 60):
        start = squeeze(pieces[0].text)[:16]
        state.problems.append(
            Problem(
                place=pieces[0].where,
                what=Message("以“{start}”开头的表没有任务列，没有读成任务", start=start),
                hint=Message("如果它也是任务表，用 --column 指明哪一列是任务"),
                level=Severity.WARNING,
            )
        )


def _close_paragraphs(state: _LayoutState, *, before_table: bool) -> None:
    """Give every paragraph gathered so far its place: title, heading of what comes, note or furniture."""
    pending, state.pending = state.pending, []
    for piece in pending:
        text = _BOOKMARK.sub("", piece.text).strip()
        if text != piece.text.strip():
            cut = piece.text.rindex(text) if text else len(piece.text)
            state.placements.append(Placement(piece=piece.cut(0, cut), field="furniture", structural=True))
            piece = piece.cut(cut)
        if not text:
            continue
        _place_paragraph(state, piece, before_table=before_table)


def _is_title(text: str) -> bool:
    return _TITLE.search(text) is not None and visible(text) <= 80 and not re.search(r"[。；;：:，,]$", text)


def _place_paragraph(state: _LayoutState, piece: SourcePiece, *, before_table: bool) -> None:
    text = piece.text.strip()
    kind = "note"
    if is_furniture(text):
        kind = "furniture"
    elif is_note(text):
        kind = "note"
    elif (
        before_table and heading_level(text) in (1, 2) and visible(text) <= 60 and not text.startswith("附件")
    ):
        state.headings = nest(state.headings, piece, heading_level(text), fresh=True)
        state.placements.append(Placement(piece=piece, field="section"))
        return
    elif before_table and not state.records and state.title is None and _is_title(text):
        state.title = squeeze(text)
        kind = "title"
    state.placements.append(Placement(piece=piece, field=kind, structural=True))
