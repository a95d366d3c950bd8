"""How large a source may be, and the refusals for what is larger, empty or packed to burst."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from generator.base.errors import NO_HINT, Problem, SourceError
from generator.base.messages import Message
from generator.base.places import Place

MEGABYTE = 1 << 20
MAX_TEXT = 20 * MEGABYTE
"""Bytes of a txt, md, csv or html file."""
MAX_FILE = 100 * MEGABYTE
"""Bytes of a docx, xlsx, pdf … file (pictures make them large)."""
MAX_XML = 60 * MEGABYTE
"""Unpacked bytes of all XML parts of an office file together."""
MAX_RATIO = 300
"""Unpacked bytes for one packed byte of a part larger than a megabyte."""
MAX_PARTS = 10_000
"""Files in one office package."""
MAX_CELLS = 400_000
"""Cells of one document, empty ones between filled ones included."""
MAX_COLUMNS = 1_000
"""Columns of one table."""
MAX_LETTERS = 10_000_000
"""Characters of one document."""
MAX_LINES = 20_000
"""Lines of a txt or md file, empty ones included."""
MAX_PAGES = 600
"""Pages of a PDF."""

_SMALLER = Message("请只留下任务表，另存为新文件后再导入")
_CONTENT = re.compile(rb"[^\0 \t\r\n\xef\xbb\xbf\xfe\xff]")
_VERIFY = Message("请向来源单位核实这份文件")
_PACKAGE_ERRORS = (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError)


def refusal(name: str, what: Message, hint: Message = NO_HINT, *, line: int = 0) -> SourceError:
    """The error that refuses a source, with one problem."""
    return SourceError(Problem(place=Place(file=name, line=line), what=what, hint=hint))


def require_size(data: bytes, name: str, *, limit: int) -> None:
    """Raises: SourceError when the file is empty or larger than ``limit`` bytes."""
    if len(data) > limit:
        found, most = len(data) / MEGABYTE, limit // MEGABYTE
        raise refusal(
            name, Message("文件有 {found:.0f} MB，超过上限 {most} MB", found=found, most=most), _SMALLER
        )
    if _CONTENT.search(data) is None:
        raise refusal(name, Message("文件是空的"), Message("请确认保存完整后再导入"))


def require_columns(columns: int, name: str) -> None:
    """Raises: SourceError when a table is wider than any task table can be."""
    if columns > MAX_COLUMNS:
        raise refusal(
            name,
            Message("表格有 {columns} 列，超过上限 {limit} 列", columns=columns, limit=MAX_COLUMNS),
            _SMALLER,
        )


def require_lines(lines: int, name: str) -> None:
    """Raises: SourceError when a text has more lines than any task table has."""
    if lines > MAX_LINES:
        raise refusal(
            name,
            Message("文件有 {lines} 行，超过上限 {limit} 行", lines=lines, limit=MAX_LINES),
            _SMALLER,
        )


class Budget:
    """Counts the cells and characters of one document while it is being read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells = 0
        self.letters = 0

    def spend(self, *, cells: int = 0, letters: int = 0) -> None:
        """Raises: SourceError when the document has more cells or characters than any task table has."""
        self.cells += cells
        self.letters += letters
        if self.cells > MAX_CELLS:
            raise refusal(
                self.name,
                Message("表格超过上限 {limit} 个单元格（多半是空行空列）", limit=MAX_CELLS),
                _SMALLER,
            )
        if self.letters > MAX_LETTERS:
            raise refusal(self.name, Message("文字超过上限 {limit} 字", limit=MAX_LETTERS), _SMALLER)


def open_package(data: bytes, name: str) -> zipfile.ZipFile:
    """The opened office package, after its sizes were checked.

    Raises: SourceError for a broken, encrypted or bomb-like package, or one whose XML declares entities.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = package.infolist()
    except _PACKAGE_ERRORS as error:
        raise refusal(
            name, Message("文件已损坏，打不开"), Message("请向来源单位重新索取，或用办公软件打开后另存")
        ) from error
    if len(parts) > MAX_PARTS:
        raise refusal(
            name, Message("压缩包里有 {count} 个文件，不是正常的办公文档", count=len(parts)), _SMALLER
        )
    if any(part.flag_bits & 1 for part in parts):
        raise refusal(name, Message("文件设了密码"), Message("请在办公软件里取消密码后另存再导入"))
    _require_sane_sizes(parts, name)
    for part in _xml_parts(parts):
        if b"<!" in _head(package, part, name):
            _refuse_entities(package, part, name)
    return package


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels", ".vml"))


def _xml_parts(parts: Iterable[zipfile.ZipInfo]) -> Iterator[zipfile.ZipInfo]:
    return (part for part in parts if _is_xml(part))


def _require_sane_sizes(parts: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(part.file_size for part in _xml_parts(parts))
    if total > MAX_XML:
        found, most = total / MEGABYTE, MAX_XML // MEGABYTE
        what = Message(
            "文件解压后有 {found:.0f} MB，超过上限 {most} MB（可能有大量空行，或是压缩炸弹）",
            found=found,
            most=most,
        )
        raise refusal(name, what, _SMALLER)
    for part in parts:
        if part.file_size > MAX_RATIO * max(part.compress_size, 1) and part.file_size > 20 * MEGABYTE:
            raise refusal(
                name, Message("文件里的 {filename} 压缩率异常，像是压缩炸弹", filename=part.filename), _VERIFY
            )


def _head(package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    """First bytes of a part, without the zeros of UTF-16."""
    return unpack_part(package, part.filename, name, limit=2048).replace(b"\0", b"")


def _refuse_entities(package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    if b"<!DOCTYPE" in _head(package, part, name).upper():
        raise refusal(
            name,
            Message("文件里的 {filename} 声明了外部实体，正常的办公文档不会有", filename=part.filename),
            _VERIFY,
        )


def unpack_part(package: zipfile.ZipFile, path: str, name: str, *, limit: int = MAX_XML) -> bytes:
    """Unpacked bytes of one part, at most ``limit`` of them.

    Raises: SourceError when the part is missing or broken.
    """
    try:
        with package.open(path) as part:
            return part.read(limit)
    except KeyError as error:
        raise refusal(
            name, Message("文件已损坏，缺少 {path}", path=path), Message("请用办公软件打开后另存再导入")
        ) from error
    except Exception as error:  # zlib, lzma, bz2, struct: whatever a broken part makes the unpackers say
        raise refusal(
            name, Message("文件已损坏，{path} 解压不了", path=path), Message("请用办公软件打开后另存再导入")
        ) from error
