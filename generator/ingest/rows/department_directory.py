"""The department directory while a table is read: printed names → canonical names, new bodies proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.content import make_slug, make_unique
from generator.ingest.layout.department_names import body_kind
from generator.model import Department

_FULL = str.maketrans({"(": "（", ")": "）", "“": "", "”": "", '"': ""})


def _key(name: str) -> str:
    return "".join(name.split()).translate(_FULL)


class Directory:
    """Known bodies by every name; bodies that are not known yet are added with a slug and a kind by rule."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self._departments = list(departments)
        self._names: dict[str, str] = {}
        for department in self._departments:
            for name in (department.name, *department.aliases):
                self._names.setdefault(_key(name), department.name)
        self._slugs = {s for d in self._departments for s in (d.slug, *d.former_slugs)}
        self.added: list[Department] = []
        """In order of appearance."""

    @property
    def departments(self) -> tuple[Department, ...]:
        """Known and added bodies."""
        return (*self._departments, *self.added)

    def find(self, name: str) -> str | None:
        """Canonical name; None for a body that nobody registered."""
        found = self._names.get(_key(name))
        if found is None and (match := re.fullmatch(r"(.+?)（.+）", _key(name))):
            found = self._names.get(match[1])
        return found

    def take(self, name: str) -> str:
        """Canonical name; a new body is added under its printed name."""
        found = self.find(name)
        if found is not None:
            return found
        slug = make_unique(make_slug(name), self._slugs)
        self._slugs.add(slug)
        self.added.append(Department(name=name, slug=slug, kind=body_kind(name)))
        self._names[_key(name)] = name
        return name
