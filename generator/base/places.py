"""Where something stands: the file, and inside it a line, a cell, a paragraph or a field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.base.messages import CHINESE, Message, translate

_NO_PART = Message()


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
    part: Message = _NO_PART
    """Part of the file outside its text: 页眉, 文本框."""
    task: int = 0
    """Number of the task that a received table tells of."""
    field: str = ""
    """Field of a content file: ``targets[0].unit``."""

    def __str__(self) -> str:
        return self.told()

    def told(self, english: Mapping[str, str] = CHINESE) -> str:
        """The place in words, in English when its catalogue is given; the field is not part of it."""
        mark = ", " if english else " " if self.sheet else ""
        spot = mark.join(translate(part, english) for part in self._parts())
        if not self.file or not spot:
            return self.file or spot
        alone = self.line and not (self.page or self.row or self.part)
        return f"{self.file}:{self.line}" if alone else f"{self.file}!{spot}"

    def _parts(self) -> Iterator[str]:
        if self.sheet:
            yield f"{self.sheet}!{column_letters(self.column - 1)}{self.row}" if self.row else self.sheet
        else:
            yield from self._numbers()
        if self.part:
            yield self.part

    def _numbers(self) -> Iterator[Message]:
        if self.page:
            yield Message("第{page}页", page=self.page)
        if self.table:
            yield Message("表{table}", table=self.table)
        if self.row:
            yield Message("第{row}行", row=self.row)
        if self.column:
            yield Message("第{column}列", column=self.column)
        if self.line:
            yield Message("第{line}行", line=self.line)
        if self.paragraph:
            yield Message("第{paragraph}段", paragraph=self.paragraph)
        if self.task:
            yield Message("第{task}项", task=self.task)


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
