"""Options that all tests share, and the one browser of a run: two at once do not go."""

from __future__ import annotations

import os
from collections.abc import Iterator

import hypothesis
import pytest
from playwright.sync_api import Browser

from tests.browser.visits import NAMES, browsing, find_chromium

# Seconds an example say how busy the machine is; a reading that never ends meets the timeout of the suite.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
# The same examples at each hand-over: chance finds faults on machines of developers, who write them down.
hypothesis.settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update`` rewrites golden files; never used in CI."""
    parser.addoption("--update", action="store_true", help="rewrite golden files and expected messages")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse ``--update`` where nobody looks at what is written."""
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("--update rewrites golden files for a person to look at; CI is set")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium. Without one the tests are skipped, and fail where CI is set."""
    path = find_chromium()
    if path is None:
        reason = f"没有找到 Chromium（找过 {'、'.join(NAMES)}）；请安装，或用环境变量 CHROMIUM 指明路径"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with browsing(path) as browser:
        yield browser
