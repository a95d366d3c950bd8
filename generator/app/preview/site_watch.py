"""Told by the operating system: when something that a site is built from was saved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from watchfiles import awatch

from generator.app.inspection import read_theme
from generator.base.paths import CONTENT

_QUIET = 20
"""Milliseconds without another change after which a burst of them is one."""
_LONGEST = 400
"""Milliseconds that a burst may last."""


async def watch_site(root: Path, changed: Callable[[], None]) -> None:
    """Call ``changed`` after every burst of changes, until cancelled.

    Folders that appear, go or become the theme are watched from then on; where a disk gives no events (a
    network share), WATCHFILES_FORCE_POLLING=true looks for changes instead.
    """
    while True:
        names = _watched(root)
        restart = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(_watch_top(root, names, changed, restart))
            group.create_task(_watch_trees(root, names, changed, restart))


def _watched(root: Path) -> tuple[str, ...]:
    """Names below the root of everything that a build reads."""
    theme = read_theme(root)
    return (*CONTENT, "templates", *([theme] if theme else []))


async def _watch_top(
    root: Path, names: tuple[str, ...], changed: Callable[[], None], restart: asyncio.Event
) -> None:
    """site.yaml, and folders that come and go."""
    watched = {root / Path(name).parts[0] for name in names}
    found = awatch(
        root,
        watch_filter=lambda _, path: Path(path) in watched,
        recursive=False,
        stop_event=restart,
        debounce=_LONGEST,
        step=_QUIET,
    )
    async for _ in found:
        changed()
        restart.set()


async def _watch_trees(
    root: Path, names: tuple[str, ...], changed: Callable[[], None], restart: asyncio.Event
) -> None:
    """Everything below the folders that there are."""
    folders = [root / name for name in names if (root / name).is_dir()]
    if folders:
        found = awatch(
            *folders, stop_event=restart, ignore_permission_denied=True, debounce=_LONGEST, step=_QUIET
        )
        async for _ in found:
            changed()
            if any(not folder.is_dir() for folder in folders):
                restart.set()
    await restart.wait()
