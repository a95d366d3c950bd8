"""disk: trees read whole or not at all, and a cache that gives back only what was put in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.base import disk
from generator.base.errors import ContentError


def _put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_hidden_files_and_backups_are_no_content(tmp_path: Path) -> None:
    _put(tmp_path, "content/a.yaml", "content/.b.yaml", "content/~$c.docx", "content/a.yaml~", "site.yaml")
    assert list(disk.read_tree(tmp_path, ("site.yaml", "content"))) == ["site.yaml", "content/a.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody lock himself out of his own folder")
def test_a_folder_that_cannot_be_listed_is_told_and_not_taken_for_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put(tmp_path, "content/a/001.yaml", "content/b/001.yaml")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("b"):
            raise PermissionError(13, "no", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(ContentError, match="content/b: 打不开：没有权限"):
        disk.read_tree(tmp_path, ("content",))


def test_a_link_that_leads_out_of_the_site_is_refused_without_its_text(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("root:x:0:0")
    site = tmp_path / "site"
    _put(site, "content/001.yaml", "content/real.yaml")
    (site / "content" / "002.yaml").symlink_to(tmp_path / "secret")
    (site / "content" / "folder").symlink_to(tmp_path)
    (site / "content" / "003.yaml").symlink_to(site / "content" / "real.yaml")
    with pytest.raises(ContentError) as caught:
        disk.read_tree(site, ("content",))
    assert [p.place.file for p in caught.value.problems] == ["content/002.yaml", "content/folder"]
    assert "root:" not in str(caught.value)


def test_a_content_file_of_absurd_size_is_refused_before_it_is_read(tmp_path: Path) -> None:
    _put(tmp_path, "content/a.yaml")
    with (tmp_path / "content" / "a.yaml").open("wb") as stream:
        stream.truncate(500 << 20)
    with pytest.raises(ContentError, match="500 MB，超过上限 16 MB"):
        disk.read_tree(tmp_path, ("content",))


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


@pytest.mark.parametrize("damage", ["cut", "empty", "zeros", "flipped", "longer", "another"])
def test_a_damaged_entry_is_no_entry(tmp_path: Path, damage: str) -> None:
    cache = disk.FolderCache(tmp_path)
    cache.put("abcd", b"<svg/>")
    cache.put("efgh", b"<svg>other</svg>")
    path = tmp_path / "abcd"
    whole = path.read_bytes()
    path.write_bytes(
        {
            "cut": whole[:-1],
            "empty": b"",
            "zeros": bytes(len(whole)),
            "flipped": whole[:-1] + bytes([whole[-1] ^ 1]),
            "longer": whole + b"<script>",
            "another": (tmp_path / "efgh").read_bytes(),
        }[damage]
    )
    assert cache.get("abcd") is None
