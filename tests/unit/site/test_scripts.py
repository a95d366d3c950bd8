"""The site's scripts keep one dialect: `.oxlintrc.json` says which, oxlint reads them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
OXLINT = Path(sys.executable).with_name("oxlint")


def lint(path: Path) -> subprocess.CompletedProcess[str]:
    """What oxlint says of a file or folder, by this repository's rules."""
    return subprocess.run(
        [OXLINT, "-c", ROOT / ".oxlintrc.json", path], capture_output=True, text=True, check=False
    )


def test_the_scripts_keep_the_rules() -> None:
    said = lint(ROOT / "templates/static")
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("var cards = 1; window.cards = cards;", "no-var"),
        ("function show() { return 1; } window.show = show;", "func-style"),
        ("window.name = 'a' + window.size + 'b';", "prefer-template"),
        ("window.name = window.size?.name;", "no-optional-chaining"),
        ("window.name = undeclared;", "no-undef"),
    ],
)
def test_another_dialect_is_told(tmp_path: Path, line: str, rule: str) -> None:
    script = tmp_path / "other.js"
    script.write_text(line + "\n")
    said = lint(script)
    assert said.returncode == 1, said.stdout
    assert rule in said.stdout
