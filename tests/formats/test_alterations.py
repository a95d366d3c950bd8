"""What a text does not show as its file has it: folded alike by every reader, and on record."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from generator.base.places import Place
from generator.ingest.draft import Draft, make_draft
from generator.model import District, parse_period
from generator.sources import read_document, read_here
from generator.sources.document import (
    Cell,
    Departure,
    Document,
    Paragraph,
    Table,
    fold_text,
    mark_struck,
)
from tests.formats.hostile import package
from tests.formats.samples import tables_of
from tests.formats.writers import WRITERS, convert, write_docx, write_xlsx

W = nsdecls("w")
ODD = "\u200b1\u200b20个，区⺠政局\u00ad，\u2fa6融\ufeff \u202e㎞ １２\u200d\uf900"
FOLDED = "120个，区民政局，金融 ㎞ １２\u8c48"
MARKS = "".join(chr(code) for code in range(0xFDD0, 0xFDD4))


def _office(suffix: str) -> Callable[[Document], bytes]:
    return lambda document: convert(write_xlsx(document), ".xlsx", suffix)


FORMATS: dict[str, Callable[[Document], bytes]] = {
    **WRITERS,
    "txt": lambda document: WRITERS["md"](document),
    "xls": _office("xls"),
    "ods": _office("ods"),
    "doc": lambda document: convert(write_docx(document), ".docx", "doc"),
}


def grid_of(texts: list[list[str]]) -> Document:
    cells = tuple(
        Cell(text=text, row=row, column=column)
        for row, line in enumerate(texts)
        for column, text in enumerate(line)
    )
    return Document(name="", format="", blocks=(Table(cells=cells, rows=len(texts), columns=len(texts[0])),))


def texts_of(document: Document) -> list[str]:
    return [cell.text for table in tables_of(document) for cell in table.cells if cell.text]


def kinds_of(document: Document) -> set[str]:
    return {f"{one.found}→{one.read}" for one in document.alterations}


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_reader_folds_alike_and_keeps_what_it_folded(suffix: str) -> None:
    document = read_document(FORMATS[suffix](grid_of([["序号", "任务"], ["1", ODD]])), f"a.{suffix}")
    assert texts_of(document) == ["序号", "任务", "1", FOLDED]
    assert {"⺠→民", "\u2fa6→金", "\uf900→\u8c48"} <= kinds_of(document)
    assert any(one.found == "\u200b" and one.kind is Departure.UNSEEN for one in document.alterations)
    what = "3 个字用了部首或兼容字形的编码，按字形相同的通用字读取（⺠→民、\u2fa6→金、\uf900→\u8c48）："
    assert any(note.startswith(what) for note in document.notes)


def test_a_radical_in_a_word_file_is_told_with_its_place() -> None:
    document = read_here(write_docx(grid_of([["序号", "单位"], ["1", "区⺠政\u200b局"]])), "a.docx")
    assert document.notes == (
        "1 个看不见的字符（U+200B）没有读入：表1第2行第2列",
        "1 个字用了部首或兼容字形的编码，按字形相同的通用字读取（⺠→民）：表1第2行第2列",
    )


def test_signs_that_only_choose_a_shape_are_no_news() -> None:
    document = read_here("| 序号 | 状态 |\n|---|---|\n| 1 | ✔\ufe0f |\n".encode(), "a.md")
    assert texts_of(document) == ["序号", "状态", "1", "✔"]
    assert document.notes == ()


@settings(max_examples=300)
@given(st.text("民⺠\u2fa6\u200b\ufeff\u00ad ㎞1１\uf900ﬁ\n" + MARKS + "\u0336", max_size=30))
def test_with_the_record_every_character_can_be_found_again(text: str) -> None:
    folded, altered = fold_text(text, Place(line=1))
    shown = sorted("".join(one.read for one in altered))
    hidden = [letter for one in altered for letter in one.found if not letter.isspace()]
    kept = [letter for letter in folded if not letter.isspace()]
    wanted = [letter for letter in text if not (letter.isspace() or letter in MARKS + "\u0336")]
    assert sorted([*kept, *hidden]) == sorted([*wanted, *shown])
    assert fold_text(folded, Place(line=1)) == (folded, ())


def _struck_docx() -> bytes:
    book = docx.Document()
    table = book.add_table(2, 2, style="Table Grid")
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "序号", "任务"
    table.rows[1].cells[0].text = "1"
    paragraph = table.rows[1].cells[1].paragraphs[0]
    paragraph.add_run("新建公园")
    paragraph.add_run("15").font.strike = True
    paragraph.add_run("12个")
    book.add_paragraph()
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _struck_xlsx() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["序号", "任务"])
    book.active["A2"] = "1"
    pieces = ("新建公园", TextBlock(InlineFont(strike=True), "15"), "12个")
    book.active["B2"] = CellRichText(*pieces)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


STRIKES = "<style>.x {text-decoration: line-through}</style>"


def _page(cell: str, head: str = "") -> bytes:
    return f"{head}<table><tr><td>序号<td>任务<tr><td>1<td>{cell}</table>".encode()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.docx", _struck_docx),
        ("a.doc", lambda: convert(_struck_docx(), ".docx", "doc")),
        ("a.rtf", lambda: convert(_struck_docx(), ".docx", "rtf")),
        ("a.xlsx", _struck_xlsx),
        ("a.xls", lambda: convert(_struck_xlsx(), ".xlsx", "xls")),
        ("a.ods", lambda: convert(_struck_xlsx(), ".xlsx", "ods")),
        ("a.html", lambda: _page("新建公园<s>15</s>12个")),
        ("b.html", lambda: _page("新建公园<del><b>1</b>5</del>12个")),
        ("c.html", lambda: _page("新建公园<span style='text-decoration:line-through'>15</span>12个")),
        ("d.html", lambda: _page("新建公园<i class=x>15</i>12个", STRIKES)),
        ("e.html", lambda: convert(_struck_docx(), ".docx", "html")),
        ("a.md", lambda: "| 序号 | 任务 |\n|---|---|\n| 1 | 新建公园~~15~~12个 |".encode()),
        ("b.md", lambda: "| 序号 | 任务 |\n|---|---|\n| 1 | 新建公园<s>15</s>12个 |".encode()),
        ("a.txt", lambda: "序号 | 任务 | 备注\n1 | 新建公园1̶5̶12个 | 无\n".encode()),
        ("a.csv", lambda: "序号,任务\n1,新建公园1̶5̶12个\n".encode()),
    ],
)
def test_what_is_struck_out_is_left_out_and_on_record(name: str, make: Callable[[], bytes]) -> None:
    document = read_document(make(), name)
    assert "新建公园12个" in texts_of(document)
    (struck,) = (one for one in document.alterations if one.kind is Departure.STRUCK)
    assert (struck.found, struck.read) == ("15", "")
    cell = next(cell for table in tables_of(document) for cell in table.cells if "公园" in cell.text)
    assert struck.where.line or (struck.where, struck.start) == (cell.where, 4)


def test_a_row_that_is_struck_out_is_an_empty_row() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in (["序号", "任务"], ["1", "甲"], ["2", "乙"], ["3", "丙"]):
        book.active.append(line)
    for cell in book.active[3]:
        cell.font = Font(strike=True)
    made = io.BytesIO()
    book.save(made)
    document = read_here(made.getvalue(), "a.xlsx")
    assert texts_of(document) == ["序号", "任务", "1", "甲", "3", "丙"]
    assert [(str(one.where), one.found) for one in document.alterations] == [
        ("Sheet!A3", "2"),
        ("Sheet!B3", "乙"),
    ]


def test_struck_by_a_style_and_not_struck_by_its_own_word() -> None:
    style = f'<w:style {W} w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
    book = docx.Document()
    book.styles.element.append(parse_xml(style))
    runs = (
        f'<w:r {W}><w:rPr><w:rStyle w:val="Gone"/></w:rPr><w:t>一</w:t></w:r>',
        f'<w:r {W}><w:rPr><w:rStyle w:val="Gone"/><w:strike w:val="0"/></w:rPr><w:t>二</w:t></w:r>',
        f"<w:r {W}><w:rPr><w:dstrike/></w:rPr><w:t>三</w:t></w:r>",
    )
    paragraph = book.add_paragraph("甲")
    for run in runs:
        paragraph._p.append(parse_xml(run))
    made = io.BytesIO()
    book.save(made)
    document = read_here(made.getvalue(), "a.docx")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["甲二"]
    assert [one.found for one in document.alterations] == ["一", "三"]


def test_a_whole_line_that_is_struck_out_leaves_no_empty_line() -> None:
    document = read_here(_page("甲<br><s>乙</s><br>丙"), "a.html")
    assert texts_of(document)[-1] == "甲\n丙"


_NOTE = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> 含改建2个。</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>其余为新建。</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def _with_footnote(document: Document) -> bytes:
    data = write_docx(document)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        body = old.read("word/document.xml").decode()
        links = old.read("word/_rels/document.xml.rels").decode()
    call = '12个</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    link = f'<Relationship Id="rIdF" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    parts: dict[str, bytes | str] = {
        "word/document.xml": body.replace("12个</w:t></w:r>", call),
        "word/_rels/document.xml.rels": links.replace("</Relationships>", link),
        "word/footnotes.xml": _NOTE,
    }
    return package(parts, of=data)


def test_the_words_of_a_footnote_stand_in_a_paragraph_that_its_call_names() -> None:
    document = read_here(_with_footnote(grid_of([["序号", "任务"], ["1", "新建公园12个"]])), "a.docx")
    assert texts_of(document) == ["序号", "任务", "1", "新建公园12个"]
    note = document.blocks[-1]
    assert isinstance(note, Paragraph)
    assert (note.text, str(note.where)) == ("含改建2个。\n其余为新建。", "脚注1")
    (call,) = document.alterations
    assert (str(call.where), call.start, call.found, call.kind) == (
        "表1第2行第2列",
        7,
        "1",
        Departure.FOOTNOTE,
    )


ERRORS = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#####"]


@pytest.mark.parametrize("value", ERRORS)
@pytest.mark.parametrize("suffix", ["csv", "docx", "html", "md", "xlsx"])
def test_error_values_are_missing_and_on_record(value: str, suffix: str) -> None:
    document = read_here(
        WRITERS[suffix](grid_of([["序号", "进展"], ["1", value], ["2", f"见{value}"]])), f"a.{suffix}"
    )
    assert texts_of(document) == ["序号", "进展", "1", "2", f"见{value}"]
    (one,) = document.alterations
    assert (one.found, one.read, one.kind) == (value, "", Departure.ERROR)


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_formulas_that_fail_are_missing_and_on_record(suffix: str) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["序号", "进展"], [1, "=1/0"], [2, "=NA()"], [3, "=1+1"]):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    document = read_here(convert(made.getvalue(), ".xlsx", suffix), f"a.{suffix}")
    assert texts_of(document) == ["序号", "进展", "1", "2", "3", "2"]
    assert [(str(one.where), one.found) for one in document.alterations] == [
        ("Sheet!B2", "#DIV/0!"),
        ("Sheet!B3", "#N/A"),
    ]


def test_struck_characters_of_a_file_with_marks_of_its_own_are_not_lost() -> None:
    text = f"{MARKS[0]}甲{MARKS[1]}乙{MARKS[2]}丙"
    folded, altered = fold_text(text, Place(line=1))
    assert folded == "乙丙"
    assert [one.found for one in altered] == ["甲"]
    assert mark_struck("") == ""


def draft_of(data: bytes, name: str) -> Draft:
    return make_draft(data, name, district=District(id="x", name="某区"), period=parse_period("2025Q2"))


def test_the_words_of_a_footnote_are_kept_with_the_remarks_of_its_task() -> None:
    heads = ["序号", "任务", "责任单位", "进展情况"]
    rows = [["1", "新建公园12个", "区城管局", "已建成8个。"], ["2", "修路3公里", "区住建局", "已完成。"]]
    draft = draft_of(_with_footnote(grid_of([heads, *rows])), "a.docx")
    assert [task.commitment for task in draft.tasks] == ["新建公园12个", "修路3公里"]
    assert [task.updates[0].remarks for task in draft.tasks] == ["脚注：含改建2个。\n其余为新建。", None]
    assert draft.ledger.unaccounted == 0
    assert (draft.ledger.placed["remarks"], draft.ledger.kinds["footnote"]) == (12, 1)


def test_what_is_struck_out_and_error_values_are_warnings_at_their_cells() -> None:
    page = (
        "<table><tr><td>序号<td>任务<td>责任单位<td>进展情况<tr><td>1<td>新建公园<s>15</s>12个<td>区城管局"
        "<td>已建成8个。<tr><td>2<td>修路3公里<td>区住建局<td>#REF!</table>"
    )
    draft = draft_of(page.encode(), "a.html")
    said = [f"{problem.place}: {problem.what}" for problem in draft.problems]
    assert "a.html!表1第2行第2列: 划掉的“15”没有读入" in said
    assert "a.html!表1第3行第4列: 这一格是错误值 #REF!，读作空白" in said
    assert [task.commitment for task in draft.tasks] == ["新建公园12个", "修路3公里"]
    assert "#REF!" not in repr([task.updates for task in draft.tasks])
    assert (draft.ledger.kinds["struck"], draft.ledger.kinds["error"]) == (2, 5)
