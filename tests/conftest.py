"""Options that all tests share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update`` rewrites golden files; never used in CI."""
    parser.addoption("--update", action="store_true", help="rewrite golden files and expected messages")
