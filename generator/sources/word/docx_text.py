"""The blocks of a Word document: paragraphs with their numbers, tables cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from generator.base.messages import Message
from generator.base.places import Place
from generator.sources.document import (
    Block,
    Budget,
    Paragraph,
    cell_place,
    flatten,
    is_layout,
    make_table,
    make_text,
)
from generator.sources.office import W, local_name, whole_number
from generator.sources.word.docx_fields import OpenParagraph
from generator.sources.word.docx_runs import is_bold, walk_runs
from generator.sources.word.docx_story import PLAIN, Story, Weight, WordFlow, count_change, shown_branch
from generator.sources.word.docx_styles import switch
from generator.sources.word.docx_tables import REMOVED, THROUGH, PlacedCells, place_cells


def make_blocks(container: etree._Element, story: Story, weight: Weight = PLAIN) -> list[Block]:
    """Blocks of a body, cell, text box or note."""
    flow = WordFlow(story=story, weight=weight)
    _walk(container, flow)
    _close(flow)
    return flow.blocks


def _walk(container: etree._Element, flow: WordFlow) -> None:
    """Add the blocks of a container to the flow."""
    for child in container:
        step = _OF_CONTAINER.get(local_name(child))
        if step is not None:
            step(child, flow)


def _walk_alternate(alternate: etree._Element, flow: WordFlow) -> None:
    _walk(shown_branch(alternate), flow)


def _count_embedded(_: etree._Element, flow: WordFlow) -> None:
    flow.story.embedded += 1


def _close(flow: WordFlow) -> None:
    """End the open paragraph and set the text boxes anchored in it behind it."""
    text, bold = make_text(flow.open.finish())
    boxes, flow.open, flow.aside = flow.aside, OpenParagraph(), []
    if text:
        flow.story.budget.spend(letters=len(text))
        flow.blocks.append(Paragraph(text=text, bold=bold))
    for box in boxes:
        flow.blocks += make_blocks(box, flow.story)


def _walk_paragraph(paragraph: etree._Element, flow: WordFlow) -> None:
    """Add a paragraph: its number, its runs; it stays open when its end mark was deleted."""
    styles = flow.story.styles
    properties = paragraph.find(f"{W}pPr")
    named = None if properties is None else properties.find(f"{W}pStyle")
    style = "" if named is None else named.get(f"{W}val") or ""
    mark = None if properties is None else properties.find(f"{W}rPr")
    shown = style if style in styles.styles else styles.paragraph_default
    flow.weight = replace(flow.weight, paragraph_style=shown)
    _add_number(properties, mark, flow)
    walk_runs(paragraph, flow)
    if mark is not None and mark.find(f"{W}del") is not None:
        flow.story.changes += 1
        return
    _close(flow)


def _add_number(properties: etree._Element | None, mark: etree._Element | None, flow: WordFlow) -> None:
    """Write the automatic number in front of the paragraph."""
    story = flow.story
    found = _list_of(properties, flow.weight.paragraph_style, story)
    if found is None or (mark is not None and switch(mark, "vanish") and switch(mark, "specVanish")):
        return
    label = story.numbering.advance(*found)
    level = story.numbering.level(*found)
    if not label or level is None:
        return
    bold = level.bold if level.bold is not None else is_bold(mark, story, flow.weight)
    apart = level.suffix == "space" or (level.suffix == "tab" and label[-1].isascii())
    flow.open.runs.append((label + (" " if apart else ""), bold))


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


def _add_table(table: etree._Element, flow: WordFlow) -> None:
    """Add a table: one Table, or the blocks of its cells when it only lays out the page."""
    _close(flow)
    story = flow.story
    placed = place_cells(table)
    story.changes += placed.deleted
    story.tables += 1
    place = Place(table=story.tables)
    found = _cell_blocks(table, placed, story)
    for row, column, element in placed.covered:
        if any((text.text or "").strip() for text in element.iter(f"{W}t")):
            story.notes.append(
                Message("{place}被合并单元格盖住的文字没有读取", place=cell_place(place, row, column))
            )
    if is_layout(found):
        flow.blocks += (block for blocks in found for block in blocks)
        return
    cells = []
    for entry, blocks in zip(placed.cells, found, strict=True):
        text, bold = flatten(blocks, story.notes)
        where = cell_place(place, entry.cell.row, entry.cell.column)
        cells.append(replace(entry.cell, text=text, bold=bold, where=where))
    made = make_table(cells, name=f"表{story.tables}", budget=Budget(story.name), place=place)
    flow.blocks += [made] if made else []


def _cell_blocks(table: etree._Element, placed: PlacedCells, story: Story) -> list[list[Block]]:
    """Blocks in each placed cell."""
    style = table.find(f"{W}tblPr/{W}tblStyle")
    style_id = "" if style is None else style.get(f"{W}val") or ""
    found = []
    for entry in placed.cells:
        story.budget.spend(cells=1)
        weight = Weight(table_bold=story.styles.table_bold(style_id, entry.parts))
        found.append(make_blocks(entry.element, story, weight))
    return found


_OF_CONTAINER: dict[str, Callable[[etree._Element, WordFlow], None]] = {
    **dict.fromkeys(THROUGH, _walk),
    **dict.fromkeys(REMOVED, count_change),
    "p": _walk_paragraph,
    "tbl": _add_table,
    "AlternateContent": _walk_alternate,
    "altChunk": _count_embedded,
}
"""What to do with what stands in a body, cell, text box or note."""
