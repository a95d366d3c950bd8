"""User-interface words: one catalogue a language, read from ``templates/words/<language>/<area>.yaml``.

A catalogue file is a tree of YAML keys; the area (file name) is the first part of each key, so that ``empty``
below ``list`` in ``pages.yaml`` is ``pages.list.empty``. A text may have ``{placeholders}``. A leaf may be a
mapping of ``one`` and ``other`` instead of a text: the choice falls by the value of ``n``. A longer text is a
file of its own, ``<area>.md`` in Markdown; its key is the area.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import TypeAlias

from markupsafe import Markup, escape

from generator.base.errors import ContentError, Problem, RenderError
from generator.base.messages import Message
from generator.base.places import Place
from generator.base.yaml_nodes import TextTree, parse_texts

Entry: TypeAlias = str | Mapping[str, str]

_PLURAL = frozenset({"one", "other"})
_QUOTED = re.compile("“[^“”]*”")
_INNER_MARKS = str.maketrans("“”‘’", "‘’“”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language; call it with a key and the values of the placeholders."""

    language: str
    """zh-CN or en."""
    entries: Mapping[str, Entry]
    """Key → text, or → {one, other}."""

    def __call__(self, key: str, /, **values: object) -> str:
        """The text at ``key`` with its placeholders filled; Markup as soon as one value is Markup.

        Raises: RenderError when the key is not in the catalogue or a placeholder has no value.
        """
        text = self._choose(key, values)
        values |= {name: _nest(values[name]) for name in _quoted_names(text) if name in values}
        try:
            if any(isinstance(value, Markup) for value in values.values()):
                return Markup(escape(text)).format(**values)
            return text.format(**values)
        except (KeyError, IndexError, ValueError) as error:
            raise RenderError(
                _problem(self.language, key, Message("占位符没有值：{error}", error=error))
            ) from error

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def _choose(self, key: str, values: Mapping[str, object]) -> str:
        entry = self.entries.get(key)
        if entry is None:
            raise RenderError(_problem(self.language, key, Message("词条不存在")))
        if isinstance(entry, str):
            return entry
        return entry["one" if str(values.get("n")) == "1" else "other"]


@cache
def _quoted_names(text: str) -> tuple[str, ...]:
    """Placeholders that stand between quotation marks: 承诺“{metric}” → metric."""
    return tuple(name for piece in _QUOTED.findall(text) for name in placeholders(piece))


def _nest(value: object) -> object:
    """A text as it stands inside quotation marks: its own turn single, single ones double (GB/T 15834)."""
    return value.translate(_INNER_MARKS) if isinstance(value, str) else value


def make_words(
    files: Mapping[str, bytes], overrides: Sequence[tuple[str, str]] = (), *, language: str | None = None
) -> Words:
    """Words of one language out of its catalogue files, with the texts of site.yaml laid over them.

    files: path → content; what matters of a path is its end, ``<language>/<area>.yaml``.
    overrides: key and text; a key that the catalogue does not have, or other placeholders, are errors.
    language: takes only this language's files; None when ``files`` holds one language alone.
    Raises: ContentError with every problem.
    """
    entries, problems = _parse_catalogue(files, language)
    if not entries and not problems:
        what = Message("没有 {language} 的词条文件", language=language)
        hint = Message("可用的语言有 zh-CN 和 en")
        problems.append(Problem(place=Place(file="site.yaml", field="language"), what=what, hint=hint))
    problems += [wrong for key, text in overrides if (wrong := _check_override(entries, key, text))]
    if problems:
        raise ContentError(problems)
    found = next((PurePosixPath(path).parent.name for path in files), "")
    return Words(language=language or found, entries={**entries, **dict(overrides)})


def _parse_catalogue(
    files: Mapping[str, bytes], language: str | None
) -> tuple[dict[str, Entry], list[Problem]]:
    """Key → text of all files of a language, and what is wrong with them."""
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for path, place in ((path, PurePosixPath(path)) for path in sorted(files)):
        if language not in (None, place.parent.name):
            continue
        if place.suffix == ".md":
            entries[place.stem] = files[path].decode("utf-8")
        elif place.suffix == ".yaml":
            tree, faults = parse_texts(files[path].decode("utf-8"), path)
            problems += faults
            entries |= _flatten(place.stem, tree)
    return entries, problems


def placeholders(entry: Entry) -> frozenset[str]:
    """Names in braces of a text, or of both forms of a plural."""
    texts = (entry,) if isinstance(entry, str) else tuple(entry.values())
    return frozenset(name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name)


def _flatten(prefix: str, tree: TextTree) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for name, value in tree.items():
        key = f"{prefix}.{name}"
        if isinstance(value, str):
            entries[key] = value
        elif value.keys() == _PLURAL:
            entries[key] = {form: str(text) for form, text in value.items()}
        else:
            entries |= _flatten(key, value)
    return entries


def _check_override(entries: Mapping[str, Entry], key: str, text: str) -> Problem | None:
    place = Place(file="site.yaml", field=f"texts.{key}")
    if key not in entries:
        what, hint = Message("没有词条 {key}", key=key), Message("词条名见 templates/words/")
        return Problem(place=place, what=what, hint=hint)
    allowed = placeholders(entries[key])
    extra = _unfit_placeholders(text, allowed)
    if not extra:
        return None
    what = Message("占位符 {names} 不存在", names=tuple(sorted(extra)))
    listed = tuple(sorted(allowed)) or (Message("无"),)
    return Problem(place=place, what=what, hint=Message("可用的占位符：{allowed}", allowed=listed))


def _unfit_placeholders(text: str, allowed: frozenset[str]) -> frozenset[str]:
    """Names in braces without a value, or the braces of a text that cannot be filled: ``{n} {`` → ``{``."""
    try:
        extra = placeholders(text) - allowed
        if not extra:
            text.format(**dict.fromkeys(allowed, ""))
    except (ValueError, KeyError, IndexError, AttributeError):
        braced = frozenset(re.findall(r"\{[^{}]*\}?|\}", text))
        return braced - {f"{{{name}}}" for name in allowed}
    return extra


def _problem(language: str, key: str, what: Message) -> Problem:
    file = f"templates/words/{language}/{key.split('.')[0]}.yaml"
    return Problem(place=Place(file=file, field=key), what=what)
