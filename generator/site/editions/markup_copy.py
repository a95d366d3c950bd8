"""HTML copied to the letter, but for the tags that are to be others: for editions that lay pages elsewhere.

``copy_markup('<p id="a">1 &lt; 2</p>', lambda tag, found: found | {"id": "x--a"})`` →
``<p id="x--a">1 &lt; 2</p>``
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser

from markupsafe import escape

Attributes = Mapping[str, str | None]
"""Name in small letters → value, entities resolved; None for an attribute without a value."""
_NAMES = re.compile(r"[^\s\"'=<>/]+(?==)")


def copy_markup(
    text: str, change: Callable[[str, Attributes], Attributes], rename: Callable[[str], str] = str
) -> str:
    """The HTML with attributes as ``change`` gives them (tag, attributes → attributes) and tags renamed."""
    copy = _MarkupCopy(change, rename)
    copy.feed(text)
    copy.close()
    return "".join(copy.pieces)


class _MarkupCopy(HTMLParser):
    """Passes on what it reads; a start tag that nothing changes as it stands."""

    def __init__(self, change: Callable[[str, Attributes], Attributes], rename: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []
        self._change = change
        self._rename = rename

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text = self.get_starttag_text() or ""
        name, found = self._rename(tag), dict(attrs)
        changed = self._change(tag, found)
        self.pieces.append(text if name == tag and changed == found else _format_tag(text, name, changed))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(f"</{self._rename(tag)}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_charref(self, name: str) -> None:
        self.pieces.append(f"&#{name};")

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(f"&{name};")

    def handle_comment(self, data: str) -> None:
        self.pieces.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(f"<!{decl}>")


def _format_tag(old: str, name: str, attributes: Attributes) -> str:
    """A start tag in place of ``old``; SVG's attributes keep their capitals (viewBox)."""
    spelt = {each.lower(): each for each in _NAMES.findall(old)}
    parts = [f"<{name}"]
    for key, value in attributes.items():
        parts.append(f" {spelt.get(key, key)}" + ("" if value is None else f'="{escape(value)}"'))
    return "".join(parts) + ("/>" if old.endswith("/>") else ">")
