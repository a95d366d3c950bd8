"""Every call to the disk that a command makes, over all its processes: the n-th fails, or is the last.

Files of the site and of the folder for temporary files count, not those of the program. A call fails as the
system lets it fail: the error is raised where the call stands, nothing is done.
"""

from __future__ import annotations

import builtins
import errno
import io
import mmap
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.worksheet import _writer

from generator.base import output_folder

_SPACE, _DENIED, _READ_ONLY, _BROKEN = errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO
ERRORS: Mapping[str, tuple[int, ...]] = {
    "open": (_DENIED, _BROKEN, errno.EMFILE),
    "create": (_SPACE, _DENIED, _READ_ONLY, _BROKEN, errno.EMFILE),
    "write": (_SPACE, _BROKEN),
    "fsync": (_BROKEN, _SPACE),
    "rename": (_SPACE, _DENIED, _READ_ONLY, _BROKEN),
    "link": (_SPACE, _DENIED, _BROKEN),
    "mkdir": (_SPACE, _DENIED, _READ_ONLY, _BROKEN),
    "remove": (_DENIED, _READ_ONLY, _BROKEN),
    "list": (_DENIED, _BROKEN, errno.EMFILE),
    "mark": (_DENIED, _READ_ONLY, _BROKEN),
    "stat": (_DENIED, _BROKEN),
    "pipe": (errno.EMFILE,),
    "fork": (errno.EAGAIN,),
}
"""Kind of call → how it may fail."""
CHANGES = frozenset({"create", "write", "fsync", "rename", "link", "mkdir", "remove", "mark"})
"""What leaves a trace on the disk."""
_EVENTS = {
    "os.rename": "rename",
    "os.link": "link",
    "os.symlink": "link",
    "os.mkdir": "mkdir",
    "os.remove": "remove",
    "os.rmdir": "remove",
    "os.listdir": "list",
    "os.scandir": "list",
    "os.chmod": "mark",
    "os.utime": "mark",
    "os.truncate": "mark",
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_SECONDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a command ended."""

    code: int
    """Exit code; minus a signal's number."""
    printed: str
    """Standard output and error."""
    calls: int
    """How many there were."""
    hit: str = ""
    """The call that failed: its kind, its path and the error."""


class CallCounter:
    """Counts the calls of this process and of those it forks; acts on the n-th."""

    def __init__(
        self, places: tuple[Path, ...], *, at: int, turn: int, kill: bool, only: frozenset[str]
    ) -> None:
        self._places = tuple(str(place) for place in places)
        self._at, self._turn, self._kill, self._only = at, turn, kill, only
        self._count = multiprocessing.get_context("fork").Value("Q", 0)
        self._hit = mmap.mmap(-1, 4096)

    @property
    def calls(self) -> int:
        """Calls until now."""
        return int(self._count.value)

    @property
    def hit(self) -> str:
        """The call that was acted on."""
        return bytes(self._hit[:]).rstrip(b"\0").decode("utf-8")

    def see(self, kind: str, path: object = None) -> None:
        """Count a call. Raises: OSError when it is the one that fails."""
        if kind not in self._only or not (path is None or self._is_ours(path)):
            return
        with self._count.get_lock():
            self._count.value += 1
            number = self._count.value
        if number != self._at:
            return
        kinds = ERRORS[kind]
        code = kinds[(number + self._turn) % len(kinds)]
        name = os.fsdecode(path) if isinstance(path, (str, bytes, os.PathLike)) else ""
        told = f"{number}: {kind} {name} {errno.errorcode[code]}".encode()[:4000]
        self._hit[: len(told)] = told
        if self._kill:
            os.killpg(0, signal.SIGKILL)
        raise OSError(code, os.strerror(code), name or None)

    def _is_ours(self, path: object) -> bool:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return False
        name = os.path.abspath(os.fsdecode(path))
        return any(name == place or name.startswith(place + "/") for place in self._places)

    def watch(self) -> None:
        """From now on, in this process and those it forks. A sync is counted, and spares the disk."""
        sys.addaudithook(self._hear)
        self._replace_open()
        for name in ("fsync", "sync"):
            self._replace(name, "fsync", lambda *_: None)
        for name in ("pipe", "fork"):
            self._replace(name, name, getattr(os, name))
        name = "_rename_exchange"
        setattr(output_folder, name, self._seen_exchange(getattr(output_folder, name)))
        for name in ("stat", "lstat"):
            self._replace(name, "stat", getattr(os, name), has_path=True)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            self.see("create" if flags & _WRITING else "open", path if path is not None else -1)
        elif event in _EVENTS:
            path = arguments[0] if arguments[0] is not None else "."
            if event in ("os.rename", "os.link") and not self._is_ours(path):
                path = arguments[1]
            self.see(_EVENTS[event], path)

    def _seen_exchange(self, exchange: Callable[[Path, Path], bool]) -> Callable[[Path, Path], bool]:
        """An exchange of names can be the last call; where it fails, two renamings take its place."""

        def exchanged(a: Path, b: Path) -> bool:
            if self._kill:
                self.see("rename", a)
            return exchange(a, b)

        return exchanged

    def _replace(self, name: str, kind: str, real: Callable[..., Any], *, has_path: bool = False) -> None:
        def called(*given: Any, **named: Any) -> Any:
            self.see(kind, given[0] if has_path else None)
            return real(*given, **named)

        setattr(os, name, called)

    def _replace_open(self) -> None:
        counter, real = self, io.open

        class WatchedFile(io.FileIO):
            """A file whose writes are counted."""

            def write(self, data: Any) -> int:
                counter.see("write", self.name)
                return super().write(data)

        def watched_open(file: Any, mode: str = "r", buffering: int = -1, *given: Any, **named: Any) -> Any:
            if not set(mode) & set("wax+") or "b" not in mode or not counter._is_ours(file):
                return real(file, mode, buffering, *given, **named)
            return io.BufferedWriter(WatchedFile(file, mode.replace("b", "")))

        builtins.open = io.open = watched_open


def run_command(
    act: Callable[[], object],
    places: tuple[Path, ...],
    *,
    at: int = 0,
    turn: int = 0,
    kill: bool = False,
    only: frozenset[str] = frozenset(ERRORS),
) -> Ending:
    """Run a command in a process of its own, in which call number ``at`` fails or is the last.

    turn: which of the errors comes. kill: end all its processes there. only: the kinds that count.
    """
    counter = CallCounter(places, at=at, turn=turn, kill=kill, only=only)
    with tempfile.TemporaryFile() as printed:
        child = os.fork()
        if child == 0:
            _act(act, counter, printed.fileno())
        _, status = os.waitpid(child, 0)
        printed.seek(0)
        text = printed.read().decode("utf-8", "replace")
    return Ending(code=os.waitstatus_to_exitcode(status), printed=text, calls=counter.calls, hit=counter.hit)


def _act(act: Callable[[], object], counter: CallCounter, printed: int) -> None:
    code = 70
    try:
        os.setpgid(0, 0)
        signal.alarm(_SECONDS)
        os.dup2(printed, 1)
        os.dup2(printed, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        counter.watch()
        act()
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    except BaseException:
        traceback.print_exc()
    finally:
        _writer._openpyxl_shutdown()  # type: ignore[attr-defined]  # runs where Python ends by itself
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def copy_site(source: Path, target: Path) -> None:
    """A fresh copy, an unfinished journal included."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)


def kill_at(act: Callable[[], object], root: Path, at: int) -> bool:
    """Run ``act``, killed before its ``at``-th change below ``root``; False when it came to its end first."""
    ending = run_command(act, (root,), at=at, kill=True, only=CHANGES)
    assert ending.code == (-signal.SIGKILL if ending.hit else 0), ending.printed
    return bool(ending.hit)
