"""Status of a whole task from its own words. All texts are invented."""

from __future__ import annotations

import pytest

from generator.ingest.numbers.status_words import parse_status

COMPLETED = [
    "街区改造：项目已竣工验收。",
    "已完成。",
    "已完成全年任务。",
    "全年目标任务已完成。",
    "上半年新增就业8000人，已超额完成全年目标任务。",
    "该项工作已全部完成。",
    "项目已竣工验收并投入使用。",
    "4月底已建成投用。",
    "12处社区食堂全部建成投用，任务完成。",
    "提前完成年度目标。",
    "已办结。",
    "该项目已于3月完成，已销号。",
]
UNDECIDED = [
    "一期工程已完成，二期正在施工。",
    "已完成招标。",
    "已完成年度任务的60%。",
    "完成年度计划的85%。",
    "1-6月，完成投资12亿元。",
    "甲项目：已完工。 乙项目：未开工。",
    "一是已完成选址。二是未启动招标。",
    "正在积极对接市级部门，争取资金支持。",
    "基本完成。",
    "部分完成。",
    "已完成80%。",
    "二季度任务已完成。",
    "前期手续已全部完成，正在施工。",
    "任务未完成。",
    "已制定方案，按计划推进中。",
    "未启动的2个项目已落实资金，其余3个正在施工。",
]
NOT_STARTED = [
    "示范街区创建：未启动。",
    "尚未启动。",
    "项目未开工。",
    "受资金影响，该项目暂未启动。",
    "因规划调整，今年暂不实施。",
    "待市级方案下达后启动。",
    "暂无具备供地条件地块。",
]
NO_INFORMATION = [
    None,
    "",
    "无",
    "/",
    "按计划有序推进。",
    "正常推进中",
    "持续推进。",
    "正在推进中。",
    "按序时进度推进。",
    "达到序时进度。",
    "工作有序推进中。",
]


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        ("本项任务取消，不再列入年度考核。", "本项任务取消"),
        ("终止", "终止"),
        ("因规划调整，该项目已终止。", "该项目已终止"),
        ("该项工作已移交区城管局。", "该项工作已移交区城管局"),
        ("项目暂停施工。", "项目暂停施工"),
        ("受资金影响，该工程暂停建设，待资金落实后复工。", "该工程暂停建设"),
        ("不再实施。", "不再实施"),
    ],
)
def test_a_task_that_ended_or_stopped_is_never_in_progress(progress: str, said: str) -> None:
    status = parse_status(progress)
    assert (status.value, status.quote) == ("no_information", said)


@pytest.mark.parametrize(
    ("progress", "value"),
    [
        ("已取消证明事项200项，正在清理其余事项。", "undecided"),
        ("工程已竣工验收并移交使用。", "undecided"),
        ("因雨停工3天，现已复工，正在进行主体施工。", "undecided"),
        ("取消收费项目12个，已完成全年任务。", "completed"),
    ],
)
def test_a_thing_that_is_cancelled_or_handed_over_does_not_end_the_task(progress: str, value: str) -> None:
    assert parse_status(progress).value == value


@pytest.mark.parametrize(
    ("progress", "value"),
    [
        *((text, "completed") for text in COMPLETED),
        *((text, "undecided") for text in UNDECIDED),
        *((text, "not_started") for text in NOT_STARTED),
        *((text, "no_information") for text in NO_INFORMATION),
    ],
)
def test_status(progress: str | None, value: str) -> None:
    status = parse_status(progress)
    assert status.value == value
    assert status.quote is None or status.quote in (progress or "")
    assert status.quote is not None or value in ("undecided", "no_information")


@pytest.mark.parametrize("piece", ["已", "按计划", "完成", "未启动，", "待", "，"])
def test_a_long_text_is_read(piece: str) -> None:
    assert parse_status(piece * 50_000).value == "undecided"
