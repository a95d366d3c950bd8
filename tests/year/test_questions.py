"""Ambiguous rows on the command line: asked at a terminal, refused without one. All data invented."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from generator.app.cli.plan_screen import format_difference
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


def show(root: Path, file: Path, period: str) -> int:
    """The plan on the screen."""
    return run("--root", str(root), "ingest", str(file), "--district", "ceshi", "--period", period)


def test_the_shown_plan_tells_figures_and_repeats(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(t, p, s) for t, p, s in ROWS]
    rows[0] = (rows[0][0], "已完成口袋公园3处。", "继续。")
    (root.parent / "h1.txt").write_bytes(make_table(rows))
    assert ingest(root, root.parent / "h1.txt", "2025H1", "--apply") == 0
    rows[0] = (rows[0][0], "正在施工。", "继续。")
    rows[1] = (rows[1][0], "已新增城镇就业1.2万人。", "继续。")
    (root.parent / "q3.txt").write_bytes(make_table(rows))
    capsys.readouterr()
    assert show(root, root.parent / "q3.txt", "2025Q3") == 0
    shown = capsys.readouterr()
    lines = {line.split("│")[0].strip(): line for line in shown.out.splitlines() if line.count("│") == 4}
    assert "3处" in lines["1"]
    assert "没有读到" in lines["1"]
    assert "1.2万人" in lines["2"]
    assert "采用" in lines["2"]
    assert "采用 1、没有读到 1" in shown.out
    assert f"{len(rows) - 2} 项的进展文字与上期相同" in shown.out
    assert "1 个目标上期有数、本期没有读到：第 1 项" in shown.err


def test_renumbered_tasks_are_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kinds = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    rows = [
        (f"{c}镇建设{c}号水厂，解决{c}片区用水，完善{c}支管网。", f"{c}号正在施工。", "继续。") for c in kinds
    ]
    first, second = (root.parent / "a.txt", root.parent / "b.txt")
    first.write_bytes(make_table([*ROWS, *rows]))
    assert ingest(root, first, "2025H1", "--apply") == 0
    second.write_bytes(make_table([*ROWS, ("新设便民服务站五处，方便群众办事。", "在建。", "继续。"), *rows]))
    capsys.readouterr()
    assert show(root, second, "2025Q3") == 0
    (line,) = [x for x in capsys.readouterr().out.splitlines() if x.startswith("只改了序号的 14 项")]
    assert "7 → 8、8 → 9" in line
    assert line.count("→") == 10
    assert line.endswith("其余现在是第 18–21 项")


def test_no_number_is_cut_on_the_screen() -> None:
    old = "一二三四五六七八九十123456.78万元，" + "中" * 30 + "，一二三12345678二三四五六七八九十5处"
    shown = format_difference(old, old.replace("5处", "6处")).plain
    assert "…" in shown
    assert set(re.findall(r"[\d.]+", shown)) <= {"123456.78", "12345678", "5", "6"}
