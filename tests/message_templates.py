"""Every template of a message in the program, found in its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.paths import ROOT


def find_templates() -> dict[str, str]:
    """Template → the first place that has it."""
    found: dict[str, str] = {}
    for path in sorted({*(ROOT / "generator").rglob("*.py")} - {ROOT / "generator/base/messages.py"}):
        for template, line in _templates(path):
            found.setdefault(template, f"{path.relative_to(ROOT)}:{line}")
    return found


def _templates(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message"):
            continue
        if not node.args or any(isinstance(each, ast.Starred) for each in node.args):
            continue
        (template,) = node.args
        assert isinstance(template, ast.Constant), f"{path}:{node.lineno}: a template is written out"
        yield str(template.value), node.lineno


def find_names(template: str) -> list[str]:
    """Placeholders with their formats, sorted."""
    return sorted(re.findall(r"\{[a-z_]+(?::[^{}]*)?\}", template))
