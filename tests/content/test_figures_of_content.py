"""The real content: every figure stands on its words, and is what the rules read or a person decided."""

from __future__ import annotations

import pytest

from generator import content
from generator.base import disk
from generator.content.decisions import parse_decisions
from generator.figures import make_report
from generator.figures.figure_checks import check_figures, check_totals
from generator.ingest.numbers.task_numbers import add_figures
from generator.ingest.review.review_queue import drop_rejected
from generator.model import District, Site, Task
from tests.paths import ROOT


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return disk.read_tree(ROOT, ["site.yaml", "content"])


@pytest.fixture(scope="module")
def site(files: dict[str, bytes]) -> Site:
    return content.parse_site(files)


def _fresh(district: District, files: dict[str, bytes]) -> list[tuple[Task, Task]]:
    """Each task as committed and as the rules read it now, without what a person rejected."""
    path = f"content/{district.id}/review.yaml"
    decisions = parse_decisions(files[path], path) if path in files else ()
    read, _ = add_figures(district.tasks, district.departments)
    return [(old, drop_rejected(new, decisions)) for old, new in zip(district.tasks, read, strict=True)]


def test_every_figure_stands_on_its_words(site: Site) -> None:
    assert [str(p) for district in site.districts for p in check_figures(district)] == []


def test_all_totals_add_up(site: Site) -> None:
    assert check_totals(make_report(site)) == ()


def test_figures_are_what_the_rules_read_or_a_person_decided(site: Site, files: dict[str, bytes]) -> None:
    for district in site.districts:
        for old, new in _fresh(district, files):
            decided = {t.quote for t in old.targets if t.by}
            assert [t for t in old.targets if not t.by] == [
                t for t in new.targets if t.quote not in decided
            ], old.id
            for kept, read in zip(old.updates, new.updates, strict=True):
                by_hand = {a.target for a in kept.actuals if a.by}
                assert [a for a in kept.actuals if not a.by] == [
                    a for a in read.actuals if a.target not in by_hand
                ], old.id
                assert kept.status.by or kept.status == read.status, old.id
