"""Tasks as cards: labels beside what they say, brought into the form of a table with a row a card.

A label is a heading that the rules know, or a short text that card after card prints again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.ingest.layout.cell_features import is_deadline, is_percentage, is_status_word
from generator.ingest.layout.column_content import SourceColumn
from generator.ingest.layout.column_roles import make_columns
from generator.ingest.layout.department_names import share_of_bodies
from generator.ingest.layout.heading_roles import ColumnRole, heading_role, normal_heading
from generator.ingest.layout.row_records import Placement
from generator.ingest.layout.slot_grid import Heading, Row, Slot, own_pieces
from generator.ingest.layout.source_pieces import SourcePiece, visible

R = ColumnRole
Card = tuple[tuple[str, SourcePiece | None, tuple[SourcePiece, ...]], ...]
"""Name, label and values of every pair; name and label of a title are empty."""
_NUMBERED = re.compile(r"(?<=.)[一二三四五六七八九十\d]{1,3}$")
_ABOUT = {R.DEPARTMENT, R.LEAD, R.JOINT, R.PROGRESS, R.NEXT_STEPS, R.STATUS, R.DEADLINE}
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_LONGEST = 16
_MOST_PIECES = 4
_LEAST_CARDS = 3
"""Cards that print a label before it counts as one that no rule knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTable:
    """One block of cards as a table of its own."""

    rows: tuple[Row, ...]
    """A row of labels, then a row a card."""
    heading: Heading
    columns: tuple[SourceColumn, ...]
    """Decided over the cards of all blocks together."""
    labels: tuple[Placement, ...]
    """Labels that are printed again."""


def find_cards(
    tables: Mapping[int, Sequence[Row]], decided: Mapping[str, tuple[ColumnRole, str]]
) -> Mapping[int, CardTable]:
    """Block → its cards, of the blocks that are nothing but cards."""
    printed = Counter(name for rows in tables.values() for name in {*_names(rows)})
    often = {n for n, count in printed.items() if count >= max(_LEAST_CARDS, 0.8 * len(tables))}
    if len(tables) == 1:
        names_of = Counter(name for rows in tables.values() for name in _names(rows))
        often = {n for n, count in names_of.items() if count >= _LEAST_CARDS}
    found = {block: cards for block, rows in tables.items() if (cards := _split(rows, often, decided))}
    names = tuple(dict.fromkeys(name for cards in found.values() for card in cards for name, _, _ in card))
    width = {
        name: max(len(v) for cards in found.values() for c in cards for n, _, v in c if n == name) or 1
        for name in names
    }
    laid = {block: tuple(_lay_out(card, width) for card in cards) for block, cards in found.items()}
    if not laid:
        return {}
    heads = {n: label.text for cards in found.values() for c in cards for n, label, _ in c if label}
    heads |= {n: n for n, text in heads.items() if _plain(text) != normal_heading(text)}
    texts = tuple(heads.get(n, "") for n in names for _ in range(width[n]))
    body = [row for rows in laid.values() for row in rows]
    heading = Heading(start=0, end=1, texts=texts, pieces=tuple([None] * len(texts)))
    columns = make_columns(heading, body, decided=decided)
    roles = {c.role for c in columns}
    if not roles & {R.TASK, R.GROUP} or len(roles & _ABOUT) < 2:
        return {}
    if R.TASK not in roles:
        columns = tuple(replace(c, role=R.TASK) if c.role is R.GROUP else c for c in columns)
    return {
        block: CardTable(
            rows=(_heading_row(found[block], names, width), *laid[block]),
            heading=heading,
            columns=columns,
            labels=_again(found[block]),
        )
        for block in laid
    }


def label_rows(lines: Sequence[SourcePiece]) -> tuple[int, tuple[Row, ...]]:
    """Index of the first label, and lines from there as rows: a label and the lines below it."""
    often = Counter(_plain(line.text) for line in lines if visible(line.text) <= _LONGEST)
    rows: list[list[Slot]] = []
    first = len(lines)
    for index, line in enumerate(lines):
        if often[_plain(line.text)] >= _LEAST_CARDS and not _says(line.text):
            rows.append([Slot(piece=line)])
            first = min(first, index)
        elif rows and line.text.strip():
            rows[-1].append(Slot(piece=line))
    alone = sum(len(row) == 1 for row in rows)
    return first, tuple(map(tuple, rows)) if alone * 5 <= len(rows) else ()


def _says(text: str) -> bool:
    """Whether a short text is a body, date, status, share or number: a value, no label."""
    tests = (is_deadline, is_percentage, is_status_word, lambda t: share_of_bodies(t) >= 0.6)
    return not _WORDS.search(text) or any(test(text) for test in tests)


def _names(rows: Sequence[Row]) -> list[str]:
    """Short texts of a block that could be labels."""
    texts = [piece.text for row in rows for piece in own_pieces(row) if visible(piece.text) <= _LONGEST]
    return [_plain(text) for text in texts if not _says(text)]


def _split(
    rows: Sequence[Row], often: Collection[str], decided: Mapping[str, tuple[ColumnRole, str]]
) -> tuple[Card, ...]:
    """The cards of a block; none when a row is not made of labels and what they say."""
    cards: list[list[tuple[str, SourcePiece | None, tuple[SourcePiece, ...]]]] = []
    first = ""
    for row in rows:
        pieces = own_pieces(row)
        if not pieces:
            continue
        heads = [i for i in range(0, len(pieces), 2) if _is_label(pieces[i], often, decided)]
        if len(pieces) == 1 and not heads:
            if cards and cards[-1][-1][1] is None:
                return ()
            cards.append([("", None, pieces)])
            continue
        if len(pieces) > _MOST_PIECES or not heads or heads[0]:
            return ()
        for start, end in zip(heads, [*heads[1:], len(pieces)], strict=True):
            name = _plain(pieces[start].text)
            first = first or name
            if not cards or (name == first and any(n == name for n, _, _ in cards[-1])):
                cards.append([])
            cards[-1].append((name, pieces[start], pieces[start + 1 : end]))
    named = {name for card in cards for name, label, _ in card if label}
    if len(named) < 3 or any(all(label is None for _, label, _ in card) for card in cards):
        return ()
    return tuple(map(tuple, cards))


def _is_label(
    piece: SourcePiece, often: Collection[str], decided: Mapping[str, tuple[ColumnRole, str]]
) -> bool:
    name = _plain(piece.text)
    known = normal_heading(piece.text) in decided or heading_role(piece.text) or heading_role(name)
    return visible(piece.text) <= _LONGEST and (bool(known) or name in often)


def _plain(text: str) -> str:
    """Label without the number behind it: 任务1, 项目二."""
    return _NUMBERED.sub("", normal_heading(text))


def _lay_out(card: Card, width: Mapping[str, int]) -> Row:
    """A card as a row: under each name what it says."""
    blank = next(piece for _, label, values in card for piece in (*values, *([label] if label else [])))
    empty = Slot(piece=replace(blank, cell=-1, start=0, text="", bold=()))
    said: dict[str, tuple[SourcePiece, ...]] = {}
    for name, _, values in card:
        said[name] = (*said.get(name, ()), *values)
    return tuple(
        Slot(piece=said[name][k]) if k < len(said.get(name, ())) else empty
        for name, count in width.items()
        for k in range(count)
    )


def _heading_row(cards: Sequence[Card], names: Sequence[str], width: Mapping[str, int]) -> Row:
    """The labels of a block as they are printed first."""
    labels = {name: label for card in reversed(cards) for name, label, _ in reversed(card) if label}
    some = next(iter(labels.values()))
    empty = Slot(piece=replace(some, cell=-1, start=0, text="", bold=()))
    return tuple(
        Slot(piece=labels[name]) if name in labels and k == 0 else empty
        for name in names
        for k in range(width[name])
    )


def _again(cards: Sequence[Card]) -> tuple[Placement, ...]:
    """Labels behind the first of each name."""
    seen: set[str] = set()
    found = []
    for card in cards:
        for name, label, _ in card:
            if label and name in seen:
                found.append(Placement(piece=label, field="heading", structural=True))
            seen.add(name)
    return tuple(found)
