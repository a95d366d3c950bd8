"""Rows that lost a cell or gained a group. All data invented."""

from __future__ import annotations

from generator.ingest.layout.cell_alignment import fit_row
from generator.ingest.layout.heading_roles import ColumnRole

R = ColumnRole


def test_a_row_that_lost_its_number_moves_to_where_it_fits() -> None:
    roles = [R.NUMBER, R.TASK, R.DEPARTMENT, R.PROGRESS]
    cells = ["新建公园2处", "区园林局", "已建成1处。", ""]
    path, _ = fit_row(cells, roles, group=False)
    assert path[:3] == (1, 2, 3)


def test_a_group_without_a_column_stands_before_the_task() -> None:
    roles = [R.NUMBER, R.TASK, R.DEPARTMENT, R.PROGRESS]
    cells = ["城市更新", "新建公园2处、改造道路3条", "区园林局", "已建成1处。"]
    path, _ = fit_row(cells, roles, group=True)
    assert path == (4, 1, 2, 3)
