"""Reading a tree, writing files: the lowest floor of everything that opens paths.

``output_folder`` swaps in a built site whole, ``journal`` changes some files of a folder together.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.base.errors import ContentError, Problem, UsageError, make_unreadable
from generator.base.messages import Message, reason_of
from generator.base.paths import SITE_FILE
from generator.base.places import NOWHERE, Place

_MAX_YAML = 16 << 20
"""Bytes of a content file: a task has a few thousand."""
_MAX_FILE = 512 << 20
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file's time tells of its next change: coarse file systems count two seconds."""
_MARKERS = {".taizhang-manifest.json"}
"""Hidden files that count."""


def find_root(start: Path) -> Path:
    """The nearest folder upwards that holds site.yaml. Raises: UsageError."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / SITE_FILE).is_file():
            return folder
    what = Message("{start} 和它上面的文件夹里都没有 site.yaml", start=start)
    raise UsageError(
        Problem(place=NOWHERE, what=what, hint=Message("进到站点文件夹里运行，或用 --root 指明"))
    )


def read_bytes(path: Path) -> bytes:
    """One file. Raises: UsageError in words for people."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(make_unreadable(error, str(path))) from None


def read_tree(root: Path, parts: Iterable[str]) -> dict[str, bytes]:
    """Files below ``root`` under the given files or folders: posix path → bytes, sorted.

    Hidden files and editors' backups are left out.
    Raises: ContentError for each file and folder that cannot be read, is too large, or leads out of ``root``.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for part in parts:
        for path in _files_under(root, root / part, problems):
            name = path.relative_to(root).as_posix()
            try:
                _require_readable(path, root)
                found[name] = path.read_bytes()
            except OSError as error:
                problems.append(make_unreadable(error, name))
            except ValueError as error:
                problems.append(Problem(place=Place(file=name), what=reason_of(error)))
    if problems:
        raise ContentError(problems)
    return found


def _files_under(root: Path, start: Path, problems: list[Problem]) -> list[Path]:
    """Visible files below ``start`` or ``start`` itself, sorted; what cannot be listed is a problem."""

    def refuse(error: OSError) -> None:
        where = Path(error.filename or start).relative_to(root).as_posix()
        problems.append(make_unreadable(error, where))

    try:
        if not start.is_dir():
            return [start] if is_there(start) else []
    except OSError as error:
        refuse(error)
        return []
    paths = []
    for at, folders, names in os.walk(start, onerror=refuse):
        place = Path(at)
        links = [name for name in folders if (place / name).is_symlink()]
        paths += [place / name for name in (*names, *links)]
    return sorted(p for p in paths if not _is_hidden(p.relative_to(root).as_posix()))


def _require_readable(path: Path, root: Path) -> None:
    """Raises: ValueError with the reason for a link, a device or a file of absurd size; OSError."""
    if path.is_symlink():
        try:
            target = path.resolve(strict=True)
        except RuntimeError:
            raise ValueError(Message("是一个绕成圈的链接，请换成文件")) from None
        if target.is_dir() or root.resolve() not in target.parents:
            raise ValueError(Message("是一个指到站点外或指向文件夹的链接，请换成文件"))
    state = path.stat()
    if not stat.S_ISREG(state.st_mode):
        raise ValueError(Message("不是普通文件"))
    limit = _MAX_YAML if path.suffix.lower() in {".yaml", ".yml"} else _MAX_FILE
    if state.st_size > limit:
        raise ValueError(
            Message("有 {size} MB，超过上限 {limit} MB", size=state.st_size >> 20, limit=limit >> 20)
        )


def read_program_templates() -> dict[str, bytes]:
    """The program's own templates: path below templates/ → bytes."""
    return read_tree(find_program_templates(), ("",))


def read_program_template(name: str) -> bytes:
    """One of the program's own templates; ``name`` is its path below templates/."""
    return (find_program_templates() / name).read_bytes()


def find_program_templates() -> Path:
    """The folder of the program's own templates."""
    here = Path(__file__).resolve().parents[1]
    return next(f for f in (here / "templates", here.parent / "templates") if f.is_dir())


def _is_hidden(name: str) -> bool:
    return name.endswith(("~", ".bak", ".tmp")) or any(p.startswith((".", "~$")) for p in name.split("/"))


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file's entry on the disk says of it."""

    size: int
    changed: int
    """When it was written, in nanoseconds."""
    number: int
    """The file system's own number of it: a file that took another's place has another one."""
    sha256: str = ""
    """Of a file so new that it could change once more without a trace; empty for others."""


def read_states(root: Path, parts: Iterable[str], now: int = 0) -> dict[str, FileState]:
    """Visible files below the given files or folders of ``root``, by posix path; only new ones are opened.

    now: nanoseconds; files that were written within the last seconds before are read for their checksum; with
    0 none is. Raises: OSError.
    """
    found: dict[str, FileState] = {}
    for part in parts:
        start = root / part
        if start.is_dir():
            _add_states(os.fspath(start), f"{part}/" if part else "", now, found)
        elif start.is_file():
            found[part] = _read_state(os.fspath(start), start.stat(), now)
    return found


def _add_states(folder: str, name: str, now: int, found: dict[str, FileState]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            if _is_hidden(entry.name) and entry.name not in _MARKERS:
                continue
            if entry.is_dir(follow_symlinks=False):
                _add_states(entry.path, f"{name}{entry.name}/", now, found)
            else:
                found[f"{name}{entry.name}"] = _read_state(entry.path, entry.stat(), now)


def _read_state(path: str, state: os.stat_result, now: int) -> FileState:
    is_new = now and state.st_mtime_ns > now - _SETTLED
    checksum = read_sum(Path(path)) if is_new else ""
    return FileState(state.st_size, state.st_mtime_ns, state.st_ino, checksum)


def read_sum(path: Path) -> str:
    """SHA-256 of a file. Raises: OSError."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, making it and theirs where needed. Raises: OSError."""
    made: set[Path] = set()
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(data)


def is_there(path: Path) -> bool:
    """Whether anything has this name. Raises: OSError when that cannot be told: it is no “no”."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def write_durably(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it. Raises: OSError."""
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder. Raises: OSError."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path, *, deep: bool = True) -> None:
    """Wait until the disk has a folder, with ``deep`` every file below it too. Raises: OSError."""
    if deep and hasattr(os, "sync"):
        os.sync()
    sync_folder(folder)


class FolderCache:
    """Bytes by key in a folder, for drawn charts; losing it costs only time.

    An entry begins with a checksum over its key and bytes: whatever is cut, empty, changed or put under
    another key is no entry.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """Stored bytes; None when there are none that can be trusted."""
        try:
            entry = (self._folder / key).read_bytes()
        except OSError:
            return None
        checksum, data = entry[:_SUM], entry[_SUM:]
        return data if checksum == _entry_sum(key, data) else None

    def keep_newest(self, count: int) -> None:
        """Forget all but the entries that were stored or marked as used last."""
        with contextlib.suppress(OSError):
            entries = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
            for path in entries[count:]:
                path.unlink()

    def mark_used(self, key: str) -> None:
        """Let ``keep_newest`` count an entry as one of today."""
        with contextlib.suppress(OSError):
            os.utime(self._folder / key)

    def put(self, key: str, data: bytes) -> None:
        """Store bytes; a full or read-only disk is no error."""
        path = self._folder / key
        part = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_entry_sum(key, data) + data)
            os.replace(part, path)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


_SUM = 32


def _entry_sum(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode("utf-8") + b"\0" + data).digest()
