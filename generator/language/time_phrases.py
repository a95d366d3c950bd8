"""Words for a time in prose, and what they say of a number that follows them; data in the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.language.chinese_numerals import parse_chinese_number
from generator.language.lexicon import make_pattern


class TimeKind(StrEnum):
    """What a time phrase names; the value is its group in the lexicon."""

    UNTIL = "until"
    YEAR = "year"
    FORMER = "former"
    MONTHS = "months"
    QUARTERS = "quarters"
    OWN = "own"
    SO_FAR = "so_far"
    FUTURE = "future"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePhrase:
    """One time phrase of a text."""

    kind: TimeKind
    words: str
    """As printed."""
    number: int | None
    """First number in it: the year, the first month, the quarter; None where it has none."""
    start: int
    end: int


_TIMES = re.compile("|".join(f"(?P<{kind}>{make_pattern('time_phrases', kind)})" for kind in TimeKind))
_AT_HEAD = make_pattern("time_phrases", "until", "year", "months", "quarters", "month", "so_far", "dates")
_HEAD = re.compile(rf"\s*(?:{_AT_HEAD}[，,]?)+")
_NUMBER = re.compile(r"\d+|[一二三四五六七八九十两]+")


def find_times(text: str, start: int = 0, end: int | None = None) -> Iterator[TimePhrase]:
    """Time phrases of a piece of ``text`` in order.

    1-6月完成3处，二季度2处 → 1-6月 (months, 1), 二季度 (quarters, 2).
    """
    for match in _TIMES.finditer(text, start, len(text) if end is None else end):
        kind = TimeKind(match.lastgroup or "")
        number = _NUMBER.search(match[0])
        yield TimePhrase(
            kind=kind,
            words=match[0],
            number=_value(number[0]) if number else None,
            start=match.start(),
            end=match.end(),
        )


_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})\s?月")
_SENTENCE_END = re.compile(r"[。；;\n]")


def find_last_month(text: str, at: int) -> int | None:
    """Month up to which the time phrase before ``at`` counts from January; None where it names none.

    1-5月份,民间投资占比提高15.1个百分点 → 5. The last phrase of the sentence before ``at`` governs.
    """
    start = max((end.end() for end in _SENTENCE_END.finditer(text, 0, at)), default=0)
    phrase = next(reversed([t for t in find_times(text, start, at) if t.kind in _UP_TO]), None)
    if phrase is None or phrase.kind not in (TimeKind.MONTHS, TimeKind.UNTIL):
        return None
    if phrase.kind is TimeKind.MONTHS and phrase.number != 1:
        return None
    months = _MONTH.findall(phrase.words)
    month = _value(months[-1]) if months else None
    return month if month and month <= 12 else None


def find_earlier_months(text: str, month: int) -> tuple[str, ...]:
    """Time phrases that count from January to a month before ``month``, as printed, each once: 1-5月份."""
    found = (t for t in find_times(text) if find_last_month(text[: t.end], t.end) is not None)
    ends = ((t.words, find_last_month(text[: t.end], t.end)) for t in found)
    return tuple(dict.fromkeys(words for words, end in ends if end is not None and end < month))


_UP_TO = (TimeKind.MONTHS, TimeKind.UNTIL, TimeKind.QUARTERS, TimeKind.OWN, TimeKind.SO_FAR)


def strip_times(text: str) -> str:
    """``text`` without the time phrases at its head: 截至6月底，已建成公园 → 已建成公园."""
    match = _HEAD.match(text)
    return text[match.end() :] if match else text


def _value(numeral: str) -> int | None:
    return int(numeral) if numeral.isdecimal() else parse_chinese_number(numeral)
