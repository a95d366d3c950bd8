"""What a heading says its column holds. All data invented."""

from __future__ import annotations

import pytest

from generator.ingest.layout.heading_roles import ColumnRole, heading_role

R = ColumnRole


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("序 号", R.NUMBER),
        ("责任单位(加黑为牵头单位)", R.DEPARTMENT),
        ("牵头责任单位", R.LEAD),
        ("协同责任单位", R.JOINT),
        ("任务目标完成情况", R.PROGRESS),
        ("目标完成情况", R.STATUS),
        ("形象进度(%)", R.COMPLETION),
        ("一季度目标", R.PLAN),
        ("下步打算", R.NEXT_STEPS),
        ("进展情况及下一步计划", R.PROGRESS),
        ("監督科室 監督電話", R.CONTACT),
        ("起止年限", R.DEADLINE),
        ("实事名称", R.GROUP),
        ("所属模块", R.GROUP),
        ("三级指标", R.TASK),
        ("督办事项", R.TASK),
        ("任务及责任单位", R.TASK),
        ("市级牵头单位", R.LEAD),
        ("配合处室", R.JOINT),
        ("责任镇街", R.DEPARTMENT),
        ("总投资（万元）", R.REMARKS),
        ("未达序时原因", R.REMARKS),
        ("下半年进展情况", R.PROGRESS),
        ("下半年工作计划", R.NEXT_STEPS),
        ("工作进展及成效", R.PROGRESS),
        ("截至9月底", R.PROGRESS),
        ("是否按时办结", R.STATUS),
        ("进展类别", R.STATUS),
        ("占全年目标（%）", R.COMPLETION),
        ("目标完成时间", R.DEADLINE),
        ("四季度工作打算", R.PLAN),
        ("新增城镇就业2万人。", None),
    ],
)
def test_headings_name_their_column(text: str, role: ColumnRole | None) -> None:
    assert heading_role(text) is role
