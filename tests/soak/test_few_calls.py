"""A few of the calls that ``make soak`` goes through; which ones is drawn anew each time and told."""

from __future__ import annotations

import os
import random
import secrets
from pathlib import Path

import pytest

from tests.soak.failing_calls import COMMANDS, Round, try_commands
from tests.soak.writers import PAIRS, write_at_once

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")]
_EVERY = 60


@pytest.mark.parametrize("kill", [False, True], ids=["fails", "killed"])
def test_a_call_that_fails_or_is_the_last_leaves_a_whole_state(tmp_path: Path, kill: bool) -> None:
    seed = secrets.randbelow(10_000)
    count, wrong = try_commands(tmp_path, COMMANDS, Round(kill=kill, every=_EVERY, seed=seed))
    again = f"python -m tests.soak.failing_calls {'--kill ' * kill}--every {_EVERY} --seed {seed}"
    assert wrong == [], again
    assert count >= len(COMMANDS)


def test_two_commands_that_write_at_once_write_one_after_the_other(tmp_path: Path) -> None:
    seed = secrets.randbelow(10_000)
    pairs = random.Random(seed).sample(PAIRS, 3)
    assert write_at_once(tmp_path, pairs, seed) == [], f"{pairs}, python -m tests.soak.writers {seed}"
