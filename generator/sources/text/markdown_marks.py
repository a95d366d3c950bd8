"""Marks of Markdown inside a line: bold, struck out, line breaks, escaped pipes.

Source: GitHub Flavored Markdown 0.29: 4.10 (tables), 6.4 (emphasis), 6.5 (strikethrough), 6.11 (raw HTML).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.sources.document import Run, Span, make_spans, mark_struck

_TABLE = re.compile(r"^(?:[ \t]*\|)?[ \t]*:?-{3,}:?[ \t]*\|[ \t:|-]*$|^[ \t]*\|[^\n]*<br\s*/?>", re.MULTILINE)
"""The line below the heading of a table, or a row with a line break in a cell."""
_MARK = re.compile(
    r"\*\*|__|~~|<(?P<end>/?)(?P<tag>b|strong|s|del|strike)>|(?P<break><br\s*/?>)|(?P<pipe>\\\|)",
    re.IGNORECASE,
)
_STRIKES = frozenset({"~~", "s", "del", "strike"})


def is_markdown(text: str, name: str) -> bool:
    """Whether a text is Markdown by its suffix, or has a table as only Markdown draws them."""
    return name.lower().endswith((".md", ".markdown")) or _TABLE.search(text) is not None


def parse_marks(text: str) -> tuple[str, tuple[Span, ...]]:
    """Text without Markdown's own marks, and its bold runs: ``**甲**<br>乙`` → ``甲\\n乙``, bold 0–1.

    What is struck out stays, marked as struck.
    """
    if _MARK.search(text) is None:
        return text, ()
    runs = list(_runs(text))
    weights = b"".join((b"\1" if bold else b"\0") * len(piece) for piece, bold in runs)
    plain = "".join(piece for piece, _ in runs)
    return plain, make_spans(plain, weights)


def _runs(text: str) -> Iterator[Run]:
    """Characters between the marks, with their weight."""
    marks = list(_MARK.finditer(text))
    paired = _pair(text, marks)
    done = bold = struck = 0
    for index, mark in enumerate([*marks, None]):
        piece = text[done : mark.start() if mark else len(text)]
        yield (mark_struck(piece) if struck else piece), bold > 0
        if mark is None:
            return
        done = mark.end()
        if mark["break"] or mark["pipe"]:
            yield ("\n" if mark["break"] else "|"), bold > 0
        elif index not in paired:
            yield mark.group(), bold > 0
        elif _kind(mark) in _STRIKES:
            struck += paired[index]
        else:
            bold += paired[index]


def _pair(text: str, marks: Sequence[re.Match[str]]) -> dict[int, int]:
    """Index of a mark that has its other half → 1 where it begins, -1 where it ends."""
    opened: dict[str, int] = {}
    paired: dict[int, int] = {}
    for index, mark in enumerate(marks):
        kind = _kind(mark)
        if kind in opened and _ends(text, mark):
            paired |= {opened.pop(kind): 1, index: -1}
        elif kind and kind not in opened and _begins(text, mark):
            opened[kind] = index
    return paired


def _kind(mark: re.Match[str]) -> str:
    """``**``, ``b`` … ; empty for what has no other half."""
    return (mark["tag"] or "").lower() or ("" if mark["break"] or mark["pipe"] else mark.group())


def _begins(text: str, mark: re.Match[str]) -> bool:
    if mark["tag"]:
        return not mark["end"]
    before, behind = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    apart = mark.group() != "__" or not (before.isalnum() or before == "_" or behind == "_")
    return bool(behind.strip()) and apart


def _ends(text: str, mark: re.Match[str]) -> bool:
    if mark["tag"]:
        return bool(mark["end"])
    before, behind = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    apart = mark.group() != "__" or not (behind.isalnum() or behind == "_" or before == "_")
    return bool(before.strip()) and apart
