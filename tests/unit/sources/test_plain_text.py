"""Plain text keeps every visible character, whatever is drawn in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base.errors import SourceError
from generator.sources.document import Document, Paragraph
from generator.sources.text.markdown_marks import parse_marks
from generator.sources.text.plain_text import read_text
from generator.sources.text.text_lines import visible

_ALPHABET = st.sampled_from('一二任务责任单位进展12 \t|｜│─┼-,\n\n、。　*#"“')
_TEXT = st.text(_ALPHABET, max_size=200)
_CELL = st.text(st.sampled_from("新建公园3处区城管局，。 "), min_size=1, max_size=12).filter(str.strip)


def _kept(document: Document) -> int:
    texts = [
        text
        for block in document.blocks
        for text in ([block.text] if isinstance(block, Paragraph) else [c.text for c in block.cells])
    ]
    return sum(map(visible, texts))


@settings(max_examples=300, deadline=None)
@given(_TEXT, st.sampled_from(["x.txt", "x.md"]))
def test_every_visible_character_stands_in_a_block_or_is_a_separator(text: str, name: str) -> None:
    document = read_text(text.encode(), name)
    assert _kept(document) + document.separators == visible(text)


@settings(max_examples=300, deadline=None)
@given(_TEXT)
def test_cells_tile_their_table(text: str) -> None:
    for block in read_text(text.encode(), "x.txt").blocks:
        if not isinstance(block, Paragraph):
            places = {(c.row, c.column) for c in block.cells}
            assert len(places) == len(block.cells) == block.rows * block.columns


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=2, max_size=6), st.booleans())
def test_piped_cells_come_back_in_order(rows: list[list[str]], opened: bool) -> None:
    lines = [("| " if opened else "") + " | ".join(row) + " |" for row in [["甲", "乙", "丙"], *rows]]
    (table,) = read_text("\n".join(lines).encode(), "x.txt").blocks
    assert not isinstance(table, Paragraph)
    assert [c.text for c in table.cells if c.row] == [cell.strip() for row in rows for cell in row]


def test_line_breaks_inside_cells_do_not_end_rows() -> None:
    text = "序号 | 任务 | 进展 |\n1 | 甲 |\n乙一\n乙二 |\n2 | 丙 | 丁\n|\n"
    (table,) = read_text(text.encode(), "x.txt").blocks
    assert not isinstance(table, Paragraph)
    assert [c.text for c in table.cells if c.row == 1] == ["1", "甲", "乙一\n乙二"]
    assert [c.text for c in table.cells if c.row == 2] == ["2", "丙", "丁"]


def test_cells_know_the_line_they_start_on() -> None:
    (table,) = read_text("序号 | 任务 | 进展 |\n1 | 甲 |\n乙 |\n".encode(), "x.txt").blocks
    assert not isinstance(table, Paragraph)
    assert [str(c.where) for c in table.cells if c.row == 1] == ["第2行", "第2行", "第2行"]


def test_markdown_marks_become_bold_runs_and_line_breaks() -> None:
    text, bold = parse_marks(r"**区发改局**<br>区财政局\|税务局")
    assert text == "区发改局\n区财政局|税务局"
    assert [text[s.start : s.end] for s in bold] == ["区发改局"]


def test_another_table_with_other_columns_is_a_table_of_its_own() -> None:
    text = "| 甲 | 乙 | 丙 |\n|---|---|---|\n| 1 | 2 | 3 |\n\n附件：\n\n| 丁 | 戊 |\n|---|---|\n| 4 | 5 |\n"
    blocks = read_text(text.encode(), "x.md").blocks
    assert [getattr(b, "columns", b.text if isinstance(b, Paragraph) else 0) for b in blocks] == [
        3,
        "附件：",
        2,
    ]


def test_more_lines_than_any_table_has_are_refused() -> None:
    with pytest.raises(SourceError, match="文件有 20001 行，超过上限 20000 行"):
        read_text(b"\n" * 20_000, "x.txt")
    assert read_text(("推进\n" * 19_999).encode(), "x.txt").blocks
