"""Options that all tests share."""

from __future__ import annotations

import os

import hypothesis
import pytest

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
