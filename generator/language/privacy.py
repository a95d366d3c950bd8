"""Masks for what must not be published in clear: mobile numbers, ID numbers, bank cards, names on request.

Content keeps every source to the letter; the mask is laid over the ``Site`` before anything is computed or
drawn, so no output can miss it. A mask keeps the length of its text: offsets and quotes still hold.
Source: GOV-CN.md D-06 to D-11.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from generator.model import Contact, Site

MOBILE = re.compile(r"(?<![\d.])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d.])")
ID_18 = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])"
)
_ID_15 = re.compile(r"(?<!\d)[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
_ID_MASKED = re.compile(r"\d{2,6}\*{6,}[\dXx]{3,4}")
_CARD = re.compile(r"(?<![\d.])\d{16,19}(?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NAME = re.compile(r"(?P<keep>[（(:：]\s*[\u4e00-\u9fff])[\u4e00-\u9fff]{1,2}(?=\s*\d{7}|\s*[）)])")
_NOT_PROSE = {"sha256", "file", "url", "base_url", "site_code"}

T = TypeVar("T")


def is_id_number(text: str) -> bool:
    """Whether 18 characters carry the check digit of GB 11643."""
    total = sum(int(a) * b for a, b in zip(text, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == text[17].upper()


def is_bank_card(text: str) -> bool:
    """Whether the digits pass Luhn."""
    digits = [int(c) for c in reversed(text)]
    return (sum(digits[::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])) % 10 == 0


def mask_text(text: str) -> str:
    """The text with every private number starred, same length.

    Mobile numbers keep three digits in front and four behind; ID and card numbers keep none.
    """
    if not any(c.isdigit() for c in text):
        return text
    text = ID_18.sub(lambda m: "＊" * len(m[0]) if is_id_number(m[0]) else m[0], text)
    text = _CARD.sub(lambda m: "＊" * len(m[0]) if is_bank_card(m[0]) else m[0], text)
    text = _ID_15.sub(lambda m: "＊" * len(m[0]), text)
    text = _ID_MASKED.sub(lambda m: "＊" * len(m[0]), text)
    return MOBILE.sub(lambda m: m[0][:3] + re.sub(r"\d", "*", m[0][3:-4]) + m[0][-4:], text)


def find_private(text: str) -> list[str]:
    """Private numbers that stand in clear."""
    found = [m[0] for m in MOBILE.finditer(text)]
    found += [m[0] for m in ID_18.finditer(text) if is_id_number(m[0])]
    found += [m[0] for m in _ID_15.finditer(text)]
    found += [m[0] for m in _ID_MASKED.finditer(text)]
    return found + [m[0] for m in _CARD.finditer(text) if is_bank_card(m[0])]


def mask_site(site: Site) -> Site:
    """The site with every text masked, and contact names too when site.yaml asks for it."""
    masked = _mask(site)
    if not site.config.mask_names:
        return masked
    districts = tuple(
        replace(
            d,
            tasks=tuple(replace(t, contacts=tuple(_mask_name(c) for c in t.contacts)) for t in d.tasks),
        )
        for d in masked.districts
    )
    return replace(masked, districts=districts)


def is_masked(text: str) -> bool:
    """Whether a text carries one of our masks."""
    return "＊" in text or re.search(r"1[3-9]\d\*{4,}", text) is not None


def _mask_name(contact: Contact) -> Contact:
    return replace(contact, office=_NAME.sub(lambda m: m["keep"] + "*", contact.office))


def _mask(value: T) -> T:
    """A copy of a frozen value with every string in it masked; the value itself when nothing changes."""
    if isinstance(value, str) and type(value) is str:
        return mask_text(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        parts = tuple(_mask(part) for part in value)
        return parts if any(a is not b for a, b in zip(parts, value, strict=True)) else value  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        changed: dict[str, Any] = {}
        for each in fields(value):
            if each.name in _NOT_PROSE:
                continue
            before = getattr(value, each.name)
            after = _mask(before)
            if after is not before:
                changed[each.name] = after
        return replace(value, **changed) if changed else value
    return value
