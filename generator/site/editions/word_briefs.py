"""The brief as a Word file, made of the very view that the page shows; the same bytes for the same view.

docx makes the empty document with its styles, once a build; what a brief says is set into it as text, and
what all briefs share is packed once. Importing this loads docx.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from html import escape
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor, Twips

from generator.base.zip_archive import PackedFile, join_packed, make_zip, pack_file, read_zip, repack
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
_LONGEST_PROPERTY = 255
"""Characters that Word takes as the title or author of a file."""
_OWN_STYLES = ("Cell", "Cell Head", "Counts", "Note")
_TIGHT = ("Cell", "Cell Head")
_WIDE, _NARROW = (44, 24, 17, 32, 63), (46, 21, 17, 33, 63)
_BODY_WIDTHS = (52, 16)
_STYLES = ("Normal", "Title", "Heading 2", "Table Grid", "Normal Table", "Default Paragraph Font")
"""What is kept of the template's styles."""
_BALLAST = ("stylesWithEffects", "customXml", "thumbnail", "numbering")
_CORE, _BODY, _HERE = "docProps/core.xml", "word/document.xml", b"@@@"
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PARTS, _MARKS = re.compile(r"([\r\n\t])"), {"\t": "<w:tab/>", "\r": "<w:br/>", "\n": "<w:br/>"}
_TABLE = (
    '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/><w:jc w:val="center"/>'
    '<w:tblLayout w:type="fixed"/><w:tblLook w:firstColumn="1" w:firstRow="1" w:lastColumn="0" '
    'w:lastRow="0" w:noHBand="0" w:noVBand="1" w:val="04A0"/></w:tblPr>'
)
_GREY = RGBColor(0x4A, 0x55, 0x63)


def make_brief_files(pages: Iterable[Page], words: Words, *, author: str, date: dt.date) -> dict[str, bytes]:
    """A Word file beside every brief among the pages: site path → bytes.

    author, date: what the file's properties say of its making.
    """
    views = [page.view for page in pages if isinstance(page.view, BriefView)]
    return {view.docx_url: make_brief_docx(view, words, author=author, date=date) for view in views}


def make_brief_docx(view: BriefView, words: Words, *, author: str, date: dt.date) -> bytes:
    """One brief as .docx."""
    files = dict(_make_empty(author, date))
    for name, put in ((_CORE, escape(view.head.heading)), (_BODY, "".join(_format_body(view, words)))):
        head, tail = (files[name].data).split(_HERE)
        files[name] = pack_file(name, head + put.encode("utf-8") + tail)
    return join_packed(files.values())


@cache
def _make_empty(author: str, date: dt.date) -> dict[str, PackedFile]:
    """The parts of a brief, packed; the two that differ by the brief lie open, with a mark where it goes."""
    document = Document(io.BytesIO(_make_base()))
    _set_properties(document, _HERE.decode(), author, date)
    buffer = io.BytesIO()
    document.save(buffer)
    files = read_zip(repack(buffer.getvalue(), f"{date.isoformat()}T00:00:00Z"))
    files[_BODY] = files[_BODY].replace(b"<w:body>", b"<w:body>" + _HERE)
    return {
        name: replace(packed, data=data) if name in (_CORE, _BODY) else packed
        for name, data in files.items()
        for packed in [pack_file(name, data)]
    }


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
    title, author = title[:_LONGEST_PROPERTY], author[:_LONGEST_PROPERTY]
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


def _format_body(view: BriefView, words: Words) -> Iterator[str]:
    yield from _format_top(view, words)
    if not view.others.tasks:
        yield from _format_district(view, words)
    else:
        yield _format_heading(words("brief.others"))
        yield from _format_tasks(view.others, words, departments=False)
    for text in filter(None, (view.note, view.notice)):
        yield _format_paragraph(text, "Note")


def _format_top(view: BriefView, words: Words) -> Iterator[str]:
    yield _format_paragraph(view.head.heading, "Title")
    yield _format_paragraph(view.sentence)
    counts = "　".join(f"{count.word} {count.number}" for count in view.counts if count.number)
    yield _format_paragraph(counts, "Counts")
    dates = view.head.dates
    parts = [
        (words("pages.dates.period"), dates.period),
        (words("pages.dates.as_of"), format_date(dates.as_of, words) if dates.as_of else None),
        (words("pages.dates.source"), dates.source),
        (words("pages.dates.made"), format_date(dates.made, words) if dates.made else None),
    ]
    yield _format_paragraph("　".join(f"{k} {v}" for k, v in parts if v), "Note")


def _format_district(view: BriefView, words: Words) -> Iterator[str]:
    for key, listing in (("attention", view.attention), ("measured", view.measured)):
        yield _format_heading(words(f"brief.{key}"))
        if listing.tasks or listing.more:
            yield from _format_tasks(listing, words, departments=True)
        else:
            yield _format_paragraph(words(f"brief.{key}_none"))
    yield _format_heading(words("brief.kept", n=len(view.kept) + view.kept_more), new_page=True)
    for line in view.kept:
        yield _format_paragraph(f"{line.number} {line.promise}　{line.text}", "Cell")
    if not view.kept:
        yield _format_paragraph(words("brief.kept_none"))
    yield from _format_more(view.kept_more, "brief.more_targets", words)
    if view.silent:
        yield _format_heading(words("brief.silent", n=len(view.silent) + view.silent_more))
    for line in view.silent:
        yield _format_paragraph(f"{line.number} {line.promise}　{line.text}", "Cell")
    yield from _format_more(view.silent_more, "brief.more", words)
    yield from _format_more(view.unmeasured, "brief.without_numbers", words)
    if view.changes or view.changes_note:
        yield _format_heading(words("brief.changes"))
    if view.changes_note:
        yield _format_paragraph(view.changes_note)
    for change in view.changes:
        yield _format_paragraph(f"{change.number} {change.title}　{change.text}", "Cell")
    yield from _format_more(view.changes_more, "brief.more", words)
    if not view.bodies:
        return
    yield _format_heading(words("brief.bodies"))
    yield from _format_departments(view, words)


def _format_departments(view: BriefView, words: Words) -> Iterator[str]:
    names = [words("brief.columns.name"), words("brief.columns.total")]
    rows = [
        [body.name, str(body.tasks), *(str(body.counts[place]) for place, _ in view.standings)]
        for body in view.bodies
    ]
    rest = (180 - sum(_BODY_WIDTHS)) / len(view.standings)
    widths = [*_BODY_WIDTHS, *[rest] * len(view.standings)]
    yield _format_table([*names, *(name for _, name in view.standings)], rows, widths)
    yield from _format_more(view.bodies_more, "brief.more_bodies", words)


def _format_tasks(listing: Listing, words: Words, *, departments: bool) -> Iterator[str]:
    names = ["task", "department" if departments else "phone", "standing", "figure", "next"]
    header = [words(f"brief.columns.{name}") for name in names]
    rows = []
    for task in listing.tasks:
        phone = [" ".join(filter(None, (task.phone.office, task.phone.phones[0].text)))] if task.phone else []
        who = "\n".join([task.departments, *phone] if departments else phone)
        rows.append([task.title, who, task.standing_word, format_figure(task, words), task.next_steps])
    if rows:
        yield _format_table(header, rows, _WIDE if departments else _NARROW)
    yield from _format_more(listing.more, "brief.more", words)


def format_figure(task: BriefTask, words: Words) -> str:
    """A task's figure as one text: 34.7%（320亩 / 923亩以上）."""
    target = task.target
    if target is None:
        return task.no_figure
    amounts = words("figures.of", actual=target.actual, goal=target.goal)
    return words("brief.figure", percent=target.percent, amounts=amounts) if target.percent else amounts


def _format_more(number: int, key: str, words: Words) -> Iterator[str]:
    if number:
        yield _format_paragraph(words(key, n=number), "Note")


def _format_heading(text: str, *, new_page: bool = False) -> str:
    mark = "<w:pageBreakBefore/>" if new_page else '<w:pageBreakBefore w:val="0"/>'
    return _format_paragraph(text, "Heading2", mark)


def _format_paragraph(text: str, style: str = "", mark: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/>{mark}</w:pPr>' if style else ""
    return f"<w:p>{look}{_format_run(text) if text else ''}</w:p>"


def _format_run(text: str) -> str:
    """Text with its line breaks and tabs; what XML cannot hold is left out."""
    parts = [_MARKS.get(part) or _format_text(part) for part in _PARTS.split(_NO_XML.sub("", text)) if part]
    return f"<w:r>{''.join(parts)}</w:r>" if parts else "<w:r/>"


def _format_text(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:t{space}>{escape(text, quote=False)}</w:t>"


def _format_table(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> str:
    """A grid whose first row is repeated on every page and whose rows are never split; widths in mm."""
    wide = [round(int(width * Mm(1)) / Twips(1)) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in wide)
    lines = _format_row(header, wide, "CellHead", "tblHeader")
    lines += "".join(_format_row(row, wide, "Cell", "cantSplit") for row in rows)
    return f"<w:tbl>{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def _format_row(texts: Sequence[str], widths: Sequence[int], style: str, mark: str) -> str:
    cells = (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_format_run(text)}</w:p></w:tc>'
        for text, width in zip(texts, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:{mark}/></w:trPr>{''.join(cells)}</w:tr>"
