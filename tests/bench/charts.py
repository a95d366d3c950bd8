"""How long charts take: 10,000 small bars, one overview chart of 108 tasks, 1,200 charts on two processes.

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

from generator.base.disk import FolderCache
from generator.base.parallel import Workers
from generator.charts import ChartRequest, draw_charts, draw_small_bar, plan_charts
from tests.builders import words_of
from tests.chart_cases import make_invented_report, read_palette

BARS, MANY = 10_000, 1_200
LIMITS = {"bars": 1.0, "cold": 30.0, "cached": 2.0, "startup": 6.0, "overview": 0.5}


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


def measure_bars() -> bool:
    """10,000 small bars."""
    words, report = words_of(), make_invented_report()
    figures = [f for o in report.districts[0].overviews for t in o.tasks for f in t.targets if f.completion]
    watch = Watch()
    for place in range(BARS):
        draw_small_bar(figures[place % len(figures)], words)
    return watch.stop("bars")


def measure_many(cache: FolderCache) -> bool:
    """1,200 history charts, no two alike, on two processes into an empty cache, then out of it."""
    planned = [r for r in plan_charts(make_invented_report(), words_of()) if r.kind == "history"]
    requests = [_make_taller(planned[place % len(planned)], place) for place in range(MANY)]
    held = True
    for name in ("cold", "cached"):
        watch = Watch()
        with Workers(2) as workers:
            draw_charts(requests, read_palette().light, cache=cache, workers=workers)
        held &= watch.stop(name)
    return held


def _make_taller(request: ChartRequest, place: int) -> ChartRequest:
    drawings = tuple(replace(d, height=d.height + place) for d in request.drawings)
    return replace(request, key=f"{request.key}-{place}", drawings=drawings)


def measure_overview(cache: FolderCache) -> bool:
    """Standing of 108 tasks, wide and narrow: the first drawing pays for loading the libraries, apart."""
    held = True
    for name, tasks in (("startup", 6), ("overview", 108)):
        planned = plan_charts(make_invented_report(tasks), words_of())
        wanted = [r for r in planned if r.key == "jia/charts/2025Q2-standing"]
        watch = Watch()
        draw_charts(wanted, read_palette().light, cache=cache, workers=Workers(1))
        held &= watch.stop(name)
    return held


def main() -> int:
    """Exit code."""
    held = measure_bars()
    for measure in (measure_many, measure_overview):
        with tempfile.TemporaryDirectory() as folder:
            held &= measure(FolderCache(Path(folder)))
    return 0 if held else 1


if __name__ == "__main__":
    if sys.platform != "win32":
        subprocess.run(["uptime"], check=False)
    sys.exit(main())
