"""The short form of ``make soak-edits``, and what an edit makes anew."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from generator.app import conductors
from generator.figures import DistrictReport
from tests.soak import edits


def test_a_build_on_top_of_another_equals_a_clean_one(tmp_path: Path) -> None:
    assert edits.play(tmp_path, rounds=3, seed=3)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The districts that were made and not taken from the store, in order."""
    made: list[str] = []
    real = conductors.make_district

    def note(ground: object, each: DistrictReport, tables: object) -> object:
        made.append(each.district.id)
        return real(ground, each, tables)  # type: ignore[arg-type]

    monkeypatch.setattr(conductors, "make_district", note)
    return made


def test_only_the_edited_district_is_made_again(tmp_path: Path, made: list[str]) -> None:
    root = edits.make_root(tmp_path)
    edits.build(root)
    assert made == ["ceshi", "yier", "kong"]
    made.clear()
    path = root / "content/yier/2025/001.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: 再"), encoding="utf-8")
    edits.build(root)
    assert made == ["yier"]
    made.clear()
    edits.restyle(root, random.Random(1))
    edits.touch_output(root, random.Random(1))
    edits.build(root)
    assert made == []
    edits.rename_district(root, random.Random(1))
    edits.build(root)
    assert sorted(made) == ["ceshi", "kong", "yier"]


def test_what_is_kept_and_damaged_is_made_again(tmp_path: Path, made: list[str]) -> None:
    root = edits.make_root(tmp_path)
    first = edits.build(root)
    made.clear()
    for path in (root / edits.KEPT).iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    (root / "output/index.html").unlink()
    assert edits.build(root) == first
    assert made == ["ceshi", "yier", "kong"]
