"""A finished page read back from its HTML, for checks: title, links, anchors, text, code."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)
_ADDRESSES = ("href", "src", "srcset", "action", "poster", "data", "xlink:href")


def _xpath(text: str) -> Callable[[etree._Element], Any]:
    return etree.XPath(text, smart_strings=False)


_PLAIN_LINKS = _xpath("//a[not(@rel or @src or @srcset or @action or @poster or @data)]/@href")
_LINKING = _xpath(
    "//*[(@href or @src or @srcset or @action or @poster or @data)"
    " and not(self::a and not(@rel or @src or @srcset or @action or @poster or @data))] | //use | //image"
)
"""All elements that lead somewhere but links that are nothing more, of which a page has hundreds."""
_ANCHORS = _xpath("//@id | //a/@name")
_TEXT = _xpath("//body//text()[not(parent::script or parent::style)]")
_STYLES = _xpath("//style/text() | //@style")
_BARRED = _xpath("//base | //iframe | //*[@type='module' or @crossorigin or @integrity]")
_TRACES = (
    *(b"TODO", b"FIXME", b"orem ipsum", b"undefined", b"NaN", b"null", b"[object", b"{{", b"{%", b"%}"),
    *(b"fetch", b"XMLHttp", b"import", b"Worker", b"sendBeacon", b"EventSource", b"WebSocket"),
)
"""What every fault in a page's text or scripts begins with, in its own letters; most pages have none."""
_MARKS = (
    *(b"<style", b"style=", b"style ", b"style\n", b"style\t", b"<base", b"<iframe"),
    *(b"module", b"crossorigin", b"integrity"),
)
"""The same of its markup, where capitals mean nothing."""
_PLAIN = (
    (b"&", (b"amp;", b"lt;", b"gt;", b"quot;", b"nbsp;", b"#34;", b"#39;")),
    (b"<use", (b' href="#', b" href='#")),
)
"""Beginnings that are no fault before one of these."""
_JSON = re.compile(rb'<script type="application/[^>]*>.*?</script>', re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """One address in a page's HTML."""

    element: str
    """Name of the element: a, link, script …"""
    rel: str
    value: str
    """The address as it stands, entities resolved."""
    target: str | None
    """Site path; None for an outside address."""
    fragment: str
    """Behind #; empty without."""
    times: int = 1
    """How often it stands on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedPage:
    """Where a page leads and what can be led to in it."""

    title: str
    links: tuple[PageLink, ...]
    """Every address once; not those inside of scripts."""
    anchors: frozenset[str]
    """Ids and names that a link can lead to."""
    settled: int = 0
    """How many links more it has, each found to lead somewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """What a page says and runs."""

    text: str
    """What a reader sees."""
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    barred: tuple[str, ...]
    """Start tags of elements that do not work from disk or load what is elsewhere."""


def parse_page(path: str, data: bytes) -> FinishedPage:
    """The page at the site path ``path``."""
    root = _parse(data)
    return FinishedPage(
        title=" ".join((root.findtext(".//title") or "").split()),
        links=tuple(_find_links(path, root)),
        anchors=frozenset(_ANCHORS(root)),
    )


def parse_pages(files: Mapping[str, bytes]) -> dict[str, FinishedPage]:
    """Every page among the files: site path → page."""
    return {name: parse_page(name, data) for name, data in files.items() if name.endswith(".html")}


def parse_text(data: bytes) -> PageText | None:
    """What a page says and runs; None where none of it can break a rule."""
    if not _is_worth_reading(data):
        return None
    root = _parse(data)
    return PageText(
        text=" ".join(_TEXT(root)),
        scripts=tuple(each.text or "" for each in root.iter("script")),
        styles=tuple(_STYLES(root)),
        barred=(*(_format_start(each) for each in _BARRED(root)), *_find_outer(root)),
    )


def _is_worth_reading(data: bytes) -> bool:
    """Whether anything in the page could be a fault; looked for without reading its markup."""
    if any(trace in data for trace in _TRACES) or (b"}}" in data and b"}}" in _JSON.sub(b"", data)):
        return True
    folded = data.lower()
    return any(mark in folded for mark in _MARKS) or any(
        folded.count(begin) > sum(folded.count(begin + end) for end in ends) for begin, ends in _PLAIN
    )


def _find_outer(root: etree._Element) -> Iterator[str]:
    """Shapes that are taken from another file."""
    for element in root.iter("use"):
        used = (value for value in _find_addresses(element) if not value.startswith("#"))
        yield from (f'<use href="{value}">' for value in used)


def _parse(data: bytes) -> Any:
    root = etree.fromstring(data or b" ", parser=_PARSER)
    return etree.Element("html") if root is None else root  # no element at all


def find_anchors(markup: str) -> frozenset[str]:
    """Ids and names in a piece of HTML."""
    return frozenset(_ANCHORS(etree.fromstring(f"<html>{markup}".encode(), parser=_PARSER)))


def _find_links(path: str, root: etree._Element) -> Iterator[PageLink]:
    folder = posixpath.dirname(path)
    found = Counter(
        (str(element.tag), element.get("rel", ""), value)
        for element in _LINKING(root)
        for value in _find_addresses(element)
    )
    for value, times in Counter(_PLAIN_LINKS(root)).items():
        found["a", "", value] += times
    for (element, rel, value), times in found.items():
        target, fragment = _resolve(folder, value)
        yield PageLink(
            element=element,
            rel=rel,
            value=value,
            target=path if target == "" else target,
            fragment=fragment,
            times=times,
        )


def _find_addresses(element: etree._Element) -> Iterator[str]:
    for name in _ADDRESSES:
        value = element.get(name)
        if value is not None:
            yield from (part.split()[0] for part in value.split(",")) if name == "srcset" else [value]


@lru_cache(maxsize=1 << 12)
def _resolve(folder: str, address: str) -> tuple[str | None, str]:
    """Site path and fragment that an address on a page in ``folder`` leads to.

    ``_resolve("a/b", "../c.html#x")`` → ``("a/c.html", "x")``. The path is empty for the page itself,
    None for an address outside of the site.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None, ""
    path = unquote(parts.path)
    return posixpath.normpath(posixpath.join(folder, path)) if path else "", unquote(parts.fragment)


def _format_start(element: etree._Element) -> str:
    """The element's start tag: ``<script type="module">``."""
    bare = etree.Element(element.tag)
    bare.attrib.update(element.attrib)
    return etree.tostring(bare, method="html", encoding="unicode").partition(">")[0] + ">"
