"""The lexicon: every entry is well formed, and stands in the example it gives."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from generator.language.lexicon import LexiconEntry, list_entries, load, make_pattern, parse_lexicon

NAMES = sorted(
    p.name.removesuffix(".yaml") for p in files(load.__module__).iterdir() if p.name.endswith(".yaml")
)
ENTRIES = [(name, group, entry) for name in NAMES for group in load(name) for entry in load(name)[group]]


def test_every_word_stands_in_its_example() -> None:
    lost = [
        f"{name}.{group}: {entry.word}"
        for name, group, entry in ENTRIES
        if entry.example and not re.search(entry.pattern, entry.example)
    ]
    assert lost == []


def test_every_group_of_words_finds_its_own_examples() -> None:
    groups = {(name, group) for name, group, _ in ENTRIES}
    for name, group in sorted(groups):
        found = re.compile(make_pattern(name, group))
        for entry in list_entries(name, group):
            assert not entry.example or found.search(entry.example), f"{name}.{group}: {entry.word}"


@pytest.mark.parametrize(
    ("entry", "text", "found"),
    [
        (LexiconEntry(word="待", not_after=("接", "招"), not_before=("遇",)), "接待、待遇、待建", [6]),
        (LexiconEntry(word="前{n}个月"), "前三个月和前11个月", [0, 5]),
        (LexiconEntry(word="{n}{to}{n}月"), "1—6月、1-9月", [0, 5]),
        (LexiconEntry(word="完成（含）"), "完成（含）、完成", [0]),
    ],
)
def test_a_word_is_found_with_its_slots_and_not_beside_its_guards(
    entry: LexiconEntry, text: str, found: list[int]
) -> None:
    assert [match.start() for match in re.finditer(entry.pattern, text)] == found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\n  建成: 已建成\n  建成: 已建成\n", "x.yaml:3: “建成” stands twice"),
        ("a:\n  建成:\n", "x.yaml:2: “建成” needs an example or a source"),
        ("a:\n  建成: {example: 已建成, sauce: 表}\n", "x.yaml:2: unknown key sauce"),
        ("- 建成\n", "x.yaml:1: expected a mapping"),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_lexicon("x", text)
