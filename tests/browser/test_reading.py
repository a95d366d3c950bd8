"""Typography, the mode for older people, sizes, keyboard, filters, print: what a reader does with a page."""

from __future__ import annotations

import io
import re

import pdfplumber
import pytest
from playwright.sync_api import Browser, Page

from tests.audit.built import Built
from tests.browser.visits import few, kinds, visiting

pytestmark = pytest.mark.browser

NO_LINE_START = "。，、；：？！）》〉」』】〕”’%％"
NO_LINE_END = "（《〈「『【〔“‘"
SCREEN = ".top-nav, .top-search, .tools, .filters, .elder-switch, .foot-qr, main button"
PROSE = ".prose p, .prose li, .text p, .card-text, .sentence"
BROKEN_STORAGE = """
  Object.defineProperty(window, "localStorage", {get: function () { throw new Error("no storage"); }});
"""
VOICE = """
  window.spoken = 0;
  var synthesis = {
    speaking: false, cancel: function () {}, addEventListener: function () {},
    speak: function () { window.spoken++; }, getVoices: function () { return [{lang: "zh-CN", name: "x"}]; }
  };
  Object.defineProperty(window, "speechSynthesis", {value: synthesis});
  window.SpeechSynthesisUtterance = function (words) { this.text = words; };
"""


@pytest.fixture(params=["sample", "real"])
def site(request: pytest.FixtureRequest) -> Built:
    """Both sites."""
    found: Built = request.getfixturevalue(request.param)
    return found


def pages_like(built: Built, part: str) -> list[str]:
    """Some pages with ``part`` in their address, the heaviest first."""
    return sorted((url for url in built.pages if part in url), key=lambda url: -len(built.files[url]))[:4]


H2_BY_PLACE = ("h2:not(.eyebrow):not(.column-side h2)", "h2.eyebrow", ".column-side h2")
"""Headings of sections, the line above the promise, headings beside the text: each has one look."""

PROSE_BY_PLACE = (".promise-text p", ".prose:not(.promise-text) p")
"""The promise itself, and the other texts."""


def test_A_17_same_kind_of_page_same_type(chromium: Browser, sample: Built) -> None:
    with visiting(chromium, sample.folder) as visit:
        for part in ("/tasks/", "/departments/q"):
            for selector in ("h1", *H2_BY_PLACE, "main p.small", *PROSE_BY_PLACE, "td"):
                looks = {
                    look
                    for url in pages_like(sample, part)
                    for look in visit.go(url).evaluate("s => measure.fonts(s)", selector)
                }
                assert len(looks) <= 1, (part, selector, looks)


def test_E_02_an_sc_face_draws_the_heading(chromium: Browser, sample: Built) -> None:
    with visiting(chromium, sample.folder) as visit:
        page = visit.go("ceshi/index.html")
        client = page.context.new_cdp_session(page)
        client.send("DOM.enable")
        client.send("CSS.enable")
        root = client.send("DOM.getDocument")["root"]["nodeId"]
        node = client.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
        fonts = client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        names = [font["familyName"] for font in fonts]
    assert names
    assert not [name for name in names if re.search(r"\bJP\b|\bKR\b|\bTC\b|Tofu|LastResort", name)]


@pytest.mark.parametrize("width", [375, 768, 1366])
def test_E_05_E_06_E_07_E_08_lines_of_running_text(chromium: Browser, site: Built, width: int) -> None:
    found: list[str] = []
    with visiting(chromium, site.folder, width=width) as visit:
        for url in few(site).values():
            found += [f"{url}: {text}" for text in visit.go(url).evaluate("measure.prose()")]
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("width", [320, 375, 1366])
def test_E_09_E_10_where_lines_break(chromium: Browser, site: Built, width: int) -> None:
    """No mark at the wrong end of a line; a number stays with its unit."""
    found: list[str] = []
    with visiting(chromium, site.folder, width=width) as visit:
        for url in few(site).values():
            page = visit.go(url)
            lines = page.evaluate(
                "([s, a, b]) => measure.lines(s, a, b)", [PROSE, NO_LINE_START, NO_LINE_END]
            )
            found += [f"{url}: {text}" for text in lines + page.evaluate("measure.torn()")]
    assert not found, "\n".join(found[:20])


def test_E_13_columns_of_figures(chromium: Browser, site: Built) -> None:
    with visiting(chromium, site.folder) as visit:
        for url in few(site).values():
            styles = visit.go(url).evaluate(
                "[...document.querySelectorAll('td.num')].map(e => getComputedStyle(e))"
                ".map(s => s.textAlign + ' ' + s.fontVariantNumeric)"
            )
            assert set(styles) <= {"right tabular-nums", "end tabular-nums"}, url


def sizes(page: Page) -> dict[str, str]:
    """Computed sizes that the modes change."""
    found: dict[str, str] = page.evaluate(
        """() => {
          const read = (s) => { const e = document.querySelector(s); return e ? getComputedStyle(e) : null; };
          const out = {};
          for (const s of ['html', 'body', 'h1', 'h2', 'main p', '.prose p', 'button', 'header a']) {
            const style = read(s);
            if (style) out[s] = [style.fontSize, style.lineHeight, style.padding, style.color].join(' ');
          }
          return out;
        }"""
    )
    return found


@pytest.mark.parametrize("width", [375, 1366])
def test_B_16_B_17_B_20_B_21_elder_mode_in_and_out(chromium: Browser, sample: Built, width: int) -> None:
    task = pages_like(sample, "/tasks/")[0]
    with visiting(chromium, sample.folder, width=width) as visit:
        page = visit.go(task)
        before = sizes(page)
        entry = page.get_by_text("长辈版", exact=True)
        box = entry.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 200
        entry.click()
        check_elder(page)
        page.click("header .site-name")
        page.wait_for_load_state()
        check_elder(page)
        visit.go(task)
        page.get_by_text("退出长辈版").click()
        assert sizes(page) == before
        visit.go(task)
        assert sizes(page) == before
        assert visit.complaints == []


def check_elder(page: Page) -> None:
    """B-17, B-20: size of type, spacing, one column, nothing raised."""
    found = page.evaluate(
        """() => {
          const wrong = [];
          for (const p of document.querySelectorAll('main p, main li, main dd, main td')) {
            if (!measure.seen(p) || p.closest('.sr')) continue;
            const s = getComputedStyle(p), size = parseFloat(s.fontSize);
            if (size < 18) wrong.push('letters of ' + size + ': ' + measure.name(p));
            if (parseFloat(s.lineHeight) / size < 1.3) wrong.push('lines of ' + s.lineHeight);
          }
          for (const e of document.querySelectorAll('body *')) {
            if (getComputedStyle(e).boxShadow !== 'none') wrong.push('shadow: ' + measure.name(e));
          }
          for (const e of document.querySelectorAll('.columns')) {
            const boxes = [...e.children].map(c => c.getBoundingClientRect());
            if (boxes.some((b, i) => i && b.top < boxes[i - 1].bottom - 1)) wrong.push('two columns');
          }
          return wrong.slice(0, 8);
        }"""
    )
    assert not found, "\n".join(found[:20])
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24
    assert page.evaluate("measure.overflow()") == []


def test_B_21_elder_mode_without_script(chromium: Browser, sample: Built) -> None:
    with visiting(chromium, sample.folder, width=375, java_script_enabled=False) as visit:
        page = visit.go("ceshi/index.html")
        page.get_by_text("长辈版", exact=True).click()
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24
        page.get_by_text("退出长辈版").click()
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 16


def test_E_24_B_21_without_storage_the_mode_goes_along_in_the_address(
    chromium: Browser, sample: Built
) -> None:
    with visiting(chromium, sample.folder, init_script=BROKEN_STORAGE) as visit:
        page = visit.go("ceshi/index.html")
        page.get_by_text("长辈版", exact=True).click()
        page.click(".card-title a")
        page.wait_for_url("**/tasks/**")
        assert "/tasks/" in page.url
        check_elder(page)
        assert visit.complaints == []


def test_C_03_sizes_of_type(chromium: Browser, sample: Built) -> None:
    with visiting(chromium, sample.folder) as visit:
        page = visit.go(pages_like(sample, "/tasks/")[0])
        for label, wanted in (("特大", "20px"), ("大", "18px"), ("标准", "16px"), ("特大", "20px")):
            page.get_by_role("button", name=label, exact=True).click()
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == wanted
        visit.go("ceshi/index.html")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"


def test_B_19_reading_aloud_only_with_a_voice_and_only_when_asked(chromium: Browser, sample: Built) -> None:
    task = pages_like(sample, "/tasks/")[0]
    with visiting(chromium, sample.folder) as visit:
        assert not visit.go(task).is_visible("[data-read]")
    with visiting(chromium, sample.folder, init_script=VOICE) as visit:
        page = visit.go(task)
        assert page.evaluate("window.spoken") == 0
        page.click("[data-read]")
        assert page.evaluate("window.spoken") > 0


def test_B_10_B_11_keyboard_alone(chromium: Browser, site: Built) -> None:
    """Every stop of the Tab key is in sight, not covered, and visibly marked; the first leads to the text."""
    found: list[str] = []
    urls = [pages_like(site, "/tasks/")[0], pages_like(site, "departments/")[0], "index.html"]
    urls.append(next(f"{d.id}/index.html" for d in site.site.districts if d.tasks))
    with visiting(chromium, site.folder, height=700, reduced_motion="reduce") as visit:
        for url in urls:
            page = visit.go(url)
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
            for _ in range(60):
                found += [f"{url}: {text}" for text in page.evaluate(STOP)]
                page.keyboard.press("Tab")
            page.evaluate("document.querySelector('.skip').focus()")
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "main"
    assert not found, "\n".join(found[:20])


STOP = """() => {
  const e = document.activeElement, wrong = [];
  if (!e || e === document.body) return wrong;
  const s = getComputedStyle(e), b = e.getBoundingClientRect();
  const frame = e.closest('svg') && e.querySelector('rect');
  const line = frame && getComputedStyle(frame);
  const stroke = line && line.stroke !== 'none' && parseFloat(line.strokeWidth) >= 2;
  const marked = stroke || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2);
  if (!marked) wrong.push('focus does not show: ' + measure.name(e));
  const away = b.bottom < 0 || b.top > innerHeight || b.right < 0 || b.left > innerWidth;
  if (away) wrong.push('out of sight: ' + measure.name(e));
  const x = Math.min(Math.max(b.left + Math.min(b.width / 2, 20), 1), innerWidth - 1);
  const y = Math.min(Math.max(b.top + Math.min(b.height / 2, 12), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const free = !top || e.contains(top) || top.contains(e);
  if (!free) wrong.push('covered by ' + measure.name(top) + ': ' + measure.name(e));
  return wrong;
}"""


def test_filters_keep_their_state_and_tell_the_count(chromium: Browser, real: Built) -> None:
    district = max(real.site.districts, key=lambda d: len(d.tasks))
    cards = "[data-cards] > [data-task]"
    with visiting(chromium, real.folder) as visit:
        page = visit.go(f"{district.id}/index.html")
        few = page.locator(f"{cards}:visible").count()
        page.click("[data-all-cards]")
        page.locator(f"{cards}:visible").nth(few).wait_for()
        everything = page.locator(f"{cards}:visible").count()
        assert 0 < few < everything == len(district.tasks)
        page.focus("#f-status")
        page.keyboard.press("ArrowDown")
        status = page.input_value("#f-status")
        assert status
        shown = page.locator(f"{cards}:visible")
        assert 0 < shown.count() == page.locator(f"{cards}[data-status='{status}']").count() < everything
        told = page.inner_text("[data-found][role='status']")
        assert str(shown.count()) in told
        assert str(everything) in told
        assert f"status={status}" in page.url
        count = shown.count()
        address = page.url
        page.goto("about:blank")
        page.goto(address)
        assert page.input_value("#f-status") == status
        assert page.locator(f"{cards}:visible").count() == count
        page.click(".filters button[type='reset']")
        page.wait_for_function("location.hash === ''")
        assert page.locator(f"{cards}:visible").count() == few
        assert visit.complaints == []


def test_filters_by_words_department_and_order(chromium: Browser, real: Built) -> None:
    district = max(real.site.districts, key=lambda d: len(d.tasks))
    with visiting(chromium, real.folder) as visit:
        page = visit.go(f"{district.id}/index.html")
        word = district.tasks[0].title[-4:]
        page.fill("#f-q", word)
        texts = page.locator("[data-cards] > [data-task]:visible").all_text_contents()
        assert texts
        assert all(word in "".join(text.split()) for text in texts)
        page.fill("#f-q", "没有任何任务写着这句话")
        assert page.locator("[data-cards] > [data-task]:visible").count() == 0
        assert page.inner_text("[data-found]")
        page.fill("#f-q", "")
        page.select_option("#f-sort", "weak")
        orders = page.eval_on_selector_all("[data-cards] > [data-task]", "es => es.map(e => e.dataset.order)")
        assert orders == sorted(orders)
        page.select_option("#f-sort", "")
        numbers = page.eval_on_selector_all(
            "[data-cards] > [data-task]", "es => es.map(e => Number(e.dataset.number))"
        )
        assert numbers == sorted(numbers)
        body = page.eval_on_selector("#f-dept option:nth-child(2)", "e => e.value")
        page.select_option("#f-dept", body)
        parts = page.eval_on_selector_all(
            "[data-cards] > [data-task]:not([hidden])", "es => es.map(e => e.dataset.roles)"
        )
        assert parts
        assert all(any(each.split(":")[0] == body for each in part.split()) for part in parts)


def test_the_filter_of_the_cards_reaches_the_charts(chromium: Browser, real: Built) -> None:
    with visiting(chromium, real.folder) as visit:
        page = visit.go("huaiyin/index.html")
        page.fill("#f-q", "增长")
        page.locator("svg.chart[data-live=true]").first.wait_for(state="attached")


def test_G_06_each_count_leads_to_as_many_cards(chromium: Browser, real: Built) -> None:
    district = max(real.site.districts, key=lambda d: len(d.tasks))
    with visiting(chromium, real.folder) as visit:
        page = visit.go(f"{district.id}/index.html")
        links = page.eval_on_selector_all(
            "main a[href^='#status=']", "es => es.map(e => [e.getAttribute('href'), e.innerText])"
        )
        assert links
        for href, text in dict(links).items():
            visit.go(f"{district.id}/index.html{href}")
            number = re.findall(r"\d+", text)[-1]
            assert page.locator("[data-cards] > [data-task]:visible").count() == int(number), text


def test_A_24_search_by_department_from_a_stick(chromium: Browser, real: Built) -> None:
    district = max(real.site.districts, key=lambda d: len(d.tasks))
    name = district.tasks[0].departments[0].name
    with visiting(chromium, real.folder) as visit:
        page = visit.go("search.html")
        page.fill("#search-q", name)
        page.wait_for_selector("[data-search-results] li a")
        found = page.eval_on_selector_all(
            "[data-search-results] a", "es => es.map(e => e.getAttribute('href'))"
        )
        assert any("/tasks/" in href for href in found)
        assert visit.complaints == []


@pytest.mark.parametrize("name", ["sample", "real"])
def test_C_04_on_paper(chromium: Browser, request: pytest.FixtureRequest, name: str) -> None:
    built: Built = request.getfixturevalue(name)
    found: list[str] = []
    with visiting(chromium, built.folder) as visit:
        for url in few(built).values():
            page = visit.go(url)
            page.emulate_media(media="print")
            shown = page.evaluate(
                "s => [...document.querySelectorAll(s)].filter(measure.seen).map(measure.name)", SCREEN
            )
            found += [f"{url}: printed: {name}" for name in shown]
            sheets = pdf_pages(page)
            found += [
                f"{url}: sheet {i + 1} of {len(sheets)} is empty" for i, s in enumerate(sheets) if len(s) < 20
            ]
            page.emulate_media(media="screen")
    assert not found, "\n".join(found[:20])


def pdf_pages(page: Page) -> list[str]:
    """Text of each printed sheet."""
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as document:
        assert {(round(p.width), round(p.height)) for p in document.pages} <= {
            (595, 842),
            (596, 842),
            (595, 841),
        }
        return ["".join((p.extract_text() or "").split()) for p in document.pages]


def test_C_04_the_footer_has_no_sheet_of_its_own(chromium: Browser, official: Built) -> None:
    """Whatever the length of a task, its last sheet holds something of the task."""
    with visiting(chromium, official.folder, bypass_csp=True) as visit:
        page = visit.go(pages_like(official, "/tasks/")[0])
        footer = "".join(page.locator("footer .wrap").inner_text().split())
        page.add_style_tag(content=".promise { padding-top: var(--more); }")
        for more in range(0, 1000, 20):
            page.evaluate(f"document.documentElement.style.setProperty('--more', '{more}px')")
            last = last_sheet(page)
            assert len(last) > len(footer) + 20, f"{more} px more: the last sheet says “{last}”"


def last_sheet(page: Page) -> str:
    """Text of the last printed sheet."""
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as document:
        return "".join((document.pages[-1].extract_text() or "").split())


def test_C_04_the_button_prints(chromium: Browser, sample: Built) -> None:
    with visiting(
        chromium, sample.folder, init_script="window.print = () => { window.printed = true; };"
    ) as visit:
        page = visit.go(pages_like(sample, "/tasks/")[0])
        page.click("[data-print]")
        assert page.evaluate("window.printed") is True


def test_C_04_addresses_of_sources_are_printed(chromium: Browser, official: Built) -> None:
    with visiting(chromium, official.folder) as visit:
        page = visit.go(pages_like(official, "/tasks/")[0])
        assert "www.ceshi.example/2025q2.html" in "".join(pdf_pages(page))


def test_E_15_an_old_browser_is_not_given_newer_scripts(chromium: Browser, sample: Built) -> None:
    old = "delete Object.hasOwn; delete String.prototype.replaceAll;"
    with visiting(chromium, sample.folder, init_script=old) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        page = visit.go("ceshi/index.html")
        page.hover("figure a.hit >> nth=0", force=True)
        page.wait_for_timeout(300)
        assert not [url for url in asked if url.endswith("vega.js")]
        assert visit.complaints == []


def test_every_kind_of_the_sample_has_a_page_of_its_own(sample: Built) -> None:
    names = set(kinds(sample))
    wanted = {"index", "compare", "search", "method", "sitemap", "accessibility", "404", "kong-index"}
    wanted |= {"ceshi-index", "ceshi-period", "ceshi-tasks", "ceshi-departments", "ceshi-departments-index"}
    assert wanted <= names, wanted - names


@pytest.mark.parametrize(("day", "is_old"), [("2025-12-31", False), ("2026-01-01", True)])
def test_a_site_that_nobody_built_since_says_so_by_the_readers_calendar(
    chromium: Browser, sample: Built, day: str, is_old: bool
) -> None:
    noon = f"Date.now = () => Date.parse('{day}T12:00:00+08:00');"
    with visiting(chromium, sample.folder, init_script=noon) as visit:
        for url in ("index.html", "ceshi/index.html", "ceshi/ledger.html"):
            assert visit.go(url).locator("[data-due]").first.is_visible() == is_old, url
        assert visit.go("ceshi/2025Q2.html").locator("[data-due]").count() == 0
