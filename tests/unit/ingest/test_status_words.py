"""The rung of the ladder that a text puts its promise on, by its own words. All texts are invented."""

from __future__ import annotations

import pytest

from generator.ingest.numbers.status_words import propose_status
from generator.language.progress_acts import Act, find_act
from generator.model import Actual, Basis, StatusValue, Target, TargetKind
from tests.builders import make_actual, make_target

PROMISE = "推进示范街区、虚构书房建设，新建口袋公园5处。"

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
    "取消收费项目12个，已完成全年任务。",
]
PARTLY_DONE = [
    "虚构书房已正式开放，示范街区正在装修。",
    "已建成口袋公园2处，另有1处完成选址。",
    "示范街区：正在办理手续。虚构书房：6月底建成投用。",
]
UNDER_WAY = [
    "一期工程正在施工，二期已完成招标。",
    "1-6月，完成投资12亿元。",
    "示范街区主体已封顶，正在安装设备。",
    "未启动的2个项目已落实资金，其余3个正在施工。",
    "前期手续已全部完成，正在施工。",
    "因雨停工3天，现已复工，正在进行主体施工。",
    "教学楼已完工，计划9月竣工。",
]
PREPARED = [
    "已完成招标。",
    "一是已完成选址。二是未启动招标。",
    "正在积极对接市级部门，争取资金支持。",
    "已制定方案，按计划推进中。",
    "召开推进会2次，完成施工图设计，施工许可正在办理手续。",
    "前期手续已全部完成。",
    "组织35家企业申报，审核通过后开工建设。",
]
INTENT = [
    "按计划有序推进。",
    "正常推进中",
    "持续推进。",
    "达到序时进度。",
    "积极筹集口袋公园建设资金，不断加大工作力度。",
    "鼓励街区提升品质，持续推动机制扩围增效。",
]
NOT_STARTED = ["示范街区创建：未启动。", "尚未启动。", "项目未开工。", "受资金影响，该项目暂未启动。"]
BLOCKED = ["待市级方案下达后启动。", "暂无具备供地条件地块。", "二季度无符合条件地块。"]
SUSPENDED = ["项目暂停施工。", "受资金影响，该工程暂停建设，待资金落实后复工。", "因规划调整，今年暂不实施。"]
ENDED = [
    "本项任务取消，不再列入年度考核。",
    "终止",
    "因规划调整，该项目已终止。",
    "该项工作已移交区城管局。",
    "不再实施。",
]
NO_INFORMATION = [None, "", "无", "/"]
ASKED = [
    "已取消证明事项200项，正在清理其余事项。",
    "已完成年度任务的60%。",
    "基本完成。",
    "部分完成。",
    "二季度任务已完成。",
    "任务未完成。",
    "当年完成",
    "甲项目：已完工。 乙项目：未开工。",
    "虚构书房一期工程已竣工。",
    "已开工建设口袋公园3处、在建2处。",
    "工程已竣工验收并移交使用。",
]
_RUNGS: dict[StatusValue, list[str | None]] = {
    StatusValue[name]: globals()[name]
    for name in (
        *("COMPLETED", "PARTLY_DONE", "UNDER_WAY", "PREPARED", "INTENT"),
        *("NOT_STARTED", "BLOCKED", "SUSPENDED", "ENDED", "NO_INFORMATION"),
    )
}


def _parks() -> tuple[Target, ...]:
    return (make_target("5", "处", metric="新建口袋公园"),)


@pytest.mark.parametrize(("value", "progress"), [(v, text) for v, texts in _RUNGS.items() for text in texts])
def test_a_rung_is_published_with_the_words_that_say_so(value: StatusValue, progress: str | None) -> None:
    status = propose_status(PROMISE, progress, _parks()).status
    assert status.value is value
    assert status.quote is None or status.quote in (progress or "")
    assert status.quote is not None or value is StatusValue.NO_INFORMATION


@pytest.mark.parametrize("progress", ASKED)
def test_what_is_not_sure_is_proposed_and_not_published(progress: str) -> None:
    found = propose_status(PROMISE, progress, _parks())
    assert not found.is_sure
    assert found.status.value is StatusValue.UNDECIDED


def _answered(value: int, basis: Basis = Basis.YEAR_TO_DATE) -> Actual:
    return make_actual(value, "处", f"建成{value}处", basis=basis)


@pytest.mark.parametrize(
    ("promise", "actual", "value", "is_sure"),
    [
        ("新建口袋公园5处。", _answered(2), StatusValue.PARTLY_DONE, True),
        ("新建口袋公园5处。", _answered(1, Basis.QUARTER), StatusValue.PARTLY_DONE, True),
        ("新建口袋公园5处。", _answered(5), StatusValue.COMPLETED, True),
        ("新建口袋公园5处，提升绿化水平。", _answered(6), StatusValue.COMPLETED, False),
    ],
)
def test_a_reported_number_of_the_promise_decides(
    promise: str, actual: Actual, value: StatusValue, is_sure: bool
) -> None:
    target = make_target("5", "处", metric="新建口袋公园", quote="新建口袋公园5处")
    found = propose_status(promise, f"{actual.quotes[0]}。", (target,), (actual,))
    assert (found.value, found.quote, found.is_sure) == (value, actual.quotes[0], is_sure)


def test_a_rate_is_under_way_all_year() -> None:
    target = make_target("5", "%", TargetKind.GROWTH, metric="财政收入")
    actual = make_actual("6", "%", "同比增长6%", basis=Basis.GROWTH)
    found = propose_status("财政收入增长5%。", "财政收入同比增长6%。", (target,), (actual,))
    assert (found.value, found.is_sure) == (StatusValue.UNDER_WAY, True)


def test_a_deed_for_something_else_is_asked() -> None:
    progress = "组织退役军人参观，慰问演出6场。" + "二季度共处置城管投诉90件。" * 5
    found = propose_status("提升改造农村供水管网。", progress)
    assert (found.value, found.is_sure) == (StatusValue.UNDER_WAY, False)


@pytest.mark.parametrize(
    ("clause", "act"),
    [
        ("累计开工小区191个", Act.DEED),
        ("已完成选址", Act.BEFORE),
        ("完成安装点位勘察论证", Act.BEFORE),
        ("第二处公园已建成开放", Act.FINISHED),
        ("教学楼完工", Act.DEED),
        ("图纸已全部完成", Act.BEFORE),
        ("计划8月份完工", Act.AHEAD),
        ("已施工3公里预计8月完工", Act.DEED),
        ("推进街区拆迁", Act.INTENT),
        ("推进街区拆迁12户", Act.DEED),
        ("因规划调整", Act.NOTHING),
        ("对接企业12家", Act.VAGUE),
        ("项目未开工", Act.NOT_BEGUN),
        ("资金尚未落实", Act.MISSING),
    ],
)
def test_a_clause_is_the_furthest_of_its_acts_by_its_last_word(clause: str, act: Act) -> None:
    assert find_act(clause) is act


@pytest.mark.parametrize("piece", ["已", "按计划", "完成", "未启动，", "待", "，", "施工3处，"])
def test_a_long_text_is_read(piece: str) -> None:
    assert propose_status(PROMISE, piece * 20_000, _parks()).value in StatusValue
