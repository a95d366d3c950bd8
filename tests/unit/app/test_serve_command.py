"""serve: own pages alone, errors over the last good site, nothing left at the end. All data invented."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.app.preview.preview_access import is_own_host, is_own_origin
from generator.app.preview.preview_markup import adapt_page, adapt_policy, format_problems
from tests.soak.preview import RunningPreview, measure, processes_of, run_preview, save_and_see, soak

TASK = "content/ceshi/2025/009.yaml"
PAGE = "ceshi/tasks/2025-009.html"


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"])
def test_names_of_this_machine_are_its_own(host: str) -> None:
    assert is_own_host(host, host="127.0.0.1", port=8000)
    assert is_own_origin(f"http://{host}", host="127.0.0.1", port=8000)


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example:8000", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8001", "10.0.0.7:8000", "", ":8000"),
        *(
            "localhost.evil.example:8000",
            "evil@127.0.0.1:8000",
            "127.0.0.1:8000/x",
            "[::1:8000",
            "127.0.0.1:x",
        ),
    ],
)
def test_other_names_are_refused(host: str) -> None:
    assert not is_own_host(host, host="127.0.0.1", port=8000)
    assert not is_own_origin(f"http://{host}", host="127.0.0.1", port=8000)


def test_listening_everywhere_takes_numbers_but_no_foreign_name() -> None:
    assert is_own_host("10.0.0.7:8000", host="0.0.0.0", port=8000)
    assert not is_own_host("evil.example:8000", host="0.0.0.0", port=8000)


@pytest.mark.parametrize("origin", ["null", "file://", "https://127.0.0.1:8000", "http://", "127.0.0.1:8000"])
def test_other_origins_are_refused(origin: str) -> None:
    assert not is_own_origin(origin, host="127.0.0.1", port=8000)


def test_a_policy_lets_in_the_preview_and_keeps_the_rest() -> None:
    told = adapt_policy("default-src 'none'; script-src 'sha256-x'; connect-src 'none'; img-src data:", "h:1")
    assert told == (
        "default-src 'none'; script-src 'sha256-x' 'self'; connect-src ws://h:1; img-src data:; "
        "style-src 'self'; base-uri 'self'"
    )


def test_a_page_tells_what_does_not_build_as_text() -> None:
    page = b"<html><head><title>x</title></head><body class='a'><p>y</p></body></html>"
    shown = adapt_page(page, host="h:1", problems=format_problems("!", ["a.yaml:3: <script>"]), at_top=True)
    assert b'<head><base href="/">' in shown
    assert b"<body class='a'><section" in shown
    assert b"a.yaml:3: &lt;script&gt;" in shown
    assert adapt_page(page, host="h:1", problems=b"").count(b"<script") == 1


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPreview]:
    with run_preview(tmp_path_factory.mktemp("preview")) as running:
        yield running


@pytest.mark.slow
@pytest.mark.xdist_group("preview")
def test_only_its_own_pages_are_answered(preview: RunningPreview) -> None:
    own = f"127.0.0.1:{preview.port}"
    for name in ("", PAGE, "static/site.css", "livereload.js", "livereload", "nowhere.html"):
        assert preview.ask(name, Host="evil.example")[0] == 403, name
        assert preview.ask(name, Host=own, Origin="http://evil.example")[0] == 403, name
        assert preview.ask(name, Origin="null")[0] == 403, name
        status, headers, _ = preview.ask(name, Origin=f"http://{own}")
        assert status == {"nowhere.html": 404, "livereload": 400}.get(name, 200)
        assert (headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    key = {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    assert preview.ask("livereload", Origin="file://", **upgrade, **key)[0] == 403


@pytest.mark.slow
@pytest.mark.xdist_group("preview")
def test_nothing_is_changed_by_asking_and_nothing_outside_is_shown(preview: RunningPreview) -> None:
    for name in (
        "forcereload",
        "forcereload?path=*",
        "../site.yaml",
        "%2e%2e/site.yaml",
        "..%2fsite.yaml",
        "%00",
    ):
        assert preview.ask(name)[0] in (200, 404), name
        assert "title:" not in preview.ask(name)[2]
    assert preview.ask("forcereload")[0] == 404
    for method in ("POST", "PUT", "DELETE"):
        assert preview.ask(method=method)[0] == 405


@pytest.mark.slow
@pytest.mark.xdist_group("preview")
def test_a_missing_page_is_the_site_s_own(preview: RunningPreview) -> None:
    status, _, text = preview.ask("nowhere/at/all.html")
    assert status == 404
    assert '<base href="/">' in text
    assert 'id="main"' in text


@pytest.mark.slow
@pytest.mark.xdist_group("preview")
def test_an_error_stands_over_the_last_good_site_until_it_is_mended(preview: RunningPreview) -> None:
    good = (preview.site / TASK).read_text(encoding="utf-8")
    save_and_see(preview, good, 1)
    save_and_see(preview, good, 2)
    assert f"{TASK}:" in preview.log.read_text(encoding="utf-8")
    assert "第1版" in preview.fetch(PAGE)
    save_and_see(preview, good, 3)


@pytest.mark.slow
@pytest.mark.xdist_group("preview")
def test_folders_that_come_and_go_are_watched(preview: RunningPreview) -> None:
    folder = preview.site / "templates"
    (folder / "pages").mkdir()
    (folder / "pages" / "not_found.html").write_text("{{", encoding="utf-8")
    preview.wait_for(lambda: "templates/pages/not_found.html:" in preview.fetch())
    shutil.rmtree(folder)
    preview.wait_for(lambda: "templates/pages/not_found.html:" not in preview.fetch())


@pytest.mark.slow
def test_many_saves_leave_nothing_and_end_as_a_clean_build(tmp_path: Path) -> None:
    first, last = soak(tmp_path, 8)
    assert last[1:] == first[1:], "handles or processes are left"
    assert last[0] < first[0] * 1.1 + 5_000, "memory grows"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_however_it_ends_no_process_is_left(number: signal.Signals, tmp_path: Path) -> None:
    with run_preview(tmp_path) as running:
        session = running.process.pid
        good = (running.site / TASK).read_text(encoding="utf-8")
        running.save(TASK, good.replace("title: 举办", "title: 办好"))
        running.wait_for(lambda: measure(session)[2] > 3)
        os.kill(session, number)
        running.process.wait(timeout=20)
    running.wait_for(lambda: not processes_of(session))
