"""Files made to exhaust, to reach outside or to run: each small to make, large or endless to read."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import docx
import openpyxl
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def package(parts: dict[str, bytes | str], *, of: bytes = b"") -> bytes:
    """A zip package; parts of ``of`` that are not replaced are kept."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package_:
        if of:
            with zipfile.ZipFile(io.BytesIO(of)) as old:
                for name in old.namelist():
                    if name not in parts:
                        package_.writestr(name, old.read(name))
        for name, data in parts.items():
            package_.writestr(name, data)
    return made.getvalue()


def word_file() -> bytes:
    """A plain Word document with a small table."""
    book = docx.Document()
    table = book.add_table(2, 2)
    for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{index}"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def work_book(fill: Callable[[WriteOnlyWorksheet], None]) -> bytes:
    """A workbook of one sheet, written row by row."""
    book = openpyxl.Workbook(write_only=True)
    fill(book.create_sheet("表"))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def zip_bomb(megabytes: int) -> bytes:
    """A Word document whose text unpacks to so many megabytes of spaces."""
    return package({"word/document.xml": _WORD.format(" " * (megabytes << 20))}, of=word_file())


def entity_bomb(depth: int = 9) -> bytes:
    """Entities that each stand for ten of the one before."""
    lines = ['<!ENTITY e0 "哈哈哈哈哈哈哈哈哈哈">']
    lines += (f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, depth))
    text = f"<w:p><w:r><w:t>&e{depth - 1};</w:t></w:r></w:p>"
    return package(
        {"word/document.xml": f"<!DOCTYPE x [{''.join(lines)}]>" + _WORD.format(text)}, of=word_file()
    )


def outside_entity(path: str) -> bytes:
    """An entity that asks for a file of this machine."""
    text = "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"
    doctype = f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{path}">]>'
    return package({"word/document.xml": doctype + _WORD.format(text)}, of=word_file())


def million_rows() -> bytes:
    """A sheet with a heading, one row of values, and a million rows that hold nothing."""

    def fill(sheet: WriteOnlyWorksheet) -> None:
        sheet.append(["序号", "任务"])
        sheet.append([1, "修路"])
        for _ in range(1_000_000):
            sheet.append([])

    return work_book(fill)


def far_corner() -> bytes:
    """A sheet whose only values stand in its first and in its last cell."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "序号"
    book.worksheets[0]["XFD1048576"] = "末"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def vast_merge() -> bytes:
    """A sheet with a title merged over all of its cells."""
    book = openpyxl.Workbook()
    for row in ([], ["序号", "任务"], [1, "修路"]):
        book.worksheets[0].append(row)
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(io.BytesIO(made.getvalue())) as old:
        sheet = old.read("xl/worksheets/sheet1.xml")
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="D1:XFD1048576"/></mergeCells>'
    return package({"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", merge)}, of=made.getvalue())


def deep_html(depth: int) -> bytes:
    """Elements within elements."""
    return b"<div>" * depth + "深".encode() + b"</div>" * depth


def wide_html() -> bytes:
    """Cells that claim to be thousands of columns wide and rows high."""
    wide = "<td colspan=1000>零" * 2
    return (f"<table><tr>{wide}" + "<tr><td rowspan=65534 colspan=1000>一<td>二" * 200 + "</table>").encode()


def styled(sheet: str) -> bytes:
    """A page with a style sheet and a table of four hundred rows."""
    return f"<style>{sheet}</style><table>{'<tr><td>甲<td>乙' * 400}</table>".encode()


def nested_tables(depth: int) -> bytes:
    """Tables within tables."""
    return ("<table><tr><td>甲<td>" * depth + "乙" + "</table>" * depth).encode()


def pdf_bomb(megabytes: int) -> bytes:
    """A PDF whose page unpacks to so many megabytes of instructions."""
    content = zlib.compress(b"0 0 m 9 9 l S\n" * (megabytes * 75_000), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(content) + content + b"\nendstream",
    ]
    return pdf_of(objects)


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of numbered objects, the first one its catalogue."""
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(made)
