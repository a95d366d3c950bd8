"""A few of the calls that ``make soak`` goes through; which ones is drawn anew each time and told.

Each runs in a process of its own: a process that has a browser or many threads must not fork.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys

import pytest

from tests.paths import ROOT
from tests.soak.failing_calls import COMMANDS

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")]
_EVERY = 60


def run_apart(*arguments: str) -> str:
    """What a module of this folder prints. It must end with nothing wrong."""
    command = [sys.executable, "-m", *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert ended.returncode == 0, f"python -m {' '.join(arguments)}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


@pytest.mark.parametrize("kill", [False, True], ids=["fails", "killed"])
def test_a_call_that_fails_or_is_the_last_leaves_a_whole_state(kill: bool) -> None:
    seed = str(secrets.randbelow(10_000))
    told = run_apart("tests.soak.failing_calls", "--every", str(_EVERY), "--seed", seed, *["--kill"] * kill)
    count = re.match(r"\d+", told)
    assert count
    assert int(count[0]) >= len(COMMANDS)


def test_two_commands_that_write_at_once_write_one_after_the_other() -> None:
    assert run_apart("tests.soak.writers", str(secrets.randbelow(10_000)), "3").startswith("\n3 pairs")
