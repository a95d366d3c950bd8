"""Charts in a real Chromium: alive from disk and from a server, strict policy, by keyboard, in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.chart_pages import one_of_each, serve_folder, write_page

pytestmark = pytest.mark.browser

BOXES = """
svg => [...svg.querySelectorAll("text")].map(text => {
  const box = text.getBBox();
  return [text.textContent, box.x, box.y, box.width, box.height];
})
"""


DRAWN = """
svg => svg.querySelectorAll(
  '.drawing > svg :is([class*="_marks"], [class*="role-axis-"]) > :not([opacity="0"])').length
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("图表 页")
    write_page(place, one_of_each())
    return place


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "file":
        yield folder.as_uri()
    else:
        with serve_folder(folder) as base:
            yield base


def open_page(
    chromium: Browser, address: str, *, width: int = 1366, scripts: bool = True, dark: bool = False
) -> tuple[Page, list[str]]:
    """The page with everything that it says or asks of the network outside its own address."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
        color_scheme="dark" if dark else "light",
        offline=address.startswith("file"),
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:")) else said.append(request.url),
    )
    page.goto(f"{address}/jia/index.html")
    return page, said


@pytest.mark.parametrize(("width", "variant"), [(1366, "wide"), (375, "narrow")])
def test_every_kind_becomes_alive_by_keyboard_and_says_nothing(
    chromium: Browser, address: str, width: int, variant: str
) -> None:
    page, said = open_page(chromium, address, width=width)
    kinds = set()
    for figure in page.query_selector_all("figure"):
        svg = figure.query_selector(f"svg.chart-{variant}")
        if svg is None:
            continue
        kinds.add((svg.get_attribute("class") or "").split()[1])
        hits = svg.query_selector_all(".hit")
        before = svg.evaluate("svg => svg.querySelectorAll('.drawing > g:not(.texts) > *').length")
        assert [hit.get_attribute("tabindex") for hit in hits].count("0") == 1, (
            "one stop in the order of tabs"
        )
        hits[0].focus()
        page.keyboard.press("ArrowRight")
        chosen = hits[min(1, len(hits) - 1)]
        assert page.evaluate("document.activeElement.getAttribute('data-key')") == chosen.get_attribute(
            "data-key"
        )
        page.wait_for_function("svg => svg.dataset.live === 'true'", arg=svg)
        tip = figure.query_selector(".chart-tip")
        assert tip is not None
        assert tip.is_visible()
        label = chosen.get_attribute("aria-label") or ""
        assert tip.inner_text().split("\n")[0] in label
        drawn = svg.evaluate(DRAWN)
        assert drawn == before, "the live picture has as many marks as the static one"
        dim = "svg => svg.querySelectorAll('.drawing > svg [opacity=\"0.22\"]').length"
        if len(hits) > 1:
            page.wait_for_function(f"svg => ({dim})(svg) > 0", arg=svg)
        page.keyboard.press("Escape")
        assert not tip.is_visible()
        page.wait_for_function(f"svg => ({dim})(svg) === 0", arg=svg)
    assert kinds == {
        f"chart-{k}"
        for k in ("standing", "targets", "departments", "distribution", "history", "compare", "rates")
    }
    assert said == []
    page.context.close()


def test_live_picture_stands_where_the_static_one_stood(chromium: Browser, folder: Path) -> None:
    shapes = """svg => { const from = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('.drawing :is(path, line)')]
      .filter(shape => shape.matches(':is([d]:not([d=""]), line):not([opacity="0"])')
        && shape.closest('[class]') && !/background|foreground/.test(shape.getAttribute('class') || ''))
      .map(shape => { const box = shape.getBoundingClientRect();
        return [box.x - from.x, box.y - from.y, box.width, box.height]
          .map(part => Math.round(part * 2) / 2).join(); }).sort(); }"""
    page, _ = open_page(chromium, folder.as_uri())
    for svg in page.query_selector_all("svg.chart-wide"):
        before = svg.evaluate(shapes)
        hit = svg.query_selector(".hit")
        assert hit is not None
        hit.focus()
        page.wait_for_function("svg => svg.dataset.live === 'true'", arg=svg)
        assert svg.evaluate(shapes) == before
    page.context.close()


def test_filter_of_the_cards_dims_other_tasks_and_a_card_points_at_its_mark(
    chromium: Browser, folder: Path
) -> None:
    page, said = open_page(chromium, folder.as_uri())
    tell = "detail => document.dispatchEvent(new CustomEvent('taizhang:cards', {detail}))"
    page.evaluate(tell, {"all": False, "tasks": ["yi-2025-001", "yi-2025-002"]})
    count = "document.querySelectorAll('.chart-standing.chart-wide .drawing > svg [opacity=\"0.22\"]').length"
    page.wait_for_function(f"() => {count} === 22")
    page.evaluate(tell, {"all": True, "tasks": []})
    page.wait_for_function(f"() => {count} === 0")
    assert said == []
    page.context.close()


def test_marks_are_links_to_their_tasks(chromium: Browser, folder: Path) -> None:
    page, _ = open_page(chromium, folder.as_uri(), scripts=False)
    link = page.query_selector(".chart-standing.chart-wide a.hit[data-key='yi-2025-007']")
    assert link is not None
    assert (link.get_attribute("href") or "").endswith("yi/tasks/2025-007.html")
    box = link.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    page.context.close()


def test_without_vega_the_static_picture_stays_and_still_tells(chromium: Browser, tmp_path: Path) -> None:
    write_page(tmp_path, one_of_each())
    (tmp_path / "static" / "vega.js").write_text("", encoding="utf-8")
    page, said = open_page(chromium, tmp_path.as_uri())
    svg = page.query_selector("svg.chart-standing.chart-wide")
    assert svg is not None
    before = svg.inner_html().count("<path")
    hit = svg.query_selector(".hit")
    assert hit is not None
    hit.focus()
    page.wait_for_function("() => document.querySelector('.chart-tip').offsetHeight > 0")
    page.wait_for_timeout(300)
    assert svg.inner_html().count("<path") == before
    assert said == []
    page.context.close()


@pytest.mark.parametrize("width", [1366, 768, 375, 320])
def test_labels_neither_overlap_nor_leave_the_view(chromium: Browser, folder: Path, width: int) -> None:
    page, said = open_page(chromium, folder.as_uri(), width=width, scripts=False)
    seen = 0
    for svg in page.query_selector_all("svg.chart"):
        if not svg.is_visible() or svg.query_selector("text") is None:
            continue
        seen += 1
        view = [float(part) for part in (svg.get_attribute("viewBox") or "").split()]
        boxes = svg.evaluate(BOXES)
        for text, x, y, w, h in boxes:
            assert x >= -0.5, (text, x)
            assert x + w <= view[2] + 0.5, (text, x + w, svg.get_attribute("class"))
            assert y >= -3, (text, y)
            assert y + h <= view[3] + 6, (text, y + h)
        for i, (text, x, y, w, h) in enumerate(boxes):
            for other, x2, y2, w2, h2 in boxes[i + 1 :]:
                aside = x + w <= x2 + 0.5 or x2 + w2 <= x + 0.5
                over = y + h * 0.8 <= y2 + h2 * 0.2 or y2 + h2 * 0.8 <= y + h * 0.2
                assert aside or over, (text, other, svg.get_attribute("class"))
    assert seen >= 7
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert said == []
    page.context.close()


def test_estimated_widths_are_never_less_than_measured_ones(chromium: Browser, folder: Path) -> None:
    from generator.charts.text_width import text_width

    page, _ = open_page(chromium, folder.as_uri(), scripts=False)
    samples = page.evaluate(
        """() => [...document.querySelectorAll("svg.chart-wide text")]
          .filter(text => !text.querySelector("tspan"))
          .map(text => [text.textContent, +text.getAttribute("font-size"), text.getComputedTextLength()])"""
    )
    assert len(samples) > 100
    narrow = [s for s in samples if s[2] > text_width(s[0], s[1]) * 1.01]
    assert narrow == []
    page.context.close()


def test_dark_mode_recolours_marks_and_letters(chromium: Browser, folder: Path) -> None:
    colours = []
    for dark in (False, True):
        page, _ = open_page(chromium, folder.as_uri(), dark=dark, scripts=False)
        colours.append(
            page.evaluate(
                '[...document.querySelectorAll(\'[fill="var(--behind)"], [fill="var(--ink)"]\')]'
                ".map(e => getComputedStyle(e).fill)"
            )
        )
        page.context.close()
    assert set(colours[0]) == {"rgb(154, 77, 0)", "rgb(23, 32, 44)"}
    assert set(colours[1]) == {"rgb(242, 166, 84)", "rgb(232, 237, 244)"}


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (375, True)])
def test_axe_finds_nothing(chromium: Browser, folder: Path, width: int, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{folder.as_uri()}/jia/index.html")
    tags = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
    for alive in (False, True):
        if alive:
            for svg in page.query_selector_all("svg.chart"):
                hit = svg.query_selector(".hit") if svg.is_visible() else None
                if hit is not None:
                    hit.focus()
                    page.wait_for_function("svg => svg.dataset.live === 'true'", arg=svg)
        found = Axe().run(page, context="figure", options=tags).response["violations"]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"][:2]]) for v in found] == []
    context.close()
