"""The real search script on the real content: does it find, and can it be operated."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.figures import make_report
from tests.audit.built import Built, build_once, renumbered_root
from tests.browser.visits import Visit, visiting
from tests.paths import TESTS

pytestmark = pytest.mark.browser

QUERIES = TESTS / "browser" / "queries.txt"
RESULT = "[data-search-results] li[data-task]"
STATE = "[data-search-state]"
LEAST = 0.95


def read_queries(path: Path = QUERIES) -> list[tuple[str, set[str], str]]:
    """Query, expected tasks, sort."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [(query, set(wanted.split()), sort) for query, wanted, sort in rows]


def ask(page: Page, query: str) -> list[str]:
    """Ids of the tasks that the script finds, best first."""
    found: list[str] = page.evaluate("query => window.taizhangSearch.answer(query)", query)
    return found


def type_query(page: Page, query: str) -> None:
    """Type into the panel and wait for the announcement."""
    page.fill("#search-q", query)
    page.wait_for_function(
        "([state, query]) => location.hash.includes('q=' + encodeURIComponent(query))"
        " && /项|没有/.test(document.querySelector(state).textContent)",
        arg=[STATE, query],
    )


def test_the_expected_task_is_among_the_first_three(chromium: Browser, real: Built) -> None:
    queries = read_queries()
    assert len(queries) >= 60
    assert len({sort for _, _, sort in queries}) >= 8
    known = {task.id for district in real.site.districts for task in district.tasks}
    assert set().union(*(wanted for _, wanted, _ in queries)) <= known
    with visiting(chromium, real.folder) as visit:
        page = visit.go("search.html")
        missed = {
            query: found[:3]
            for query, wanted, _ in queries
            if not wanted & set((found := ask(page, query))[:3])
        }
        assert visit.complaints == []
    assert len(missed) <= len(queries) * (1 - LEAST), missed


def test_two_words_are_both_required(chromium: Browser, real: Built) -> None:
    with visiting(chromium, real.folder) as visit:
        page = visit.go("search.html")
        both = ask(page, "公园 绿道")
        assert both
        assert set(both) <= set(ask(page, "公园")) & set(ask(page, "绿道"))


def test_title_comes_before_commitment_before_progress(chromium: Browser, sample: Built) -> None:
    tasks = {task.id: task for district in sample.site.districts for task in district.tasks}
    with visiting(chromium, sample.folder) as visit:
        page = visit.go("search.html")
        for word in ("新建", "学位", "就业"):
            found = ask(page, word)
            ranks = [0 if word in tasks[i].title else 1 if word in tasks[i].commitment else 2 for i in found]
            assert found
            assert ranks == sorted(ranks), word


def test_A_24_a_department_name_lists_its_tasks(chromium: Browser, real: Built) -> None:
    district = real.site.districts[0]
    body = max(district.departments, key=lambda d: sum(uses(t, d.name) for t in district.tasks))
    own = [task.id for task in district.tasks if uses(task, body.name)]
    with visiting(chromium, real.folder) as visit:
        found = ask(visit.go("search.html"), f"{district.name} {body.name}")
        assert set(own) <= set(found)
        assert visit.complaints == []


def test_a_short_name_finds_the_body_whose_name_it_shortens(chromium: Browser, real: Built) -> None:
    with visiting(chromium, real.folder) as visit:
        page = visit.go("search.html")
        for short, end in (("教育局", "体育局"), ("住建局", "住房城乡建设局"), ("文旅局", "文化和旅游局")):
            own = {
                task.id
                for district in real.site.districts
                for task in district.tasks
                if any(a.name.endswith(end) for a in task.departments)
            }
            assert own
            assert own <= set(ask(page, short)), short


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("有没有新的公园", "公园"),
        ("哪些落后了", "落后"),
        ("公园修没修", "公园"),
        ("请问今年有哪些公园", "公园"),
    ],
)
def test_words_of_a_question_leave_the_query_as_it_is(
    chromium: Browser, real: Built, question: str, word: str
) -> None:
    with visiting(chromium, real.folder) as visit:
        page = visit.go("search.html")
        assert ask(page, word)
        assert ask(page, question) == ask(page, word)


def test_a_sentence_is_read_by_the_everyday_words_in_it(chromium: Browser, real: Built) -> None:
    with visiting(chromium, real.folder) as visit:
        page = visit.go("search.html")
        assert set(ask(page, "孩子上幼儿园有没有新的")) >= set(ask(page, "幼儿园"))
        type_query(page, "孩子上幼儿园有没有新的")
        assert page.inner_text(STATE).startswith("按其中的“")


def test_the_words_for_a_standing_find_the_tasks_that_have_it(chromium: Browser, real: Built) -> None:
    tasks = [t for each in make_report(real.site).districts if each.newest for t in each.newest.tasks]
    with visiting(chromium, real.folder) as visit:
        page = visit.go("search.html")
        for word, standing in (
            ("滞后", "behind"),
            ("欠序时", "behind"),
            ("已完成", "done"),
            ("条件不具备", "blocked"),
        ):
            own = {t.task.id for t in tasks if t.standing == standing}
            assert own
            assert own <= set(ask(page, word)), word


def test_a_telephone_number_finds_its_tasks(chromium: Browser, real: Built) -> None:
    district, task, number = next(
        (district, task, phone)
        for district in real.site.districts
        for task in district.tasks
        for contact in task.contacts
        for phone in contact.phones
        if district.area_code and phone.isdigit()
    )
    with visiting(chromium, real.folder) as visit:
        page = visit.go("search.html")
        for query in (number, f"{district.area_code}-{number}", f"{district.area_code}{number}"):
            assert task.id in ask(page, query), query


def uses(task: object, name: str) -> bool:
    """Whether the body is one of the task's."""
    return any(assignment.name == name for assignment in task.departments)  # type: ignore[attr-defined]


def test_the_panel_shows_marks_announces_and_keeps_the_query(chromium: Browser, sample: Built) -> None:
    with visiting(chromium, sample.folder) as visit:
        page = visit.go("search.html")
        assert page.get_attribute(STATE, "aria-live") == "polite"
        type_query(page, "就业")
        rows = page.locator(RESULT)
        rows.first.wait_for()
        assert f"{rows.count()}" in page.inner_text(STATE)
        assert "就业" in page.locator(f"{RESULT} mark").all_inner_texts()
        again = visit.go(page.url.removeprefix(visit.base))
        again.locator(RESULT).first.wait_for()
        assert again.input_value("#search-q") == "就业"
        assert visit.complaints == []


def test_filters_narrow_and_stay_in_the_address(chromium: Browser, sample: Built) -> None:
    with visiting(chromium, sample.folder) as visit:
        page = visit.go("search.html")
        page.focus("#search-q")
        page.click("[data-search] summary")
        page.locator("#search-standing option").nth(2).wait_for(state="attached")
        page.select_option("#search-standing", "done")
        page.locator(RESULT).first.wait_for()
        marks = page.locator(f"{RESULT} .mark").evaluate_all("all => all.map(m => m.dataset.status)")
        assert marks
        assert set(marks) == {"done"}
        assert "standing=done" in page.url
        page.select_option("#search-period", "2025Q1")
        page.wait_for_function("() => location.hash.includes('period=2025Q1')")
        assert "standing=done" in page.url
        assert visit.complaints == []
        again = visit.go(page.url.removeprefix(visit.base))
        again.locator("#search-standing").wait_for()


def test_the_keyboard_is_enough(chromium: Browser, sample: Built) -> None:
    with visiting(chromium, sample.folder) as visit:
        page = visit.go("search.html")
        page.focus("#search-q")
        page.keyboard.type("就业")
        page.keyboard.press("Enter")
        page.locator(RESULT).first.wait_for()
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('[data-search-results]') !== null"):
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/tasks/**")


def test_every_page_has_a_box_that_leads_to_the_results(chromium: Browser, sample: Built) -> None:
    with visiting(chromium, sample.folder) as visit:
        page = visit.go("ceshi/tasks/2025-001.html")
        page.fill("#top-q", "区教体局")
        page.press("#top-q", "Enter")
        page.locator(RESULT).first.wait_for()
        assert page.url.split("?")[0].split("#")[0].endswith("/search.html")
        assert page.locator(".search-department").count() == 1


def test_nothing_found_says_what_to_do(chromium: Browser, sample: Built) -> None:
    with visiting(chromium, sample.folder) as visit:
        page = visit.go("search.html")
        type_query(page, "龘靐齉")
        page.locator(STATE, has_text="没有找到").wait_for()
        assert page.locator(RESULT).count() == 0


@pytest.fixture(scope="session")
def renumbered(shared_folder: Path) -> Built:
    """The invented district after a renumbering, so that no task's number is the one in its id."""
    return build_once(shared_folder, "renumbered", renumbered_root, bundle=True)


def find_all(page: Page, district: str) -> list[tuple[str, str]]:
    """Title and link of every result that the panel shows for a district."""
    page.focus("#search-q")
    page.locator("#search-district option").nth(1).wait_for(state="attached")
    page.locator("#search-district").evaluate(
        "(select, id) => { select.value = id; select.form.dispatchEvent(new Event('input')); }", district
    )
    page.locator(RESULT).first.wait_for()
    while page.locator("[data-search-more]").is_visible():
        page.click("[data-search-more]")
    links = page.locator(f"{RESULT} a.search-title")
    found: list[tuple[str, str]] = links.evaluate_all(
        "all => all.map(a => [a.textContent, a.getAttribute('href')])"
    )
    return found


def test_after_a_renumbering_every_result_opens_the_page_with_its_title(
    chromium: Browser, renumbered: Built
) -> None:
    with visiting(chromium, renumbered.folder) as visit:
        found = find_all(visit.go("search.html"), "ceshi")
        assert visit.complaints == []
    titles = {url: renumbered.pages[url].heading for _, url in found}
    assert [(title, titles[url]) for title, url in found if titles[url] != title] == []
    assert len(found) == len(renumbered.site.districts[0].tasks)


def test_after_a_renumbering_every_result_leads_to_its_section_of_the_single_file(
    chromium: Browser, renumbered: Built
) -> None:
    with visiting(chromium, renumbered.folder) as visit:
        page = visit.go("offline/ceshi-2025Q2.html")
        found = find_all(page, "ceshi")
        sections = page.evaluate(
            """urls => urls.map(url => document.getElementById(url.slice(1)).getAttribute("aria-label"))""",
            [url for _, url in found],
        )
    assert len(found) == len(renumbered.site.districts[0].tasks)
    assert [pair for pair in zip(found, sections, strict=True) if not pair[1].endswith(pair[0][0])] == []


def test_a_missing_part_is_told(chromium: Browser, sample: Built, tmp_path: Path) -> None:
    shutil.copytree(sample.folder, tmp_path / "site")
    shutil.rmtree(tmp_path / "site" / "search")
    with visiting(chromium, tmp_path / "site") as visit:
        page = visit.go("search.html")
        page.fill("#search-q", "就业")
        page.locator(STATE, has_text="没有读出来").wait_for()


def test_a_query_cannot_put_markup_on_the_page(chromium: Browser, sample: Built) -> None:
    with visiting(chromium, sample.folder) as visit:
        page = open_with(visit, "<img src=x onerror=alert(1)>就业")
        assert page.locator("[data-search] img").count() == 0
        assert visit.complaints == []


def open_with(visit: Visit, query: str) -> Page:
    """The search page with a query in its address."""
    page = visit.go("search.html")
    type_query(page, query)
    return page


def test_the_overviews_filter_finds_by_the_full_text(chromium: Browser, real: Built) -> None:
    with visiting(chromium, real.folder) as visit:
        page = visit.go("shizhong/index.html")
        page.fill("#f-q", "舜耕路")
        shown = "[data-cards] > [data-task]:not([hidden])"
        page.wait_for_function("css => document.querySelectorAll(css).length < 20", arg=shown)
        page.locator(f"{shown}[data-task='shizhong-2025-051']").wait_for()
        assert visit.complaints == []


@pytest.mark.parametrize("query", ["电梯", "公交车"])
def test_what_nothing_promises_is_said_in_words(chromium: Browser, real: Built, query: str) -> None:
    with visiting(chromium, real.folder) as visit:
        page = open_with(visit, query)
        said = page.inner_text(STATE)
        assert f"没有承诺“{query}”" in said
        assert "12345" in said or page.locator(".search-department").count()


@pytest.mark.parametrize(
    ("query", "task"),
    [
        ("公租房", "shizhong-2025-097"),
        ("保障房", "shizhong-2025-097"),
        ("自来水", "shizhong-2025-098"),
        ("公共厕所", "shizhong-2025-078"),
        ("谁负责停车", "shizhong-2025-053"),
        ("幼稚园", "shizhong-2025-100"),
        ("tingche", "shizhong-2025-053"),
        ("tcw", "shizhong-2025-053"),
        ("雾霾", "shizhong-2025-083"),
    ],
)
def test_citizens_words_find_what_tables_call_otherwise(
    chromium: Browser, real: Built, query: str, task: str
) -> None:
    with visiting(chromium, real.folder) as visit:
        assert task in ask(visit.go("search.html"), query)[:3]


def test_the_first_answer_is_a_box_and_nothing_moves_when_it_comes(chromium: Browser, real: Built) -> None:
    with visiting(chromium, real.folder, width=375, height=740) as visit:
        page = visit.go("search.html?q=停车")
        page.locator(RESULT).first.wait_for()
        assert page.locator(RESULT).first.bounding_box()["y"] < 600  # type: ignore[index]
        words = page.locator(f"{RESULT} .search-box").inner_text()
        assert "承诺" in words
        assert "找谁" in words
        shift = page.evaluate(
            """() => new Promise(done => { let sum = 0; new PerformanceObserver(list => {
                for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
            }).observe({ type: "layout-shift", buffered: true }); setTimeout(() => done(sum), 300); })"""
        )
        assert shift < 0.05


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("谁没报数", "index.html#unreported"),
        ("哪些任务没有报数", "index.html#unreported"),
        ("有没有说不清的承诺", "index.html#unmeasured"),
        ("打电话找谁", "departments/index.html"),
        ("电话是多少", "departments/index.html"),
        ("投诉", "departments/index.html"),
        ("什么时候", "calendar/index.html"),
        ("附近有什么变化", "places/index.html"),
        ("怎么样了", "index.html"),
        ("改错了吗", "corrections.html"),
        ("怎么算的", "method.html"),
        ("下载表格", "data/index.html"),
        ("哪个区做得好", "compare.html"),
        ("两个区哪个好", "compare.html"),
        ("今年完成了多少", "standings/index.html"),
        ("有没有完不成的", "standings/index.html"),
        ("哪项最差", "standings/index.html"),
        ("今年干了些什么", "index.html"),
        ("一共有多少项任务", "index.html"),
        ("什么时候公布下一期", "calendar/index.html"),
        ("二季度的情况在哪看", "2025Q2.html"),
        ("原始表格在哪里", "sources/2025Q2.html"),
        ("数字从哪来", "sources/2025Q2.html"),
        ("哪个局任务最多", "departments/index.html"),
        ("数字准不准", "method.html"),
        ("有没有离线版", "data/index.html"),
        ("给领导看的一页纸", "brief.html"),
    ],
)
def test_a_question_about_the_site_leads_to_the_page_that_answers(
    chromium: Browser, real: Built, question: str, page: str
) -> None:
    with visiting(chromium, real.folder) as visit:
        shown = visit.go("search.html")
        type_query(shown, question)
        links = [link.get_attribute("href") or "" for link in shown.locator("a.search-title").all()[:4]]
        assert any(link.endswith(page) for link in links), links
        assert visit.complaints == []


@pytest.mark.parametrize("question", ["哪些取消了", "取消", "有没有暂停的？"])
def test_a_standing_that_no_task_has_is_no_broken_promise(
    chromium: Browser, real: Built, question: str
) -> None:
    with visiting(chromium, real.folder) as visit:
        page = visit.go("search.html")
        type_query(page, question)
        assert page.locator(STATE).inner_text().startswith("没有一项任务的进展是")
