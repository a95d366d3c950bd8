"""Numbers as digits or Chinese numerals in prose, read whole or not at all.

A number is one run of signs however it is grouped: 1200, 1,200, 1，200, 1 200, 1’200 are the same; 1亿2000万
is one number too. What stands for no exact number (数十, 十余, 七八) and what may be the tail of a longer one
(12 34) is found, but has no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from generator.language.chinese_numerals import CHINESE_DIGITS, parse_chinese_number
from generator.language.units import SCALES

BLANK = "[ \u00a0\u2002-\u200a\u202f\u3000]"
"""Blanks that stand inside a line."""
_PLAIN = r"\d+(?:[.．]\d+)?"
_GROUPED = (
    r"\d{1,3}(?P<mark>[,，'’ \u00a0\u2009\u202f])\d{3}(?:(?P=mark)\d{3}){0,3}(?:[.．]\d{1,8})?"
    r"(?!\d|(?P=mark)\d)"
)
_ARABIC = re.compile(f"{_GROUPED}|{_PLAIN}")
_MARKS = re.compile(r"[,，'’\s]")
_TAIL = re.compile(rf"\d+(?:{BLANK}{{1,3}}|[,'’])$")
"""Before a number: it may be the end of a longer one."""
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿][零〇○一二两三四五六七八九十百千万亿]*")
_FORMAL = re.compile("[壹贰叁肆伍陆柒捌玖][拾佰仟万亿][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*")
_VAGUE = re.compile(
    r"[数几][十百千万亿]+|[十百千万](?:几|数)[十百千万]*|若干|几(?=[个家处座条项名人户])|上[百千万]+"
)
_MORE_BEHIND = re.compile(r"余|多|来(?=[个家人万亩])")
_REACHED = re.compile(r"(?:过|超|近|破|达|逾)$")
NUMBER_START = re.compile(
    r"[\d零〇一二两三四五六七八九十百千万亿]|[壹贰叁肆伍陆柒捌玖](?=[拾佰仟万亿])|[数几上](?=[十百千万亿个家])|若干"
)
"""Where a number may begin."""
SCALE = re.compile(r"万亿|[十百千]亿|亿|[十百千]万|万|千(?![瓦克米伏字])|百(?!分)")
"""A scale word between a number and its unit."""
_TENS = {"": 1, "十": 10, "百": 100, "千": 1000}
_LONGEST = 16
"""Characters beyond which no real number is printed."""


class UnreadReason(StrEnum):
    """Why a printed number has no value."""

    INEXACT = "inexact"
    """It says itself that it is not exact: 数十, 十余, 七八."""
    BROKEN = "broken"
    """Its parts make no number, or it may be the tail of a longer one: 12 34."""
    UNIT = "unit"
    """What stands behind it is no unit that is known: 5千米/时."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedNumber:
    """A run of digits or numerals in a text."""

    value: Decimal | None
    """None where it is no exact number."""
    start: int
    end: int
    """Offset behind the numerals; a scale word that belongs to the unit (万 of 3万元) stands behind it."""
    reason: UnreadReason | None = None
    """Why there is no value; None also for a run that is no number at all (千家万户)."""


def parse_number_at(text: str, start: int) -> PrintedNumber:
    """The number that begins at ``start``, where ``NUMBER_START`` matches.

    1 200个 → 1200 up to 个; 1亿2000万元 → 12000 up to 万元; 十万零一千亩 → 101000; 数十家 → no value.
    """
    if match := _ARABIC.match(text, start):
        return _arabic_number(text, match)
    if match := _VAGUE.match(text, start):
        return _unread(start, match.end(), UnreadReason.INEXACT)
    match = _FORMAL.match(text, start) or _CHINESE.match(text, start)
    return _chinese_number(text, start, match.end()) if match else _unread(start, start + 1, None)


def _unread(start: int, end: int, reason: UnreadReason | None) -> PrintedNumber:
    return PrintedNumber(value=None, start=start, end=end, reason=reason)


def _arabic_number(text: str, match: re.Match[str]) -> PrintedNumber:
    start, end = match.span()
    digits = _MARKS.sub("", match[0]).replace("．", ".")
    if tail := _TAIL.search(text, max(0, start - _LONGEST), start):
        return _unread(tail.start(), end, UnreadReason.BROKEN)
    if len(digits) > _LONGEST:
        return _unread(start, end, UnreadReason.BROKEN)
    following = SCALE.match(text, end)
    if following is None or not text[following.end() : following.end() + 1].isdigit():
        return PrintedNumber(value=Decimal(digits), start=start, end=end)
    return _sum_parts(text, start, Decimal(digits), end)


def _sum_parts(text: str, start: int, value: Decimal, end: int) -> PrintedNumber:
    """A number in parts: each a whole number below the scale of the part before it (3万5千, 1亿2000万)."""
    total, whole = Decimal(0), value == value.to_integral_value()
    while (scale := SCALE.match(text, end)) and (part := re.compile(r"\d+").match(text, scale.end())):
        factor = SCALES[scale[0]]
        total += value * factor
        value, end = Decimal(part[0]), part.end()
        own = SCALE.match(text, end)
        size = value * (SCALES[own[0]] if own else 1)
        whole = whole and size < factor and (own is not None or len(part[0]) >= len(f"{factor:f}") - 1)
    whole = whole and text[end : end + 1] not in (".", "．")
    last = SCALE.match(text, end)
    if not whole:
        return _unread(start, last.end() if last else end, UnreadReason.BROKEN)
    if last is None:
        return PrintedNumber(value=total + value, start=start, end=end)
    unit = last[0].lstrip("十百千")
    total = (total + value * SCALES[last[0]]) / SCALES.get(unit, Decimal(1))
    return PrintedNumber(value=total, start=start, end=last.end() - len(unit))


def _chinese_number(text: str, start: int, end: int) -> PrintedNumber:
    """Numerals without the scale words at their end, which belong to the unit (三千万元 is 3000 万元)."""
    run = text[start:end]
    if len(run) > _LONGEST:
        return _unread(start, end, None)
    head = run.rstrip("万亿")
    if head in _TENS and head != "十":
        return _bare_scale(text, start, end, head)
    if _MORE_BEHIND.match(text, end) or _is_either_or(head):
        return _unread(start, end, UnreadReason.INEXACT)
    inner = re.search("[万亿]", head) is not None
    scale = SCALES.get(run[len(head) :], Decimal(1))
    value = parse_chinese_number(run if inner else head)
    if value is None:
        return _unread(start, end, None)
    exact = Decimal(value) / scale if inner else Decimal(value)
    return PrintedNumber(value=exact, start=start, end=start + len(head))


def _bare_scale(text: str, start: int, end: int, head: str) -> PrintedNumber:
    """A scale word without a number is one only where it is reached or passed: 破万人, 超千亿元."""
    if _MORE_BEHIND.match(text, end) and head:
        return _unread(start, end, UnreadReason.INEXACT)
    if _REACHED.search(text, max(0, start - 1), start) is None:
        return _unread(start, end, None)
    return PrintedNumber(value=Decimal(_TENS[head]), start=start, end=start + len(head))


def _is_either_or(numeral: str) -> bool:
    """Two digits side by side name a span, not a number (七八个, 三五十个); 二〇〇 is read digit by digit."""
    if set(numeral) & set("零〇○"):
        return False
    digits = CHINESE_DIGITS
    return any(a in digits and b in digits for a, b in pairwise(numeral))
