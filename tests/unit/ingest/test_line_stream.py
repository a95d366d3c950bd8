"""Tables printed as lines, one cell a line. All data invented."""

from __future__ import annotations

from generator.ingest.layout.heading_roles import ColumnRole
from generator.ingest.layout.line_path import find_path
from generator.ingest.layout.line_stream import is_glued_heading

R = ColumnRole


def test_lines_share_a_column_where_they_have_to() -> None:
    roles = [R.NUMBER, R.TASK, R.DEPARTMENT, R.PROGRESS]
    texts = ["1", "新建公园2处", "区园林局", "区城管局", "已建成1处。", "另1处正在施工。"]
    _, path = find_path(texts, roles, counted=frozenset({0}))
    assert [column for column, _ in path] == [0, 1, 2, 2, 3, 3]


def test_glued_headings_are_seen() -> None:
    assert is_glued_heading("序号重点任务责任单位推进情况")
    assert not is_glued_heading("2025年重点任务推进情况")
    assert not is_glued_heading("责任单位")
