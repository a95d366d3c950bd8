"""The only room that opens paths: read a tree, write a tree or single files, all or nothing.

Two ways to write, both safe against a kill at any moment:

``write_tree`` swaps a whole folder (the built site): the new tree is written beside the old one and renamed
into place, so readers see the old site or the new one.

``apply_changes`` rewrites some files of a folder (content): the new bytes and a journal are written first;
once the journal is whole the change is decided, and ``recover`` finishes or forgets it, whoever runs next.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from generator.base.errors import ContentError, Problem, UsageError

_JOURNAL = ".taizhang-journal"
_KEEP = ".gitignore"


def find_root(start: Path) -> Path:
    """The nearest folder upwards that holds site.yaml. Raises: UsageError."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "site.yaml").is_file():
            return folder
    what = f"{start} 和它上面的文件夹里都没有 site.yaml"
    raise UsageError(Problem(where="", what=what, hint="进到站点文件夹里运行，或用 --root 指明"))


def read_bytes(path: Path) -> bytes:
    """One file. Raises: UsageError in words for people."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(Problem(where=str(path), what=f"打不开：{_reason(error)}", hint="")) from None


def read_tree(root: Path, parts: Iterable[str]) -> dict[str, bytes]:
    """Files below ``root`` under the given files or folders: posix path → bytes, sorted.

    Hidden files and editors' backups are left out. Raises: ContentError for a file that cannot be read.
    """
    found: dict[str, bytes] = {}
    problems = []
    for part in parts:
        start = root / part
        paths = sorted(p for p in start.rglob("*") if p.is_file()) if start.is_dir() else [start]
        for path in paths:
            name = PurePosixPath(path.relative_to(root)).as_posix()
            if not path.is_file() or _is_hidden(name):
                continue
            try:
                found[name] = path.read_bytes()
            except OSError as error:
                problems.append(Problem(where=name, what=f"打不开：{_reason(error)}"))
    if problems:
        raise ContentError(problems)
    return found


def read_program_templates() -> dict[str, bytes]:
    """The program's own templates: path below templates/ → bytes."""
    here = Path(__file__).resolve().parents[1]
    folder = next(f for f in (here / "templates", here.parent / "templates") if f.is_dir())
    return read_tree(folder, ("",))


def _is_hidden(name: str) -> bool:
    return name.endswith(("~", ".bak", ".tmp")) or any(p.startswith((".", "~$")) for p in name.split("/"))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    if isinstance(error, PermissionError):
        return "没有读取权限"
    return error.strerror or str(error)


def write_tree(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make ``folder`` hold exactly ``files`` (its .gitignore stays), swapped in whole.

    A failure or kill leaves the old tree or the new one, never a mixture.
    """
    folder = folder.resolve()
    fresh, old = (folder.with_name(f".{folder.name}.{kind}") for kind in ("new", "old"))
    if old.exists() and not folder.exists():
        old.rename(folder)
    _check_ours(folder)
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    _write_files(fresh, files)
    if (folder / _KEEP).is_file():
        shutil.copy2(folder / _KEEP, fresh / _KEEP)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _check_ours(folder: Path) -> None:
    """Refuse to swap away a folder that is no built site. Raises: UsageError."""
    if not folder.exists():
        return
    names = {p.name for p in folder.iterdir()} if folder.is_dir() else {""}
    if names - {_KEEP} and not (folder / "index.html").is_file():
        what = "这个文件夹里有别的东西，不像是本程序生成的网站"
        raise UsageError(Problem(where=str(folder), what=what, hint="换一个空文件夹作 --output"))


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    made: set[Path] = set()
    folder.mkdir(parents=True)
    for name, data in files.items():
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(data)


def apply_changes(root: Path, changes: Mapping[str, bytes | None]) -> None:
    """Write (bytes) or delete (None) files below ``root``, all or none, also over a kill.

    Raises: UsageError when the disk refuses; nothing is changed then.
    """
    recover(root)
    if not changes:
        return
    staging = root / _JOURNAL
    try:
        entries = _stage(staging, changes)
        _write_durably(staging / "journal.json", json.dumps(entries, ensure_ascii=False).encode())
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        what = f"写不进去：{_reason(error)}"
        raise UsageError(Problem(where=str(root), what=what, hint="没有改动任何文件")) from None
    recover(root)


def _stage(staging: Path, changes: Mapping[str, bytes | None]) -> list[dict[str, str | None]]:
    staging.mkdir()
    entries: list[dict[str, str | None]] = []
    for index, (name, data) in enumerate(sorted(changes.items())):
        part = None if data is None else f"{index:06d}"
        checksum = None if data is None else hashlib.sha256(data).hexdigest()
        if data is not None and part is not None:
            _write_durably(staging / part, data)
        entries.append({"path": name, "part": part, "sha256": checksum})
    return entries


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def recover(root: Path) -> bool:
    """Finish a decided change that was interrupted, or forget an undecided one.

    Returns: True when one was finished.
    """
    staging = root / _JOURNAL
    if not staging.is_dir():
        return False
    entries = _read_journal(staging)
    for entry in entries or ():
        target = root / str(entry["path"])
        if entry["part"] is None:
            target.unlink(missing_ok=True)
            continue
        part = staging / str(entry["part"])
        if part.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(part, target)
    shutil.rmtree(staging)
    return entries is not None


def _read_journal(staging: Path) -> list[dict[str, str | None]] | None:
    """The decided entries; None when the journal was not finished (so nothing was decided)."""
    try:
        entries: list[dict[str, str | None]] = json.loads((staging / "journal.json").read_bytes())
    except (OSError, ValueError):
        return None
    return entries


class FolderCache:
    """Bytes by key in a folder, for drawn charts; losing it costs only time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """Stored bytes; None when there are none."""
        try:
            return (self._folder / key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, data: bytes) -> None:
        """Store bytes; a full or read-only disk is no error."""
        path = self._folder / key
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}.tmp")
            part.write_bytes(data)
            os.replace(part, path)
        except OSError:
            return
