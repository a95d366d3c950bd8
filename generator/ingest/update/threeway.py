"""Three-way decisions: what the last table said, what stands in the file, what the new table says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

_T = TypeVar("_T")


class Winner(StrEnum):
    """Whose words a field takes."""

    NEW = "new"
    FILE = "file"
    BOTH = "both"
    """The two were put together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field on which the file and the new table differ."""

    field: str
    """Field in words of the content contract."""
    base: Any
    """What the last table said; None also when there was none."""
    file: Any
    """What stands in the file."""
    new: Any
    """What the new table says."""
    wins: Winner
    conflict: bool = False
    """A person changed it and the new table changes it too."""


@dataclass(slots=True)
class Fields:
    """Collects the decisions about one task."""

    known_base: bool
    """Whether the last table could be read again; without it every difference is a person's."""
    changes: list[FieldChange]

    def decide(self, name: str, base: Any, file: Any, new: Any) -> Any:
        """The value that should stand."""
        if file == new:
            return file
        hand = not self.known_base or file != base
        conflict = hand and (not self.known_base or new != base)
        wins = Winner.FILE if hand else Winner.NEW
        self.changes.append(
            FieldChange(field=name, base=base, file=file, new=new, wins=wins, conflict=conflict)
        )
        return file if hand else new

    def keep(self, names: Collection[str]) -> None:
        """Let the file win after all, as a conflict."""
        for index, change in enumerate(self.changes):
            if change.field in names:
                self.changes[index] = replace(change, wins=Winner.FILE, conflict=True)

    def decide_keyed(
        self,
        name: str,
        values: tuple[Sequence[_T], Sequence[_T], Sequence[_T]],
        key: Callable[[_T], Hashable],
    ) -> tuple[_T, ...]:
        """A list whose items have names: item by item, so that an edit of one leaves the others free."""
        base, file, new = (tuple(v) for v in values)
        if file == new:
            return file
        if self.known_base and file == base:
            self.changes.append(FieldChange(field=name, base=base, file=file, new=new, wins=Winner.NEW))
            return new
        if not self.known_base or any(len({key(i) for i in v}) < len(v) for v in (base, file, new)):
            return tuple(self.decide(name, base, file, new))
        merged, conflict = merge_keyed(base, file, new, key)
        wins = Winner.FILE if merged == file else Winner.BOTH
        self.changes.append(
            FieldChange(field=name, base=base, file=file, new=new, wins=wins, conflict=conflict)
        )
        return merged


def merge_keyed(
    base: Sequence[_T], file: Sequence[_T], new: Sequence[_T], key: Callable[[_T], Hashable]
) -> tuple[tuple[_T, ...], bool]:
    """Three-way of three lists by key, in the file's order, additions behind their neighbours of the new
    list; whether the two sides changed the same item."""
    old, held, fresh = ({key(item): item for item in items} for items in (base, file, new))
    conflict = False
    result: list[_T] = []
    for name, item in held.items():
        if name not in fresh:
            if old.get(name) != item:
                result.append(item)
                conflict = conflict or name in old
        elif fresh[name] == item or old.get(name) != item:
            result.append(item)
            conflict = conflict or (fresh[name] != item and fresh[name] != old.get(name))
        else:
            result.append(fresh[name])
    previous: Hashable = None
    for name, item in fresh.items():
        if name not in held and name not in old:
            keys = [key(i) for i in result]
            result.insert(keys.index(previous) + 1 if previous in keys else len(result), item)
        elif name not in held and old[name] != item:
            conflict = True
        previous = name
    return tuple(result), conflict
