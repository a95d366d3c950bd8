"""The sites under test, for the tests that need no browser."""

from __future__ import annotations

from tests.audit.fixtures import (
    built,
    english,
    official,
    real,
    sample,
    shared_folder,
    two_periods,
    two_periods_english,
)

__all__ = [
    "built",
    "english",
    "official",
    "real",
    "sample",
    "shared_folder",
    "two_periods",
    "two_periods_english",
]
