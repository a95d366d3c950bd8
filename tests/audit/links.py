"""Links of a site: each leads somewhere, by a way that works from a stick as from a server."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from lxml import etree

from tests.audit.built import Built
from tests.audit.documents import is_outside, parse_pages, resolve

STATE = re.compile(r"(?:mode|status|q|dept|section|role|figures|changed|sort|district|standing|period)=")
"""Fragments that a script reads as state; no element carries them as its id."""


def check_links(built: Built) -> Iterator[str]:
    """Every internal href, src and action has its file, every fragment its element (D-02)."""

    @cache
    def ids(url: str) -> frozenset[str]:
        page = built.pages.get(url)
        return frozenset(page.texts("//@id | //a/@name")) if page else frozenset()

    for page in built.pages.values():
        for link in page.texts("//@href | //@src | //@action | //@*[name()='xlink:href']"):
            text = link
            if is_outside(text):
                if not re.match(r"https?://|tel:|data:image/|mailto:", text):
                    yield f"{page.url}: {text}"
                continue
            path, fragment = resolve(page.url, text)
            if path not in built.files and not path.startswith("offline/"):
                yield f"{page.url}: {text} leads to no file"
            elif fragment and path in built.pages and fragment not in ids(path) and not STATE.match(fragment):
                yield f"{page.url}: {text} leads to no element"


def check_charts_linked(files: Mapping[str, bytes]) -> Iterator[str]:
    """Every download of a chart is offered by a page; ``files`` are a site or an opened zip."""
    offered = {
        resolve(url, str(link))[0]
        for url, page in parse_pages(files).items()
        for link in page.texts("//a[@download]/@href")
    }
    for name in files:
        if re.search(r"(?:^|/)charts/[^/]+\.(?:csv|svg)$", name) and name not in offered:
            yield f"{name}: no page offers it"


def check_relative(built: Built) -> Iterator[str]:
    """E-22: relative, explicit, without query, base or folder address."""
    for page in built.pages.values():
        if page.find("//base"):
            yield f"{page.url}: base"
        for link in page.texts("//a/@href | //link/@href | //script/@src | //img/@src | //form/@action"):
            text = str(link)
            if is_outside(text) or text.startswith("#"):
                continue
            path = text.partition("#")[0]
            if path.startswith("/") or "?" in path or not re.search(r"\.[a-z0-9]{2,5}$", path):
                yield f"{page.url}: {text}"


def check_xml(built: Built) -> Iterator[str]:
    """Every XML file is well formed."""
    for name, data in built.files.items():
        if name.endswith((".xml", ".svg")):
            try:
                etree.fromstring(data)
            except etree.XMLSyntaxError as error:
                yield f"{name}: {error}"
