"""Kind of content → reader.

Wings are loaded on use: a command that reads no source does not wait for their libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from generator.sources.document import Document

Reader = Callable[[bytes, str], Document]


def _text() -> Mapping[str, Reader]:
    from generator.sources.text import read_csv, read_text

    return {"txt": read_text, "md": read_text, "csv": read_csv}


def _web() -> Mapping[str, Reader]:
    from generator.sources.web import read_html, read_mhtml

    return {"html": read_html, "mhtml": read_mhtml}


def _word() -> Mapping[str, Reader]:
    from generator.sources.word import read_docx

    return {"docx": read_docx}


def _sheets() -> Mapping[str, Reader]:
    from generator.sources.sheets import read_ods, read_xls, read_xlsb, read_xlsx

    return {"xlsx": read_xlsx, "xlsb": read_xlsb, "xls": read_xls, "ods": read_ods}


def _pdf() -> Mapping[str, Reader]:
    from generator.sources.pdf import read_pdf

    return {"pdf": read_pdf}


def _office() -> Mapping[str, Reader]:
    from generator.sources.libreoffice import CONVERTED, read_office

    return {kind: partial(read_office, kind=kind) for kind in CONVERTED}


_WINGS = {
    **dict.fromkeys(("txt", "md", "csv"), _text),
    **dict.fromkeys(("html", "mhtml"), _web),
    "docx": _word,
    **dict.fromkeys(("xlsx", "xlsb", "xls", "ods"), _sheets),
    "pdf": _pdf,
    **dict.fromkeys(("doc", "rtf", "odt", "wordxml", "excelxml"), _office),
}
IN_PROCESS = frozenset({"txt", "md", "csv"})
"""Kinds read without a library that a hostile file could drive to ruin."""


def find_reader(kind: str) -> Reader:
    """Reader of one kind of content: ``docx`` → ``read_docx``."""
    return _WINGS[kind]()[kind]
