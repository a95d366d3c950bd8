"""xlsx, xls, ods, csv: what the sheet shows is what is read."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from generator.base.errors import SourceError
from generator.sources import read_here
from generator.sources.document import Document, Paragraph
from generator.sources.sheets.number_format import format_value
from tests.formats.hostile import package
from tests.formats.samples import tables_of
from tests.formats.writers import convert


def workbook(fill: Callable[[openpyxl.Workbook, Worksheet], None]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    fill(book, sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def values(document: Document) -> dict[str, str]:
    return {str(cell.where): cell.text for table in tables_of(document) for cell in table.cells if cell.text}


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.77, "0%", "77%"),
        (0.7785, "0.0%", "77.9%"),
        (2.0, "General", "2"),
        (221.88, "General", "221.88"),
        (0.1 + 0.2, "General", "0.3"),
        (1 / 3, "General", "0.333333333"),
        (289715, "#,##0", "289,715"),
        (1234.5, "#,##0.00", "1,234.50"),
        (5, "000", "005"),
        (1.95, '0.00"万人"', "1.95万人"),
        (-3.5, '0.0;"下降"0.0', "下降3.5"),
        (0, '0;-0;"—"', "—"),
        (15501.0, "0_ ", "15501"),
        (15501, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', "15,501"),
        (1.5, "# ?/?", "1.5"),
        (7.5, "0.##", "7.5"),
        (12300, "0.0,", "12.3"),
        (15000, '0!.0,"万"', "1.5万"),
        (123456, '0\\.0000"万"', "12.3456万"),
        (500, '0"."0,"万"', "0.1万"),
        (13812345678, "000-0000-0000", "138-1234-5678"),
        (12345.678, '[>=10000]0.0,"千";0', "12.3千"),
        (5, '[>=10000]0.0,"千";0', "5"),
        (-2, '[<0]"下降"0;0', "下降2"),
        (-2, "[>5]0;0.0", "-2.0"),
        (5, 'General"人"', "5人"),
        (-1.5, 'General"人"', "-1.5人"),
        (0, "0;-0;;@", ""),
        (3, "0;-0;;@", "3"),
        (8, ";;;", "8"),
        ("30", '@"个"', "30个"),
        ("30", '0;-0;0;@"元"', "30元"),
        ("甲", "#,##0_ ;_ @_ ", "甲"),
        ("甲", ";;;", "甲"),
        (True, "General", "TRUE"),
        (13812345678.0, "General", "13812345678"),
        (Decimal("1.10"), "General", "1.1"),
        (dt.datetime(2025, 6, 30), "mm-dd-yy", "2025/6/30"),
        (dt.datetime(2025, 6, 30), 'yyyy"年"m"月"d"日"', "2025年6月30日"),
        (dt.datetime(2025, 6, 30), '[$-804]yyyy"年"m"月"', "2025年6月"),
        (dt.datetime(2025, 6, 5), "yyyy-mm-dd", "2025-06-05"),
        (dt.datetime(2025, 6, 5, 9, 7), "yyyy/m/d h:mm", "2025/6/5 9:07"),
        (dt.time(9, 7), "h:mm", "9:07"),
        (dt.timedelta(hours=26), "[h]:mm:ss", "26:00:00"),
    ],
)
def test_values_are_shown_as_printed(value: object, code: str, shown: str) -> None:
    assert format_value(value, code) == shown  # type: ignore[arg-type]


def _shown(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append(["序号", "完成率", "时限", "数量"])
    sheet.append([1, 0.77, dt.date(2025, 12, 31), 2.0])
    sheet["B2"].number_format = "0%"
    sheet["C2"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["A3"], sheet["A3"].font = "牵头", Font(bold=True)
    sheet.merge_cells("A3:A4")
    sheet["B4"] = "多行\n文字"


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_formats_merges_and_weights_in_all_workbooks(suffix: str) -> None:
    data = workbook(_shown)
    document = read_here(data if suffix == "xlsx" else convert(data, ".xlsx", suffix), f"a.{suffix}")
    table = tables_of(document)[0]
    assert document.format == suffix
    assert values(document) == {
        "表!A1": "序号", "表!B1": "完成率", "表!C1": "时限", "表!D1": "数量", "表!A2": "1", "表!B2": "77%",
        "表!C2": "2025年12月31日", "表!D2": "2", "表!A3": "牵头", "表!B4": "多行\n文字",
    }  # fmt: skip
    lead = next(cell for cell in table.cells if cell.text == "牵头")
    assert (lead.row_span, len(lead.bold), lead.page) == (2, 1, 1)


def _hidden(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    for row in (["序号", "任务", "内部"], [1, "甲", "密"], [2, "乙", "密"], [3, "丙", "密"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    other = book.create_sheet("草稿")
    other["A1"] = "草"
    other.sheet_state = "hidden"
    second = book.create_sheet("第二张")
    second["B2"] = "二"


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_hidden_sheets_rows_and_columns_are_left_out_with_a_note(suffix: str) -> None:
    data = workbook(_hidden)
    document = read_here(data if suffix == "xlsx" else convert(data, ".xlsx", suffix), f"a.{suffix}")
    assert list(values(document).values()) == ["序号", "任务", "1", "甲", "3", "丙", "二"]
    assert [table.name for table in tables_of(document)] == ["表", "第二张"]
    assert document.notes == (
        "工作表“表”隐藏的第3行、C列没有读取；如需要，请取消隐藏后再导入",
        "工作表“草稿”是隐藏的，没有读取",
    )


def test_a_formula_without_a_stored_result_is_told() -> None:
    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.append(["序号", "任务"])
        sheet.append(["=ROW()-1", "甲"])

    document = read_here(workbook(fill), "a.xlsx")
    assert document.notes == ("表!A2是公式而文件里没有存下结果，读作空白；请用办公软件打开后保存一次再导入",)


def test_what_a_merged_cell_covers_is_not_read() -> None:
    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.append(["甲", "盖住", "丙"])

    data = workbook(fill)

    with zipfile.ZipFile(io.BytesIO(data)) as old:
        part = old.read("xl/worksheets/sheet1.xml")
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    merged = package({"xl/worksheets/sheet1.xml": part.replace(b"</sheetData>", merge)}, of=data)
    document = read_here(merged, "a.xlsx")
    assert list(values(document).values()) == ["甲", "丙"]
    assert document.notes == ("表!B1 被合并单元格盖住的内容没有读取",)


def test_dates_named_by_number_alone_are_chinese_dates() -> None:

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.append(["时限", 45838])
        sheet["B1"].number_format = "0.0"

    data = workbook(fill)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        styles = old.read("xl/styles.xml")
    document = read_here(
        package({"xl/styles.xml": styles.replace(b'<xf numFmtId="164"', b'<xf numFmtId="57"')}, of=data),
        "a.xlsx",
    )
    assert values(document)["表!B1"] == "2025年6月"


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
def test_the_separator_of_a_delimited_file_is_found(separator: str) -> None:
    rows = [["序号", "任务", "单位"], ["1", "修路", "区住建局"], ["2", "种树", "区园林局"]]
    text = "\r\n".join(separator.join(row) for row in rows)
    document = read_here(text.encode("gb18030"), "a.csv")
    assert [cell.text for cell in tables_of(document)[0].cells] == [text for row in rows for text in row]
    assert document.notes == ("文件没有声明编码，按 GB18030 读取",)


def test_quoted_breaks_quotes_and_separators_stay_in_their_cell() -> None:
    document = read_here('sep=;\n序号;任务\n1;"第一行\n第二""行"";尾"\n'.encode(), "a.csv")
    cells = tables_of(document)[0].cells
    assert [cell.text for cell in cells] == ["序号", "任务", "1", '第一行\n第二"行";尾']
    assert [str(cell.where) for cell in cells][2:] == ["第3行第1列", "第3行第2列"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "只有一列\n第二行\n",
            "a.csv: 找不到分隔符：整份文件只有一列。请用办公软件打开原表，另存为 xlsx 后再导入",
        ),
        (
            '序号,任务\n1,"没有闭合' + "字" * 140_000,
            "a.csv:2: 从这一行起引号没有闭合，分不出单元格。请补上引号后再导入",
        ),
    ],
)
def test_delimited_files_that_cannot_be_parted_are_refused(text: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_here(text.encode(), "a.csv")
    assert str(caught.value) == message


def _look(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append(["序号", "任务"])
    sheet.append(["ü", CellRichText("完成5000", TextBlock(InlineFont(vertAlign="superscript"), "1"), "个")])
    sheet["A2"].font = Font(name="Wingdings")
    sheet.append([CellRichText(TextBlock(InlineFont(rFont="Symbol"), "\uf0b3"), "95%"), "上_x000D_\n下"])


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_symbol_fonts_raised_digits_and_escaped_returns_are_read_as_shown(suffix: str) -> None:
    data = workbook(_look)
    data = data if suffix == "xlsx" else convert(data, ".xlsx", suffix)
    assert values(read_here(data, f"a.{suffix}")) == {
        "表!A1": "序号", "表!B1": "任务", "表!A2": "✓", "表!B2": "完成5000¹个",
        "表!A3": "≥95%", "表!B3": "上\n下",
    }  # fmt: skip


def _margins(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append(["序号", "任务"])
    head, foot = sheet.oddHeader, sheet.oddFooter
    assert head is not None
    assert foot is not None
    head.center.text = '&"宋体,Bold"&14 2025年任务 A&&B'
    head.right.text = "单位：万元"
    foot.center.text = "第 &P 页 共 &N 页"


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_page_headers_are_read_unless_they_only_count_pages(suffix: str) -> None:
    data = workbook(_margins)
    data = data if suffix == "xlsx" else convert(data, ".xlsx", suffix)
    blocks = read_here(data, f"a.{suffix}").blocks
    found = [(block.text, str(block.where)) for block in blocks if isinstance(block, Paragraph)]
    assert found == [("2025年任务 A&B\n单位：万元", "表 页眉")]


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_BOX = f"""<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main"><xdr:twoCellAnchor>
<xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>
<xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>
<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="x"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/>
<a:p><a:r><a:t>单位：万元</a:t></a:r></a:p><a:p><a:r><a:t>二〇二五年</a:t></a:r></a:p></xdr:txBody></xdr:sp>
<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"""


def _commented(_: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.append(["序号", "任务"])
    sheet["A1"].comment = Comment("批注里的话", "甲")
    sheet.add_chart(BarChart())


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_text_boxes_are_read_and_comments_are_told(suffix: str) -> None:
    data = package({"xl/drawings/drawing1.xml": _BOX}, of=workbook(_commented))
    data = data if suffix == "xlsx" else convert(data, ".xlsx", suffix)
    document = read_here(data, f"a.{suffix}")
    found = [(block.text, str(block.where)) for block in document.blocks if isinstance(block, Paragraph)]
    assert found == [("单位：万元\n二〇二五年", "表 文本框")]
    assert "工作表“表”里有批注，没有读取" in document.notes


def test_a_value_whose_shown_text_is_missing_is_read_from_the_value() -> None:
    data = convert(workbook(_shown), ".xlsx", "ods")
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        content = old.read("content.xml").decode()
    bare = content.replace("<text:p>77%</text:p>", "")
    assert bare != content
    found = values(read_here(package({"content.xml": bare.encode()}, of=data), "a.ods"))
    assert found["表!B2"] in {"0.77", "0.774"}


def test_a_quote_that_never_closes_in_a_csv_file_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError) as caught:
        read_here('序号,任务,进展\n1,修路,完成\n2,"修桥,完成\n3,修渠,完成\n'.encode(), "a.csv")
    assert str(caught.value) == "a.csv:3: 从这一行起引号没有闭合，分不出单元格。请补上引号后再导入"


def test_a_quote_that_never_closes_in_a_text_file_is_a_sign_of_the_text() -> None:
    text = '序号\t任务\t进展\n1\t"修路\t完成\n2\t修桥\t完成\n'
    cells = tables_of(read_here(text.encode(), "a.txt"))[0].cells
    assert [cell.text for cell in cells] == [
        "序号",
        "任务",
        "进展",
        "1",
        '"修路',
        "完成",
        "2",
        "修桥",
        "完成",
    ]


def test_a_csv_value_written_as_a_formula_of_text_is_that_text() -> None:
    cells = tables_of(read_here('编号,任务\n="007",修路\n'.encode(), "a.csv"))[0].cells
    assert [cell.text for cell in cells] == ["编号", "任务", "007", "修路"]


@pytest.mark.parametrize(("said", "instead"), [("numFmtId", "999"), ("fontId", "77")])
def test_cells_of_a_style_that_the_file_does_not_have_are_read_plainly(said: str, instead: str) -> None:
    data = workbook(_shown)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        styles = old.read("xl/styles.xml").decode()
    broken = re.sub(rf'(<xf [^>]*{said}=")\d+"', rf'\g<1>{instead}"', styles)
    assert broken != styles
    found = values(read_here(package({"xl/styles.xml": broken.encode()}, of=data), "a.xlsx"))
    assert found["表!B2"] == {"numFmtId": "0.77", "fontId": "77%"}[said]
