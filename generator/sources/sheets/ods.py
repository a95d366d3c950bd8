"""ods → Document: the file itself holds every cell's text as the sheet shows it.

Source: OpenDocument 1.3 part 3, 9 (tables) and 6 (text).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
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
    make_document,
    make_text,
    mark_struck,
    open_package,
    raise_digits,
    refusal,
    require_size,
    translate_symbols,
)
from generator.sources.office import local_name, parse_part, whole_number
from generator.sources.sheets.number_format import plain_number
from generator.sources.sheets.ods_styles import (
    DRAW,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    OdsLook,
    OdsStyles,
    make_look,
    parse_ods_styles,
)
from generator.sources.sheets.sheet_blocks import (
    Margins,
    Range,
    SheetCells,
    arrange_sheet,
    nothing_visible,
    sheet_notes,
)

_MAX_ROW = 1_048_576
_PAGE = f"{STYLE}master-page"
_UNREAD = frozenset({"annotation", "ruby-text", "note", "frame", "custom-shape"})
"""Elements inside a line whose text is none of the line's own."""
_SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}
_COUNTED = frozenset({"page-number", "page-count", "sheet-name", "date", "time", "file-name", "title"})
"""Fields that page headers and footers are filled with when they are printed."""


@dataclass(slots=True, kw_only=True)
class _OdsSheet:
    """What one sheet holds, while it is being read."""

    title: str
    number: int
    styles: OdsStyles
    budget: Budget
    cells: list[Cell] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    column_styles: list[tuple[int, str]] = field(default_factory=list)
    """(first column behind, default cell style) in order."""
    boxes: list[str] = field(default_factory=list)
    comments: bool = False
    margins: Margins = ()


def read_ods(data: bytes, name: str) -> Document:
    """Document with one table for every visible sheet that has text.

    Raises: SourceError for a broken or encrypted file, or one without text.
    """
    require_size(data, name, limit=MAX_FILE)
    content, styles, margins = _unpack(data, name)
    budget = Budget(name)
    blocks: list[Block] = []
    notes: list[Message] = []
    for number, table in enumerate(content.iterfind(f".//{OFFICE}spreadsheet/{TABLE}table"), start=1):
        title = table.get(f"{TABLE}name") or f"工作表{number}"
        style = styles.get(table.get(f"{TABLE}style-name") or "")
        if style is not None and not style.shown:
            notes.append(Message("工作表“{title}”是隐藏的，没有读取", title=title))
            continue
        found = _OdsSheet(title=title, number=number, styles=styles, budget=budget)
        found.margins = margins.get(style.page if style else "", ())
        _collect_rows(table, found)
        sheet = _make_sheet(found)
        blocks += arrange_sheet(found.cells, sheet, budget, notes)
        notes += sheet_notes(sheet)
    pictures = sum(1 for _ in content.iter(f"{DRAW}image"))
    if pictures:
        notes.append(Message("文件里有 {pictures} 张图片，图片上的文字没有读取", pictures=pictures))
    if not blocks:
        raise nothing_visible(name)
    return make_document(name, "ods", blocks, notes)


def _unpack(data: bytes, name: str) -> tuple[etree._Element, OdsStyles, dict[str, Margins]]:
    """Content, styles, and what each page style prints above and below a sheet.

    Raises: SourceError for a broken or encrypted file.
    """
    with open_package(data, name) as package:
        if "META-INF/manifest.xml" in package.NameToInfo:
            manifest = parse_part(package, "META-INF/manifest.xml", name)
            if any(local_name(element) == "encryption-data" for element in manifest.iter()):
                raise refusal(name, Message("文件设了密码"), Message("请在办公软件里取消密码后另存再导入"))
        content = parse_part(package, "content.xml", name)
        if "styles.xml" not in package.NameToInfo:
            return content, parse_ods_styles(content), {}
        root = parse_part(package, "styles.xml", name)
    styles = {**parse_ods_styles(root), **parse_ods_styles(content)}
    return content, styles, {page.get(f"{STYLE}name") or "": _margins(page) for page in root.iter(_PAGE)}


def _make_sheet(found: _OdsSheet) -> SheetCells:
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


def _margins(page: etree._Element) -> Margins:
    """What a page style prints above and below the sheet; page numbers and names of sheets are no text."""
    found = []
    for part in page:
        if part.get(f"{STYLE}display") == "false" or not local_name(part).startswith(("header", "footer")):
            continue
        lines = (_plain(line) for line in part.iter(f"{TEXT}p"))
        text = "\n".join(line for line in lines if line.strip())
        found.append((Message("页眉") if local_name(part).startswith("header") else Message("页脚"), text))
    return tuple(dict.fromkeys(found))


def _plain(line: etree._Element) -> str:
    return "".join(text for text, _ in _pieces(line, OdsLook(), {}, _UNREAD | _COUNTED))


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


def _collect_rows(table: etree._Element, found: _OdsSheet) -> None:
    """Add all rows of a table; repeated empty rows only move on."""
    row = column = 0
    for line in _lines(table):
        tag = local_name(line)
        hidden = line.get(f"{TABLE}visibility") in {"collapse", "filter"}
        if tag == "shapes":
            found.boxes += _boxes(line)
        elif tag == "table-column":
            width = whole_number(line.get(f"{TABLE}number-columns-repeated"), 1, low=1)
            if hidden:
                found.hidden_columns.append((column, column + width - 1))
            column += width
            found.column_styles.append((column, line.get(f"{TABLE}default-cell-style-name") or ""))
        else:
            times = whole_number(line.get(f"{TABLE}number-rows-repeated"), 1, low=1, high=_MAX_ROW)
            before = len(found.cells)
            _collect_row(line, row, found)
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


def _collect_row(line: etree._Element, row: int, found: _OdsSheet) -> None:
    """Add the cells of one row that have text."""
    column = 0
    for element in line:
        tag = local_name(element)
        if tag not in {"table-cell", "covered-table-cell"}:
            continue
        times = whole_number(element.get(f"{TABLE}number-columns-repeated"), 1, low=1, high=20_000)
        height = whole_number(element.get(f"{TABLE}number-rows-spanned"), 1, low=1, high=_MAX_ROW)
        width = whole_number(element.get(f"{TABLE}number-columns-spanned"), 1, low=1, high=20_000)
        if (height, width) != (1, 1):
            area = Range(row=row, column=column, last_row=row + height - 1, last_column=column + width - 1)
            found.merged.append(area)
        found.boxes += _boxes(element)
        found.comments = found.comments or element.find(f"{OFFICE}annotation") is not None
        text, bold = make_text(_cell_runs(element, column, found))
        for copy in range(times if text else 0):
            found.budget.spend(cells=1)
            where = Place(sheet=found.title, row=row + 1, column=column + copy + 1)
            found.cells.append(
                Cell(text=text, row=row, column=column + copy, bold=bold, where=where, page=found.number)
            )
        column += times


def _cell_runs(element: etree._Element, column: int, found: _OdsSheet) -> list[Run]:
    """Runs of a cell: a line a paragraph."""
    inherited = next((style for behind, style in found.column_styles if column < behind), "")
    look = make_look(element.get(f"{TABLE}style-name") or inherited, found.styles, OdsLook())
    look = replace(look, raised=False)
    runs: list[Run] = []
    for paragraph in element.iterchildren(f"{TEXT}p", f"{TEXT}h"):
        if runs:
            runs.append(("\n", False))
        for text, own in _pieces(paragraph, look, found.styles):
            text = raise_digits(text, runs[-1][0]) if own.raised and runs else text
            runs.append((mark_struck(text) if own.struck else text, own.bold))
    return runs or [(_value(element), look.bold)]


def _value(element: etree._Element) -> str:
    """Value of a cell whose shown text the file does not hold."""
    for kind in ("string-value", "date-value", "time-value", "boolean-value"):
        if value := element.get(f"{OFFICE}{kind}"):
            return value
    try:
        return plain_number(Decimal(element.get(f"{OFFICE}value") or ""))
    except InvalidOperation:
        return ""


def _pieces(
    element: etree._Element, above: OdsLook, styles: OdsStyles, unread: frozenset[str] = _UNREAD
) -> Iterator[tuple[str, OdsLook]]:
    """Characters inside a paragraph or span with their look; ``unread`` elements are left out."""
    look = make_look(element.get(f"{TEXT}style-name") or "", styles, above)
    yield translate_symbols(element.text or "", look.font), look
    for child in element:
        tag = local_name(child)
        if tag in _SPACES:
            yield _SPACES[tag] * whole_number(child.get(f"{TEXT}c"), 1, high=1000), look
        elif tag not in unread:
            yield from _pieces(child, look, styles, unread)
        yield translate_symbols(child.tail or "", look.font), look


def _boxes(parent: etree._Element) -> Iterator[str]:
    """Texts of the shapes drawn in a cell or on a sheet."""
    for shape in parent.iter(f"{DRAW}text-box", f"{DRAW}custom-shape"):
        lines = ("".join(str(text) for text in line.itertext()) for line in shape.iter(f"{TEXT}p"))
        yield "\n".join(lines)
