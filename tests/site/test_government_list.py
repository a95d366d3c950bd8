"""docs/government-checks.md tells the truth: a row for every rule, a test for every one said to be tested."""

from __future__ import annotations

import re

from tests.paths import ROOT, TESTS

COUNTS = {"A": 26, "B": 21, "C": 15, "D": 12, "E": 29, "F": 14, "G": 10, "H": 9}
ROW = re.compile(r"^\| ([A-H]-\d\d) \| ([^|]+) \| ([^|]+) \|$", re.M)


def read_rows() -> dict[str, str]:
    """Id → what is said of its test."""
    text = (ROOT / "docs" / "government-checks.md").read_text(encoding="utf-8")
    return {match[1]: match[3] for match in ROW.finditer(text)}


def read_named() -> set[str]:
    """Ids in the names of tests."""
    found: set[str] = set()
    for path in TESTS.rglob("test_*.py"):
        for name in re.findall(r"^ *def (test_\w+)", path.read_text(encoding="utf-8"), re.M):
            found |= {f"{a}-{b}" for a, b in re.findall(r"(?<![A-Za-z])([A-H])_(\d\d)(?!\d)", name)}
    return found


def test_every_rule_has_a_row() -> None:
    assert list(read_rows()) == [f"{letter}-{i:02d}" for letter, n in COUNTS.items() for i in range(1, n + 1)]


def test_every_rule_said_to_be_tested_has_a_test_of_its_name() -> None:
    said = {rule for rule, how in read_rows().items() if how.startswith(("yes", "weights yes"))}
    assert said - read_named() == set()
    assert read_named() - said == set()


def test_every_file_named_exists() -> None:
    files = [name for how in read_rows().values() for name in re.findall(r"`(tests/[^`]+)`", how)]
    assert files
    assert [name for name in files if not (ROOT / name).exists()] == []


def unexplained(rows: dict[str, str]) -> list[str]:
    """Rules that are neither tested, nor tested in a file that is named, nor left out for a reason."""
    return [rule for rule, how in rows.items() if not _is_explained(how)]


def _is_explained(how: str) -> bool:
    if how.startswith(("yes", "weights yes")) or re.search(r"`(docs|tests)/[^`]+`", how):
        return True
    word, colon, reason = how.partition(":")
    return word in ("no", "no test of its own") and bool(colon) and len(reason.split()) >= 4


def test_what_is_not_tested_says_why() -> None:
    assert unexplained(read_rows()) == []
    bad = {
        "A-01": "no",
        "A-02": "no: later",
        "A-03": "perhaps",
        "A-04": "",
        "A-05": "not here: nobody asked for it",
    }
    assert unexplained(bad) == list(bad)
