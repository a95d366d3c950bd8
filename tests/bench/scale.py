"""Build a site of N invented tasks and print time and memory: does the line stay straight?

    python -m tests.bench.scale 1000 10000

All data is invented (cloned from tests/sample).
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.paths import SAMPLE

_BUILD = "import sys; from generator.app.cli import main; main(sys.argv[1:])"


def make_site(folder: Path, count: int) -> None:
    """The sample's district with ``count`` tasks, copies of its own under new numbers."""
    shutil.copytree(SAMPLE, folder)
    tasks = folder / "content/ceshi/2025"
    models = [path.read_text(encoding="utf-8") for path in sorted(tasks.glob("*.yaml"))]
    for number in range(len(models) + 1, count + 1):
        text = models[number % len(models)]
        text = re.sub(r"^id: .*$", f"id: ceshi-2025-{number:03d}", text, flags=re.M)
        text = re.sub(r"^number: .*$", f"number: {number}", text, flags=re.M)
        (tasks / f"{number:03d}.yaml").write_text(text, encoding="utf-8")


def measure(count: int, *options: str) -> None:
    """Print seconds and peak memory of one build in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        make_site(site, count)
        for name in ("cold", "again"):
            started = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", _BUILD, "--root", str(site), "--quiet", "build", *options], check=True
            )
            seconds = time.perf_counter() - started
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            each = 1000 * seconds / count
            print(f"{count} tasks {name}: {seconds:.1f} s, {each:.2f} ms a task, {peak:.0f} MiB")


if __name__ == "__main__":
    for each in sys.argv[1:] or ["1000", "10000"]:
        measure(int(each), "--no-bundle")
