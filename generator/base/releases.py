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
    """Move ``old`` to the releases of ``folder`` and let ``count`` stay.

    Raises: OSError when the disk refuses; ``old`` is where it was then.
    """
    kept, place = find_releases(folder), _place(folder)
    number = int(kept[-1].name) + 1 if kept else 1
    place.mkdir(exist_ok=True)
    try:
        made = old.rename(place / f"{number:04d}")
    except OSError:
        with suppress(OSError):
            place.rmdir()
        raise
    for path in (*kept, made)[:-count]:
        shutil.rmtree(path, ignore_errors=True)


def _place(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.releases")
