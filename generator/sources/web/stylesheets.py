"""What a page says of weight, visibility and strokes of its elements: style sheets, then each own ``style``.

Source: CSS 2.1, 6.4 (the cascade); Selectors Level 4 as cssselect2 knows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import cssselect2
import tinycss2
from lxml import etree

from generator.base.messages import Message
from generator.sources.document import refusal
from generator.sources.web.web_tree import SAVE_AGAIN

_WANTED = frozenset(
    {"font-weight", "font", "font-family", "display", "visibility", "white-space", "vertical-align"}
    | {"list-style", "list-style-type", "mso-hide", "mso-char-type", "mso-symbol-font-family"}
    | {"text-decoration", "text-decoration-line", "text-line-through"}
)
_SHOWN_MEDIA = frozenset({"", "all", "screen"})
_BOLD_WORDS = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_MAX_SHEET = 1 << 20
"""Characters of all style sheets of a page that are read; what follows is left out."""
_MAX_SELECTORS = 20_000
_MAX_TESTS = 5_000_000
"""Selectors tried on elements of one page."""

Declared = Mapping[str, str]
"""Wanted property → value in lower case."""
_Declaration = tuple[str, str, bool]
"""Property, value, whether it is important."""


class _CountingMatcher(cssselect2.Matcher):  # type: ignore[misc]  # the package has no types
    """cssselect2's matcher that counts how many selectors it tries."""

    tests = 0

    def add_relevant_selectors(self, element: Any, selectors: Sequence[Any], relevant: list[Any]) -> None:
        self.tests += len(selectors)
        super().add_relevant_selectors(element, selectors, relevant)


class PageStyles:
    """The style sheets of one page, and what they declare for each of its elements."""

    def __init__(self, root: etree._Element | None = None, name: str = "") -> None:
        self.name = name
        """File name, for messages."""
        self._matcher = _CountingMatcher()
        self._elements: dict[etree._Element, Any] = {}
        if root is None:
            return
        sheets = ("".join(map(str, style.itertext())) for style in root.iter("style") if _is_shown(style))
        found = False
        for selector, declared in _make_rules(sheets):
            self._matcher.add_selector(selector, declared)
            found = True
        if found:
            wrapped = cssselect2.ElementWrapper.from_html_root(root).iter_subtree()
            self._elements = {element.etree_element: element for element in wrapped}

    def declared(self, element: etree._Element) -> Declared:
        """Wanted properties of an element: ``<td style="FONT-WEIGHT:700">`` → ``{"font-weight": "700"}``.

        Raises: SourceError when the page has more style rules than any page with a table has.
        """
        own = element.get("style")
        wrapped = self._elements.get(element)
        if wrapped is None:
            return _cascade(parse_declarations(own)) if own else {}
        said = [one for _, _, pseudo, rule in self._matcher.match(wrapped) if not pseudo for one in rule]
        if self._matcher.tests > _MAX_TESTS:
            raise refusal(self.name, Message("网页的样式规则太多，读不完"), SAVE_AGAIN)
        return _cascade([*said, *(parse_declarations(own) if own else ())])


def _is_shown(style: etree._Element) -> bool:
    return (style.get("media") or "").strip().lower() in _SHOWN_MEDIA


def _cascade(said: Sequence[_Declaration]) -> Declared:
    """Values that hold: later ones over earlier ones, important ones over all others."""
    plain = {name: value for name, value, important in said if not important}
    return plain | {name: value for name, value, important in said if important}


@lru_cache(maxsize=4096)
def parse_declarations(text: str) -> tuple[_Declaration, ...]:
    """Wanted declarations: ``color:red; FONT-WEIGHT: Bold`` → ``(("font-weight", "bold", False),)``."""
    return tuple(_wanted(tinycss2.parse_blocks_contents(text[:_MAX_SHEET])))


def _wanted(content: Iterable[Any]) -> Iterator[_Declaration]:
    for item in content:
        if item.type == "declaration" and item.lower_name in _WANTED:
            yield item.lower_name, tinycss2.serialize(item.value).strip().lower(), item.important


def _make_rules(sheets: Iterable[str]) -> Iterator[tuple[Any, tuple[_Declaration, ...]]]:
    """Selectors with their wanted declarations, in order; those that nobody can match are left out."""
    left = _MAX_SHEET
    selectors = 0
    for text in sheets:
        for rule in _style_rules(tinycss2.parse_stylesheet(text[:left])):
            declared = tuple(_wanted(tinycss2.parse_blocks_contents(rule.content)))
            selectors += len(rule.prelude) if declared else 0
            if declared and selectors <= _MAX_SELECTORS:
                yield from ((selector, declared) for selector in _compile(rule.prelude))
        left = max(left - len(text), 0)


def _style_rules(rules: Iterable[Any]) -> Iterator[Any]:
    """Rules of a sheet, those for the screen among them."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and _is_for_screen(rule):
            yield from _style_rules(tinycss2.parse_rule_list(rule.content))


def _is_for_screen(media: Any) -> bool:
    words = tinycss2.serialize(media.prelude).strip().lower()
    return media.content is not None and words in _SHOWN_MEDIA


def _compile(prelude: Sequence[Any]) -> Sequence[Any]:
    """Selectors of a rule; none for what is no selector, or asks for what lies inside an element."""
    if any(token.type == "function" and token.lower_name == "has" for token in prelude):
        return ()
    try:
        compiled: Sequence[Any] = cssselect2.compile_selector_list(prelude)
    except (cssselect2.SelectorError, SyntaxError, RecursionError, ValueError):
        return ()
    return compiled


def is_bold(style: Declared, inherited: bool) -> bool:
    """Whether characters are bold under this style (``bolder`` and 600 upwards are)."""
    value = style.get("font-weight", "")
    if not value and "font" in style:
        value = "bold" if not _BOLD_WORDS.isdisjoint(style["font"].split()) else "normal"
    if not value or value == "inherit":
        return inherited
    if value.isascii() and value.isdigit() and len(value) < 5:
        return int(value) >= 600
    return value in {"bold", "bolder"}


def is_hidden(style: Declared) -> bool:
    """Whether a browser shows nothing of the element."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("mso-hide") == "all"
    )


def is_struck(style: Declared) -> bool:
    """Whether a line runs through the characters."""
    lines = f"{style.get('text-decoration', '')} {style.get('text-decoration-line', '')}"
    return "line-through" in lines or style.get("text-line-through", "none") not in {"none", "no", "inherit"}
