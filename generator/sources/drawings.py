"""Ways in which plain text draws a table: pipes, one cell a line behind a tab, tabs, commas, aligned columns.

Each way is a function from all lines to the regions that it finds; the first way that finds one is taken.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

_PIPES = str.maketrans({"｜": "|", "│": "|", "┃": "|", "║": "|"})
_RULE = re.compile(
    r"[\s|:\-—─━═=+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╟╫╢｜│┃║]*[\-—─━═=]{2}[\s|:\-—─━═=+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╟╫╢｜│┃║]*"
)
_LEADING_TAB = re.compile(r"[ \u00a0]*\t")
_ITEM_NUMBER = re.compile(r"\s*[（(]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[)）.．、]?\s*")
_HEADING_LINE = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]).{1,40}(?<![。；;])\s*"
)
_SENTENCE_END = re.compile(r"[。；;！!]\s*$")
_WIDE_GAP = re.compile(r"[ \u00a0]*\u3000[ \u00a0\u3000]*|[ \u00a0]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the file."""

    number: int
    """1-based."""
    text: str
    """Without the line break."""

    @property
    def where(self) -> str:
        """Place for messages."""
        return f"第{self.number}行"

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
    """Number of characters that are not white space."""
    return sum(not ch.isspace() for ch in text)


def find_regions(lines: Sequence[Line]) -> tuple[Region, ...]:
    """The tables drawn in the text, in order; empty when there is none."""
    for find in (_find_piped, _find_one_cell_a_line, _find_tabbed, _find_commas, _find_aligned):
        regions = find(lines)
        if regions:
            return regions
    return ()


# Pipes -------------------------------------------------------------------------------------------------------


def _pipes(text: str) -> int:
    return text.translate(_PIPES).replace("\\|", "").count("|")


def _is_rule(line: Line) -> bool:
    return not line.blank and _RULE.fullmatch(line.text) is not None


def _find_piped(lines: Sequence[Line]) -> tuple[Region, ...]:
    regions, position = [], 0
    while position < len(lines):
        line = lines[position]
        if _pipes(line.text) < 2 or _is_rule(line):
            position += 1
            continue
        region = _PipeReader(lines, position).read()
        if len(region.rows) > 1:
            regions.append(region)
        position = max(region.end, position + 1)
    return tuple(regions)


class _PipeReader:
    """Gathers rows that go on over line breaks until they have as many pipes as the heading."""

    def __init__(self, lines: Sequence[Line], start: int) -> None:
        self.lines = lines
        self.start = start
        self.wanted = _pipes(lines[start].text)
        self.closed = lines[start].text.translate(_PIPES).rstrip().endswith("|")
        """Whether rows end with a pipe."""
        self.rows: list[Row] = []
        self.open: list[Line] = []
        """Lines of the row that is being gathered."""
        self.separators = 0
        self.end = start

    def read(self) -> Region:
        """The region from its first line on."""
        for position in range(self.start, len(self.lines)):
            line = self.lines[position]
            if _is_rule(line) and not self._incomplete():
                self._flush()
                self.separators += visible(line.text)
                self.end = position + 1
            elif not self._take(line, position):
                break
        self._flush()
        return Region(start=self.start, end=self.end, rows=tuple(self.rows), separators=self.separators)

    def _have(self) -> int:
        return sum(_pipes(line.text) for line in self.open)

    def _incomplete(self) -> bool:
        return bool(self.open) and self._have() < self.wanted

    def _take(self, line: Line, position: int) -> bool:
        """Put one line where it belongs; False when the table ends before it."""
        count = _pipes(line.text)
        if count == 0 and not self._incomplete():
            return self._take_plain(line, position)
        if self._incomplete() and self._have() + count > self.wanted:
            self._flush()
        if not self._incomplete():
            self._flush()
            if self._starts_other(line, position):
                return False
        self.open.append(line)
        if self.closed and self._have() >= self.wanted:
            self._flush()
        return not (
            count == 0 and not any(_pipes(rest.text) for rest in self.lines[position:]) and self._give_back()
        )

    def _give_back(self) -> bool:
        """No pipe follows: the plain lines gathered last are text behind the table, not a cell."""
        while self.open and _pipes(self.open[-1].text) == 0 and self.closed:
            self.open.pop()
        return self.closed

    def _take_plain(self, line: Line, position: int) -> bool:
        """A line without pipes between rows: the rest of an unclosed cell, a broken first cell, or a heading."""
        following = next((rest for rest in self.lines[position + 1 :] if not rest.blank), None)
        if line.blank:
            if not self.closed:
                self._flush()
            return True
        if self.open and not self.closed and not _HEADING_LINE.fullmatch(line.text):
            self.open.append(line)
            return True
        self._flush()
        if following is not None and self._starts_other(following, self.lines.index(following)):
            return False
        if following is None or not any(
            _pipes(rest.text) for rest in self.lines[position + 1 : position + 9]
        ):
            return False
        first = following.text.translate(_PIPES).split("|", 1)[0]
        if _pipes(following.text) and not _ITEM_NUMBER.fullmatch(first) and first.strip():
            self.open = [line]
            return True
        self._add_heading(line)
        return True

    def _add_heading(self, line: Line) -> None:
        row = Row()
        row.start(line.text, line.number)
        self.rows.append(row)
        self.end = line.number

    def _starts_other(self, line: Line, position: int) -> bool:
        """Whether another table begins here: another number of pipes, a rule or a like row below."""
        count = _pipes(line.text)
        if count == self.wanted or not self.rows:
            return False
        rest = [other for other in self.lines[position + 1 : position + 4] if not other.blank]
        if rest and _is_rule(rest[0]) and _pipes(rest[0].text) >= 2:
            return True
        if position and not self.lines[position - 1].blank and _pipes(self.lines[position - 1].text):
            return False
        same = [_pipes(other.text) == count for other in rest[:2]]
        return count >= 2 and len(same) == 2 and all(same)

    def _flush(self) -> None:
        if not self.open:
            return
        self.rows.append(_split_piped(self.open))
        self.separators += self._have()
        self.end = self.open[-1].number
        self.open = []


def _split_piped(gathered: Sequence[Line]) -> Row:
    """Cells of a row; an empty piece before a leading and behind a trailing pipe is no cell."""
    row = Row()
    for index, line in enumerate(gathered):
        text = line.text.translate(_PIPES) if _pipes(line.text) else line.text
        pieces = re.split(r"(?<!\\)\|", text) if _pipes(line.text) else [text]
        if index:
            row.extend(pieces.pop(0))
        for piece in pieces:
            row.start(piece, line.number)
    for end in (0, -1):
        if len(row.texts) > 1 and not row.texts[end].strip():
            row.texts.pop(end)
            row.lines.pop(end)
    return row


# One cell a line, each behind a tab --------------------------------------------------------------------------


def _find_one_cell_a_line(lines: Sequence[Line]) -> tuple[Region, ...]:
    """A word processor's table saved as text: a tab starts a cell, an empty line ends a row.

    A row whose first cell lost its tab starts with a space instead.
    """
    tabbed = [i for i, line in enumerate(lines) if _LEADING_TAB.match(line.text)]
    if len(tabbed) < 4 or sum(lines[i].text.strip().count("\t") for i in tabbed) > len(tabbed) // 4:
        return ()
    start, stop = tabbed[0], tabbed[-1] + 1
    rows: list[Row] = []
    broken = True
    """Whether the next line starts a row."""
    end = stop
    for index in range(start, len(lines)):
        line = lines[index]
        behind = index >= stop
        if line.blank and not _LEADING_TAB.match(line.text):
            broken = True
        elif behind and (broken or line.text[0] in " \u00a0"):
            break
        elif _LEADING_TAB.match(line.text) or (not behind and _lost_tab(lines, index)):
            lost = line.text[0] in " \u00a0"
            if broken or lost:
                rows.append(Row())
            broken = False
            for piece in line.text.split("\t")[0 if lost else 1 :]:
                rows[-1].start(piece, line.number)
            end = index + 1
        elif broken:
            rows.append(Row())
            rows[-1].start(line.text, line.number)
            end = index + 1
        else:
            rows[-1].extend(line.text)
            end = index + 1
    return (Region(start=start, end=end, rows=tuple(rows)),)


def _lost_tab(lines: Sequence[Line], index: int) -> bool:
    """Whether a line without a leading tab is a first cell that lost it: a space instead, short, a tab below."""
    text = lines[index].text
    if text[0] not in " \u00a0" or len(text.strip()) > 40 or _SENTENCE_END.search(text):
        return False
    following = next((line for line in lines[index + 1 :] if line.text.strip(" \u00a0")), None)
    return following is not None and _LEADING_TAB.match(following.text) is not None


# Tabs and commas ---------------------------------------------------------------------------------------------


def _find_tabbed(lines: Sequence[Line]) -> tuple[Region, ...]:
    """One row a line, cells parted by tabs; a row goes on over line breaks until it has all of its tabs."""
    counts = Counter(line.text.count("\t") for line in lines if line.text.count("\t") >= 2)
    if not counts:
        return ()
    wanted = counts.most_common(1)[0][0]
    start = next(i for i, line in enumerate(lines) if line.text.count("\t") >= 2)
    text = "\n".join(line.text for line in lines[start:])
    if '"' in text and _quoted(text, "\t"):
        return _read_delimited(lines, start, "\t")
    rows: list[Row] = []
    missing, end = 0, start
    for index in range(start, len(lines)):
        line = lines[index]
        count = line.text.count("\t")
        if line.blank:
            continue
        if rows and 0 < count <= missing:
            pieces = line.text.split("\t")
            rows[-1].extend(pieces[0])
            for piece in pieces[1:]:
                rows[-1].start(piece, line.number)
            missing -= count
        elif rows and count == 0 and (missing or _goes_on(lines, index)):
            rows[-1].extend(line.text)
        elif count == 0 and not any("\t" in rest.text for rest in lines[index:]):
            break
        else:
            rows.append(Row())
            for piece in line.text.split("\t"):
                rows[-1].start(piece, line.number)
            missing = max(wanted - count, 0) if count else 0
        end = index + 1
    return (Region(start=start, end=end, rows=tuple(rows)),) if len(rows) > 1 else ()


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether a line without tabs is a further paragraph of the cell above: prose, not a short heading."""
    text = lines[index].text
    return bool(_SENTENCE_END.search(text)) and index > 0 and not lines[index - 1].blank


def _quoted(text: str, mark: str) -> bool:
    return re.search(rf'(?:^|{mark})"', text, re.MULTILINE) is not None


def _find_commas(lines: Sequence[Line]) -> tuple[Region, ...]:
    """Text of comma-separated values: every full line has the same number of cells, at least three."""
    for mark in (",", ";", "，"):
        counts = Counter(len(row) for row in _csv_rows("\n".join(line.text for line in lines), mark) if row)
        usual, times = counts.most_common(1)[0] if counts else (0, 0)
        if usual < 3 or times < 3 or times < 0.8 * sum(counts.values()):
            continue
        start = next(i for i, line in enumerate(lines) if line.text.count(mark) >= usual - 1)
        return _read_delimited(lines, start, mark)
    return ()


def _csv_rows(text: str, mark: str) -> list[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=mark, strict=False))
    except csv.Error:
        return []


def _read_delimited(lines: Sequence[Line], start: int, mark: str) -> tuple[Region, ...]:
    text = "\n".join(line.text for line in lines[start:])
    reader = csv.reader(text.splitlines(keepends=True), delimiter=mark, strict=False)
    rows, before, kept = [], 0, 0
    for cells in reader:
        number = lines[start].number + before
        before = reader.line_num
        if any(cell.strip() for cell in cells):
            rows.append(Row(texts=list(cells), lines=[number] * len(cells)))
            kept += sum(map(visible, cells))
    if not rows:
        return ()
    return (Region(start=start, end=len(lines), rows=tuple(rows), separators=visible(text) - kept),)


# Aligned columns ---------------------------------------------------------------------------------------------


def _find_aligned(lines: Sequence[Line]) -> tuple[Region, ...]:
    """Columns held apart by two or more spaces; most rows have as many cells as the heading."""
    split = [_WIDE_GAP.split(line.text.strip()) if not line.blank else [] for line in lines]
    start = next((i for i, cells in enumerate(split) if len(cells) >= 3), None)
    if start is None:
        return ()
    wanted = len(split[start])
    full = sum(len(cells) == wanted for cells in split[start:])
    if full < 3 or full < 0.6 * sum(bool(cells) for cells in split[start:]):
        return ()
    last = max(i for i, cells in enumerate(split) if len(cells) == wanted)
    rows = []
    for index in range(start, last + 1):
        if split[index]:
            rows.append(Row(texts=split[index], lines=[lines[index].number] * len(split[index])))
    return (Region(start=start, end=last + 1, rows=tuple(rows)),)
