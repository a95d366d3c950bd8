"""A table as rows of slots: what stands in each position, merged cells included, and where its heading is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from generator.ingest.layout.heading_roles import ColumnRole, heading_role, normal_heading
from generator.ingest.layout.source_pieces import SourcePiece, cell_piece, squeeze
from generator.sources.document.document import Table

_HEADING_ROWS = 12
"""The heading stands within the first rows; what is above it is title or metadata."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One position of the table."""

    piece: SourcePiece
    handed_down: bool = False
    """The cell starts in a row above (merged downwards)."""
    spread: bool = False
    """The cell starts in a column to the left (merged sideways)."""

    @property
    def own(self) -> bool:
        """Whether the cell starts here."""
        return not (self.handed_down or self.spread)


Row = tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading rows of a table."""

    start: int
    end: int
    """Index behind the last heading row."""
    texts: tuple[str, ...]
    """Heading of each column, upper line first, a line break between two lines."""


def make_rows(block: int, table: Table) -> tuple[Row, ...]:
    """Rows × columns of slots."""
    places: dict[tuple[int, int], Slot] = {}
    for index, cell in enumerate(table.cells):
        piece = cell_piece(block, index, cell)
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                slot = Slot(piece=piece, handed_down=row > cell.row, spread=column > cell.column)
                places.setdefault((row, column), slot)
    empty = Slot(piece=SourcePiece(block=block, cell=-1, start=0, text="", where=""))
    return tuple(
        tuple(places.get((row, column), empty) for column in range(table.columns))
        for row in range(table.rows)
    )


def own_pieces(row: Row) -> tuple[SourcePiece, ...]:
    """Cells with text that start in this row, left to right."""
    return tuple(slot.piece for slot in row if slot.own and slot.piece.text.strip())


def all_pieces(row: Row) -> tuple[SourcePiece, ...]:
    """Cells with text that reach into this row, each once, left to right."""
    found: list[SourcePiece] = []
    for slot in row:
        if slot.piece.text.strip() and slot.piece not in found:
            found.append(slot.piece)
    return tuple(found)


def find_heading(rows: Sequence[Row], decided: Collection[str] = ()) -> Heading | None:
    """The heading rows: the first row of which most cells, and at least two, are known headings; and what
    belongs to it: merged cells' lower rows and a second line of headings. None when there is none.

    ``decided``: headings (or 1-based column numbers) that a person gave a role; with numbers alone, the first
    row of short, different cells is the heading.
    """
    for index, row in enumerate(rows[:_HEADING_ROWS]):
        if _is_heading(row, decided):
            end = _heading_end(rows, index)
            return Heading(start=index, end=end, texts=_heading_texts(rows[index:end]))
    if any(key.isdigit() for key in decided):
        for index, row in enumerate(rows[:3]):
            texts = [squeeze(piece.text) for piece in all_pieces(row)]
            if len(texts) >= 3 and len(set(texts)) == len(texts) and max(map(len, texts)) <= 16:
                return Heading(start=index, end=index + 1, texts=_heading_texts(rows[index : index + 1]))
    return None


def stand_up(rows: tuple[Row, ...]) -> tuple[Row, ...] | None:
    """Rows of a table whose headings stand in the first column, a task a column, turned; None for others."""
    if len(rows) < 3 or len(rows[0]) < 3:
        return None
    heads = [row[0].piece for row in rows]
    roles = [heading_role(piece.text) for piece in heads]
    body = {slot.piece for row in rows for slot in row[1:] if slot.piece.text.strip()}
    about = {ColumnRole.DEPARTMENT, ColumnRole.LEAD, ColumnRole.PROGRESS} & set(roles)
    if None in roles or len(set(roles)) < len(roles) or ColumnRole.TASK not in roles or not about:
        return None
    task = rows[roles.index(ColumnRole.TASK)]
    apart = len({slot.piece for slot in task[1:]}) == len(task) - 1
    if not apart or any(_known(piece) for piece in body) or body & set(heads):
        return None
    return tuple(
        tuple(
            Slot(piece=row[column].piece, handed_down=row[column].spread, spread=row[column].handed_down)
            for row in rows
        )
        for column in range(len(rows[0]))
    )


def split_rows(rows: tuple[Row, ...], decided: Collection[str] = ()) -> tuple[tuple[Row, ...], ...]:
    """Rows of the tables that one grid holds: a new one begins where other headings are printed further down.

    Rows with a single cell right above those headings belong to them.
    """
    first = find_heading(rows, decided)
    if first is None:
        return (rows,)
    cuts = [0]
    for index in range(first.end, len(rows)):
        if _opens_table(rows[index], decided) and not repeats_heading(rows[index], first):
            start = index
            while start > cuts[-1] + 1 and len({squeeze(p.text) for p in all_pieces(rows[start - 1])}) <= 1:
                start -= 1
            cuts.append(start)
            first = Heading(start=index, end=index + 1, texts=_heading_texts(rows[index : index + 1]))
    return tuple(rows[a:b] for a, b in zip(cuts, [*cuts[1:], len(rows)], strict=True))


def _opens_table(row: Row, decided: Collection[str]) -> bool:
    """Whether a row below the heading is one itself: nearly all of its cells are, a task among them."""
    pieces = all_pieces(row)
    if len(pieces) < 3 or len({squeeze(p.text) for p in pieces}) < len(pieces):
        return False
    roles = [heading_role(piece.text) for piece in pieces]
    about = {ColumnRole.DEPARTMENT, ColumnRole.LEAD, ColumnRole.PROGRESS}
    said = {ColumnRole.TASK, ColumnRole.GROUP} & set(roles) and about & set(roles)
    return bool(said) and sum(r is None for r in roles) <= 1 and _is_heading(row, decided)


def _known(piece: SourcePiece) -> bool:
    return heading_role(piece.text) is not None


def _is_heading(row: Row, decided: Collection[str]) -> bool:
    pieces = all_pieces(row)
    said = [normal_heading(piece.text) for piece in pieces if normal_heading(piece.text) in decided]
    roles = {str(r) for piece in pieces if (r := heading_role(piece.text))} | set(said)
    named = sum(_known(piece) or normal_heading(piece.text) in said for piece in pieces)
    longest = max((len(squeeze(piece.text)) for piece in pieces), default=0)
    return len(roles) >= 2 and named * 2 >= len(pieces) and longest <= 60


def _heading_end(rows: Sequence[Row], start: int) -> int:
    """Index behind the last heading row."""
    end = start + 1
    while end < len(rows) and end < start + 4:
        row = rows[end]
        merged = any(slot.handed_down and slot.piece.text.strip() for slot in row)
        own = own_pieces(row)
        short = all(len(squeeze(piece.text)) <= 14 for piece in own)
        same_down = merged and _reaches_heading(row, rows[start:end])
        named = bool(own) and all(_known(piece) for piece in own) and len({p.text for p in own}) == len(own)
        repeats = {squeeze(p.text) for p in own} <= {squeeze(p.text) for p in all_pieces(rows[start])}
        if not own or (same_down and short) or (named and not repeats and _sits_below(row, rows[end - 1])):
            end += 1
            continue
        break
    while end > start + 1 and not own_pieces(rows[end - 1]):
        end -= 1
    return end


def _reaches_heading(row: Row, heading: Sequence[Row]) -> bool:
    above = {slot.piece for line in heading for slot in line}
    return any(slot.handed_down and slot.piece in above for slot in row)


def _sits_below(row: Row, above: Row) -> bool:
    """Whether a second heading line without merged cells fits: its first column is empty or it stands below
    spread or equal cells."""
    first = row[0].piece.text.strip()
    return not first or heading_role(first) is not ColumnRole.NUMBER or not above[0].piece.text.strip()


def _heading_texts(rows: Sequence[Row]) -> tuple[str, ...]:
    texts = []
    for column in range(len(rows[0])):
        lines: list[str] = []
        for row in rows:
            slot = row[column]
            text = slot.piece.text.strip()
            if text and (not lines or lines[-1] != text):
                lines.append(text)
        texts.append("\n".join(lines))
    return tuple(texts)


def repeats_heading(row: Row, heading: Heading | None) -> bool:
    """Whether a row prints the heading again (a page break)."""
    pieces = all_pieces(row)
    if heading is None or not pieces:
        return False
    known = {normal_heading(line) for text in heading.texts for line in text.split("\n") if line}
    known |= {normal_heading(text) for text in heading.texts if text}
    return all(normal_heading(piece.text) in known for piece in pieces) and len(pieces) >= 2
