"""Scripts as an old browser reads them: ES2019 syntax and builtins at most (government-pages.md E-15)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

import esprima

from tests.audit.built import Built

NEW_MEMBERS = frozenset(
    [
        "at",
        "replaceAll",
        "hasOwn",
        "findLast",
        "findLastIndex",
        "toSorted",
        "toReversed",
        "toSpliced",
        "groupBy",
        "matchAll",
        "allSettled",
        "any",
        "replaceChildren",
        "showPopover",
        "showModal",
        "requestIdleCallback",
        "structuredClone",
    ]
)
NEW_NAMES = frozenset(
    [
        "structuredClone",
        "globalThis",
        "BigInt",
        "WeakRef",
        "FinalizationRegistry",
        "AggregateError",
        "Segmenter",
        "queueMicrotask",
        "EventSource",
        "Worker",
        "SharedWorker",
        "XMLHttpRequest",
        "fetch",
        "WebSocket",
    ]
)
THIRD_PARTY = frozenset({"static/vega.js"})
"""Newer than ES2019; loaded at the first touch of a chart, and only by a browser that has what it needs."""


def check_script(name: str, text: str) -> Iterator[str]:
    """A script that a parser of ES2018 accepts and that calls no newer builtin, nor the network.

    A newer builtin may be named to ask whether it is there; it may not be called.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            tokens = esprima.tokenize(text, {"loc": True})
            tree = esprima.parseScript(text)
    except esprima.Error as error:
        yield f"{name}: {error}"
        return
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        line, dotted = token.loc.start.line, before is not None and before.value == "."
        called = after is not None and after.value == "("
        created = before is not None and before.value == "new"
        if token.type == "Identifier" and dotted and called and token.value in NEW_MEMBERS:
            yield f"{name}:{line}: .{token.value}("
        if token.type == "Identifier" and not dotted and token.value in NEW_NAMES and (called or created):
            yield f"{name}:{line}: {token.value}"
        if token.type == "Keyword" and token.value in ("import", "export"):
            yield f"{name}:{line}: {token.value}"
        if token.type == "RegularExpression" and re.search(r"\(\?<|/[a-z]*[sdv][a-z]*$", token.value):
            yield f"{name}:{line}: {token.value}"
    if not tree.body:
        yield f"{name}: nothing in it"


def check_scripts(built: Built) -> Iterator[str]:
    """E-15 for every script of a site, files and inline ones."""
    for name, data in built.files.items():
        if name.endswith(".js") and name not in THIRD_PARTY:
            yield from check_script(name, data.decode("utf-8"))
    for page in built.pages.values():
        for script in page.find("//script"):
            if script.get("type", "text/javascript") not in (
                "text/javascript",
                "application/json",
                "application/ld+json",
            ):
                yield f"{page.url}: script of type {script.get('type')}"
            if script.get("crossorigin") is not None or script.get("integrity") is not None:
                yield f"{page.url}: a script that file:// blocks"
            if script.text and script.get("type") in (None, "text/javascript"):
                yield from check_script(page.url, script.text)
        for each in page.root.iter():
            names = map(str, each.attrib)
            yield from (f"{page.url}: {name} on {each.tag!s}" for name in names if name.startswith("on"))


def check_third_party(built: Built) -> Iterator[str]:
    """E-15: no page asks for a third party's script; only a script of our own does, when there is need."""
    for page in built.pages.values():
        for source in page.texts("//script/@src | //link/@href"):
            if any(str(source).endswith(name) for name in THIRD_PARTY):
                yield f"{page.url}: {source}"


def check_storage_guarded(built: Built) -> Iterator[str]:
    """E-24: localStorage stands inside try alone."""
    for name, data in built.files.items():
        if name.endswith(".js") and name not in THIRD_PARTY:
            text = data.decode("utf-8")
            guarded = [
                (node.block.range[0], node.block.range[1])
                for node in _nodes(esprima.parseScript(text, {"range": True}))
                if node.type == "TryStatement"
            ]
            for match in re.finditer(
                r"\b(?:localStorage|sessionStorage)\b",
                re.sub(r"//[^\n]*|/\*.*?\*/", _blank, text, flags=re.S),
            ):
                if not any(start < match.start() < end for start, end in guarded):
                    yield f"{name}: {match[0]} outside try"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _nodes(node: object) -> Iterator[esprima.nodes.Node]:
    if isinstance(node, esprima.nodes.Node):
        yield node
        for value in vars(node).values():
            yield from _nodes(value)
    elif isinstance(node, list):
        for each in node:
            yield from _nodes(each)
