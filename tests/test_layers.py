"""The table in docs/architecture.md holds: who imports whom, and which room owns which package.

Every import counts, also inside functions and under TYPE_CHECKING.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "generator"
ROW = re.compile(r"^\| `(?P<room>\w+)`(?: \[(?P<owns>[^\]]*)\])? \| [^|]* \| (?P<may>[^|]*) \|$", re.M)
FREE = {"markupsafe"}
"""A type (safe markup), not a concept: any room above prose may name it."""


def read_table() -> dict[str, tuple[set[str], set[str]]]:
    """Room → (packages it owns, rooms it may import), from the document."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table: dict[str, tuple[set[str], set[str]]] = {}
    for match in ROW.finditer(text):
        owns = {o.strip().split(".")[0] for o in (match["owns"] or "").split(",") if o.strip()}
        words = match["may"]
        if "all above" in words:
            but = (
                set(re.findall(r"but (.*)", words)[0].replace(" and ", ",").split(","))
                if "but" in words
                else set()
            )
            may = set(table) - {b.strip() for b in but}
        else:
            may = {w.strip() for w in words.split(",")} & (set(table) | {w.strip() for w in words.split(",")})
        table[match["room"]] = (owns, may)
    return table


def room_of(path: Path) -> str:
    """First part below generator/."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Every imported module with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the import in full"
            if node.module == "generator":
                for alias in node.names:
                    yield f"generator.{alias.name}", node.lineno
            else:
                yield node.module or "", node.lineno


TABLE = read_table()
FILES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__main__.py" and p != PACKAGE / "__init__.py")


def test_every_room_stands_in_the_table() -> None:
    assert {room_of(p) for p in FILES} == set(TABLE)


def test_the_table_has_no_circle() -> None:
    above: set[str] = set()
    for room, (_, may) in TABLE.items():
        assert may - {"–"} <= above, f"{room} may import a room below itself: {may - above}"
        above.add(room)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_imports_only_from_the_rooms_its_row_names(path: Path) -> None:
    room = room_of(path)
    allowed = TABLE[room][1] | {room}
    wrong = []
    for module, line in imports_of(path):
        parts = module.split(".")
        if (
            parts[0] == "generator"
            and len(parts) > 1
            and parts[1] != "__version__"
            and parts[1] not in allowed
        ):
            wrong.append(f"{path.name}:{line} imports {module}")
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_package_is_imported_only_by_the_rooms_that_own_it(path: Path) -> None:
    owned = {package for owns, _ in TABLE.values() for package in owns}
    mine = TABLE[room_of(path)][0] | FREE
    wrong = []
    for module, line in imports_of(path):
        package = module.split(".")[0]
        if package in owned and package not in mine:
            wrong.append(f"{path.name}:{line} imports {module}")
    assert not wrong


def test_every_foreign_package_has_an_owner() -> None:
    import sys

    owned = {package for owns, _ in TABLE.values() for package in owns} | FREE
    foreign = {m.split(".")[0] for p in FILES for m, _ in imports_of(p)} - set(sys.stdlib_module_names)
    assert foreign - {"generator"} <= owned
