"""Work in processes of its own, for machines with more than one core."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import TypeVar

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

    Where forking is not cheap and safe (other systems, one job, threads) nothing is started and all work is
    done in this process, when its result is asked for.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._processes: list[BaseProcess] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            if process.is_alive():
                process.terminate()
            process.join()

    def start(self, work: Callable[[], T]) -> Callable[[], T]:
        """Begin ``work``; calling what is returned, once, waits for it and gives its result or its error."""
        if self.jobs < 2 or sys.platform != "linux" or threading.active_count() > 1:
            return work
        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work_and_send, args=(work, sender, os.getpid()))
        process.start()
        self._processes.append(process)
        sender.close()

        def wait() -> T:
            try:
                failure, result = receiver.recv()
            except EOFError:
                process.join()
                raise RuntimeError(f"a process of the build ended with {process.exitcode}") from None
            process.join()
            if failure is not None:
                raise failure
            made: T = result
            return made

        return wait


def _work_and_send(work: Callable[[], object], sender: Connection, parent: int) -> None:
    end_with_parent(parent)
    os.nice(_BEHIND)
    try:
        sender.send((None, work()))
    except Exception as error:
        sender.send((error, None))
