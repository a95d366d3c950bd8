"""build: work in a second process gives the same result and the same errors. All data invented."""

from __future__ import annotations

import errno
import multiprocessing
import os
import subprocess
import sys
import time
from functools import partial

import pytest

from generator.base.errors import Problem, RenderError
from generator.base.messages import Message
from generator.base.parallel import Workers
from generator.base.places import Place
from tests.paths import ROOT


def fail() -> int:
    raise RenderError(Problem(place=Place(file="templates/x.html", line=3), what=Message("没有这个名字")))


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_result_is_what_the_work_gives(jobs: int) -> None:
    with Workers(jobs) as workers:
        assert workers.start(lambda: {"a": b"1"})() == {"a": b"1"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_comes_out_with_its_problems(jobs: int) -> None:
    with Workers(jobs) as workers:
        wait = workers.start(fail)
        with pytest.raises(RenderError) as caught:
            wait()
    place = Place(file="templates/x.html", line=3)
    assert caught.value.problems == (Problem(place=place, what=Message("没有这个名字")),)


def fail_beside_work() -> None:
    with Workers(2) as workers:
        workers.start(lambda: b"x" * (1 << 22))  # more than a pipe holds: the process waits for a reader
        workers.start(lambda: time.sleep(600))
        raise KeyError


def test_an_error_here_stops_work_that_nobody_asks_for() -> None:
    with pytest.raises(KeyError):
        fail_beside_work()
    assert not multiprocessing.active_children()


def _square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_work_is_done_once_whoever_does_it(jobs: int) -> None:
    with Workers(jobs) as workers:
        made = list(workers.spread([partial(_square, number) for number in range(20)]))
    assert sorted(made) == [(number, number * number) for number in range(20)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_in_one_of_many_comes_out(jobs: int) -> None:
    with Workers(jobs) as workers, pytest.raises(ZeroDivisionError):
        list(workers.spread([lambda: 1, lambda: 1 // 0, lambda: 2]))


_KILLED = """
import os, sys
from generator.base.parallel import Workers
with Workers(2) as workers:
    list(workers.spread([lambda: os._exit(9), lambda: 2]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked there")
def test_a_process_that_is_killed_is_told() -> None:
    """In a program of its own: here other threads run, so that nothing is forked."""
    done = subprocess.run([sys.executable, "-c", _KILLED], capture_output=True, text=True, cwd=ROOT)
    assert "TaizhangError: 生成网站的进程没有做完就结束了，可能是内存不够。" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked there")
def test_work_is_done_here_where_no_process_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(errno.EAGAIN, "no room")

    monkeypatch.setattr(os, "fork", refuse)
    with Workers(2) as workers:
        monkeypatch.setattr(workers, "_may_fork", lambda: True)
        assert workers.start(lambda: 5)() == 5
        assert list(workers.spread([lambda: 1, lambda: 2])) == [(0, 1), (1, 2)]
