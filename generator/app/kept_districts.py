"""Districts that were made before, each kept beside the site under a checksum of all that it was made from.

A district sees the site through ``figures.narrow_report``: itself whole, of the others name and newest day.
What is not in there it cannot show, so that the checksum of that, of the settings, the templates, the program
and the received files is the checksum of everything. An entry that is cut, damaged, foreign or of an older
program is none.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.base import disk
from generator.base.kept_values import format_kept, parse_kept

FOLDER = ".cache/districts"
_SPARE = 16
"""Entries kept beside two for each district: those of the last builds and of other options."""
_QUICK = 1
"""zlib's fastest level: pages shrink to an eighth by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDistricts:
    """The store of one site folder."""

    cache: disk.FolderCache
    edition: str
    """Checksum of the program."""

    def get(self, key: str) -> object | None:
        """What was kept under a key; None when there is nothing that can be trusted."""
        data = self.cache.get(key)
        try:
            value = parse_kept(zlib.decompress(data)) if data else None
        except (ValueError, zlib.error):
            return None
        self.cache.mark_used(key)
        return value

    def put(self, key: str, value: object) -> None:
        """Keep a value of the program's frozen types; a disk that refuses costs only time."""
        self.cache.put(key, zlib.compress(format_kept(value), _QUICK))

    def forget_old(self, districts: int) -> None:
        """Let go of what no build has asked for lately."""
        self.cache.keep_newest(2 * districts + _SPARE)


def open_kept(root: Path, edition: str) -> KeptDistricts:
    """The store of a site folder for the program of ``edition``."""
    return KeptDistricts(cache=disk.FolderCache(root / FOLDER), edition=edition)


def make_key(values: Iterable[object]) -> str:
    """Checksum over values: equal ones have the same, whatever they share in memory."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.fast = True  # no references back: two equal texts are written twice
    for value in values:
        pickler.dump(value)
    return hashlib.sha256(buffer.getbuffer()).hexdigest()
