"""The preview in a real Chromium, under the pages' own policy. All data invented."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import visiting
from tests.paths import TEMPLATES
from tests.soak.preview import RunningPreview, run_preview

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("preview")]
_TASK, _PAGE = "content/ceshi/2025/009.yaml", "ceshi/tasks/2025-009.html"
_STYLE = "templates/static/css/10-tokens.css"
_PATIENCE = 60_000


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPreview]:
    with run_preview(tmp_path_factory.mktemp("preview")) as running:
        yield running


def test_a_save_shows_by_itself_and_an_error_stands_over_the_page(
    preview: RunningPreview, chromium: Browser
) -> None:
    good = (preview.site / _TASK).read_text(encoding="utf-8")
    with visiting(chromium, preview.url()) as visit:
        page = visit.go(_PAGE)
        for name, shown in (("改一次", "h1:has-text('改一次')"), ("再改一次", "h1:has-text('再改一次')")):
            preview.save(_TASK, good.replace("title: ", f"title: {name}", 1))
            page.wait_for_selector(shown, timeout=_PATIENCE)
        preview.save(_TASK, "id: [\n")
        problems = page.wait_for_selector("#taizhang-problems", timeout=_PATIENCE)
        assert problems is not None
        assert f"{_TASK}:" in problems.inner_text()
        assert problems.evaluate("e => getComputedStyle(e).position") == "sticky", "its style is not let in"
        assert page.locator("h1:has-text('再改一次')").count() == 1
        preview.save(_TASK, good)
        page.wait_for_selector("#taizhang-problems", state="detached", timeout=_PATIENCE)
        assert [each for each in visit.complaints if not each.endswith("/livereload")] == []


def test_a_style_sheet_is_put_in_without_loading_the_page_again(
    preview: RunningPreview, chromium: Browser
) -> None:
    sheet = preview.site / _STYLE
    sheet.parent.mkdir(parents=True, exist_ok=True)
    with visiting(chromium, preview.url()) as visit:
        page = visit.go(_PAGE)
        page.evaluate("window.kept = true")
        shutil.copyfile(TEMPLATES / _STYLE.removeprefix("templates/"), sheet)
        with sheet.open("a", encoding="utf-8") as stream:
            stream.write("body { border-top: 7px solid; }\n")
        width = "getComputedStyle(document.body).borderTopWidth"
        preview.wait_for(lambda: page.evaluate(width) == "7px")
        assert page.evaluate("window.kept") is True
    shutil.rmtree(preview.site / "templates")


def test_a_page_elsewhere_can_neither_read_nor_listen(preview: RunningPreview, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto("data:text/html,<title>x</title>")
    answer = page.evaluate("url => fetch(url).then(r => r.text(), () => 'refused')", preview.url(_PAGE))
    assert answer == "refused"
    listens = """url => new Promise(done => {
      const socket = new WebSocket(url);
      socket.onopen = () => done('open'); socket.onerror = () => done('refused'); })"""
    assert page.evaluate(listens, f"ws://127.0.0.1:{preview.port}/livereload") == "refused"
    context.close()


def test_the_policy_still_holds_in_the_preview(preview: RunningPreview, chromium: Browser) -> None:
    with visiting(chromium, preview.url()) as visit:
        page = visit.go(_PAGE)
        page.evaluate("""() => {
          const script = document.createElement('script');
          script.textContent = 'window.ran = 1'; document.body.append(script); }""")
        assert page.evaluate("window.ran") is None
