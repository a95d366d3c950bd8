"""Texts kept in the repository that the program must give again."""

from __future__ import annotations

from pathlib import Path

import pytest


def hold_golden(path: Path, text: str, *, update: bool) -> None:
    """Fail where ``text`` is not the file's; with ``update`` write it instead, and judge nothing."""
    known = path.read_text(encoding="utf-8") if path.exists() else None
    if text != known and update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        pytest.skip(f"{path.name} is rewritten: look at it, then run without --update")
    assert known is not None, f"{path.name} is missing: run with --update and look at it"
    assert text == known, f"{path.name} changed: look at it, then run with --update"
