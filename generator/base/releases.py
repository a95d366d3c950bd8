"""Sites that were replaced, kept beside the output folder so that one of them can be brought back."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path


def find_releases(folder: Path) -> tuple[Path, ...]:
    """Folders of the sites that ``folder`` held before, oldest first; their names are running numbers.

    Raises: OSError.
    """
    place = _place(folder)
    names = os.listdir(place) if place.is_dir() else ()
    return tuple(place / name for name in sorted(filter(str.isdecimal, names), key=int))


def keep_release(old: Path, folder: Path, count: int) -> None:
    """Move ``old`` to the releases of ``folder`` and let ``count`` stay; a disk that refuses keeps none."""
    try:
        kept = find_releases(folder)
        _place(folder).mkdir(exist_ok=True)
        number = int(kept[-1].name) + 1 if kept else 1
        old.rename(_place(folder) / f"{number:04d}")
        surplus = (*kept, None)[:-count]
    except OSError:
        surplus = (old,)
    for path in surplus:
        if path is not None:
            shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):
        _place(folder).rmdir()


def _place(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.releases")
