"""What a browser shows of a page: paragraphs and tables, white space collapsed, hidden elements left out.

What an element does is looked up by its tag in ``_OF_TAG``; all others only hold others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from generator.base.messages import Message
from generator.base.places import Place
from generator.sources.document import (
    Block,
    Budget,
    Paragraph,
    Run,
    flatten,
    is_layout,
    make_table,
    make_text,
    mark_struck,
    raise_digits,
    translate_symbols,
)
from generator.sources.web.stylesheets import PageStyles, is_bold, is_hidden, is_struck
from generator.sources.web.web_lists import write_item_number
from generator.sources.web.web_tables import GROUPS, WebRow, attribute_number, list_rows, place_cells

_SPACES = re.compile(r"[ \t\n\r\f]+")
_UNSHOWN = re.compile(
    "script|style|template|noscript|head|title|meta|link|iframe|object|embed|svg|datalist"
    "|frame|frameset|noframes|audio|video|canvas|col|colgroup"
)
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset|figure"
    "|figcaption|footer|form|h[1-6]|header|hr|html|legend|li|main|nav|ol|p|pre|section|summary|ul"
    "|table|thead|tbody|tfoot|tr|td|th"
)
_BOLD = re.compile("b|strong|h[1-6]|th")
_UNTYPED = re.compile("hidden|button|submit|reset|image|checkbox|radio|file|password|range|color")
"""Kinds of input fields that show no text, or only what they do."""
_STRUCK = re.compile("s|strike|del")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What an element hands down to the characters in it."""

    bold: bool = False
    kept: bool = False
    """White space is kept."""
    raised: bool = False
    struck: bool = False
    font: str = ""


@dataclass(slots=True, kw_only=True)
class WebPage:
    """What is carried along while the parts of a page are read."""

    name: str
    budget: Budget
    styles: PageStyles = field(default_factory=PageStyles)
    """Of the part that is being read."""
    tables: int = 0
    pictures: int = 0
    counters: dict[etree._Element, int] = field(default_factory=dict)
    """Ordered list → number of its next item."""
    notes: list[Message] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class WebFlow:
    """Blocks of one container: finished ones, and the runs of the paragraph that is open."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marker: Run = ("", False)
    """Number of a list item that waits for the item's first characters."""

    def say(self, text: str, look: Look) -> None:
        """Add characters; white space collapses as in a browser unless it is kept."""
        text = translate_symbols(text, look.font)
        if look.raised and self.runs:
            text = raise_digits(text, self.runs[-1][0])
        if not look.kept:
            text = _SPACES.sub(" ", text)
            if text.startswith(" ") and (not self.runs or self.runs[-1][0].endswith((" ", "\n"))):
                text = text[1:]
        if text:
            self.runs.append((mark_struck(text) if look.struck else text, look.bold))

    def close(self) -> None:
        """End the open paragraph."""
        text, bold = make_text(self.runs)
        if text and self.marker[0]:
            text, bold = make_text([self.marker, *self.runs])
            self.marker = ("", False)
        self.runs = []
        if text:
            self.blocks.append(Paragraph(text=text, bold=bold))


def walk(element: etree._Element, flow: WebFlow, page: WebPage, look: Look) -> None:
    """Add what a browser shows of an element (not its tail) to the flow."""
    tag = element.tag
    if not isinstance(tag, str) or _UNSHOWN.fullmatch(tag) or _is_unseen(element, page):
        return
    style = page.styles.declared(element)
    look = _look_of(element, tag, style, look)
    apart = _BLOCK.fullmatch(tag) is not None or style.get("display") == "block"
    if apart:
        flow.close()
    _OF_TAG.get(tag, _walk_children)(element, flow, page, look)
    if apart:
        flow.close()


def _is_unseen(element: etree._Element, page: WebPage) -> bool:
    hidden = element.get("hidden") is not None or is_hidden(page.styles.declared(element))
    if hidden and letters_of(element).strip():
        page.notes.append(Message("网页里有隐藏的内容，没有读取"))
    return hidden


def letters_of(element: etree._Element) -> str:
    """All characters inside an element."""
    return "".join(str(text) for text in element.itertext())


def _look_of(element: etree._Element, tag: str, style: Mapping[str, str], above: Look) -> Look:
    """What an element hands down, by its tag, its style and what it was handed."""
    symbols = style.get("mso-symbol-font-family", "") if style.get("mso-char-type") == "symbol" else ""
    font = symbols or style.get("font-family") or (element.get("face", "") if tag == "font" else "")
    place = style.get("vertical-align", "")
    line = style.get("text-decoration", style.get("text-decoration-line", ""))
    return Look(
        bold=is_bold(style, above.bold or _BOLD.fullmatch(tag) is not None),
        kept=style.get("white-space", "pre" if tag == "pre" or above.kept else "").startswith("pre"),
        raised=place == "super" if place and tag == "span" else above.raised or tag == "sup",
        struck=above.struck or is_struck(style) or (_STRUCK.fullmatch(tag) is not None and not line),
        font=font or above.font,
    )


def _walk_children(element: etree._Element, flow: WebFlow, page: WebPage, look: Look) -> None:
    flow.say(element.text or "", look)
    for child in element:
        walk(child, flow, page, look)
        flow.say(child.tail or "", look)


def _add_break(_: etree._Element, flow: WebFlow, __: WebPage, ___: Look) -> None:
    flow.runs.append(("\n", False))


def _add_typed(element: etree._Element, flow: WebFlow, _: WebPage, look: Look) -> None:
    flow.say(_typed_text(element), replace(look, kept=True))


def _typed_text(element: etree._Element) -> str:
    """Text that stands in an input field, or the chosen entries of a list."""
    if element.tag == "input":
        return "" if _UNTYPED.fullmatch(element.get("type", "").lower()) else element.get("value", "")
    if element.tag == "textarea":
        return letters_of(element)
    entries = list(element.iter("option"))
    chosen = [entry for entry in entries if entry.get("selected") is not None]
    shown = chosen or ([] if element.get("multiple") is not None else entries[:1])
    return "\n".join(letters_of(entry).strip() for entry in shown)


def _count_picture(_: etree._Element, __: WebFlow, page: WebPage, ___: Look) -> None:
    page.pictures += 1


def _add_item(item: etree._Element, flow: WebFlow, page: WebPage, look: Look) -> None:
    """Add an item of a list behind its number."""
    flow.marker = (_marker(item, page), look.bold)
    _walk_children(item, flow, page, look)
    flow.close()
    if flow.marker[0]:
        flow.runs.append(flow.marker)
        flow.marker = ("", False)


def _marker(item: etree._Element, page: WebPage) -> str:
    """Printed number of an item of an ordered list; empty in other lists and where none is shown."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    following = page.counters.get(parent, attribute_number(parent.get("start"), 1, low=0, high=10**6))
    number = attribute_number(item.get("value"), following, low=0, high=10**6)
    page.counters[parent] = number + 1
    styles = [page.styles.declared(parent), page.styles.declared(item)]
    return write_item_number(number, parent.get("type", ""), styles)


def _add_table(table: etree._Element, flow: WebFlow, page: WebPage, look: Look) -> None:
    """Add a table: one Table, or, of a table that only lays out the page, the blocks of its cells."""
    rows = list_rows(table, lambda element: _is_unseen(element, page))
    shown = {id(cell): blocks for row in rows for cell, blocks in _cell_blocks(row, page, look)}
    captions = WebFlow()
    _walk_strays(table, captions, page, look)
    captions.close()
    flow.blocks += captions.blocks
    if is_layout(list(shown.values())):
        flow.blocks += (block for blocks in shown.values() for block in blocks)
        return
    place = Place(table=page.tables + 1)
    cells = []
    for cell, element in place_cells(rows, place):
        text, bold = flatten(shown[id(element)], page.notes)
        cells.append(replace(cell, text=text, bold=bold))
        page.budget.spend(cells=1)
    made = make_table(cells, name=f"表{page.tables + 1}", budget=page.budget, place=place)
    if made is not None:
        page.tables += 1
        flow.blocks.append(made)


def _cell_blocks(row: WebRow, page: WebPage, look: Look) -> Iterator[tuple[etree._Element, list[Block]]]:
    """Cells of one row with the blocks inside them."""
    above = _look_of(row.element, "tr", page.styles.declared(row.element), look)
    for cell in row.cells:
        flow = WebFlow()
        own = _look_of(cell, str(cell.tag), page.styles.declared(cell), above)
        _walk_children(cell, flow, page, own)
        flow.close()
        yield cell, flow.blocks


def _walk_strays(element: etree._Element, flow: WebFlow, page: WebPage, look: Look) -> None:
    """Add captions and whatever stands in a table outside its cells, which browsers show above the table."""
    flow.say(element.text or "", look)
    for child in element:
        if child.tag in GROUPS or child.tag in {"tr", "form"}:
            _walk_strays(child, flow, page, look)
        elif child.tag not in {"td", "th"}:
            walk(child, flow, page, look)
        flow.say(child.tail or "", look)


_OF_TAG: dict[str, Callable[[etree._Element, WebFlow, WebPage, Look], None]] = {
    "br": _add_break,
    "img": _count_picture,
    "input": _add_typed,
    "select": _add_typed,
    "textarea": _add_typed,
    "li": _add_item,
    "table": _add_table,
}
"""What to do with an element; others only hold what stands in them."""
