"""csv and tsv → Document: encoding, separator and quoted line breaks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from generator.base.messages import Message
from generator.base.places import Place
from generator.sources.document import (
    MAX_TEXT,
    Budget,
    Cell,
    Document,
    make_document,
    make_table,
    make_text,
    refusal,
    require_size,
)
from generator.sources.text.encoding import decode

_SEPARATORS = (",", "\t", ";", "|", "，")
_SAMPLE_ROWS = 60
_END = "\ue0ff\ue0fe"
"""Set behind the last line: it comes back as a record of its own unless a quote is open."""
_AS_TEXT = re.compile(r'^="([^"]*)"$')
"""``="007"``: how programs keep Excel from reading a text as a number."""


def read_csv(data: bytes, name: str) -> Document:
    """Document with one table: a row a record, ragged ends empty.

    Raises: SourceError for an unknown encoding, text without any separator or an unclosed quote.
    """
    require_size(data, name, limit=MAX_TEXT)
    text, notes = decode(data, name)
    separator, declared = find_separator(text)
    if not separator:
        raise refusal(
            name,
            Message("找不到分隔符：整份文件只有一列"),
            Message("请用办公软件打开原表，另存为 xlsx 后再导入"),
        )
    body = text.split("\n", 1)[1] if declared else text
    budget = Budget(name)
    cells = list(_cells(body, separator, name, budget, 1 if declared else 0))
    table = make_table(cells, name="表1", budget=Budget(name))
    if table is None:
        raise refusal(name, Message("文件里没有文字"), Message("请确认保存完整后再导入"))
    return make_document(name, "csv", (table,), notes)


def _cells(text: str, separator: str, name: str, budget: Budget, skipped: int) -> Iterator[Cell]:
    """Cells of all records.

    Raises: SourceError when a record cannot be read.
    """
    lines = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=separator)
    row = 0
    while True:
        first_line = lines.line_num + 1 + skipped
        try:
            record = next(lines)
        except csv.Error as error:
            raise _unclosed(name, first_line) from error
        if record == [_END]:
            return
        if record and record[-1].endswith(_END):
            raise _unclosed(name, first_line)
        budget.spend(cells=max(len(record), 1), letters=sum(map(len, record)))
        for column, value in enumerate(record):
            words, _ = make_text([(_AS_TEXT.sub(r"\1", value), False)])
            if not words:
                continue
            yield Cell(text=words, row=row, column=column, where=Place(row=first_line, column=column + 1))
        row += 1


def _unclosed(name: str, line: int) -> Exception:
    what, hint = Message("从这一行起引号没有闭合，分不出单元格"), Message("请补上引号后再导入")
    return refusal(name, what, hint, line=line)


def find_separator(text: str) -> tuple[str, bool]:
    """The separator of a delimited text, and whether the file's first line declares it (``sep=;``).

    The one under which most records have the same number of columns (two or more); empty when none does.
    """
    first = text[:10].split("\n")[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], True
    return max(_SEPARATORS, key=lambda mark: _regularity(text, mark)) if _splits(text) else "", False


def _splits(text: str) -> bool:
    return any(_regularity(text, mark) > (0.0, 0) for mark in _SEPARATORS)


def _regularity(text: str, separator: str) -> tuple[float, int]:
    """Share of the sampled records that have the commonest width of two or more, and that width."""
    widths: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for record in reader:
            if any(value.strip() for value in record):
                widths.append(len(record))
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    wide = [width for width in widths if width > 1]
    if not wide:
        return (0.0, 0)
    common = max(set(wide), key=lambda width: (wide.count(width), width))
    return (round(wide.count(common) / len(widths), 1), common)
