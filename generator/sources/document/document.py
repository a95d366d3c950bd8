"""What every reader gives: a document of blocks whose characters know where they stood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.base.messages import Message
from generator.base.places import NOWHERE, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of characters, offsets into the text it belongs to."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table; a merged cell stands once, at its upper left corner."""

    text: str
    """To the letter; line breaks and paragraphs inside the cell are newlines."""
    row: int
    """0-based row of the upper left corner, running on over continued pages."""
    column: int
    """0-based column of the upper left corner."""
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    """1-based page or sheet; None where the format has none."""
    bold: tuple[Span, ...] = ()
    """Bold runs, in order, not touching each other."""
    where: Place = NOWHERE
    """Where it stands in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells in reading order; together with spans they tile rows × columns (ragged ends are empty)."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    name: str = ""
    """Sheet name or ordinal (``表2``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Text outside tables."""

    text: str
    where: Place = NOWHERE
    """Where it stands in the file."""
    bold: tuple[Span, ...] = ()
    page: int | None = None


Block = Paragraph | Table


class Departure(StrEnum):
    """Why a text is not what its file holds."""

    UNSEEN = "unseen"
    """A control, zero-width or direction character; nothing stands in its place."""
    ALIKE = "alike"
    """A radical or compatibility form; the common character that prints alike stands in its place."""
    STRUCK = "struck"
    """Struck out by the author; left out."""
    FOOTNOTE = "footnote"
    """The call of a footnote, whose words are a paragraph of their own; left out."""
    ERROR = "error"
    """An error value of a spreadsheet; the cell is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """Characters of the file that its text does not show as they are."""

    where: Place
    """Place of the cell, paragraph or line."""
    start: int
    """Offset in the text at which they stood."""
    found: str
    """As the file has them; of a footnote's call the number of the footnote."""
    read: str
    """What stands in the text instead; empty when they were left out."""
    kind: Departure


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source file, read: every visible character stands in exactly one block, or is an alteration."""

    name: str
    """File name without folders."""
    format: str
    """txt, md, html, docx, doc, xlsx, xls, ods, csv, pdf."""
    blocks: tuple[Paragraph | Table, ...]
    """In reading order."""
    notes: tuple[Message, ...] = ()
    """What the reader had to decide (encoding guessed, hidden sheet skipped)."""
    separators: int = 0
    """Visible characters of the file that only part cells (pipes, rules, marks) and stand in no block."""
    alterations: tuple[Alteration, ...] = ()
    """Where the texts are not what the file holds, in order; with them no character is lost."""
