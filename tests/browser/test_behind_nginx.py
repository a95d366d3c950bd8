"""The site behind a real nginx with the settings that docs/nginx.conf gives. All data invented."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.audit.built import Built
from tests.browser.visits import few, visiting
from tests.paths import ROOT

_NGINX = shutil.which("nginx")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(_NGINX is None, reason="nginx is not installed: its settings are NOT tried"),
]
_SETTINGS = ROOT / "docs" / "nginx.conf"
_FRAME = """
daemon off; pid {folder}/pid; error_log {folder}/errors; worker_processes 1; {user}
events {{}}
http {{ access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
{server} }}
"""


@pytest.fixture(scope="module")
def served(sample: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the sample site behind nginx."""
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    shutil.copytree(sample.folder, folder / "site")
    server = _SETTINGS.read_text(encoding="utf-8")
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};").replace(
        "/srv/taizhang/output", str(folder / "site")
    )
    is_root = Path("/proc/self").stat().st_uid == 0
    text = _FRAME.format(folder=folder, server=server, user="user root;" if is_root else "")
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    assert _NGINX is not None
    process = subprocess.Popen([_NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    base = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(100):
            if _is_up(base):
                break
            time.sleep(0.1)
        yield base
    finally:
        process.terminate()
        process.wait(timeout=20)


def _is_up(base: str) -> bool:
    try:
        return ask(base)[0] == 200
    except OSError:
        return False


def ask(url: str, method: str = "GET") -> tuple[int, Mapping[str, str], bytes]:
    """Status, headers and body of an answer, whatever it is."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, dict(refused.headers), refused.read()


def test_every_answer_carries_the_policy_of_the_pages_and_keeps_out_of_frames(
    served: str, sample: Built
) -> None:
    told = re.search(rb'Content-Security-Policy" content="([^"]*)"', sample.files["index.html"])
    assert told is not None
    page = told[1].decode("utf-8").replace("&#39;", "'")
    for name in ("", "ceshi/index.html", "search.html", "nowhere.html"):
        status, headers, _ = ask(served + name)
        assert status == (404 if name == "nowhere.html" else 200)
        assert headers["Content-Security-Policy"] == f"{page}; frame-ancestors 'self'", name
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-cache"
        assert headers["Server"] == "nginx"


def test_a_missing_page_is_the_site_s_own_and_hidden_files_are_missing(served: str, sample: Built) -> None:
    for name in ("nowhere.html", ".taizhang-manifest.json", "ceshi/.x", "static/", "..%2fsite.yaml"):
        status, _, body = ask(served + name)
        assert status in (400, 404), name
        assert status == 400 or body == sample.files["404.html"], name
    for method in ("POST", "PUT", "DELETE"):
        assert ask(served, method)[0] == 405


def test_every_kind_of_file_has_its_type_and_editions_are_downloaded(served: str, sample: Built) -> None:
    kinds = {Path(name).suffix: name for name in sample.files if not name.startswith(".")}
    for suffix, name in kinds.items():
        status, headers, body = ask(served + name)
        assert status == 200, name
        assert body == sample.files[name], name
        assert headers["Content-Type"] != "application/octet-stream", suffix
        assert ("attachment" in headers.get("Content-Disposition", "")) == name.startswith("offline/"), name


def test_pages_work_under_the_policy(served: str, sample: Built, chromium: Browser) -> None:
    with visiting(chromium, served) as visit:
        for url in few(sample).values():
            visit.go(url)
        assert visit.complaints == []
