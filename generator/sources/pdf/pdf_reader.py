"""pdf with text → Document: ruled tables as drawn, everything else as paragraphs; scans are refused."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar, LTContainer
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from generator.base.errors import SourceError
from generator.base.messages import Message
from generator.base.places import NOWHERE, Place
from generator.sources.document import (
    MAX_FILE,
    MAX_PAGES,
    Block,
    Budget,
    Document,
    Paragraph,
    make_document,
    make_text,
    refusal,
    require_size,
    translate_symbols,
)
from generator.sources.pdf.pdf_fonts import OUTLINED, UNSEEN, PageReader, find_fat_fonts
from generator.sources.pdf.pdf_lines import (
    Letter,
    PdfLine,
    is_heavy,
    is_hei,
    join_lines,
    make_lines,
    turn_upright,
)
from generator.sources.pdf.pdf_notes import count_typed
from generator.sources.pdf.pdf_rules import open_sides
from generator.sources.pdf.pdf_tables import Box, Grid, continues, finish_grid, join_grids, make_grid
from generator.sources.pdf.three_lines import three_line_boxes

_SCAN_HINT = Message("请向来源单位索取 Word 或 Excel 原件，或用文字识别软件转成 docx、xlsx 并核对后再导入")
_PAGE_NUMBER = re.compile(r"[-—–·\s第页共/of]*\d{0,4}[-—–·\s第页共/of\d]*", re.IGNORECASE)
_TABLE_SETTINGS = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 4}
_HAIR = 0.12
"""Share of its size by which a character printed twice to look bold is set off."""
_LETTERS_OF_A_PAGE = 12
"""Fewer characters than this on a page with a large picture: the page is a scan."""
_ASKEW = 0.05
"""Rise of a line of text, as a share of its run, from which on it does not stand straight."""
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """What one page shows."""

    number: int
    width: float
    height: float
    letters: list[Letter]
    turned: list[Letter]
    """Characters that read straight up or down."""
    slanted: list[Letter]
    """Characters that stand askew: watermarks."""
    tables: list[Grid]
    typed: int
    """Filled form fields and typed remarks that lie on the page."""
    unseen: int
    """Characters painted invisibly: the layer of a text recognition."""
    picture: float
    """Share of the page that pictures cover."""
    lines: list[PdfLine] = field(default_factory=list)
    """Lines outside tables."""


_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,8}) [0-9]{1,5} obj\b")


def read_pdf(data: bytes, name: str) -> Document:
    """Document of all pages: tables that run on over pages are one table each.

    Raises: SourceError for a broken, encrypted or scanned file.
    """
    require_size(data, name, limit=MAX_FILE)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    budget = Budget(name)
    sheets = list(_sheets(data, name, budget))
    _refuse_scans(sheets, name)
    unnamed = _require_named_letters(sheets, name)
    hei_bold = _hei_is_emphasis(sheets)
    blocks, notes = _blocks(sheets, budget, hei_bold=hei_bold)
    if not blocks:
        raise refusal(name, Message("文件里没有文字"), Message("请确认保存完整后再导入"))
    if typed := sum(sheet.typed for sheet in sheets):
        notes.append(
            Message(
                "PDF 上有 {typed} 处填写的表单域或文本批注，没有读取；请打印成新的 PDF 后再导入", typed=typed
            )
        )
    if unnamed:
        notes.append(
            Message(
                "有 {unnamed} 个字符在 PDF 里没有文字编码，读不出是什么字，请对照原件改写", unnamed=unnamed
            )
        )
    if any(sheet.unseen > len(sheet.letters) / 2 for sheet in sheets):
        notes.append(Message("文字来自扫描件的识别层，可能有错字，请与原件核对"))
    return make_document(name, "pdf", blocks, notes)


def _sheets(data: bytes, name: str, budget: Budget) -> Iterator[_Sheet]:
    """Pages one after the other.

    Raises: SourceError for whatever pdfminer and pdfplumber make of a broken file.
    """
    try:
        with _open_book(data) as book:
            if len(book.pages) > MAX_PAGES:
                what = Message(
                    "文件有 {count} 页，超过上限 {limit} 页", count=len(book.pages), limit=MAX_PAGES
                )
                raise refusal(name, what, Message("请只留下任务表的页，另存后再导入"))
            fat = find_fat_fonts((page.page_obj for page in book.pages), book.rsrcmgr)
            for page in book.pages:
                sheet = _read_page(page, fat)
                if turn := _main_turn(sheet):
                    sheet = _read_page(_turn_page(page, turn), fat)
                budget.spend(letters=len(sheet.letters))
                yield sheet
                page.close()
    except Exception as error:
        raise _told(error, name) from error


def _open_book(data: bytes) -> PDF:
    """The file; where the directory at its end points nowhere it is made anew from the objects themselves."""
    book = pdfplumber.open(io.BytesIO(data))
    if book.pages or (mended := _with_directory(data)) is None:
        return book
    book.close()
    return pdfplumber.open(io.BytesIO(mended))


def _with_directory(data: bytes) -> bytes | None:
    """The file with a new directory behind its end; None when it has no trailer to go by."""
    trailer = data[data.rfind(b"trailer") : data.rfind(b"startxref")]
    if not trailer.startswith(b"trailer"):
        return None
    places = {int(match[1]): match.start(1) for match in _OBJECT.finditer(data)}
    entries = [f"{number} 1\n{place:010d} 00000 n \n" for number, place in sorted(places.items())]
    table = f"\nxref\n0 1\n0000000000 65535 f \n{''.join(entries)}".encode()
    return b"".join((data, table, trailer, f"\nstartxref\n{len(data) + 1}\n%%EOF\n".encode()))


def _main_turn(sheet: _Sheet) -> int:
    """1 or -1 when nearly all characters of a page read upwards or downwards; 0 otherwise."""
    turns = Counter(letter.turn for letter in sheet.turned)
    turn, count = turns.most_common(1)[0] if turns else (0, 0)
    return turn if count > 3 * (len(sheet.letters) + len(sheet.slanted)) else 0


def _turn_page(page: Any, turn: int) -> Page:
    """The page as it must be held to be read."""
    held = page.page_obj
    held.rotate = (held.rotate + 90 * turn) % 360
    held.attrs["Rotate"] = held.rotate
    return Page(page.pdf, held, page_number=page.page_number, initial_doctop=page.initial_doctop)


def _told(error: Exception, name: str) -> Exception:
    """The error to raise for one that came out of the library."""
    if isinstance(error, SourceError | MemoryError | RecursionError):
        return error
    chain = f"{error!r} {error.__cause__!r} {error.__context__!r} {error.args!r}"
    if isinstance(error, PDFPasswordIncorrect) or "Password" in chain or "Encryption" in chain:
        return refusal(
            name, Message("文件设了密码或限制"), Message("请用 PDF 软件打开，取消密码、另存后再导入")
        )
    return refusal(
        name, Message("文件已损坏，PDF 读不出来"), Message("请向来源单位重新索取，或用浏览器打开后另存为 PDF")
    )


def _read_page(page: Any, fat: frozenset[int]) -> _Sheet:
    """Characters, tables and pictures of a page."""
    device = PageReader(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams, fat=fat)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()
    items = (item for item in _flat(page._layout) if isinstance(item, LTChar))
    painted = [device.painted.get(id(item), (0, False)) for item in items]
    chars = page.chars
    if len(painted) != len(chars):
        painted = [(0, False)] * len(chars)
    letters: dict[str, list[Letter]] = {"upright": [], "turned": [], "slanted": []}
    for order, (char, (mode, heavy)) in enumerate(zip(chars, painted, strict=True)):
        letter = _letter(char, order, heavy=heavy or mode == OUTLINED)
        askew = abs(char["matrix"][1]) > _ASKEW * char["matrix"][0]  # backwards counts as well
        letters["turned" if letter.turn else "slanted" if askew else "upright"].append(letter)
    width, height = float(page.width), float(page.height)
    pictures = sum(_area(image, width, height) for image in page.images)
    sheet = _Sheet(
        number=page.page_number,
        width=width,
        height=height,
        letters=_merge_doubled(letters["upright"]),
        turned=_merge_doubled(letters["turned"]),
        slanted=letters["slanted"],
        tables=[],
        typed=count_typed(page.page_obj),
        unseen=sum(mode == UNSEEN for mode, _ in painted),
        picture=min(1.0, pictures / max(1.0, width * height)),
    )
    _add_tables(page, sheet)
    return sheet


def _flat(container: Any) -> Iterator[Any]:
    """Leaves of a page's layout, in the order in which pdfplumber lists them."""
    for item in container._objs:
        if isinstance(item, LTContainer):
            yield from _flat(item)
        else:
            yield item


def _letter(char: dict[str, Any], order: int, *, heavy: bool) -> Letter:
    font, text = str(char["fontname"]), char["text"]
    return Letter(
        text=translate_symbols(text, font) if _PRIVATE.fullmatch(text) else text,
        x0=float(char["x0"]),
        x1=float(char["x1"]),
        top=float(char["top"]),
        bottom=float(char["bottom"]),
        bold=heavy or is_heavy(font),
        hei=is_hei(font),
        order=order,
        turn=_turn_of(char),
    )


def _turn_of(char: dict[str, Any]) -> int:
    """1 for a character that reads upwards, -1 for one that reads downwards, 0 for all others."""
    across, rise = float(char["matrix"][0]), float(char["matrix"][1])
    straight = abs(across) < _ASKEW * abs(rise)
    return 0 if not straight else 1 if rise > 0 else -1


def _merge_doubled(letters: list[Letter]) -> list[Letter]:
    """Letters in which those printed twice, a hair apart to look bold, stand once and bold."""
    kept: list[Letter] = []
    places: dict[tuple[str, int, int], int] = {}
    for letter in letters:
        size = max(1.0, letter.bottom - letter.top)
        if letter.x1 - letter.x0 <= _HAIR * size:
            kept.append(letter)  # a font without widths sets all its characters in one place
            continue
        column, row = int(letter.x0 // 4), int(letter.top // 4)
        around = [(letter.text, column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        twins = (places[key] for key in around if key in places)
        twin = next((index for index in twins if _same_place(kept[index], letter, _HAIR * size)), None)
        if twin is not None and letter.text.strip():
            kept[twin] = replace(kept[twin], bold=True)
            continue
        places[letter.text, column, row] = len(kept)
        kept.append(letter)
    return kept


def _same_place(one: Letter, other: Letter, slack: float) -> bool:
    return abs(one.x0 - other.x0) <= slack and abs(one.top - other.top) <= slack


def _area(image: dict[str, Any], width: float, height: float) -> float:
    """Points squared of an image that lie on the page."""
    across = min(float(image["x1"]), width) - max(float(image["x0"]), 0.0)
    down = min(float(image["bottom"]), height) - max(float(image["top"]), 0.0)
    return max(0.0, across) * max(0.0, down)


def _add_tables(page: Any, sheet: _Sheet) -> None:
    """Find the ruled tables of a page; characters in none of them make lines."""
    found: list[list[Box]] = []
    for table in page.find_tables({**_TABLE_SETTINGS, **open_sides(page.edges)}):
        boxes = [(float(x0), float(top), float(x1), float(bottom)) for x0, top, x1, bottom in table.cells]
        if len(boxes) > 1:
            found.append(boxes)
    if not found and (boxes := three_line_boxes(page.edges, sheet.letters, sheet.width)):
        found.append(boxes)
    found.sort(key=lambda boxes: (min(box[1] for box in boxes), min(box[0] for box in boxes)))
    free = [*sheet.letters, *sheet.turned]
    for number, boxes in enumerate(found, start=1):
        grid, free = make_grid(boxes, free, sheet.number, number)
        sheet.tables.append(grid)
    sheet.turned = [letter for letter in free if letter.turn]
    sheet.lines = list(make_lines(letter for letter in free if not letter.turn))


def _refuse_scans(sheets: Sequence[_Sheet], name: str) -> None:
    """Raises: SourceError when a page is a picture: its rows would be lost without a word."""
    scans = [s for s in sheets if len(s.letters) < _LETTERS_OF_A_PAGE and s.picture > 0.3]
    if scans:
        pages = (*(sheet.number for sheet in scans[:10]), *(["…"] if len(scans) > 10 else []))
        what = (
            Message("这是扫描件：每一页都是图片，没有文字")
            if len(scans) == len(sheets)
            else Message("第 {pages} 页是图片，没有文字", pages=pages)
        )
        raise refusal(name, what, _SCAN_HINT)


def _require_named_letters(sheets: Sequence[_Sheet], name: str) -> int:
    """Number of characters that have shapes but no names.

    Raises: SourceError when there are more than a few.
    """
    total = sum(len(sheet.letters) for sheet in sheets)
    unknown = sum(1 for sheet in sheets for letter in sheet.letters if _UNKNOWN.search(letter.text))
    if unknown > max(2, total * 0.01):
        raise refusal(name, Message("PDF 里的字体没有附文字编码，读出来是乱码"), _SCAN_HINT)
    return unknown


def _hei_is_emphasis(sheets: Sequence[_Sheet]) -> bool:
    """Whether Hei type marks words (as bold does) rather than being the type of the whole text."""
    letters = [letter for sheet in sheets for letter in sheet.letters if letter.text.strip()]
    return sum(letter.hei for letter in letters) * 2 < len(letters)


def _margin_lines(sheets: Sequence[_Sheet]) -> set[int]:
    """Lines (by id) that are page numbers, or that stand alike on most pages at the same height."""
    seen: dict[tuple[str, int], list[int]] = {}
    margins: set[int] = set()
    for sheet in sheets:
        for line in sheet.lines:
            text = "".join(line.text.split())
            outside = line.bottom < 0.12 * sheet.height or line.top > 0.88 * sheet.height
            if outside and _PAGE_NUMBER.fullmatch(text):
                margins.add(id(line))
            elif outside:
                seen.setdefault((text, round(line.top / 4)), []).append(id(line))
    for ids in seen.values():
        if len(ids) > 2 and len(ids) * 2 >= len(sheets):
            margins.update(ids)
    return margins


@dataclass(slots=True, kw_only=True)
class _PdfText:
    """A paragraph outside tables, while its lines are gathered."""

    page: int
    lines: list[PdfLine]
    where: Place = NOWHERE


def _blocks(sheets: Sequence[_Sheet], budget: Budget, *, hei_bold: bool) -> tuple[list[Block], list[Message]]:
    """Blocks of all pages in reading order, and notes; what stands in the margins follows its page."""
    margins = _margin_lines(sheets)
    width = _text_width(sheets, margins)
    items: list[Grid | _PdfText] = []
    last: int | None = None
    for sheet in sheets:
        content: list[Grid | PdfLine] = [*sheet.tables]
        content += (line for line in sheet.lines if id(line) not in margins)
        for item in sorted(content, key=lambda entry: entry.top):
            above = items[last] if last is not None else None
            if isinstance(item, Grid) and isinstance(above, Grid) and continues(above, item):
                items[last or 0] = join_grids(above, item)
            elif isinstance(item, PdfLine) and isinstance(above, _PdfText) and _runs_on(above, item, width):
                above.lines.append(item)
            else:
                items.append(item if isinstance(item, Grid) else _PdfText(page=sheet.number, lines=[item]))
                last = len(items) - 1
        aside = [(line, Message("页眉页脚")) for line in sheet.lines if id(line) in margins]
        held = [turn_upright(letter, (0.0, 0.0, sheet.width, sheet.height)) for letter in sheet.turned]
        aside += [(line, Message("斜排文字")) for line in [*make_lines(held), *make_lines(sheet.slanted)]]
        items += (
            _PdfText(page=sheet.number, lines=[line], where=Place(page=sheet.number, part=k))
            for line, k in aside
        )
    return _finish(items, budget, width, hei_bold=hei_bold)


def _text_width(sheets: Sequence[_Sheet], margins: set[int]) -> float:
    """Width of the text area, by the widest line outside tables."""
    widths = [line.x1 - line.x0 for sheet in sheets for line in sheet.lines if id(line) not in margins]
    return max(widths, default=0.0)


def _runs_on(above: _PdfText, line: PdfLine, width: float) -> bool:
    """Whether a line continues the paragraph above it: that one was full, and this one is not indented."""
    upper = above.lines[-1]
    same_size = abs(upper.height - line.height) < 0.15 * line.height
    left = min(item.x0 for item in above.lines)
    full = upper.x1 - left >= width - 2.2 * line.height
    return same_size and full and line.x0 <= left + 0.5 * line.height


def _finish(
    items: Sequence[Grid | _PdfText], budget: Budget, width: float, *, hei_bold: bool
) -> tuple[list[Block], list[Message]]:
    """Blocks of the gathered items."""
    blocks: list[Block] = []
    notes: list[Message] = []
    tables = 0
    counts: dict[int, int] = {}
    for item in items:
        if isinstance(item, Grid):
            table = finish_grid(item, f"表{tables + 1}", budget, hei_bold=hei_bold)
            if table is not None:
                tables += 1
                blocks.append(table)
            if item.joined:
                pages = tuple(item.joined)
                notes.append(
                    Message("第 {pages} 页开头的行按上一页末行的续行并入上一行，请核对", pages=pages)
                )
            continue
        text, bold = make_text(join_lines(item.lines, width, hei_bold=hei_bold))
        if text:
            counts[item.page] = counts.get(item.page, 0) + 1
            ordinal = Place(page=item.page, paragraph=counts[item.page])
            where = ordinal if item.where == NOWHERE else item.where
            blocks.append(Paragraph(text=text, bold=bold, where=where, page=item.page))
    return blocks, notes
