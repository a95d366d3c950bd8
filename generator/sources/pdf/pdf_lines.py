"""Characters of a PDF page → lines → text without the breaks that only the width of a cell made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.sources.document import Run, raise_digits

_HEAVY_FONT = re.compile(r"bold|black|heavy|semibold|demi|[-,]b$", re.IGNORECASE)
_HEI_FONT = re.compile(r"simhei|heiti|黑体|stheiti|notosanscjk.*black|fzhei|fzht|ºÚÌå", re.IGNORECASE)
_WORD_END = re.compile(r"[0-9A-Za-z.]+$", re.ASCII)
_WORD_START = re.compile(r"[0-9A-Za-z.]+", re.ASCII)
_NO_START = frozenset("，。、；：？！）】》」』％%,.;:?!)]}—…·~～")
"""Signs that never begin a line: they pull the character before them down."""
_NO_END = frozenset("（【《「『([{￥$#—…")
"""Signs that never end a line."""
_QUOTES = frozenset("“”‘’\"'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One character on a page; points from the upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool
    hei: bool
    """Set in a Hei typeface, which looks bold beside Song or Fangsong."""
    order: int = 0
    """Place in the order in which the page is painted."""
    turn: int = 0
    """1 when it reads upwards, -1 when it reads downwards, 0 upright."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLine:
    """Characters side by side, from left to right."""

    letters: tuple[Letter, ...]
    spaced: bool = False
    """Whether a space was painted behind its last character."""

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(letter.x0 for letter in self.letters)

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(letter.x1 for letter in self.letters)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(letter.top for letter in self.letters)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(letter.bottom for letter in self.letters)

    @property
    def height(self) -> float:
        """Height of its tallest character."""
        return max(letter.bottom - letter.top for letter in self.letters)

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(text for text, _ in line_runs(self, hei_bold=False))


def is_latin(text: str) -> bool:
    """Whether characters are ASCII, or Latin ones that one shape stands for (ﬁ)."""
    return text.isascii() or "\ufb00" <= text <= "\ufb06"


def is_heavy(font: str) -> bool:
    """Whether a typeface is bold by its name."""
    return _HEAVY_FONT.search(font) is not None


def is_hei(font: str) -> bool:
    """Whether a typeface is a Hei (gothic) one."""
    return _HEI_FONT.search(font) is not None


def make_lines(letters: Iterable[Letter]) -> tuple[PdfLine, ...]:
    """Lines from top to bottom: characters whose heights overlap by half stand on one line."""
    rows: list[list[Letter]] = []
    edges: list[tuple[float, float]] = []
    for letter in sorted(letters, key=lambda item: ((item.top + item.bottom) / 2, item.x0)):
        if rows:
            top, bottom = edges[-1]
            overlap = min(bottom, letter.bottom) - max(top, letter.top)
            if overlap > 0.5 * min(bottom - top, letter.bottom - letter.top):
                rows[-1].append(letter)
                edges[-1] = (min(top, letter.top), max(bottom, letter.bottom))
                continue
        rows.append([letter])
        edges.append((letter.top, letter.bottom))
    lines = [_from_left_to_right(row) for row in rows]
    return tuple(found for found in map(_make_line, lines) if found.letters)


def _make_line(letters: Sequence[Letter]) -> PdfLine:
    kept = _strip(letters)
    spaced = bool(kept) and kept[-1] is not letters[-1]
    return PdfLine(letters=kept, spaced=spaced)


def _from_left_to_right(row: Sequence[Letter]) -> list[Letter]:
    """Letters of a line in reading order.

    Letters painted one after the other keep that order even where punctuation was pushed together and their
    boxes overlap; the painted pieces are put side by side.
    """
    pieces: list[list[Letter]] = []
    for letter in sorted(row, key=lambda item: item.order):
        before = pieces[-1][-1] if pieces else None
        size = letter.bottom - letter.top
        if before is None or letter.x0 < before.x0 - 0.7 * size or letter.x0 > before.x1 + 0.3 * size:
            pieces.append([letter])
        else:
            pieces[-1].append(letter)
    pieces.sort(key=lambda piece: piece[0].x0)
    return [letter for piece in pieces for letter in piece]


def _strip(line: Sequence[Letter]) -> tuple[Letter, ...]:
    """Letters without white space at both ends."""
    start, end = 0, len(line)
    while start < end and not line[start].text.strip():
        start += 1
    while end > start and not line[end - 1].text.strip():
        end -= 1
    return tuple(line[start:end])


def turn_upright(letter: Letter, box: tuple[float, float, float, float]) -> Letter:
    """A turned letter of a cell where it would stand if the cell's upper left corner were the turned one."""
    x0, top, x1, bottom = box
    left, upper = (
        (bottom - letter.bottom, letter.x0 - x0) if letter.turn > 0 else (letter.top - top, x1 - letter.x1)
    )
    width, height = letter.bottom - letter.top, letter.x1 - letter.x0
    return replace(letter, x0=left, x1=left + width, top=upper, bottom=upper + height)


def line_runs(line: PdfLine, *, hei_bold: bool) -> list[Run]:
    """Runs of a line; a wide gap between two Latin characters is a space, small raised digits stay apart."""
    runs: list[Run] = []
    before: Letter | None = None
    base: Letter | None = None
    for letter in line.letters:
        if base is not None and _is_raised(letter, base):
            runs.append((raise_digits(letter.text, "0" if before is not base else base.text), letter.bold))
            before = letter
            continue
        base = letter
        gap = letter.x0 - before.x1 if before else 0.0
        latin = before is not None and is_latin(before.text) and is_latin(letter.text)
        if latin and gap > 0.25 * (letter.bottom - letter.top):
            runs.append((" ", False))
        runs.append((letter.text, letter.bold or (hei_bold and letter.hei)))
        before = letter
    return runs


def _is_raised(letter: Letter, base: Letter) -> bool:
    """Whether a letter is set small and above the foot of the one it follows."""
    size = base.bottom - base.top
    small = letter.bottom - letter.top <= 0.85 * size
    return small and letter.text.isdigit() and base.bottom - letter.bottom >= 0.15 * size


def join_lines(lines: Sequence[PdfLine], width: float, *, hei_bold: bool) -> list[Run]:
    """Runs of the lines of a cell ``width`` points wide (between its paddings).

    A break stays when the next word would still have fitted on the line above; else it is taken away.
    """
    runs: list[Run] = []
    stacked = _is_stacked(lines)
    for index, line in enumerate(lines):
        if index and not stacked:
            runs.append((_between(lines[index - 1], line, width), False))
        runs += line_runs(line, hei_bold=hei_bold)
    return runs


def _is_stacked(lines: Sequence[PdfLine]) -> bool:
    """Whether the lines are three or more single Chinese characters: upright text from top to bottom."""
    texts = ["".join(letter.text for letter in line.letters) for line in lines]
    return len(lines) > 2 and all(len(text) == 1 and "\u2e80" <= text <= "\u9fff" for text in texts)


def _between(upper: PdfLine, lower: PdfLine, width: float) -> str:
    """Newline, space or nothing between two lines."""
    before, after = upper.letters[-1].text[-1:], lower.letters[0].text[:1]
    apart = 0.25 * upper.height if is_latin(before) != is_latin(after) else 0.0
    if upper.x1 - upper.x0 + apart + _first_word(lower) <= width - 0.3 * upper.height:
        return "\n"
    if upper.spaced:
        return " "
    if not (_WORD_END.search(upper.text) and _WORD_START.match(lower.text)):
        return ""
    # A word is cut only where not one more of its letters fits; else it was a space that gave way.
    letter = lower.letters[0].x1 - lower.letters[0].x0
    return " " if width - (upper.x1 - upper.x0) >= letter else ""


def _first_word(line: PdfLine) -> float:
    """Width of what cannot be parted at the start of a line: a Latin word, a character with its signs."""
    count = 1
    while count < len(line.letters) and _is_glued(line.letters[count - 1].text, line.letters[count].text):
        count += 1
    return max(letter.x1 for letter in line.letters[:count]) - line.x0


def _is_glued(one: str, other: str) -> bool:
    """Whether no program breaks a line between two characters.

    Source: Unicode UAX 14 (classes AL, NU, CL, OP, QU, IN), and what word processors do with Chinese quotes.
    """
    if one.isspace() or other.isspace():
        return False
    latin = is_latin(one) and is_latin(other)
    return latin or other in _NO_START or one in _NO_END or one in _QUOTES or other in _QUOTES
