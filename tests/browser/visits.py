"""Opening pages and keeping account of what they do."""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, ViewportSize, sync_playwright

from tests.audit.built import Built

MEASURES = Path(__file__).with_name("measure.js")
_TEXTS = {".html", ".css", ".js", ".svg", ".json", ".csv", ".xml", ".txt"}
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The browser without windows of its own comes first: the same pages for half the processor time."""
FONTS = Path(__file__).with_name("fonts.conf")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)


def find_chromium() -> str | None:
    """Path of the machine's browser; None without any."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def browsing(path: str) -> Iterator[Browser]:
    """The browser at ``path``, which takes for *sans-serif* the letters that a Chinese desktop takes."""
    fonts = {} if "FONTCONFIG_FILE" in os.environ else {"FONTCONFIG_FILE": str(FONTS)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            headless=True,
            args=list(FLAGS),
            chromium_sandbox=False,
            env={**os.environ, **fonts},
        )
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page in a browser window of its own."""

    page: Page
    base: str
    """Address of the site, with a slash at the end."""
    complaints: list[str] = field(default_factory=list)
    """Messages on the console, errors, requests that leave the site or fail."""

    def go(self, url: str) -> Page:
        """Load a page of the site afresh."""
        self.page.goto("about:blank")
        self.page.goto(self.base + url)
        return self.page


@contextmanager
def visiting(browser: Browser, where: Path | str, **options: Any) -> Iterator[Visit]:
    """A fresh window on a site: a folder (by file://) or the address of a server.

    options: those of Browser.new_context; ``width`` and ``height`` of the window in CSS pixels.
    """
    size: ViewportSize = {"width": options.pop("width", 1280), "height": options.pop("height", 800)}
    scripts = options.pop("init_script", None)
    context = browser.new_context(viewport=size, locale="zh-CN", **options)
    context.set_default_timeout(10_000)
    context.add_init_script(path=MEASURES)
    if scripts:
        context.add_init_script(scripts)
    base = where if isinstance(where, str) else f"{where.as_uri()}/"
    page = context.new_page()
    visit = Visit(page=page, base=base)
    page.on("console", lambda message: visit.complaints.append(f"{page.url}: console: {message.text}"))
    page.on("pageerror", lambda error: visit.complaints.append(f"{page.url}: error: {error}"))
    page.on("requestfailed", lambda request: _watch_failure(visit, request))
    page.on("request", lambda request: _watch(visit, request.url))
    yield visit
    context.close()


def _watch_failure(visit: Visit, request: Request) -> None:
    if request.failure != "net::ERR_ABORTED":  # given up because the reader went on to the next page
        visit.complaints.append(f"{visit.page.url}: {request.failure}: {request.url}")


def _watch(visit: Visit, url: str) -> None:
    if not url.startswith((visit.base, "data:", "about:", "blob:")):
        visit.complaints.append(f"{visit.page.url}: request: {url}")


def kinds(built: Built) -> dict[str, str]:
    """Kind of page → the heaviest page of that kind; pages of districts by district on a site of several."""
    districts = [district.id for district in built.site.districts]
    found: dict[str, str] = {}
    for url in sorted(built.pages, key=lambda name: (-len(built.files[name]), name)):
        found.setdefault(_kind(url, districts), url)
    return dict(sorted(found.items()))


def _kind(url: str, districts: list[str]) -> str:
    first, _, rest = url.partition("/")
    if first not in districts:
        return url.removesuffix(".html").replace("/", "-")
    rest = re.sub(r"^(tasks|briefs|changes|departments)/(?!index)[^/]+\.html$", r"\1.html", rest)
    rest = re.sub(r"^20\d\d[^/]*\.html$", "period.html", rest)
    return f"{first}-{rest.removesuffix('.html').replace('/', '-')}"


def few(built: Built) -> dict[str, str]:
    """A page of each template: of the districts with tasks only the largest, and the whole site's pages."""
    busy = max(built.site.districts, key=lambda district: len(district.tasks)).id
    others = {district.id for district in built.site.districts if district.tasks} - {busy}
    return {kind: url for kind, url in kinds(built).items() if url.split("/")[0] not in others}


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and keeps no log; texts gzipped when asked to."""

    gzipped = False

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""

    def do_GET(self) -> None:
        """The file as it is, or gzipped."""
        path = Path(self.translate_path(self.path))
        if not (self.gzipped and path.is_file() and path.suffix in _TEXTS):
            super().do_GET()
            return
        data = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class _GzipHandler(QuietHandler):
    gzipped = True


@contextmanager
def serve_folder(folder: Path, *, gzipped: bool = False) -> Iterator[str]:
    """A loopback server of a folder; its address with a slash at the end."""
    handler = functools.partial(_GzipHandler if gzipped else QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()
