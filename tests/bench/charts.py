"""How long charts take: 10,000 small bars cold and from the cache, one overview chart of 108 tasks.

``python -m tests.bench.charts``; exit code 1 when a limit is not held. Not part of the suite, because times
depend on the machine: the limits are for two cores that are free.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from generator.base import disk
from generator.charts import ChartRequest, draw_charts, make_theme, plan_charts
from tests.builders import words_of
from tests.chart_cases import make_invented_report

BARS = 10_000
LIMITS = {"cold": 20.0, "cached": 1.0, "overview": 0.5, "startup": 6.0}


def make_bars() -> list[ChartRequest]:
    """Small bars, each with a completion of its own."""
    planned = plan_charts(make_invented_report(), words_of(), make_theme())
    first = next(r for r in planned if r.kind == "bar")
    drawing = first.drawings[0]
    rows = [{**drawing.tables["smalls"][0], "completion": place / 8000} for place in range(BARS)]
    return [
        replace(first, key=f"bar/{place}", drawings=(replace(drawing, tables={"smalls": (row,)}),))
        for place, row in enumerate(rows)
    ]


class Watch:
    """Seconds by the clock, and of all processors and children together."""

    def __init__(self) -> None:
        self.wall, self.work = time.perf_counter(), sum(os.times()[:4])

    def stop(self, name: str) -> bool:
        """Print one result; whether it holds its limit."""
        wall, work = time.perf_counter() - self.wall, sum(os.times()[:4]) - self.work
        held = wall < LIMITS[name]
        word = "ok" if held else "TOO SLOW"
        print(f"{name:10} {wall:7.2f} s   limit {LIMITS[name]:5.1f} s   {word:8}   processors {work:6.2f} s")
        return held


def measure_bars(cache: disk.FolderCache) -> bool:
    """10,000 bars on two processes into an empty cache, then out of it."""
    theme, bars = make_theme(), make_bars()
    watch = Watch()
    draw_charts(bars, theme, cache=cache, jobs=2)
    held = watch.stop("cold")
    watch = Watch()
    draw_charts(bars, theme, cache=cache, jobs=2)
    return held & watch.stop("cached")


def measure_overview(cache: disk.FolderCache) -> bool:
    """Standing of 108 tasks, wide and narrow: the first drawing pays for loading the libraries, apart."""
    theme, words = make_theme(), words_of()
    watch = Watch()
    warm = plan_charts(make_invented_report(6), words, theme)
    draw_charts([r for r in warm if r.kind == "standing"], theme, cache=cache)
    held = watch.stop("startup")
    report = make_invented_report(108)
    wanted = [r for r in plan_charts(report, words, theme) if r.key == "jia/2025Q2/standing"]
    watch = Watch()
    draw_charts(wanted, theme, cache=cache)
    return held & watch.stop("overview")


def main() -> int:
    """Exit code."""
    with tempfile.TemporaryDirectory() as folder:
        held = measure_bars(disk.FolderCache(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        held &= measure_overview(disk.FolderCache(Path(folder)))
    return 0 if held else 1


if __name__ == "__main__":
    if sys.platform != "win32":
        subprocess.run(["uptime"], check=False)
    sys.exit(main())
