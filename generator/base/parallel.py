"""Work in processes of its own, for machines with more than one core."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, TypeVar

from generator.base.errors import Problem, TaizhangError
from generator.base.messages import Message

T = TypeVar("T")

_PR_SET_PDEATHSIG = 1
"""Linux: the signal that a process gets when its parent ends (prctl(2))."""
_BEHIND = 5
"""Niceness of the processes: the one that waits for them in the end comes first."""


def end_with_parent(parent: int | None = None) -> None:
    """Let the system end this process when its parent ends, however that ends; only Linux can.

    parent: the parent's id, known before this process was made: it may have ended since.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


class Workers:
    """The processes of one piece of work; those that still run when it ends are stopped.

    Where forking is not cheap and safe (other systems, one job, threads) or refused, nothing is started and
    all work is done in this process, when its result is asked for.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._processes: list[BaseProcess] = []
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        """For the processes' temporary files: one that is stopped takes none of its own away."""

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            if process.is_alive():
                process.terminate()
            process.join()
        if self._scratch is not None:
            self._scratch.cleanup()

    def spread(self, works: Sequence[Callable[[], T]]) -> Iterator[tuple[int, T]]:
        """Do every work, several at a time: (place, result) as they come. Raises: the first error."""
        open_ends: dict[Any, BaseProcess] = {}
        if self._may_fork() and len(works) > 1:
            turn = multiprocessing.get_context("fork").Value("i", 0)
            wanted = range(min(self.jobs, len(works)))
            open_ends = dict(filter(None, (self._fork(_work_in_turn, works, turn) for _ in wanted)))
        if not open_ends:
            yield from ((place, work()) for place, work in enumerate(works))
            return
        left = len(works)
        while left:
            ready: Any
            for ready in wait_for(list(open_ends)):
                try:
                    place, failure, result = ready.recv()
                except EOFError:
                    ended = open_ends.pop(ready)
                    ended.join()
                    if ended.exitcode or not open_ends:
                        raise _cut_off() from None
                    continue
                if failure is not None:
                    raise failure
                left -= 1
                yield place, result

    def _fork(self, task: Callable[..., None], *given: Any) -> tuple[Connection, BaseProcess] | None:
        """A process that does ``task``, and where it sends; None where the system has no room for one."""
        context = multiprocessing.get_context("fork")
        try:
            self._scratch = self._scratch or tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
            receiver, sender = context.Pipe(duplex=False)
        except OSError:
            return None
        process = context.Process(target=_begin, args=(self._scratch.name, os.getpid(), task, *given, sender))
        try:
            process.start()
        except OSError:
            receiver.close()
            return None
        finally:
            sender.close()
        self._processes.append(process)
        return receiver, process

    def _may_fork(self) -> bool:
        return self.jobs > 1 and sys.platform == "linux" and threading.active_count() == 1

    def start(self, work: Callable[[], T]) -> Callable[[], T]:
        """Begin ``work``; calling what is returned, once, waits for it and gives its result or its error."""
        forked = self._fork(_work_and_send, work) if self._may_fork() else None
        if forked is None:
            return work
        receiver, process = forked

        def wait() -> T:
            try:
                failure, result = receiver.recv()
            except EOFError:
                process.join()
                raise _cut_off() from None
            process.join()
            if failure is not None:
                raise failure
            made: T = result
            return made

        return wait


def _cut_off() -> TaizhangError:
    what = Message("生成网站的进程没有做完就结束了，可能是内存不够")
    return TaizhangError(Problem(what=what, hint=Message("关掉一些程序后再运行一次")))


def _begin(scratch: str, parent: int, task: Callable[..., None], *given: Any) -> None:
    """What a process does first, then its task."""
    end_with_parent(parent)
    os.nice(_BEHIND)
    tempfile.tempdir = scratch
    task(*given)


def _work_and_send(work: Callable[[], object], sender: Connection) -> None:
    try:
        sender.send((None, work()))
    except Exception as error:
        sender.send((error, None))


def _work_in_turn(works: Sequence[Callable[[], object]], turn: Any, sender: Connection) -> None:
    """Take the next work that nobody has taken, until there is none."""
    while True:
        with turn.get_lock():
            place = turn.value
            turn.value += 1
        if place >= len(works):
            return
        try:
            sender.send((place, None, works[place]()))
        except Exception as error:
            sender.send((place, error, None))
            return
