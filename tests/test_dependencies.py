"""docs/dependencies.md says what is true: of pyproject.toml, of the lock, of the imports, of the licences.

The table of what libraries bring along is written by ``--update``.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import metadata

import pytest

from tests.golden.golden_files import hold_golden
from tests.paths import ROOT
from tests.test_layers import measure_uses

PAGE = ROOT / "docs" / "dependencies.md"
MARK = "## Brought along by these\n"
NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")
TOOLS = {"mypy", "oxlint", "pytest-timeout", "pytest-xdist", "ruff"}
"""Run, not imported."""


def normal(name: str) -> str:
    """Name of a distribution as registries compare it: ruamel.yaml → ruamel-yaml."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names_of(requirements: Iterable[str]) -> set[str]:
    """Distributions of a list of requirements, those of extras left out."""
    plain = (text for text in requirements if "extra ==" not in text)
    return {normal(match[0]) for text in plain if (match := NAME.match(text))}


@cache
def declared() -> tuple[set[str], set[str]]:
    """What pyproject.toml asks for: to run, and to test."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return names_of(project["dependencies"]), names_of(project["optional-dependencies"]["dev"])


@cache
def locked() -> set[str]:
    """Every distribution of requirements.lock."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return names_of(line for line in lines if "==" in line)


@cache
def rows() -> dict[str, set[str]]:
    """Library → rooms, as the first table of the page says."""
    text = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    found = re.findall(r"^\| ([\w.-]+) \| ([^|]+) \| [^|]+ \| [^|]+ \|$", text, re.M)
    return {normal(name): set(rooms.split(", ")) - {"–"} for name, rooms in found if name != "library"}


@cache
def imported() -> dict[str, set[str]]:
    """Distribution → rooms that import it."""
    owners = metadata.packages_distributions()
    found: dict[str, set[str]] = defaultdict(set)
    for room, (packages, _) in measure_uses().items():
        for package in packages:
            found[normal(owners[package][0])].add(room)
    return found


def test_the_page_names_what_is_asked_for_and_who_imports_it() -> None:
    assert set(rows()) == declared()[0]
    free = {"markupsafe"}  # a type that any room may name
    assert {n: r for n, r in rows().items() if r and n not in free} == imported()


def test_what_is_imported_is_asked_for() -> None:
    assert set(imported()) <= declared()[0]


def test_every_library_for_tests_is_named_and_used() -> None:
    dev = declared()[1]
    text = normal(PAGE.read_text(encoding="utf-8"))
    assert {name for name in dev if name not in text} == set()
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    used = re.findall(r"^\s*(?:from|import) (\w+)", sources, re.M)
    owners = metadata.packages_distributions()
    named = {normal(owner) for package in used for owner in owners.get(package, [])}
    stubs = {name for name in dev if name.startswith("types-") or name.endswith("-stubs")}
    assert dev - named - stubs == TOOLS


def licence(name: str) -> str:
    """What a distribution says of its licence, in a word."""
    about = metadata.metadata(name)
    classes = [c.split(" :: ")[-1] for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
    plain = (about["License"] or "").split("\n")[0] if "License" in about else ""
    found: str = about["License-Expression"] or (classes[0] if classes else plain)
    return found.removesuffix(" License").removesuffix(" Software")


def brought_along() -> str:
    """The table of what libraries bring along: Markdown."""
    needed: dict[str, set[str]] = defaultdict(set)
    for name in locked():
        for other in names_of(metadata.requires(name) or []) & locked():
            needed[other].add(name)
    others = sorted(locked() - declared()[0])
    lines = ["", "| library | licence | for |", "|---|---|---|"]
    lines += [f"| {name} | {licence(name)} | {', '.join(sorted(needed[name]))} |" for name in others]
    lines += ["", "Licences of those asked for:", ""]
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(declared()[0]):
        groups[licence(name)].append(name)
    lines += [f"- {kind}: {', '.join(names)}" for kind, names in sorted(groups.items())]
    return "\n".join(lines) + "\n"


def test_the_page_lists_what_is_brought_along_with_its_licence(request: pytest.FixtureRequest) -> None:
    head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    hold_golden(PAGE, head + MARK + brought_along(), update=request.config.getoption("--update"))
