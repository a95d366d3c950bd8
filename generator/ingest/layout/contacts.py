"""Contact cells: offices and their telephone numbers, also where the text glues them together."""

from __future__ import annotations

import re

from generator.ingest.layout.source_pieces import squeeze
from generator.model import Contact

_PHONE = re.compile(
    r"(?<![\d.])(?:[（(]?0\d{2,3}[)）]?[-—－– ]?)?(?:1[3-9]\d{9}|[2-9]\d{6,7}|1\d{4})"
    r"(?:[-—－–转]\d{1,5})?(?!\d)"
)
_EDGES = " 　\t\n、，,；;：:。.|/"


def has_phone(text: str) -> bool:
    """Whether a telephone number stands in the text."""
    return _PHONE.search(text) is not None


def read_contacts(text: str) -> tuple[Contact, ...]:
    """Offices in printed order, each with the numbers behind it; numbers before any office have office ''.

    Every character except white space and separators stands in an office or a number.
    """
    found: list[tuple[str, list[str]]] = []
    position = 0
    for match in _PHONE.finditer(text):
        office = _office(text[position : match.start()])
        if office or not found:
            found.append((office, []))
        found[-1][1].append(match.group())
        position = match.end()
    rest = _office(text[position:])
    if rest:
        found.append((rest, []))
    return tuple(Contact(office=office, phones=tuple(phones)) for office, phones in found)


def _office(text: str) -> str:
    return squeeze(text.strip(_EDGES))
