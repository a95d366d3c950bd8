"""The preview's server: files of the built site, news of each build, errors over the last good pages."""

from __future__ import annotations

import asyncio
import errno
import mimetypes
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.web import Application, RequestHandler

from generator.app import conductors
from generator.app.preview.preview_access import is_own_host, is_own_origin
from generator.app.preview.preview_builds import Outcome, build_apart, prepare_builds
from generator.app.preview.preview_markup import (
    SCRIPT_URL,
    STYLE,
    STYLE_URL,
    adapt_page,
    format_problems,
    make_waiting_page,
)
from generator.app.preview.site_watch import watch_site
from generator.base.errors import Problem, TaizhangError, UsageError, explain_os_error, format_problem
from generator.base.messages import CHINESE, Message, translate
from generator.base.output_folder import read_manifest
from generator.base.places import Place

_NO_TOUCH = (".css",)
_STRUCTURE = (".html", ".js", ".svg")
"""What a page is made of: when it differs, the page is loaded again."""


@dataclass(slots=True, kw_only=True)
class Preview:
    """What the handlers share."""

    folder: Path
    """The built site."""
    host: str
    port: int
    english: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    """Of the last build when it made nothing."""

    def tell(self, said: Message) -> str:
        """A message in the language of the command."""
        return str(translate(said, self.english))

    def lines(self) -> bytes:
        """What does not build, as markup."""
        heading = Message("没有生成，这里还是上一次的网站：")
        return format_problems(
            self.tell(heading), [format_problem(problem, self.english) for problem in self.problems]
        )


class _Guarded(RequestHandler):
    """Answers pages of its own alone, and lets nothing be kept."""

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.clear_header("Server")

    def prepare(self) -> None:
        host, port = self.preview.host, self.preview.port
        asked = self.request.headers.get_list("Host")
        origins = self.request.headers.get_list("Origin")
        if len(asked) != 1 or not is_own_host(asked[0], host=host, port=port):
            self._refuse(Message("这个预览只回答自己的地址"))
        elif not all(is_own_origin(origin, host=host, port=port) for origin in origins):
            self._refuse(Message("这个预览只回答自己的网页"))

    def _refuse(self, what: Message) -> None:
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(self.preview.tell(what))

    def compute_etag(self) -> None:
        """None: nothing is kept."""


class _SiteFile(_Guarded):
    """A file of the built site, read whole, so that it is of one edition."""

    def get(self, name: str) -> None:
        folder = self.preview.folder.resolve()
        name = name.replace("\0", "")
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            return self._answer(404, "404.html")
        if path.is_dir():
            if name and not name.endswith("/"):
                return self.redirect(f"/{name}/")
            name = f"{name}index.html"
        return self._answer(200, name)

    head = get

    def _answer(self, status: int, name: str) -> None:
        try:
            data = (self.preview.folder / name).read_bytes()
        except (OSError, ValueError):
            if name != "404.html" and (self.preview.folder / "index.html").exists():
                return self._answer(404, "404.html")
            words = Message("正在生成网站，好了会自动显示") if status == 200 else Message("没有这个网页")
            status, data = 503 if status == 200 else 404, make_waiting_page(self.preview.tell(words))
            name = "404.html"
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        is_text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        self.set_status(status)
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        if kind == "text/html":
            host = self.request.host
            data = adapt_page(data, host=host, problems=self.preview.lines(), at_top=status != 200)
        self.finish(data)
        return None


class _Style(_Guarded):
    """How the errors look."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(STYLE)


class _Script(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's own script."""


class _News(_Guarded, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's socket, for pages of the preview alone."""

    def check_origin(self, origin: str) -> bool:
        return is_own_origin(origin, host=self.preview.host, port=self.preview.port)

    def on_message(self, message: str | bytes) -> None:
        try:
            super().on_message(message)
        except (ValueError, AttributeError, TypeError):
            self.close()


def make_application(preview: Preview) -> Application:
    """Every address that the preview answers; nothing that a request can change."""
    LiveReloadHandler.watcher, LiveReloadHandler.live_css = Watcher(), True
    shared: dict[str, object] = {"preview": preview}
    return Application(
        [
            ("/livereload", _News, shared),
            (SCRIPT_URL, _Script, shared),
            (STYLE_URL, _Style, shared),
            ("/(.*)", _SiteFile, shared),
        ],
        log_function=lambda _: None,
    )


def serve_site(
    root: Path,
    options: conductors.Options,
    *,
    host: str,
    port: int,
    tell: Callable[[Outcome], None],
    english: Mapping[str, str] = CHINESE,
) -> None:
    """Serve until interrupted or ended; ``tell`` gets every result or the problems of a failed build.

    Raises: UsageError when the address cannot be listened on.
    """
    preview = Preview(folder=options.output, host=host, port=port, english=english)
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(root, options, preview, tell))


async def _serve(
    root: Path, options: conductors.Options, preview: Preview, tell: Callable[[Outcome], None]
) -> None:
    server = _listen(preview)
    prepare_builds()
    changed, stop = asyncio.Event(), asyncio.Event()
    changed.set()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    work = [
        asyncio.create_task(_build_again(root, options, preview, changed, tell)),
        asyncio.create_task(watch_site(root, changed.set)),
        asyncio.ensure_future(stop.wait()),
    ]
    try:
        done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)
        server.stop()
        await server.close_all_connections()


def _listen(preview: Preview) -> Any:
    try:
        return make_application(preview).listen(preview.port, address=preview.host)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        what = Message("这个端口已经有别的程序在用") if taken else explain_os_error(error)
        place = Place(file=f"{preview.host}:{preview.port}")
        raise UsageError(Problem(place=place, what=what, hint=Message("用 --port 换一个端口"))) from error


async def _build_again(
    root: Path,
    options: conductors.Options,
    preview: Preview,
    changed: asyncio.Event,
    tell: Callable[[Outcome], None],
) -> None:
    """A build for the start and for every change; what is saved during a build makes another one."""
    while True:
        await changed.wait()
        changed.clear()
        before, failed = _read_sums(preview.folder), preview.problems
        outcome = await build_apart(root, options)
        options = replace(options, keep=False)  # the site before the preview is the release, no draft
        preview.problems = outcome if isinstance(outcome, tuple) else ()
        tell(outcome)
        for path in _news(before, _read_sums(preview.folder), again=failed != preview.problems):
            LiveReloadHandler.reload_waiters(path)


def _read_sums(folder: Path) -> Mapping[str, str]:
    try:
        return read_manifest(folder)
    except (OSError, TaizhangError):
        return {}


def _news(before: Mapping[str, str], after: Mapping[str, str], *, again: bool) -> tuple[str, ...]:
    """What browsers are told: to load the page again (*), or which style sheets alone."""
    differing = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    if again or any(name.endswith(_STRUCTURE) for name in differing):
        return ("*",)
    return tuple(f"/{name}" for name in sorted(differing) if name.endswith(_NO_TOUCH))
