"""site_lock: one writer at a time, the second waits or says who holds the folder."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path

import pytest

from generator.base.errors import UsageError
from generator.base.site_lock import lock_folder


def _add_one(folder: Path) -> None:
    for _ in range(20):
        with lock_folder(folder):
            path = folder / "count"
            value = int(path.read_text())
            time.sleep(0.001)
            path.write_text(str(value + 1))


def test_no_change_of_four_writers_is_lost(tmp_path: Path) -> None:
    (tmp_path / "count").write_text("0")
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_add_one, args=(tmp_path,)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert (tmp_path / "count").read_text() == "80"


def test_who_waits_too_long_is_told_who_holds_it(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    with (
        lock_folder(tmp_path),
        pytest.raises(UsageError, match=r"另一个命令正在改写这个文件夹（.*进程 \d+）"),
        lock_folder(tmp_path, wait=0.1),
    ):
        pass
    with lock_folder(tmp_path, wait=0.1):
        pass


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有这个文件"), lock_folder(tmp_path / "none"):
        pass
