"""The tests themselves: each stands in the room it tests, once, and asks for nothing private."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.paths import ROOT, TESTS

FILES = sorted(TESTS.rglob("*.py"))
ROOMS = {path.name for path in (ROOT / "generator").iterdir() if path.is_dir() and path.name != "__pycache__"}


def test_a_unit_test_stands_in_the_room_that_it_tests() -> None:
    unit = TESTS / "unit"
    folders = {path.relative_to(unit).parts[0] for path in unit.rglob("test_*.py")}
    assert folders <= ROOMS, "move it into tests/unit/<room>"


def test_a_test_file_has_a_name_of_its_own() -> None:
    names = Counter(path.name for path in FILES if path.name.startswith("test_"))
    assert [name for name, count in names.items() if count > 1] == []


def test_no_test_asks_for_a_private_name() -> None:
    assert [fault for path in FILES for fault in _private_names(path)] == []


def _private_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("generator", "tests")):
            yield from (f"{path.name}:{node.lineno} {a.name}" for a in node.names if a.name.startswith("_"))


def test_tasks_are_built_in_one_place() -> None:
    """A test that needs another task asks the builders, or replaces a field of theirs."""
    built = {"Target", "Actual", "Update", "Task"}
    found = {path.name: len(list(_calls(path, built))) for path in FILES if path.name not in OWN_TASKS}
    assert {name: count for name, count in found.items() if count} == {}


OWN_TASKS = {
    "builders.py",
    "chart_cases.py",  # a whole report of its own: every kind of target in every standing
    "two_periods.py",  # a whole site of its own: every number told apart from every other
    "test_chart_layout.py",  # draws every field at random
}


def _calls(path: Path, names: set[str]) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node.lineno
