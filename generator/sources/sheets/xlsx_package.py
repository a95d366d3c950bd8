"""An xlsx package cut down to what a table needs, before openpyxl sees it.

Sheets of a million formatted but empty rows, damaged colours, outside links, macros and pictures never
reach the library; merged ranges and hidden rows are read on the way.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from generator.base.messages import Message
from generator.sources.document import Budget, is_symbol_font, refusal
from generator.sources.office import R, Relationship, local_name, parse_links, parse_part, whole_number
from generator.sources.sheets.number_format import CHINESE_FORMATS
from generator.sources.sheets.sheet_blocks import SheetCells, parse_margin, parse_range

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
)
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_FIRST_NAMED = 164
"""From here on a number format is one that the file itself names."""
_OWN_FORMATS = 5000
"""First number given to formats that the file names by number alone."""


def reduce_package(package: zipfile.ZipFile, name: str) -> tuple[bytes, tuple[SheetCells, ...]]:
    """The package with only values, weights and number formats of its visible sheets, and all sheets.

    Raises: SourceError for a broken workbook.
    """
    main = next((link.path for link in parse_links(package, "", name) if link.kind == "officeDocument"), "")
    if main not in package.NameToInfo:
        raise refusal(name, Message("文件已损坏，找不到工作簿"), Message("请用办公软件打开后另存再导入"))
    links = {link.id: link for link in parse_links(package, main, name)}
    workbook = parse_part(package, main, name)
    parts: dict[str, bytes] = {}
    sheets: list[SheetCells] = []
    budget = Budget(name)
    for number, element in enumerate(workbook.iter(f"{S}sheet"), start=1):
        link = links.get(element.get(f"{R}id") or "")
        title = element.get("name") or f"工作表{number}"
        hidden = element.get("state") in {"hidden", "veryHidden"}
        if link is None or link.kind != "worksheet" or link.path not in package.NameToInfo:
            continue
        if hidden:
            sheets.append(SheetCells(title=title, number=number, hidden=True))
            continue
        root = parse_part(package, link.path, name)
        sheets.append(_make_sheet(root, package, link.path, title, number, name))
        _cut_sheet(root, budget)
        parts[f"xl/worksheets/sheet{number}.xml"] = etree.tostring(root)
    for kind, cut in (("sharedStrings", _cut_strings), ("styles", _cut_styles)):
        path = next((link.path for link in links.values() if link.kind == kind), "")
        if path in package.NameToInfo:
            root = parse_part(package, path, name)
            cut(root)
            parts[f"xl/{kind}.xml"] = etree.tostring(root)
    shown = [sheet for sheet in sheets if not sheet.hidden]
    parts["xl/workbook.xml"] = _make_workbook(workbook, shown)
    return _pack(parts, shown), tuple(sheets)


def _make_workbook(workbook: etree._Element, sheets: list[SheetCells]) -> bytes:
    """Workbook part that lists the given sheets and keeps the date system."""
    made = etree.Element(f"{S}workbook", nsmap={"r": R[1:-1]})
    kept = workbook.find(f"{S}workbookPr")
    if kept is not None and kept.get("date1904") in {"1", "true"}:
        etree.SubElement(made, f"{S}workbookPr", date1904="1")
    listed = etree.SubElement(made, f"{S}sheets")
    for sheet in sheets:
        entry = etree.SubElement(listed, f"{S}sheet", name=f"s{sheet.number}", sheetId=str(sheet.number))
        entry.set(f"{R}id", f"rId{sheet.number}")
    return etree.tostring(made)


def _pack(parts: dict[str, bytes], sheets: list[SheetCells]) -> bytes:
    """Package of the kept parts with its lists of contents and relationships."""
    kinds = {
        "xl/workbook.xml": "sheet.main",
        "xl/styles.xml": "styles",
        "xl/sharedStrings.xml": "sharedStrings",
    }
    overrides = "".join(
        f'<Override PartName="/{path}" ContentType="{_OFFICE}{kinds.get(path, "worksheet")}+xml"/>'
        for path in parts
    )
    related = [(f"rId{sheet.number}", "worksheet", f"worksheets/sheet{sheet.number}.xml") for sheet in sheets]
    related += [
        (f"r{kind}", kind, f"{kind}.xml") for kind in ("styles", "sharedStrings") if f"xl/{kind}.xml" in parts
    ]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", _CONTENT_TYPES.format(overrides=overrides))
        package.writestr("_rels/.rels", _make_links([("rId1", "officeDocument", "xl/workbook.xml")]))
        package.writestr("xl/_rels/workbook.xml.rels", _make_links(related))
        for path, data in parts.items():
            package.writestr(path, data)
    return made.getvalue()


def _make_links(links: list[tuple[str, str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="{key}" Type="{_RELATIONS}{kind}" Target="{path}"/>' for key, kind, path in links
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def _make_sheet(
    root: etree._Element, package: zipfile.ZipFile, path: str, title: str, number: int, name: str
) -> SheetCells:
    """What is known of a sheet before its empty cells are cut away."""
    links = parse_links(package, path, name)
    ranges = (parse_range(element.get("ref") or "") for element in root.iter(f"{S}mergeCell"))
    hidden_columns = tuple(
        (whole_number(column.get("min"), 1) - 1, whole_number(column.get("max"), 1) - 1)
        for column in root.iter(f"{S}col")
        if column.get("hidden") in {"1", "true"}
    )
    rows, uncalculated = _scan_rows(root)
    return SheetCells(
        title=title,
        number=number,
        hidden=False,
        merged=tuple(found for found in ranges if found is not None),
        hidden_rows=rows,
        hidden_columns=hidden_columns,
        uncalculated=uncalculated,
        boxes=tuple(_boxes(links, package, name)),
        comments=any(link.kind == "comments" for link in links),
        margins=tuple(_margins(root)),
    )


def _margins(root: etree._Element) -> Iterator[tuple[Message, str]]:
    """What is printed above and below the sheet on every page, each text once."""
    seen: set[str] = set()
    for element in root.iterfind(f"{S}headerFooter/*"):
        text = parse_margin(element.text or "")
        if text not in seen:
            seen.add(text)
            yield (Message("页眉") if local_name(element).endswith("Header") else Message("页脚")), text


def _scan_rows(root: etree._Element) -> tuple[frozenset[int], tuple[str, ...]]:
    """Hidden rows with values, and cells whose formula has no result (an empty text is one)."""
    hidden: set[int] = set()
    uncalculated: list[str] = []
    number = 0
    for row in root.iter(f"{S}row"):
        number = whole_number(row.get("r"), number + 1)
        if row.get("hidden") in {"1", "true"} and any(_has_value(cell) for cell in row):
            hidden.add(number - 1)
        uncalculated += (
            cell.get("r") or ""
            for cell in row
            if cell.find(f"{S}f") is not None and not _has_value(cell) and cell.get("t") != "str"
        )
    return frozenset(hidden), tuple(uncalculated)


def _has_value(cell: etree._Element) -> bool:
    value = cell.find(f"{S}v")
    return (value is not None and bool(value.text)) or cell.find(f"{S}is") is not None


def _boxes(links: tuple[Relationship, ...], package: zipfile.ZipFile, name: str) -> Iterator[str]:
    """Texts of the text boxes drawn on a sheet."""
    for link in links:
        if link.kind != "drawing" or link.path not in package.NameToInfo:
            continue
        for body in parse_part(package, link.path, name).iter("{*}txBody"):
            lines = ("".join(piece.text or "" for piece in line.iter("{*}t")) for line in body.iter("{*}p"))
            yield "\n".join(lines)


def _cut_sheet(root: etree._Element, budget: Budget) -> None:
    """Leave only rows with values in a sheet part, in ascending order, every cell with its address."""
    for child in list(root):
        if local_name(child) != "sheetData":
            root.remove(child)
    number = 0
    for row in [line for data in root for line in data]:
        number = whole_number(row.get("r"), number + 1, low=1, high=1_048_576)
        for cell in list(row):
            if not _has_value(cell):
                row.remove(cell)
        budget.spend(cells=len(row))
        parent = row.getparent()
        if len(row) == 0 and parent is not None:
            parent.remove(row)
            continue
        row.attrib.clear()
        row.set("r", str(number))


def _cut_strings(root: etree._Element) -> None:
    """Leave only characters and their look in the shared strings."""
    for properties in root.iter(f"{S}rPr"):
        _keep_look(properties)


def _keep_look(font: etree._Element) -> None:
    """Leave of a font what changes the meaning of its characters: weight, strokes, symbols, raised digits."""
    for child in list(font):
        tag, value = local_name(child), child.get("val") or ""
        symbols = tag in {"name", "rFont"} and is_symbol_font(value)
        if not (tag in {"b", "strike"} or symbols or (tag == "vertAlign" and value == "superscript")):
            font.remove(child)


def _cut_styles(root: etree._Element) -> None:
    """Leave only fonts and number formats in the styles; formats named by number get their picture."""
    for child in list(root):
        if local_name(child) not in {"numFmts", "fonts", "cellXfs"}:
            root.remove(child)
    for font in root.iter(f"{S}font"):
        _keep_look(font)
    formats = root.find(f"{S}numFmts")
    if formats is None:
        formats = etree.Element(f"{S}numFmts")
        root.insert(0, formats)
    named = {whole_number(entry.get("numFmtId"), -1) for entry in formats}
    for key, code in CHINESE_FORMATS.items():
        etree.SubElement(formats, f"{S}numFmt", numFmtId=str(_OWN_FORMATS + key), formatCode=code)
    formats.attrib.clear()
    fonts = sum(1 for _ in root.iterfind(f"{S}fonts/{S}font"))
    for style in root.iter(f"{S}xf"):
        key = whole_number(style.get("numFmtId"))
        if key in CHINESE_FORMATS and key not in named:
            style.set("numFmtId", str(_OWN_FORMATS + key))
        elif key >= _FIRST_NAMED and key not in named:
            style.set("numFmtId", "0")
        if whole_number(style.get("fontId")) >= fonts:
            style.set("fontId", "0")
        for child in list(style):
            style.remove(child)
        for attribute in set(style.attrib) - {"numFmtId", "fontId"}:
            del style.attrib[attribute]
