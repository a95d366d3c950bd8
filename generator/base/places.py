"""Where something stands: the file, and inside it a line, a cell, a paragraph or a field."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """One place for a message; what is unknown or does not apply stays empty or 0.

    ``Place(file="a.yaml", line=14, field="title")`` prints ``a.yaml:14``; ``Place(sheet="Sheet1", row=7,
    column=3)`` prints ``Sheet1!C7``; ``Place(page=2, table=1, row=3)`` prints ``第2页表1第3行``.
    """

    file: str = ""
    """Path below the site folder, name of a received file, or the option of the command line."""
    page: int = 0
    """Page of the file, from 1."""
    sheet: str = ""
    """Title of the sheet; its cells are named as spreadsheets name them (C7)."""
    table: int = 0
    """Ordinal of the table, from 1."""
    row: int = 0
    """Row of the table or sheet, from 1."""
    column: int = 0
    """Column of the table or sheet, from 1."""
    line: int = 0
    """Line of a text, from 1."""
    paragraph: int = 0
    """Ordinal of the paragraph, from 1."""
    part: str = ""
    """Part of the file outside its text: 页眉, 文本框."""
    task: int = 0
    """Number of the task that a received table tells of."""
    field: str = ""
    """Field of a content file: ``targets[0].unit``."""

    def __str__(self) -> str:
        spot = self.spot
        if not self.file or not spot:
            return self.file or spot
        return f"{self.file}:{self.line}" if spot == f"第{self.line}行" else f"{self.file}!{spot}"

    @property
    def spot(self) -> str:
        """The place inside the file; the field is not part of it."""
        if self.sheet:
            cell = f"!{column_letters(self.column - 1)}{self.row}" if self.row else ""
            return f"{self.sheet}{cell} {self.part}".rstrip()
        numbers = (
            ("第{}页", self.page),
            ("表{}", self.table),
            ("第{}行", self.row),
            ("第{}列", self.column),
            ("第{}行", self.line),
            ("第{}段", self.paragraph),
            ("第{}项", self.task),
        )
        return "".join(words.format(number) for words, number in numbers if number) + self.part


def column_letters(column: int) -> str:
    """``A`` for column 0, ``AB`` for 27."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


NOWHERE = Place()
"""No place at all; in what a reader finds, the file as a whole."""
