"""html: what a browser shows is what is read."""

from __future__ import annotations

import pytest

from generator.base.errors import SourceError
from generator.sources import read_here
from generator.sources.document import Document, Paragraph, Table
from tests.formats.samples import tables_of


def read(page: str, encoding: str = "utf-8", name: str = "表.html") -> Document:
    return read_here(page.encode(encoding), name)


def table(rows: str) -> Table:
    return tables_of(read(f"<table>{rows}</table>"))[0]


def grid(found: Table) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in found.cells]


def bold(found: Table) -> list[str]:
    return [cell.text[span.start : span.end] for cell in found.cells for span in cell.bold]


def test_spans_push_later_cells_aside() -> None:
    found = table("<tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁")
    assert grid(found) == [(0, 0, 2, 1, "甲"), (0, 1, 1, 2, "乙"), (1, 1, 1, 1, "丙"), (1, 2, 1, 1, "丁")]


def test_spans_beyond_the_table_are_cut() -> None:
    found = table("<tr><td rowspan=0>甲<td rowspan=99>乙<tr><td>丙")
    assert grid(found)[:2] == [(0, 0, 2, 1, "甲"), (0, 1, 2, 1, "乙")]


def test_spans_that_reach_into_whole_rows_end_above_them() -> None:
    found = table(
        "<tr><td>类别<td>序号<td>任务<tr><td rowspan=3>经济<td>1<td>甲<tr><td>2<td>乙"
        "<tr><td>民生<td>3<td>丙<tr><td rowspan=2>生态<td>4<td>丁"
    )
    assert [cell.text for cell in found.cells if cell.column == 1] == ["序号", "1", "2", "3", "4"]
    assert [(cell.row, cell.row_span, cell.text) for cell in found.cells if cell.column == 0] == [
        (0, 1, "类别"),
        (1, 2, "经济"),
        (3, 1, "民生"),
        (4, 1, "生态"),
    ]


def test_head_and_foot_stand_where_a_browser_puts_them() -> None:
    found = table(
        "<tfoot><tr><td>合计<td>9</tfoot><tbody><tr><td>1<td>甲</tbody><thead><tr><th>序号<th>任务</thead>"
    )
    assert [cell.text for cell in found.cells] == ["序号", "任务", "1", "甲", "合计", "9"]


def test_line_breaks_paragraphs_and_collapsed_white_space() -> None:
    found = table("<tr><td>一\n   二<br>三&nbsp;四<p>五</p><p>六</p><td>b")
    assert found.cells[0].text == "一 二\n三 四\n五\n六"


@pytest.mark.parametrize(
    "cell",
    [
        "<td><b>甲</b>、乙",
        "<td><strong>甲</strong>、乙",
        "<td><span style='font-weight:700'>甲</span>、乙",
        "<td><span class=k>甲</span>、乙",
        "<td class=j><i>甲</i>、乙",
        "<td style='font-weight:bold'>甲<span style='font-weight:normal'>、乙</span>",
        "<td style='font:bold 12pt 宋体'>甲<font style='font:12pt 宋体'>、乙</font>",
    ],
)
def test_bold_by_tag_by_style_and_by_class(cell: str) -> None:
    style = "<style>/* x */ .k, .l {font-weight:bold} td.j > i {font-weight:800}</style>"
    found = tables_of(read(f"<html><head>{style}</head><table><tr>{cell}<td>丙</table>"))[0]
    assert found.cells[0].text == "甲、乙"
    assert bold(found) == ["甲"]


@pytest.mark.parametrize(
    ("sheet", "wanted"),
    [
        ("td:not(.x) {font-weight:bold}", ["甲", "丙"]),
        ("tr > td:first-child {font-weight:bold}", ["甲"]),
        ("td[align=right], TD.X {font-weight:bold}", ["乙", "丙"]),
        ("td + td + td {font-weight:bold}", ["丙"]),
        ("#t .x {font-weight:bold !important} #t td.x {font-weight:normal}", ["乙"]),
        ("@media screen {.x {font-weight:bold}} @media print {td {font-weight:bold}}", ["乙"]),
        (".x::before, td:has(b), td[, .x {font-weight:bold}", []),
        (
            "@font-face {font-weight:bold} /* td {font-weight:bold} */ <!-- .x {font:bold 9pt} -->",
            ["乙"],
        ),
    ],
)
def test_style_sheets_say_what_they_say_in_a_browser(sheet: str, wanted: list[str]) -> None:
    style = f"<style media=print>td {{font-weight:bold}}</style><style>{sheet}</style>"
    page = f"{style}<table id=t><tr><td>甲<td class='x X'>乙<td align=right>丙</table>"
    assert bold(tables_of(read(page))[0]) == wanted


def test_hidden_things_scripts_and_comments_are_not_read() -> None:
    page = (
        "<style>.n{display:none}</style><script>var a='脚本'</script><!-- 注释 -->"
        "<p style='display:none'>一</p><p hidden>二</p><p class=n>三</p><table><tr class=n><td>四<td>五"
        "<tr><td>六<td style='visibility:hidden'>七<td>八</table>"
    )
    document = read(page)
    assert [cell.text for cell in tables_of(document)[0].cells] == ["六", "八"]
    assert len(document.blocks) == 1
    assert document.notes == ("网页里有隐藏的内容，没有读取",)


def test_a_page_laid_out_with_tables_gives_the_table_inside() -> None:
    inner = "<table><tr><td>序号<td>任务<tr><td>1<td>修路</table>"
    page = f"<table><tr><td>导航</td><td><h2>题目</h2>{inner}</td></tr></table>"
    document = read(page)
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["导航", "题目"]
    assert [cell.text for cell in tables_of(document)[0].cells] == ["序号", "任务", "1", "修路"]


def test_text_between_rows_and_forms_around_rows_are_kept() -> None:
    document = read("<table><caption>表题</caption><form>散字<tr><td>甲<td>乙</tr></form></table>")
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["表题", "散字"]
    assert [cell.text for cell in tables_of(document)[0].cells] == ["甲", "乙"]


def test_ordered_lists_print_their_numbers() -> None:
    document = read("<ol start=3><li>甲<li value=7><p>乙</p><li>丙</ol>")
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["3. 甲", "7. 乙", "8. 丙"]


@pytest.mark.parametrize(
    ("list_", "first"),
    [
        ("<ol type=a>", "a. 甲"),
        ("<ol type=I start=4>", "IV. 甲"),
        ("<ol style='list-style-type:cjk-ideographic' start=11>", "十一、甲"),
        ("<ol style='list-style:none outside'>", "甲"),
        ("<ol class=n>", "甲"),
        ("<ol type=disc>", "1. 甲"),
    ],
)
def test_ordered_lists_print_their_numbers_as_they_say(list_: str, first: str) -> None:
    document = read(f"<style>ol.n li {{list-style-type:none}}</style>{list_}<li>甲</ol>")
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == [first]


@pytest.mark.parametrize(
    ("declared", "encoding", "note"),
    [
        ("gb2312", "gb18030", ()),
        ("GBK", "gbk", ()),
        ("utf-8", "utf-8", ()),
        ("gb2312", "utf-8", ("文件声明的编码是 gb2312，实际按 utf-8 读取",)),
        ("utf-8", "gb18030", ("文件声明的编码是 utf-8，实际按 gb18030 读取",)),
        ("", "gb18030", ("文件没有声明编码，按 GB18030 读取",)),
        ("", "utf-8-sig", ()),
        ("iso-8859-1", "gb18030", ("文件没有声明编码，按 GB18030 读取",)),
        ("", "utf-16", ()),
    ],
)
def test_encodings_declared_rightly_wrongly_or_not(
    declared: str, encoding: str, note: tuple[str, ...]
) -> None:
    meta = f"<meta charset={declared}>" if declared else ""
    document = read(f"<html>{meta}<table><tr><td>序号<td>新增就业，合计<tr><td>1<td>乙</table>", encoding)
    assert tables_of(document)[0].cells[1].text == "新增就业，合计"
    assert document.notes == note


def test_pages_saved_by_excel_keep_weights_and_printed_values() -> None:
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>'
        ".xl66\n{mso-style-parent:style0;font-weight:700;}"
        ".font5 {font-weight:400}</style></head><body><table x:str>"
        "<col width=64><tr><td class=xl66>区发改局<font class=font5>、区财政局</font></td>"
        "<td x:num='0.77'>77%</td></tr>"
        "<![if supportMisalignedColumns]><tr><td></td><td></td></tr><![endif]></table></body></html>"
    )
    found = tables_of(read(page, "gb18030", "表.xls"))[0]
    assert [cell.text for cell in found.cells][:2] == ["区发改局、区财政局", "77%"]
    assert bold(found) == ["区发改局"]


def test_a_saved_archive_gives_its_page() -> None:
    page = "<html><meta charset=gb2312><table><tr><td>序号<td>任务</table></html>".encode("gb18030")
    archive = (
        b'From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n'
        b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        + page
        + b"\r\n--B\r\n"
        b"Content-Type: image/png\r\n\r\nxx\r\n--B--\r\n"
    )
    assert [cell.text for cell in tables_of(read_here(archive, "a.mht"))[0].cells] == ["序号", "任务"]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (
            "<html><frameset><frame src='a.files/sheet001.htm'></frameset></html>",
            "表.html: 网页只是一个框架，表格在同名 .files 文件夹里。"
            "请导入那个文件夹里的 sheet001.htm，或另存为 xlsx",
        ),
        (
            "<html><body><img src=a.png></body></html>",
            "表.html: 网页里没有文字，只有图片。请向来源单位索取可编辑的表格",
        ),
        (
            "<html><body><script>load()</script></body></html>",
            "表.html: 网页里没有文字。表格可能由脚本加载：请在浏览器里等表格显示后再另存网页",
        ),
    ],
)
def test_pages_without_text_are_refused_with_the_way_out(page: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(page)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>1<td><font>甲<tr><td>2<td>乙",
        "<tr><td>1<td><div>甲<tr><td>2<td><div>乙",
        "<tr><td>1<td><ul><li>甲<tr><td>2<td>乙",
        "<tr><td>1<td><span>甲</td><tr><td>2<td>乙",
        "<tr><td>1<td><font>甲<tbody><tr><td>2<td>乙",
        "<td>1<td>甲<tr><td>2<td>乙",
        "<tbody><td>1<td>甲</tbody><td>2<td>乙",
        "<tr><td>1<td><select><option>甲<tr><td>2<td>乙",
    ],
)
def test_cells_left_open_and_cells_without_a_row_stand_where_a_browser_puts_them(rows: str) -> None:
    document = read(f"<table>{rows}</table><p>尾")
    expected = [(0, 0, 1, 1, "1"), (0, 1, 1, 1, "甲"), (1, 0, 1, 1, "2"), (1, 1, 1, 1, "乙")]
    assert grid(tables_of(document)[0]) == expected
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["尾"]


def test_cells_left_open_in_a_nested_table_stay_in_it() -> None:
    inner = "<table><tr><td><font>甲<tr><td>乙</table>"
    found = table(f"<tr><td>1<td>情况说明如下{inner}<tr><td>2<td>丙")
    assert [cell.text for cell in found.cells] == ["1", "情况说明如下\n甲\n乙", "2", "丙"]


def test_text_behind_a_row_in_an_open_cell_is_kept() -> None:
    found = table("<tr><td>1<td><font>甲<tr><td>2<td>乙</tr>丙")
    assert "".join(cell.text for cell in found.cells) == "1甲丙2乙"


def test_text_in_input_fields_is_read_and_buttons_are_not() -> None:
    found = table(
        "<tr><td><input value='修路3公里'><input type=hidden value=x><input type=button value=改>"
        "<td><textarea>完成2公里\n第二行</textarea>"
        "<td><select><option>甲<option selected>乙</select><td><select><option>丙<option>丁</select>"
    )
    assert [cell.text for cell in found.cells] == ["修路3公里", "完成2公里\n第二行", "乙", "丙"]


@pytest.mark.parametrize(
    "cell",
    [
        "<font face=Wingdings>&laquo;</font>",
        "<span style='font-family:Wingdings'>&laquo;</span>",
        "<span style='font-family:Wingdings;mso-char-type:symbol;mso-symbol-font-family:Wingdings'>"
        "<span style='mso-char-type:symbol;mso-symbol-font-family:Wingdings'>&laquo;</span></span>",
        "<span class=s>&#61611;</span>",
    ],
)
def test_signs_of_symbol_fonts_are_what_they_print(cell: str) -> None:
    page = f'<style>.s {{font-family:"Wingdings"}}</style><table><tr><td>{cell}区发改局<td>x</table>'
    assert tables_of(read(page))[0].cells[0].text == "★区发改局"


def test_raised_digits_make_no_number_longer() -> None:
    found = table(
        "<tr><td>完成5000<sup>1</sup>个<td>10<span style='vertical-align:super'>8</span><td>100m<sup>2</sup>"
    )
    assert [cell.text for cell in found.cells] == ["完成5000¹个", "10⁸", "100m2"]
