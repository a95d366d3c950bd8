"""Printed row numbers, and the numbers that tasks get: unique in the year, as printed where possible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.language.chinese_numerals import parse_chinese_number

_SMALL_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百两]+")
"""Numerals that rows are numbered by: up to 九百九十九."""
_CIRCLED = {chr(code): code - 0x2460 + 1 for code in range(0x2460, 0x2474)}
_CIRCLED |= {chr(code): code - 0x2474 + 1 for code in range(0x2474, 0x2488)}
_CIRCLED |= {chr(code): code - 0x2488 + 1 for code in range(0x2488, 0x249C)}
_CIRCLED |= {chr(code): code - 0x3251 + 21 for code in range(0x3251, 0x3260)}
_CIRCLED |= {chr(code): code - 0x3220 + 1 for code in range(0x3220, 0x322A)}
_CIRCLED |= {chr(code): code - 0x2160 + 1 for code in range(0x2160, 0x216C)}
_EDGES = re.compile(r"^[【\[〔]?(?:项目|任务|实事|事项)?[（(\[【第]*|[)）\]】〕.．、。:：,，号项条]*$")
_NUMBER = re.compile(
    r"\s*[（(\[【第]?\s*(?:[A-Za-z]?-?[0-9０-９]{1,4}(?:\s*[-.．－—–]\s*[0-9０-９]{1,3}){0,3}|[〇零一二三四五六七八九十百两]{1,5}"
    r"|[\u2460-\u249b\u3251-\u325f\u3220-\u3229\u2160-\u216b])\s*[)）\]】项条号]?[.．、。:：]?\s*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """Number of a task and how it came about."""

    value: int
    inferred: bool = False
    """The source prints none."""
    printed: str | None = None
    """What the source prints, where that is not ``value`` itself."""


def is_number(text: str) -> bool:
    """Whether a text is a row number and nothing else: 1, 01, 1., （3）, 1-2, ①, 十二、."""
    return _NUMBER.fullmatch(text) is not None and bool(text.strip())


def number_value(text: str) -> int | None:
    """Whole number that a printed row number stands for; None for composed ones (1-2, 1.3) and the rest."""
    plain = "".join(text.split())
    plain = _EDGES.sub("", plain)
    if plain in _CIRCLED:
        return _CIRCLED[plain]
    if plain.isdecimal():
        return int(plain)
    return parse_chinese_number(plain) if _SMALL_NUMERAL.fullmatch(plain) else None


def make_numbers(printed: Sequence[str]) -> tuple[Number, ...]:
    """Numbers of the rows of a table, in order; ``printed`` is empty where the source has none.

    Printed whole numbers stay when no two are equal; a lost one is the number behind its neighbour.
    Restarted or composed numbering is numbered through, the printed number kept beside.
    """
    values = [number_value(text) if text.strip() else None for text in printed]
    known = [v for v in values if v]
    composed = any(text.strip() and not value for text, value in zip(printed, values, strict=True))
    if composed or len(set(known)) < len(known):
        return tuple(_through(i, text) for i, text in enumerate(printed, 1))
    taken, last = set(known), 0
    found = []
    for text, value in zip(printed, values, strict=True):
        if value:
            found.append(Number(value=value, printed=_odd(text, value)))
            last = value
            continue
        last += 1
        if last in taken:
            last = max(taken) + 1
        taken.add(last)
        found.append(Number(value=last, inferred=True))
    return tuple(found)


def _through(position: int, text: str) -> Number:
    plain = text.strip()
    return Number(value=position, inferred=not plain, printed=_odd(plain, position) if plain else None)


def _odd(text: str, value: int) -> str | None:
    """The printed number where it does not read as the plain one: kept for 1-2, ①, 三; not for 01 or 3、."""
    plain = _EDGES.sub("", "".join(text.split()))
    return None if plain.isdecimal() and int(plain) == value else text.strip()
