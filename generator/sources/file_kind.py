"""What a file is by its bytes; suffixes of received files are often wrong."""

from __future__ import annotations

import re
import zipfile

from generator.base.messages import Message
from generator.sources.document import open_package, refusal, unpack_part

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|tr|meta|style)\b[^<]", re.IGNORECASE)
_XML_OFFICE = (
    (b'progid="Word.Document"', "wordxml"),
    (b'progid="Excel.Sheet"', "excelxml"),
    (b'office:spreadsheet"', "excelxml"),
    (b'/word/2003/wordml"', "wordxml"),
)
_PICTURES = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
)
_ARCHIVES = ((b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gzip"))
_MEDIA_TYPES = {
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.text": "odt",
}
TEXT_KINDS = {".txt": "txt", ".md": "md", ".csv": "csv", ".tsv": "csv"}
_PICTURE_HINT = Message("请向来源单位索取可编辑的表格，或用文字识别软件转成 docx、xlsx 后核对再导入")


def sniff_kind(data: bytes, name: str, suffix: str) -> str:
    """docx, xlsx, xlsb, ods, odt, doc, xls, pdf, rtf, wordxml, excelxml, html, mhtml, csv, md or txt.

    The suffix decides only between kinds of plain text.
    Raises: SourceError for pictures, archives, encrypted files and formats no reader knows.
    """
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:1024]
    for magic, title in _PICTURES:
        if data.startswith(magic) and (title != "BMP" or data[6:10] == b"\0\0\0\0"):
            raise refusal(name, Message("这是图片（{title}），不是文字", title=title), _PICTURE_HINT)
    for magic, title in _ARCHIVES:
        if data.startswith(magic):
            raise refusal(
                name, Message("这是压缩包（{title}）", title=title), Message("请解压后导入其中的表格")
            )
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        return _sniff_ole(data, name)
    if data.startswith(b"PK"):
        return _sniff_package(data, name)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    return _sniff_text(data, suffix)


def _sniff_ole(data: bytes, name: str) -> str:
    """doc or xls, by the streams that the old container lists."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise refusal(name, Message("文件设了密码"), Message("请在办公软件里取消密码后另存再导入"))
    if has("WordDocument"):
        flags = data[522:524] if data[512:514] == b"\xec\xa5" else b"\0\0"
        if flags[1] & 0x01:
            raise refusal(name, Message("文件设了密码"), Message("请在办公软件里取消密码后另存再导入"))
        return "doc"
    if has("Workbook") or has("Book"):
        return "xls"
    raise refusal(
        name, Message("认不出这是什么文件"), Message("请用办公软件打开，另存为 docx 或 xlsx 后再导入")
    )


def _sniff_package(data: bytes, name: str) -> str:
    """Kind of a zip package, by the parts it holds."""
    with open_package(data, name) as package:
        paths = set(package.NameToInfo)
        if "mimetype" in paths:
            return _sniff_media_type(package, name)
    if any(path.startswith("word/") for path in paths):
        return "docx"
    if "xl/workbook.bin" in paths:
        return "xlsb"
    if any(path.startswith("xl/") for path in paths):
        return "xlsx"
    if "OFD.xml" in paths:
        raise refusal(
            name,
            Message("这是 OFD 版式文件，还不能读"),
            Message("请用阅读软件打开，另存或打印为 PDF 后再导入"),
        )
    if "[Content_Types].xml" in paths:
        return "docx" if name.lower().endswith((".docx", ".docm")) else "xlsx"
    raise refusal(name, Message("这是压缩包（ZIP）"), Message("请解压后导入其中的表格"))


def _sniff_media_type(package: zipfile.ZipFile, name: str) -> str:
    said = unpack_part(package, "mimetype", name, limit=100).decode("ascii", "replace").strip()
    kind = _MEDIA_TYPES.get(said.removesuffix("-template"))
    if kind is None:
        raise refusal(
            name, Message("认不出这是什么文件"), Message("请用办公软件打开，另存为 docx 或 xlsx 后再导入")
        )
    return kind


def _sniff_text(data: bytes, suffix: str) -> str:
    """Kind of a file without a signature."""
    head = data[:65536].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    if head.startswith(b"<?xml"):
        for mark, kind in _XML_OFFICE:
            if mark in head[:4096]:
                return kind
    if re.match(rb"\s*(?:[\w-]+:[^\n]*\n)*?mime-version:", head[:4096], re.IGNORECASE):
        return "mhtml"
    is_text = suffix in TEXT_KINDS and (suffix == ".md" or not head.startswith(b"<"))
    if suffix in {".html", ".htm"} or (not is_text and _MARKUP.search(head)):
        return "html"  # a cell of a text table may well hold markup, but it does not begin the file
    if suffix in TEXT_KINDS:
        return TEXT_KINDS[suffix]
    return "csv" if b"\t" in head or head.count(b",") > head.count(b"\n") else "txt"
