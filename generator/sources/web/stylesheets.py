"""What a page's style sheets say of weight and visibility: the little of CSS that a table reader needs.

Selectors of tags, classes and ids, alone or as descendants, are honoured; rules inside ``@media`` and
selectors with attributes, pseudo-classes or siblings are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_NESTED = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_COMPOUND = re.compile(r"(?P<tag>[a-zA-Z][\w-]*|\*)?(?P<marks>(?:[.#][\w\u0080-\uffff-]+)*)")
_WANTED = frozenset(
    {"font-weight", "font", "font-family", "display", "visibility", "white-space", "vertical-align"}
    | {"list-style", "list-style-type", "mso-hide", "mso-char-type", "mso-symbol-font-family"}
)
_BOLD_WORDS = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_MAX_RULES = 20_000
_MAX_DEPTH = 12

Compound = tuple[str, frozenset[str], frozenset[str]]
"""Tag (empty for any), classes, ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One selector with its declarations."""

    path: tuple[Compound, ...]
    """Compounds from ancestor to element."""
    weight: tuple[int, int, int, int]
    """Specificity (ids, classes, tags) and order."""
    declared: Mapping[str, str]
    """Wanted properties, lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleSheet:
    """All rules of a page, found by what their last compound asks for."""

    rules: dict[str, list[Rule]] = field(default_factory=dict)
    """Key ``.class``, ``#id``, tag or ``*`` → rules."""


def read_declarations(text: str) -> dict[str, str]:
    """Wanted properties of a declaration block, the last of equal ones; values in lower case."""
    found: dict[str, str] = {}
    for item in text.split(";"):
        name, mark, value = item.partition(":")
        if mark and name.strip().lower() in _WANTED:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def read_sheet(texts: Iterable[str]) -> StyleSheet:
    """Rules of all style sheets of a page."""
    sheet = StyleSheet()
    order = 0
    for text in texts:
        plain = _NESTED.sub("", _COMMENT.sub(" ", text))
        for selectors, body in _RULE.findall(plain):
            declared = read_declarations(body)
            for selector in selectors.split(",") if declared else ():
                rule = _read_rule(selector.strip(), declared, order)
                order += 1
                if rule is not None and order < _MAX_RULES:
                    sheet.rules.setdefault(_key(rule.path[-1]), []).append(rule)
    return sheet


def _read_rule(selector: str, declared: Mapping[str, str], order: int) -> Rule | None:
    """Rule of one selector; None when it asks for more than tags, classes, ids and descent."""
    path: list[Compound] = []
    for piece in selector.replace(">", " ").split():
        match = _COMPOUND.fullmatch(piece)
        if match is None:
            return None
        marks = re.findall(r"[.#][^.#]+", match["marks"])
        tag = (match["tag"] or "").lower()
        classes = frozenset(mark[1:] for mark in marks if mark[0] == ".")
        path.append(
            ("" if tag == "*" else tag, classes, frozenset(mark[1:] for mark in marks if mark[0] == "#"))
        )
    if not path or len(path) > _MAX_DEPTH:
        return None
    ids, classes_, tags = (sum(bool(c[i]) if i == 0 else len(c[i]) for c in path) for i in (2, 1, 0))
    return Rule(path=tuple(path), weight=(ids, classes_, tags, order), declared=declared)


def _key(compound: Compound) -> str:
    tag, classes, ids = compound
    if ids:
        return "#" + min(ids)
    return "." + min(classes) if classes else tag or "*"


def _keys(element: etree._Element) -> Iterator[str]:
    yield "*"
    yield str(element.tag)
    yield from ("." + name for name in (element.get("class") or "").split())
    if element.get("id"):
        yield f"#{element.get('id')}"


def declared_style(element: etree._Element, sheet: StyleSheet) -> dict[str, str]:
    """Wanted properties of an element: style sheets by specificity, then its own ``style``."""
    rules = [rule for key in dict.fromkeys(_keys(element)) for rule in sheet.rules.get(key, ())]
    found: dict[str, str] = {}
    for rule in sorted((rule for rule in rules if _applies(rule, element)), key=lambda rule: rule.weight):
        found.update(rule.declared)
    found.update(read_declarations(element.get("style") or ""))
    return found


def _applies(rule: Rule, element: etree._Element) -> bool:
    if not _matches(rule.path[-1], element):
        return False
    wanted = list(rule.path[:-1])
    ancestor = element.getparent()
    while wanted and ancestor is not None:
        if _matches(wanted[-1], ancestor):
            wanted.pop()
        ancestor = ancestor.getparent()
    return not wanted


def _matches(compound: Compound, element: etree._Element) -> bool:
    tag, classes, ids = compound
    return (
        (not tag or tag == element.tag)
        and classes <= set((element.get("class") or "").split())
        and (not ids or ids == {element.get("id")})
    )


def is_bold(style: Mapping[str, str], inherited: bool) -> bool:
    """Whether characters are bold under this style (``bolder`` and 600 upwards are)."""
    value = style.get("font-weight", "")
    if not value and "font" in style:
        words = style["font"].split()
        value = "bold" if any(word in _BOLD_WORDS for word in words) else "normal"
    if not value or value == "inherit":
        return inherited
    if value.isascii() and value.isdigit() and len(value) < 5:
        return int(value) >= 600
    return value in {"bold", "bolder"}


def is_hidden(style: Mapping[str, str]) -> bool:
    """Whether a browser shows nothing of the element."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("mso-hide") == "all"
    )
