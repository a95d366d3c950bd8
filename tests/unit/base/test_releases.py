"""releases: a replaced site is kept and comes back whole; what others put there stays. All data invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.base.errors import UsageError
from generator.base.output_folder import MANIFEST, bring_back, write_output
from generator.base.releases import find_releases
from tests.unit.base.test_output_folder import published


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("content", "templates"):
        (tmp_path / name).mkdir()
    return tmp_path


def write(root: Path, text: str, *, keep: int = 1) -> Path:
    write_output(root / "output", {"index.html": text.encode(), f"{text}.html": b"x"}, root=root, keep=keep)
    return root / "output"


def test_the_last_site_comes_back_and_a_second_call_undoes_it(root: Path) -> None:
    out = write(root, "one")
    (out / "CNAME").write_text("example.org")
    write(root, "two")
    bring_back(out, root=root)
    assert published(out) == {"index.html": b"one", "one.html": b"x", "CNAME": b"example.org"}
    bring_back(out, root=root)
    assert published(out) == {"index.html": b"two", "two.html": b"x", "CNAME": b"example.org"}


def test_only_so_many_sites_are_kept_and_equal_ones_are_not(root: Path) -> None:
    for text in ("1", "2", "3", "4", "4"):
        out = write(root, text, keep=2)
    assert [(path / "index.html").read_text() for path in find_releases(out)] == ["2", "3"]
    bring_back(out, root=root, number="2")
    assert published(out)["index.html"] == b"2"
    with pytest.raises(UsageError, match="没有第 9 版。留着的有：2、3"):
        bring_back(out, root=root, number="9")


def test_none_is_kept_where_none_is_asked_for_and_none_is_lost(root: Path) -> None:
    write(root, "one", keep=1)
    write(root, "two", keep=1)
    out = write(root, "three", keep=0)
    assert [(path / "index.html").read_text() for path in find_releases(out)] == ["one"]
    assert sorted(path.name for path in root.iterdir()) == [
        ".output.releases",
        "content",
        "output",
        "templates",
    ]


def test_without_a_kept_site_it_is_said_where_their_number_stands(root: Path) -> None:
    out = write(root, "one", keep=0)
    with pytest.raises(UsageError, match=r"没有留下以前的网站。.*releases"):
        bring_back(out, root=root)
    assert published(out)["index.html"] == b"one"


@pytest.mark.parametrize("fault", ["gone", "changed"])
def test_a_damaged_release_does_not_come_back(root: Path, fault: str) -> None:
    write(root, "one")
    out = write(root, "two")
    page = find_releases(out)[-1] / "one.html"
    if fault == "gone":
        page.unlink()
    else:
        page.write_bytes(b"y")
    with pytest.raises(UsageError, match=r"one\.html: 这一版的文件缺失或被改过"):
        bring_back(out, root=root)
    assert published(out)["index.html"] == b"two"
    assert (out / MANIFEST).is_file()
