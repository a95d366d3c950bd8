"""What the last build was made of and what it made: whether another one would make anything else.

The record lies beside the site. It is believed only where everything is as it was: the program and its
libraries, every file that is read, every file that was written, and what was asked for. Importing this loads
nothing that draws or renders.
"""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.base import disk, output_folder
from generator.base.disk import FileState
from generator.base.errors import Problem
from generator.base.journal import JOURNAL
from generator.base.kept_values import format_kept, parse_kept
from generator.base.paths import CONTENT
from generator.base.site_lock import lock_folder

CACHE = ".cache/site"
_NAME = "last-build"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build is asked for."""

    output: Path
    strict: bool = False
    """Doubt about data stops the build."""
    jobs: int = 2
    """Processes that share the work."""
    base_url: str | None = None
    """Replaces site.yaml's."""
    bundle: bool = True
    """Offline zip and single files too."""
    keep: bool = True
    """Keep the site that is replaced, as site.yaml says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a build made."""

    pages: int
    files: int
    problems: tuple[Problem, ...]
    """Warnings only; errors are raised."""
    spent: Mapping[str, float] = field(default_factory=dict)
    """Stage → processor seconds; nothing where nothing was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRecord:
    """One build that went through."""

    question: tuple[str, ...]
    """Program, options and folder: what must be the same before files are compared."""
    parts: tuple[str, ...] = ()
    """Files and folders of the site folder that were read."""
    read: dict[str, FileState] = field(default_factory=dict)
    written: dict[str, FileState] = field(default_factory=dict)
    """Path below the output folder → file."""
    result: Result | None = None


def find_result(root: Path, options: Options) -> Result | None:
    """What a build would give, where it would change nothing; None where it must be made.

    Raises: UsageError when the output folder is not the program's, or the site folder is held too long.
    """
    output_folder.check_output(options.output, root)
    with lock_folder(root):
        record = _read_record(root)
        try:
            is_same = record is not None and _is_same(record, root, options)
        except OSError:
            return None
    return record.result if record and is_same else None


def begin_record(root: Path, options: Options) -> BuildRecord:
    """The record of a build that now begins to read. Raises: OSError."""
    return _add_parts(BuildRecord(question=_make_question(root, options)), root, (*CONTENT, "templates"))


def add_theme(begun: BuildRecord, root: Path, theme: str | None) -> BuildRecord:
    """The record with the folder that site.yaml names. Raises: OSError."""
    return _add_parts(begun, root, (theme,)) if theme else begun


def _add_parts(begun: BuildRecord, root: Path, parts: tuple[str, ...]) -> BuildRecord:
    read = disk.read_states(root, parts, time.time_ns())
    return replace(begun, parts=(*begun.parts, *parts), read={**begun.read, **read})


def write_record(root: Path, options: Options, begun: BuildRecord, result: Result) -> None:
    """Keep what was built; a disk that refuses costs only time."""
    with suppress(OSError):
        written = disk.read_states(options.output, ("",))
        manifest = {*output_folder.read_manifest(options.output), output_folder.MANIFEST}
        kept = {name: state for name, state in written.items() if name in manifest}
        record = replace(begun, written=kept, result=result)
        disk.FolderCache(root / CACHE).put(_NAME, format_kept(record))


def _read_record(root: Path) -> BuildRecord | None:
    data = disk.FolderCache(root / CACHE).get(_NAME)
    try:
        found = parse_kept(data) if data else None
    except ValueError:
        return None
    return found if isinstance(found, BuildRecord) else None


def _is_same(record: BuildRecord, root: Path, options: Options) -> bool:
    """Raises: OSError."""
    if record.question != _make_question(root, options) or (root / JOURNAL).exists():
        return False
    if disk.read_states(root, record.parts) != {n: _settled(s) for n, s in record.read.items()}:
        return False
    if any(disk.read_sum(root / name) != s.sha256 for name, s in record.read.items() if s.sha256):
        return False
    if (options.output / JOURNAL).exists():
        return False
    now = disk.read_states(options.output, ("",))
    return bool(record.written) and record.written.items() <= now.items()


def _settled(state: FileState) -> FileState:
    return FileState(state.size, state.changed, state.number)


def _make_question(root: Path, options: Options) -> tuple[str, ...]:
    asked = (options.strict, options.base_url, options.bundle)
    return (read_edition(), *map(str, asked), str(root.resolve()), str(options.output.resolve()))


def read_edition() -> str:
    """Checksum of the program as it is installed: its code, its templates, its libraries. Raises: OSError."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256(f"{sys.version}{os.name}".encode())
    for folder in (package, disk.find_program_templates()):
        for name, state in sorted(disk.read_states(folder, ("",)).items()):
            if not name.endswith((".pyc", "/")):
                digest.update(f"{name}:{state.size}:{state.changed}\n".encode())
    for kind in ("purelib", "platlib"):
        digest.update(str(os.stat(sysconfig.get_path(kind)).st_mtime_ns).encode())
    return digest.hexdigest()
