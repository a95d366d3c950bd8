"""Words that only earlier periods said find their tasks, and the result says where they stood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator import content
from generator.app import conductors, inspection
from generator.site.rendering import make_environment
from generator.site.search.search_index import make_search_files
from generator.site.views import make_site_view
from tests.browser.test_search import LEAST, ask, read_queries
from tests.browser.visits import visiting
from tests.paths import TESTS
from tests.year.three_years import Files, received, start, take_in

pytestmark = pytest.mark.browser

QUERIES = TESTS / "browser" / "earlier_queries.txt"


def _take_all_in() -> Files:
    files: Files = start()
    for table in received():
        files = take_in(files, table)
    return files


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with the search script and the index of three invented years, nothing else."""
    folder: Path = tmp_path_factory.mktemp("years")
    site = content.parse_site(_take_all_in())
    templates = inspection.read_templates(Path("/nowhere"), site)
    report, words, _ = conductors.compute(site, templates)
    panel = '{% from "parts/search.html" import search_panel %}{{ search_panel("search/") }}'
    body = make_environment(templates, words).from_string(panel).render(site=make_site_view(report, words))
    html = f'<!doctype html><meta charset="utf-8">{body}<script src="search.js"></script>'
    files = {"index.html": html.encode(), "search.js": templates["static/search.js"]}
    for url, data in (files | make_search_files(report, words)).items():
        (folder / url).parent.mkdir(exist_ok=True)
        (folder / url).write_bytes(data)
    with visiting(chromium, folder) as visit:
        yield visit.go("index.html")
        assert visit.complaints == []


def test_words_of_earlier_periods_find_their_task_among_the_first_three(page: Page) -> None:
    queries = read_queries(QUERIES)
    assert len(queries) >= 40
    found = {query: (wanted, ask(page, query)[:3]) for query, wanted, _ in queries}
    missed = {query: first for query, (wanted, first) in found.items() if not wanted & set(first)}
    assert len(missed) <= len(queries) * (1 - LEAST), missed


def test_a_result_says_in_which_period_its_words_stood(page: Page) -> None:
    page.fill("#search-q", "基坑支护")
    page.locator("[data-search-results] li[data-task='jia-2023-005']").wait_for()
    rows = page.locator(".search-box > div").all_inner_texts()
    assert any("2023年第二季度写的" in row and "基坑支护" in row for row in rows), rows
    page.fill("#search-q", "改造老旧小区20个")
    page.locator("[data-search-results] li[data-task='jia-2023-006'] .search-box").wait_for()
    assert "改造老旧小区20个" in page.locator(".search-box mark").all_inner_texts()


def test_a_leader_is_found_by_name_and_by_pinyin_with_the_tasks(page: Page) -> None:
    for query in ("赵虚一", "zhaoxuyi"):
        page.fill("#search-q", query)
        page.locator(".search-group a", has_text="赵虚一").first.wait_for()
    links = page.locator(".search-group a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert "jia/leaders/zhao-xu-yi.html" in links
    assert set(ask(page, "赵虚一")[:2]) == {"jia-2025-001", "jia-2025-002"}


def test_a_year_is_found(page: Page) -> None:
    page.fill("#search-q", "甲虚区2023年")
    page.locator(".search-page a[href='jia/years/2023.html']").wait_for()
