"""Reading does not hang on words: without the lexicon's words for one table's headings it is read alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from generator.base.errors import TaizhangError
from generator.ingest.draft import make_draft
from generator.ingest.layout import heading_likeness, heading_roles
from generator.ingest.layout.heading_roles import normal_heading
from generator.language import lexicon
from generator.language.lexicon import LexiconEntry
from generator.model import District, Task, parse_period
from generator.sources import read_here
from generator.sources.document import Paragraph
from tests.layouts.unseen_tables import ALL, Drawn

_DISTRICT = District(id="ceshi", name="测试区")
_LOAD = lexicon.load
_LONGEST = 16


def _forget() -> None:
    """Nothing that was learned from the words stays."""
    heading_roles.heading_role.cache_clear()
    heading_roles._lexicon_roles.cache_clear()
    heading_likeness.heading_evidence.cache_clear()
    heading_likeness.likeness.cache_clear()
    heading_likeness._trained.cache_clear()


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    yield
    _forget()


def _words(drawn: Drawn) -> frozenset[str]:
    """Every short text of the file that the lexicon has as a heading."""
    blocks = read_here(drawn[1], drawn[0]).blocks
    texts = (t.text for b in blocks for t in ([b] if isinstance(b, Paragraph) else b.cells))
    lines = {normal_heading(line) for text in texts for line in text.split("\n") if len(line) <= _LONGEST}
    return frozenset(lines)


def _tasks(drawn: Drawn) -> tuple[Task, ...]:
    try:
        return make_draft(drawn[1], drawn[0], district=_DISTRICT, period=parse_period("2025Q2")).tasks
    except TaizhangError:
        return ()


def test_leaving_out_the_words_of_one_table_changes_few_of_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = rows = left_out = 0
    for draw in ALL:
        drawn = draw()
        _forget()
        usual, words = _tasks(drawn), _words(drawn)

        def load(name: str, words: frozenset[str] = words) -> Mapping[str, tuple[LexiconEntry, ...]]:
            if name != "headings":
                return _LOAD(name)
            return {
                role: tuple(entry for entry in entries if normal_heading(entry.word) not in words)
                for role, entries in _LOAD(name).items()
            }

        with monkeypatch.context() as patch:
            patch.setattr(lexicon, "load", load)
            _forget()
            left_out += sum(map(len, _LOAD("headings").values())) - sum(map(len, load("headings").values()))
            without = _tasks(drawn)
        rows += len(usual)
        changed += sum(task not in without for task in usual)
    assert left_out >= len(ALL), "most tables print words of the lexicon"
    assert changed <= 0.05 * rows, f"{changed} of {rows} rows"
