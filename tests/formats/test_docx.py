"""docx: what Word prints is what is read."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document as Book
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator.base.errors import SourceError
from generator.sources import read_here
from generator.sources.document import Document, Paragraph, format_number
from tests.formats.hostile import package
from tests.formats.samples import tables_of

W = nsdecls("w")


def read(book: Book) -> Document:
    made = io.BytesIO()
    book.save(made)
    return read_here(made.getvalue(), "表.docx")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def bold_of(document: Document, text: str) -> list[str]:
    block = next(b for b in document.blocks if isinstance(b, Paragraph) and b.text == text)
    return [text[span.start : span.end] for span in block.bold]


def add_list(book: Book, levels: list[tuple[str, str]], *, start: int = 1) -> str:
    """A list with (format, text) for each level; returns its numId."""
    root = book.part.numbering_part.element
    made = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{made}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return "77"


def number(paragraph: object, num_id: str, level: int = 0) -> None:
    properties = paragraph._p.get_or_add_pPr()  # type: ignore[attr-defined]
    properties.append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')
    )


def test_automatic_numbers_are_written_out_level_by_level() -> None:
    book = docx.Document()
    num_id = add_list(
        book,
        [
            ("chineseCounting", "%1、"),
            ("chineseCounting", "（%2）"),
            ("decimal", "%3."),
            ("decimalEnclosedCircle", "%4"),
        ],
    )
    for text, level in [
        ("城乡建设", 0),
        ("道路", 1),
        ("修路", 2),
        ("东段", 3),
        ("西段", 3),
        ("修桥", 2),
        ("供水", 1),
        ("民生", 0),
        ("就业", 1),
    ]:
        number(book.add_paragraph(text), num_id, level)
    assert texts(read(book)) == [
        "一、城乡建设",
        "（一）道路",
        "1. 修路",
        "①东段",
        "②西段",
        "2. 修桥",
        "（二）供水",
        "二、民生",
        "（一）就业",
    ]


def test_a_number_column_that_word_counts_is_printed_even_in_empty_paragraphs() -> None:
    book = docx.Document()
    num_id = add_list(book, [("decimal", "%1")])
    table = book.add_table(3, 2)
    for row, line in enumerate(table.rows):
        number(line.cells[0].paragraphs[0], num_id)
        line.cells[1].text = f"任务{row}"
    assert [cell.text for cell in tables_of(read(book))[0].cells if cell.column == 0] == ["1", "2", "3"]


def test_a_list_can_start_elsewhere_and_restart() -> None:
    book = docx.Document()
    num_id = add_list(book, [("decimal", "%1.")], start=5)
    book.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {W} w:numId="78"><w:abstractNumId w:val="77"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    for key in (num_id, num_id, "78", "78"):
        number(book.add_paragraph("甲"), key)
    assert texts(read(book)) == ["5. 甲", "6. 甲", "1. 甲", "2. 甲"]


@pytest.mark.parametrize(
    ("form", "number_", "printed"),
    [
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("chineseCountingThousand", 108, "一百零八"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("ideographDigital", 20, "二〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("ideographTraditional", 3, "丙"),
        ("none", 3, ""),
        ("bahtText", 3, "3"),
    ],
)
def test_number_formats(form: str, number_: int, printed: str) -> None:
    assert format_number(number_, form) == printed


def test_bold_comes_from_runs_character_styles_and_paragraph_styles() -> None:
    book = docx.Document()
    style = book.styles.add_style("重点", 1)
    style.font.bold = True
    child = book.styles.add_style("重点之子", 1)
    child.base_style = style
    strong = book.styles.add_style("强", 2)
    strong.font.bold = True
    book.add_paragraph("甲甲", style=child)
    mixed = book.add_paragraph("乙", style=child)
    mixed.add_run("丙").bold = False
    plain = book.add_paragraph("丁")
    plain.add_run("戊", style=strong)
    toggled = book.add_paragraph("", style=child)
    toggled.add_run("己", style=strong)
    document = read(book)
    assert bold_of(document, "甲甲") == ["甲甲"]
    assert bold_of(document, "乙丙") == ["乙"]
    assert bold_of(document, "丁戊") == ["戊"]
    assert bold_of(document, "己") == []


def test_tables_parted_by_a_page_are_one_when_the_heading_is_repeated() -> None:
    book = docx.Document()
    for rows in ([("序号", "任务"), ("1", "甲")], [("序号", "任务"), ("2", "乙")]):
        table = book.add_table(2, 2)
        for line, row in zip(rows, table.rows, strict=True):
            for text, cell in zip(line, row.cells, strict=True):
                cell.text = text
        book.add_paragraph()
    tables = tables_of(read(book))
    assert [[cell.text for cell in table.cells] for table in tables] == [
        ["序号", "任务", "1", "甲", "序号", "任务", "2", "乙"]
    ]
    assert [cell.row for cell in tables[0].cells][::2] == [0, 1, 2, 3]


def test_tables_with_text_or_other_headings_between_stay_apart() -> None:
    book = docx.Document()
    for title in ("甲表", "乙表"):
        book.add_paragraph(title)
        table = book.add_table(2, 2)
        for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = "序号任务12"[index]
    assert len(tables_of(read(book))) == 2


def test_a_small_table_inside_a_cell_becomes_text_of_the_cell() -> None:
    book = docx.Document()
    table = book.add_table(2, 2)
    for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = ["序号", "任务内容和推进情况说明", "1", "全年新开工项目如下："][index]
    inner = table.cell(1, 1).add_table(2, 2)
    for index, cell in enumerate(cell for row in inner.rows for cell in row.cells):
        cell.text = ["道路", "3条", "桥梁", "1座"][index]
    document = read(book)
    assert tables_of(document)[0].cells[3].text == "全年新开工项目如下：\n道路 3条\n桥梁 1座"
    assert document.notes == ("单元格里嵌着小表格，已按行并入该单元格的文字",)


def test_a_frame_table_around_everything_is_taken_off() -> None:
    book = docx.Document()
    frame = book.add_table(1, 1)
    frame.cell(0, 0).text = "题目"
    inner = frame.cell(0, 0).add_table(2, 2)
    for index, cell in enumerate(cell for row in inner.rows for cell in row.cells):
        cell.text = ["序号", "任务", "1", "甲"][index]
    document = read(book)
    assert texts(document) == ["题目"]
    assert [cell.text for cell in tables_of(document)[0].cells] == ["序号", "任务", "1", "甲"]


def test_tracked_changes_are_read_as_accepted() -> None:
    book = docx.Document()
    paragraph = book.add_paragraph("完成")
    author = 'w:author="甲" w:date="2025-01-01T00:00:00Z"'
    paragraph._p.append(
        parse_xml(f'<w:del {W} w:id="1" {author}><w:r><w:delText>50</w:delText></w:r></w:del>')
    )
    paragraph._p.append(parse_xml(f'<w:ins {W} w:id="2" {author}><w:r><w:t>60</w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f'<w:moveFrom {W} w:id="3" {author}><w:r><w:t>旧</w:t></w:r></w:moveFrom>'))
    paragraph.add_run("个")
    document = read(book)
    assert texts(document) == ["完成60个"]
    assert document.notes == ("文件里有 3 处修订，按“接受全部修订”后的文字读取",)


def test_deleted_rows_and_deleted_paragraph_marks_are_gone() -> None:
    book = docx.Document()
    table = book.add_table(3, 2)
    for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(index)
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="1" w:author="甲"/>'))
    first = book.add_paragraph("前半")
    first._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {W}><w:del w:id="2" w:author="甲"/></w:rPr>'))
    book.add_paragraph("后半")
    document = read(book)
    assert [cell.text for cell in tables_of(document)[0].cells] == ["0", "1", "4", "5"]
    assert texts(document) == ["前半后半"]


def test_text_boxes_stand_once_behind_their_paragraph() -> None:
    book = docx.Document()
    run = book.add_paragraph("正文").add_run()
    text = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    vml = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    run._r.append(
        parse_xml(
            f"<mc:AlternateContent {mc} {W} {vml}>"
            f"<mc:Choice Requires='wps'><w:drawing>{text}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{text}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        )
    )
    assert texts(read(book)) == ["正文", "框内"]


def test_content_controls_links_and_fields_are_read_instructions_are_not() -> None:
    book = docx.Document()
    paragraph = book.add_paragraph("甲")
    paragraph._p.append(
        parse_xml(f"<w:sdt {W}><w:sdtContent><w:r><w:t>乙</w:t></w:r></w:sdtContent></w:sdt>")
    )
    paragraph._p.append(parse_xml(f"<w:hyperlink {W}><w:r><w:t>丙</w:t></w:r></w:hyperlink>"))
    for piece in (
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText>PAGE</w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>丁</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {W}>{piece}</w:r>"))
    assert texts(read(book)) == ["甲乙丙丁"]


def test_hidden_text_is_left_out_with_a_note() -> None:
    book = docx.Document()
    paragraph = book.add_paragraph("看得见")
    paragraph.add_run("看不见").font.hidden = True
    document = read(book)
    assert texts(document) == ["看得见"]
    assert document.notes == ("文件里有 1 处隐藏文字，没有读取",)


def test_symbols_breaks_and_superscript_notes_keep_numbers_apart() -> None:
    book = docx.Document()
    paragraph = book.add_paragraph("")
    paragraph._p.append(
        parse_xml(
            f'<w:r {W}><w:sym w:font="Wingdings" w:char="F0AB"/><w:t>区发改局</w:t><w:br/><w:t>二</w:t></w:r>'
        )
    )
    paragraph._p.append(parse_xml(f'<w:r {W}><w:t>5000</w:t><w:footnoteReference w:id="2"/></w:r>'))
    assert texts(read(book)) == ["★区发改局\n二5000"]


def test_headers_and_footers_are_kept_unless_they_only_count_pages() -> None:
    book = docx.Document()
    book.add_paragraph("正文")
    book.sections[0].header.paragraphs[0].text = "内部资料"
    book.sections[0].footer.paragraphs[0].text = "— 1 —"
    document = read(book)
    assert [(block.text, str(block.where)) for block in document.blocks if isinstance(block, Paragraph)] == [
        ("正文", "第1段"),
        ("内部资料", "页眉"),
    ]


def test_strict_documents_are_read_too() -> None:
    made = io.BytesIO()
    book = docx.Document()
    book.add_paragraph("严格格式")
    book.save(made)
    with zipfile.ZipFile(io.BytesIO(made.getvalue())) as old:
        text = old.read("word/document.xml")
    common = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = text.replace(common, b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert texts(read_here(package({"word/document.xml": strict}, of=made.getvalue()), "a.docx")) == [
        "严格格式"
    ]


def test_a_document_of_pictures_is_refused_with_the_way_out() -> None:
    book = docx.Document()
    run = book.add_paragraph().add_run()
    blip = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    run._r.append(parse_xml(f"<w:drawing {W} {blip}><a:blip/></w:drawing>"))
    with pytest.raises(SourceError) as caught:
        read(book)
    assert str(caught.value) == (
        "表.docx: 文件里没有文字，只有图片。"
        "请向来源单位索取可编辑的表格，或用文字识别软件转成 docx、xlsx 后核对再导入"
    )
