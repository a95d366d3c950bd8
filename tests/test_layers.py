"""The table in docs/architecture.md is what the code does: who imports whom, which room uses which package.

Exactly: a grant that nothing uses is a fault like an import that nothing grants. Every import counts, also
inside functions and under TYPE_CHECKING. A row names a room (``figures``), a wing (``sources/pdf``) or one
module (``site/rendering``); a file belongs to the longest row that holds it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.paths import ROOT

PACKAGE = ROOT / "generator"
ROW = re.compile(r"^\| `(?P<room>[\w/]+)`(?: \[(?P<owns>[^\]]*)\])? \| [^|]* \| (?P<may>[^|]*) \|$", re.M)
FREE = {"markupsafe"}
"""A type (safe markup), not a concept: any room may name it."""
Table = dict[str, tuple[set[str], set[str]]]
"""Room → (packages it imports, rooms it imports), in the order of the document."""


def read_table() -> Table:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return {
        match["room"]: (_names(match["owns"] or ""), _names(match["may"]) - {"–"})
        for match in ROW.finditer(text)
    }


def _names(listed: str) -> set[str]:
    return {name.strip() for name in listed.split(",") if name.strip()}


def module_files() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE)


def room_of(module: str, rooms: list[str]) -> str | None:
    """Longest of ``rooms`` that holds the module ``generator.a.b``; None for the package itself."""
    parts = module.split(".")[1:]
    tails = ("/".join(parts[:size]) for size in range(len(parts), 0, -1))
    return next((tail for tail in tails if tail in rooms), None)


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports; of ``from package import name`` the module if ``name`` is one."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the import in full"
            yield from (_imported(node.module or "", alias.name) for alias in node.names)


def _imported(module: str, name: str) -> str:
    target = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if target.is_dir() or target.with_suffix(".py").is_file() else module


@cache
def measure_uses() -> Table:
    """The table as the code has it."""
    rooms = list(read_table())
    uses: Table = {room: (set(), set()) for room in rooms}
    for path in module_files():
        room = room_of(_module(path), rooms)
        assert room is not None, f"{path.relative_to(ROOT)} stands in no row of the table"
        packages, others = uses[room]
        for module in imports_of(path):
            top = module.split(".")[0]
            if top == "generator":
                others.update({room_of(module, rooms)} - {None, room})  # type: ignore[arg-type]
            elif top not in sys.stdlib_module_names and top not in FREE:
                packages.add(top)
    return uses


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_every_folder_of_the_house_stands_in_the_table() -> None:
    rooms = {room.split("/")[0] for room in read_table()}
    assert rooms == {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"}


def test_a_room_imports_the_rooms_its_row_names_and_no_others() -> None:
    told = {room: sorted(may) for room, (_, may) in read_table().items()}
    used = {room: sorted(may) for room, (_, may) in measure_uses().items()}
    assert told == used


def test_a_room_imports_the_packages_its_row_names_and_no_others() -> None:
    told = {room: sorted(owns) for room, (owns, _) in read_table().items()}
    used = {room: sorted(owns) for room, (owns, _) in measure_uses().items()}
    assert told == used


DOORS = ("ingest/numbers", "ingest/review", "ingest/update")
"""Wings that are entered by what their ``__init__`` exports and in no other way."""


def test_a_wing_is_entered_by_its_door() -> None:
    rooms = list(read_table())
    found = []
    for path in module_files():
        own = room_of(_module(path), rooms)
        for module in imports_of(path):
            wing = room_of(module, rooms)
            if wing in DOORS and wing != own and module.split(".")[1:] != wing.split("/"):
                found.append(f"{path.relative_to(ROOT)} imports {module}")
    assert found == []


def test_the_table_has_no_circle() -> None:
    above: set[str] = set()
    for room, (_, may) in read_table().items():
        assert may <= above, f"{room} imports what stands below it: {sorted(may - above)}"
        above.add(room)


def test_no_module_is_in_a_circle() -> None:
    arrows: dict[str, set[str]] = defaultdict(set)
    known = {_module(path) for path in module_files()}
    for path in module_files():
        arrows[_module(path)] = {m for m in imports_of(path) if m in known and m != _module(path)}
    for start in known:
        assert start not in _reached(start, arrows), f"{start} imports itself by way of others"


def _reached(start: str, arrows: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = list(arrows[start])
    while todo:
        module = todo.pop()
        if module not in found:
            found.add(module)
            todo += arrows[module]
    return found


def test_a_module_name_stands_once_in_the_house() -> None:
    names = Counter(path.stem for path in module_files() if path.name != "__init__.py")
    assert [name for name, count in names.items() if count > 1] == []


def test_a_class_name_stands_once_in_the_house() -> None:
    names: Counter[str] = Counter()
    for path in module_files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names.update(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert [name for name, count in names.items() if count > 1] == []


def test_a_function_is_a_screen_long_at_most() -> None:
    lengths = {}
    for path in module_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths[f"{path.stem}.{node.name}:{node.lineno}"] = (node.end_lineno or 0) - node.lineno + 1
    assert [name for name, length in lengths.items() if length > 50] == []
