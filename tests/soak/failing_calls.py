"""Each call to the disk of each command fails once in turn, or is the last one before a kill.

    python -m tests.soak.failing_calls [--kill] [--every 7] [--seed 3] [--command build ...]

After a failure: the old state or the new one, whole; one message in words with the path and what to do, and a
true one; nothing left over; the command works when it is run again. After a kill: the same but for the
message, once another command has run. All data invented.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from generator.base import journal, output_folder
from tests.soak.small_site import Snapshot, Trial, make_act, make_trials, read_site, temporary
from tests.soak.watched_calls import CHANGES, ERRORS, Ending, copy_site, run_command

COMMANDS = ("ingest", "ingest-word", "rename", "review", "build", "bundle", "rollback")
_OURS, _JOURNAL = ("content/", "site.yaml"), f"output/{journal.JOURNAL}"
_MESSAGE = re.compile(r"^错误：\S[^\n]*?: (?P<what>[^\n]+)。(?P<hint>[^\n]+)$", re.MULTILINE)
_UNCHANGED = re.compile("没有改动任何文件|没有写入任何文件|旧的网站原样保留")
_SWEEPING = ("remove", "list", "stat", "open")
"""Calls that look for what is left over: where one fails, the next command sweeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What is tried in one round."""

    kill: bool = False
    every: int = 1
    seed: int = 0
    turns: int = 1
    """How many of the errors that a call may end in are tried."""
    exchange: bool = True
    """Whether the system can exchange two names in one step."""


def run_round(base: Path, name: str, trial: Trial, tried: Round) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The calls in turn: (call, what is wrong behind it)."""
    only = CHANGES if tried.kill else frozenset(ERRORS)
    at, site = 1 + Random(f"{tried.seed}-{name}").randrange(tried.every), base / "tried"
    while True:
        for turn in range(tried.turns):
            copy_site(trial.before, site)
            shutil.rmtree(temporary(site))
            ending = run_command(
                trial.act(site),
                (site, temporary(site)),
                at=at,
                turn=turn + tried.seed,
                kill=tried.kill,
                only=only,
            )
            if not ending.hit:
                assert ending.code == 0, ending.printed
                assert read_site(site) == trial.new
                return
            told = [] if tried.kill else check_ending(ending, trial, site)
            yield f"{name} {ending.hit}", (*told, *check_after(trial, site))
        at += tried.every


def check_ending(ending: Ending, trial: Trial, site: Path) -> list[str]:
    """What is wrong with how a command ended in which a call failed."""
    found, state = [], read_site(site)
    if "Traceback" in ending.printed or ending.code not in (0, 1, 2):
        found.append(f"ends with {ending.code}: {ending.printed[-1500:]}")
    elif ending.code == 0 and _without_leftovers(state, trial) != trial.new:
        found.append(f"success told, but {_differ(state, trial.new)}; {ending.printed[-300:]}")
    elif ending.code:
        found += _check_message(ending, state, trial)
    found += check_state(state, trial)
    if not ending.hit.split()[1].startswith(_SWEEPING):
        found += [f"left over: {name}" for name in _leftovers(state, trial)]
        found += [f"left over: {path.name}" for path in sorted(temporary(site).iterdir())]
    return found


def _check_message(ending: Ending, state: Snapshot, trial: Trial) -> list[str]:
    told = _MESSAGE.search(ending.printed)
    if not told:
        return [f"no message with place and hint: {ending.printed[-500:]}"]
    if ending.printed.count("错误：") != 1:
        return [f"several messages: {ending.printed[-500:]}"]
    if _UNCHANGED.search(told["hint"]) and _without_leftovers(state, trial) != trial.old:
        return [f"says that nothing changed: {told[0]}; {_differ(state, trial.old)}"]
    return []


def check_state(state: Snapshot, trial: Trial) -> list[str]:
    """Whether content and site are each as before or as after, and every edition that was there still is."""
    found = []
    content = {name: data for name, data in state.items() if name.startswith(_OURS)}
    if content not in [_part(whole, _OURS) for whole in (trial.old, trial.new)]:
        found.append(f"content half changed: {_differ(content, _part(trial.old, _OURS))}")
    wholes = [each for whole in (trial.old, trial.new) for each in _editions(whole).values()]
    editions = _editions(state)
    if "output/" in trial.old and "output/" not in editions:
        found.append("output/ is gone")
    found += [f"{folder} is half an edition" for folder, each in editions.items() if each not in wholes]
    return found


def check_after(trial: Trial, site: Path) -> list[str]:
    """What is wrong after the next command, and after the same command once more."""
    found: list[str] = []
    state = _next(site, ("check",), found)
    found += check_state(state, trial)
    settled = {name: data for name, data in state.items() if not _is_beside(name)}
    if settled not in [
        {name: data for name, data in whole.items() if not _is_beside(name)}
        for whole in (trial.old, trial.new)
    ]:
        found.append(
            f"half after the next command: {_differ(state, trial.old)} / {_differ(state, trial.new)}"
        )
    is_new = _part(state, ("output/", *_OURS)) == _part(trial.new, ("output/", *_OURS))
    if not is_new or trial.again:
        state = _next(site, trial.arguments, found)
    elif trial.name == "rollback":
        _next(site, trial.arguments, found)
        state = _next(site, trial.arguments, found)
    if state != trial.new:
        found.append(f"another end: {_differ(state, trial.new)}")
    return found


def _next(site: Path, arguments: tuple[str, ...], found: list[str]) -> Snapshot:
    ending = run_command(make_act(arguments, site), ())
    if ending.code:
        found.append(f"next command {arguments[0]} ends with {ending.code}: {ending.printed[-500:]}")
    return read_site(site)


def _part(state: Snapshot, names: tuple[str, ...]) -> Snapshot:
    return {name: data for name, data in state.items() if name.startswith(names)}


def _is_beside(name: str) -> bool:
    """Whether a file lies beside the site: releases and leftovers."""
    return name.startswith(".")


def _editions(state: Snapshot) -> dict[str, Snapshot]:
    """The site and its releases, by folder; what was not given its name yet is none."""
    found: dict[str, Snapshot] = {}
    for name, data in state.items():
        cut = re.match(r"output/|\.output\.releases/\d+/", name)
        if cut and not name.startswith(_JOURNAL):
            found.setdefault(cut[0], {})[name[cut.end() :]] = data
    return found


def _leftovers(state: Snapshot, trial: Trial) -> list[str]:
    new = {n for n in state.keys() - trial.old.keys() - trial.new.keys() if not _waits(n, state, trial)}
    return sorted(name for name in new if name.count("/") - name.endswith("/") == 0 or name == f"{_JOURNAL}/")


def _waits(name: str, state: Snapshot, trial: Trial) -> bool:
    """Whether it is of the replaced site, whole: it could not be renamed to a release yet."""
    folder = re.match(r"\.output\.(?:next-\d+|old)/", name)
    if not folder:
        return False
    held = {n.removeprefix(folder[0]): data for n, data in state.items() if n.startswith(folder[0])}
    return held == _editions(trial.old).get("output/")


def _without_leftovers(state: Snapshot, trial: Trial) -> Snapshot:
    return {name: state[name] for name in state if name in trial.old or name in trial.new}


def _differ(state: Snapshot, other: Snapshot) -> str:
    names = sorted(n for n in state.keys() | other.keys() if state.get(n) != other.get(n))
    return f"{len(names)} files differ ({', '.join(names[:4])})" if names else "nothing differs"


def find_memory() -> str | None:
    """A folder in memory, where there is one: nothing here waits for a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def load_program() -> None:
    """Import what the commands import when they are called, so that it is no call of theirs."""
    for name in {*COMMANDS, "check"} - {"ingest-word"}:
        importlib.import_module(f"generator.app.cli.{name}_command")
    importlib.import_module("generator.app.conductors")
    importlib.import_module("generator.app.cli.review_screen")


def try_commands(base: Path, names: Iterable[str], tried: Round) -> tuple[int, list[str]]:
    """How many calls failed or were the last, and everything that was wrong."""
    load_program()
    if not tried.exchange:
        output_folder._rename_exchange = lambda *_: False
    trials, count, wrong = make_trials(base), 0, []
    for name in names:
        started, before = time.monotonic(), count
        for call, found in run_round(base, name, trials[name], tried):
            count += 1
            wrong += [f"{call}: {each}" for each in found]
            for each in found:
                print(f"{call}: {each}", file=sys.stderr, flush=True)
        seconds = time.monotonic() - started
        print(f"{name}: {count - before} calls, {seconds:.0f} s", file=sys.stderr, flush=True)
        shutil.rmtree(base / "tried", ignore_errors=True)
    return count, wrong


def main() -> int:
    """Print how many calls were tried and what was wrong; exit code 1 when anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kill", action="store_true", help="kill before each call instead")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--turns", type=int, default=1)
    parser.add_argument("--no-exchange", action="store_true", help="as on a disk that cannot exchange names")
    parser.add_argument("--command", nargs="*", choices=COMMANDS, default=COMMANDS)
    given = parser.parse_args()
    tried = Round(
        kill=given.kill,
        every=given.every,
        seed=given.seed,
        turns=given.turns,
        exchange=not given.no_exchange,
    )
    with tempfile.TemporaryDirectory(dir=find_memory()) as folder:
        count, wrong = try_commands(Path(folder), given.command, tried)
    what = "kills" if tried.kill else "failed calls"
    print(f"{count} {what}: {len(wrong)} wrong (every {tried.every}th, seed {tried.seed})")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
