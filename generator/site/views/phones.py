"""Telephone numbers as printed, with the address that a telephone can dial."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    everyone = tuple(name for body in district.departments for name in (body.name, *body.aliases))
    for task in overview.tasks:
        for contact in _contacts_of(department, task.task, names, everyone):
            if contact.phones:
                found = entries.setdefault(contact.office or department.name, {})
                found |= {phone: make_phone(phone, district.area_code) for phone in contact.phones}
    return tuple(
        PhoneEntry(office=name, phones=tuple(found.values())) for name, found in entries.items() if found
    )


def _contacts_of(
    department: Department, task: Task, names: tuple[str, ...], everyone: tuple[str, ...]
) -> Iterator[Contact]:
    """The body's offices: those named with it, and those that follow them without a body's name of their own.

    An office before any named one belongs to the task's only body; with several bodies to none.
    names: the body's. everyone: those of all bodies of the directory.
    """
    mine = len(task.departments) == 1 and task.departments[0].name == department.name
    for contact in task.contacts:
        if contact.office.startswith(everyone):
            mine = contact.office.startswith(names)
        if mine:
            yield contact
