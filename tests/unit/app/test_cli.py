"""The command line: exit codes, messages, help without loading anything heavy. All data invented."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.app.cli import main
from generator.app.cli.screen import Settings
from tests.paths import SAMPLE


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return int(left.value.code or 0)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    shutil.copytree(SAMPLE, folder)
    return folder


def test_help_lists_every_command_and_loads_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    shown = capsys.readouterr().out
    assert [c for c in ("ingest", "check", "build", "bundle", "review", "serve") if c not in shown] == []


def test_a_light_command_loads_no_heavy_library() -> None:
    heavy = "'pandas', 'altair', 'vl_convert', 'docx', 'openpyxl', 'pdfplumber', 'lxml', 'livereload', 'rich'"
    code = (
        "import sys\n"
        "from generator.app.cli import main\n"
        "try:\n    main(['--root', sys.argv[1], 'check'])\n"
        "except SystemExit:\n    pass\n"
        f"print([m for m in ({heavy}) if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(SAMPLE)],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_check_prints_every_problem_and_leaves_with_1(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    task = sample / "content/ceshi/2025/001.yaml"
    task.write_text(task.read_text(encoding="utf-8").replace("kind: growth", "kind: grow"), encoding="utf-8")
    assert run("--root", str(sample), "check") == 1
    assert "content/ceshi/2025/001.yaml:17: targets[0].kind: “grow”不在可选值里" in capsys.readouterr().err


def test_check_as_json_is_json(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sample / "content/ceshi/2025/001.yaml").write_text("id: x\n", encoding="utf-8")
    assert run("--root", str(sample), "check", "--format", "json") == 1
    rows = json.loads(capsys.readouterr().out)
    assert {"level", "where", "what", "hint"} == set(rows[0])


def test_a_folder_without_a_site_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--root", str(tmp_path), "check") == 2
    assert "没有 site.yaml" in capsys.readouterr().err


def test_an_unknown_command_is_wrong_use() -> None:
    assert run("publish") == 2


def test_a_build_that_fails_leaves_the_old_output_as_it_was(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("--root", str(sample), "--quiet", "build", "--no-bundle", "--output", str(out)) == 0
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    (sample / "content/ceshi/2025/001.yaml").write_text("id: [\n", encoding="utf-8")
    assert run("--root", str(sample), "build", "--no-bundle", "--output", str(out)) == 1
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before


def test_the_smallest_site_builds(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: 我的台账\ndistricts: [tianqiao]\n", encoding="utf-8")
    folder = tmp_path / "content" / "tianqiao"
    folder.mkdir(parents=True)
    (folder / "district.yaml").write_text("name: 天桥区\n", encoding="utf-8")
    assert run("--root", str(tmp_path), "--quiet", "build") == 0
    assert "天桥区" in (tmp_path / "output" / "index.html").read_text(encoding="utf-8")


def test_a_build_tells_what_each_step_took(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--root", str(sample), "build", "--no-bundle", "--output", str(tmp_path / "made"), "--profile")
    assert run(*asked) == 0
    told = capsys.readouterr().out
    assert re.search(r"各步骤用去的处理器时间，共 [\d.]+ 秒：\n  \S+：", told)
    for step in ("读取并检查内容", "画图", "生成页面", "检查成品", "写入文件"):
        assert f"  {step}：" in told
    assert run(*asked) == 0
    assert "什么也没有重做" in capsys.readouterr().out


def test_on_a_terminal_a_long_build_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    clock = iter([0.0, 0.5, 4.0, 8.0])
    monkeypatch.setattr(time, "perf_counter", lambda: next(clock))
    tell = Settings().follow()
    assert tell is not None
    for done in (1, 2, 4):
        tell(done, 4)
    assert terminal.getvalue() == "\r\x1b[K已完成 2/4 个区，约剩 4 秒\r\x1b[K"
    assert Settings(quiet=True).follow() is None
