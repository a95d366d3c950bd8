"""A table as rows of slots: what stands in each position, merged cells included, and where its heading is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from generator.base.places import NOWHERE
from generator.ingest.layout.department_names import share_of_bodies
from generator.ingest.layout.heading_likeness import heading_evidence, known_role
from generator.ingest.layout.heading_roles import ColumnRole, heading_role, normal_heading
from generator.ingest.layout.row_numbers import is_number
from generator.ingest.layout.source_pieces import SourcePiece, cell_piece, squeeze, visible
from generator.sources.document import Table

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
    pieces: tuple[SourcePiece | None, ...] = ()
    """Lowest cell of the heading of each column; None where there is none."""


def make_rows(block: int, table: Table) -> tuple[Row, ...]:
    """Rows × columns of slots."""
    places: dict[tuple[int, int], Slot] = {}
    for index, cell in enumerate(table.cells):
        piece = cell_piece(block, index, cell)
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                slot = Slot(piece=piece, handed_down=row > cell.row, spread=column > cell.column)
                places.setdefault((row, column), slot)
    empty = Slot(piece=SourcePiece(block=block, cell=-1, start=0, text="", where=NOWHERE))
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
    """The heading rows: of the first rows the one whose cells read most like headings, and what belongs to it
    (merged cells' lower rows, a second line of headings). None when there is none.

    ``decided``: headings (or 1-based column numbers) that a person gave a role; with numbers alone, the first
    row of short, different cells is the heading.
    """
    scores = [(_heading_score(row, decided), -index) for index, row in enumerate(rows[:_HEADING_ROWS])]
    best = max(scores, default=(0.0, 0))[0]
    if best <= 0 and (contrast := _by_contrast(rows)) is not None:
        return contrast
    if best > 0:
        start = next(i for i, (score, _) in enumerate(scores) if score >= best - 0.1)
        while start and any(slot.handed_down and slot.piece.text.strip() for slot in rows[start]):
            start -= 1
        end = _heading_end(rows, start)
        if end < len(rows) and (below := _pushed_left(rows[end - 1], rows[end])):
            upper = _heading_texts(rows[start:end])
            lower = ("\n".join(filter(None, pair)) for pair in zip(upper, below, strict=True))
            return Heading(
                start=start, end=end + 1, texts=tuple(lower), pieces=_lowest(rows[start : end + 1])
            )
        return Heading(
            start=start, end=end, texts=_heading_texts(rows[start:end]), pieces=_lowest(rows[start:end])
        )
    if any(key.isdigit() for key in decided):
        for index, row in enumerate(rows[:3]):
            texts = [squeeze(piece.text) for piece in all_pieces(row)]
            if len(texts) >= 3 and len(set(texts)) == len(texts) and max(map(len, texts)) <= 16:
                return Heading(start=index, end=index + 1, texts=_heading_texts(rows[index : index + 1]))
    return None


def _by_contrast(rows: Sequence[Row]) -> Heading | None:
    """A heading of words that nobody knows: short, all different, unlike the rows below."""
    for index, row in enumerate(rows[:4]):
        texts = [squeeze(slot.piece.text) for slot in row]
        body = [r for r in rows[index + 1 : index + 13] if len(all_pieces(r)) > 1]
        if len(body) < 3 or len(set(texts)) < max(len(row), 3) or max(map(len, texts)) > 10 or not all(texts):
            continue
        if any(map(is_number, texts)):
            continue
        counted = any(
            sum(is_number(r[c].piece.text) for r in body) >= 0.8 * len(body) for c in range(len(row))
        )
        lengths = [[visible(r[c].piece.text) for r in body] for c in range(len(row))]
        longer = sum(
            sorted(column)[len(column) // 2] > 1.5 * len(texts[c]) for c, column in enumerate(lengths)
        )
        if (counted or _names_bodies(row, body)) and longer * 2 >= len(row):
            end = index + 1
            return Heading(
                start=index, end=end, texts=_heading_texts(rows[index:end]), pieces=_lowest(rows[index:end])
            )
    return None


def _names_bodies(row: Row, body: Sequence[Row]) -> bool:
    """Whether one column names bodies in nearly every row, and the cell above it none."""
    return any(
        share_of_bodies(row[c].piece.text) < 0.5
        and sum(share_of_bodies(r[c].piece.text) >= 0.6 for r in body) >= 0.8 * len(body)
        for c in range(len(row))
    )


def _pushed_left(row: Row, below: Row) -> tuple[str, ...] | None:
    """Texts of a second line of headings that lost the cells to its left, under the last heading; else None.

    序号 | 任务 | 进展情况 |  over  一季度进展 | 二季度进展 |  |: the two stand below 进展情况.
    """
    texts = [slot.piece.text.strip() for slot in below]
    count = sum(map(bool, texts))
    last = max((i for i, slot in enumerate(row) if slot.piece.text.strip()), default=0)
    packed = count >= 2 and all(texts[:count]) and last + count <= len(row) and last >= count
    if not packed or any(map(is_number, texts[:count])) or len(set(texts[:count])) < count:
        return None
    if (
        any(visible(t) > 14 or known_role(t) is None for t in texts[:count])
        or known_role(texts[0]) is ColumnRole.NUMBER
    ):
        return None
    return tuple(texts[i - last] if last <= i < last + count else "" for i in range(len(row)))


def _heading_score(row: Row, decided: Collection[str]) -> float:
    """How much a row reads like headings (0-2); 0 for a row that is none."""
    pieces = all_pieces(row)
    texts = [squeeze(piece.text) for piece in pieces]
    if len(set(texts)) < 2 or max(map(len, texts)) > 60:
        return 0.0
    said = [_said(piece, decided) for piece in pieces]
    roles = {role for role, share in said if share >= 0.4}
    named = sum(share >= 0.4 for _, share in said)
    numbers = sum(is_number(text) and text not in "序号" for text in texts)
    if len(roles) < 2 or named * 2 < len(pieces) or numbers > 1 or (numbers and named < 3):
        return 0.0
    return sum(share for _, share in said) / len(pieces) + min(len(roles), 6) / 6 - numbers


def _said(piece: SourcePiece, decided: Collection[str]) -> tuple[str, float]:
    """What a cell names as a heading, and how surely (0-1)."""
    if normal_heading(piece.text) in decided:
        return normal_heading(piece.text), 1.0
    evidence = heading_evidence(piece.text.strip())
    office = share_of_bodies(piece.text) >= 0.9 and known_role(piece.text.strip()) is None
    if not evidence or office:
        return "", 0.0
    role = max(evidence, key=lambda r: (evidence[r], str(r)))
    return str(role), evidence[role]


def stand_up(rows: tuple[Row, ...]) -> tuple[Row, ...] | None:
    """Rows of a table whose headings stand in the first column, a task a column, turned; None for others."""
    above = next((i for i, row in enumerate(rows) if len(all_pieces(row)) > 1), 0)
    if above:
        turned = stand_up(rows[above:])
        if turned is None:
            return None
        blank = Slot(piece=replace(rows[0][0].piece, cell=-1, start=0, text="", bold=()))
        titles = (rows[i][0] for i in range(above))
        return (*((title, *[blank] * (len(turned[0]) - 1)) for title in titles), *turned)
    if len(rows) < 3 or len(rows[0]) < 3:
        return None
    heads = [row[0].piece for row in rows]
    roles = [heading_role(piece.text) for piece in heads]
    body = {slot.piece for row in rows for slot in row[1:] if slot.piece.text.strip()}
    about = {ColumnRole.DEPARTMENT, ColumnRole.LEAD, ColumnRole.PROGRESS} & set(roles)
    named = next((role for role in (ColumnRole.TASK, ColumnRole.GROUP) if role in roles), None)
    if None in roles or len(set(roles)) < len(roles) or named is None or not about:
        return None
    task = rows[roles.index(named)]
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
    return bool(said) and sum(r is None for r in roles) <= 1 and _heading_score(row, decided) > 0


def _known(piece: SourcePiece) -> bool:
    return heading_role(piece.text) is not None


def _heading_end(rows: Sequence[Row], start: int) -> int:
    """Index behind the last heading row: rows belong to it that stand below merged or spread cells."""
    end = start + 1
    while (
        end < len(rows) and end < start + 4 and (not own_pieces(rows[end]) or _sits_below(rows, start, end))
    ):
        end += 1
    while end > start + 1 and not own_pieces(rows[end - 1]):
        end -= 1
    return end


def _sits_below(rows: Sequence[Row], start: int, index: int) -> bool:
    """Whether a row is a further line of the heading above it.

    Its cells are short, no numbers, and stand where the line above spreads one heading over several columns
    or leaves a gap; cells that reach down from the heading are enough, else they read like headings.
    """
    row, above = rows[index], rows[index - 1]
    own = own_pieces(row)
    texts = [squeeze(piece.text) for piece in own]
    whole = len(all_pieces(row)) == 1 and len(row) > 1 and row[0].own and row[0].piece.text.strip()
    if whole or max(map(len, texts)) > 20 or any(is_number(text) for text in texts):
        return False
    heads = {slot.piece for line in rows[start:index] for slot in line if slot.piece.text.strip()}
    merged = any(slot.handed_down and slot.piece in heads for slot in row)
    if set(texts) <= {squeeze(p.text) for p in all_pieces(rows[start])}:
        return merged
    if merged:
        return True
    spread = {above[i].piece for i in range(1, len(above)) if above[i].spread}
    fits = [
        not slot.piece.text.strip() or not above[i].piece.text.strip() or above[i].piece in spread
        for i, slot in enumerate(row)
    ]
    equal = {squeeze(p.text) for p in all_pieces(above)}
    twice = [sum(squeeze(s.piece.text) == text for s in above) > 1 for text in equal]
    said = [known_role(piece.text.strip()) is not None for piece in own]
    return (
        all(said)
        and len(set(texts)) == len(texts)
        and (all(fits) or any(twice) or not row[0].piece.text.strip())
    )


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


def _lowest(rows: Sequence[Row]) -> tuple[SourcePiece | None, ...]:
    """Lowest cell with text of each column."""
    columns = range(len(rows[0]))
    texts = [[row[c].piece for row in rows if row[c].piece.text.strip()] for c in columns]
    return tuple(pieces[-1] if pieces else None for pieces in texts)


def repeats_heading(row: Row, heading: Heading | None) -> bool:
    """Whether a row prints the heading again (a page break)."""
    pieces = all_pieces(row)
    if heading is None or not pieces:
        return False
    known = {normal_heading(line) for text in heading.texts for line in text.split("\n") if line}
    known |= {normal_heading(text) for text in heading.texts if text}
    return all(normal_heading(piece.text) in known for piece in pieces) and len(pieces) >= 2
