"""Bytes of one source file → ``Document``, whatever its format: ``read_document``.

A file is read by what it is, not by what its suffix says.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from generator.sources.limits import refuse
from generator.sources.table import Document

Reader = Callable[[bytes, str], Document]


def _read_text(data: bytes, name: str) -> Document:
    from generator.sources.text import read_text

    return read_text(data, name)


def _read_csv(data: bytes, name: str) -> Document:
    from generator.sources.delimited import read_csv

    return read_csv(data, name)


def _read_html(data: bytes, name: str) -> Document:
    from generator.sources.web import read_html

    return read_html(data, name)


def _read_mhtml(data: bytes, name: str) -> Document:
    from generator.sources.web import read_mhtml

    return read_mhtml(data, name)


def _read_docx(data: bytes, name: str) -> Document:
    from generator.sources.docx import read_docx

    return read_docx(data, name)


def _read_xlsx(data: bytes, name: str) -> Document:
    from generator.sources.xlsx import read_xlsx

    return read_xlsx(data, name)


READERS: dict[str, Reader] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".html": _read_html,
    ".htm": _read_html,
    ".mht": _read_mhtml,
    ".mhtml": _read_mhtml,
    ".docx": _read_docx,
    ".docm": _read_docx,
    ".xlsx": _read_xlsx,
    ".xlsm": _read_xlsx,
}
"""Suffix → reader. Readers are loaded on use: a command that reads no source does not wait for them."""


def read_document(data: bytes, name: str) -> Document:
    """Blocks of the source file ``name`` (file name, for its suffix and for messages).

    Raises: SourceError, with one problem that names the file, the reason and the way out.
    """
    suffix = PurePath(name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        known = "、".join(key.removeprefix(".") for key in READERS)
        raise refuse(name, f"不认识后缀“{suffix}”", f"可以读的有 {known}")
    return reader(data, name)
