"""build: work in a second process gives the same result and the same errors. All data invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.build import start
from generator.errors import Problem, RenderError


def fail() -> int:
    raise RenderError(Problem(where="templates/x.html:3", what="没有这个名字"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_result_is_what_the_work_gives(jobs: int) -> None:
    assert start(lambda: {"a": b"1"}, jobs=jobs)() == {"a": b"1"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_comes_out_with_its_problems(jobs: int) -> None:
    wait: Callable[[], int] = start(fail, jobs=jobs)
    with pytest.raises(RenderError) as caught:
        wait()
    assert caught.value.problems == (Problem(where="templates/x.html:3", what="没有这个名字"),)
