"""disk: whole trees and single files, all or nothing, also over a kill."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.base import disk
from generator.base.errors import UsageError


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_tree_is_swapped_whole_and_keeps_its_gitignore(tmp_path: Path) -> None:
    out = tmp_path / "output"
    out.mkdir()
    (out / ".gitignore").write_text("*")
    disk.write_tree(out, {"index.html": b"1", "a/b.html": b"2"})
    disk.write_tree(out, {"index.html": b"3"})
    assert tree(out) == {".gitignore": b"*", "index.html": b"3"}
    assert [p.name for p in tmp_path.iterdir()] == ["output"]


def test_a_folder_that_is_no_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(UsageError, match="别的东西"):
        disk.write_tree(tmp_path, {"index.html": b"1"})
    assert (tmp_path / "letters.txt").read_text() == "mine"


def test_a_failed_write_leaves_the_old_tree(tmp_path: Path) -> None:
    out = tmp_path / "output"
    disk.write_tree(out, {"index.html": b"old"})
    with pytest.raises(OSError, match="too long"):
        disk.write_tree(out, {"index.html": b"new", "x" * 300: b""})
    assert tree(out) == {"index.html": b"old"}


def test_changes_are_written_and_deleted_together(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    disk.apply_changes(tmp_path, {"a": None, "b/c": b"new"})
    assert tree(tmp_path) == {"b/c": b"new"}


def test_an_undecided_change_is_forgotten(tmp_path: Path) -> None:
    staging = tmp_path / ".taizhang-journal"
    staging.mkdir()
    (staging / "000000").write_bytes(b"new")
    (staging / "journal.json").write_bytes(b'[{"path": "a", "par')
    assert disk.recover(tmp_path) is False
    assert tree(tmp_path) == {}


def test_a_decided_change_is_finished_by_whoever_runs_next(tmp_path: Path) -> None:
    staging = tmp_path / ".taizhang-journal"
    staging.mkdir()
    (tmp_path / "done").write_bytes(b"1")
    (staging / "000001").write_bytes(b"2")
    entries = [
        {"path": "done", "part": "000000", "sha256": ""},
        {"path": "rest", "part": "000001", "sha256": ""},
        {"path": "gone", "part": None, "sha256": None},
    ]
    (staging / "journal.json").write_text(json.dumps(entries))
    assert disk.recover(tmp_path) is True
    assert tree(tmp_path) == {"done": b"1", "rest": b"2"}


def test_hidden_files_and_backups_are_no_content(tmp_path: Path) -> None:
    for name in ("content/a.yaml", "content/.b.yaml", "content/~$c.docx", "content/a.yaml~", "site.yaml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert list(disk.read_tree(tmp_path, ("site.yaml", "content"))) == ["site.yaml", "content/a.yaml"]


def test_the_root_is_the_nearest_folder_upwards(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: x")
    inner = tmp_path / "content" / "x"
    inner.mkdir(parents=True)
    assert disk.find_root(inner) == tmp_path.resolve()


def test_the_cache_gives_back_what_it_was_given(tmp_path: Path) -> None:
    cache = disk.FolderCache(tmp_path / "cache")
    assert cache.get("abcd") is None
    cache.put("abcd", b"1")
    assert cache.get("abcd") == b"1"
