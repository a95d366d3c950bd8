"""docx: signs of symbol fonts, fields without a result, ruby, charts."""

from __future__ import annotations

import docx
import pytest
from docx.document import Document as Book
from docx.oxml import parse_xml

from generator.sources.document import translate_symbols
from tests.formats.test_docx import W, add_list, number, read, texts

BEGIN, MIDDLE, END = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))


def add_runs(book: Book, *pieces: str) -> None:
    """A paragraph of one run a piece."""
    paragraph = book.add_paragraph()
    for piece in pieces:
        paragraph._p.append(parse_xml(f"<w:r {W}>{piece}</w:r>"))


def code(instruction: str) -> str:
    return f'<w:instrText xml:space="preserve">{instruction}</w:instrText>'


@pytest.mark.parametrize(
    ("piece", "printed"),
    [
        ('<w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t>', "≥95%"),
        ('<w:sym w:font="Wingdings 2" w:char="F052"/><w:t>是</w:t>', "☑是"),
        ('<w:sym w:font="宋体" w:char="25A0"/>', "■"),
        ('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0ab区发改局</w:t>', "★区发改局"),
        ('<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf0a380 \uf0b1 2</w:t>', "≤80 ± 2"),
        ('<w:rPr><w:rFonts w:ascii="Symbol" w:hint="eastAsia"/></w:rPr><w:t>±2</w:t>', "±2"),
    ],
)  # fmt: skip
def test_signs_of_symbol_fonts_are_what_they_print(piece: str, printed: str) -> None:
    book = docx.Document()
    add_runs(book, piece)
    document = read(book)
    assert texts(document) == [printed]
    assert document.notes == ()


def test_a_sign_that_no_table_knows_keeps_its_code_and_is_told() -> None:
    book = docx.Document()
    add_runs(book, '<w:sym w:font="Webdings" w:char="F061"/><w:t>甲</w:t>')
    document = read(book)
    assert texts(document) == ["\uf061甲"]
    assert document.notes == ("第1段 有 1 个造字或符号字体的字符，别的电脑显示不出来，请对照原件改写",)


def test_letters_of_symbol_fonts() -> None:
    assert translate_symbols("«ü", "ABCDEF+Wingdings-Regular") == "★✓"
    assert translate_symbols("D\uf044", "Symbol") == "ΔΔ"
    assert translate_symbols("«ü\uf0ab", "宋体") == "«ü\uf0ab"


@pytest.mark.parametrize(
    ("instruction", "printed"),
    [
        (r" eq \o\ac(○,1)", "①"),
        (r"EQ \o\ac(○,21)", "○21"),
        (r"eq \o\ac(□,√)", "☑"),
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(zhòng),重)', "重"),
        (r"eq \o\ad(\s\up 11(区发),\s\do 4(改局))", "区发改局"),
        (r"EQ \f(1,2)", "1/2"),
        (r'SYMBOL 171 \f "Wingdings" \s 12', "★"),
        (r"MACROBUTTON NoMacro 单击此处", "单击此处"),
        ("PAGE", ""),
    ],
)
def test_fields_without_a_result_print_what_their_instruction_says(instruction: str, printed: str) -> None:
    book = docx.Document()
    add_runs(book, "<w:t>甲</w:t>", BEGIN, code(instruction[:5]), code(instruction[5:]), END, "<w:t>乙</w:t>")
    assert texts(read(book)) == [f"甲{printed}乙"]


def test_the_result_of_a_field_is_read_and_not_its_instruction() -> None:
    book = docx.Document()
    add_runs(book, BEGIN, code(r"eq \o\ac(○,1)"), MIDDLE, "<w:t>⑴</w:t>", END)
    inner = [BEGIN, code("REF x"), MIDDLE, "<w:t>8</w:t>", END]
    add_runs(book, BEGIN, code("=SUM("), *inner, code(")"), MIDDLE, "<w:t>15</w:t>", END)
    assert texts(read(book)) == ["⑴", "15"]


def test_words_behind_a_field_that_never_ends_are_not_lost() -> None:
    book = docx.Document()
    add_runs(book, "<w:t>新增</w:t>", BEGIN, code("PAGE"), "<w:t>2万人</w:t>")
    add_runs(book, "<w:t>下段</w:t>")
    assert texts(read(book)) == ["新增2万人", "下段"]


def test_form_fields_print_their_box_and_the_chosen_entry() -> None:
    book = docx.Document()
    chosen = (
        "<w:ddList><w:result w:val='1'/><w:listEntry w:val='未完成'/><w:listEntry w:val='已完成'/></w:ddList>"
    )
    for form in (
        chosen,
        "<w:checkBox><w:checked/></w:checkBox>",
        "<w:checkBox><w:default w:val='0'/></w:checkBox>",
    ):
        begin = f'<w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar>'
        add_runs(book, begin, code("FORM"), END, "<w:t>。</w:t>")
    assert texts(read(book)) == ["已完成。", "☒。", "☐。"]


def test_the_character_under_a_reading_is_kept() -> None:
    book = docx.Document()
    run = "<w:r><w:t>{}</w:t></w:r>"
    ruby = f"<w:rt>{run.format('zhòng')}</w:rt><w:rubyBase>{run.format('重')}</w:rubyBase>"
    add_runs(book, f"<w:ruby>{ruby}</w:ruby>", "<w:t>点</w:t>")
    document = read(book)
    assert texts(document) == ["重点"]
    assert document.notes == ("文件里有注音，只读了正文的字，没有读注音",)


def test_charts_are_told() -> None:
    book = docx.Document()
    chart = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    add_runs(book, f"<w:drawing><c:chart {chart}/></w:drawing>", "<w:t>文</w:t>")
    assert read(book).notes == ("文件里有 1 张图表或图示，上面的文字没有读取",)


def test_bullets_of_symbol_fonts_are_left_out_unless_they_are_stars() -> None:
    book = docx.Document()
    num_id = add_list(book, [("bullet", "\uf0ab"), ("bullet", "\uf06c"), ("bullet", "l"), ("bullet", "●")])
    for index, level in enumerate(book.part.numbering_part.element[0]):
        if index < 3:
            level.append(parse_xml(f'<w:rPr {W}><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'))
    for index, text in enumerate(["区发改局", "区财政局", "区教育局", "区住建局"]):
        number(book.add_paragraph(text), num_id, index)
    assert texts(read(book)) == ["★区发改局", "区财政局", "区教育局", "●区住建局"]


def test_raised_digits_make_no_number_longer() -> None:
    book = docx.Document()
    for before, digits, behind in (("完成5000", "1", "个"), ("100m", "2", "")):
        paragraph = book.add_paragraph(before)
        paragraph.add_run(digits).font.superscript = True
        paragraph.add_run(behind)
    assert texts(read(book)) == ["完成5000¹个", "100m2"]
