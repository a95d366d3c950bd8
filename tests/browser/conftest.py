"""The sites that a real Chromium looks at."""

from __future__ import annotations

from tests.audit.fixtures import built, english, official, real, sample, shared_folder

__all__ = ["built", "english", "official", "real", "sample", "shared_folder"]
