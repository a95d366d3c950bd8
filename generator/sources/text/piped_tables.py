"""Tables drawn with pipes: Markdown, web pages saved as text, boxes of rules; cells may break over lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from generator.sources.text.text_lines import Region, Row, TextLine, visible

_PIPES = str.maketrans({"｜": "|", "│": "|", "┃": "|", "║": "|"})
_DRAWN = re.compile(r"[\s|:\-—─━═=+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╟╫╢｜│┃║]*")
_STROKE = re.compile(r"[\-—─━═=]{2}")
_RULE_CELL = re.compile(r":?-+:?")
_BOX = re.compile(r"[┼╋╬╫├┣╠╟]|\+[-=]{2,}\+")
_ITEM_NUMBER = re.compile(r"\s*[（(]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[)）.．、]?\s*")
_HEADING = re.compile(
    r"\s*(?:(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]).{1,40}(?<![。；;])"
    r"|[-—–]\s*\d{1,3}\s*[-—–]|第\s*\d{1,3}\s*页.{0,12})\s*"
)
"""A line between rows that cannot be the rest of a cell: a numbered heading, a page number."""
_LOOK_AHEAD = 8


def find_piped(lines: Sequence[TextLine]) -> tuple[Region, ...]:
    """Every table drawn with pipes."""
    regions, position = [], 0
    while position < len(lines):
        line = lines[position]
        if count_pipes(line.text) < 2 or is_rule(line):
            position += 1
            continue
        region = _PipeReader(lines, position).read()
        if len(region.rows) > 1:
            regions.append(region)
        position = max(region.end, position + 1)
    return tuple(regions)


def find_pairs(lines: Sequence[TextLine]) -> tuple[Region, ...]:
    """Runs of three lines or more with a single pipe each, text on both sides: tables of two columns."""
    regions, start = [], 0
    while start < len(lines):
        end = start
        while end < len(lines) and (lines[end].blank or len(_pair(lines[end])) == 2):
            end += 1
        rows = [
            Row(texts=_pair(line), lines=[line.number] * 2) for line in lines[start:end] if not line.blank
        ]
        if len(rows) >= 3:
            regions.append(Region(start=start, end=end, rows=tuple(rows), separators=len(rows)))
        start = max(end, start + 1)
    return tuple(regions)


def find_marked(lines: Sequence[TextLine]) -> tuple[Region, ...]:
    """A table whose rows are opened by a bare pipe, with one cell a line behind, each closed by a pipe."""
    marks = [i for i, line in enumerate(lines) if line.text.translate(_PIPES).strip() == "|"]
    if len(marks) < 3:
        return ()
    rows = [_marked_row(lines[a + 1 : b]) for a, b in pairwise([*marks, len(lines)])]
    width = Counter(len(row.texts) for row, _ in rows[:-1]).most_common(1)[0][0]
    fits = [len(row.texts) == width for row, _ in rows]
    if width < 2 or not all(fits) or any(rest for _, rest in rows[:-1]):
        return ()
    end = rows[-1][0].lines[-1]
    separators = (width + 1) * len(rows)
    return (Region(start=marks[0], end=end, rows=tuple(row for row, _ in rows), separators=separators),)


def _marked_row(lines: Sequence[TextLine]) -> tuple[Row, bool]:
    """Cells of the lines that end with their only pipe, and whether lines of other sorts follow."""
    row = Row()
    for line in lines:
        text = line.text.translate(_PIPES).strip()
        if count_pipes(text) != 1 or not text.endswith("|"):
            return row, not line.blank
        row.start(text[:-1], line.number)
    return row, False


def _pair(line: TextLine) -> list[str]:
    """Both sides of the only pipe; empty for other lines."""
    pieces = _pieces(line)
    return pieces if len(pieces) == 2 and all(piece.strip() for piece in pieces) else []


def count_pipes(text: str) -> int:
    """Pipes of any sort in a line, escaped ones left out."""
    return text.translate(_PIPES).replace("\\|", "").count("|")


def is_rule(line: TextLine) -> bool:
    """Whether a line only draws."""
    if line.blank:
        return False
    if _DRAWN.fullmatch(line.text) is None:
        return False
    if _STROKE.search(line.text):
        return True
    cells = [cell.strip() for cell in line.text.strip().strip("|").split("|")]
    return ":" in line.text and all(_RULE_CELL.fullmatch(cell) for cell in cells)


def _is_boxed(lines: Sequence[TextLine], start: int) -> bool:
    """Whether rules stand between all rows, not only around the table and below its heading."""
    if not any(_BOX.search(line.text) for line in lines[start : start + 2] if is_rule(line)):
        return False
    drawn: list[bool] = []
    for line in lines[start:]:
        if not (count_pipes(line.text) or is_rule(line)):
            break
        drawn.append(is_rule(line))
    rules = [i for i, rule in enumerate(drawn) if rule and i < len(drawn) - 1]
    below = [_pieces(line) for line, rule in zip(lines[start:], drawn, strict=False) if not rule][1:]
    cells = [next((piece for piece in pieces if piece.strip()), "") for pieces in below]
    counted = bool(cells) and all(map(_ITEM_NUMBER.fullmatch, cells))
    return not (len(rules) <= 1 and len(below) > 1 and counted)


class _PipeReader:
    """Gathers rows that go on over line breaks until they have as many pipes as the heading."""

    def __init__(self, lines: Sequence[TextLine], start: int) -> None:
        heading = lines[start].text.translate(_PIPES).strip()
        self.lines = lines
        self.start = start
        self.wanted = count_pipes(heading)
        self.opened = heading.startswith("|")
        self.closed = heading.endswith("|")
        """Whether rows begin and end with a pipe."""
        self.width = self.wanted + 1 - self.opened - self.closed
        self.boxed = _is_boxed(lines, start)
        """Whether rules stand between all rows, so that the lines between two rules are one row."""
        piped = [i for i in range(start, len(lines)) if count_pipes(lines[i].text)]
        self.last_pipe = piped[-1]
        self.rows: list[Row] = []
        self.open: list[TextLine] = []
        """Lines of the row that is being gathered."""
        self.separators = 0
        self.end = start

    def read(self) -> Region:
        """The region from its first line on."""
        for position in range(self.start, len(self.lines)):
            line = self.lines[position]
            if is_rule(line) and (self.boxed or not self._incomplete()):
                self._flush()
                self.separators += visible(line.text)
                self.end = position + 1
            elif self.boxed and count_pipes(line.text):
                self.open.append(line)
            elif not self._take(line, position):
                break
        self._flush()
        start = self.start
        if start and is_rule(self.lines[start - 1]):
            start -= 1
            self.separators += visible(self.lines[start].text)
        return Region(start=start, end=self.end, rows=tuple(self.rows), separators=self.separators)

    def _have(self) -> int:
        return sum(count_pipes(line.text) for line in self.open)

    def _incomplete(self) -> bool:
        return bool(self.open) and self._have() < self.wanted

    def _take(self, line: TextLine, position: int) -> bool:
        """Put one line where it belongs; False when the table ends before it."""
        count = count_pipes(line.text)
        if position > self.last_pipe and self.closed:
            return False
        if count == 0 and not self._incomplete():
            return self._take_plain(line, position)
        if self._incomplete() and self._have() + count > self.wanted:
            self._flush()
        if not self._incomplete():
            self._flush()
            if self._starts_other(position):
                return False
        self.open.append(line)
        if self.closed and self._have() >= self.wanted:
            self._flush()
        return True

    def _take_plain(self, line: TextLine, position: int) -> bool:
        """A line without pipes: the rest of an unclosed cell, a broken first cell or a heading."""
        if line.blank:
            if not self.closed:
                self._flush()
            return True
        if self.open and not self.closed and not _HEADING.fullmatch(line.text):
            self.open.append(line)
            return True
        self._flush()
        if _HEADING.fullmatch(line.text):
            if position > self.last_pipe:
                return False
            self._add_heading(line)
            return True
        ahead = range(position + 1, min(position + 1 + _LOOK_AHEAD, len(self.lines)))
        following = next((i for i in ahead if not self.lines[i].blank), None)
        piped = any(count_pipes(self.lines[i].text) for i in ahead)
        if following is None or not piped or self._starts_other(following):
            return False
        text = self.lines[following].text
        first = text.translate(_PIPES).split("|", 1)[0]
        if count_pipes(text) and first.strip() and not _ITEM_NUMBER.fullmatch(first):
            self.open = [line]
        else:
            self._add_heading(line)
        return True

    def _add_heading(self, line: TextLine) -> None:
        self.rows.append(Row(texts=[line.text], lines=[line.number]))
        self.end = line.number

    def _starts_other(self, position: int) -> bool:
        """Whether another table begins here: another number of pipes, with a rule or like rows below."""
        count = count_pipes(self.lines[position].text)
        if count < 2 or count == self.wanted or not self.rows:
            return False
        rest = [other for other in self.lines[position + 1 : position + 4] if not other.blank]
        if rest and is_rule(rest[0]) and count_pipes(rest[0].text) >= 2:
            return True
        if count_pipes(self.lines[position - 1].text):
            return False
        return len(rest) >= 2 and all(count_pipes(other.text) == count for other in rest[:2])

    def _flush(self) -> None:
        if not self.open:
            return
        cut = _merge_lines if self.boxed else _split
        self.rows.append(self._trim(cut(self.open)))
        self.separators += self._have()
        self.end = self.open[-1].number
        self.open = []

    def _trim(self, row: Row) -> Row:
        """The row without the empty pieces outside the first and the last pipe."""
        for end, drawn in ((0, self.opened), (-1, self.closed), (-1, True), (0, True)):
            if drawn and len(row.texts) > self.width and not row.texts[end].strip():
                row.texts.pop(end)
                row.lines.pop(end)
        return row


def _pieces(line: TextLine) -> list[str]:
    if not count_pipes(line.text):
        return [line.text]
    return re.split(r"(?<!\\)\|", line.text.translate(_PIPES))


def _split(gathered: Sequence[TextLine]) -> Row:
    """Cells of a row whose lines follow each other: a line break stands inside a cell."""
    row = Row()
    for index, line in enumerate(gathered):
        pieces = _pieces(line)
        if index:
            row.extend(pieces.pop(0))
        for piece in pieces:
            row.start(piece, line.number)
    return row


def _merge_lines(gathered: Sequence[TextLine]) -> Row:
    """Cells of a boxed row: each line goes on with every cell."""
    row = Row()
    for line in gathered:
        for column, piece in enumerate(_pieces(line)):
            if column >= len(row.texts):
                row.start(piece, line.number)
            elif piece.strip():
                row.texts[column] = f"{row.texts[column].rstrip()}\n{piece.strip()}".strip()
    return row
