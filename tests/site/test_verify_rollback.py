"""verify and rollback, by the command, on a site of the invented sample."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from tests.paths import SAMPLE
from tests.unit.app.test_cli import run

TASK = "content/ceshi/2025/009.yaml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("verified") / "site"
    shutil.copytree(SAMPLE, root)
    assert run("build", "--quiet", "--root", str(root)) == 0
    return root


def copy_of(site: Path, folder: Path) -> Path:
    """A site that a test may change."""
    return Path(shutil.copytree(site, folder / "site"))


def test_what_was_built_is_what_is_built(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", str(site / "output"), "--root", str(site)) == 0
    assert "一致：" in capsys.readouterr().out


def test_a_zip_is_verified_packed_and_unpacked(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = max((site / "output" / "offline").glob("*.zip"))
    assert run("verify", str(packed), "--root", str(site)) == 0
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "index.html").write_text("x", encoding="utf-8")
    assert run("verify", str(tmp_path), "--root", str(site)) == 1
    shown = capsys.readouterr()
    assert "index.html: 内容和清单不符，发布后被改过" in shown.err
    assert shown.err.count("错误") == 1


def test_every_difference_is_told_by_its_file(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_of(site, tmp_path)
    (root / "output" / "method.html").write_text("x", encoding="utf-8")
    (root / "output" / "search.html").unlink()
    (root / "output" / "CNAME").write_text("example.org", encoding="utf-8")
    assert run("verify", str(root / "output"), "--root", str(root)) == 1
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "提醒：CNAME: 清单里没有，不是程序生成的",
        "错误：method.html: 内容和清单不符，发布后被改过。请从可信的来源重新取得发布的文件，或重新发布",
        "错误：search.html: 清单里有，发布的网站里没有。请从可信的来源重新取得发布的文件，或重新发布",
        "共 2 个错误、1 个提醒",
    ]


def test_content_changed_since_is_told(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_of(site, tmp_path)
    text = (root / TASK).read_text(encoding="utf-8")
    (root / TASK).write_text(text.replace("title: 举办", "title: 办好"), encoding="utf-8")
    assert run("verify", str(root / "output"), "--root", str(root)) == 1
    assert "ceshi/tasks/2025-009.html: 重新生成的内容不同。" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["nothing", "folder", "file"])
def test_what_the_program_did_not_make_is_refused(
    kind: str, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "target"
    if kind == "folder":
        target.mkdir()
    elif kind == "file":
        target.write_text("no zip", encoding="utf-8")
    assert run("verify", str(target), "--root", str(site)) == 2
    words = {"nothing": "没有这个文件夹或压缩包", "folder": "这里没有清单", "file": "打不开这个压缩包"}
    assert f"错误：{target}: {words[kind]}" in capsys.readouterr().err


def test_the_last_site_is_brought_back(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_of(site, tmp_path)
    page = root / "output/ceshi/tasks/2025-009.html"
    before = page.read_bytes()
    assert run("rollback", "--root", str(root)) == 2
    text = (root / TASK).read_text(encoding="utf-8")
    (root / TASK).write_text(text.replace("title: 举办", "title: 办好"), encoding="utf-8")
    assert run("build", "--quiet", "--root", str(root)) == 0
    after = page.read_bytes()
    assert after != before
    assert run("rollback", "--root", str(root), "--list") == 0
    assert "第 1 版：" in capsys.readouterr().out
    assert run("rollback", "--root", str(root)) == 0
    assert page.read_bytes() == before
    assert run("rollback", "--root", str(root)) == 0
    assert page.read_bytes() == after
