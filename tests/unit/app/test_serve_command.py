"""serve: a failed rebuild is told and the last good site stays up. All data invented."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.paths import SAMPLE


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return str(answer.read().decode("utf-8"))


def wait_for(ready: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if ready():  # type: ignore[operator]
                return
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail("the preview did not answer in time")


@pytest.mark.slow
def test_a_change_is_rebuilt_and_an_error_leaves_the_last_good_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(SAMPLE, site)
    port, log = free_port(), tmp_path / "log.txt"
    command = [sys.executable, "-m", "generator", "--root", str(site), "serve", "--port", str(port)]
    with log.open("w", encoding="utf-8") as stream:
        server = subprocess.Popen(command, stdout=stream, stderr=stream)
    try:
        page = f"http://127.0.0.1:{port}/ceshi/tasks/2025-009.html"
        wait_for(lambda: "举办群众文化活动" in fetch(page))
        task = site / "content/ceshi/2025/009.yaml"
        good = task.read_text(encoding="utf-8")
        task.write_text(good.replace("title: 举办群众文化活动", "title: 办好群众文化活动"), encoding="utf-8")
        wait_for(lambda: "办好群众文化活动" in fetch(page))
        task.write_text("id: [\n", encoding="utf-8")
        wait_for(lambda: "content/ceshi/2025/009.yaml:" in log.read_text(encoding="utf-8"))
        assert "办好群众文化活动" in fetch(page)
    finally:
        server.terminate()
        server.wait(timeout=10)
