"""The received tables as the site shows them: what stands in each, and the copy of the file that is served.

A file is served as it came when no rule masks anything in it, a text file as a masked copy. What cannot be
masked safely, or cannot be read, is not served, and its page says so. What is shown is masked always.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath

from generator.base.errors import SourceError
from generator.language.privacy import find_numbers, mask_names, mask_text
from generator.model import District, Period, Site, SourceTable, Update, addresses
from generator.site.private_scan import find_clear_numbers, fold_text
from generator.sources import find_kind, read_document
from generator.sources.document import Document, Paragraph, Table, open_package, unpack_part

_PLAIN = {".txt", ".md", ".csv", ".tsv"}
_SERVED_AS_TEXT = {".html", ".htm", ".mht", ".mhtml", ".svg", ".xml"}
"""A browser would run what stands in them: served under a name that it shows as plain text."""
_TAG = re.compile(r"<[^<>]*>")
_ACTIVE = ("vbaProject", "externalLink")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


class ServedAs(StrEnum):
    """How a received file stands on the site."""

    RECEIVED = "received"
    """To the byte as it came."""
    MASKED = "masked"
    """A copy in which private numbers, or names, are starred."""
    PRIVATE = "private"
    """Not at all: something in it must be masked, and this format cannot be masked safely."""
    ACTIVE = "active"
    """Not at all: it carries macros or links to other files."""
    UNREAD = "unread"
    """Not at all: it could not be read, so nobody can tell what it holds."""
    MISSING = "missing"
    """Not at all: district.yaml names it, but there is no such file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedFile:
    """One received table of a district."""

    district: str
    table: SourceTable
    url: str
    """Site path of its first page."""
    blocks: tuple[Paragraph | Table, ...] = ()
    """What stands in it, masked; empty when it could not be read."""
    served_as: ServedAs
    file_url: str | None = None
    """Site path of the served copy; None when none is served."""
    data: bytes = b""
    """The served copy."""
    received_sha256: str = ""
    """Checksum of the file as it came; empty when it is missing."""
    fault: str = ""
    """Why it could not be read, in words."""

    @property
    def kind(self) -> str:
        """What sort of file is served: TXT."""
        return (self.file_url or "").rpartition(".")[2].upper()

    @property
    def kilobytes(self) -> str:
        """Size of the served copy."""
        return f"{max(1, round(len(self.data) / 1024)):,}"

    @property
    def served_sha256(self) -> str:
        """Checksum of the served copy; empty when none is served."""
        return hashlib.sha256(self.data).hexdigest() if self.file_url else ""


Received = Mapping[tuple[str, str], ReceivedFile]
"""(district id, file below the district's folder) → the received table."""
NO_RECEIVED: Received = {}


def find_tables(district: District) -> tuple[SourceTable, ...]:
    """Every table of a district, oldest first: those that district.yaml lists and those that tasks name."""
    tables = {table.file: table for table in district.sources}
    for update in _updates(district):
        tables.setdefault(update.source.file, SourceTable(period=update.period, file=update.source.file))
    return tuple(sorted(tables.values(), key=lambda table: table.period.order))


def _updates(district: District) -> Iterator[Update]:
    return (update for task in district.tasks for update in task.updates)


def read_received(
    site: Site, files: Mapping[str, bytes], *, read: Callable[[bytes, str], Document] = read_document
) -> Received:
    """Every received table of the site.

    files: content path → bytes. read: gives what stands in a file, may raise SourceError.
    """
    found: dict[tuple[str, str], ReceivedFile] = {}
    for district in site.districts:
        counts: dict[Period, int] = {}
        for table in find_tables(district):
            counts[table.period] = number = counts.get(table.period, 0) + 1
            url = addresses.source_url(district.id, table.period, number)
            found[district.id, table.file] = _make_received(
                ReceivedFile(district=district.id, table=table, url=url, served_as=ServedAs.MISSING),
                files.get(f"content/{district.id}/{table.file}"),
                read,
                _masks(site),
            )
    return found


def served_files(received: Received, districts: Iterable[str]) -> dict[str, bytes]:
    """The served copies of some districts: site path → bytes."""
    ids = set(districts)
    return {file.file_url: file.data for file in received.values() if file.file_url and file.district in ids}


def _masks(site: Site) -> Callable[[str], str]:
    return (lambda text: mask_names(mask_text(text))) if site.config.mask_names else mask_text


def _make_received(
    file: ReceivedFile,
    data: bytes | None,
    read: Callable[[bytes, str], Document],
    mask: Callable[[str], str],
) -> ReceivedFile:
    if data is None:
        return file
    file = replace(file, received_sha256=hashlib.sha256(data).hexdigest(), served_as=ServedAs.UNREAD)
    name = PurePath(file.table.file).name
    try:
        document = read(data, name)
        kind = find_kind(data, name)
    except SourceError as error:
        return replace(file, fault="；".join(str(problem.what) for problem in error.problems))
    except RuntimeError:  # a reader's own fault, met in its process: no file may stop a build
        return file
    file = replace(file, blocks=tuple(_mask_block(block, mask) for block in document.blocks))
    suffix = PurePath(name).suffix.lower()
    served_as, copy = _make_copy(data, suffix, kind, document, mask)
    if copy is None or not _SUFFIX.fullmatch(suffix):
        return replace(file, served_as=served_as)
    ending = f"{suffix}.txt" if suffix in _SERVED_AS_TEXT else suffix
    return replace(file, served_as=served_as, data=copy, file_url=file.url.removesuffix(".html") + ending)


def _mask_block(block: Paragraph | Table, mask: Callable[[str], str]) -> Paragraph | Table:
    if isinstance(block, Paragraph):
        return replace(block, text=mask(block.text))
    return replace(block, cells=tuple(replace(cell, text=mask(cell.text)) for cell in block.cells))


def _make_copy(
    data: bytes, suffix: str, kind: str, document: Document, mask: Callable[[str], str]
) -> tuple[ServedAs, bytes | None]:
    """How the file is served, and the copy; None where none may be."""
    if suffix in _PLAIN and kind in {"txt", "md", "csv"}:
        return _copy_text(data, mask)
    try:
        texts = list(_texts_within(data, document))
    except SourceError:
        return ServedAs.UNREAD, None
    if any(trace.encode() in data for trace in _ACTIVE) or suffix in {".docm", ".xlsm", ".xlsb"}:
        return ServedAs.ACTIVE, None
    private = any(mask(text) != text or find_clear_numbers(fold_text(text)) for text in texts)
    return (ServedAs.PRIVATE, None) if private else (ServedAs.RECEIVED, data)


def _copy_text(data: bytes, mask: Callable[[str], str]) -> tuple[ServedAs, bytes | None]:
    """A text file masked in its own encoding; none where encoding it again gives other bytes."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) != data:
            continue
        masked = mask(text)
        if find_numbers(masked) or find_clear_numbers(fold_text(masked)):
            return ServedAs.PRIVATE, None
        return (ServedAs.RECEIVED if masked == text else ServedAs.MASKED), masked.encode(encoding)
    return ServedAs.UNREAD, None


def _texts_within(data: bytes, document: Document) -> Iterator[str]:
    """Every text in which something private could stand: what is read, and what the file holds beside it."""
    for block in document.blocks:
        yield from (block.text,) if isinstance(block, Paragraph) else (cell.text for cell in block.cells)
    if data.startswith(b"PK"):
        with open_package(data, document.name) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels", ".txt")):
                    text = unpack_part(package, name, document.name).decode("utf-8", "replace")
                    yield from (text, _TAG.sub("", text), _TAG.sub(" ", text))
        return
    text = data.decode("utf-8", "replace")
    yield from (text, _TAG.sub("", text))
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # an OLE file keeps its texts in two bytes a character
        yield from (data[start:].decode("utf-16-le", "ignore") for start in (0, 1))
