"""Two commands that write at the same time: ``python -m tests.soak.writers`` starts every pair of every kind.

Both changes are kept, one after the other, or one command is refused in words. All data invented.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.soak.failing_calls import find_memory, load_program
from tests.soak.small_site import Snapshot, make_act, make_trials, read_site
from tests.soak.watched_calls import copy_site, run_command

Pair = tuple[str, str]
PAIRS: tuple[Pair, ...] = tuple(
    itertools.combinations_with_replacement(("ingest", "rename", "review", "build", "bundle", "rollback"), 2)
)
_APART = 0.3
"""Seconds that the second command may begin later: about what a command takes to load."""


def write_at_once(base: Path, pairs: Sequence[Pair], seed: int) -> list[str]:
    """What is wrong after each pair has written to a site of its own."""
    load_program()
    trials, dice, wrong = make_trials(base), Random(seed), list[str]()
    for names in pairs:
        sites = [base / f"{'-'.join(names)}-{kind}" for kind in ("both", "first", "second")]
        for site in sites:
            copy_site(trials["rollback"].before, site)
        commands = [trials[name].arguments for name in names]
        allowed = [*_in_turn(sites[1], commands), *_in_turn(sites[2], commands[::-1])]
        codes, told = _start_both(sites[0], commands, dice.uniform(0, _APART))
        state = read_site(sites[0])
        if state not in allowed:
            wrong.append(f"{names}: neither one after the other nor one alone; {codes}")
        if "Traceback" in told or not set(codes) <= {0, 1, 2} or all(codes):
            wrong.append(f"{names}: {codes} {told[-500:]}")
    return wrong


def _in_turn(site: Path, commands: Sequence[tuple[str, ...]]) -> list[Snapshot]:
    """The site after the first command, and after the second."""
    states = []
    for arguments in commands:
        run_command(make_act(arguments, site), ())
        states.append(read_site(site))
    return states


def _start_both(site: Path, commands: Sequence[tuple[str, ...]], apart: float) -> tuple[list[int], str]:
    """Exit codes of two commands that run at the same time, and what they print."""
    processes = []
    for arguments in commands:
        given = [each.replace("IN/", f"{site.parent}/in/") for each in arguments]
        command = [sys.executable, "-m", "generator", "--root", str(site), *given]
        processes.append(
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        )
        time.sleep(apart)
    told = "".join(process.communicate(timeout=300)[0] for process in processes)
    return [process.returncode for process in processes], told


def main() -> int:
    """Print the count; exit code 1 when a pair left anything else. Arguments: the seed, how many pairs."""
    seed, many = (*map(int, sys.argv[1:]), *(0, len(PAIRS))[len(sys.argv) - 1 :])
    pairs = Random(seed).sample(PAIRS, many)
    with tempfile.TemporaryDirectory(dir=find_memory()) as folder:
        wrong = write_at_once(Path(folder), pairs, seed)
    print(*wrong, sep="\n")
    print(f"{many} pairs of writers: {len(wrong)} wrong (seed {seed})")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
