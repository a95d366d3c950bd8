"""Private numbers in any text file of a site, found by counting digits and by their check digits.

Written apart from what masks them: no expression is shared, so a form that the masks do not know is found.
A mobile number has 11 digits and begins with 13 to 19; the number of an identity card has 17 digits and a
check character (ISO 7064, MOD 11-2), or 15 digits with a day of birth; that of a bank card has 16 to 19
digits and a check digit (ISO/IEC 7812-1, Luhn).
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from tests.audit.built import Built

TEXTS = (".html", ".json", ".csv", ".svg", ".xml", ".txt", ".js")
JOINTS = "- ‐‑–—·"
"""What people write between the groups of a number, one at a time; a blank of any width is a blank."""
UNITS = "元万亿千百%.·"
"""What stands behind an amount."""
MOBILE = {(11,), (3, 4, 4), (3, 8), (7, 4)}
CARD = {(16,), (17,), (18,), (19,), (4, 4, 4, 4), (4, 4, 4, 4, 3)}
IDENTITY = {(18,), (6, 8, 4)}
IDENTITY_WITH_X = {(17,), (6, 8, 3)}
"""Sizes of the groups in which such numbers are written."""


@dataclass(frozen=True)
class Run:
    """Digits side by side, and the characters around them."""

    digits: str
    before: str
    after: str
    start: int
    end: int


def check_private_numbers(built: Built) -> Iterator[str]:
    """D-06, D-07, D-08, D-11: no mobile, identity or card number stands in clear in any file."""
    for name, data in built.files.items():
        if name.endswith(TEXTS) and not name.startswith("static/"):
            yield from (f"{name}: {found}" for found in find_private_numbers(data.decode("utf-8")))


def find_private_numbers(text: str) -> list[str]:
    """Private numbers of a text, without what joins their groups: 138 0013 8000 → 13800138000."""
    runs = list(_runs(unicodedata.normalize("NFKC", text)))
    groups = (runs[start : start + size] for start in range(len(runs)) for size in range(1, 6))
    return ["".join(run.digits for run in group) for group in groups if _is_private(group)]


def _runs(text: str) -> Iterator[Run]:
    start = None
    for place, character in enumerate(text + " "):
        if character.isdigit() and start is None:
            start = place
        elif start is not None and not character.isdigit():
            yield Run(text[start:place], text[start - 1 : start], text[place : place + 1], start, place)
            start = None


def _is_private(group: list[Run]) -> bool:
    if any(b.start - a.end != 1 or a.after not in JOINTS for a, b in pairwise(group)):
        return False
    digits, sizes = "".join(run.digits for run in group), tuple(len(run.digits) for run in group)
    before, after = group[0].before, group[-1].after
    if _is_latin(before) or before in (".", "_", "#"):
        return False  # part of a checksum, a fraction, a colour, a name
    if sizes in IDENTITY_WITH_X and after in ("X", "x"):
        return has_identity_check(digits + "X")
    if _is_latin(after) or (after and after in UNITS):
        return False
    return (
        (sizes in MOBILE and digits[0] == "1" and digits[1] in "3456789")
        or (sizes in IDENTITY and has_identity_check(digits))
        or (sizes == (15,) and has_birthday(digits))
        or (sizes in CARD and has_card_check(digits))
    )


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def has_identity_check(number: str) -> bool:
    """Whether 18 characters satisfy ISO 7064 (MOD 11-2): powers of two from the right, one left over."""
    values = [10 if c == "X" else int(c) for c in number]
    return sum(value * pow(2, 17 - place, 11) for place, value in enumerate(values)) % 11 == 1


def has_birthday(number: str) -> bool:
    """Whether the seventh to twelfth digit are a day of the twentieth century."""
    with suppress(ValueError):
        return bool(dt.date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12])))
    return False


def has_card_check(number: str) -> bool:
    """Whether the digits satisfy Luhn: every second one from the right doubled, a multiple of ten in all."""
    doubled = (int(c) * (1 + place % 2) for place, c in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
