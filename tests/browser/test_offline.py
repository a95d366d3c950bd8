"""Zero network in a real Chromium: the unzipped bundle, the single file, the brief on paper."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Browser, Page, Request

from tests.audit.built import Built, build_once, real_root

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def carried(shared_folder: Path) -> Built:
    """The repository's own content with everything that can be carried away."""
    return build_once(shared_folder, "carried", real_root, bundle=True)


@contextmanager
def offline_page(browser: Browser, *, script: bool = True) -> Iterator[tuple[Page, list[str]]]:
    """A page in a window without network, and all it complains of: console, errors, failed requests."""
    context = browser.new_context(offline=True, java_script_enabled=script, locale="zh-CN")
    context.set_default_timeout(20_000)
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: _note_failure(request, complaints))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "data:", "blob:")) else complaints.append(request.url)
        ),
    )
    yield page, complaints
    context.close()


def _note_failure(request: Request, complaints: list[str]) -> None:
    """A request that the next navigation cut short did not fail."""
    if request.failure != "net::ERR_ABORTED":
        complaints.append(f"failed: {request.url} {request.failure}")


def unzip(data: bytes, folder: Path) -> list[str]:
    """Unpack an archive; its names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
        return archive.namelist()


def test_the_bundle_opens_without_network_from_a_chinese_path_with_a_blank(
    chromium: Browser, carried: Built, tmp_path: Path
) -> None:
    name = next(n for n in carried.files if n.startswith("offline/all-"))
    folder = tmp_path / "离线 包（第二季度）"
    pages = [n for n in unzip(carried.files[name], folder) if n.endswith(".html")]
    assert len(pages) > 200
    with offline_page(chromium) as (page, complaints):
        for url in pages:
            page.goto((folder / url).as_uri(), wait_until="load")
            assert page.locator("h1").first.is_visible(), url
        assert complaints == []


def test_the_root_page_leads_into_the_folder(chromium: Browser, carried: Built, tmp_path: Path) -> None:
    name = next(n for n in carried.files if n.startswith("offline/all-"))
    folder = tmp_path / "离线 包"
    unzip(carried.files[name], folder)
    with offline_page(chromium) as (page, complaints):
        page.goto((folder / "index.html").as_uri())
        assert page.locator(".css-missing").is_hidden()
        page.fill("#home-q", "就业")
        page.press("#home-q", "Enter")
        page.locator("[data-search-results] li[data-task]").first.wait_for()
        assert "/site/search.html#q=" in page.url
        assert page.locator("[data-search-results] mark").count() > 0
        page.locator("[data-search-results] li[data-task] a").first.click()
        page.locator("article[data-task]").first.wait_for()
        assert page.locator("article[data-task]").count() == 1
        assert complaints == []


def test_charts_come_alive_without_network(chromium: Browser, carried: Built, tmp_path: Path) -> None:
    name = next(n for n in carried.files if n.startswith("offline/all-"))
    folder = tmp_path / "离线 包"
    names = unzip(carried.files[name], folder)
    with_charts = [n for n in names if n.endswith(".html") and b"chart-spec" in (folder / n).read_bytes()]
    assert len(with_charts) >= 4
    with offline_page(chromium) as (page, complaints):
        for url in with_charts[:4]:
            page.goto((folder / url).as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            svg = page.locator(".fig svg:has(.hit):visible").first
            svg.locator(".hit").first.focus()
            page.wait_for_function("svg => svg.dataset.live === 'true'", arg=svg.element_handle())
        assert complaints == []


def test_E_26_without_its_style_the_root_says_unzip_first(
    chromium: Browser, carried: Built, tmp_path: Path
) -> None:
    name = next(n for n in carried.files if n.startswith("offline/all-"))
    unzip(carried.files[name], tmp_path / "whole")
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(tmp_path / "whole" / "index.html", alone)
    with offline_page(chromium) as (page, _):
        page.goto((alone / "index.html").as_uri())
        assert page.locator(".css-missing").is_visible()
        assert "解压" in page.locator(".css-missing").inner_text()


@pytest.mark.parametrize("district", ["huaiyin", "shizhong"])
def test_E_25_the_single_file_alone_with_script_off_shows_everything(
    chromium: Browser, carried: Built, tmp_path: Path, district: str
) -> None:
    name = next(n for n in carried.files if re.fullmatch(rf"offline/{district}-.*\.html", n))
    path = tmp_path / "收到的文件.html"
    path.write_bytes(carried.files[name])
    with offline_page(chromium, script=False) as (page, complaints):
        page.goto(path.as_uri())
        hidden = page.locator("main section, main table, main figure, main .chart-frame").evaluate_all(
            """all => all.filter(e => !e.closest("[data-search]") && !e.getClientRects().length)
                .map(e => e.tagName + " " + e.id + " " + e.className)"""
        )
        assert hidden == []
        assert page.locator("main section").count() > 40
        assert page.locator("main table").count() > 3
        assert page.locator("main svg").count() > 50
        assert page.locator("[data-search]").is_hidden()
        folded = page.locator("main details:not([open]):visible").count()
        assert folded == 0
        for link in page.locator(".single-contents a").all():
            target = link.get_attribute("href") or ""
            assert page.locator(f"[id='{target[1:]}']").count() == 1
        assert complaints == []


def test_the_single_file_searches_when_script_runs(chromium: Browser, carried: Built, tmp_path: Path) -> None:
    name = next(n for n in carried.files if re.fullmatch(r"offline/shizhong-.*\.html", n))
    path = tmp_path / "one.html"
    path.write_bytes(carried.files[name])
    with offline_page(chromium) as (page, complaints):
        page.goto(path.as_uri())
        page.fill("#search-q", "xzczjy")
        row = page.locator("[data-search-results] li[data-task]").first
        row.wait_for()
        task = row.get_attribute("data-task")
        row.locator("a.search-title").click()
        assert page.url.endswith(f"#{task}")
        assert page.locator(f"[id='{task}']").bounding_box()
        assert complaints == []


@pytest.mark.parametrize("mode", ["", "#mode=elder"])
@pytest.mark.parametrize("margin", ["0", "10mm", "20mm"])
@pytest.mark.parametrize("district", ["huaiyin", "shizhong"])
def test_the_printed_brief_has_two_pages_with_every_usual_margin(
    chromium: Browser, carried: Built, district: str, margin: str, mode: str
) -> None:
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto((carried.folder / district / "brief.html").as_uri() + mode)
    page.add_style_tag(content=f"@page brief {{ margin: {margin} !important }}")
    printed = page.pdf(prefer_css_page_size=True)
    context.close()
    with pdfplumber.open(io.BytesIO(printed)) as document:
        assert len(document.pages) == 2
        assert all(sheet.extract_words() for sheet in document.pages)


@pytest.mark.parametrize("district", ["huaiyin", "shizhong"])
def test_the_printed_brief_has_exactly_two_pages_and_nothing_is_cut(
    chromium: Browser, carried: Built, district: str
) -> None:
    page = chromium.new_page()
    page.goto((carried.folder / district / "brief.html").as_uri())
    wanted = page.locator(".brief tbody tr, .brief-list li").count()
    texts = page.locator(".brief tbody th, .brief-list a").all_inner_texts()
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    with pdfplumber.open(io.BytesIO(printed)) as document:
        assert len(document.pages) == 2
        seen = "".join(fold(sheet.extract_text()) for sheet in document.pages)
        for sheet in document.pages:
            right = max(word["x1"] for word in sheet.extract_words())
            bottom = max(word["bottom"] for word in sheet.extract_words())
            assert right <= sheet.width
            assert bottom <= sheet.height
    assert wanted == len(texts) > 10
    missing = [text for text in texts if not re.search(as_printed(fold(text)[:6]), seen)]
    assert missing == []


def fold(text: str) -> str:
    """Without blanks."""
    return "".join(text.split())


def as_printed(text: str) -> str:
    """A pattern for the text in a PDF, which names some characters by their radical."""
    return "".join(f"(?:{re.escape(char)}|[\u2e80-\u2fdf])" for char in text)


def test_every_department_brief_prints_on_one_page(chromium: Browser, carried: Built) -> None:
    heaviest = sorted(
        (n for n in carried.files if "/briefs/" in n and n.endswith(".html")),
        key=lambda name: -len(carried.files[name]),
    )[:6]
    assert heaviest
    page = chromium.new_page()
    for name in heaviest:
        page.goto((carried.folder / name).as_uri())
        with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as document:
            assert len(document.pages) == 1, name
    page.close()
