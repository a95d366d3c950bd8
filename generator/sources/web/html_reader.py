"""html, htm and mhtml as saved from a browser or an office program → Document."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from generator.base.messages import Message
from generator.base.places import Place
from generator.sources.document import (
    MAX_FILE,
    MAX_TEXT,
    Block,
    Budget,
    Cell,
    Document,
    Paragraph,
    Run,
    cell_place,
    flatten,
    is_layout,
    make_document,
    make_table,
    make_text,
    raise_digits,
    refusal,
    require_size,
    translate_symbols,
)
from generator.sources.text import decode
from generator.sources.web.stylesheets import PageStyles, is_bold, is_hidden
from generator.sources.web.web_lists import write_item_number
from generator.sources.web.web_tree import SAVE_AGAIN, parse_page

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)|encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
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
_GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What an element hands down to the characters in it."""

    bold: bool = False
    kept: bool = False
    """White space is kept."""
    raised: bool = False
    font: str = ""


@dataclass(slots=True, kw_only=True)
class _Page:
    """What is carried along while one page is read."""

    name: str
    styles: PageStyles
    budget: Budget
    tables: int = 0
    pictures: int = 0
    counters: dict[etree._Element, int] = field(default_factory=dict)
    """Ordered list → number of its next item."""
    notes: list[Message] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Flow:
    """Blocks of one container: finished ones, and the runs of the paragraph that is open."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marker: Run = ("", False)
    """Number of a list item that waits for the item's first characters."""

    def say(self, text: str, look: _Look) -> None:
        """Add characters; white space collapses as in a browser unless it is kept."""
        text = translate_symbols(text, look.font)
        if look.raised and self.runs:
            text = raise_digits(text, self.runs[-1][0])
        if not look.kept:
            text = _SPACES.sub(" ", text)
            if text.startswith(" ") and (not self.runs or self.runs[-1][0].endswith((" ", "\n"))):
                text = text[1:]
        if text:
            self.runs.append((text, look.bold))

    def close(self) -> None:
        """End the open paragraph."""
        text, bold = make_text(self.runs)
        if text and self.marker[0]:
            text, bold = make_text([self.marker, *self.runs])
            self.marker = ("", False)
        self.runs = []
        if text:
            self.blocks.append(Paragraph(text=text, bold=bold))


def read_html(data: bytes, name: str) -> Document:
    """Document of the page's tables and the paragraphs around them, hidden elements left out.

    Raises: SourceError when the page has no text or only points to other files.
    """
    require_size(data, name, limit=MAX_TEXT)
    return make_page(name, [(data, declared_encoding(data))])


def read_mhtml(data: bytes, name: str) -> Document:
    """Document of all HTML parts of a page saved as one file.

    Raises: SourceError when there is none.
    """
    require_size(data, name, limit=MAX_FILE)
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        pages = [
            (payload, part.get_content_charset() or declared_encoding(payload))
            for part in message.walk()
            if part.get_content_type() == "text/html"
            and isinstance(payload := part.get_payload(decode=True), bytes)
        ]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise refusal(
            name, Message("网页归档文件已损坏，拆不开"), Message("请用浏览器打开，另存为“网页，仅 HTML”")
        ) from error
    if not pages:
        raise refusal(
            name, Message("网页归档文件里没有网页"), Message("请用浏览器打开，另存为“网页，仅 HTML”")
        )
    for payload, _ in pages:
        require_size(payload or b"", name, limit=MAX_TEXT)
    return make_page(name, pages)


def declared_encoding(data: bytes) -> str:
    """Encoding that the head of a page declares; empty when none."""
    match = _DECLARED.search(data[:8192])
    return (match[1] or match[2]).decode("ascii") if match else ""


def make_page(name: str, parts: Sequence[tuple[bytes, str]]) -> Document:
    """Document of HTML parts, each with its declared encoding.

    Raises: SourceError when there is no text.
    """
    budget = Budget(name)
    blocks: list[Block] = []
    notes: list[Message] = []
    tables = pictures = 0
    frames = False
    for data, declared in parts:
        text, found = decode(data, name, declared)
        root = parse_page(text, name)
        if root is None:
            continue
        page = _Page(name=name, styles=PageStyles(root, name), budget=budget, tables=tables)
        flow = _Flow()
        try:
            _walk(root, flow, page, _Look())
        except RecursionError as error:
            raise refusal(name, Message("网页嵌套太深或太大，读不完整"), SAVE_AGAIN) from error
        flow.close()
        blocks += flow.blocks
        notes += [*found, *page.notes]
        tables, pictures = page.tables, pictures + page.pictures
        frames = frames or root.find(".//frame") is not None
    if not blocks:
        raise _nothing(name, frames=frames, pictures=pictures)
    return make_document(name, "html", blocks, notes)


def _nothing(name: str, *, frames: bool, pictures: int) -> Exception:
    if frames:
        what = Message("网页只是一个框架，表格在同名 .files 文件夹里")
        return refusal(name, what, Message("请导入那个文件夹里的 sheet001.htm，或另存为 xlsx"))
    if pictures:
        return refusal(name, Message("网页里没有文字，只有图片"), Message("请向来源单位索取可编辑的表格"))
    return refusal(
        name, Message("网页里没有文字"), Message("表格可能由脚本加载：请在浏览器里等表格显示后再另存网页")
    )


def _letters_of(element: etree._Element) -> str:
    """All characters inside an element."""
    return "".join(str(text) for text in element.itertext())


def _walk(element: etree._Element, flow: _Flow, page: _Page, look: _Look) -> None:
    """Add what a browser shows of an element (not its tail) to the flow."""
    tag = element.tag
    if not isinstance(tag, str) or _UNSHOWN.fullmatch(tag) or element.get("hidden") is not None:
        return
    style = page.styles.declared(element)
    if is_hidden(style):
        if _letters_of(element).strip():
            page.notes.append(Message("网页里有隐藏的内容，没有读取"))
        return
    look = _look_of(element, tag, style, look)
    if tag == "br":
        flow.runs.append(("\n", False))
        return
    if tag in {"input", "select", "textarea"}:
        flow.say(_typed_text(element), replace(look, kept=True))
        return
    if tag == "img":
        page.pictures += 1
    apart = _BLOCK.fullmatch(tag) is not None or style.get("display") == "block"
    if apart:
        flow.close()
    if tag == "table":
        flow.blocks += _read_table(element, page, look)
    else:
        if tag == "li":
            flow.marker = (_marker(element, page), look.bold)
        _walk_children(element, flow, page, look)
    if apart:
        flow.close()
    if tag == "li" and flow.marker[0]:
        flow.runs.append(flow.marker)
        flow.marker = ("", False)
        flow.close()


def _look_of(element: etree._Element, tag: str, style: Mapping[str, str], above: _Look) -> _Look:
    """What an element hands down, by its tag, its style and what it was handed."""
    symbols = style.get("mso-symbol-font-family", "") if style.get("mso-char-type") == "symbol" else ""
    font = symbols or style.get("font-family") or (element.get("face", "") if tag == "font" else "")
    place = style.get("vertical-align", "")
    return _Look(
        bold=is_bold(style, above.bold or _BOLD.fullmatch(tag) is not None),
        kept=style.get("white-space", "pre" if tag == "pre" or above.kept else "").startswith("pre"),
        raised=place == "super" if place and tag == "span" else above.raised or tag == "sup",
        font=font or above.font,
    )


def _typed_text(element: etree._Element) -> str:
    """Text that stands in an input field, or the chosen entries of a list."""
    if element.tag == "input":
        return "" if _UNTYPED.fullmatch(element.get("type", "").lower()) else element.get("value", "")
    if element.tag == "textarea":
        return _letters_of(element)
    entries = list(element.iter("option"))
    chosen = [entry for entry in entries if entry.get("selected") is not None]
    shown = chosen or ([] if element.get("multiple") is not None else entries[:1])
    return "\n".join(_letters_of(entry).strip() for entry in shown)


def _walk_children(element: etree._Element, flow: _Flow, page: _Page, look: _Look) -> None:
    flow.say(element.text or "", look)
    for child in element:
        _walk(child, flow, page, look)
        flow.say(child.tail or "", look)


def _marker(item: etree._Element, page: _Page) -> str:
    """Printed number of an item of an ordered list; empty in other lists and where none is shown."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    following = page.counters.get(parent, _number(parent.get("start"), 1, low=0, high=10**6))
    number = _number(item.get("value"), following, low=0, high=10**6)
    page.counters[parent] = number + 1
    styles = [page.styles.declared(parent), page.styles.declared(item)]
    return write_item_number(number, parent.get("type", ""), styles)


def _number(text: str | None, default: int, *, low: int, high: int) -> int:
    """Whole number of an attribute within bounds; the default for anything else."""
    match = re.match(r"\s*(\d{1,9})", text or "", re.ASCII)
    return max(low, min(high, int(match[1]))) if match else default


def _read_table(table: etree._Element, page: _Page, look: _Look) -> list[Block]:
    """Blocks of a table: one Table, or, of a table that only lays out the page, the blocks of its cells."""
    rows = list(_rows(table, page))
    shown = [(cell, flow) for _, cells in rows for cell, flow in _fill(cells, page, look)]
    captions = _Flow()
    _walk_strays(table, captions, page, look)
    captions.close()
    flows = {id(cell): flow for cell, flow in shown}
    if is_layout([flow.blocks for _, flow in shown]):
        return captions.blocks + [block for _, flow in shown for block in flow.blocks]
    page.tables += 1
    place = Place(table=page.tables)
    cells = _place_rows(rows, flows, place, page)
    made = make_table(cells, name=f"表{page.tables}", budget=page.budget, place=place)
    if made is None:
        page.tables -= 1
        return captions.blocks
    return [*captions.blocks, made]


def _walk_strays(element: etree._Element, flow: _Flow, page: _Page, look: _Look) -> None:
    """Add captions and whatever stands in a table outside its cells, which browsers show above the table."""
    flow.say(element.text or "", look)
    for child in element:
        if child.tag in _GROUPS or child.tag in {"tr", "form"}:
            _walk_strays(child, flow, page, look)
        elif child.tag not in {"td", "th"}:
            _walk(child, flow, page, look)
        flow.say(child.tail or "", look)


def _lines(element: etree._Element, rank: int, page: _Page) -> Iterator[tuple[int, int, etree._Element]]:
    """Shown rows as (rank of their group, number of the group, row), in order of the source."""
    for index, child in enumerate(element):
        if child.tag == "tr" and not _unseen(child, page):
            yield rank, 0, child
        elif (child.tag in _GROUPS or child.tag == "form") and not _unseen(child, page):
            inner = _GROUPS.get(str(child.tag), rank)
            yield from ((found, index + 1, line) for found, _, line in _lines(child, inner, page))


def _rows(table: etree._Element, page: _Page) -> Iterator[tuple[tuple[int, int], list[etree._Element]]]:
    """Shown rows as (group, cells): head first, foot last, as a browser lays them out."""
    for rank, group, line in sorted(_lines(table, 1, page), key=lambda item: item[0]):
        cells = [c for c in line.iterdescendants("td", "th") if _row_of(c) is line and not _unseen(c, page)]
        yield (rank, group), cells


def _row_of(cell: etree._Element) -> etree._Element | None:
    """The row a cell stands in; forms in between do not count."""
    parent = cell.getparent()
    while parent is not None and parent.tag == "form":
        parent = parent.getparent()
    return parent


def _unseen(element: etree._Element, page: _Page) -> bool:
    hidden = element.get("hidden") is not None or is_hidden(page.styles.declared(element))
    if hidden and _letters_of(element).strip():
        page.notes.append(Message("网页里有隐藏的内容，没有读取"))
    return hidden


def _fill(
    cells: Sequence[etree._Element], page: _Page, look: _Look
) -> Iterator[tuple[etree._Element, _Flow]]:
    """Cells of one row with the blocks inside them."""
    for cell in cells:
        flow = _Flow()
        line = cell.getparent()
        above = look if line is None else _look_of(line, "tr", page.styles.declared(line), look)
        _walk_children(cell, flow, page, _look_of(cell, str(cell.tag), page.styles.declared(cell), above))
        flow.close()
        yield cell, flow


def _place_rows(
    rows: Sequence[tuple[tuple[int, int], Sequence[etree._Element]]],
    flows: dict[int, _Flow],
    place: Place,
    page: _Page,
) -> list[Cell]:
    """Cells at their columns, by the way browsers place cells beside those that span down from above."""
    last = {group: index for index, (group, _) in enumerate(rows)}
    covered: dict[int, int] = {}
    cells: list[Cell] = []
    for index, (group, line) in enumerate(rows):
        column = 0
        for element in line:
            while covered.get(column, -1) >= index:
                column += 1
            width = _number(element.get("colspan"), 1, low=1, high=1000)
            height = _number(element.get("rowspan"), 1, low=0, high=65534) or len(rows)
            height = min(height, last[group] - index + 1)
            text, bold = flatten(flows[id(element)].blocks, page.notes)
            where = cell_place(place, index, column)
            cells.append(
                Cell(
                    text=text,
                    row=index,
                    column=column,
                    row_span=height,
                    column_span=width,
                    bold=bold,
                    where=where,
                )
            )
            page.budget.spend(cells=1)
            for covered_column in range(column, column + width):
                covered[covered_column] = max(covered.get(covered_column, -1), index + height - 1)
            column += width
    return cells
