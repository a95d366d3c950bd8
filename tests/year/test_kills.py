"""The year with kill -9 between any two steps ends in the same bytes. All data invented."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from tests.soak.kills import kill_every_step
from tests.soak.watched_calls import kill_at
from tests.year import invented
from tests.year.invented import PERIODS
from tests.year.test_year import ingest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
_STEPS = (2, 17, 45)
"""Changes of a file before which the process is killed, one run after the other."""


def year_with_kills(base: Path, steps: tuple[int, ...]) -> tuple[dict[str, bytes], int]:
    root, kills = base / "site", 0
    invented.make_site(root)
    for period in PERIODS:
        file = invented.put_table(base / "in", period)
        for step in steps:
            kills += kill_at(partial(ingest, root, file, period, "--apply"), root, step)
        assert ingest(root, file, period, "--apply") == 0
        invented.edit_by_hand(root, period)
    return invented.read_tree(root), kills


def test_a_year_with_kills_gives_the_bytes_of_a_year_in_one_go(tmp_path: Path) -> None:
    plain, _ = year_with_kills(tmp_path / "plain", ())
    killed, kills = year_with_kills(tmp_path / "killed", _STEPS)
    assert kills >= len(PERIODS)
    assert killed == plain


def test_whatever_step_is_the_last_all_files_are_written_or_none(tmp_path: Path) -> None:
    """A short form of tests/soak/kills.py."""
    assert kill_every_step(tmp_path, stride=9) >= 20
