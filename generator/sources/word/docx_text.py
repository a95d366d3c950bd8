"""The text of a Word document: paragraphs with their numbers, runs with their weight, tables cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from generator.base.messages import Message
from generator.base.places import Place
from generator.sources.document import (
    Block,
    Budget,
    Paragraph,
    Run,
    cell_place,
    flatten,
    is_layout,
    make_table,
    make_text,
    raise_digits,
    translate_symbols,
)
from generator.sources.office import W, local_name, whole_number
from generator.sources.word.docx_fields import WordField, release, say, turn_field
from generator.sources.word.docx_numbering import Numbering
from generator.sources.word.docx_styles import Styles, switch
from generator.sources.word.docx_tables import REMOVED, THROUGH, place_cells

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/%s}"
_CHARTS = (_DRAWING % "chart" + "chart", _DRAWING % "diagram" + "relIds")


@dataclass(slots=True, kw_only=True)
class Story:
    """What is carried along while a document is read."""

    name: str
    styles: Styles
    numbering: Numbering
    budget: Budget
    tables: int = 0
    pictures: int = 0
    charts: int = 0
    changes: int = 0
    hidden: int = 0
    comments: int = 0
    embedded: int = 0
    footnotes: dict[tuple[str, str], int] = field(default_factory=dict)
    """(footnote or endnote, id) → printed number, in order of reference."""
    notes: list[Message] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Flow:
    """Blocks of one container: finished ones, and the paragraph that is open."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    aside: list[etree._Element] = field(default_factory=list)
    """Text boxes anchored in the open paragraph."""
    fields: list[WordField] = field(default_factory=list)
    """Fields that are open, the outer ones first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a paragraph hands down to its runs."""

    table_bold: bool | None = None
    paragraph_style: str = ""


def walk(container: etree._Element, flow: Flow, story: Story, weight: Weight) -> None:
    """Add the blocks of a body, cell, text box or note to the flow."""
    for child in container:
        tag = local_name(child)
        if tag == "p":
            _walk_paragraph(child, flow, story, weight)
        elif tag == "tbl":
            close(flow, story)
            flow.blocks += _read_table(child, story)
        elif tag in THROUGH:
            walk(child, flow, story, weight)
        elif tag in REMOVED:
            story.changes += 1
        elif tag == "AlternateContent":
            walk(_shown_branch(child), flow, story, weight)
        elif tag == "altChunk":
            story.embedded += 1


def _shown_branch(alternate: etree._Element) -> etree._Element:
    """The branch of an AlternateContent that has text, the first choice before the fallback."""
    branches = list(alternate)
    texts = [branch for branch in branches if any(True for _ in branch.iter(f"{W}t"))]
    return next(iter(texts or branches), alternate)


def close(flow: Flow, story: Story) -> None:
    """End the open paragraph and set the text boxes anchored in it behind it."""
    release(flow.fields, flow.runs)
    text, bold = make_text(flow.runs)
    boxes, flow.runs, flow.aside = flow.aside, [], []
    if text:
        story.budget.spend(letters=len(text))
        flow.blocks.append(Paragraph(text=text, bold=bold))
    for box in boxes:
        walk(box, flow, story, Weight())
        close(flow, story)


def _walk_paragraph(paragraph: etree._Element, flow: Flow, story: Story, weight: Weight) -> None:
    """Add a paragraph: its number, its runs; it stays open when its end mark was deleted."""
    properties = paragraph.find(f"{W}pPr")
    style = story.styles.paragraph_default
    named = None if properties is None else properties.find(f"{W}pStyle")
    if named is not None and named.get(f"{W}val") in story.styles.styles:
        style = named.get(f"{W}val") or style
    inner = Weight(table_bold=weight.table_bold, paragraph_style=style)
    mark = None if properties is None else properties.find(f"{W}rPr")
    _say_number(properties, mark, style, flow, story, inner)
    _walk_runs(paragraph, flow, story, inner)
    if mark is not None and mark.find(f"{W}del") is not None:
        story.changes += 1
        return
    close(flow, story)


def _say_number(
    properties: etree._Element | None,
    mark: etree._Element | None,
    style: str,
    flow: Flow,
    story: Story,
    weight: Weight,
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


def _list_of(properties: etree._Element | None, style: str, story: Story) -> tuple[str, int] | None:
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


def _walk_runs(parent: etree._Element, flow: Flow, story: Story, weight: Weight) -> None:
    """Add the characters of a paragraph's runs, through links, insertions, content controls."""
    for child in parent:
        tag = local_name(child)
        if tag == "r":
            _say_run(child, flow, story, weight)
        elif tag in THROUGH:
            story.changes += tag in {"ins", "moveTo"}
            _walk_runs(child, flow, story, weight)
        elif tag in REMOVED:
            story.changes += 1
        elif tag == "AlternateContent":
            _walk_runs(_shown_branch(child), flow, story, weight)
        elif tag not in {"pPr", "rPr"} and child.nsmap.get(child.prefix, "").endswith("/math"):
            _walk_runs(child, flow, story, weight)


def _is_bold(properties: etree._Element | None, story: Story, weight: Weight) -> bool:
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


def _is_hidden(properties: etree._Element | None, story: Story) -> bool:
    own = switch(properties, "vanish")
    if own is not None or properties is None:
        return bool(own)
    named = properties.find(f"{W}rStyle")
    return named is not None and bool(story.styles.hidden(named.get(f"{W}val") or ""))


def _say_run(run: etree._Element, flow: Flow, story: Story, weight: Weight) -> None:
    """Add one run to the open paragraph."""
    properties = run.find(f"{W}rPr")
    bold = _is_bold(properties, story, weight)
    hidden = _is_hidden(properties, story)
    font = _font(properties)
    raised = _is_raised(properties)
    said = False
    for child in run:
        tag = local_name(child)
        if tag == "fldChar":
            turn_field(child, flow.fields, flow.runs, bold=bold)
        elif tag == "instrText" and flow.fields:
            flow.fields[-1].instruction.append(child.text or "")
        elif tag in {"drawing", "pict", "object", "AlternateContent"}:
            _see_drawing(child, flow, story)
        elif tag == "ruby":
            story.notes.append(Message("文件里有注音，只读了正文的字，没有读注音"))
            for base in child.iterchildren(f"{W}rubyBase"):
                _walk_runs(base, flow, story, weight)
        elif tag == "commentReference":
            story.comments += 1
        elif text := _text_of(child, tag, font, story):
            said = said or bool(text.strip())
            if raised and flow.runs:
                text = raise_digits(text, flow.runs[-1][0])
            if not hidden:
                say(text, flow.fields, flow.runs, bold=bold)
    story.hidden += hidden and said


def _is_raised(properties: etree._Element | None) -> bool:
    place = None if properties is None else properties.find(f"{W}vertAlign")
    return place is not None and place.get(f"{W}val") == "superscript"


def _font(properties: etree._Element | None) -> str:
    """Typeface of Latin letters and private codes that a run itself names; empty when none."""
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    if fonts is None or fonts.get(f"{W}hint") == "eastAsia":
        return ""
    return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""


def _text_of(child: etree._Element, tag: str, font: str, story: Story) -> str:
    """Printed characters of one piece of a run."""
    if tag == "t":
        return translate_symbols(child.text or "", font)
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
    return translate_symbols(chr(value), font) if 0x20 <= value < 0xD800 or 0xE000 <= value < 0x110000 else ""


def _see_drawing(drawing: etree._Element, flow: Flow, story: Story) -> None:
    """Keep the text boxes of a drawing for later, count its pictures."""
    for alternate in [drawing] if local_name(drawing) == "AlternateContent" else []:
        _see_drawing(_shown_branch(alternate), flow, story)
        return
    pictures = sum(1 for _ in drawing.iter("{*}blip", "{*}imagedata"))
    story.pictures += pictures
    story.charts += sum(1 for _ in drawing.iter(*_CHARTS))
    for box in drawing.iter(f"{W}txbxContent"):
        if not any(
            local_name(above) == "txbxContent" for above in box.iterancestors() if above is not drawing
        ):
            flow.aside.append(box)
    for art in drawing.iter("{urn:schemas-microsoft-com:vml}textpath"):
        flow.runs.append((art.get("string") or "", False))


def _read_table(table: etree._Element, story: Story) -> list[Block]:
    """Blocks of a table: one Table, or the blocks of its cells when it only lays out the page."""
    placed = place_cells(table)
    story.changes += placed.deleted
    style = table.find(f"{W}tblPr/{W}tblStyle")
    style_id = "" if style is None else style.get(f"{W}val") or ""
    story.tables += 1
    name, place = f"表{story.tables}", Place(table=story.tables)
    found: list[list[Block]] = []
    for entry in placed.cells:
        story.budget.spend(cells=1)
        flow = Flow()
        walk(entry.element, flow, story, Weight(table_bold=story.styles.table_bold(style_id, entry.parts)))
        close(flow, story)
        found.append(flow.blocks)
    for row, column, element in placed.covered:
        if any((text.text or "").strip() for text in element.iter(f"{W}t")):
            story.notes.append(
                Message("{place}被合并单元格盖住的文字没有读取", place=cell_place(place, row, column))
            )
    if is_layout(found):
        return [block for blocks in found for block in blocks]
    cells = []
    for entry, blocks in zip(placed.cells, found, strict=True):
        text, bold = flatten(blocks, story.notes)
        where = cell_place(place, entry.cell.row, entry.cell.column)
        cells.append(replace(entry.cell, text=text, bold=bold, where=where))
    budget = Budget(story.name)
    made = make_table(cells, name=name, budget=budget, place=place)
    return [] if made is None else [made]
