"""What a person says of a table: which one, which rows, which columns. A hint only takes candidates away."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from generator.base.errors import Problem, UsageError
from generator.base.messages import Message
from generator.base.places import Place
from generator.content import ReadingHints
from generator.ingest.layout.column_roles import column_contents, make_columns, score_roles
from generator.ingest.layout.heading_likeness import known_role
from generator.ingest.layout.heading_roles import ROLE_WORDS, ColumnRole, normal_heading
from generator.ingest.layout.row_numbers import is_number
from generator.ingest.layout.row_records import Placement
from generator.ingest.layout.slot_grid import Row, all_pieces, find_heading, make_rows
from generator.ingest.layout.source_pieces import SourcePiece, cell_piece, paragraph_piece, squeeze, visible
from generator.sources.document import Block, Cell, Document, Paragraph, Table

R = ColumnRole
_WORDS = {str(message): role for role, message in ROLE_WORDS.items()} | {"-": R.IGNORE, "备注": R.REMARKS}
_RANGE = re.compile(r"(\d{1,6})(?:\s*[-–—~至]\s*(\d{1,6}))?")
_WIDEST = 16
"""Columns of a table among which fewer roles are laid out; a wider one takes them from the left."""
_HEAD = 12
"""Rows among which a heading stands."""


def parse_role(text: str) -> ColumnRole | None:
    """``progress``, ``进展`` or ``推进情况`` → progress; ``-`` → ignore; None for what names no role."""
    word = text.strip()
    if word in set(ColumnRole):
        return ColumnRole(word)
    return _WORDS.get(word) or known_role(word)


def parse_range(text: str) -> tuple[int, int] | None:
    """``5-40`` → (5, 40), ``7`` → (7, 7); None for anything else."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return (first, last) if 0 < first <= last else None


def make_hints(
    *,
    columns: str = "",
    table: int | None = None,
    sheet: str | None = None,
    rows: str = "",
    section_rows: str = "",
    lead: str = "",
) -> ReadingHints:
    """Options of the command line → hints: ``columns="序号,任务,-"``, ``section_rows="3,9-11"``.

    Raises: UsageError.
    """
    roles = [part for part in re.split(r"[,，、]", columns) if part.strip()]
    parsed = [parse_role(part) for part in roles]
    wrong = next((part for part, role in zip(roles, parsed, strict=True) if role is None), None)
    if wrong is not None or (roles and R.TASK not in parsed):
        words = tuple(message for role, message in ROLE_WORDS.items() if role is not R.IGNORE)
        what = (
            Message("没有“{word}”这种列", word=wrong)
            if wrong is not None
            else Message("“{text}”里没有任务列", text=columns)
        )
        raise _wrong("--columns", what, Message("可以写：{options}；不读的列写 -", options=words))
    sections = [part for part in re.split(r"[,，、]", section_rows) if part.strip()]
    for name, text in (("--rows", rows), *(("--section-rows", part) for part in sections)):
        if text.strip() and parse_range(text) is None:
            raise _wrong(name, Message("“{text}”看不懂", text=text), Message("写成 5-40 或 7"))
    return ReadingHints(
        columns=tuple(map(str, parsed)),
        table=table,
        sheet=sheet,
        rows=rows.strip() or None,
        section_rows=tuple(map(str.strip, sections)),
        lead_first=lead == "first",
    )


def _wrong(name: str, what: Message, hint: Message) -> UsageError:
    return UsageError(Problem(place=Place(file=name), what=what, hint=hint))


def is_section_row(hints: ReadingHints, where: Place) -> bool:
    """Whether a person said that the row at this place is a heading."""
    ranges = (parse_range(text) for text in hints.section_rows)
    return any(r is not None and r[0] <= _row_of(where) <= r[1] for r in ranges)


def _row_of(where: Place) -> int:
    """Number of a row as messages print it: of the sheet, of the table, else the line."""
    return where.row or where.line


def narrow_document(document: Document, hints: ReadingHints) -> tuple[Document, tuple[Placement, ...]]:
    """The document without what the hints leave out, and where that went; its other pieces keep their places.

    Raises: UsageError for a table, a sheet or rows that are not there.
    """
    tables = [i for i, block in enumerate(document.blocks) if isinstance(block, Table)]
    if hints.table is not None and hints.table > len(tables):
        what = Message("文件里只有 {count} 张表", count=len(tables))
        raise _wrong("--table", what, Message("表按先后数，从 1 数起"))
    names = tuple(dict.fromkeys(b.name for b in document.blocks if isinstance(b, Table) and b.name))
    if hints.sheet and hints.sheet not in names:
        what = Message("没有名叫“{name}”的工作表", name=hints.sheet)
        raise _wrong("--sheet", what, Message("文件里有：{names}", names=names))
    chosen = tables[hints.table - 1] if hints.table else None
    blocks: list[Block] = []
    left_out: list[Placement] = []
    for index, block in enumerate(document.blocks):
        kept, dropped = _narrow_block(index, block, hints, whole=chosen in (None, index))
        blocks.append(kept)
        left_out += dropped
    wanted = parse_range(hints.rows) if hints.rows else None
    if wanted and not any(wanted[0] <= line <= wanted[1] for line in _numbered(document)):
        raise _wrong(
            "--rows", Message("第 {rows} 行没有文字", rows=hints.rows), Message("行号照提示里印的写")
        )
    return replace(document, blocks=tuple(blocks)), tuple(left_out)


def _numbered(document: Document) -> Iterator[int]:
    """Numbers of all rows and lines with text."""
    for block in document.blocks:
        for part in [block] if isinstance(block, Paragraph) else block.cells:
            if part.text.strip():
                yield _row_of(part.where)


def _narrow_block(
    index: int, block: Block, hints: ReadingHints, *, whole: bool
) -> tuple[Block, list[Placement]]:
    """A block without what is left out. ``whole``: no other table was chosen."""
    wanted = parse_range(hints.rows) if hints.rows else None
    if isinstance(block, Paragraph):
        line = _row_of(block.where)
        if wanted is None or not line or wanted[0] <= line <= wanted[1] or not block.text.strip():
            return block, []
        return replace(block, text="", bold=()), [_ignored(paragraph_piece(index, block))]
    if not whole or (hints.sheet and block.name != hints.sheet):
        dropped = [_ignored(cell_piece(index, i, c)) for i, c in enumerate(block.cells) if c.text.strip()]
        return Table(cells=(), rows=0, columns=0, name=block.name), dropped
    if wanted is None:
        return block, []
    rows = make_rows(index, block)
    heading = find_heading(rows)
    cells: list[Cell] = []
    dropped = []
    for place, cell in enumerate(block.cells):
        above = heading is not None and cell.row < heading.end
        if above or not cell.text.strip() or wanted[0] <= _row_of(cell.where) <= wanted[1]:
            cells.append(cell)
            continue
        cells.append(replace(cell, text="", bold=()))
        dropped.append(_ignored(cell_piece(index, place, cell)))
    return replace(block, cells=tuple(cells)), dropped


def _ignored(piece: SourcePiece) -> Placement:
    return Placement(piece=piece, field="ignored", structural=True)


def lay_out_columns(hints: ReadingHints, rows: Sequence[Row]) -> dict[str, tuple[ColumnRole, str]]:
    """1-based column → role and who says so; empty where the table has fewer columns than were named.

    As many columns as roles: one by one. More columns: in order, over those that fit best; the others are
    kept with the remarks.
    """
    roles = [ColumnRole(text) for text in hints.columns]
    heading = find_heading(rows)
    full = [row for row in rows[heading.start if heading else 0 :] if len(all_pieces(row)) > 1]
    body = [row for row in rows[heading.end :] if len(all_pieces(row)) > 1] if heading else full[1:] or full
    contents = column_contents(body)
    filled = [i for i, content in enumerate(contents) if content.texts]
    if not roles or len(filled) < len(roles):
        return {}
    heads = [slot.piece.text.strip() if visible(slot.piece.text) <= 16 else "" for slot in full[0]]
    places: tuple[int, ...] = tuple(filled[: len(roles)])
    if len(roles) < len(filled) <= _WIDEST:
        fits = {i: score_roles(i, heads[i], contents[i], branch=len(R)) for i in filled}
        places = max(
            combinations(filled, len(roles)),
            key=lambda chosen: sum(fits[i].get(r, 0.0) for i, r in zip(chosen, roles, strict=True)),
        )
    given = dict(zip(places, roles, strict=True))
    return {str(i + 1): (given.get(i, R.REMARKS), "option") for i in filled}


def name_layout(document: Document, hints: ReadingHints, decided: Collection[str]) -> str:
    """By what a layout is known again: the words of its heading, or its width (6列) where it has none."""
    for index, block in enumerate(narrow_document(document, hints)[0].blocks):
        if isinstance(block, Paragraph) or block.columns < 2:
            continue
        rows = make_rows(index, block)
        heading = find_heading(rows, decided)
        full = next((row for row in rows if len(all_pieces(row)) > 1), None)
        if heading is not None:
            return _print_heading(rows[heading.start])
        if full is not None and all(
            visible(p.text) <= 16 and not is_number(p.text) for p in all_pieces(full)
        ):
            return _print_heading(full)
        return f"{block.columns}列"
    return ""


def _layout_names(document: Document) -> frozenset[str]:
    """Every name that ``name_layout`` could have given to a layout in this document."""
    tables = [(i, b) for i, b in enumerate(document.blocks) if isinstance(b, Table) and b.columns > 1]
    rows = (row for i, b in tables for row in make_rows(i, b)[:_HEAD] if len(all_pieces(row)) > 1)
    return frozenset({*map(_print_heading, rows), *(f"{b.columns}列" for _, b in tables)} or {""})


def _print_heading(row: Row) -> str:
    return "｜".join(normal_heading(piece.text) for piece in all_pieces(row))


def pick_hints(document: Document, name: str, kept: Sequence[ReadingHints]) -> ReadingHints | None:
    """Of the hints kept for a district those that hold for this file: its own, or those of its layout."""
    own = (hints for hints in kept if hints.source and name.endswith(f"/{hints.source}"))
    found = next(own, None)
    if found is not None or not kept:
        return found
    names = _layout_names(document)
    like = next((hints for hints in reversed(kept) if hints.heading in names), None)
    return replace(like, rows=None, section_rows=()) if like else None


def suggest_columns(document: Document) -> Iterator[Message]:
    """The hint that would help to read the widest table, with its own words; of lines the first three."""
    tables = [
        make_rows(i, b) for i, b in enumerate(document.blocks) if isinstance(b, Table) and b.columns >= 3
    ]
    rows = max(tables, key=lambda rows: sum(visible(p.text) for r in rows for p in all_pieces(r)), default=())
    head = next((row for row in rows[:_HEAD] if len(all_pieces(row)) >= 3), None)
    if head is None:
        lines = [b.text for b in document.blocks if isinstance(b, Paragraph) and b.text.strip()]
        if len(lines) >= 3:
            yield Message(
                "文件里一行一行写着{words}……；如果每行是一格，按顺序写 --columns，如 --columns "
                "序号,任务,单位,进展（没有的列不写），用 --rows 指明从哪行到哪行",
                words=tuple(f"“{squeeze(line)[:12]}”" for line in lines[:3]),
            )
        return
    body = [row for row in rows[rows.index(head) + 1 :] if len(all_pieces(row)) > 1] or [head]
    columns = make_columns(None, body, decided={})
    yield Message(
        "最大的一张表写着{words}；照它的列序写 --columns，如 --columns {columns}（不读的列写 -），"
        "或用 --table、--sheet、--rows 指明哪张表、哪些行",
        words=tuple(f"“{squeeze(piece.text)[:12]}”" for piece in all_pieces(head)),
        columns=",".join(
            str(ROLE_WORDS[c.role]) if c.role not in (None, R.REMARKS) else "-" for c in columns
        ),
    )
