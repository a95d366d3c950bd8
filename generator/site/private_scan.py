"""The last look for private numbers in finished files, written apart from the masks that it controls.

It knows nothing of how a text was masked: it folds a file's text and looks for the plain shapes.
"""

from __future__ import annotations

import re
import unicodedata

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
            rf"1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}",
            rf"[0-9][0-9]{{3}}(?:{_GAP}[0-9]{{4}}){{3}}",
            rf"[0-9][0-9]{{5}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{3}}[0-9Xx]",
        ),
    )
)
"""What every number that is looked for comes to where its digits are plain ones; much else does too."""
_UNCOMMON = re.compile("[^\x00-\x7f\u3001-\u3020\u3400-\u9fff，；（）：％！“”…·]")
"""Signs that could be digits, gaps or nothing at all once they are folded, beside many that could not."""


def fold_doubtful(text: str) -> str:
    """The text folded, where it could hold a number of a person; else nothing."""
    if _UNCOMMON.search(text):
        return fold_text(text)
    return text.replace("）", ")") if any(shape.search(text) for shape in _SHAPES) else ""


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
