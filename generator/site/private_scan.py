"""The last look for private numbers in finished files, written apart from the masks that it controls.

It knows nothing of how a text was masked: it folds a file's text and looks for the plain shapes.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

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
_SHAPE = re.compile(
    rf"1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}|[0-9]{{4}}(?:{_GAP}[0-9]{{4}}){{3}}"
    rf"|[0-9]{{6}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{3}}[0-9XxｘＸ]"
)
"""What every number that is looked for comes to where its digits are plain ones; much else does too."""


def may_hold_numbers(text: str) -> bool:
    """Whether a text is worth folding and looking at closely; one that is not has no number in it."""
    return _SHAPE.search(text) is not None or _odd_digits().search(text) is not None


@cache
def _odd_digits() -> re.Pattern[str]:
    """A sign that is no plain digit and becomes one by folding (１ ② ³), or that nobody sees."""
    others = (chr(code) for code in range(0x80, sys.maxunicode + 1) if not 0x3400 <= code < 0xA000)
    found = [c for c in others if any(map(str.isdigit, unicodedata.normalize("NFKC", c)))]
    return re.compile(f"[{''.join(found)}{''.join(map(chr, _INVISIBLE))}]")


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
