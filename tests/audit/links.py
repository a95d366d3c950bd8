"""Links of a site: each leads somewhere, by a way that works from a stick as from a server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache

from lxml import etree
from lxml.etree import _Element as Element

from tests.audit.built import Built
from tests.audit.documents import Document, elements_at, is_outside, parse_pages, resolve, text_of

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


def check_reached(files: Mapping[str, bytes]) -> Iterator[str]:
    """Every file of a site or a zip is reached from its first page, or by a way that is written down.

    A download of a chart must be offered as one.
    """
    pages = parse_pages(files)

    def find_targets(url: str, path: str) -> set[str]:
        return {resolve(url, link)[0] for link in pages[url].texts(path)}

    offered = {target for url in pages for target in find_targets(url, "//a[@download]/@href")}
    seen: set[str] = set()
    todo = ["index.html", *UNLINKED]
    while todo:
        name = todo.pop()
        if name in files and name not in seen:
            seen.add(name)
            todo += find_targets(name, EVERY_LINK) if name in pages else ()
            todo += _named_by_script(name, files) if name.endswith(".js") else ()
    for name in files:
        if name not in seen and not name.startswith("offline/"):
            yield f"{name}: nothing leads there"
        elif re.search(r"(?:^|/)charts/[^/]+\.(?:csv|svg)$", name) and name not in offered:
            yield f"{name}: no page offers it"


EVERY_LINK = "//@href | //@src | //@action | //@data-search"
UNLINKED = {
    "404.html": "what a web server shows for an address that is not there",
    "site/404.html": "the same, should a zip be unpacked on one",
    "robots.txt": "what a search engine asks for",
    "sitemap.xml": "named by robots.txt",
    ".taizhang-manifest.json": "what the next build may replace",
    "MANIFEST.txt": "checksums of the zip's files, named by the readme",
    "打开说明.txt": "what stands first in the unpacked folder",
}
"""Files that no page leads to, and what they are for."""


def _named_by_script(name: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """What a script loads: files that it names beside itself; the search script, the parts of its index."""
    text, folder = files[name].decode("utf-8"), name.rpartition("/")[0]
    yield from (f"{folder}/{found}" for found in re.findall(r"[\"']([a-z-]+\.js)[\"']", text))
    if name.endswith("static/search.js"):
        index = folder.removesuffix("static") + "search"
        core = re.search(r"\((?:\"core\"),(.*)\);", files[f"{index}/core.js"].decode("utf-8"), re.S)
        assert core
        found = json.loads(core[1])
        yield f"{index}/core.js"
        yield from (f"{index}/grams-{n}.js" for n in range(found["shards"]))
        yield from (f"{index}/terms-{letter}.js" for letter in found["letters"])
        for name, count, per in zip(
            ("docs", "pages"), (found["tasks"], found["pages"]), found["per"], strict=True
        ):
            yield from (f"{index}/{name}-{n}.js" for n in range(-(-count // per)))


def check_named(built: Built) -> Iterator[str]:
    """A link whose words are the heading of a page leads to such a page; a row to its own task."""
    headings = {page.heading for page in built.pages.values()}
    for page in built.pages.values():
        for link in page.find("//a[@href]"):
            target = _page_at(built, page, link)
            if target and text_of(link) in headings - {target.heading}:
                yield f"{page.url}: {text_of(link)} leads to {target.url}, {target.heading}"
        for row in page.find("//*[@data-task][not(self::article)]"):
            own = elements_at(row, "descendant-or-self::a[@href]")
            targets = (_page_at(built, page, link) for link in own)
            first = next((target for target in targets if target and target.is_task), None)
            if first and first.texts("//article/@data-task") != [row.get("data-task")]:
                yield f"{page.url}: the row of {row.get('data-task')} leads to {first.url}"


def _page_at(built: Built, page: Document, link: Element) -> Document | None:
    """The page that a link leads to; None for another file or another site."""
    address = link.get("href") or ""
    return None if is_outside(address) else built.pages.get(resolve(page.url, address)[0])


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
