"""Zip archives whose bytes follow from their content alone: fixed times, fixed attributes, given order.

Word and Excel files are zip archives too; ``repack`` gives those the same property.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_DATE = 33
"""1980-01-01 as MS-DOS writes it; the time is midnight."""
_VERSION, _UNIX, _UTF8 = 20, 3, 0x800
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s4B4H3L5H2L"), struct.Struct("<4s4H2LH")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_STORED = (".png", ".jpg", ".zip", ".xlsx", ".docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """A file as it lies in an archive; one that stands in many archives is packed once."""

    name: bytes
    flags: int
    method: int
    checksum: int
    size: int
    """Before packing."""
    data: bytes
    """As packed."""


def pack_file(name: str, data: bytes) -> PackedFile:
    """One file of an archive; a name outside ASCII carries the UTF-8 flag."""
    stored = name.endswith(_STORED)
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return PackedFile(
        name=name.encode("utf-8"),
        flags=0 if name.isascii() else _UTF8,
        method=zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED,
        checksum=zlib.crc32(data),
        size=len(data),
        data=data if stored else packer.compress(data) + packer.flush(),
    )


def make_zip(files: Mapping[str, bytes]) -> bytes:
    """An archive of the files in the order of the mapping."""
    return join_packed(pack_file(name, data) for name, data in files.items())


def join_packed(files: Iterable[PackedFile]) -> bytes:
    """An archive of packed files in their order. Raises: struct.error beyond 4 GB or 65,535 files."""
    parts: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for file in files:
        about = (file.flags, file.method, 0, _DATE, file.checksum, len(file.data), file.size, len(file.name))
        head = _LOCAL.pack(b"PK\3\4", _VERSION, *about, 0) + file.name
        mode = 0o644 << 16
        entry = _CENTRAL.pack(b"PK\1\2", _VERSION, _UNIX, _VERSION, 0, *about, 0, 0, 0, 0, mode, at)
        listed.append(entry + file.name)
        parts += [head, file.data]
        at += len(head) + len(file.data)
    directory = b"".join(listed)
    end = _END.pack(b"PK\5\6", 0, 0, len(listed), len(listed), len(directory), at, 0)
    return b"".join([*parts, directory, end])


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
