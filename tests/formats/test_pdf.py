"""pdf: tables as drawn, pages joined, scans refused."""

from __future__ import annotations

import zlib

import pytest

from generator.base.errors import SourceError
from generator.sources import read_here
from generator.sources.document import Cell, Document, Paragraph, Span, Table
from generator.sources.pdf.pdf_lines import Letter, join_lines, make_lines
from tests.formats.hostile import pdf_of
from tests.formats.samples import tables_of
from tests.formats.writers import convert, write_docx, write_html, write_pdf_by_chromium

WORDS = "一是优化经济运行监测调度机制，重点跟进重点企业数据报送情况和规下、限下抽样单位样本情况。"


def long_table(rows: int, sentences: int) -> Document:
    heads = ["序号", "主要任务", "责任单位", "推进情况"]
    cells = [Cell(text=text, row=0, column=column) for column, text in enumerate(heads)]
    for row in range(1, rows + 1):
        texts = [str(row), f"任务{row}增长5.7%。", "区发展改革局", f"第{row}项。" + WORDS * sentences]
        cells += (Cell(text=text, row=row, column=column) for column, text in enumerate(texts))
    table = Table(cells=tuple(cells), rows=rows + 1, columns=4)
    return Document(name="", format="", blocks=(Paragraph(text="推进情况表"), table))


def texts_of(table: Table) -> list[list[str]]:
    rows = range(table.rows)
    return [["".join(cell.text.split()) for cell in table.cells if cell.row == row] for row in rows]


def without_heads(table: Table) -> list[list[str]]:
    found = texts_of(table)
    return [row for index, row in enumerate(found) if index == 0 or row != found[0]]


def test_rows_that_a_page_end_cuts_are_whole_again() -> None:
    document = long_table(9, 14)
    page = write_html(document).replace(b"<tr>", b"<tr style='break-inside:auto'>")
    read = read_here(convert(page, ".html", "pdf:writer_web_pdf_Export"), "a.pdf")
    assert len(tables_of(read)) == 1
    assert without_heads(tables_of(read)[0]) == texts_of(tables_of(document)[0])
    assert any("续行并入上一行" in note for note in read.notes)


def test_tables_that_run_on_over_pages_are_one_and_heads_may_repeat() -> None:
    document = long_table(30, 3)
    plain = write_pdf_by_chromium(document)
    read = read_here(plain, "a.pdf")
    table = tables_of(read)[0]
    assert len(tables_of(read)) == 1
    assert texts_of(table) == texts_of(tables_of(document)[0])
    assert {cell.page for cell in table.cells} >= {1, 2}
    last = next(cell for cell in table.cells if cell.text == "30")
    assert str(last.where).startswith(f"第{last.page}页表1第")


def _letter(text: str, box: tuple[float, float, float, float], order: int) -> Letter:
    x0, x1, top, bottom = box
    return Letter(text=text, x0=x0, x1=x1, top=top, bottom=bottom, bold=False, hei=False, order=order)


def letters(lines: list[str], *, size: float = 10.0) -> list[Letter]:
    """Characters of lines set in full-width squares, Latin ones half as wide."""
    made: list[Letter] = []
    for row, line in enumerate(lines):
        x = 0.0
        for text in line:
            width = size / 2 if text.isascii() else size
            top = row * 1.5 * size
            box = (x, x + width, top, top + size)
            made.append(_letter(text, box, len(made)))
            x += width
    return made


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["新增城镇就业", "一万人"], "新增城镇就业一万人"),
        (["区财政局", "区教育局"], "区财政局\n区教育局"),
        (["完成投资", "559.63亿元"], "完成投资559.63亿元"),
        (["82078370", "82078774"], "82078370 82078774"),
        (["120820783708", "2078774"], "1208207837082078774"),
        (["实施建设，加", "快“两个”"], "实施建设，加快“两个”"),
    ],
)
def test_breaks_that_only_the_width_made_are_taken_away(lines: list[str], joined: str) -> None:
    runs = join_lines(make_lines(letters(lines)), 62.0, hei_bold=False)
    assert "".join(text for text, _ in runs) == joined


def _page(content: bytes, resources: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<"
            + resources
            + b">>>>",
            b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream",
            b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
            b"/Length 1>>stream\n0\nendstream",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def test_a_scan_is_refused_with_the_way_out() -> None:
    scan = _page(b"q 595 0 0 842 0 0 cm /I Do Q", b"/XObject<</I 5 0 R>>")
    with pytest.raises(SourceError) as caught:
        read_here(scan, "扫描.pdf")
    assert str(caught.value) == (
        "扫描.pdf: 这是扫描件：每一页都是图片，没有文字。"
        "请向来源单位索取 Word 或 Excel 原件，或用文字识别软件转成 docx、xlsx 并核对后再导入"
    )


def test_the_unseen_text_of_a_recognised_scan_is_read_with_a_warning() -> None:
    content = b"q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F 12 Tf 50 700 Td (Task 1: build 20 km of road) Tj ET"
    document = read_here(_page(content, b"/XObject<</I 5 0 R>>/Font<</F 6 0 R>>"), "a.pdf")
    assert document.notes == ("文字来自扫描件的识别层，可能有错字，请与原件核对",)


def test_letters_painted_twice_or_outlined_are_bold() -> None:
    content = (
        b"BT /F 12 Tf 50 700 Td (Lead) Tj ET BT /F 12 Tf 50.4 700 Td (Lead) Tj ET "
        b"BT /F 12 Tf 100 700 Td (plain) Tj 2 Tr 50 0 Td (outlined) Tj ET"
    )
    block = read_here(_page(content, b"/Font<</F 6 0 R>>"), "a.pdf").blocks[0]
    assert isinstance(block, Paragraph)
    assert block.text == "Lead plain outlined"
    assert [block.text[span.start : span.end] for span in block.bold] == ["Lead", "outlined"]


_FONT = b"/Font<</F 6 0 R>>"
_GRID = b"50 600 m 350 600 l 50 650 m 350 650 l 50 700 m 350 700 l 50 600 m 50 700 l 150 600 m 150 700 l " + (
    b"350 600 m 350 700 l S "
)
"""Lines of a table of two rows and two columns."""


def _say(text: str, x: float, y: float, turn: str = "1 0 0 1") -> bytes:
    return f"BT /F 12 Tf {turn} {x} {y} Tm ({text}) Tj ET ".encode()


_CELLS = _say("No", 60, 670) + _say("Task", 160, 670) + _say("1", 60, 620) + _say("Road", 160, 620)


def test_small_raised_digits_make_no_number_longer() -> None:
    content = (
        b"BT /F 12 Tf 50 700 Td (5000) Tj /F 8 Tf 5 Ts (12) Tj 0 Ts /F 12 Tf ( items, 3) Tj /F 8 Tf (4) Tj ET"
    )
    block = read_here(_page(content, _FONT), "a.pdf").blocks[0]
    assert isinstance(block, Paragraph)
    assert block.text == "5000¹² items, 34"


@pytest.mark.parametrize(("turn", "x", "y"), [("0 1 -1 0", 120, 605), ("0 -1 1 0", 120, 645)])
def test_cells_whose_text_runs_up_or_down_are_read(turn: str, x: float, y: float) -> None:
    cells = _CELLS.replace(_say("1", 60, 620), _say("Up", x, y, turn))
    table = tables_of(read_here(_page(_GRID + cells, _FONT), "a.pdf"))[0]
    assert [cell.text for cell in table.cells] == ["No", "Task", "Up", "Road"]


@pytest.mark.parametrize("turn", ["0.7 0.7 -0.7 0.7", "0.7 -0.7 0.7 0.7", "-1 0 0 -1"])
def test_a_watermark_across_a_table_stays_out_of_its_cells(turn: str) -> None:
    document = read_here(_page(_GRID + _CELLS + _say("SECRET", 180, 650, turn), _FONT), "a.pdf")
    assert [cell.text for cell in tables_of(document)[0].cells] == ["No", "Task", "1", "Road"]
    aside = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert sorted("".join("".join(block.text.split()) for block in aside)) == sorted("SECRET")
    assert {str(block.where) for block in aside} == {"第1页斜排文字"}


@pytest.mark.parametrize("turn", ["0 1 -1 0 650 0", "0 -1 1 0 0 800"])
def test_a_page_that_lies_on_its_side_is_held_upright(turn: str) -> None:
    content = f"q {turn} cm ".encode() + _GRID + _CELLS + _say("Notes below", 60, 500) + b"Q"
    document = read_here(_page(content, _FONT), "a.pdf")
    assert [cell.text for cell in tables_of(document)[0].cells] == ["No", "Task", "1", "Road"]
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["Notes below"]


def test_characters_below_each_other_are_one_word() -> None:
    stacked = join_lines(make_lines(letters(["经", "济", "工", "作"])), 62.0, hei_bold=False)
    assert "".join(text for text, _ in stacked) == "经济工作"
    two = join_lines(make_lines(letters(["是", "否"])), 62.0, hei_bold=False)
    assert "".join(text for text, _ in two) == "是\n否"


def test_the_bold_that_a_browser_draws_is_bold() -> None:
    cell = Cell(text="区发改局、区财政局", row=1, column=1, bold=(Span(start=0, end=4),))
    heads = (Cell(text="序号", row=0, column=0), Cell(text="单位", row=0, column=1))
    table = Table(cells=(*heads, Cell(text="1", row=1, column=0), cell), rows=2, columns=2)
    read = read_here(write_pdf_by_chromium(Document(name="", format="", blocks=(table,))), "a.pdf")
    assert [c.text[s.start : s.end] for c in tables_of(read)[0].cells for s in c.bold] == ["区发改局"]


@pytest.mark.parametrize("rows", [14, 40])
def test_a_merged_cell_that_a_browser_prints_over_several_pages_stays_one(rows: int) -> None:
    half = rows // 2
    heads = [Cell(text=text, row=0, column=column) for column, text in enumerate(["类别", "序号", "进展"])]
    groups = [
        Cell(text="经济", row=1, column=0, row_span=half),
        Cell(text="民生", row=half + 1, column=0, row_span=half),
    ]
    cells = [Cell(text=str(row), row=row, column=1) for row in range(1, rows + 1)]
    cells += [Cell(text="推进重点项目建设。" * 30, row=row, column=2) for row in range(1, rows + 1)]
    ordered = sorted([*heads, *groups, *cells], key=lambda cell: (cell.row, cell.column))
    table = Table(cells=tuple(ordered), rows=rows + 1, columns=3)
    read = read_here(write_pdf_by_chromium(Document(name="", format="", blocks=(table,))), "a.pdf")
    found = [(cell.row, cell.row_span, cell.text) for cell in tables_of(read)[0].cells if cell.column == 0]
    assert found == [(0, 1, "类别"), (1, half, "经济"), (half + 1, half, "民生")]


def test_a_merged_cell_that_an_office_program_prints_over_several_pages_stays_one() -> None:
    document = long_table(20, 2)
    table = tables_of(document)[0]
    kept = [cell for cell in table.cells if cell.column != 2 or cell.row == 0]
    merged = [Cell(text="区发展改革局", row=1, column=2, row_span=20)]
    cells = tuple(sorted([*kept, *merged], key=lambda cell: (cell.row, cell.column)))
    word = write_docx(Document(name="", format="", blocks=(Table(cells=cells, rows=21, columns=4),)))
    read = read_here(convert(word, ".docx", "pdf"), "a.pdf")
    found = [(cell.row, cell.row_span, cell.text) for cell in tables_of(read)[0].cells if cell.column == 2]
    assert {cell.page for cell in tables_of(read)[0].cells} > {1}
    assert found == [(0, 1, "责任单位"), (1, 20, "区发展改革局")]


def _named_font(name: str, code: str) -> bytes:
    """A page whose font of this name calls its letter A by a code."""
    content = b"BT /F 12 Tf 50 700 Td (A B Task one and two and three) Tj ET"
    names = (
        b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <"
        + code.encode()
        + b"> endbfchar endcmap"
    )
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>>>>>",
            b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
            b"<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor 7 0 R/ToUnicode 6 0 R"
            b"/FirstChar 32/LastChar 126/Encoding/WinAnsiEncoding/Widths[" + b"600 " * 95 + b"]>>",
            b"<</Length %d>>stream\n" % len(names) + names + b"\nendstream",
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[0 0 600 700]>>".encode(),
        ]
    )


def test_signs_of_symbol_fonts_are_what_they_print() -> None:
    block = read_here(_named_font("ABCDEF+Wingdings-Regular", "F0AB"), "a.pdf").blocks[0]
    assert isinstance(block, Paragraph)
    assert block.text == "★ B Task one and two and three"


def test_a_character_without_a_name_is_told() -> None:
    document = read_here(_named_font("ABCDEF+SimSun", "F0AB"), "a.pdf")
    assert "有 1 个字符在 PDF 里没有文字编码，读不出是什么字，请对照原件改写" in document.notes


def test_filled_fields_and_typed_remarks_are_told() -> None:
    page = _page(_CELLS, _FONT)
    notes = (
        b"/Annots[<</Type/Annot/Subtype/FreeText/Rect[1 1 9 9]/Contents(more)>><</Subtype/Widget/V(x)>>"
        + (b"<</Subtype/Widget/V()>><</Subtype/Link/Contents(x)>>]")
    )
    document = read_here(page.replace(b"/MediaBox", notes + b"/MediaBox"), "a.pdf")
    assert document.notes == ("PDF 上有 2 处填写的表单域或文本批注，没有读取；请打印成新的 PDF 后再导入",)


def test_characters_of_a_font_without_widths_are_not_taken_for_doubled_ones() -> None:
    bare = _named_font("ABCDEF+SimSun", "0041").replace(b"600 ", b"000 ")
    block = read_here(bare, "a.pdf").blocks[0]
    assert isinstance(block, Paragraph)
    assert sorted("".join(block.text.split())) == sorted("ABTaskoneandtwoandthree")


def test_a_directory_that_points_nowhere_is_made_anew() -> None:
    data = write_pdf_by_chromium(long_table(3, 1))
    start = data.rindex(b"startxref") + len(b"startxref")
    place = int(data[start:].split()[0])
    damaged = data[:start] + f"\n{place + 2}\n%%EOF\n".encode()
    assert read_here(damaged, "a.pdf").blocks == read_here(data, "a.pdf").blocks
