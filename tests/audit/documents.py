"""Built pages as trees, and the questions that many checks ask of them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml.etree import _Element as Element

SPACE = re.compile(r"\s+")
EDITIONS = "offline/"
FLOW = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
        "option",
        "br",
    ]
)
UNSEEN = frozenset(["script", "style", "template", "noscript", "head", "title", "desc"])
VERBATIM = ("prose", "last-words", "finding-quote", "card-text", "received-table", "received-text", "cited")
"""Classes of the elements whose text is a source's, to the letter; <q> is one too."""


@dataclass(frozen=True)
class Document:
    """One page."""

    url: str
    """Site path."""
    text: str
    """Its source."""

    @cached_property
    def root(self) -> Element:
        """The element html."""
        return lxml.html.document_fromstring(self.text.encode("utf-8"), parser=_PARSER)

    def find(self, path: str) -> list[Element]:
        """Elements of an XPath."""
        return elements_at(self.root, path)

    def texts(self, path: str) -> list[str]:
        """Attributes and texts of an XPath."""
        return texts_at(self.root, path)

    @property
    def body(self) -> Element:
        """The element body."""
        return self.find("/html/body")[0]

    def one(self, path: str) -> Element | None:
        """The first element of an XPath; None without any."""
        found = self.find(path)
        return found[0] if found else None

    @property
    def meta(self) -> dict[str, list[str]]:
        """Name → contents of the meta tags with a name."""
        found: dict[str, list[str]] = {}
        for tag in self.find("/html/head/meta[@name]"):
            found.setdefault(tag.get("name") or "", []).append(tag.get("content") or "")
        return found

    @property
    def heading(self) -> str:
        """Text of the first h1."""
        return text_of(self.one("//h1"))

    @property
    def is_task(self) -> bool:
        """Whether it is the page of one task."""
        return "/tasks/" in self.url

    @property
    def is_sheet(self) -> bool:
        """Whether it is a brief, laid out as sheets of paper."""
        path = self.url
        return path.endswith("/brief.html") or ("/briefs/" in path and not self.is_pointer)

    @property
    def is_pointer(self) -> bool:
        """Whether it is the former address of another page."""
        return any(value.startswith("旧地址") for value in self.meta.get("ColumnName", ()))


_PARSER = lxml.html.HTMLParser(encoding="utf-8")


def parse_pages(files: Mapping[str, bytes]) -> dict[str, Document]:
    """Every .html of a site except the editions made for carrying away."""
    names = (name for name in files if name.endswith(".html") and not name.startswith(EDITIONS))
    return {name: Document(name, files[name].decode("utf-8")) for name in names}


def read_text(markup: bytes) -> str:
    """What a reader sees of a page or a piece of one, white space single: for comparing two editions."""
    root = lxml.html.document_fromstring(markup, parser=_PARSER)
    return " ".join(" ".join(texts_at(root, "//text()[not(parent::script or parent::style)]")).split())


def elements_at(element: Element, path: str) -> list[Element]:
    """Elements of an XPath below an element."""
    nodes = _found_at(element, path)
    found = [node for node in nodes if isinstance(node, Element)]
    assert len(found) == len(nodes), f"{path} names texts, not elements"
    return found


def texts_at(element: Element, path: str) -> list[str]:
    """Attributes and texts of an XPath below an element."""
    nodes = _found_at(element, path)
    found = [str(node) for node in nodes if isinstance(node, str)]
    assert len(found) == len(nodes), f"{path} names elements, not texts"
    return found


def _found_at(element: Element, path: str) -> list[object]:
    found = element.xpath(path)
    assert isinstance(found, list), f"{path} names no nodes"
    return list(found)


def letters_of(element: Element) -> str:
    """Text of an element to the letter."""
    return "".join(str(text) for text in element.itertext())


def text_of(element: Element | None) -> str:
    """Text of an element, white space collapsed; nothing for None."""
    return "" if element is None else SPACE.sub(" ", letters_of(element)).strip()


def has_class(element: Element, name: str) -> bool:
    """Whether an element has a class."""
    return name in (element.get("class") or "").split()


def class_path(name: str) -> str:
    """XPath condition for a class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def resolve(url: str, link: str) -> tuple[str, str]:
    """Site path and fragment that a relative link on the page ``url`` means."""
    parts = urlsplit(link)
    path = (
        posixpath.normpath(posixpath.join(posixpath.dirname(url), unquote(parts.path))) if parts.path else url
    )
    return path, unquote(parts.fragment)


def is_outside(link: str) -> bool:
    """Whether a link leads out of the site."""
    return bool(urlsplit(link).scheme) or link.startswith("//")


def is_verbatim(element: Element) -> bool:
    """Whether an element holds a source's own words."""
    return element.tag in ("q", "ins", "del") or any(has_class(element, name) for name in VERBATIM)


def iter_texts(element: Element, *, skip_verbatim: bool = False) -> Iterator[str]:
    """Pieces of text a reader sees, one for each block of the page."""
    pieces: list[str] = []
    for kind, value in _walk(element, skip_verbatim):
        if kind == "text":
            pieces.append(value)
        elif "".join(pieces).strip():
            yield SPACE.sub(" ", "".join(pieces)).strip()
            pieces = []
        else:
            pieces = []
    if "".join(pieces).strip():
        yield SPACE.sub(" ", "".join(pieces)).strip()


def _walk(element: Element, skip_verbatim: bool) -> Iterator[tuple[str, str]]:
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return
    if skip_verbatim and is_verbatim(element):
        yield "text", "　"
        return
    block = element.tag in FLOW or element.tag in ("text", "svg")
    if block:
        yield "break", ""
    if element.text:
        yield "text", element.text
    for child in element:
        yield from _walk(child, skip_verbatim)
        if child.tail:
            yield "text", child.tail
    if block:
        yield "break", ""
