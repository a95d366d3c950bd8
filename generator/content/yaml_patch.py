"""Surgical edits of one YAML text: where two states of its data differ, and which characters to exchange.

The data is plain (dict, list, scalars as ``schema`` encodes them); the text is cut along the marks of its
YAML nodes, so that every line without a change stays byte for byte, comments and key order with it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from generator.content.schema import FlowDict, FlowList
from generator.content.yaml_writer import format_data

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_IDENTITY = ("id", "target", "period", "name", "office")
"""Keys that name an item of a list; the first one present counts."""

Pairs = list[tuple[int | None, int | None]]
"""Index of an old item and of the new one that it became."""


class CannotCut(Exception):
    """The text is laid out in a way that these edits do not know how to cut."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters start … end of the text make room for ``text``."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit made; edits do not overlap. Raises: CannotCut when they do."""
    parts, position = [], 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < position:
            raise CannotCut("edits overlap")
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join((*parts, text[position:]))


def find_comments(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every comment of a YAML text, without the line break."""
    found: list[tuple[int, int]] = []
    position = 0
    for token in yaml.scan(text, Loader=_LOADER):
        start, end = token.start_mark.index, token.end_mark.index
        found += _comments_between(text, position, start)
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = text.find("\n", start)
            found += _comments_between(text, start + 1, header if header >= 0 else end)
        position = max(position, end)
    found += _comments_between(text, position, len(text))
    return tuple(sorted(set(found)))


def _comments_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (mark := text.find("#", start, end)) >= 0:
        stop = text.find("\n", mark)
        stop = len(text) if stop < 0 else stop
        yield mark, stop
        start = stop


class Cutter:
    """Makes the edits for one text (line breaks are plain newlines, no byte order mark)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._comments: tuple[tuple[int, int], ...] | None = None

    def change(self, node: yaml.Node, old: Any, new: Any) -> list[Edit]:
        """Edits that turn ``old`` into ``new`` at ``node``, which must be a block mapping.

        Raises: CannotCut.
        """
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            raise CannotCut("not a block mapping")
        return self._mapping(node, old, new)

    # -- the three kinds of node

    def _value(
        self, node: yaml.Node, old: Any, new: Any, replace: Callable[[], list[Edit]], in_flow: bool
    ) -> list[Edit]:
        """Edits inside ``node`` where it can stay, otherwise the edit that replaces it whole."""
        if isinstance(old, dict) and isinstance(new, dict) and isinstance(node, yaml.MappingNode) and new:
            if not node.flow_style:
                return self._mapping(node, old, new)
            return self._flow(node, old, new)
        if isinstance(old, list) and isinstance(new, list) and isinstance(node, yaml.SequenceNode) and new:
            if node.flow_style and node.value:
                return self._flow(node, old, new)
            pairs = align(old, new)
            stays = any(a is not None and b is not None for a, b in pairs)
            if not node.flow_style and len(node.value) == len(old) and stays:
                return self._sequence(node, old, new, pairs)
        if in_flow:
            return [Edit(node.start_mark.index, node.end_mark.index, flow_text(new))]
        return replace()

    def _mapping(self, node: yaml.MappingNode, old: dict[str, Any], new: dict[str, Any]) -> list[Edit]:
        nodes = {str(key.value): (key, value) for key, value in node.value}
        removed = [key for key in nodes if key in old and key not in new]
        if len(removed) == len(nodes):
            raise CannotCut("nothing of the mapping would stay")
        edits = [self._remove_key(node, key) for key in removed]
        previous: str | None = None
        for key, value in new.items():
            if key not in nodes:
                if key not in old or old[key] != value:
                    edits.append(self._insert_key(node, previous, key, value))
                continue
            previous = key
            if key not in old or old[key] != value:
                edits += self._set_key(nodes[key], key, old.get(key), value)
        return _joined(edits)

    def _set_key(self, pair: tuple[yaml.Node, yaml.Node], key: str, old: Any, new: Any) -> list[Edit]:
        return self._value(pair[1], old, new, lambda: [self._replace(*pair, key, new)], False)

    def _sequence(self, node: yaml.SequenceNode, old: list[Any], new: list[Any], pairs: Pairs) -> list[Edit]:
        kept = [a for a, b in pairs if a is not None and b is not None]
        if kept != sorted(kept):
            return [self._rebuild(node, old, new, pairs)]
        edits: list[Edit] = []
        previous: int | None = None
        for old_index, new_index in pairs:
            if old_index is None and new_index is not None:
                edits.append(self._insert_item(node, previous, new[new_index]))
            elif old_index is not None and new_index is None:
                edits.append(self._remove_item(node.value[old_index]))
            elif old_index is not None and new_index is not None:
                previous = old_index
                edits += self._item(node.value[old_index], old[old_index], new[new_index])
        return _joined(edits)

    def _item(self, node: yaml.Node, old: Any, new: Any) -> list[Edit]:
        if old == new:
            return []
        return self._value(node, old, new, lambda: [self._replace_item(node, new)], False)

    def _flow(self, node: yaml.CollectionNode, old: Any, new: Any) -> list[Edit]:
        """Scalars change in place; when keys or items come or go the whole collection is written anew."""
        children = _pair_children(node, old, new)
        if children is not None:
            changed = (each for each in children if each[1] != each[2])
            return [edit for each in changed for edit in self._value(*each, list, True)]
        whole = (node.start_mark.index, node.end_mark.index)
        if self._comments_in(*whole):
            raise CannotCut("comment inside brackets")
        if isinstance(node, yaml.MappingNode):
            stood = [str(key.value) for key, _ in node.value]
            new = {key: new[key] for key in (*stood, *new) if key in new}
        return [Edit(*whole, flow_text(new))]

    # -- single edits

    def _replace(self, key_node: yaml.Node, value_node: yaml.Node, key: str, new: Any) -> Edit:
        colon = self.text.index(":", key_node.end_mark.index) + 1
        end = max(self._end(value_node), colon)
        fresh = _entry_tail(key, new, key_node.start_mark.column)
        start = colon
        if "\n" not in fresh and value_node.start_mark.index > colon and "\n" not in self.text[colon:end]:
            start, fresh = value_node.start_mark.index, fresh.lstrip(" ")
        return self._with_comments(start, end, fresh, key_node.start_mark.column)

    def _replace_item(self, node: yaml.Node, new: Any) -> Edit:
        dash = self._dash(node)
        column = dash - self._line_start(dash)
        fresh = _indented(format_data([new]), column)
        return self._with_comments(dash, max(self._end(node), dash + 1), fresh, column)

    def _with_comments(self, start: int, end: int, fresh: str, column: int) -> Edit:
        """Replacement that keeps, as lines of their own behind it, the comments of what it replaces."""
        kept = [self.text[a:b] for a, b in self._comments_in(start, end)]
        if kept or "\n" in fresh:
            line_end = self._line_end(end)
            kept += [self.text[a:b] for a, b in self._comments_in(end, line_end)]
            end = line_end
        return Edit(start, end, "".join((fresh, *(f"\n{' ' * column}{comment}" for comment in kept))))

    def _insert_key(self, node: yaml.MappingNode, previous: str | None, key: str, value: Any) -> Edit:
        column = node.start_mark.column
        fresh = _indented(format_data({key: value}), column)
        if previous is None:
            start = node.start_mark.index
            line = self._line_start(start)
            if self.text[line:start].strip():
                return Edit(start, start, f"{fresh}\n{' ' * column}")
            return Edit(line, line, f"{' ' * column}{fresh}\n")
        before = next(v for k, v in node.value if str(k.value) == previous)
        key_node = next(k for k, _ in node.value if str(k.value) == previous)
        return self._insert_below(max(self._end(before), key_node.end_mark.index), " " * column + fresh)

    def _insert_item(self, node: yaml.SequenceNode, previous: int | None, value: Any) -> Edit:
        dash = self._dash(node.value[0])
        column = dash - self._line_start(dash)
        fresh = _indented(format_data([value]), column)
        if previous is None:
            return Edit(dash - column, dash - column, f"{' ' * column}{fresh}\n")
        return self._insert_below(self._end(node.value[previous]), " " * column + fresh)

    def _insert_below(self, index: int, lines: str) -> Edit:
        """New lines below the one on which ``index`` stands."""
        place = self._line_end(index)
        if place == len(self.text):
            return Edit(place, place, "\n" + lines)
        return Edit(place + 1, place + 1, lines + "\n")

    def _remove_key(self, node: yaml.MappingNode, key: str) -> Edit:
        index = next(i for i, (k, _) in enumerate(node.value) if str(k.value) == key)
        key_node, value_node = node.value[index]
        start = key_node.start_mark.index
        end = max(self._end(value_node), self.text.index(":", key_node.end_mark.index) + 1)
        column = key_node.start_mark.column
        if self.text[self._line_start(start) : start].strip():
            if index + 1 == len(node.value):
                raise CannotCut("the only key of an item")
            following = node.value[index + 1][0].start_mark.index
            kept = [self.text[a:b] for a, b in self._comments_in(start, following)]
            return Edit(start, following, "".join(f"{comment}\n{' ' * column}" for comment in kept))
        return self._remove_lines(start, end, column)

    def _remove_item(self, node: yaml.Node) -> Edit:
        dash = self._dash(node)
        return self._remove_lines(dash, self._end(node), dash - self._line_start(dash))

    def _remove_lines(self, start: int, end: int, column: int) -> Edit:
        first, last = self._line_start(start), self._line_end(end)
        kept = [self.text[a:b] for a, b in self._comments_in(first, last)]
        fresh = "".join(f"{' ' * column}{comment}\n" for comment in kept)
        if last < len(self.text):
            return Edit(first, last + 1, fresh)
        return Edit(max(first - 1, 0), last, ("\n" + fresh if first and fresh else fresh).rstrip("\n"))

    def _rebuild(self, node: yaml.SequenceNode, old: list[Any], new: list[Any], pairs: Pairs) -> Edit:
        """The whole list in another order; every kept item moves with the comment lines above it."""
        starts = [self._line_start(self._dash(node.value[0]))]
        starts += [self._line_end(self._end(item)) + 1 for item in node.value[:-1]]
        ends = [self._line_end(self._end(item)) for item in node.value]
        column = self._dash(node.value[0]) - starts[0]
        parts = []
        for a, b in pairs:
            if a is None:
                parts.append(" " * column + _indented(format_data([new[b or 0]]), column))
            elif b is None:
                kept = [self.text[x:y] for x, y in self._comments_in(starts[a], ends[a])]
                parts += [" " * column + comment for comment in kept]
            else:
                edits = self._item(node.value[a], old[a], new[b])
                moved = [Edit(e.start - starts[a], e.end - starts[a], e.text) for e in edits]
                parts.append(apply_edits(self.text[starts[a] : ends[a]], moved))
        return Edit(starts[0], ends[-1], "\n".join(part for part in parts if part))

    # -- places

    def _end(self, node: yaml.Node) -> int:
        """Offset behind the last character of a value, comments and empty lines behind it not counted."""
        if isinstance(node, yaml.ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            return start + len(self.text[start:end].rstrip("\n")) if node.style in ("|", ">") else end
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            if isinstance(last, tuple):
                return max(self._end(last[1]), self.text.index(":", last[0].end_mark.index) + 1)
            return self._end(last)
        return int(node.end_mark.index)

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def _dash(self, item: yaml.Node) -> int:
        """Offset of the dash of a list item."""
        start = item.start_mark.index
        dash = self.text.rfind("-", self._line_start(start), start)
        if dash < 0 or self.text[self._line_start(start) : start].strip() != "-":
            raise CannotCut("an item that does not begin behind its dash")
        return dash

    def _comments_in(self, start: int, end: int) -> list[tuple[int, int]]:
        if self._comments is None:
            self._comments = find_comments(self.text) if "#" in self.text else ()
        return [(a, b) for a, b in self._comments if start <= a < end]


def _pair_children(node: yaml.CollectionNode, old: Any, new: Any) -> list[tuple[yaml.Node, Any, Any]] | None:
    """Each child with its old and its new value; None where keys or items come or go."""
    if isinstance(node, yaml.MappingNode):
        nodes = {str(key.value): value for key, value in node.value}
        same = set(nodes) == set(new) and set(old) <= set(nodes)
        return [(child, old.get(key), new[key]) for key, child in nodes.items()] if same else None
    same = len(node.value) == len(old) == len(new)
    return list(zip(node.value, old, new, strict=True)) if same else None


def align(old: Sequence[Any], new: Sequence[Any]) -> Pairs:
    """Which old item became which new one, in the new order; what is gone stands where it stood."""
    before, after = [_identity(item) for item in old], [_identity(item) for item in new]
    if len(set(before)) == len(before) and len(set(after)) == len(after):
        partner = {name: index for index, name in enumerate(before)}
        pairs: Pairs = [(partner.get(name), index) for index, name in enumerate(after)]
        gone = [index for index, name in enumerate(before) if name not in set(after)]
    else:
        pairs, gone = _align_by_sequence([repr(i) for i in old], [repr(i) for i in new])
    for index in gone:
        places = [place for place, (a, _) in enumerate(pairs) if a is not None and a < index]
        pairs.insert(places[-1] + 1 if places else 0, (index, None))
    return pairs


def _align_by_sequence(before: list[str], after: list[str]) -> tuple[Pairs, list[int]]:
    pairs: Pairs = []
    gone: list[int] = []
    for _, a1, a2, b1, b2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for step in range(max(a2 - a1, b2 - b1)):
            if b1 + step >= b2:
                gone.append(a1 + step)
            else:
                pairs.append((a1 + step if a1 + step < a2 else None, b1 + step))
    return pairs, gone


def _identity(item: Any) -> str:
    if isinstance(item, dict):
        key = next((name for name in _IDENTITY if name in item), None)
        # A received table is named by its file: a period may have two.
        if key == "period" and "file" in item:
            key = "file"
        return repr(item) if key is None else f"{key}={item[key]!r}"
    return repr(item)


def _joined(edits: list[Edit]) -> list[Edit]:
    """Insertions at one place in one edit, in the order in which they were made."""
    places: dict[tuple[int, int], Edit] = {}
    rest: list[Edit] = []
    for edit in edits:
        if edit.start < edit.end:
            rest.append(edit)
            continue
        place = (edit.start, edit.end)
        before = places[place].text if place in places else ""
        places[place] = Edit(*place, before + edit.text)
    return [*places.values(), *rest]


def _indented(text: str, column: int) -> str:
    """A fresh block without its last line break, set in by ``column``, its first line excepted."""
    return re.sub(r"\n(?=[^\n])", "\n" + " " * column, text.removesuffix("\n...\n").rstrip("\n"))


def _entry_tail(key: str, value: Any, column: int) -> str:
    """What stands behind ``key:``."""
    return _indented(format_data({key: value}), column).partition(":")[2]


def flow_text(value: Any) -> str:
    """A value on one line, as it may stand inside brackets."""
    return format_data(FlowList([_flow(value)])).rstrip("\n")[1:-1]


def _flow(value: Any) -> Any:
    if isinstance(value, dict):
        return FlowDict({key: _flow(part) for key, part in value.items()})
    if isinstance(value, list):
        return FlowList(_flow(part) for part in value)
    return value
