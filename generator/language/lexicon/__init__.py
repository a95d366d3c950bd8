"""The words of the field, as data: one YAML file a subject, one entry a line.

A file is a mapping of groups; a group maps each word to an example in which it stands:

    doing:
      建成: 已建成驿站60个
      共: {example: 共培训12期, not_before: [建, 享, 同]}

An entry that needs more than an example is a mapping: ``example`` or ``source`` (where the word was met),
``not_after`` and ``not_before`` (characters or words beside which it means something else), ``means`` (the
word or value it stands for). A word may have slots: ``{n}`` a small number, ``{year}`` 2025, ``{to}`` a dash
or 至, ``{any}`` up to twelve characters of the same clause. To add a word, add a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

_SLOTS = {
    "n": r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})",
    "year": r"20\d\d",
    "to": r"\s?[-—–―－~～至到]\s?",
    "any": r"[^，,。；;\n]{0,12}?",
}
_SLOT = re.compile(r"\{(\w+)\}")
_KEYS = frozenset({"example", "source", "means", "not_after", "not_before"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconEntry:
    """One word of the field."""

    word: str
    """As printed; may have slots."""
    example: str = ""
    """Words of a table in which it stands."""
    source: str = ""
    """Where it was met, if not in an example."""
    means: str = ""
    """The word or value that it stands for; empty where it stands for itself."""
    not_after: tuple[str, ...] = ()
    """Directly after one of these it is another word."""
    not_before: tuple[str, ...] = ()
    """Directly before one of these it is another word."""

    @property
    def pattern(self) -> str:
        """Regular expression that finds the word: 待 not before 遇 is ``待(?!遇)``."""
        found = _SLOT.sub(lambda slot: _SLOTS[slot[1]], re.sub(r"[.+*?()\[\]|^$\\]", r"\\\g<0>", self.word))
        before = "".join(f"(?<!{re.escape(word)})" for word in self.not_after)
        after = f"(?!{'|'.join(map(re.escape, self.not_before))})" if self.not_before else ""
        return before + found + after


@cache
def load(name: str) -> Mapping[str, tuple[LexiconEntry, ...]]:
    """Group → entries of the file ``<name>.yaml`` in the order of its lines, read once."""
    return parse_lexicon(name, files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))


def parse_lexicon(name: str, text: str) -> Mapping[str, tuple[LexiconEntry, ...]]:
    """Group → entries of a lexicon file: ``{a: {建成: 已建成}}`` is one group ``a`` of one entry.

    Raises: ValueError with file and line for a repeated word, an unknown key, an entry without example.
    """
    node = yaml.compose(text, Loader=_loader())
    groups = {
        key.value: tuple(_parse_entry(name, word, value) for word, value in _pairs(name, body))
        for key, body in _pairs(name, node)
    }
    return MappingProxyType(groups)


def list_entries(name: str, *groups: str) -> tuple[LexiconEntry, ...]:
    """Entries of these groups (all groups where none is named), in the order of the file."""
    found = load(name)
    return tuple(entry for group in groups or found for entry in found[group])


def list_words(name: str, *groups: str) -> tuple[str, ...]:
    """Words of these groups, in the order of the file."""
    return tuple(entry.word for entry in list_entries(name, *groups))


def map_words(name: str, *groups: str) -> dict[str, str]:
    """Word → what it stands for (itself where nothing is said), in the order of the file."""
    return {entry.word: entry.means or entry.word for entry in list_entries(name, *groups)}


def make_pattern(name: str, *groups: str) -> str:
    """Regular expression (a group without number) that finds any word of these groups, longest first."""
    entries = sorted(list_entries(name, *groups), key=lambda entry: -len(entry.word))
    return f"(?:{'|'.join(entry.pattern for entry in entries)})"


def _loader() -> type[yaml.SafeLoader]:
    """The loader in C where it was built: ten times as fast."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _pairs(name: str, node: yaml.Node | None) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """Keys and values of a mapping, each key once."""
    if not isinstance(node, yaml.MappingNode):
        raise ValueError(f"{_place(name, node) if node else name}: expected a mapping")
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise ValueError(f"{_place(name, key)}: “{key.value}” stands twice")
        seen.add(key.value)
    return list(node.value)


def _parse_entry(name: str, key: yaml.ScalarNode, node: yaml.Node) -> LexiconEntry:
    alone = isinstance(node, yaml.ScalarNode)
    pairs = {"example": node} if alone else {k.value: value for k, value in _pairs(name, node)}
    if unknown := sorted(set(pairs) - _KEYS):
        raise ValueError(f"{_place(name, node)}: unknown key {unknown[0]}")
    fields = {k: v.value for k, v in pairs.items() if isinstance(v, yaml.ScalarNode)}
    several = {k: v.value for k, v in pairs.items() if isinstance(v, yaml.SequenceNode)}
    lists = {k: tuple(item.value for item in items) for k, items in several.items()}
    if not fields.get("example") and not fields.get("source"):
        raise ValueError(f"{_place(name, node)}: “{key.value}” needs an example or a source")
    return LexiconEntry(
        word=key.value,
        example=fields.get("example", ""),
        source=fields.get("source", ""),
        means=fields.get("means", ""),
        not_after=lists.get("not_after", ()),
        not_before=lists.get("not_before", ()),
    )


def _place(name: str, node: yaml.Node) -> str:
    return f"{name}.yaml:{node.start_mark.line + 1}"
