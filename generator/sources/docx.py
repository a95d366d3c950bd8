"""docx → Document: what Word prints, with tracked changes accepted and automatic numbers written out.

Source: ECMA-376 part 1, 17 (WordprocessingML).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from generator.sources.docx_numbering import Numbering, link_styles, read_numbering
from generator.sources.docx_styles import Styles, read_styles, switch
from generator.sources.grid import Block, flatten, is_layout, make_document, make_table
from generator.sources.limits import MAX_FILE, Budget, check_size, open_package, refuse
from generator.sources.ooxml import Link, R, W, local_name, read_links, read_xml, whole_number
from generator.sources.runs import Run, make_text
from generator.sources.table import Cell, Document, Paragraph, Table

_THROUGH = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo"}
    | {"ruby", "rubyBase", "oMath", "oMathPara", "subDoc"}
)
_REMOVED = frozenset({"del", "moveFrom"})
_SYMBOLS = {0xAB: "★", 0xB6: "☆", 0xAA: "✦", 0x6C: "●", 0x6E: "■", 0xA8: "□", 0xFC: "✓", 0xFB: "✗", 0xFE: "☑"}
"""Signs of Wingdings that tables use, by code."""
_PICTURE_HINT = "请向来源单位索取可编辑的表格，或用文字识别软件转成 docx、xlsx 后核对再导入"


@dataclass(slots=True, kw_only=True)
class _Story:
    """What is carried along while a document is read."""

    name: str
    styles: Styles
    numbering: Numbering
    budget: Budget
    tables: int = 0
    pictures: int = 0
    changes: int = 0
    hidden: int = 0
    comments: int = 0
    embedded: int = 0
    footnotes: dict[tuple[str, str], int] = field(default_factory=dict)
    """(footnote or endnote, id) → printed number, in order of reference."""
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Flow:
    """Blocks of one container: finished ones, and the paragraph that is open."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    aside: list[etree._Element] = field(default_factory=list)
    """Text boxes anchored in the open paragraph."""
    instructions: int = 0
    """Depth of field instructions that are open: their characters are not printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weight:
    """What a paragraph hands down to its runs."""

    table_bold: bool | None = None
    paragraph_style: str = ""


def read_docx(data: bytes, name: str, kind: str = "docx") -> Document:
    """Document of the body in reading order, text boxes behind their paragraph, then notes, headers, footers.

    Raises: SourceError for a broken, encrypted or picture-only file.
    """
    check_size(data, name, limit=MAX_FILE)
    with open_package(data, name) as package:
        main = _main_part(package, name)
        links = read_links(package, main, name)
        story = _open_story(package, links, name)
        body = read_xml(package, main, name).find(f"{W}body")
        flow = _Flow()
        if body is not None:
            _walk(body, flow, story, _Weight())
            _close(flow, story)
        _walk_footnotes(package, links, flow, story)
        _walk_margins(package, links, body, flow, story)
    if not flow.blocks:
        raise _nothing(story)
    return make_document(name, kind, flow.blocks, _notes(story))


def _nothing(story: _Story) -> Exception:
    if story.pictures:
        return refuse(story.name, "文件里没有文字，只有图片", _PICTURE_HINT)
    return refuse(story.name, "文件里没有文字", "请确认保存完整后再导入")


def _main_part(package: zipfile.ZipFile, name: str) -> str:
    """Path of the main document part."""
    paths = [link.path for link in read_links(package, "", name) if link.kind == "officeDocument"]
    for path in [*paths, "word/document.xml"]:
        if path in package.NameToInfo:
            return path
    raise refuse(name, "文件已损坏，找不到正文", "请用办公软件打开后另存再导入")


def _open_story(package: zipfile.ZipFile, links: Sequence[Link], name: str) -> _Story:
    """Styles and lists of the document, before anything is read."""

    def part(kind: str) -> etree._Element | None:
        paths = [link.path for link in links if link.kind == kind and link.path in package.NameToInfo]
        return read_xml(package, paths[0], name) if paths else None

    styles = read_styles(part("styles"))
    numbering = read_numbering(part("numbering"))
    link_styles(numbering, lambda style: (styles.numbering(style) or ("", None, ""))[0])
    return _Story(name=name, styles=styles, numbering=numbering, budget=Budget(name))


def _notes(story: _Story) -> list[str]:
    found = list(story.notes)
    if story.changes:
        found.append(f"文件里有 {story.changes} 处修订，按“接受全部修订”后的文字读取")
    if story.hidden:
        found.append(f"文件里有 {story.hidden} 处隐藏文字，没有读取")
    if story.comments:
        found.append(f"文件里有 {story.comments} 条批注，没有读取")
    if story.pictures:
        found.append(f"文件里有 {story.pictures} 张图片，图片上的文字没有读取")
    if story.embedded:
        found.append(f"文件里嵌着 {story.embedded} 个其他文件，没有读取")
    return found


def _walk(container: etree._Element, flow: _Flow, story: _Story, weight: _Weight) -> None:
    """Add the blocks of a body, cell, text box or note to the flow."""
    for child in container:
        tag = local_name(child)
        if tag == "p":
            _walk_paragraph(child, flow, story, weight)
        elif tag == "tbl":
            _close(flow, story)
            flow.blocks += _read_table(child, story)
        elif tag in _THROUGH:
            _walk(child, flow, story, weight)
        elif tag in _REMOVED:
            story.changes += 1
        elif tag == "AlternateContent":
            _walk(_shown_branch(child), flow, story, weight)
        elif tag == "altChunk":
            story.embedded += 1


def _shown_branch(alternate: etree._Element) -> etree._Element:
    """The branch of an AlternateContent that has text, the first choice before the fallback."""
    branches = list(alternate)
    texts = [branch for branch in branches if any(True for _ in branch.iter(f"{W}t"))]
    return next(iter(texts or branches), alternate)


def _close(flow: _Flow, story: _Story) -> None:
    """End the open paragraph and set the text boxes anchored in it behind it."""
    text, bold = make_text(flow.runs)
    boxes, flow.runs, flow.aside, flow.instructions = flow.aside, [], [], 0
    if text:
        story.budget.spend(letters=len(text))
        flow.blocks.append(Paragraph(text=text, bold=bold))
    for box in boxes:
        _walk(box, flow, story, _Weight())
        _close(flow, story)


def _walk_paragraph(paragraph: etree._Element, flow: _Flow, story: _Story, weight: _Weight) -> None:
    """Add a paragraph: its number, its runs; it stays open when its end mark was deleted."""
    properties = paragraph.find(f"{W}pPr")
    style = story.styles.paragraph_default
    named = None if properties is None else properties.find(f"{W}pStyle")
    if named is not None and named.get(f"{W}val") in story.styles.styles:
        style = named.get(f"{W}val") or style
    inner = _Weight(table_bold=weight.table_bold, paragraph_style=style)
    mark = None if properties is None else properties.find(f"{W}rPr")
    _say_number(properties, mark, style, flow, story, inner)
    _walk_runs(paragraph, flow, story, inner)
    if mark is not None and mark.find(f"{W}del") is not None:
        story.changes += 1
        return
    _close(flow, story)


def _say_number(
    properties: etree._Element | None,
    mark: etree._Element | None,
    style: str,
    flow: _Flow,
    story: _Story,
    weight: _Weight,
) -> None:
    """Write the automatic number in front of the paragraph."""
    found = _list_of(properties, style, story)
    if found is None or (mark is not None and switch(mark, "vanish") and switch(mark, "specVanish")):
        return
    num_id, index = found
    label = story.numbering.advance(num_id, index)
    level = story.numbering.level(num_id, index)
    if not label or level is None:
        return
    bold = level.bold if level.bold is not None else _is_bold(mark, story, weight)
    apart = level.suffix == "space" or (level.suffix == "tab" and label[-1].isascii())
    flow.runs.append((label + (" " if apart else ""), bold))


def _list_of(properties: etree._Element | None, style: str, story: _Story) -> tuple[str, int] | None:
    """(numId, level) of the list a paragraph stands in; None when in none."""
    own = None if properties is None else properties.find(f"{W}numPr")
    num_id = None if own is None else own.find(f"{W}numId")
    level = None if own is None else own.find(f"{W}ilvl")
    index = None if level is None else level.get(f"{W}val")
    if num_id is not None:
        key = num_id.get(f"{W}val") or "0"
        return None if key == "0" else (key, whole_number(index, high=8))
    inherited = story.styles.numbering(style)
    if inherited is None or inherited[0] == "0":
        return None
    key, styled, source = inherited
    if index is None and styled is None:
        return key, story.numbering.level_of_style(key, source)
    return key, whole_number(index if index is not None else styled, high=8)


def _walk_runs(parent: etree._Element, flow: _Flow, story: _Story, weight: _Weight) -> None:
    """Add the characters of a paragraph's runs, through links, insertions, content controls."""
    for child in parent:
        tag = local_name(child)
        if tag == "r":
            _say_run(child, flow, story, weight)
        elif tag in _THROUGH:
            story.changes += tag in {"ins", "moveTo"}
            _walk_runs(child, flow, story, weight)
        elif tag in _REMOVED:
            story.changes += 1
        elif tag == "AlternateContent":
            _walk_runs(_shown_branch(child), flow, story, weight)
        elif tag not in {"pPr", "rPr"} and child.nsmap.get(child.prefix, "").endswith("/math"):
            _walk_runs(child, flow, story, weight)


def _is_bold(properties: etree._Element | None, story: _Story, weight: _Weight) -> bool:
    """Weight of a run: its own word, else its styles' (bold upon bold is plain again), else the default."""
    own = switch(properties, "b")
    if own is not None:
        return own
    named = None if properties is None else properties.find(f"{W}rStyle")
    character = None if named is None else story.styles.bold(named.get(f"{W}val") or "")
    said = [weight.table_bold, story.styles.bold(weight.paragraph_style), character]
    if all(value is None for value in said):
        return story.styles.bold_default
    return sum(value is True for value in said) % 2 == 1


def _is_hidden(properties: etree._Element | None, story: _Story) -> bool:
    own = switch(properties, "vanish")
    if own is not None or properties is None:
        return bool(own)
    named = properties.find(f"{W}rStyle")
    return named is not None and bool(story.styles.hidden(named.get(f"{W}val") or ""))


def _say_run(run: etree._Element, flow: _Flow, story: _Story, weight: _Weight) -> None:
    """Add one run to the open paragraph."""
    properties = run.find(f"{W}rPr")
    bold = _is_bold(properties, story, weight)
    hidden = _is_hidden(properties, story)
    said = False
    for child in run:
        tag = local_name(child)
        if tag == "fldChar":
            _turn_field(child, flow)
        elif tag in {"drawing", "pict", "object", "AlternateContent"}:
            _see_drawing(child, flow, story)
        elif tag == "commentReference":
            story.comments += 1
        elif text := _text_of(child, tag, story):
            said = said or bool(text.strip())
            if not hidden and not flow.instructions:
                flow.runs.append((text, bold))
    story.hidden += hidden and said


def _text_of(child: etree._Element, tag: str, story: _Story) -> str:
    """Printed characters of one piece of a run."""
    if tag == "t":
        return child.text or ""
    if tag in {"tab", "ptab"}:
        return "\t"
    if tag in {"br", "cr"}:
        return "\n"
    if tag == "noBreakHyphen":
        return "-"
    if tag == "sym":
        return _symbol(child.get(f"{W}char") or "", child.get(f"{W}font") or "")
    if tag in {"footnoteReference", "endnoteReference"}:
        key = (tag.removesuffix("Reference"), child.get(f"{W}id") or "")
        return f"[{story.footnotes.setdefault(key, len(story.footnotes) + 1)}]"
    return ""


def _symbol(code: str, font: str) -> str:
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    if font.lower().startswith("wingdings"):
        return _SYMBOLS.get(value & 0xFF, "□")
    value = value & 0xFF if 0xF000 <= value <= 0xF0FF else value
    return chr(value) if 0x20 <= value < 0xD800 or 0xE000 <= value < 0x110000 else ""


def _turn_field(mark: etree._Element, flow: _Flow) -> None:
    """Follow begin, separate and end of a field: between the first two stand instructions, not text."""
    kind = mark.get(f"{W}fldCharType")
    if kind == "begin":
        flow.instructions += 1
    elif kind in {"separate", "end"} and flow.instructions:
        flow.instructions -= 1


def _see_drawing(drawing: etree._Element, flow: _Flow, story: _Story) -> None:
    """Keep the text boxes of a drawing for later, count its pictures."""
    for alternate in [drawing] if local_name(drawing) == "AlternateContent" else []:
        _see_drawing(_shown_branch(alternate), flow, story)
        return
    pictures = sum(1 for _ in drawing.iter("{*}blip", "{*}imagedata"))
    story.pictures += pictures
    for box in drawing.iter(f"{W}txbxContent"):
        if not any(
            local_name(above) == "txbxContent" for above in box.iterancestors() if above is not drawing
        ):
            flow.aside.append(box)
    for art in drawing.iter("{urn:schemas-microsoft-com:vml}textpath"):
        flow.runs.append((art.get("string") or "", False))


def _read_table(table: etree._Element, story: _Story) -> list[Block]:
    """Blocks of a table: one Table, or the blocks of its cells when it only lays out the page."""
    rows = list(_rows(table, story))
    style = table.find(f"{W}tblPr/{W}tblStyle")
    style_id = "" if style is None else style.get(f"{W}val") or ""
    looks = _looks(table.find(f"{W}tblPr/{W}tblLook"))
    story.tables += 1
    name = f"表{story.tables}"
    found: list[tuple[Cell, list[Block]]] = []
    above: dict[int, int] = {}
    for row, line in enumerate(rows):
        column = _skipped_columns(line)
        for element in _cells(line, story):
            properties = element.find(f"{W}tcPr")
            width = _span(properties)
            if _merge(properties, "hMerge") == "continue" and found and found[-1][0].row == row:
                found[-1] = _widen(found[-1], width)
                column += width
                continue
            if _merge(properties, "vMerge") == "continue" and column in above:
                index = above[column]
                found[index] = _lengthen(found[index], row)
                _see_covered(element, story, name, row, column)
                column += width
                continue
            parts = frozenset(_parts(row, column, len(rows)) & looks)
            flow = _Flow()
            _walk(element, flow, story, _Weight(table_bold=story.styles.table_bold(style_id, parts)))
            _close(flow, story)
            where = f"{name}第{row + 1}行第{column + 1}列"
            found.append((Cell(text="", row=row, column=column, column_span=width, where=where), flow.blocks))
            above.pop(column, None)
            if _merge(properties, "vMerge"):
                above[column] = len(found) - 1
            story.budget.spend(cells=1)
            column += width
    return _finish_table(found, name, story)


def _finish_table(found: Sequence[tuple[Cell, list[Block]]], name: str, story: _Story) -> list[Block]:
    if is_layout([blocks for _, blocks in found]):
        return [block for _, blocks in found for block in blocks]
    cells = []
    for cell, blocks in found:
        text, bold = flatten(blocks, story.notes)
        cells.append(
            Cell(
                text=text,
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                bold=bold,
                where=cell.where,
            )
        )
    place = lambda row, column: f"{name}第{row + 1}行第{column + 1}列"  # noqa: E731  one expression, used once
    made = make_table(cells, name=name, budget=Budget(story.name), place=place)
    return [] if made is None else [made]


def _rows(table: etree._Element, story: _Story) -> Iterator[etree._Element]:
    """Rows that are not deleted, through content controls and insertions."""
    for child in table:
        tag = local_name(child)
        if tag == "tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
            else:
                story.changes += 1
        elif tag in _THROUGH:
            yield from _rows(child, story)


def _cells(row: etree._Element, story: _Story) -> Iterator[etree._Element]:
    """Cells of a row that are not deleted."""
    for child in row:
        tag = local_name(child)
        if tag == "tc":
            if child.find(f"{W}tcPr/{W}cellDel") is None:
                yield child
            else:
                story.changes += 1
        elif tag in _THROUGH:
            yield from _cells(child, story)


def _skipped_columns(row: etree._Element) -> int:
    before = row.find(f"{W}trPr/{W}gridBefore")
    return 0 if before is None else whole_number(before.get(f"{W}val"), high=1000)


def _span(properties: etree._Element | None) -> int:
    span = None if properties is None else properties.find(f"{W}gridSpan")
    return 1 if span is None else whole_number(span.get(f"{W}val"), 1, low=1, high=1000)


def _merge(properties: etree._Element | None, tag: str) -> str:
    """restart, continue or empty."""
    merge = None if properties is None else properties.find(f"{W}{tag}")
    return "" if merge is None else merge.get(f"{W}val") or "continue"


def _widen(found: tuple[Cell, list[Block]], width: int) -> tuple[Cell, list[Block]]:
    cell, blocks = found
    span = cell.column_span + width
    return Cell(
        text="", row=cell.row, column=cell.column, row_span=cell.row_span, column_span=span, where=cell.where
    ), blocks


def _lengthen(found: tuple[Cell, list[Block]], row: int) -> tuple[Cell, list[Block]]:
    cell, blocks = found
    span = row - cell.row + 1
    return Cell(
        text="",
        row=cell.row,
        column=cell.column,
        row_span=span,
        column_span=cell.column_span,
        where=cell.where,
    ), blocks


def _see_covered(element: etree._Element, story: _Story, name: str, row: int, column: int) -> None:
    """Note text that Word does not show because a merged cell covers it."""
    if any((text.text or "").strip() for text in element.iter(f"{W}t")):
        story.notes.append(f"{name}第{row + 1}行第{column + 1}列被合并单元格盖住的文字没有读取")


def _looks(look: etree._Element | None) -> frozenset[str]:
    """Parts of a table style that the table switches on."""
    if look is None:
        return frozenset({"firstRow", "firstCol"})
    names = {"firstRow": 0x20, "lastRow": 0x40, "firstCol": 0x80, "lastCol": 0x100}
    said = {"firstCol": "firstColumn", "lastCol": "lastColumn"}
    try:
        value = int(look.get(f"{W}val") or "0", 16)
    except ValueError:
        value = 0
    on = set()
    for part, bit in names.items():
        own = look.get(f"{W}{said.get(part, part)}")
        if own in {"1", "true", "on"} or (own is None and value & bit):
            on.add(part)
    return frozenset(on)


def _parts(row: int, column: int, rows: int) -> set[str]:
    """Parts of the table a cell belongs to."""
    found = {"firstRow"} if row == 0 else set()
    return found | ({"lastRow"} if row == rows - 1 else set()) | ({"firstCol"} if column == 0 else set())


def _walk_footnotes(package: zipfile.ZipFile, links: Sequence[Link], flow: _Flow, story: _Story) -> None:
    """Add the text of the footnotes and endnotes that were referred to, in printed order."""
    roots = {}
    for kind in ("footnote", "endnote"):
        for link in links:
            if link.kind == f"{kind}s" and link.path in package.NameToInfo:
                root = read_xml(package, link.path, story.name)
                roots.update({(kind, note.get(f"{W}id") or ""): note for note in root})
    for key, number in list(story.footnotes.items()):
        if key in roots:
            flow.runs.append((f"[{number}] ", False))
            _walk(roots[key], flow, story, _Weight())
            _close(flow, story)


def _walk_margins(
    package: zipfile.ZipFile, links: Sequence[Link], body: etree._Element | None, flow: _Flow, story: _Story
) -> None:
    """Add headers and footers that hold more than a page number."""
    used = (
        {e.get(f"{R}id") for e in body.iter(f"{W}headerReference", f"{W}footerReference")}
        if body is not None
        else set()
    )
    seen: set[str] = set()
    for link in links:
        if link.id not in used or link.path not in package.NameToInfo:
            continue
        margin = _Flow()
        _walk(read_xml(package, link.path, story.name), margin, story, _Weight())
        _close(margin, story)
        for block in margin.blocks:
            text = block.text if isinstance(block, Paragraph) else ""
            letters = "".join(letter for letter in text if letter.isalpha() and letter not in "第页共")
            if (letters or isinstance(block, Table)) and text not in seen:
                seen.add(text)
                where = "页眉" if link.kind == "header" else "页脚"
                flow.blocks.append(
                    Paragraph(text=text, where=where) if isinstance(block, Paragraph) else block
                )
