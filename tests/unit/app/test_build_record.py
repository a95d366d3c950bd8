"""The record of the last build: believed where everything is as it was, and nowhere else."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.app import build_record
from generator.app.build_record import CACHE, Options, Result
from generator.base import disk, output_folder
from generator.base.errors import Problem, Severity
from generator.base.journal import JOURNAL
from generator.base.kept_values import format_kept, parse_kept
from generator.base.messages import Message
from generator.base.places import Place

RESULT = Result(
    pages=1,
    files=2,
    problems=(
        Problem(
            place=Place(file="content/a/district.yaml", line=3),
            what=Message("没有任务“{task}”", task="a-1"),
            level=Severity.WARNING,
        ),
    ),
)
OLD = 1_700_000_000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site folder after a build; its files are a year old."""
    root = tmp_path / "site"
    files = {"site.yaml": b"a", "content/a/2025/001.yaml": b"b", "theme/base.html": b"c"}
    disk.write_files(root, files)
    for name in files:
        os.utime(root / name, (OLD, OLD))
    build(root)
    return root


def ask(root: Path) -> Options:
    return Options(output=root / "output", bundle=False)


def build(root: Path) -> None:
    begun = build_record.add_theme(build_record.begin_record(root, ask(root)), root, "theme")
    output_folder.write_output(root / "output", {"index.html": b"1", "a/b.csv": b"2"}, root=root)
    build_record.write_record(root, ask(root), begun, RESULT)


def test_a_second_build_has_the_result_of_the_first(root: Path) -> None:
    found = build_record.find_result(root, ask(root))
    assert found == RESULT
    assert found.problems[0].what.template == "没有任务“{task}”"
    assert build_record.find_result(root, replace(ask(root), jobs=7)) == RESULT


def write(name: str, data: bytes = b"x") -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)

    return change


CHANGES: dict[str, Callable[[Path], object]] = {
    "content edited": write("content/a/2025/001.yaml", b"c"),
    "content added": write("content/a/2025/002.yaml"),
    "content gone": lambda root: (root / "content/a/2025/001.yaml").unlink(),
    "content renamed": lambda root: (root / "content/a/2025/001.yaml").rename(root / "content/a/002.yaml"),
    "settings edited": write("site.yaml"),
    "template added": write("templates/base.html"),
    "theme edited": write("theme/base.html"),
    "page edited": write("output/index.html", b"9"),
    "page gone": lambda root: (root / "output/a/b.csv").unlink(),
    "site gone": lambda root: shutil.rmtree(root / "output"),
    "content cut off": lambda root: (root / JOURNAL).mkdir(),
    "output cut off": lambda root: (root / "output" / JOURNAL).mkdir(),
    "record damaged": write(f"{CACHE}/last-build", b"no record"),
    "record gone": lambda root: (root / CACHE / "last-build").unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_built(root: Path, change: Callable[[Path], object]) -> None:
    change(root)
    assert build_record.find_result(root, ask(root)) is None


def test_a_file_changed_right_after_it_was_read_counts_although_its_time_and_size_are_the_same(
    root: Path,
) -> None:
    path = root / "content/a/2025/001.yaml"
    path.write_bytes(b"1")
    build(root)
    assert build_record.find_result(root, ask(root)) == RESULT
    state = path.stat()
    path.write_bytes(b"2")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert build_record.find_result(root, ask(root)) is None


def test_what_others_put_beside_the_pages_is_no_change(root: Path) -> None:
    write("output/others.txt")(root)
    assert build_record.find_result(root, ask(root)) == RESULT


@pytest.mark.parametrize("change", [{"strict": True}, {"base_url": "https://a.example"}, {"bundle": True}])
def test_another_question_is_another_build(root: Path, change: dict[str, str | bool]) -> None:
    assert build_record.find_result(root, replace(ask(root), **change)) is None  # type: ignore[arg-type]


def test_another_program_makes_its_own(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_record, "read_edition", lambda: "older")
    assert build_record.find_result(root, ask(root)) is None


def test_a_foreign_record_runs_nothing(root: Path, tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Callable[..., None], tuple[str]]:
            return os.mkdir, (str(tmp_path / "ran"),)

    data = pickle.dumps(Trap())
    disk.FolderCache(root / CACHE).put("last-build", data)
    assert build_record.find_result(root, ask(root)) is None
    with pytest.raises(ValueError, match="no kept value"):
        parse_kept(data)
    assert not (tmp_path / "ran").exists()


def test_kept_values_come_back() -> None:
    assert parse_kept(format_kept(RESULT)) == RESULT
