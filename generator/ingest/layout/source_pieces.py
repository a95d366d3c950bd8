"""Pieces of the source: a run of characters that knows the cell or paragraph it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.base.places import NOWHERE, Place
from generator.sources.document import Cell, Paragraph, Span


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SourcePiece:
    """Characters ``start`` to ``end`` of one cell or paragraph."""

    block: int
    """Index of the block in the document."""
    cell: int
    """Index of the cell in its table; 0 for a paragraph."""
    start: int
    """Offset in the cell's text."""
    text: str
    where: Place
    """Place of the cell, for messages."""
    bold: tuple[Span, ...] = ()
    """Bold runs, offsets into ``text``."""
    page: int | None = None
    """1-based page or sheet; None where the format has none."""

    @property
    def end(self) -> int:
        """Offset behind the last character in the cell's text."""
        return self.start + len(self.text)

    def cut(self, start: int, end: int | None = None) -> SourcePiece:
        """The part between two offsets of ``text``, outer white space left out."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        spans = ((max(s.start - start, 0), min(s.end - start, len(text))) for s in self.bold)
        bold = tuple(Span(start=a, end=b) for a, b in spans if a < b)
        return replace(self, start=self.start + start, text=text, bold=bold)


def cell_piece(block: int, index: int, cell: Cell) -> SourcePiece:
    """The whole cell."""
    return SourcePiece(
        block=block, cell=index, start=0, text=cell.text, where=cell.where, bold=cell.bold, page=cell.page
    )


def paragraph_piece(block: int, paragraph: Paragraph) -> SourcePiece:
    """The whole paragraph."""
    return SourcePiece(
        block=block,
        cell=0,
        start=0,
        text=paragraph.text,
        where=paragraph.where,
        bold=paragraph.bold,
        page=paragraph.page,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Text put together from pieces, with its bold runs."""

    text: str
    bold: tuple[Span, ...] = ()


def join(pieces: Iterable[SourcePiece]) -> Passage:
    """Pieces in order, a line break between two; the same piece twice counts once."""
    text, seen = "", set()
    bold: list[Span] = []
    for piece in pieces:
        if piece in seen or not piece.text:
            continue
        seen.add(piece)
        text += "\n" if text else ""
        bold += [Span(start=len(text) + s.start, end=len(text) + s.end) for s in piece.bold]
        text += piece.text
    return Passage(text=text, bold=tuple(bold))


def is_bold(passage: Passage, start: int, end: int) -> bool:
    """Whether more than half of the visible characters between two offsets are bold."""
    visible = [i for i in range(start, end) if not passage.text[i].isspace()]
    marked = sum(any(s.start <= i < s.end for s in passage.bold) for i in visible)
    return bool(visible) and marked * 2 > len(visible)


def squeeze(text: str) -> str:
    """Text without any white space."""
    return "".join(text.split())


def visible(text: str) -> int:
    """Number of characters that are not white space."""
    return sum(not ch.isspace() for ch in text)


def first_where(pieces: Sequence[SourcePiece]) -> Place:
    """Place of the first piece; empty without any."""
    return pieces[0].where if pieces else NOWHERE
