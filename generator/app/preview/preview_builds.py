"""Builds in a process of their own, one after the other."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import sys
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

from generator.app import conductors
from generator.base import parallel
from generator.base.errors import Problem, TaizhangError, make_os_problem
from generator.base.messages import Message

Outcome = conductors.Result | tuple[Problem, ...]
"""What a build made, or why it made nothing."""

if sys.platform == "win32":
    _CONTEXT = multiprocessing.get_context("spawn")
else:
    _CONTEXT = multiprocessing.get_context("forkserver")


def prepare_builds() -> None:
    """Let the process that builds are forked from load the program once, before the first of them."""
    if sys.platform != "win32":
        _CONTEXT.set_forkserver_preload(["generator.app.conductors"])


async def build_apart(root: Path, options: conductors.Options) -> Outcome:
    """Build in another process and wait for what became of it; cancelled, the process is ended."""
    receiver, sender = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_build_and_send, args=(root, options, sender))
    process.start()
    sender.close()
    try:
        return await asyncio.to_thread(_receive, receiver)
    finally:
        process.terminate()
        process.join()
        process.close()
        receiver.close()


def _receive(receiver: Connection) -> Outcome:
    try:
        outcome: Outcome = receiver.recv()
    except (EOFError, OSError):
        return (Problem(what=Message("生成网站的进程没有做完就结束了，可能是内存不够")),)
    return outcome


def _build_and_send(root: Path, options: conductors.Options, sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parallel.end_with_parent()
    sender.send(_build(root, options))
    sender.close()


def _build(root: Path, options: conductors.Options) -> Outcome:
    try:
        return conductors.build_site(root, options)
    except TaizhangError as error:
        return error.problems
    except OSError as error:
        return (make_os_problem(error),)
    except Exception as error:
        traceback.print_exc()
        what = Message("程序自己出了错：{error}", error=f"{type(error).__name__}: {error}")
        return (Problem(what=what, hint=Message("详情在终端里；请把它报告给程序的维护者")),)
