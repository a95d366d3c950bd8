"""The sites whose pages are kept."""

from __future__ import annotations

from tests.audit.fixtures import official, sample, shared_folder

__all__ = ["official", "sample", "shared_folder"]
