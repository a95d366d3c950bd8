"""Preview on this machine: build, serve on 127.0.0.1, watch, rebuild, reload.

A change that does not build is told in the terminal with file and line; the last good site stays up.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from livereload import Server

from generator.app import conductors
from generator.app.inspection import read_theme
from generator.base.errors import Problem, TaizhangError
from generator.base.paths import CONTENT

WATCHED = (*CONTENT, "templates")


def serve_site(
    root: Path,
    options: conductors.Options,
    *,
    host: str,
    port: int,
    tell: Callable[[conductors.Result | tuple[Problem, ...]], None],
) -> None:
    """Serve until interrupted; ``tell`` gets every result or the problems of a failed build."""

    def rebuild() -> None:
        try:
            tell(conductors.build_site(root, options))
        except TaizhangError as error:
            tell(error.problems)

    rebuild()
    server = Server()
    for name in _watched(root):
        server.watch(name, rebuild)
    server.serve(host=host, port=port, root=str(options.output), open_url_delay=None)


def _watched(root: Path) -> tuple[str, ...]:
    """Glob patterns of everything a build reads."""
    theme = read_theme(root)
    names = [*WATCHED, *([theme] if theme else [])]
    return tuple(str(root / n) if Path(n).suffix else str(root / n / "**" / "*") for n in names)
