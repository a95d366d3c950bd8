"""Where a page leads: the links, sources and anchors of its HTML."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

_TAG = re.compile(
    r"<(?:a|area|audio|embed|form|iframe|image|img|input|link|object|script|source|track|use|video)\b[^>]*>"
)
_ATTRIBUTE = re.compile(
    r"""\s(href|src|srcset|action|poster|data|xlink:href)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
_ANCHOR = re.compile(r"""\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_CODE = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.S | re.I)
_OPENING = re.compile(r"<(?:script|style)\b[^>]*>", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFound:
    """One address in a page's HTML."""

    attribute: str
    """href, src, action …"""
    tag: str
    """The tag as it stands."""
    value: str
    """The address as it stands, entities resolved."""
    target: str | None
    """Site path; None for an outside address."""
    fragment: str
    """Behind #; empty without."""


@lru_cache(maxsize=512)
def find_links(path: str, text: str) -> tuple[LinkFound, ...]:
    """Every address in the HTML of the page at ``path``, in order; not those inside of scripts.

    Cached: a build measures the links of its pages, and checks them.
    """
    return tuple(_find_links(path, text))


def _find_links(path: str, text: str) -> Iterator[LinkFound]:
    plain = _CODE.sub(lambda match: (_OPENING.match(match[0]) or match)[0], text)
    for tag in _TAG.finditer(plain):
        for found in _ATTRIBUTE.finditer(tag[0]):
            value = html.unescape(found[2] if found[2] is not None else found[3])
            yield _make_link(path, found[1].lower(), tag[0], value)


def _make_link(path: str, attribute: str, tag: str, value: str) -> LinkFound:
    address, _, fragment = value.partition("#")
    if _SCHEME.match(address):
        return LinkFound(attribute=attribute, tag=tag, value=value, target=None, fragment="")
    target = _resolve(path.rpartition("/")[0], address) or path
    fragment = unquote(fragment) if fragment else ""
    return LinkFound(attribute=attribute, tag=tag, value=value, target=target, fragment=fragment)


@lru_cache(maxsize=1 << 16)
def _resolve(folder: str, address: str) -> str:
    """Site path that an address on a page in ``folder`` leads to; empty for the page itself."""
    plain = unquote(address.partition("?")[0])
    return posixpath.normpath(posixpath.join(folder, plain)) if plain else ""


def find_anchors(text: str) -> set[str]:
    """Ids and names that a link can lead to."""
    return {html.unescape(found[1] if found[1] is not None else found[2]) for found in _ANCHOR.finditer(text)}
