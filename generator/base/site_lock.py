"""One writer at a time for a folder: a lock that ends with the process that holds it, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from generator.base.errors import Problem, UsageError, make_unreadable
from generator.base.messages import Message
from generator.base.places import Place

WAIT_SECONDS = 20.0
"""Longest that a command waits for another one to end."""
_PAUSE = 0.05
_HOLDER = ".cache/lock-holder"
"""Who holds the lock: for the message alone, the lock itself is the operating system's."""


@contextlib.contextmanager
def lock_folder(folder: Path, *, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold ``folder`` from reading to writing; a second command waits until the first one is through.

    wait: seconds. Raises: UsageError that names the holder when it takes longer, or when the folder cannot be
    opened.
    """
    try:
        handle = _open(folder)
    except OSError as error:
        raise UsageError(make_unreadable(error, str(folder))) from error
    try:
        _wait_for(handle, folder, time.monotonic() + wait)
        _note_holder(folder)
        yield
    finally:
        os.close(handle)


def _open(folder: Path) -> int:
    if sys.platform != "win32":
        return os.open(folder, os.O_RDONLY)
    return os.open(folder / ".taizhang.lock", os.O_RDWR | os.O_CREAT)


def _wait_for(handle: int, folder: Path, end: float) -> None:
    while not _try(handle):
        if time.monotonic() > end:
            what = _held_by(_read_holder(folder))
            raise UsageError(
                Problem(
                    place=Place(file=str(folder)),
                    what=what,
                    hint=Message("等它结束后再运行；没有写入任何文件"),
                )
            )
        time.sleep(_PAUSE)


def _try(handle: int) -> bool:
    """Whether the lock could be had now. A file system without locks gives it to everybody."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def _note_holder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        path = folder / _HOLDER
        if path.parent.is_dir():
            command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])
            path.write_text(f"{command}\n{os.getpid()}", encoding="utf-8")


def _held_by(holder: str) -> Message:
    command, _, process = holder.partition("\n")
    if process:
        return Message(
            "另一个命令正在改写这个文件夹（{command}，进程 {process}）", command=command, process=process
        )
    return Message("另一个命令正在改写这个文件夹")


def _read_holder(folder: Path) -> str:
    try:
        return (folder / _HOLDER).read_text(encoding="utf-8")[:200]
    except (OSError, ValueError):
        return ""
