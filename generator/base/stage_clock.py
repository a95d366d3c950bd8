"""How much processor time each stage of a piece of work takes, over all its processes."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
_SPENT: defaultdict[str, float] = defaultdict(float)
"""Stage → seconds of this process, and of the others whose share was added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one process spent on a piece of work."""

    process: int
    seconds: Mapping[str, float]
    """By stage."""


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Count what this process computes within as this stage's; stages do not hold one another."""
    started = time.process_time()
    try:
        yield
    finally:
        _SPENT[name] += time.process_time() - started


def share_of(work: Callable[[], T]) -> tuple[T, Share]:
    """Do a work, here or in a process of its own, and tell what it spent."""
    before = dict(_SPENT)
    made = work()
    seconds = {name: spent - before.get(name, 0) for name, spent in _SPENT.items()}
    return made, Share(process=os.getpid(), seconds=seconds)


def add_share(share: Share) -> None:
    """Count what another process spent; what this one did is counted already."""
    if share.process != os.getpid():
        for name, seconds in share.seconds.items():
            _SPENT[name] += seconds


def take_spent() -> dict[str, float]:
    """Stage → seconds until now; from here on they are counted anew."""
    spent: dict[str, float] = dict(_SPENT)
    _SPENT.clear()
    return spent
