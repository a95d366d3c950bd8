"""Ambiguous rows on the command line: asked at a terminal, refused without one. All data invented."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.year import invented
from tests.year.test_plan import ROWS, make_table, start, take_in
from tests.year.test_year import ingest, read_district, run

AMBIGUOUS = [*ROWS[:3], ("办好老年大学，建设社区课堂，方便老年人就近学习。", "已开班。", "继续。"), *ROWS[4:]]


class Terminal(io.StringIO):
    """Standard input at which a person sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name, data in take_in(start("ceshi"), make_table(ROWS), "2025Q1").items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (tmp_path / "h1.txt").write_bytes(make_table(AMBIGUOUS))
    return folder


def test_without_a_terminal_nothing_is_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = invented.read_tree(root)
    assert ingest(root, root.parent / "h1.txt", "2025H1", "--apply") == 1
    assert "--match 4=ceshi-2025-004" in capsys.readouterr().err
    assert invented.read_tree(root) == before


def test_at_a_terminal_the_person_decides(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("1\n"))
    assert ingest(root, root.parent / "h1.txt", "2025H1", "--apply") == 0
    assert "ceshi-2025-004" in capsys.readouterr().out
    task = next(t for t in read_district(root).tasks if t.id == "ceshi-2025-004")
    assert task.commitment == AMBIGUOUS[3][0]


def test_an_option_decides(root: Path) -> None:
    assert ingest(root, root.parent / "h1.txt", "2025H1", "--apply", "--match", "4=new") == 0
    assert {t.id[-3:] for t in read_district(root).tasks} == {f"00{n}" for n in range(1, 8)}
    assert ingest(root, root.parent / "h1.txt", "2025H1", "--match", "four") == 2


def test_the_shown_plan_says_old_and_new(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(t.replace("120场", "150场"), p, s) for t, p, s in ROWS]
    (root.parent / "h1.txt").write_bytes(make_table(rows))
    shown = ["ingest", str(root.parent / "h1.txt"), "--district", "ceshi", "--period", "2025H1"]
    assert run("--root", str(root), *shown) == 0
    out = capsys.readouterr().out
    assert "改了措辞" in out
    assert "[-120-]{+150+}" in out
    assert "什么也没有写" in out
