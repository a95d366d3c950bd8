"""xlsx and xlsm → Document: one table a visible sheet, values as the sheet shows them."""

from __future__ import annotations

from generator.base.messages import Message
from generator.sources.document import (
    MAX_FILE,
    Block,
    Budget,
    Document,
    make_document,
    open_package,
    require_size,
)
from generator.sources.sheets.sheet_blocks import arrange_sheet, nothing_visible, sheet_notes
from generator.sources.sheets.xlsx_package import reduce_package


def read_xlsx(data: bytes, name: str) -> Document:
    """Document with one table for every visible sheet that has text, in order of the workbook.

    Raises: SourceError for a broken or encrypted file, or one without text.
    """
    # openpyxl takes a fifth of a second to load: the other spreadsheets do not wait for it
    from generator.sources.sheets.xlsx_cells import list_cells, load_workbook

    require_size(data, name, limit=MAX_FILE)
    with open_package(data, name) as package:
        reduced, sheets = reduce_package(package, name)
        pictures = sum(path.startswith("xl/media/") for path in package.NameToInfo)
        charts = sum(path.startswith("xl/charts/chart") for path in package.NameToInfo)
    workbook = load_workbook(reduced, name) if any(not sheet.hidden for sheet in sheets) else None
    budget = Budget(name)
    blocks: list[Block] = []
    notes: list[Message] = []
    for sheet in sheets:
        if sheet.hidden or workbook is None:
            notes.append(Message("工作表“{title}”是隐藏的，没有读取", title=sheet.title))
            continue
        found = list(list_cells(workbook[f"s{sheet.number}"], sheet, Budget(name)))
        blocks += arrange_sheet(found, sheet, budget, notes)
        notes += sheet_notes(sheet)
    if pictures:
        notes.append(Message("文件里有 {pictures} 张图片，图片上的文字没有读取", pictures=pictures))
    if charts:
        notes.append(Message("文件里有 {charts} 张图表，上面的文字没有读取", charts=charts))
    if not blocks:
        raise nothing_visible(name, pictures=pictures > 0)
    return make_document(name, "xlsx", blocks, notes)
