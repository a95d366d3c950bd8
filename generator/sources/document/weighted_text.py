"""Runs of characters with their weight → one clean text with its bold spans.

Every reader hands its characters through ``make_text``, so that all formats agree on what a line break is
and on which characters nobody can see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.sources.document.document import Span

Run = tuple[str, bool]
"""Characters and whether they are bold."""

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\ufe00-\ufe0f\ufeff\ufffe\uffff]"
)
_BREAK = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """``text`` without characters nobody can see; every line break is a newline, a no-break space a space."""
    text = _BREAK.sub("\n", text).replace("\u00a0", " ")
    return _LONE_SURROGATE.sub("\ufffd", _UNSEEN.sub("", text))


def raise_digits(text: str, before: str) -> str:
    """``text``, printed raised behind ``before``, with raised digits where it would make a number longer."""
    digits = text.strip().isascii() and text.strip().isdigit() and before[-1:].isdecimal()
    return text.translate(_RAISED) if digits else text


def make_text(runs: Iterable[Run]) -> tuple[str, tuple[Span, ...]]:
    """Text of the runs, white space at both ends and at line ends taken off, and its bold spans.

    White space carries no weight of its own: it is bold when the characters on both sides are.
    """
    pieces = [(clean(text), bold) for text, bold in runs]
    letters = "".join(text for text, _ in pieces)
    weights = bytearray(b"".join((b"\1" if bold else b"\0") * len(text) for text, bold in pieces))
    keep = _kept(letters)
    text = "".join(letters[start:end] for start, end in keep)
    weight = b"".join(bytes(weights[start:end]) for start, end in keep)
    return text, make_spans(text, weight)


def _kept(letters: str) -> list[tuple[int, int]]:
    """Slices of ``letters`` that stay when line ends and both ends are stripped."""
    kept: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n]*\n?", letters):
        line = match.group()
        end = match.start() + len(line.rstrip())
        kept.append((match.start(), end))
        if line.endswith("\n"):
            kept.append((match.end() - 1, match.end()))
    first = len(letters) - len(letters.lstrip())
    last = len(letters.rstrip())
    return [(max(s, first), min(e, last)) for s, e in kept if s < last and e > first]


def make_spans(text: str, weight: Sequence[int]) -> tuple[Span, ...]:
    """Bold spans of ``text`` from one weight a character; spans end at letters, never at white space."""
    spans: list[Span] = []
    start = end = -1
    for index, letter in enumerate(text):
        if letter.isspace():
            continue
        if weight[index]:
            start, end = (index if start < 0 else start), index + 1
        elif start >= 0:
            spans.append(Span(start=start, end=end))
            start = -1
    if start >= 0:
        spans.append(Span(start=start, end=end))
    return tuple(spans)


def split_runs(text: str, bold: Sequence[Span]) -> list[Run]:
    """Runs that make ``text`` with these bold spans again."""
    runs: list[Run] = []
    done = 0
    for span in bold:
        runs += [(text[done : span.start], False), (text[span.start : span.end], True)]
        done = span.end
    return [run for run in [*runs, (text[done:], False)] if run[0]]
