"""Telephone numbers as printed, with the address that a telephone can dial."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.figures import Overview
from generator.model import Contact, Department, District, Task

_DIGITS = re.compile(r"\D")
_LOCAL = re.compile(r"\d{7,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """One number."""

    text: str
    """As printed."""
    url: str | None
    """tel: address; None for a masked number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneEntry:
    """An office and its numbers."""

    office: str
    phones: tuple[Phone, ...]


def make_phone(text: str, area_code: str | None) -> Phone:
    """A local number gets the district's area code; a masked one cannot be dialled."""
    if "*" in text or "＊" in text:
        return Phone(text=text, url=None)
    digits = _DIGITS.sub("", text)
    if _LOCAL.fullmatch(digits) and area_code:
        digits = f"{area_code}-{digits}"
    return Phone(text=text, url=f"tel:{digits}" if digits else None)


def make_contact(contact: Contact, district: District) -> PhoneEntry:
    """A contact of a task."""
    phones = tuple(make_phone(phone, district.area_code) for phone in contact.phones)
    return PhoneEntry(office=contact.office, phones=phones)


def make_phones(department: Department, overview: Overview, district: District) -> tuple[PhoneEntry, ...]:
    """The body's own numbers, then those of the offices that carry its name in its tasks' contacts."""
    entries: dict[str, dict[str, Phone]] = {}
    if department.phones:
        own = {phone: make_phone(phone, district.area_code) for phone in department.phones}
        entries[department.name] = own
    names = (department.name, *department.aliases)
    for task in overview.tasks:
        for contact in task.task.contacts:
            if _belongs(contact, names, task.task):
                found = entries.setdefault(contact.office or department.name, {})
                found |= {phone: make_phone(phone, district.area_code) for phone in contact.phones}
    return tuple(
        PhoneEntry(office=name, phones=tuple(found.values())) for name, found in entries.items() if found
    )


def _belongs(contact: Contact, names: tuple[str, ...], task: Task) -> bool:
    """An office whose name begins with the body's; a bare number where the body is the task's only one."""
    if contact.office:
        return contact.office.startswith(names)
    return len(task.departments) == 1 and task.departments[0].name == names[0]
