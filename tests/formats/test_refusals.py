"""What cannot be read is refused with one message: the file, the reason, the way out."""

from __future__ import annotations

import io
import shutil

import openpyxl
import pytest

from generator.base.errors import SourceError
from generator.sources import libreoffice, read_document, read_here
from generator.sources.document import Cell, Document, Paragraph, Table
from tests.formats import hostile
from tests.formats.samples import tables_of
from tests.formats.writers import convert, needs, write_docx, write_html

SMALL = Document(
    name="",
    format="",
    blocks=(
        Table(
            cells=(Cell(text="序号", row=0, column=0), Cell(text="任务", row=0, column=1)), rows=1, columns=2
        ),
    ),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PASSWORD = "文件设了密码。请在办公软件里取消密码后另存再导入"


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(SourceError) as caught:
        read_document(data, name)
    assert len(caught.value.problems) == 1
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "a.txt: 文件是空的。请确认保存完整后再导入"),
        (b"\xef\xbb\xbf \r\n", "a.csv", "a.csv: 文件是空的。请确认保存完整后再导入"),
        (b"\0" * 4096, "a.docx", "a.docx: 文件是空的。请确认保存完整后再导入"),
        (
            b"\x89PNG\r\n\x1a\n....",
            "表.png",
            "表.png: 这是图片（PNG），不是文字。请向来源单位索取可编辑的表格，"
            "或用文字识别软件转成 docx、xlsx 后核对再导入",
        ),
        (b"Rar!\x1a\x07\x01", "表.docx", "表.docx: 这是压缩包（RAR）。请解压后导入其中的表格"),
        (hostile.package({"a.txt": "x"}), "表.zip", "表.zip: 这是压缩包（ZIP）。请解压后导入其中的表格"),
        (
            hostile.package({"OFD.xml": "<x/>"}),
            "a.ofd",
            "a.ofd: 这是 OFD 版式文件，还不能读。请用阅读软件打开，另存或打印为 PDF 后再导入",
        ),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", f"a.docx: {PASSWORD}"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", f"a.xlsx: {PASSWORD}"),
        (
            _OLE + b"\0" * 504 + b"\xec\xa5" + b"\0" * 8 + b"\0\x01" + "WordDocument".encode("utf-16-le"),
            "a.doc",
            f"a.doc: {PASSWORD}",
        ),
        (
            _OLE + b"x" * 600,
            "a.xls",
            "a.xls: 认不出这是什么文件。请用办公软件打开，另存为 docx 或 xlsx 后再导入",
        ),
        (
            b"PK\x03\x04broken",
            "a.docx",
            "a.docx: 文件已损坏，打不开。请向来源单位重新索取，或用办公软件打开后另存",
        ),
        (
            b"%PDF-1.7 broken",
            "a.pdf",
            "a.pdf: 文件已损坏，PDF 读不出来。请向来源单位重新索取，或用浏览器打开后另存为 PDF",
        ),
        (
            bytes(range(128, 256)) * 40,
            "a.txt",
            "a.txt: 认不出文件的文字编码。请用记事本打开，另存为 UTF-8 编码后再导入",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 12 else "",
)
def test_refusals_tell_the_file_the_reason_and_the_way_out(data: bytes, name: str, message: str) -> None:
    assert refusal(data, name) == message


def test_an_unknown_suffix_is_refused_with_the_known_ones() -> None:
    assert refusal("序号 任务".encode(), "a.log").startswith(
        "a.log: 不认识后缀“.log”。可以读的有 txt、md、csv、tsv、html、htm、mht、mhtml、docx、"
    )


def _encrypted_pdf() -> bytes:
    password = '"DocumentOpenPassword":{"type":"string","value":"x"}'
    options = f'{{"EncryptFile":{{"type":"boolean","value":"true"}},{password}}}'
    return convert(write_html(SMALL), ".html", f"pdf:writer_web_pdf_Export:{options}")


def test_an_encrypted_pdf_is_refused() -> None:
    assert refusal(_encrypted_pdf(), "a.pdf") == (
        "a.pdf: 文件设了密码或限制。请用 PDF 软件打开，取消密码、另存后再导入"
    )


def test_a_web_page_saved_as_workbook_or_word_file_is_read_with_a_note() -> None:
    for name in ("a.xls", "a.doc"):
        suffix = name[1:]
        document = read_document(write_html(SMALL), name)
        assert document.format == "html"
        assert document.notes == (f"文件后缀是“{suffix}”，内容其实是网页，按网页读取",)


def test_a_new_workbook_named_xls_and_text_named_xls_are_read_by_content() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["序号", "任务"])
    made = io.BytesIO()
    book.save(made)
    assert read_document(made.getvalue(), "a.xls").notes == ("文件后缀是“.xls”，内容其实是xlsx，按xlsx读取",)
    text = read_document("序号\t任务\r\n1\t修路\r\n".encode("gb18030"), "a.xls")
    assert [cell.text for cell in tables_of(text)[0].cells] == ["序号", "任务", "1", "修路"]


def test_without_libreoffice_the_package_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_office", lambda: None)
    with pytest.raises(SourceError) as caught:
        read_here(_OLE + "WordDocument".encode("utf-16-le"), "a.wps")
    assert str(caught.value) == (
        "a.wps: 读 .doc 文件要用 LibreOffice，这台机器上没有。"
        "请安装（Debian：apt install libreoffice-writer；Windows：LibreOffice 安装包），或另存为 docx 再导入"
    )


def test_a_word_file_that_libreoffice_cannot_open_is_refused() -> None:
    needs(shutil.which("soffice"), "LibreOffice")
    assert refusal(_OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "a.doc") == (
        "a.doc: LibreOffice 打不开这份文件（可能已损坏或设了密码）。"
        "请用办公软件打开，取消密码，另存为 docx 后再导入"
    )


def test_old_word_files_rich_text_and_open_text_come_through_libreoffice() -> None:
    for suffix in ("doc", "rtf", "odt"):
        written = Document(name="", format="", blocks=(Paragraph(text="重点任务表"), *SMALL.blocks))
        document = read_document(convert(write_docx(written), ".docx", suffix), f"a.{suffix}")
        assert document.format == suffix
        assert [cell.text for cell in tables_of(document)[0].cells] == ["序号", "任务"]
        assert document.notes == ("经 LibreOffice 转换为 docx 后读取",)
