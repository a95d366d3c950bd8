"""How the prose of a cell is built: departments, sub-headings, 一是/二是 items, numbered items, sentences.

The tree covers its text without gaps: labels and sentences, joined in order, are the text to the letter.
Every step is linear in the length of the text; the tree is at most as deep as there are kinds of parts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise


class PartKind(StrEnum):
    """What opens a part."""

    DEPARTMENT = "department"
    """A body's name at the head of a sentence: 区发改局一是…"""
    HEADING = "heading"
    """Words ended with a colon at the head of a sentence: 新建公园2处：…"""
    CHAPTER = "chapter"
    """一、"""
    SECTION = "section"
    """（一）"""
    ITEM = "item"
    """1. or 1、"""
    SUBITEM = "subitem"
    """（1）, 1） or ①"""
    ORDINAL = "ordinal"
    """一是, 一要"""
    SUBHEADING = "subheading"
    """Words ended with a colon right behind a number: 一是新建公园2处：…"""
    SENTENCE = "sentence"
    """Plain text up to and with its closing mark; has no label and no parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinePart:
    """A run of the text: its label, then its parts, without gaps."""

    kind: PartKind
    start: int
    """Offset of the first character, label included."""
    body: int
    """Offset behind the label (colon and the white space behind it included)."""
    end: int
    """Offset behind the last character (closing mark and white space included)."""
    label: str = ""
    """The label without colon and white space: 一是, 区发改局, 新建公园2处; empty for a sentence."""
    parts: tuple[OutlinePart, ...] = ()
    """Tile ``body`` … ``end`` in order; empty for a sentence and for a label with nothing behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A text and its parts, which tile it from 0 to its length."""

    text: str
    parts: tuple[OutlinePart, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """The label that opens a part."""

    kind: PartKind
    start: int
    body: int
    label: str


_DIGITS = "一二三四五六七八九十"
_PAIRS = {"（": "）", "(": ")", "“": "”", "「": "」", "《": "》", "【": "】", "‘": "’", "『": "』"}
_LONGEST_BRACKET = 300
_STOPS = "。！？!?；;\n"
_CLOSERS = "”’）)」』》】"
_NUMBERED = (
    (PartKind.CHAPTER, re.compile(rf"[{_DIGITS}]{{1,3}}、\s*")),
    (PartKind.SECTION, re.compile(rf"[（(][{_DIGITS}]{{1,3}}[）)]\s*")),
    (PartKind.ITEM, re.compile(r"\d{1,2}(?:[.．](?!\d)|、)\s*")),
    (PartKind.SUBITEM, re.compile(r"[（(]\d{1,2}[）)]\s*|\d{1,2}[）)]\s*|[①-⑳]\s*")),
)
_ORDINAL = re.compile(rf"([{_DIGITS}]{{1,3}})[是要](?![否求素害])[，,：:]?")
_BEFORE_ORDINAL = re.compile(r"[^统唯之单同逐归划专第万其任\d]")
_HEADING = re.compile(r"[^。！？!?；;：:\n]{2,60}(?:(?<!\d)[：:]|[：:](?!\d))\s*")
_NO_HEADING = re.compile(r"(?:如下|包括|分别|其中|例如|比如|即|为|是|有|指出|强调|表示|要求)[：:]\s*$")
_BODY_NAME = re.compile(
    r"(?:经|由)?((?:[区县市州旗省镇]|团[区县市]委|各)[一-龥]{0,14}?"
    r"(?:局|委|办|办公室|中心|集团|公司|管委会|办事处|街道|政府|联合会|妇联|残联|工会|商会|院|署|队|团委))"
    rf"(?=将?[{_DIGITS}]是)"
)


def parse_outline(text: str, departments: Collection[str] = ()) -> Outline:
    """The parts of ``text``; ``departments`` are the names and aliases that may open one."""
    return _parse(text, tuple(departments))


@lru_cache(maxsize=1024)
def _parse(text: str, departments: tuple[str, ...]) -> Outline:
    """Cached: the same text stands on cards, pages and lists."""
    stops = _sentence_ends(text)
    marks = deque(_find_marks(text, stops, departments))
    return Outline(text=text, parts=tuple(_nest(marks, 0, frozenset(), stops)))


def walk(parts: Collection[OutlinePart]) -> Iterator[OutlinePart]:
    """Every part in reading order, outer ones before inner ones."""
    for part in parts:
        yield part
        yield from walk(part.parts)


def leaves(outline: Outline) -> Iterator[tuple[int, int]]:
    """Offsets of labels and sentences in order; joined they are the whole text."""
    for part in walk(outline.parts):
        if part.kind is PartKind.SENTENCE:
            yield part.start, part.end
        elif part.body > part.start:
            yield part.start, part.body


def _bracketed(text: str) -> list[bool]:
    """For each character whether it stands inside a closed, short pair of brackets or quotes."""
    inside = [0] * (len(text) + 1)
    opened: list[tuple[str, int]] = []
    for offset, character in enumerate(text):
        if character in _PAIRS:
            opened.append((_PAIRS[character], offset))
        elif opened and character == opened[-1][0]:
            start = opened.pop()[1]
            if offset - start <= _LONGEST_BRACKET:
                inside[start] += 1
                inside[offset] -= 1
        elif character == "\n":
            opened.clear()
    depth, result = 0, []
    for change in inside[: len(text)]:
        depth += change
        result.append(depth > 0)
    return result


def _sentence_ends(text: str) -> list[int]:
    """Offsets behind each sentence with its closing quotes and white space; the last is the end."""
    inside = _bracketed(text)
    ends: list[int] = []
    offset = 0
    while offset < len(text):
        if text[offset] in _STOPS and not inside[offset]:
            offset += 1
            while offset < len(text) and (text[offset] in _STOPS + _CLOSERS or text[offset].isspace()):
                offset += 1
            ends.append(offset)
        else:
            offset += 1
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return ends


def _find_marks(text: str, stops: list[int], departments: tuple[str, ...]) -> list[_Mark]:
    """Labels in order of the text, not overlapping."""
    names = _names_pattern(departments)
    heads = [_first_visible(text, start) for start in (0, *stops[:-1])]
    opened = [mark for head in heads for mark in _marks_at(text, head, names)]
    paragraphs = {head for head in heads if head == heads[0] or text[head - 1 : head].isspace()}
    kept = _keep_paragraph_marks(opened, paragraphs, heads[0])
    return _merge(kept, _find_ordinals(text, kept))


@lru_cache(maxsize=64)
def _names_pattern(departments: tuple[str, ...]) -> re.Pattern[str] | None:
    names = sorted((re.escape(name) for name in departments if name), key=len, reverse=True)
    return re.compile(rf"(?:经|由)?({'|'.join(names)})\s*[：:]?\s*") if names else None


def _first_visible(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def _marks_at(text: str, head: int, names: re.Pattern[str] | None) -> list[_Mark]:
    """The labels that stand one behind the other at the head of a sentence."""
    marks: list[_Mark] = []
    at = head
    for kind, pattern in _NUMBERED:
        if match := pattern.match(text, at):
            marks.append(_Mark(kind, at, match.end(), match[0].strip()))
            at = match.end()
            break
    body = (names.match(text, at) if names else None) or _BODY_NAME.match(text, at)
    if body:
        marks.append(_Mark(PartKind.DEPARTMENT, at, body.end(), body[1]))
        at = body.end()
    heading = _HEADING.match(text, at)
    if heading and not body and not _NO_HEADING.search(heading[0]) and not _ORDINAL.match(text, at):
        kind = PartKind.SUBHEADING if marks else PartKind.HEADING
        marks.append(_Mark(kind, at, heading.end(), heading[0].rstrip().rstrip("：:")))
    return marks


def _keep_paragraph_marks(marks: list[_Mark], paragraphs: set[int], first: int) -> list[_Mark]:
    """Where departments or headings open paragraphs, those in the middle of a paragraph open nothing."""
    kept: list[_Mark] = []
    for kind in (PartKind.DEPARTMENT, PartKind.HEADING):
        of_kind = [mark for mark in marks if mark.kind is kind]
        strong = [mark for mark in of_kind if mark.start in paragraphs]
        kept += strong if any(mark.start != first for mark in strong) else of_kind
    kept += [mark for mark in marks if mark.kind not in (PartKind.DEPARTMENT, PartKind.HEADING)]
    return sorted(kept, key=lambda mark: mark.start)


def _find_ordinals(text: str, marks: list[_Mark]) -> list[_Mark]:
    """一是, 二是 … that count on from one; 一是 needs a boundary before it or 二是 after it."""
    taken = {mark.body for mark in marks}
    found: list[_Mark] = []
    hits = list(_ORDINAL.finditer(text))
    last = 0
    for index, hit in enumerate(hits):
        number = _number(hit[1])
        before = text[hit.start() - 1 : hit.start()]
        if before and not _BEFORE_ORDINAL.match(before):
            continue
        boundary = not before or before in "。；;，,：:、！!" or before.isspace() or hit.start() in taken
        follows = index + 1 < len(hits) and _number(hits[index + 1][1]) == 2
        if (number == 1 and (boundary or follows)) or (number == last + 1 and last):
            found.append(_Mark(PartKind.ORDINAL, hit.start(), hit.end(), hit[0].strip("，,：:")))
            last = number
    return _with_subheadings(text, found)


def _number(numeral: str) -> int:
    """1-99 of 一 … 九十九; 0 for what is no numeral."""
    tens, ten, ones = numeral.rpartition("十")
    high = (_DIGITS.find(tens) + 1 or 1) if ten else 0
    return high * 10 + (_DIGITS.find(ones) + 1 if ones else 0)


def _with_subheadings(text: str, ordinals: list[_Mark]) -> list[_Mark]:
    marks: list[_Mark] = []
    for mark in ordinals:
        marks.append(mark)
        heading = _HEADING.match(text, mark.body)
        if (
            heading
            and "，" not in heading[0]
            and "," not in heading[0]
            and not _NO_HEADING.search(heading[0])
        ):
            label = heading[0].rstrip().rstrip("：:")
            marks.append(_Mark(PartKind.SUBHEADING, mark.body, heading.end(), label))
    return marks


def _merge(marks: list[_Mark], ordinals: list[_Mark]) -> list[_Mark]:
    """Both lists by offset; of two that overlap the first stays."""
    merged: list[_Mark] = []
    for mark in sorted((*marks, *ordinals), key=lambda m: (m.start, m.body)):
        if not merged or mark.start >= merged[-1].body:
            merged.append(mark)
    return merged


def _nest(
    marks: deque[_Mark], body: int, opened: frozenset[PartKind], stops: Sequence[int]
) -> Iterator[OutlinePart]:
    """Sentences from ``body`` to the next mark, then parts of kinds that are not open; takes their marks."""
    yield from _sentences(body, _bound(marks, stops), stops)
    while marks and marks[0].kind not in opened:
        mark = marks.popleft()
        inside = tuple(_nest(marks, mark.body, opened | {mark.kind}, stops))
        yield OutlinePart(
            kind=mark.kind,
            start=mark.start,
            body=mark.body,
            end=_bound(marks, stops),
            label=mark.label,
            parts=inside,
        )


def _bound(marks: deque[_Mark], stops: Sequence[int]) -> int:
    """Where the next mark begins, or the text ends."""
    return marks[0].start if marks else stops[-1]


def _sentences(start: int, end: int, stops: Sequence[int]) -> Iterator[OutlinePart]:
    inner = stops[bisect_right(stops, start) : bisect_left(stops, end)]
    for at, stop in pairwise((start, *inner, end)):
        if at < stop:
            yield OutlinePart(kind=PartKind.SENTENCE, start=at, body=at, end=stop)
