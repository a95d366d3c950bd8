"""Several files of a folder changed together: all or none, also over a kill, a full disk or a refused write.

The new bytes, a second name for the old ones, and a journal are written beside the content first. Renaming
the journal into place decides the change: before that nothing was changed, after it ``recover`` finishes what
was interrupted, whoever runs next. A write that is refused half way is undone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.base.disk import is_there, sync_folder, write_durably
from generator.base.errors import ContentError, Problem, UsageError, explain_os_error, make_unwritable
from generator.base.messages import Message
from generator.base.places import Place

JOURNAL = ".taizhang-journal"
"""Folder of an interrupted change, below the site folder."""
_LIST, _BACK = "journal.json", "undo.json"
"""What is decided, by the name that says whether it is carried out or taken back."""
_UNCHANGED = Message("没有改动任何文件")
_LATER = Message("改了一半，放开这个文件后再运行一次就会补完（{journal}）", journal=JOURNAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One file of a change."""

    path: str
    """Posix path below the folder."""
    sha256: str | None
    """Of the new bytes; None when the file is deleted."""
    name: str
    """Digits that the parts of this entry are called by in the journal's folder."""
    existed: bool
    """Whether there was such a file before."""


def apply_changes(root: Path, changes: Mapping[str, bytes | None]) -> None:
    """Write (bytes) or delete (None) files below ``root``, all or none.

    Raises: UsageError when the disk refuses; nothing is changed then.
    """
    recover(root)
    if not changes:
        return
    staging = root / JOURNAL
    try:
        entries = _stage(root, changes)
        _decide(staging, entries)
    except OSError as error:
        raise _refused(root, error, _UNCHANGED if _discard(staging) else _LATER) from error
    _carry_out(root, entries)


def recover(root: Path) -> bool:
    """Finish a decided change that was interrupted, or forget an undecided one.

    Returns: True when one was finished. Raises: ContentError when the journal is damaged or cannot be read:
    it is never taken for none; UsageError when the disk refuses, the old state is whole then.
    """
    staging = root / JOURNAL
    if not is_there(staging):
        return False
    entries = _read_journal(staging, _BACK)
    if entries is not None:
        if not _undo(root, staging, entries):
            what, hint = Message("上一次写入还没有全部撤回"), Message("放开站点文件夹里的文件后再运行一次")
            raise UsageError(Problem(place=Place(file=str(staging)), what=what, hint=hint))
        return False
    entries = _read_journal(staging, _LIST)
    if entries is None:
        _discard(staging)
        return False
    _check_parts(root, staging, entries)
    _carry_out(root, entries)
    return True


def _stage(root: Path, changes: Mapping[str, bytes | None]) -> tuple[JournalEntry, ...]:
    staging = root / JOURNAL
    staging.mkdir()
    entries = []
    for index, (path, data) in enumerate(sorted(changes.items())):
        target, name = root / path, f"{index:06d}"
        existed = target.is_file()
        if existed and data is not None:
            _keep(target, staging / f"old-{name}")
        if data is not None:
            write_durably(staging / f"new-{name}", data)
        checksum = None if data is None else hashlib.sha256(data).hexdigest()
        entries.append(JournalEntry(path=path, sha256=checksum, name=name, existed=existed))
    return tuple(entries)


def _keep(path: Path, copy: Path) -> None:
    """A second name for the bytes of ``path``, where the file system knows second names; else a copy."""
    try:
        os.link(path, copy)
    except (OSError, NotImplementedError):
        shutil.copy2(path, copy)


def _decide(staging: Path, entries: Sequence[JournalEntry]) -> None:
    listed = [{"path": e.path, "sha256": e.sha256, "name": e.name, "existed": e.existed} for e in entries]
    write_durably(staging / f"{_LIST}.part", json.dumps(listed, ensure_ascii=False).encode())
    sync_folder(staging)
    os.replace(staging / f"{_LIST}.part", staging / _LIST)
    sync_folder(staging)


def _carry_out(root: Path, entries: Sequence[JournalEntry]) -> None:
    """Every entry in turn; when one is refused, those before it are undone. Raises: UsageError."""
    staging = root / JOURNAL
    try:
        for entry in entries:
            _carry_out_one(root, staging, entry)
        for folder in {(root / entry.path).parent for entry in entries}:
            if folder.is_dir():
                sync_folder(folder)
    except OSError as error:
        undone = _undo(root, staging, entries)
        raise _refused(root, error, _UNCHANGED if undone else _LATER) from error
    _discard(staging)


def _carry_out_one(root: Path, staging: Path, entry: JournalEntry) -> None:
    target, new, old = root / entry.path, staging / f"new-{entry.name}", staging / f"old-{entry.name}"
    if entry.sha256 is None:
        if not is_there(old) and is_there(target):
            os.replace(target, old)
    elif is_there(new):
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(new, target)


def _undo(root: Path, staging: Path, entries: Sequence[JournalEntry]) -> bool:
    """Put the old files back; ``recover`` goes on where this is cut off. Returns: whether all could be."""
    try:
        if is_there(staging / _LIST):
            os.replace(staging / _LIST, staging / _BACK)
            sync_folder(staging)
        for entry in entries:
            target, new, old = root / entry.path, staging / f"new-{entry.name}", staging / f"old-{entry.name}"
            if entry.sha256 is not None and is_there(new):
                if not entry.existed:
                    _remove_empty(target.parent, root)
                continue
            if entry.existed and is_there(old):
                os.replace(old, target)
            elif not entry.existed and entry.sha256 is not None:
                target.unlink(missing_ok=True)
                _remove_empty(target.parent, root)
    except OSError:
        return False
    return _discard(staging)


def _remove_empty(folder: Path, root: Path) -> None:
    """Take away folders that held nothing but a file that is taken back."""
    with contextlib.suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent


def _discard(staging: Path) -> bool:
    """Remove the journal, its list first: without the list there is nothing to finish."""
    try:
        for name in (_LIST, _BACK):
            (staging / name).unlink(missing_ok=True)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        sync_folder(staging)
    shutil.rmtree(staging, ignore_errors=True)
    return True


def _read_journal(staging: Path, name: str) -> tuple[JournalEntry, ...] | None:
    """The decided entries; None when the list was not put into place, so that nothing was decided."""
    path = staging / name
    try:
        if staging.is_symlink() or not staging.is_dir():
            raise ValueError(Message("不是文件夹"))
        if not is_there(path):
            os.listdir(staging)
            return None
        return tuple(_parse_entry(each) for each in _list(json.loads(path.read_bytes())))
    except OSError as error:
        raise _damaged(staging, Message("打不开：{error}", error=explain_os_error(error))) from error
    except (ValueError, RecursionError) as error:
        raise _damaged(staging, Message("内容不完整或被改过")) from error


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("no list")
    return value


def _parse_entry(value: object) -> JournalEntry:
    """An entry of the list. Raises: ValueError for anything that this program does not write."""
    if not isinstance(value, dict) or set(value) != {"path", "sha256", "name", "existed"}:
        raise ValueError("no entry")
    path, checksum, name, existed = value["path"], value["sha256"], value["name"], value["existed"]
    if not isinstance(path, str) or not _is_inside(path) or not isinstance(existed, bool):
        raise ValueError("a path outside")
    if not isinstance(name, str) or not name.isdigit() or not (checksum is None or isinstance(checksum, str)):
        raise ValueError("no name")
    return JournalEntry(path=path, sha256=checksum, name=name, existed=existed)


def _is_inside(path: str) -> bool:
    """Whether a path is relative and never climbs: ``content/a.yaml`` is, ``../a`` and ``/a`` are not."""
    pure = PurePosixPath(path)
    return bool(pure.parts) and not pure.is_absolute() and ".." not in pure.parts and "\\" not in path


def _check_parts(root: Path, staging: Path, entries: Sequence[JournalEntry]) -> None:
    """Raises: ContentError when a part is not what the journal says; nothing is touched then."""
    for entry in entries:
        part = staging / f"new-{entry.name}"
        try:
            if entry.sha256 is None:
                continue
            data = part.read_bytes() if part.exists() else (root / entry.path).read_bytes()
        except OSError as error:
            raise _damaged(
                staging, Message("{path} 打不开：{error}", path=entry.path, error=explain_os_error(error))
            ) from error
        if part.exists() and hashlib.sha256(data).hexdigest() != entry.sha256:
            raise _damaged(staging, Message("{path} 的新内容不完整", path=entry.path))


def _damaged(staging: Path, what: Message) -> ContentError:
    hint = Message("请先备份，再看 {journal} 里的 new-* 文件；确认不需要后删去这个文件夹", journal=JOURNAL)
    return ContentError(
        Problem(
            place=Place(file=str(staging)),
            what=Message("上一次写入没有完成，它的记录{what}，没有改动任何文件", what=what),
            hint=hint,
        )
    )


def _refused(root: Path, error: OSError, hint: Message) -> UsageError:
    return UsageError(make_unwritable(error, str(root), hint))
