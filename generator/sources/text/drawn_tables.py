"""Ways in which plain text draws a table: pipes, one cell a line behind a tab, tabs, commas, aligned columns.

Each way is a function from all lines to the regions that it finds; the first way that finds one is taken.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from generator.sources.text.piped_tables import find_marked, find_pairs, find_piped
from generator.sources.text.text_lines import SENTENCE_END, Region, Row, TextLine, visible

_LEADING_TAB = re.compile(r"[ \u00a0]*\t")
_WIDE_GAP = re.compile(r"[ \u00a0]*\u3000[ \u00a0\u3000]*|[ \u00a0]{2,}")
_GAP = re.compile(r"[ \u00a0\u3000]+")


def find_regions(lines: Sequence[TextLine]) -> tuple[Region, ...]:
    """The tables drawn in the text, in order; empty when there is none."""
    for find in (
        find_marked,
        find_piped,
        find_pairs,
        _find_one_cell_a_line,
        _find_tabbed,
        _find_commas,
        _find_aligned,
        _find_spaced,
    ):
        regions = find(lines)
        if regions:
            return regions
    return ()


def _find_one_cell_a_line(lines: Sequence[TextLine]) -> tuple[Region, ...]:
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


def _lost_tab(lines: Sequence[TextLine], index: int) -> bool:
    """Whether a line without a leading tab is a first cell that lost it: a space instead, a tab below."""
    text = lines[index].text
    if text[0] not in " \u00a0" or len(text.strip()) > 40 or SENTENCE_END.search(text):
        return False
    following = next((line for line in lines[index + 1 :] if line.text.strip(" \u00a0")), None)
    return following is not None and _LEADING_TAB.match(following.text) is not None


def _find_tabbed(lines: Sequence[TextLine]) -> tuple[Region, ...]:
    """One row a line, cells parted by tabs; a row goes on over line breaks until it has all of its tabs."""
    counts = Counter(line.text.count("\t") for line in lines if line.text.count("\t") >= 2)
    if not counts:
        return ()
    wanted = counts.most_common(1)[0][0]
    start = next(i for i, line in enumerate(lines) if line.text.count("\t") >= 2)
    text = "\n".join(line.text for line in lines[start:])
    if '"' in text and _quoted(text, "\t"):
        return _parse_delimited(lines, start, "\t")
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


def _goes_on(lines: Sequence[TextLine], index: int) -> bool:
    """Whether a line without tabs is a further paragraph of the cell above: prose, not a short heading."""
    text = lines[index].text
    return bool(SENTENCE_END.search(text)) and index > 0 and not lines[index - 1].blank


def _quoted(text: str, mark: str) -> bool:
    return re.search(rf'(?:^|{mark})"', text, re.MULTILINE) is not None


def _find_commas(lines: Sequence[TextLine]) -> tuple[Region, ...]:
    """Text of comma-separated values: every full line has the same number of cells, at least three."""
    for mark in (",", ";", "，"):
        counts = Counter(len(row) for row in _csv_rows("\n".join(line.text for line in lines), mark) if row)
        usual, times = counts.most_common(1)[0] if counts else (0, 0)
        if usual < 3 or times < 3 or times < 0.8 * sum(counts.values()):
            continue
        start = next(i for i, line in enumerate(lines) if line.text.count(mark) >= usual - 1)
        return _parse_delimited(lines, start, mark)
    return ()


def _csv_rows(text: str, mark: str) -> list[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=mark, strict=False))
    except csv.Error:
        return []


def _is_quote_open(text: str, mark: str) -> bool:
    """Whether a quote that was opened never closes: it is a sign of the text, and parts no cells."""
    end = "\ue0ff"
    rows = _csv_rows(f"{text}\n{end}", mark)
    return bool(rows) and rows[-1] != [end]


def _parse_delimited(lines: Sequence[TextLine], start: int, mark: str) -> tuple[Region, ...]:
    text = "\n".join(line.text for line in lines[start:])
    split = text.splitlines(keepends=True)
    reader = csv.reader(split, delimiter=mark)
    if _is_quote_open(text, mark):
        reader = csv.reader(split, delimiter=mark, quoting=csv.QUOTE_NONE)
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


def _find_aligned(lines: Sequence[TextLine]) -> tuple[Region, ...]:
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
    return (_cut_region(lines, split, start, last + 1),)


def _find_spaced(lines: Sequence[TextLine]) -> tuple[Region, ...]:
    """Cells parted by single spaces: only where every line from the first on has the same number of them."""
    split = [_GAP.split(line.text.strip()) if not line.blank else [] for line in lines]
    start = next((i for i, cells in enumerate(split) if len(cells) >= 3), None)
    if start is None:
        return ()
    stop = start
    while stop < len(lines) and (not split[stop] or len(split[stop]) == len(split[start])):
        stop += 1
    if any(len(cells) >= 3 for cells in split[stop:]) or sum(map(bool, split[start:stop])) < 3:
        return ()
    return (_cut_region(lines, split, start, stop),)


def _cut_region(lines: Sequence[TextLine], split: Sequence[list[str]], start: int, stop: int) -> Region:
    """One row a line that is not blank."""
    rows = tuple(
        Row(texts=split[i], lines=[lines[i].number] * len(split[i])) for i in range(start, stop) if split[i]
    )
    return Region(start=start, end=stop, rows=rows)
