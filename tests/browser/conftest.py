"""A real Chromium, and the sites it looks at."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.audit.fixtures import built, english, official, real, sample, shared_folder
from tests.browser.visits import FLAGS, NAMES, find_chromium

__all__ = ["built", "english", "official", "real", "sample", "shared_folder"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium. Without one the tests are skipped, and fail where CI is set."""
    path = find_chromium()
    if path is None:
        reason = f"没有找到 Chromium（找过 {'、'.join(NAMES)}）；请安装，或用环境变量 CHROMIUM 指明路径"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, headless=True, args=list(FLAGS), chromium_sandbox=False
        )
        yield browser
        browser.close()
