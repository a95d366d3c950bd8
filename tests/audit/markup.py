"""HTML as the standard wants it: no parse error, and what a parser does not see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import html5lib

from tests.audit.documents import FLOW, Document, text_of

INTERACTIVE = frozenset({"a", "button", "input", "select", "textarea", "summary", "label"})
_PHRASING_ONLY = frozenset(
    [
        "p",
        "span",
        "b",
        "i",
        "em",
        "strong",
        "small",
        "q",
        "cite",
        "code",
        "time",
        "data",
        "button",
        "summary",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dt",
        "label",
        "sub",
        "sup",
    ]
)
_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "thead", "tbody", "tfoot", "colgroup"},
    "tr": {"th", "td"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "select": {"option", "optgroup"},
}
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list", "for", "headers")


def check_parsing(page: Document) -> Iterator[str]:
    """Every parse error that the standard defines."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page.text)
    for (line, column), code, data in parser.errors:
        yield f"{page.url}:{line}:{column}: {code} {data}"


def check_structure(page: Document) -> Iterator[str]:
    """Unique ids, references that lead somewhere, nothing interactive in another, blocks in their place."""
    ids = Counter(page.texts("//@id"))
    yield from (f"{page.url}: id {name} stands {n} times" for name, n in ids.items() if n > 1)
    yield from (f"{page.url}: id “{name}”" for name in ids if not name or re.search(r"\s", name))
    for each in page.root.iter():
        if not isinstance(each.tag, str):
            continue
        for key in _REFERENCES:
            for name in (each.get(key) or "").split():
                if name not in ids:
                    yield f"{page.url}: {each.tag} {key}={name} leads nowhere"
        wanted = _CHILDREN.get(each.tag)
        wrong = {c.tag for c in each if isinstance(c.tag, str)} - wanted if wanted else set()
        if wrong:
            yield f"{page.url}: {each.tag} holds {wrong}"
        if each.tag in FLOW - {"br", "option"}:
            up = next((up for up in each.iterancestors() if up.tag in _PHRASING_ONLY), None)
            if up is not None and not (up.tag == "summary" and re.fullmatch("h[1-6]", each.tag)):
                yield f"{page.url}: {each.tag} inside {up.tag} “{text_of(up)[:40]}”"
        if each.tag in INTERACTIVE - {"label", "summary"}:
            around = [up.tag for up in each.iterancestors() if up.tag in INTERACTIVE - {"label"}]
            if around:
                yield f"{page.url}: {each.tag} inside {around}"
    yield from _check_controls(page)


def _check_controls(page: Document) -> Iterator[str]:
    labels = {each.get("for") for each in page.find("//label[@for]")}
    for each in page.find("//input[not(@type='hidden')] | //select | //textarea"):
        if (
            each.get("id") not in labels
            and not each.get("aria-label")
            and not list(each.iterancestors("label"))
        ):
            yield f"{page.url}: {each.tag} {each.get('name')} without label"
    for each in page.find("//a | //button | //summary"):
        name = (
            each.get("aria-label") or text_of(each) or " ".join(i.get("alt") or "" for i in each.iter("img"))
        )
        if not name.strip():
            yield f"{page.url}: a nameless {each.tag} {each.get('href')}"
    for each in page.find("//a[not(@href)]"):
        yield f"{page.url}: a without href “{text_of(each)}”"
    for each in page.find("//button[not(@type)]"):
        yield f"{page.url}: button “{text_of(each)}” without type"
    if not page.text.lstrip("\n").lower().startswith("<!doctype html>"):
        yield f"{page.url}: no doctype"
    if page.text.encode().find(b'<meta charset="utf-8">') not in range(1024):
        yield f"{page.url}: E-01: no charset in the first 1024 bytes"
