"""Places that texts name: their pages, printed, and the ways to them."""

from __future__ import annotations

import pytest

from generator.base import disk
from generator.figures import Report
from generator.site.named_places import find_district_places
from generator.site.rendering import Renderer
from generator.site.search.found_pages import PageSort, list_pages
from generator.site.views import make_pages, make_site_view
from tests.builders import make_department, make_district, make_task, make_update, report_of, words_of

ROAD = "ceshi/places/shun-geng-lu.html"


@pytest.fixture(scope="module")
def report() -> Report:
    """Two tasks that name 舜耕路, one that names the office of a subdistrict."""
    says = make_update(progress="已会同泺源街道办事处研究。舜耕路已<开工>。", next_steps="推动舜耕路完工。")
    return report_of(
        make_district(
            make_task(1, "推动舜耕路、二环南路等市政道路改造提升。", updates=(says,)),
            make_task(
                2, "改造老旧小区，整治背街小巷。", updates=(make_update(progress="舜耕路、各社区已完成。"),)
            ),
            departments=(make_department("泺源街道办事处", "luo-yuan"),),
        )
    )


def test_every_sentence_that_names_a_place_is_kept_to_the_letter(report: Report) -> None:
    places = {place.name: place for place in find_district_places(report.districts[0])}
    assert list(places) == ["舜耕路", "二环南路", "泺源街道办事处"]
    mentions = places["舜耕路"].mentions
    assert [(m.task.number, m.field, m.before, m.after) for m in mentions] == [
        (1, "commitment", "推动", "、二环南路等市政道路改造提升"),
        (1, "progress", "", "已<开工>"),
        (1, "next_steps", "推动", "完工"),
        (2, "progress", "", "、各社区已完成"),
    ]


def test_the_index_leads_to_each_place_and_each_place_to_its_tasks(report: Report) -> None:
    words, templates = words_of(), disk.read_program_templates()
    pages = {page.url: page for page in make_pages(report, {}, words)}
    site = make_site_view(report, words)
    urls = ("ceshi/places/index.html", ROAD, "ceshi/places/luo-yuan-jie-dao-ban-shi-chu.html")
    printed = Renderer(templates, words).render_pages([pages[url] for url in urls], site)
    index, road, office = (printed[url].decode() for url in urls)
    assert 'href="shun-geng-lu.html">舜耕路</a>' in index
    assert 'href="../tasks/2025-001.html"' in road
    assert 'href="../tasks/2025-002.html"' in road
    assert "<mark>舜耕路</mark>已&lt;开工&gt;" in road
    assert 'href="../departments/luo-yuan.html"' in office
    assert "我家附近" in index


def test_search_finds_a_place_with_the_tasks_that_name_it(report: Report) -> None:
    places = [page for page in list_pages(report, words_of()) if page.sort is PageSort.PLACE]
    road = next(page for page in places if page.url == ROAD)
    assert road.tasks == {"ceshi-2025-001", "ceshi-2025-002"}
