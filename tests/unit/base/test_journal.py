"""journal: changes all or none, over kills, refusals and damage."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.base import journal
from generator.base.errors import ContentError, TaizhangError, UsageError

CHANGES: dict[str, bytes | None] = {
    "a.yaml": b"new",
    "sub/b.yaml": b"new b",
    "new/c.yaml": b"c",
    "gone.yaml": None,
}
OLD = {"a.yaml": b"old", "sub/": b"", "sub/b.yaml": b"old b", "gone.yaml": b"going"}
NEW = {"a.yaml": b"new", "sub/": b"", "sub/b.yaml": b"new b", "new/": b"", "new/c.yaml": b"c"}


def make_site(root: Path) -> Path:
    for name, data in OLD.items():
        if name.endswith("/"):
            continue
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def tree(folder: Path) -> dict[str, bytes]:
    """Files by path with their bytes, folders with a stroke at the end."""
    return {
        p.relative_to(folder).as_posix() + "/" * p.is_dir(): b"" if p.is_dir() else p.read_bytes()
        for p in folder.rglob("*")
    }


def test_changes_are_written_and_deleted_together(tmp_path: Path) -> None:
    journal.apply_changes(make_site(tmp_path), CHANGES)
    assert tree(tmp_path) == NEW


def run_apart(act: Callable[[], object], hook: Failing) -> int:
    """Exit code of a child in which one call fails: 0 done, 1 refused in words, 2 no such call."""
    child = os.fork()
    if child == 0:
        sys.addaudithook(hook)
        try:
            act()
        except TaizhangError:
            os._exit(1)
        except BaseException:
            os._exit(3)
        os._exit(2 if hook.seen < hook.at else 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Failing:
    """Audit hook: the ``at``-th call on a path below ``root`` fails, or the process dies there."""

    def __init__(self, root: Path, at: int, number: int | None) -> None:
        self.place, self.at, self.number, self.seen = str(root), at, number, 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if not event.startswith(("open", "os.")) or event == "os.fork":
            return
        if not any(self.place in str(a) for a in arguments):
            return
        self.seen += 1
        if self.seen == self.at:
            if self.number is None:
                os._exit(9)
            raise OSError(self.number, os.strerror(self.number), str(arguments[0]))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("number", [None, errno.ENOSPC, errno.EACCES, errno.EIO, errno.EMFILE, errno.EROFS])
def test_each_call_fails_once_and_nothing_is_half(tmp_path: Path, number: int | None) -> None:
    for at in range(1, 200):
        root = make_site(tmp_path / str(at))
        code = run_apart(lambda root=root: journal.apply_changes(root, CHANGES), Failing(root, at, number))  # type: ignore[misc]
        assert code in ((0, 2, 9) if number is None else (0, 1, 2)), f"call {at}: {code}"
        if number is not None:
            seen = {k: v for k, v in tree(root).items() if not k.startswith(journal.JOURNAL)}
            assert seen == (OLD if code == 1 else NEW), f"call {at}"
        journal.recover(root)
        assert tree(root) in (OLD, NEW), f"call {at}"
        journal.apply_changes(root, CHANGES)
        assert tree(root) == NEW
        if code == 2:
            break
    assert at > 10


class FailingThenKilled(Failing):
    """One call fails, and ``later`` calls behind it the process dies."""

    def __init__(self, root: Path, at: int, later: int) -> None:
        super().__init__(root, at, errno.EIO)
        self.later = later

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        super().__call__(event, arguments)
        if self.seen == self.at + self.later:
            os._exit(9)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("later", [1, 2, 3, 5, 8, 1000])
def test_taking_back_and_finishing_can_be_cut_off_too(tmp_path: Path, later: int) -> None:
    """What was decided meets a call that fails, and the undoing of it a kill."""
    for at in range(1, 200):
        root = make_site(tmp_path / str(at))
        journal._decide(root / journal.JOURNAL, journal._stage(root, CHANGES))
        code = run_apart(lambda root=root: journal.recover(root), FailingThenKilled(root, at, later))  # type: ignore[misc]
        journal.recover(root)
        assert tree(root) in (OLD, NEW), f"call {at}"
        if code == 2:
            break
    assert at > 10


def test_a_decided_change_is_finished_by_whoever_runs_next(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    journal._decide(root / journal.JOURNAL, journal._stage(root, CHANGES))
    assert journal.recover(root) is True
    assert tree(root) == NEW


def test_an_undecided_change_is_forgotten(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    journal._stage(root, CHANGES)
    (root / journal.JOURNAL / "journal.json.part").write_bytes(b'[{"path": "a", "par')
    assert journal.recover(root) is False
    assert tree(root) == OLD


@pytest.mark.parametrize(
    "text",
    [
        "5", "[5]", "[{}]", "", "[", "null", '"x"', "[" * 100_000,
        '[{"path": "../escaped.txt", "sha256": null, "name": "0", "existed": false}]',
        '[{"path": "/tmp/escaped", "sha256": null, "name": "0", "existed": false}]',
        '[{"path": "a.yaml", "sha256": "00", "name": "../../x", "existed": true}]',
    ],
)  # fmt: skip
def test_a_damaged_journal_stops_and_changes_nothing(tmp_path: Path, text: str) -> None:
    root = make_site(tmp_path)
    (root / journal.JOURNAL).mkdir()
    (root / journal.JOURNAL / "journal.json").write_text(text)
    before = tree(root)
    with pytest.raises(ContentError, match="没有改动任何文件"):
        journal.recover(root)
    assert tree(root) == before


def test_a_torn_part_never_replaces_a_file(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    journal._decide(root / journal.JOURNAL, journal._stage(root, CHANGES))
    (root / journal.JOURNAL / "new-000000").write_bytes(b"ne")
    with pytest.raises(ContentError, match=r"a\.yaml 的新内容不完整"):
        journal.recover(root)
    assert {k: v for k, v in tree(root).items() if k in OLD} == OLD


def test_a_refused_target_leaves_the_old_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_site(tmp_path)
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == "b.yaml" and Path(source).name.startswith("new-"):
            raise PermissionError(errno.EPERM, "immutable", str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(UsageError, match=r"b\.yaml: 写不进去：没有权限。没有改动任何文件"):
        journal.apply_changes(root, CHANGES)
    assert tree(root) == OLD


def test_the_journal_lists_what_it_needs(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    journal._decide(root / journal.JOURNAL, journal._stage(root, {"a.yaml": b"1"}))
    listed = json.loads((root / journal.JOURNAL / "journal.json").read_text())
    assert [(e["path"], e["existed"]) for e in listed] == [("a.yaml", True)]
