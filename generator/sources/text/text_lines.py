"""Lines of a text file, and the rows and regions that are gathered from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.base.places import Place

SENTENCE_END = re.compile(r"[。；;！!]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line of the file."""

    number: int
    """1-based."""
    text: str
    """Without the line break."""

    @property
    def where(self) -> Place:
        """Place for messages."""
        return Place(line=self.number)

    @property
    def blank(self) -> bool:
        """Nothing visible on it."""
        return not self.text.strip()


@dataclass(slots=True)
class Row:
    """Cells of one row while they are gathered."""

    texts: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """Number of the line on which each cell starts."""

    def start(self, text: str, line: int) -> None:
        """Begin a new cell."""
        self.texts.append(text)
        self.lines.append(line)

    def extend(self, text: str) -> None:
        """Go on with the last cell on a new line."""
        self.texts[-1] += "\n" + text


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A run of lines that draws one table."""

    start: int
    """Index of its first line."""
    end: int
    """Index behind its last line."""
    rows: tuple[Row, ...]
    """At least one, each with at least one cell."""
    separators: int = 0
    """Visible characters that only draw."""


def visible(text: str) -> int:
    """Number of characters that are not white space; marks of a reader are none of the text's."""
    return sum(not (letter.isspace() or "\ufdd0" <= letter <= "\ufdd3") for letter in text)
