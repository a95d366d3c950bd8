"""HTML text → tree in which every row and cell stands where a browser puts it.

libxml2 leaves a row inside a cell when something in that cell was not closed before it, and cells outside
rows where they are; browsers close the cell, or open a row (HTML standard, 13.2.6.4.9 and after).
"""

from __future__ import annotations

from lxml import etree

from generator.base.messages import Message
from generator.sources.document import refusal

SAVE_AGAIN = Message("请用浏览器打开，只复制任务表到办公软件，另存为 docx 或 xlsx 后再导入")
_CELLS = frozenset({"td", "th"})
_GROUPS = frozenset({"table", "thead", "tbody", "tfoot"})
_INSIDE = frozenset({"form"})
"""Elements that may stand between the parts of a table without being one."""


def parse_page(text: str, name: str) -> etree._Element | None:
    """Root of a page; None when it has no element.

    Raises: SourceError when the page is nested too deep to be read as a whole.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True, huge_tree=True
    )
    data = text.replace("\0", "").encode("utf-8", errors="replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise refusal(name, Message("网页内容读不出来"), SAVE_AGAIN) from error
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        # the parser stopped in the middle: what it has is not the whole page
        raise refusal(name, Message("网页嵌套太深或太大，读不完整"), SAVE_AGAIN)
    if root is not None:
        _lift_rows(root)
        _wrap_cells(root)
    return root


def _lift_rows(root: etree._Element) -> None:
    """Set rows behind the row, and cells behind the cell, that was left open before them."""
    last: dict[etree._Element, etree._Element] = {}
    for element in list(root.iter("tr", "td", "th")):
        cell = _cell_around(element)
        row = None if cell is None else cell.getparent()
        if cell is None or row is None or (element.tag == "tr" and row.tag != "tr"):
            continue
        before = row if element.tag == "tr" else cell
        _move(element, behind=last.get(before, before))
        last[before] = element


def _cell_around(element: etree._Element) -> etree._Element | None:
    """The cell in which a row or cell stands with no table of its own in between."""
    inside = element.getparent()
    while inside is not None and inside.tag not in _CELLS:
        if inside.tag == "table" or (inside.tag == "tr" and element.tag != "tr"):
            return None
        inside = inside.getparent()
    return inside


def _move(element: etree._Element, *, behind: etree._Element) -> None:
    """Move an element; the text behind it stays where it is."""
    tail, element.tail = element.tail, None
    before, parent = element.getprevious(), element.getparent()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail and parent is not None:
        parent.text = (parent.text or "") + tail
    behind.addnext(element)


def _wrap_cells(root: etree._Element) -> None:
    """Give cells that stand in a table without a row a row; those side by side share one."""
    opened: set[etree._Element] = set()
    for cell in list(root.iter(*_CELLS)):
        parent = cell.getparent()
        while parent is not None and parent.tag in _INSIDE:
            parent = parent.getparent()
        if parent is None or parent.tag not in _GROUPS:
            continue
        before = cell.getprevious()
        if before is not None and before in opened and not (before.tail or "").strip():
            before.append(cell)
            continue
        row = etree.Element("tr")
        opened.add(row)
        cell.addprevious(row)
        row.append(cell)
        row.tail, cell.tail = cell.tail, None
