"""Where the tests find the repository, its templates and the invented district."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
SAMPLE = TESTS / "sample"
TEMPLATES = ROOT / "templates"
CATALOGUES = TEMPLATES / "words"
