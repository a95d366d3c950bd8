"""The short form of the fuzz run: a few dozen damaged files of each format."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.fuzz.fuzz_sources import FORMATS, inputs, outcome

SHORT = {"pdf": 30}
"""Formats whose inputs are slow; all others get sixty."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_damaged_files_end_in_a_document_or_in_our_own_error(kind: str) -> None:
    counts = Counter(outcome(one, kind) for one in inputs(kind, SHORT.get(kind, 60), seed=7))
    assert set(counts) <= {"document", "refused"}
    assert counts["refused"] > 0
