"""ods → Document: the file itself holds every cell's text as the sheet shows it.

Source: OpenDocument 1.3 part 3, 9 (tables) and 6 (text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from lxml import etree

from generator.base.messages import Message
from generator.base.places import Place
from generator.sources.document import (
    MAX_FILE,
    Block,
    Budget,
    Cell,
    Document,
    Run,
    is_symbol_font,
    make_document,
    make_text,
    open_package,
    raise_digits,
    refusal,
    require_size,
    translate_symbols,
)
from generator.sources.office import local_name, parse_part, whole_number
from generator.sources.sheets.number_format import plain_number
from generator.sources.sheets.sheet_blocks import (
    Range,
    SheetCells,
    arrange_sheet,
    sheet_notes,
)

_URN = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_TABLE, _TEXT, _STYLE, _OFFICE, _DRAW = (
    "{" + _URN.format(area) + "}" for area in ("table", "text", "style", "office", "drawing")
)
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_MAX_ROW = 1_048_576
_MAX_CHAIN = 20
_RAISED = re.compile(r"super|0*[1-9]")
_PAGE = f"{_STYLE}master-page"
_UNREAD = frozenset({"annotation", "ruby-text", "note", "frame", "custom-shape"})
"""Elements inside a line whose text is none of the line's own."""
_COUNTED = frozenset({"page-number", "page-count", "sheet-name", "date", "time", "file-name", "title"})
"""Fields that page headers and footers are filled with when they are printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """What one style itself says."""

    parent: str
    bold: bool | None
    shown: bool
    font: str = ""
    """Typeface, where it is a symbol font."""
    raised: bool = False
    page: str = ""
    """Page style of a sheet."""


@dataclass(slots=True, kw_only=True)
class _Found:
    """What one sheet holds, while it is being read."""

    title: str
    number: int
    styles: dict[str, _Style]
    budget: Budget
    cells: list[Cell] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    column_styles: list[tuple[int, str]] = field(default_factory=list)
    """(first column behind, default cell style) in order."""
    boxes: list[str] = field(default_factory=list)
    comments: bool = False
    margins: tuple[tuple[Message, str], ...] = ()


def read_ods(data: bytes, name: str) -> Document:
    """Document with one table for every visible sheet that has text.

    Raises: SourceError for a broken or encrypted file, or one without text.
    """
    require_size(data, name, limit=MAX_FILE)
    with open_package(data, name) as package:
        if "META-INF/manifest.xml" in package.NameToInfo:
            manifest = parse_part(package, "META-INF/manifest.xml", name)
            if any(local_name(element) == "encryption-data" for element in manifest.iter()):
                raise refusal(name, Message("文件设了密码"), Message("请在办公软件里取消密码后另存再导入"))
        content = parse_part(package, "content.xml", name)
        styles = _parse_styles(content)
        margins: dict[str, tuple[tuple[Message, str], ...]] = {}
        if "styles.xml" in package.NameToInfo:
            root = parse_part(package, "styles.xml", name)
            styles = {**_parse_styles(root), **styles}
            margins = {page.get(f"{_STYLE}name") or "": _margins(page) for page in root.iter(_PAGE)}
    budget = Budget(name)
    blocks: list[Block] = []
    notes: list[Message] = []
    tables = (
        e for book in content.iter(f"{_OFFICE}spreadsheet") for e in book.iterchildren(f"{_TABLE}table")
    )
    for number, table in enumerate(tables, start=1):
        found = _Found(
            title=table.get(f"{_TABLE}name") or f"工作表{number}", number=number, styles=styles, budget=budget
        )
        style = styles.get(table.get(f"{_TABLE}style-name") or "")
        if style is not None and not style.shown:
            notes.append(Message("工作表“{title}”是隐藏的，没有读取", title=found.title))
            continue
        found.margins = margins.get(style.page if style else "", ())
        _read_rows(table, found)
        sheet = _make_sheet(found)
        blocks += arrange_sheet(found.cells, sheet, budget, notes)
        notes += sheet_notes(sheet)
    pictures = sum(1 for _ in content.iter(f"{_DRAW}image"))
    if pictures:
        notes.append(Message("文件里有 {pictures} 张图片，图片上的文字没有读取", pictures=pictures))
    if not blocks:
        raise refusal(
            name,
            Message("所有可见的工作表都是空的"),
            Message("请确认表格在可见的工作表里，且是文字而不是图片"),
        )
    return make_document(name, "ods", blocks, notes)


def _make_sheet(found: _Found) -> SheetCells:
    return SheetCells(
        title=found.title,
        number=found.number,
        hidden=False,
        merged=tuple(found.merged),
        hidden_rows=frozenset(found.hidden_rows),
        hidden_columns=tuple(found.hidden_columns),
        boxes=tuple(found.boxes),
        comments=found.comments,
        margins=found.margins,
    )


def _margins(page: etree._Element) -> tuple[tuple[Message, str], ...]:
    """What a page style prints above and below the sheet; page numbers and names of sheets are no text."""
    found = []
    for part in page:
        if part.get(f"{_STYLE}display") == "false" or not local_name(part).startswith(("header", "footer")):
            continue
        lines = (_plain(line) for line in part.iter(f"{_TEXT}p"))
        text = "\n".join(line for line in lines if line.strip())
        found.append((Message("页眉") if local_name(part).startswith("header") else Message("页脚"), text))
    return tuple(dict.fromkeys(found))


def _plain(line: etree._Element) -> str:
    return "".join(text for text, _, _ in _pieces(line, False, {}, unread=_UNREAD | _COUNTED))


def _parse_styles(root: etree._Element) -> dict[str, _Style]:
    """Styles of one part by name."""
    styles = {}
    for element in root.iter(f"{_STYLE}style"):
        weight = element.find(f"{_STYLE}text-properties")
        table = element.find(f"{_STYLE}table-properties")
        said = None
        if weight is not None:
            said = weight.get(f"{_STYLE}font-weight-asian") or weight.get(f"{_FO}font-weight")
        look = weight if weight is not None else etree.Element("none")
        font = str(look.get(f"{_STYLE}font-name") or look.get(f"{_FO}font-family") or "")
        styles[element.get(f"{_STYLE}name") or ""] = _Style(
            parent=element.get(f"{_STYLE}parent-style-name") or "",
            bold=None if said is None else said in {"bold", "600", "700", "800", "900"},
            shown=table is None or table.get(f"{_TABLE}display") != "false",
            font=font if is_symbol_font(font) else "",
            raised=_RAISED.match(look.get(f"{_STYLE}text-position") or "") is not None,
            page=element.get(f"{_STYLE}master-page-name") or "",
        )
    return styles


def _is_bold(styles: dict[str, _Style], name: str) -> bool | None:
    """Weight by a style or the nearest it is based on; None when none says."""
    for _ in range(_MAX_CHAIN):
        style = styles.get(name)
        if style is None or style.bold is not None:
            return style.bold if style else None
        name = style.parent
    return None


def _lines(parent: etree._Element) -> Iterator[etree._Element]:
    """Rows and columns of a table, through groups and headers."""
    for child in parent:
        tag = local_name(child)
        if tag in {"table-row", "table-column", "shapes"}:
            yield child
        elif tag in {
            "table-header-rows", "table-row-group", "table-rows",
            "table-header-columns", "table-column-group", "table-columns",
        }:  # fmt: skip
            yield from _lines(child)


def _read_rows(table: etree._Element, found: _Found) -> None:
    """Add all rows of a table; repeated empty rows only move on."""
    row = column = 0
    for line in _lines(table):
        tag = local_name(line)
        hidden = line.get(f"{_TABLE}visibility") in {"collapse", "filter"}
        if tag == "shapes":
            found.boxes += _boxes(line)
        elif tag == "table-column":
            width = whole_number(line.get(f"{_TABLE}number-columns-repeated"), 1, low=1)
            if hidden:
                found.hidden_columns.append((column, column + width - 1))
            column += width
            found.column_styles.append((column, line.get(f"{_TABLE}default-cell-style-name") or ""))
        else:
            times = whole_number(line.get(f"{_TABLE}number-rows-repeated"), 1, low=1, high=_MAX_ROW)
            before = len(found.cells)
            _read_row(line, row, found)
            filled = found.cells[before:]
            if hidden and filled:
                found.hidden_rows.update(range(row, row + times))
            for copy in range(1, times if filled else 1):
                found.budget.spend(cells=len(filled))
                found.cells += (_moved(cell, row + copy, cell.column, found.title) for cell in filled)
            row += times


def _moved(cell: Cell, row: int, column: int, title: str) -> Cell:
    where = Place(sheet=title, row=row + 1, column=column + 1)
    return Cell(text=cell.text, row=row, column=column, bold=cell.bold, where=where, page=cell.page)


def _read_row(line: etree._Element, row: int, found: _Found) -> None:
    """Add the cells of one row that have text."""
    column = 0
    for element in line:
        tag = local_name(element)
        if tag not in {"table-cell", "covered-table-cell"}:
            continue
        times = whole_number(element.get(f"{_TABLE}number-columns-repeated"), 1, low=1, high=20_000)
        height = whole_number(element.get(f"{_TABLE}number-rows-spanned"), 1, low=1, high=_MAX_ROW)
        width = whole_number(element.get(f"{_TABLE}number-columns-spanned"), 1, low=1, high=20_000)
        if (height, width) != (1, 1):
            area = Range(row=row, column=column, last_row=row + height - 1, last_column=column + width - 1)
            found.merged.append(area)
        found.boxes += _boxes(element)
        found.comments = found.comments or element.find(f"{_OFFICE}annotation") is not None
        text, bold = make_text(_cell_runs(element, column, found))
        for copy in range(times if text else 0):
            found.budget.spend(cells=1)
            where = Place(sheet=found.title, row=row + 1, column=column + copy + 1)
            found.cells.append(
                Cell(text=text, row=row, column=column + copy, bold=bold, where=where, page=found.number)
            )
        column += times


def _cell_runs(element: etree._Element, column: int, found: _Found) -> list[Run]:
    """Runs of a cell: a line a paragraph."""
    inherited = next((style for behind, style in found.column_styles if column < behind), "")
    name = element.get(f"{_TABLE}style-name") or inherited
    heavy = bool(_is_bold(found.styles, name))
    runs: list[Run] = []
    for paragraph in element.iterchildren(f"{_TEXT}p", f"{_TEXT}h"):
        if runs:
            runs.append(("\n", False))
        for text, bold, raised in _pieces(paragraph, heavy, found.styles, name):
            runs.append((raise_digits(text, runs[-1][0]) if raised and runs else text, bold))
    return runs or [(_value(element), heavy)]


def _value(element: etree._Element) -> str:
    """Value of a cell whose shown text the file does not hold."""
    for kind in ("string-value", "date-value", "time-value", "boolean-value"):
        if value := element.get(f"{_OFFICE}{kind}"):
            return value
    try:
        return plain_number(Decimal(element.get(f"{_OFFICE}value") or ""))
    except InvalidOperation:
        return ""


def _pieces(
    element: etree._Element,
    heavy: bool,
    styles: dict[str, _Style],
    around: str = "",
    unread: frozenset[str] = _UNREAD,
) -> Iterator[tuple[str, bool, bool]]:
    """Characters inside a paragraph or span, with whether they are bold and raised.

    ``around`` is the style of what the element stands in, ``unread`` the elements that are left out.
    """
    name = element.get(f"{_TEXT}style-name") or ""
    said = _is_bold(styles, name)
    heavy = heavy if said is None else said
    style, outer = styles.get(name), styles.get(around)
    font = (style.font if style else "") or (outer.font if outer else "")
    raised = style is not None and style.raised
    yield translate_symbols(element.text or "", font), heavy, raised
    for child in element:
        tag = local_name(child)
        if tag == "s":
            yield " " * whole_number(child.get(f"{_TEXT}c"), 1, high=1000), heavy, False
        elif tag == "tab":
            yield "\t", heavy, False
        elif tag == "line-break":
            yield "\n", heavy, False
        elif tag not in unread:
            yield from _pieces(child, heavy, styles, name or around, unread)
        yield translate_symbols(child.tail or "", font), heavy, raised


def _boxes(parent: etree._Element) -> Iterator[str]:
    """Texts of the shapes drawn in a cell or on a sheet."""
    for shape in parent.iter(f"{_DRAW}text-box", f"{_DRAW}custom-shape"):
        lines = ("".join(str(text) for text in line.itertext()) for line in shape.iter(f"{_TEXT}p"))
        yield "\n".join(lines)
