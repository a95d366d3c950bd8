"""The package under docx and xlsx: parts, their relationships, and XML read without following anything."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass

from lxml import etree

from generator.base.messages import Message
from generator.sources.document import refusal, unpack_part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """One relationship of a part."""

    id: str
    kind: str
    """Last piece of the type: styles, numbering, footnotes, worksheet …"""
    path: str
    """Part it points to; empty for something outside the package."""


def parse_xml(data: bytes, name: str, path: str) -> etree._Element:
    """Root of an XML part; ISO strict namespaces become the common ones.

    Raises: SourceError when it is not well formed.
    """
    for strict, common in _STRICT:
        data = data.replace(strict, common)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise refusal(
            name, Message("文件已损坏，{path} 读不出来", path=path), Message("请用办公软件打开后另存再导入")
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal(
            name,
            Message("文件里的 {path} 声明了外部实体，正常的办公文档不会有", path=path),
            Message("请向来源单位核实这份文件"),
        )
    return root


def parse_part(package: zipfile.ZipFile, path: str, name: str) -> etree._Element:
    """Root of one part.

    Raises: SourceError when it is missing or not well formed.
    """
    return parse_xml(unpack_part(package, path, name), name, path)


def parse_links(package: zipfile.ZipFile, part: str, name: str) -> tuple[Relationship, ...]:
    """Relationships of ``part`` (empty string: of the package); none when it has none."""
    folder, file = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{file}.rels")
    if path not in package.NameToInfo:
        return ()
    links = []
    for element in parse_part(package, path, name):
        target = element.get("Target") or ""
        outside = element.get("TargetMode") == "External"
        place = "" if outside else posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        if target.startswith("/") and not outside:
            place = posixpath.normpath(target).lstrip("/")
        kind = (element.get("Type") or "").rpartition("/")[2]
        links.append(Relationship(id=element.get("Id") or "", kind=kind, path=place))
    return tuple(links)


def local_name(element: etree._Element) -> str:
    """Tag without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def whole_number(text: str | None, default: int = 0, *, low: int = 0, high: int = 1_000_000) -> int:
    """Whole number of an attribute, held within bounds; the default when it is none."""
    digits = (text or "").strip()
    if not (digits.isascii() and digits.removeprefix("-").isdigit() and len(digits) < 12):
        return default
    return max(low, min(high, int(digits)))
