"""``make soak``: a kill before every change of every command and of an invented year, a million reads.

All files are written or none, no edition is gone or half, and everything ends in the same bytes. All data
invented.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

from generator import content
from generator.base import disk, journal
from generator.base.output_folder import write_output
from generator.ingest.draft import make_draft
from generator.ingest.update.update_plan import make_plan, plan_files
from generator.model import parse_period
from tests.soak.failing_calls import COMMANDS, Round, find_memory, try_commands
from tests.soak.watched_calls import copy_site, kill_at
from tests.year import invented

_KILLS, _READS = 1000, 1_000_000
_PAGES = ("index.html", "ceshi/index.html", "ceshi/tasks/2025-001.html")


def make_changes(root: Path, period: str) -> dict[str, bytes]:
    """What an apply of the period's table writes."""
    files = disk.read_tree(root, ["site.yaml", "content"])
    district = content.parse_site(files).districts[0]
    data = invented.table_bytes(period)
    draft = make_draft(data, f"x.{invented.SUFFIXES[period]}", district=district, period=parse_period(period))
    plan = make_plan(draft, data, district=district, files=files, today=dt.date(2026, 1, 5))
    return plan_files(plan, files)


def kill_every_step(base: Path, *, stride: int = 1) -> int:
    """Kill the apply of every quarter before every ``stride``-th change of a file; the number of kills.

    Raises: AssertionError when files are half written, or the second try gives other bytes.
    """
    plain, trial, kills = base / "plain", base / "trial", 0
    invented.make_site(plain)
    for period in invented.PERIODS:
        changes = make_changes(plain, period)
        before = invented.read_tree(plain)
        after = {**before, **changes}
        step = 1
        while True:
            copy_site(plain, trial)
            killed = kill_at(partial(journal.apply_changes, trial, changes), trial, step)
            finished = journal.recover(trial)
            found = invented.read_tree(trial)
            assert found == (after if finished or found != before else before), f"{period}, step {step}"
            journal.apply_changes(trial, {p: d for p, d in changes.items() if found.get(p) != d})
            assert invented.read_tree(trial) == after, f"{period}, step {step}: another result"
            if not killed:
                break
            kills += 1
            step += stride
        journal.apply_changes(plain, changes)
        invented.edit_by_hand(plain, period)
    return kills


def read_during_swaps(base: Path, reads: int) -> tuple[int, int, int]:
    """Read pages of a site that is swapped again and again: reads, swaps, pages that were not there."""
    output = base / "output"
    editions = [{page: f"{page} {turn}".encode() * 200 for page in _PAGES} for turn in range(2)]
    write_output(output, editions[0], root=base)
    context: Any = multiprocessing.get_context("fork")
    missing = context.Value("Q", 0)
    reader = context.Process(target=_read, args=(output, reads, missing))
    reader.start()
    swaps = 0
    while reader.is_alive():
        swaps += 1
        write_output(output, editions[swaps % 2], root=base)
    reader.join()
    assert reader.exitcode == 0
    return reads, swaps, missing.value


def _read(output: Path, reads: int, missing: Any) -> None:
    wanted = [str(output / page) for page in _PAGES]
    whole = {
        (path, f"{page} {turn}".encode() * 200)
        for path, page in zip(wanted, _PAGES, strict=True)
        for turn in (0, 1)
    }
    for number in range(reads):
        path = wanted[number % len(wanted)]
        try:
            with open(path, "rb", buffering=0) as stream:
                is_whole = (path, stream.read()) in whole
        except FileNotFoundError:
            is_whole = False
        missing.value += not is_whole


def main() -> int:
    """Print the counts; exit code 1 when anything was wrong."""
    wrong: list[str] = []
    started, kills = time.monotonic(), 0
    with tempfile.TemporaryDirectory(dir=find_memory()) as folder:
        (base := Path(folder) / "reads").mkdir()
        reads, swaps, missing = read_during_swaps(base, _READS)
        print(f"{reads} reads during {swaps} swaps: {missing} missing or mixed", flush=True)
        kills += kill_every_step(Path(folder) / "year")
        print(f"{kills} kills of the year's applies: all files or none, the same bytes", flush=True)
        for turn in range(100):
            count, found = try_commands(
                Path(folder) / str(turn), COMMANDS, Round(kill=True, every=1, seed=turn)
            )
            kills, wrong = kills + count, wrong + found
            print(f"{count} kills, one before every change of every command: {len(found)} wrong", flush=True)
            if kills >= _KILLS:
                break
    print(f"{kills} kills in {time.monotonic() - started:.0f} s: {len(wrong)} wrong")
    return 1 if wrong or missing else 0


if __name__ == "__main__":
    sys.exit(main())
