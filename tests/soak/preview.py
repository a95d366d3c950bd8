"""Many saves in a row at a running preview, good and bad: nothing leaks, and it ends as a clean build.

``python -m tests.soak.preview 500``. All data invented.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.paths import SAMPLE

_TASK = "content/ceshi/2025/009.yaml"
_TITLE = "title: 举办群众文化活动"
_LONGEST = 60.0
"""Seconds that a save may take to show."""
_LOOK, _LOOKS = 0.25, 6
"""Seconds between two looks at what is open, and how many in a row must find the same: longer than a burst of
events is waited for."""
_RESTING = 3
"""Processes of a preview that builds nothing: itself, the one that builds are forked from, its tracker."""
_TELL_EVERY = 50
"""Saves after which a long run says what is open."""
_WARM = 10
"""Saves after which a server has loaded what it needs."""


@dataclass(slots=True, kw_only=True)
class RunningPreview:
    """A preview in a process of its own."""

    site: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def url(self, name: str = "") -> str:
        """Address of a file of the site."""
        return f"http://127.0.0.1:{self.port}/{name}"

    def fetch(self, name: str = "") -> str:
        """Text of a page. Raises: OSError when the preview does not answer with it."""
        with urllib.request.urlopen(self.url(name), timeout=10) as answer:
            return str(answer.read().decode("utf-8"))

    def ask(
        self, name: str = "", *, method: str = "GET", **headers: str
    ) -> tuple[int, Mapping[str, str], str]:
        """Status, headers and text of an answer, whatever it is."""
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        request = urllib.request.Request(self.url(name), headers=named, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, dict(answer.headers), answer.read().decode("utf-8")
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, dict(refused.headers), refused.read().decode("utf-8")

    def wait_for(self, ready: Callable[[], bool]) -> None:
        """Look again and again until something shows. Raises: AssertionError with the log in the end."""
        end = time.monotonic() + _LONGEST
        while time.monotonic() < end:
            try:
                if ready():
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError(self.log.read_text(encoding="utf-8"))

    def save(self, name: str, text: str) -> None:
        """Save a file as editors do: a new one in its place."""
        fresh = (self.site / name).with_suffix(".new~")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self.site / name)


@contextmanager
def run_preview(folder: Path) -> Iterator[RunningPreview]:
    """The sample site served; the server is asked to end at last and must do so."""
    site = folder / "site"
    shutil.copytree(SAMPLE, site)
    (site / "templates").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    log = folder / "log.txt"
    command = [sys.executable, "-m", "generator", "serve", "--root", str(site), "--port", str(port)]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream, start_new_session=True)
    preview = RunningPreview(site=site, port=port, process=process, log=log)
    try:
        preview.wait_for(lambda: "测试台账" in preview.fetch())
        yield preview
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def processes_of(session: int) -> tuple[int, ...]:
    """Processes of a session that still live (Linux)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, own = path.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(own) == session and state != "Z":
            found.append(int(path.parent.name))
    return tuple(sorted(found))


def measure(session: int) -> tuple[int, int, int]:
    """Kilobytes of memory, open handles and number of the processes of a session."""
    memory = handles = 0
    running = processes_of(session)
    for number in running:
        try:
            lines = Path(f"/proc/{number}/status").read_text().splitlines()
            memory += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
            handles += len(os.listdir(f"/proc/{number}/fd"))
        except OSError:
            continue
    return memory, handles, len(running)


def save_and_see(preview: RunningPreview, good: str, count: int) -> None:
    """One cycle: every third save does not build, the error shows, and the page stays; others show."""
    page = "ceshi/tasks/2025-009.html"
    if count % 3 == 2:
        preview.save(_TASK, f"id: [ # {count}\n")
        preview.wait_for(lambda: f"{_TASK}:" in preview.fetch(page))
        assert "群众文化活动" in preview.fetch(page)
    else:
        preview.save(_TASK, good.replace(_TITLE, f"{_TITLE}第{count}版"))
        preview.wait_for(
            lambda: f"第{count}版" in preview.fetch(page) and f"{_TASK}:" not in preview.fetch(page)
        )


def soak(folder: Path, cycles: int) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Memory, handles and processes after the first saves and after the last.

    Raises: AssertionError when a save does not show, when the site differs from a clean build of the same
    content, or when a process is left.
    """
    with run_preview(folder) as preview:
        good = (preview.site / _TASK).read_text(encoding="utf-8")
        first = (0, 0, 0)
        for count in range(cycles):
            save_and_see(preview, good, count)
            if count and count % _TELL_EVERY == 0:
                print(f"{count}: {_measure_at_rest(preview)}", file=sys.stderr, flush=True)
            if count == min(_WARM, cycles // 2):
                first = _measure_at_rest(preview)
        save_and_see(preview, good, 3 * cycles)
        last = _measure_at_rest(preview)
    session = preview.process.pid
    preview.wait_for(lambda: not processes_of(session))
    _compare_with_clean_build(preview.site, folder / "clean")
    return first, last


def _measure_at_rest(preview: RunningPreview) -> tuple[int, int, int]:
    """When nothing begins or ends any more: a build that follows on a burst of events, the handles of a
    process that was waited for.
    """
    session = preview.process.pid
    looks: list[tuple[int, int, int]] = []

    def is_at_rest() -> bool:
        time.sleep(_LOOK)
        looks.append(measure(session))
        same = {look[1:] for look in looks[-_LOOKS:]}
        return len(looks) >= _LOOKS and len(same) == 1 and looks[-1][2] <= _RESTING

    preview.wait_for(is_at_rest)
    return looks[-1]


def _compare_with_clean_build(site: Path, clean: Path) -> None:
    shutil.copytree(site, clean, ignore=shutil.ignore_patterns("output", ".cache"))
    command = [sys.executable, "-m", "generator", "build", "--quiet", "--no-bundle", "--root", str(clean)]
    subprocess.run(command, check=True)
    served, built = (
        {p.relative_to(s): p.read_bytes() for p in (s / "output").rglob("*") if p.is_file()}
        for s in (site, clean)
    )
    assert served == built


def main() -> None:
    """Print what the first and the last saves left."""
    cycles = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        first, last = soak(Path(folder), cycles)
    print(f"{cycles} saves in {time.monotonic() - started:.0f} s")
    print(f"memory (kB), handles, processes: {first} → {last}")
    assert last[0] < first[0] * 1.1 + 5_000, "memory grows"
    assert last[1:] == first[1:], "handles or processes are left"


if __name__ == "__main__":
    main()
