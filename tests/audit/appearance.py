"""What the heads of pages tell old and double-kernel browsers, and what weighs on the line."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from tests.audit.built import Built
from tests.audit.documents import Document, is_outside, resolve, text_of

PAGE_LIMIT = 500_000
BUNDLE_LIMIT = 5_000_000
TASK_LIMIT = 100_000
OVERVIEW_LIMIT = 400_000
SCRIPT_LIMIT = 38_000
OWN_SCRIPTS = ("static/site.js", "static/cards.js", "static/search.js")
STYLE_LIMIT = 42_000
_KERNEL = {"renderer": "webkit", "force-rendering": "webkit"}


def check_charset(built: Built) -> Iterator[str]:
    """E-01: UTF-8, told within the first 1024 bytes."""
    for name, page in built.pages.items():
        at = built.files[name].find(b'<meta charset="utf-8">')
        if not 0 <= at < 1024 - 22 or not page.text.startswith(("<!doctype html>", "<!DOCTYPE html>")):
            yield f"{name}: charset at byte {at}"


def check_kernels(built: Built) -> Iterator[str]:
    """E-17: browsers with two kernels take the newer one."""
    for page in built.pages.values():
        for name, content in _KERNEL.items():
            if page.meta.get(name) != [content]:
                yield f"{page.url}: {name} {page.meta.get(name)}"
        if page.texts("//meta[@http-equiv='X-UA-Compatible']/@content") != ["IE=edge"]:
            yield f"{page.url}: no X-UA-Compatible"


def check_content_without_script(built: Built) -> Iterator[str]:
    """E-18: what only works with script is hidden until the script shows it, and nothing else is."""
    for page in built.pages.values():
        for each in page.find("//main//button | //main//form | //main//select"):
            inside = [each, *each.iterancestors()]
            if not any(up.get("hidden") is not None for up in inside):
                yield f"{page.url}: {each.tag} “{text_of(each)[:30]}” shows without script"
        for each in page.find("//main//*[@hidden]"):
            controls = [e for e in each.iter() if e.tag in ("button", "form", "input", "select")]
            if not controls:
                yield f"{page.url}: hidden without script: “{text_of(each)[:60]}”"


def loaded(built: Built, page: Document) -> dict[str, int]:
    """What a browser loads for a page, itself included: site path → bytes."""
    found = {page.url: len(built.files[page.url])}
    paths = "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src | //source/@srcset"
    for link in page.texts(paths):
        if not is_outside(str(link)):
            path = resolve(page.url, str(link))[0]
            found[path] = len(built.files[path])
            if path.endswith(".css"):
                for url in re.findall(r"url\(([^)#]+)\)", built.files[path].decode("utf-8")):
                    inner = posixpath.normpath(posixpath.join(posixpath.dirname(path), url.strip("\"'")))
                    if inner in built.files:
                        found[inner] = len(built.files[inner])
    return found


def check_weights(built: Built) -> Iterator[str]:
    """A-18: what a page weighs with all it loads; what styles and scripts weigh in all."""
    for page in built.pages.values():
        weight = sum(loaded(built, page).values())
        overview = re.fullmatch(r"[^/]+/(?:index|20[^/]+)\.html", page.url)
        limit = TASK_LIMIT if page.is_task else OVERVIEW_LIMIT if overview else PAGE_LIMIT
        if weight >= limit:
            yield f"{page.url}: {weight} bytes with all it loads, {limit} at most"
    for name, data in built.files.items():
        if name.startswith("offline/") and name.endswith(".html") and len(data) > BUNDLE_LIMIT:
            yield f"{name}: {len(data)} bytes"
    styles = len(built.files["static/site.css"])
    scripts = sum(len(built.files[name]) for name in OWN_SCRIPTS if name in built.files)
    if styles >= STYLE_LIMIT or scripts >= SCRIPT_LIMIT:
        yield f"styles {styles} of {STYLE_LIMIT}, scripts without charts {scripts} of {SCRIPT_LIMIT}"
