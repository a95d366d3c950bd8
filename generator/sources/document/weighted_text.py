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

UNSEEN = (
    "\u0000-\u0008\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff"
)
"""Ranges of characters that nobody can see: control, zero-width, direction, fillers, choices of shape.

Source: Unicode, DerivedCoreProperties.txt, Default_Ignorable_Code_Point; the control characters beside it."""
_BREAK = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = frozenset(
    chr(code)
    for first, last in re.findall("(.)(?:-(.))?", UNSEEN, re.DOTALL)
    for code in range(ord(first), ord(last or first) + 1)
)


def clean(text: str) -> str:
    """``text`` in which every line break is a newline, a no-break space a space, a lone surrogate U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", _BREAK.sub("\n", text).replace("\u00a0", " "))


def raise_digits(text: str, before: str) -> str:
    """``text``, printed raised behind ``before``, with raised digits where it would make a number longer."""
    digits = text.strip().isascii() and text.strip().isdigit() and before[-1:].isdecimal()
    return text.translate(_RAISED) if digits else text


def make_text(runs: Iterable[Run]) -> tuple[str, tuple[Span, ...]]:
    """Text of the runs and its bold spans: ``[("甲 ", True), (" 乙\n", False)]`` → ``"甲  乙"``, bold 0–1.

    What nobody can see at both ends and at line ends is taken off. White space carries no weight of its own:
    it is bold when the characters on both sides are.
    """
    pieces = [(clean(text), bold) for text, bold in runs]
    weights = b"".join((b"\1" if bold else b"\0") * len(text) for text, bold in pieces)
    return finish_text("".join(text for text, _ in pieces), weights)


def finish_text(letters: str, weights: bytes | bytearray) -> tuple[str, tuple[Span, ...]]:
    """Text without unseen ends of lines, and its bold spans, from one weight a character."""
    keep = _kept(letters)
    text = "".join(letters[start:end] for start, end in keep)
    return text, make_spans(text, b"".join(bytes(weights[start:end]) for start, end in keep))


def make_weights(text: str, bold: Sequence[Span]) -> bytearray:
    """One weight a character."""
    weights = bytearray(len(text))
    for span in bold:
        weights[span.start : span.end] = b"\1" * (span.end - span.start)
    return weights


def _kept(letters: str) -> list[tuple[int, int]]:
    """Slices of ``letters`` that stay when line ends and both ends are stripped."""
    first, last = 0, _seen_end(letters, 0, len(letters))
    while first < last and _is_blank(letters[first]):
        first += 1
    kept: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n]+|\n", letters[first:last]):
        start, end = first + match.start(), first + match.end()
        kept.append((start, end if letters[start] == "\n" else _seen_end(letters, start, end)))
    return kept


def _seen_end(letters: str, start: int, end: int) -> int:
    """Index behind the last character between two offsets that anybody can see."""
    while end > start and _is_blank(letters[end - 1]):
        end -= 1
    return end


def _is_blank(letter: str) -> bool:
    return letter.isspace() or letter in _UNSEEN


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
