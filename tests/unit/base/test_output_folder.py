"""output_folder: a site swapped in whole, with nothing lost that the program did not make."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from generator.base import output_folder
from generator.base.errors import UsageError
from generator.base.output_folder import MANIFEST, add_to_output, write_output
from tests.unit.base.test_journal import Failing, run_apart
from tests.unit.base.test_journal import tree as read_tree


def tree(folder: Path) -> dict[str, bytes]:
    """Files by path, without folders: the marker lists files alone."""
    return {name: data for name, data in read_tree(folder).items() if not name.endswith("/")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name in ("content/x.yaml", "templates/base.html", "site.yaml"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(b"x")
    return site


def published(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree(folder).items() if name != MANIFEST}


def test_a_tree_is_swapped_whole_and_keeps_what_others_put_there(root: Path) -> None:
    out = root / "output"
    out.mkdir()
    (out / ".gitignore").write_text("*")
    write_output(out, {"index.html": b"1", "a/b.html": b"2"}, root=root)
    (out / "CNAME").write_text("example.org")
    (out / "附件").mkdir()
    (out / "附件" / "表.pdf").write_bytes(b"pdf")
    write_output(out, {"index.html": b"3"}, root=root)
    assert published(out) == {
        ".gitignore": b"*", "index.html": b"3", "CNAME": b"example.org", "附件/表.pdf": b"pdf",
    }  # fmt: skip
    assert sorted(p.name for p in root.iterdir()) == ["content", "output", "site.yaml", "templates"]


@pytest.mark.parametrize("place", [".", "content", "content/x", "templates", "..", "site.yaml"])
def test_the_site_itself_and_what_holds_it_are_never_written_over(root: Path, place: str) -> None:
    before = tree(root.parent)
    (root / "content" / "x").mkdir()
    with pytest.raises(UsageError):
        write_output(root / place, {"index.html": b"1"}, root=root)
    with pytest.raises(UsageError):
        add_to_output(root / place, {"index.html": b"1"}, root=root)
    assert tree(root.parent) == before


@pytest.mark.parametrize("names", [("thesis.doc",), ("index.html", "thesis.doc"), (".git/HEAD", MANIFEST)])
def test_somebody_elses_folder_is_refused_and_named(root: Path, names: tuple[str, ...]) -> None:
    other = root.parent / "mine"
    for name in names:
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_bytes(b"{}")
    with pytest.raises(UsageError, match=r"thesis\.doc|\.git"):
        write_output(other, {"index.html": b"1"}, root=root)
    assert tree(other) == dict.fromkeys(names, b"{}")


def test_files_added_to_a_new_folder_leave_it_the_programs(root: Path) -> None:
    out = root / "output"
    add_to_output(out, {"offline/a.zip": b"1"}, root=root)
    write_output(out, {"index.html": b"2"}, root=root)
    assert published(out) == {"index.html": b"2"}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO, errno.EMFILE, None])
def test_each_call_fails_once_and_a_whole_site_stays(root: Path, number: int | None) -> None:
    out = root / "output"
    old, new = {"index.html": b"old", "a/b.html": b"old"}, {"index.html": b"new", "c/d.html": b"new"}
    for at in range(1, 200):
        write_output(out, old, root=root)
        (out / "CNAME").write_bytes(b"kept")
        code = run_apart(lambda: write_output(out, new, root=root), Failing(root, at, number))
        assert code in ((0, 2, 9) if number is None else (0, 1, 2)), f"call {at}: {code}"
        if not out.exists():
            output_folder.restore_output(out)
        assert published(out) in ({**old, "CNAME": b"kept"}, {**new, "CNAME": b"kept"}), f"call {at}"
        if number is not None and code == 1:
            assert [p.name for p in root.iterdir() if p.name.startswith(".output")] == [], f"call {at}"
        if code == 2:
            break
    assert at > 10


def test_a_reader_always_finds_a_site(root: Path) -> None:
    out = root / "output"
    write_output(out, {"index.html": b"0"}, root=root)
    missing: list[int] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            try:
                (out / "index.html").read_bytes()
            except FileNotFoundError:
                missing.append(1)

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(60):
        write_output(out, {"index.html": str(number).encode()}, root=root)
    done.set()
    reader.join()
    assert missing == []


def test_an_old_site_without_its_name_gets_it_back(root: Path) -> None:
    out = root / "output"
    write_output(out, {"index.html": b"old"}, root=root)
    out.rename(root / ".output.old")
    output_folder.restore_output(out)
    assert published(out) == {"index.html": b"old"}


def test_leftovers_that_are_links_are_swept(root: Path) -> None:
    out = root / "output"
    (root / ".output.new").symlink_to(root / "content")
    write_output(out, {"index.html": b"1"}, root=root)
    assert (root / "content" / "x.yaml").read_bytes() == b"x"


def test_a_link_to_itself_is_refused_in_words(root: Path) -> None:
    (root / "output").symlink_to(root / "output")
    with pytest.raises(UsageError, match="绕成了圈"):
        write_output(root / "output", {"index.html": b"1"}, root=root)


def test_a_file_in_the_way_is_refused(root: Path) -> None:
    (root / "output").write_text("mine")
    with pytest.raises(UsageError, match="不是文件夹"):
        write_output(root / "output", {"index.html": b"1"}, root=root)
    assert os.path.isfile(root / "output")
