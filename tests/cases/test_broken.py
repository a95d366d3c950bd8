"""One fault each: the whole message that a clerk sees; a case holds what differs from tests/sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import content
from generator.base import disk
from tests.golden.golden_files import hold_golden
from tests.paths import SAMPLE, TESTS

CASES = sorted(p for p in (TESTS / "broken").iterdir() if p.is_dir())


def find_problems(case: Path) -> str:
    files = disk.read_tree(SAMPLE, ("site.yaml", "content"))
    files |= disk.read_tree(case, ("site.yaml", "content"))
    return "".join(f"{p.level} {p}\n" for p in content.parse_content(files).problems)


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_the_whole_message(case: Path, request: pytest.FixtureRequest) -> None:
    expected = case / "expected.txt"
    found = find_problems(case)
    assert found
    hold_golden(expected, found, update=request.config.getoption("--update"))


def test_the_sample_itself_has_no_problem() -> None:
    files = disk.read_tree(SAMPLE, ("site.yaml", "content"))
    assert content.parse_content(files).problems == ()
