"""The brief as a Word file, made of the very view that the page shows; the same bytes for the same view.

Importing this loads docx.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from generator.base.zip_archive import make_zip, read_zip, repack
from generator.site.views import Page
from generator.site.views.brief_page import BriefView, Listing
from generator.site.views.brief_rows import BriefTask
from generator.wording import Words, format_date

_FONT, _LATIN = "微软雅黑", "Arial"
_FALLBACKS = {"微软雅黑": "Noto Sans CJK SC", "Arial": "Liberation Sans"}
_SIZES = {
    "Normal": 9.5,
    "Title": 15,
    "Heading 2": 11,
    "Cell": 8.5,
    "Cell Head": 8.5,
    "Counts": 9.5,
    "Note": 8,
}
"""Style → points; bold are the headings, the heads of columns and the counts."""
_OWN_STYLES = ("Cell", "Cell Head", "Counts", "Note")
_TIGHT = ("Cell", "Cell Head")
_WIDE, _NARROW = (44, 24, 17, 32, 63), (46, 21, 17, 33, 63)
_BODY_WIDTHS = (52, 16)
_STYLES = ("Normal", "Title", "Heading 2", "Table Grid", "Normal Table", "Default Paragraph Font")
"""What is kept of the template's styles."""
_BALLAST = ("stylesWithEffects", "customXml", "thumbnail", "numbering")
_GREY = RGBColor(0x4A, 0x55, 0x63)


def make_brief_files(pages: Iterable[Page], words: Words, *, author: str, date: dt.date) -> dict[str, bytes]:
    """A Word file beside every brief among the pages: site path → bytes.

    author, date: what the file's properties say of its making.
    """
    views = [page.view for page in pages if isinstance(page.view, BriefView)]
    return {view.docx_url: make_brief_docx(view, words, author=author, date=date) for view in views}


def make_brief_docx(view: BriefView, words: Words, *, author: str, date: dt.date) -> bytes:
    """One brief as .docx."""
    document = Document(io.BytesIO(_make_base()))
    _set_properties(document, view.head.heading, author, date)
    _add_top(document, view, words)
    if view.bodies:
        _add_district(document, view, words)
    else:
        _add_heading(document, words("brief.others"))
        _add_tasks(document, view.others, words, departments=False)
    for text in filter(None, (view.note, view.notice)):
        document.add_paragraph(text, style="Note")
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue(), f"{date.isoformat()}T00:00:00Z")


@cache
def _make_base() -> bytes:
    """The empty document, with the styles that a brief uses and none of the template's ballast."""
    document = Document()
    for style in list(document.styles):
        if style.name not in _STYLES:
            style.delete()
    _set_page(document)
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_BALLAST)]:
            del rels[key]
    buffer = io.BytesIO()
    document.save(buffer)
    return _name_fallbacks(buffer.getvalue())


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(12)
    for name in _OWN_STYLES:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for name, size in _SIZES.items():
        _set_style(document.styles[name], size)


def _set_style(style: Any, size: float) -> None:
    name, spacing = style.name, style.paragraph_format
    style.font.name, style.font.size = _LATIN, Pt(size)
    style.font.bold = name in ("Title", "Heading 2", "Cell Head", "Counts")
    style.font.color.rgb = _GREY if name == "Note" else RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), _FONT)
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        border.getparent().remove(border)
    spacing.space_before = Pt(6 if name == "Heading 2" else 1 if name in _TIGHT else 2)
    spacing.space_after = Pt(0 if name in _TIGHT else 2)
    spacing.line_spacing = 1.0 if name in _TIGHT else 1.1


def _set_properties(document: Any, title: str, author: str, date: dt.date) -> None:
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, author, author, ""
    core.created = core.modified = dt.datetime.combine(date, dt.time())
    core.revision = 1


def _name_fallbacks(data: bytes) -> bytes:
    """Tell Word which font may stand in for one that the machine lacks."""
    files = read_zip(data)
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in _FALLBACKS.items()
    )
    name = "word/fontTable.xml"
    files[name] = files[name].replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")
    return make_zip(files)


def _add_top(document: Any, view: BriefView, words: Words) -> None:
    document.add_paragraph(view.head.heading, style="Title")
    document.add_paragraph(view.sentence)
    counts = "　".join(f"{count.word} {count.number}" for count in view.counts if count.number)
    document.add_paragraph(counts, style="Counts")
    dates = view.head.dates
    parts = [
        (words("pages.dates.period"), dates.period),
        (words("pages.dates.as_of"), format_date(dates.as_of, words) if dates.as_of else None),
        (words("pages.dates.source"), dates.source),
        (words("pages.dates.made"), format_date(dates.made, words) if dates.made else None),
    ]
    document.add_paragraph("　".join(f"{k} {v}" for k, v in parts if v), style="Note")


def _add_district(document: Any, view: BriefView, words: Words) -> None:
    for key, listing in (("attention", view.attention), ("measured", view.measured)):
        _add_heading(document, words(f"brief.{key}"))
        if listing.tasks or listing.more:
            _add_tasks(document, listing, words, departments=True)
        else:
            document.add_paragraph(words(f"brief.{key}_none"))
    _add_heading(document, words("brief.done"), new_page=True)
    for task in view.done.tasks:
        document.add_paragraph(f"{task.number} {task.title}　{task.departments}", style="Cell")
    if not view.done.tasks:
        document.add_paragraph(words("brief.done_none"))
    _add_more(document, view.done.more, "brief.more", words)
    _add_heading(document, words("brief.changes"))
    if view.changes_note:
        document.add_paragraph(view.changes_note)
    for change in view.changes:
        document.add_paragraph(f"{change.number} {change.title}　{change.text}", style="Cell")
    _add_more(document, view.changes_more, "brief.more", words)
    _add_heading(document, words("brief.bodies"))
    header = [
        words("brief.columns.name"),
        words("brief.columns.total"),
        *(name for _, name in view.standings),
    ]
    rows = [
        [body.name, str(body.tasks), *(str(body.counts[place]) for place, _ in view.standings)]
        for body in view.bodies
    ]
    rest = (180 - sum(_BODY_WIDTHS)) / len(view.standings)
    _add_table(document, header, rows, [*_BODY_WIDTHS, *[rest] * len(view.standings)])
    _add_more(document, view.bodies_more, "brief.more_bodies", words)


def _add_tasks(document: Any, listing: Listing, words: Words, *, departments: bool) -> None:
    names = ["task", "department" if departments else "phone", "standing", "figure", "next"]
    header = [words(f"brief.columns.{name}") for name in names]
    rows = []
    for task in listing.tasks:
        phone = [task.phone.text] if task.phone else []
        who = "\n".join([task.departments, *phone] if departments else phone)
        rows.append([task.title, who, task.standing_word, format_figure(task, words), task.next_steps])
    if rows:
        _add_table(document, header, rows, _WIDE if departments else _NARROW)
    _add_more(document, listing.more, "brief.more", words)


def format_figure(task: BriefTask, words: Words) -> str:
    """A task's figure as one text: 34.7%（320亩 / 923亩以上）."""
    target = task.target
    if target is None:
        return words("brief.no_figure")
    amounts = words("figures.of", actual=target.actual, goal=target.goal)
    return words("brief.figure", percent=target.percent, amounts=amounts) if target.percent else amounts


def _add_more(document: Any, number: int, key: str, words: Words) -> None:
    if number:
        document.add_paragraph(words(key, n=number), style="Note")


def _add_heading(document: Any, text: str, *, new_page: bool = False) -> None:
    heading = document.add_paragraph(text, style="Heading 2")
    heading.paragraph_format.page_break_before = new_page


def _add_table(
    document: Any, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> None:
    """A grid whose first row is repeated on every page and whose rows are never split."""
    table = document.add_table(rows=0, cols=len(header), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    _fill_row(_make_row(table, document.styles["Cell Head"], "w:tblHeader"), header)
    if not rows:
        return
    pattern = _make_row(table, document.styles["Cell"], "w:cantSplit")
    for texts in rows:
        row = deepcopy(pattern)
        _fill_row(row, texts)
        pattern.addprevious(row)
    pattern.getparent().remove(pattern)


def _make_row(table: Any, style: Any, mark: str) -> Any:
    """A row with an empty run in each cell; mark: what the row's properties say beside."""
    row = table.add_row()._tr
    properties = row.get_or_add_trPr()
    properties.append(properties.makeelement(qn(mark), {}))
    for cell in row.tc_lst:
        paragraph = cell.p_lst[0]
        paragraph.style = style.style_id
        paragraph.add_r()
    return row


def _fill_row(row: Any, texts: Sequence[str]) -> None:
    for cell, text in zip(row.tc_lst, texts, strict=True):
        cell.p_lst[0].r_lst[0].text = text
