"""Zip archives whose bytes follow from their content alone: fixed times, fixed attributes, given order.

Word and Excel files are zip archives too; ``repack`` gives those the same property.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_STORED = (".png", ".jpg", ".zip", ".xlsx", ".docx")


def make_zip(files: Mapping[str, bytes]) -> bytes:
    """An archive of the files in the order of the mapping; names outside ASCII carry the UTF-8 flag."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system = _UNIX
            entry.external_attr = 0o644 << 16
            packed = name.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=None if packed else 6)
    return buffer.getvalue()


def read_zip(data: bytes) -> dict[str, bytes]:
    """Name → content of every file in an archive, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


def repack(data: bytes, modified: str) -> bytes:
    """A Word or Excel file without the times of its making.

    modified: ISO time that its properties name as last change, ``2025-07-20T00:00:00Z``.
    """
    files = read_zip(data)
    core = files.get("docProps/core.xml", b"")
    if core:
        files["docProps/core.xml"] = _MODIFIED.sub(rb"\g<1>" + modified.encode() + rb"\g<2>", core)
    return make_zip(files)
