"""Kind of content → reader.

Readers are loaded on use: a command that reads no source does not wait for their libraries.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.sources.document.document import Document

Reader = Callable[[bytes, str], Document]


def _read_text(data: bytes, name: str) -> Document:
    from generator.sources.text.plain_text import read_text

    return read_text(data, name)


def _read_csv(data: bytes, name: str) -> Document:
    from generator.sources.text.delimited import read_csv

    return read_csv(data, name)


def _read_html(data: bytes, name: str) -> Document:
    from generator.sources.web.html_reader import read_html

    return read_html(data, name)


def _read_mhtml(data: bytes, name: str) -> Document:
    from generator.sources.web.html_reader import read_mhtml

    return read_mhtml(data, name)


def _read_docx(data: bytes, name: str) -> Document:
    from generator.sources.word.docx_reader import read_docx

    return read_docx(data, name)


def _read_xlsx(data: bytes, name: str) -> Document:
    from generator.sources.sheets.xlsx import read_xlsx

    return read_xlsx(data, name)


def _read_xlsb(data: bytes, name: str) -> Document:
    from generator.sources.sheets.xls import read_xlsb

    return read_xlsb(data, name)


def _read_xls(data: bytes, name: str) -> Document:
    from generator.sources.sheets.xls import read_xls

    return read_xls(data, name)


def _read_ods(data: bytes, name: str) -> Document:
    from generator.sources.sheets.ods import read_ods

    return read_ods(data, name)


def _read_pdf(data: bytes, name: str) -> Document:
    from generator.sources.pdf.pdf_reader import read_pdf

    return read_pdf(data, name)


def _read_by_office(suffix: str, target: str = "docx") -> Reader:
    def read(data: bytes, name: str) -> Document:
        from generator.sources.libreoffice import read_office

        return read_office(data, name, suffix, target)

    return read


READERS: dict[str, Reader] = {
    "txt": _read_text,
    "md": _read_text,
    "csv": _read_csv,
    "html": _read_html,
    "mhtml": _read_mhtml,
    "docx": _read_docx,
    "xlsx": _read_xlsx,
    "xlsb": _read_xlsb,
    "xls": _read_xls,
    "ods": _read_ods,
    "pdf": _read_pdf,
    "doc": _read_by_office(".doc"),
    "rtf": _read_by_office(".rtf"),
    "odt": _read_by_office(".odt"),
    "wordxml": _read_by_office(".doc"),
    "excelxml": _read_by_office(".xls", "xlsx"),
}
IN_PROCESS = frozenset({"txt", "md", "csv"})
"""Kinds read without a library that a hostile file could drive to ruin."""
