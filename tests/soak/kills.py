"""kill -9 at every step of every apply of the invented year: all files are written or none, and the year ends
in the same bytes. ``python -m tests.soak.kills`` kills at least a thousand times. All data invented.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
from functools import partial
from pathlib import Path

from generator import content
from generator.base import disk, journal
from generator.ingest.draft import make_draft
from generator.ingest.update.update_plan import make_plan, plan_files
from generator.model import parse_period
from tests.year import invented
from tests.year.kills import apply_and_die, copy_site


def make_changes(root: Path, period: str) -> dict[str, bytes]:
    """What an apply of the period's table writes."""
    files = disk.read_tree(root, ["site.yaml", "content"])
    district = content.parse_site(files).districts[0]
    data = invented.table_bytes(period)
    draft = make_draft(data, f"x.{invented.SUFFIXES[period]}", district=district, period=parse_period(period))
    plan = make_plan(draft, data, district=district, files=files, today=dt.date(2026, 1, 5))
    return plan_files(plan, files)


def kill_every_step(base: Path, *, stride: int = 1, limit: int = 10**9) -> int:
    """Kill the apply of every quarter before every ``stride``-th file event; returns the number of kills.

    Raises: AssertionError when files are half written, or the second try gives other bytes.
    """
    plain, trial, kills = base / "plain", base / "trial", 0
    invented.make_site(plain)
    for period in invented.PERIODS:
        changes = make_changes(plain, period)
        before = invented.read_tree(plain)
        after = {**before, **changes}
        step = 1
        while kills < limit:
            copy_site(plain, trial)
            killed = apply_and_die(partial(journal.apply_changes, trial, changes), trial, step)
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


def main() -> None:
    """Round after round until a thousand kills are done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    wanted = parser.parse_args().kills
    done = 0
    while done < wanted:
        with tempfile.TemporaryDirectory() as folder:
            done += kill_every_step(Path(folder), limit=wanted - done)
    print(f"{done} kills: every time all files or none, and the same bytes in the end")


if __name__ == "__main__":
    main()
