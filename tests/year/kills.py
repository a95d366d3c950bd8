"""kill -9 at any step of an apply: a child process whose audit hook kills it at the n-th file event.

Used by tests/year/test_kills.py (a few) and tests/soak/kills.py (a thousand).
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

_EVENTS = ("open", "os.", "shutil.")


def apply_and_die(act: Callable[[], object], root: Path, at: int) -> bool:
    """Run ``act`` in a child that is killed before its ``at``-th file event below ``root``.

    Returns: True when it was killed, False when it came to its end first.
    """
    child = os.fork()
    if child == 0:
        _hush()
        _kill_at(root, at)
        try:
            act()
        except SystemExit:
            pass
        except BaseException:
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the child failed for another reason"
    return False


def _hush() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _kill_at(root: Path, at: int) -> None:
    place, seen = str(root), 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if not event.startswith(_EVENTS) or not any(place in str(a) for a in arguments):
            return
        if event == "open" and len(arguments) > 1 and arguments[1] in ("r", "rb", None):
            return
        seen += 1
        if seen >= at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def copy_site(source: Path, target: Path) -> None:
    """A fresh copy, an unfinished journal included."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
