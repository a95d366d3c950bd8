"""The last look for private numbers in finished files, written apart from the masks that it controls.

It knows nothing of how a text was masked: it folds a file's text and looks for the plain shapes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_JOIN = r"(?:[ .‐-―-]|\) ?)?"
_PHONE = re.compile(
    rf"(?<![0-9A-Za-z.])(?:\+?86[ -]?|0086[ -]?|0)?(1[3-9]\d{_JOIN}\d{{4}}{_JOIN}\d{{4}})"
    r"(?![0-9A-Za-z])(?!\.\d)"
)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z.])(\d{6}[ -]?(?:19|20)\d\d[ -]?\d{4}[ -]?\d{3}[0-9Xx])(?![0-9A-Za-z])"
)
_BANK = re.compile(
    r"(?<![0-9A-Za-z.])(\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?)(?![0-9A-Za-z])(?!\.\d)"
)
_GAP = "(?:[^0-9A-Za-z]{1,2})?"
_SHAPES = tuple(
    map(
        re.compile,
        (
            rf"1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}",
            rf"\d{{4}}(?:{_GAP}\d{{4}}){{3}}",
            rf"\d{{6}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{3}}[0-9Xx]",
        ),
    )
)
"""What every number that is looked for comes to once it is folded; much else does too."""
_DECIMAL, _CHECKSUM = re.compile(r"\d\.\d{6,}"), re.compile(r"\b[0-9a-f]{40,128}\b")
"""Digits that count nothing a person could be found by."""
_AROUND, _LONGEST_WORD = 70, 130
_WORD_END, _WORD_START = re.compile(r"[0-9A-Za-z.]+\Z"), re.compile(rf"[0-9A-Za-z.]{{1,{_LONGEST_WORD}}}")
_MARKS = bytes(48 if chr(i).isdigit() else 120 if chr(i).isalpha() else 32 for i in range(128)) + b" " * 128
"""Byte → 0 for a digit, x for a letter, a blank for any other sign."""
_GAPS = (b"", b" ", b"  ")
_RUNS = tuple(b"000" + one + b"0000" + other + b"0000" for one in _GAPS for other in _GAPS)
_INNER = bytes(range(0x80, 0xC0))
"""What follows the first byte of a sign in UTF-8."""
_UNCOMMON = re.compile("[^\x00-\x7f\u3001-\u3020\u3400-\u9fff，；（）：％！“”‘’…·→—÷›＝？・]")
"""Signs that could be digits, gaps or nothing at all once they are folded, beside many that could not."""


def find_doubtful(text: str) -> Iterator[str]:
    """Pieces of the text, folded, that could hold a number of a person: few texts have any."""
    is_uncommon = _UNCOMMON.search(text) is not None
    plain = fold_text(text) if is_uncommon else text.replace("）", ")")
    if not is_uncommon and not _has_long_runs(plain):
        return
    plain = _DECIMAL.sub(" ", plain)
    if is_uncommon or _has_long_runs(plain):
        for match in chain.from_iterable(shape.finditer(plain) for shape in _SHAPES):
            yield _CHECKSUM.sub(" ", _widen(plain, match.start() - _AROUND, match.end() + _AROUND))


def _has_long_runs(text: str) -> bool:
    """Whether three, four and four plain digits stand within two signs of each other, as in every shape."""
    marks = text.encode("utf-8", "replace").translate(_MARKS, _INNER)
    return any(run in marks for run in _RUNS)


def _widen(text: str, start: int, end: int) -> str:
    """A piece of a text, grown until it cuts no word: half a checksum could look like a number."""
    start, end = max(0, start), min(len(text), end)
    before = _WORD_END.search(text[max(0, start - _LONGEST_WORD) : start])
    after = _WORD_START.match(text, end)
    return text[start - len(before[0] if before else "") : after.end() if after else end]


def fold_text(text: str) -> str:
    """The text with full-width signs as plain ones and without signs that nobody sees."""
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE))


def find_clear_numbers(text: str) -> list[str]:
    """Numbers in a folded text that could belong to a person: phones, identity cards with their check digit,
    bank cards that pass Luhn's check."""
    found = [match[1] for match in _PHONE.finditer(text)]
    found += [match[1] for match in _IDENTITY.finditer(text) if _passes_identity(match[1])]
    return found + [match[1] for match in _BANK.finditer(text) if _passes_luhn(match[1])]


def _passes_identity(number: str) -> bool:
    signs = [c for c in number.upper() if c not in " -"]
    weight, total = 1, 0
    for sign in reversed(signs):
        total += weight * (10 if sign == "X" else int(sign))
        weight = weight * 2 % 11
    return len(signs) == 18 and total % 11 == 1 and int(signs[10] + signs[11]) <= 12


def _passes_luhn(number: str) -> bool:
    digits = [int(c) for c in number if c.isdigit()]
    doubled = [d * 2 - 9 * (d > 4) if place % 2 else d for place, d in enumerate(reversed(digits))]
    offices = len(digits) == 16 and digits[:2] == digits[8:10]
    return len(set(digits)) > 1 and not offices and sum(doubled) % 10 == 0
