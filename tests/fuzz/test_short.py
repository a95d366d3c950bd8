"""The short form of the fuzz run: a few dozen damaged files of each format."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from fuzz.fuzz_sources import FORMATS, run

SHORT = {"doc": 3, "pdf": 40}
"""Formats whose inputs are slow; all others get sixty."""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="inputs are read in forked processes")
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_damaged_files_end_in_a_document_or_in_our_own_error(kind: str) -> None:
    counts = run(kind, SHORT.get(kind, 60), seed=7, keep=None)
    assert Counter(counts) - Counter(document=10_000, refused=10_000) == Counter()
    assert counts["refused"] > 0
