"""What the documents name is there, and what the code cites can be opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tests.paths import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(
    [*ROOT.glob("*.md"), *DOCS.glob("*.md"), *ROOT.glob("examples/*.md"), *ROOT.glob(".github/**/*.md")]
)
CODE = sorted([*ROOT.glob("generator/**/*.py"), *ROOT.glob("tests/**/*.py")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = r"(?:[\w.-]+/)*[\w.-]+\.(?:py|html|js|css|md|txt|toml|lock)"
NAMED = re.compile(rf"`({PATH}|(?:generator|templates|tests|docs)/[\w/.-]*)`")
CITED = re.compile(r"(?<![\w/])((?:docs/)?[\w.-]+\.md)(?: ([A-H]-\d\d))?")
RULE = re.compile(r"^\| ([A-H]-\d\d) \|", re.M)
FOLDERS = ("generator", "templates", "tests", "docs")
MADE = {"打开说明.txt", "MANIFEST.txt", "robots.txt", "output/index.html", "index.html", "brief.html"}
MADE |= {"vega.js", "chart-kinds.js"}
"""Files of a built site, named by documents."""
READS_MARKDOWN = {"formats", "layouts", "cases", "fuzz", "year", "sources", "bench"}
"""Where Markdown is a format of tables."""


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_links_lead_somewhere() -> None:
    assert [fault for page in PAGES for fault in _dead_links(page)] == []


def _dead_links(page: Path) -> Iterator[str]:
    for link in LINK.findall(text_of(page)):
        target = unquote(link.partition("#")[0])
        if target and ":" not in target and not (page.parent / target).exists():
            yield f"{page.name}: {link}"


def test_files_that_documents_name_exist() -> None:
    known = {p.relative_to(ROOT).as_posix() for folder in FOLDERS for p in (ROOT / folder).rglob("*")}
    known |= {path.name for path in ROOT.iterdir()} | MADE
    named = [(page.name, name) for page in PAGES for name in NAMED.findall(text_of(page))]
    assert [f"{page}: {name}" for page, name in named if not _is_known(name, known)] == []


def _is_known(name: str, known: set[str]) -> bool:
    """Whether a path ends so: ``figures/assessment.py`` is generator/figures/assessment.py."""
    plain = name.rstrip("/")
    return any(path == plain or path.endswith(f"/{plain}") for path in known)


def test_every_promise_names_tests_that_there_are() -> None:
    rows = re.findall(r"^\| (?!promise|---)(.+?) \| (.+?) \|", text_of(DOCS / "trust.md"), re.M)
    assert len(rows) > 20
    unproved, missing = [], []
    for promise, proofs in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", proofs)
        unproved += [] if named else [promise]
        missing += [f"{file}::{name}" for file, name in named if not _has_test(ROOT / file, name)]
    assert (unproved, missing) == ([], [])


def _has_test(path: Path, name: str) -> bool:
    return path.is_file() and (not name or f"def {name}(" in text_of(path))


def test_targets_that_the_promises_name_exist() -> None:
    made = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.M))
    assert set(re.findall(r"`make ([a-z-]+)`", text_of(DOCS / "trust.md"))) <= made


def test_documents_that_code_cites_exist() -> None:
    known = {path.name for path in PAGES}
    code = [path for path in CODE if not READS_MARKDOWN & set(path.parts)]
    cited = [(path.name, name) for path in code for name, _ in CITED.findall(text_of(path))]
    assert [f"{path}: {name}" for path, name in cited if Path(name).name not in known] == []


def test_rules_that_code_cites_are_written_down() -> None:
    known = set(RULE.findall(text_of(DOCS / "government-pages.md")))
    assert sorted(known) == sorted(set(RULE.findall(text_of(DOCS / "government-checks.md"))))
    cited = {rule for path in CODE for _, rule in CITED.findall(text_of(path)) if rule}
    assert cited
    assert cited <= known


def test_the_index_names_every_document() -> None:
    named = set(LINK.findall(text_of(DOCS / "index.md")))
    assert {path.name for path in DOCS.glob("*.md")} - {"index.md"} <= named
