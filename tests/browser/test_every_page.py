"""What must hold on every kind of page: accessibility, silence, width, size."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.audit.built import Built
from tests.browser.visits import few, kinds, serve_folder, visiting

pytestmark = pytest.mark.browser

WIDTHS = (320, 375, 768, 1280, 1366, 1920)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHORT = {"resultTypes": ["violations"], "selectors": False, "preload": False}
AXE = {**SHORT, "runOnly": AXE_TAGS}
APART = {
    mode: {**SHORT, "runOnly": {"type": "rule", "values": [rule]}}
    for mode, rule in (("dark", "color-contrast"), ("elder", "target-size"))
}
"""What a dark page or one in large type may do differently from the light one on the same content."""
MODES = {"light": "", "dark": "", "elder": "#mode=elder"}
SPACING = """
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }
"""


@pytest.fixture(params=["sample", "real"])
def site(request: pytest.FixtureRequest) -> Built:
    """The sites on which every kind of page is looked at."""
    found: Built = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("mode", MODES)
def test_B_02_axe_finds_nothing(chromium: Browser, site: Built, mode: str) -> None:
    found: list[str] = []
    scheme = "dark" if mode == "dark" else "light"
    with visiting(chromium, site.folder, color_scheme=scheme) as visit:
        for url in (kinds(site) if site.name == "sample" else few(site)).values():
            page = visit.go(url + MODES[mode])
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            results = Axe().run(page, options=AXE if site.name == "sample" else APART.get(mode, AXE))
            for violation in results.response["violations"]:
                nodes = [node["html"][:160] for node in violation["nodes"][:3]]
                found.append(f"{url}: {violation['id']} × {len(violation['nodes'])}: {nodes}")
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("way", ["file", "http"])
def test_silent_and_alone(chromium: Browser, site: Built, way: str) -> None:
    """No message on the console, no request outside, none that fails, by file:// and by http://."""
    pages = kinds(site)
    if way == "file":
        with visiting(chromium, site.folder) as visit:
            for url in pages.values():
                visit.go(url)
            assert visit.complaints == []
        return
    with serve_folder(site.folder) as address, visiting(chromium, address) as visit:
        for url in pages.values():
            visit.go(url)
        assert visit.complaints == []


def test_E_22_works_from_a_folder_with_a_chinese_name_and_a_blank(
    chromium: Browser, sample: Built, tmp_path: Path
) -> None:
    folder = tmp_path / "重点任务 台账"
    shutil.copytree(sample.folder, folder)
    with visiting(chromium, folder) as visit:
        visit.go("index.html").click("main a[href*='ceshi/']")
        visit.page.wait_for_load_state()
        assert visit.page.url.endswith("ceshi/index.html")
        assert visit.complaints == []


@pytest.mark.parametrize("mode", ["light", "elder"])
def test_A_19_B_07_no_page_scrolls_sideways(chromium: Browser, site: Built, mode: str) -> None:
    found: list[str] = []
    with visiting(chromium, site.folder) as visit:
        for url in kinds(site).values():
            page = visit.go(url + MODES[mode])
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                found += [f"{url} at {width}: {text}" for text in page.evaluate("measure.overflow()")]
    assert not found, "\n".join(found[:20])


def test_B_07_zoomed_to_200_percent(chromium: Browser, site: Built) -> None:
    """Twice the size on a window of 1280 pixels leaves 640 to the page; letters alone may double too."""
    found: list[str] = []
    with visiting(
        chromium, site.folder, width=640, height=400, device_scale_factor=2, bypass_csp=True
    ) as visit:
        for url in few(site).values():
            page = visit.go(url)
            found += [f"{url}: {text}" for text in page.evaluate("measure.lost()")]
            page.set_viewport_size({"width": 1280, "height": 800})
            page.add_style_tag(content="html { font-size: 200% !important; }")
            found += [f"{url}, letters: {text}" for text in page.evaluate("measure.lost()")]
    assert not found, "\n".join(found[:20])


def test_B_08_text_spacing_loses_nothing(chromium: Browser, site: Built) -> None:
    found: list[str] = []
    with visiting(chromium, site.folder, bypass_csp=True) as visit:
        for url in few(site).values():
            page = visit.go(url)
            page.add_style_tag(content=SPACING)
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                found += [f"{url} at {width}: {text}" for text in page.evaluate("measure.lost()")]
    assert not found, "\n".join(found[:20])


def test_B_09_targets_are_large_enough(chromium: Browser, site: Built) -> None:
    """24 px everywhere, 44 px for main controls on a phone; in the 长辈版 60 px and 44 for others."""
    controls = "button, select, input, summary, .elder-switch a, .top-nav a"
    apart = "header a, .tabs a, .periods a, .foot-links a, nav.around a, .more a, .counts a, .card-title a"
    wanted = {
        "": [(1280, 24, f"{controls}, {apart}"), (375, 44, controls)],
        "#mode=elder": [(375, 60, controls), (1280, 44, apart)],
    }
    small = "([least, selector]) => measure.small(least, selector)"
    found: list[str] = []
    with visiting(chromium, site.folder) as visit:
        for url, mode in ((url, mode) for url in few(site).values() for mode in wanted):
            page = visit.go(url + mode)
            for width, least, selector in wanted[mode]:
                page.set_viewport_size({"width": width, "height": 800})
                found += [
                    f"{url}{mode} at {width}, {least}: {text}"
                    for text in page.evaluate(small, [least, selector])
                ]
    assert not found, "\n".join(found[:20])


def test_A_26_nothing_covers_the_page(chromium: Browser, site: Built) -> None:
    found: list[str] = []
    with visiting(chromium, site.folder, width=375, height=700) as visit:
        for url in few(site).values():
            found += [f"{url}: {text}" for text in visit.go(url).evaluate("measure.floating()")]
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_B_05_shapes_and_letters_of_charts_stand_out(chromium: Browser, site: Built, scheme: str) -> None:
    found: list[str] = []
    with visiting(chromium, site.folder, color_scheme=scheme) as visit:
        for url in few(site).values():
            found += [f"{url}: {text}" for text in visit.go(url).evaluate("measure.fills()")]
    assert not found, "\n".join(found[:20])


def test_E_18_the_same_words_without_script(chromium: Browser, site: Built) -> None:
    pages = few(site).values()
    with visiting(chromium, site.folder) as visit:
        with_script = {url: visit.go(url).evaluate("measure.words()") for url in pages}
    script = (Path(__file__).with_name("measure.js")).read_text(encoding="utf-8")
    found: list[str] = []
    with visiting(chromium, site.folder, java_script_enabled=False) as visit:
        for url in pages:
            page = visit.go(url)
            page.evaluate(script)
            if page.evaluate("measure.words()") != with_script[url]:
                found.append(url)
        assert visit.complaints == []
    assert not found, "\n".join(found[:20])
