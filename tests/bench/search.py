"""How big and how quick the search is: the real 140 tasks, and 10,000 made of their sentences.

Run: .venv/bin/python -P tests/bench/search.py    (exit code 1 when a limit is broken)
Limits: 140 tasks: index under 300 KB, answer under 10 ms. 10,000: index under 12 MB, the first query loads
under 2 MB, its answer under 100 ms after load.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, Request, sync_playwright

from generator import figures
from generator.app import (
    inspection,
)
from generator.model import District, Site, Task
from generator.site import (
    publication,
    rendering,
    views,
)
from generator.wording import Words, make_words
from tests.browser.visits import FLAGS, find_chromium
from tests.paths import ROOT

QUERIES = (
    "新增城镇就业",
    "区发改局",
    "xzczjy",
    "公园 绿道",
    "15501人",
    "新增城阵就业",
    "AIC基金",
    "51806975",
)
_ASK = """async query => {
    const start = performance.now();
    await taizhangSearch.answer(query);
    return performance.now() - start;
}"""
KILO, MEGA = 1000, 1_000_000


def make_big(site: Site, number: int) -> Site:
    """A district of ``number`` tasks over several years, each put together from pieces of real ones."""
    chance = random.Random(20250630)
    source = site.districts[-1]
    tasks = []
    for index in range(number):
        one, two, three = (chance.choice(source.tasks) for _ in range(3))
        year, own = 2016 + index // 1000, index % 1000
        updates = tuple(
            replace(u, next_steps=three.updates[-1].next_steps, period=replace(u.period, year=year))
            for u in one.updates
        )
        tasks.append(make_task(two, source, year, own, updates, one))
    big = replace(source, tasks=tuple(tasks))
    return replace(site, config=replace(site.config, districts=(big.id,)), districts=(big,))


def make_task(task: Task, district: District, year: int, number: int, updates: tuple, other: Task) -> Task:  # type: ignore[type-arg]
    """A task of another year with another's progress and departments."""
    return replace(
        task,
        id=f"{district.id}-{year}-{number:03d}",
        number=number,
        departments=other.departments,
        contacts=other.contacts,
        targets=(),
        updates=tuple(replace(u, actuals=()) for u in updates),
    )


def write_site(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the parts that the panel needs."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def make_panel(site: Site, words: Words, templates: Mapping[str, bytes]) -> dict[str, bytes]:
    """The search page of a site, its script and its index."""
    report = figures.make_report(site)
    view = views.make_site_view(report, words)
    env = rendering.make_environment(templates, words)
    body = env.from_string('{% from "parts/search.html" import search_panel %}{{ search_panel("search/") }}')
    html = f'<!doctype html><meta charset="utf-8"><title>bench</title>{body.render(site=view)}'
    started = time.perf_counter()
    index = publication.make_search_files(report, words)
    number = sum(len(each.district.tasks) for each in report.districts)
    print(f"index of {number} tasks built in {time.perf_counter() - started:.2f} s")
    page = f'{html}<script src="search.js"></script>'.encode()
    return {**index, "search.html": page, "search.js": templates["static/search.js"]}


def ask(page: Page, query: str) -> float:
    """Milliseconds from the question to the answer, parts already loaded or not."""
    took: float = page.evaluate(_ASK, query)
    return took


def _note_address(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def measure(folder: Path, files: Mapping[str, bytes]) -> dict[str, float]:
    """Sizes and times of one index."""
    write_site(folder, files)
    parts = {name: len(data) for name, data in files.items() if name.startswith("search/")}
    found: dict[str, float] = {"index": sum(parts.values())}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, "--no-sandbox"])
        loads, firsts, agains = [], [], []
        for query in QUERIES:
            page = browser.new_page()
            asked: list[str] = []
            page.on("request", partial(_note_address, asked))
            page.goto((folder / "search.html").as_uri())
            asked.clear()
            ask(page, query)
            loads.append(sum(parts["search/" + url.rsplit("/", 1)[-1]] for url in asked))
            firsts.append(ask(page, query))
            agains.append(min(ask(page, query) for _ in range(3)))
            page.close()
        browser.close()
    found |= {
        "first query loads": max(loads),
        "first answer": max(firsts),
        "answer": statistics.median(agains),
    }
    return found


def main() -> int:
    """Measure both sizes and print them beside the limits."""
    site = inspection.read_site(ROOT)[0]
    templates = inspection.read_templates(ROOT, site)
    words = make_words(templates, language="zh-CN")
    broken = 0
    limits = {
        140: {"index": 300 * KILO, "answer": 10},
        10_000: {"index": 12 * MEGA, "first query loads": 2 * MEGA, "first answer": 100},
    }
    for number, wanted in limits.items():
        chosen = site if number == 140 else make_big(site, number)
        with tempfile.TemporaryDirectory() as folder:
            found = measure(Path(folder), make_panel(chosen, words, templates))
        for name, value in found.items():
            unit = "ms" if "answer" in name else "bytes"
            limit = wanted.get(name)
            state = "" if limit is None else f"  (limit {limit:,}: {'ok' if value < limit else 'BROKEN'})"
            broken += limit is not None and value >= limit
            print(f"{number:>6} tasks  {name:<18} {value:>14,.1f} {unit}{state}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
