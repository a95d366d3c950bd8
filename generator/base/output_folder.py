"""The built site's folder: swapped in whole, and nothing in it lost that the program did not make.

The new tree is written beside the old one; then the two exchange their names in one step, so that a reader
finds the old site or the new one at every moment. A manifest in the folder names every file of the program's
with its checksum: what it does not name is somebody else's and is carried over.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

from generator.base.disk import is_there, sync_tree, write_files
from generator.base.errors import Problem, UsageError, make_unreadable, make_unwritable
from generator.base.journal import apply_changes, recover
from generator.base.messages import Message
from generator.base.places import Place
from generator.base.releases import find_releases, keep_release
from generator.base.site_lock import lock_folder

MANIFEST = ".taizhang-manifest.json"
"""Marker of a folder that the program made: site path → SHA-256, and nothing else."""
_NEVER = (".git", ".hg", ".svn")
_EXCHANGE, _HERE = 2, -100
"""RENAME_EXCHANGE and AT_FDCWD of renameat2(2)."""


@dataclass(frozen=True, slots=True)
class Release:
    """A new site in the making, in a folder beside the old one."""

    folder: Path
    sums: dict[str, str] = field(default_factory=dict)
    """Site path → SHA-256 of all that was written."""

    def write(self, files: Mapping[str, bytes]) -> dict[str, str]:
        """Write files, whoever writes others at the same time; their sums. Raises: OSError."""
        write_files(self.folder, files)
        return make_sums(files)

    def read(self, name: str) -> bytes:
        """One of its files. Raises: OSError."""
        return (self.folder / name).read_bytes()


@contextmanager
def open_scratch() -> Iterator[Release]:
    """A site that is thrown away after its files were looked at."""
    with tempfile.TemporaryDirectory() as folder:
        yield Release(Path(folder))


@contextmanager
def open_release(folder: Path, *, root: Path, keep: int = 0) -> Iterator[Release]:
    """A new site that takes the place of ``folder`` when all is written, with what others put there.

    root: the site folder. keep: how many of the sites that were there before stay as releases; with 0 none is
    added. A failure or kill leaves the old tree or the new one, never a mixture.
    Raises: UsageError when the folder is somebody else's or the disk refuses; the old site stays then.
    """
    folder = _resolve(folder)
    check_output(folder, root)
    try:
        with nullcontext() if _is_same(folder.parent, root) else lock_folder(_made(folder.parent)):
            restore_output(folder, keep)
            release = Release(_beside(folder)[0])
            release.folder.mkdir()
            try:
                yield release
                _swap_in(folder, release, keep)
            except BaseException:
                _remove(release.folder)
                raise
    except OSError as error:
        raise UsageError(make_unwritable(error, str(folder), Message("旧的网站原样保留"))) from error


def write_output(folder: Path, files: Mapping[str, bytes], *, root: Path, keep: int = 0) -> None:
    """Make ``folder`` hold ``files`` and what others put there, swapped in whole. Raises: as above."""
    with open_release(folder, root=root, keep=keep) as release:
        release.sums.update(release.write(files))


def add_to_output(folder: Path, files: Mapping[str, bytes], *, root: Path) -> None:
    """Put ``files`` into a folder of the program's, or a new one, all or none; the rest of it stays.

    Raises: UsageError as ``write_output``.
    """
    folder = _resolve(folder)
    check_output(folder, root)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(make_unwritable(error, str(folder), Message("没有写入任何文件"))) from error
    ours = read_manifest(folder) | make_sums(files)
    apply_changes(folder, {**files, MANIFEST: format_manifest(ours)})


def restore_output(folder: Path, keep: int = 0) -> None:
    """Finish a swap that was cut, and sweep what was left.

    An old site gets its name back where no new one took it; where one did, it becomes one of the ``keep``
    releases. Raises: OSError.
    """
    fresh, old = _beside(folder)
    if not is_there(folder) and (old / MANIFEST).is_file():
        old.rename(folder)
    replaced = [path for path in _find_ready(folder) if path.stat().st_ino != _number_of(path)]
    if (folder / MANIFEST).is_file():
        recover(folder)
        for path in (old, *replaced):
            _put_away(path, folder, keep)
    for leftover in (fresh, old, *_find_ready(folder)):
        _remove(leftover)


def check_output(folder: Path, root: Path) -> None:
    """Raises: UsageError when ``folder`` must not be written to."""
    root = _resolve(root)
    sources = [root / name for name in ("content", "templates")]
    if folder == root or folder in root.parents or any(s == folder or s in folder.parents for s in sources):
        _refuse(folder, Message("这是站点文件夹本身、它的上级，或者内容、模板所在的文件夹"))
    if not is_there(folder):
        return
    if not folder.is_dir():
        _refuse(folder, Message("这里是一个文件，不是文件夹"))
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise UsageError(make_unreadable(error, str(folder))) from error
    if kept := [name for name in names if name in _NEVER]:
        _refuse(folder, Message("这里是一个版本库（有 {kept}）", kept=kept[0]))
    others = [name for name in names if name != ".gitignore"]
    if others and MANIFEST not in names:
        listed = (*others[:5], *(["……"] if len(others) > 5 else []))
        _refuse(folder, Message("这个文件夹里有别的东西，不像是本程序生成的网站：{names}", names=listed))


def read_manifest(folder: Path) -> dict[str, str]:
    """Site path → SHA-256 of the files that the program made; empty without a manifest.

    Raises: OSError; UsageError for a manifest that is damaged.
    """
    path = folder / MANIFEST
    if not is_there(path):
        return {}
    try:
        value = json.loads(path.read_bytes())
        return {str(k): str(v) for k, v in value.items()}
    except (ValueError, RecursionError, AttributeError) as error:
        what, hint = Message("这个文件坏了，分不清哪些是程序生成的"), Message("请把文件夹移走或清空后再生成")
        raise UsageError(Problem(place=Place(file=str(path)), what=what, hint=hint)) from error


def make_sums(files: Mapping[str, bytes]) -> dict[str, str]:
    """Site path → SHA-256 of its bytes."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def format_manifest(sums: Mapping[str, str]) -> bytes:
    """The manifest's bytes: one line a file, in the order of their names."""
    return (json.dumps(dict(sorted(sums.items())), ensure_ascii=False, indent=0) + "\n").encode("utf-8")


def _swap_in(folder: Path, release: Release, keep: int) -> None:
    fresh, old = _beside(folder)
    write_files(fresh, {MANIFEST: format_manifest(release.sums)})
    if folder.is_dir():
        _carry_over(folder, fresh, release.sums)
    sync_tree(fresh)
    ready = fresh.rename(folder.with_name(f"{_ready(folder)}{fresh.stat().st_ino}"))
    try:
        replaced = _exchange(ready, folder, old)
    except BaseException:
        _remove(ready)
        raise
    try:
        _put_away(replaced, folder, keep)
    except OSError as error:
        state = Message("新的网站已经换上，换下的网站下一次 build 再收进 rollback 的版本里")
        raise UsageError(make_unwritable(error, str(folder), state)) from error
    _remove(replaced)


def _ready(folder: Path) -> str:
    """How a new tree is called before it is exchanged: its own number follows.

    Whoever finds it tells by the number whether it is still the new tree, or the old one under its name.
    """
    return f".{folder.name}.next-"


def _number_of(path: Path) -> int:
    return int(path.name.rpartition("-")[2])


def _find_ready(folder: Path) -> tuple[Path, ...]:
    start = _ready(folder)
    names = os.listdir(folder.parent) if folder.parent.is_dir() else ()
    return tuple(
        folder.with_name(name)
        for name in names
        if name.startswith(start) and name.removeprefix(start).isdecimal()
    )


def _put_away(old: Path, folder: Path, keep: int) -> None:
    """Make a release of the site that was replaced, where another one took its place. Raises: OSError."""
    before = read_manifest(old) if keep else {}
    if before and before != read_manifest(folder):
        keep_release(old, folder, keep)


def bring_back(folder: Path, *, root: Path, number: str | None = None) -> Path:
    """Exchange the site with the release that it replaced, or with the one of ``number``; its folder.

    What others put into the site stays in it; the site that was there takes the release's place, so that a
    second call undoes the first. The caller holds the site's lock.
    Raises: UsageError without such a release, or when one of its files is not what its manifest says.
    """
    folder = _resolve(folder)
    check_output(folder, root)
    restore_output(folder, keep=len(find_releases(folder)) + 1)
    chosen = _find_release(folder, number)
    sums = read_manifest(chosen)
    for name, checksum in sums.items():
        path = chosen / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != checksum:
            what, hint = Message("这一版的文件缺失或被改过"), Message("现在的网站原样保留；可以重新 build")
            raise UsageError(Problem(place=Place(file=str(path)), what=what, hint=hint))
    if folder.is_dir():
        _carry_over(folder, chosen, dict.fromkeys(sums, b""))
    _, old = _beside(folder)
    replaced = _exchange(chosen, folder, old)
    if replaced != chosen and is_there(replaced):
        replaced.rename(chosen)
    return chosen


def _find_release(folder: Path, number: str | None) -> Path:
    found = find_releases(folder)
    for path in reversed(found):
        if (number is None or path.name.lstrip("0") == number.lstrip("0")) and (path / MANIFEST).is_file():
            return path
    if not found:
        what = Message("没有留下以前的网站")
        hint = Message("build 换下的网站会留着；site.yaml 的 releases 写明留几版")
    else:
        what = Message("没有第 {number} 版", number=number)
        hint = Message("留着的有：{numbers}", numbers=tuple(path.name.lstrip("0") for path in found))
    raise UsageError(Problem(place=Place(file=str(folder)), what=what, hint=hint))


def _carry_over(folder: Path, fresh: Path, files: Iterable[str]) -> None:
    """Give the new tree what others put into the old one. A name that both have is the program's."""
    ours = {MANIFEST, *files, *read_manifest(folder)}
    for name in _names_below(folder):
        target = fresh / name
        if name in ours or is_there(target):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(folder / name, target, follow_symlinks=False)
        except (OSError, NotImplementedError):
            shutil.copy2(folder / name, target, follow_symlinks=False)


def _names_below(folder: Path) -> Iterable[str]:
    """Posix paths of every file and link below a folder. Raises: OSError for what cannot be listed."""
    for at, folders, names in os.walk(folder, onerror=_raise):
        place = Path(at)
        links = [name for name in folders if (place / name).is_symlink()]
        yield from ((place / name).relative_to(folder).as_posix() for name in sorted([*names, *links]))


def _raise(error: OSError) -> None:
    raise error


def _exchange(fresh: Path, folder: Path, old: Path) -> Path:
    """Put ``fresh`` in the place of ``folder`` without a moment in between; where what was there lies now.

    ``old`` is its place where the system cannot exchange two names in one step. Raises: OSError.
    """
    replaced = old
    if not is_there(folder):
        fresh.rename(folder)
    elif _rename_exchange(fresh, folder):
        replaced = fresh
    else:
        folder.rename(old)
        try:
            fresh.rename(folder)
        except OSError:
            old.rename(folder)
            raise
    with suppress(OSError):
        sync_tree(folder.parent, deep=False)
    return replaced


def _rename_exchange(a: Path, b: Path) -> bool:
    """Whether the system could let two folders exchange their names in one step."""
    if sys.platform != "linux":
        return False
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(call(_HERE, os.fsencode(a), _HERE, os.fsencode(b), _EXCHANGE) == 0)


def _beside(folder: Path) -> tuple[Path, Path]:
    """Where the new tree is written and where the old one goes."""
    return folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")


def _remove(path: Path) -> None:
    """Sweep what is left over; what the disk refuses to be told of is left to the next command."""
    with suppress(OSError):
        if path.is_symlink() or path.is_file():
            path.unlink()
        else:
            shutil.rmtree(path, ignore_errors=True)


def _resolve(folder: Path) -> Path:
    try:
        return folder.resolve()
    except (OSError, RuntimeError) as error:
        raise UsageError(
            Problem(place=Place(file=str(folder)), what=Message("这个地址绕成了圈，打不开"))
        ) from error


def _is_same(a: Path, b: Path) -> bool:
    with suppress(OSError):
        return a.samefile(b)
    return False


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _refuse(folder: Path, what: Message) -> None:
    raise UsageError(
        Problem(
            place=Place(file=str(folder)),
            what=what,
            hint=Message("换一个空文件夹作 --output；没有改动任何文件"),
        )
    )
