"""What the written cases cannot say: departments, years, candidates and their reasons. All texts invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.ingest.numbers.candidates import Candidate, CandidateKind, Confidence
from generator.ingest.numbers.promised_targets import parse_targets
from generator.ingest.numbers.reported_actuals import parse_actuals
from generator.language.quantities import comparable
from generator.model import Actual, Basis, parse_period

Q2 = parse_period("2025Q2")


def _read(
    commitment: str, progress: str, *departments: str
) -> tuple[tuple[Actual, ...], tuple[Candidate, ...]]:
    targets, _ = parse_targets(commitment)
    return parse_actuals(targets, progress, period=Q2, commitment=commitment, departments=departments)


def test_parts_without_a_total_are_proposed_as_a_sum() -> None:
    actuals, candidates = _read("培训农民3000人。", "甲镇培训农民600人。乙镇培训农民450人。")
    assert actuals == ()
    (total,) = [c for c in candidates if isinstance(c.proposal, Actual) and c.proposal.basis is Basis.SUM]
    assert total.proposal.value == 1050
    assert total.quotes == ("甲镇培训农民600人", "乙镇培训农民450人")
    assert total.confidence is Confidence.UNSURE
    assert total.kind is CandidateKind.ACTUAL


@pytest.mark.parametrize(
    ("bodies", "published"), [(("区发改局", "区商务局"), False), (("市发改局", "市商务局"), True), ((), True)]
)
def test_a_figure_of_the_city_is_not_the_districts(bodies: tuple[str, ...], published: bool) -> None:
    actuals, candidates = _read("固定资产投资增长8%。", "全市固定资产投资增长9.5%。", *bodies)
    assert bool(actuals) is published
    assert published or "全市" in candidates[0].reason


def test_a_near_miss_is_proposed_with_its_reason() -> None:
    actuals, (candidate,) = _read("新建公厕10座。", "已开工新建公厕6座。")
    assert actuals == ()
    assert "开工" in candidate.reason
    assert candidate.proposal.value == Decimal(6)


def test_a_size_gets_no_figure() -> None:
    assert _read("推进总投资120亿元的30个项目。", "30个项目完成投资42亿元。") == ((), ())


@pytest.mark.parametrize(("year", "sure"), [(2025, 0), (2027, 1), (None, 1)])
def test_a_promise_for_a_later_year_is_left_to_a_person(year: int | None, sure: int) -> None:
    targets, candidates = parse_targets("到2027年，建成社区食堂60处。", year)
    assert (len(targets), len(candidates)) == (sure, 1 - sure)


@pytest.mark.parametrize(
    "progress", ["", " ", "\n", "新建公厕", "10座", "（" * 50, "，。；：" * 20, "第10座"]
)
def test_any_text_is_read(progress: str) -> None:
    actuals, candidates = _read("新建公厕10座，改造管网20公里，可办率达到98%，收入增长6%。", progress)
    units = {"t1": "座", "t2": "公里", "t3": "%", "t4": "%"}
    assert all(comparable(actual.unit, units[actual.target]) for actual in actuals)
    assert all(candidate.reason for candidate in candidates)


INDICATORS = [
    *(
        "地区生产总值",
        "一般公共预算收入",
        "规模以上工业增加值",
        "固定资产投资",
        "民间投资",
        "社会消费品零售总额",
    ),
    *(
        "外贸进出口总额",
        "城镇居民人均可支配收入",
        "服务业增加值",
        "研发经费投入",
        "税收收入",
        "旅游收入",
        "网络零售额",
    ),
]
GROWTHS = [
    *("{}增长6.1%。", "{}同比增长6.1%。", "1-6月，{}完成12亿元，同比增长6.1%。", "上半年，全区{}增速6.1%。"),
    *("{}增幅为6.1%。", "{}12.3亿元，增长6.1%。", "一是{}同比增长6.1%。二是税源充足。"),
    "截至6月底，{}同比增长6.1%，高于全市1.2个百分点。",
]


@pytest.mark.parametrize("indicator", INDICATORS)
def test_a_growth_is_read_in_every_usual_wording(indicator: str) -> None:
    for wording in GROWTHS:
        actuals, _ = _read(f"{indicator}增长5%以上。", wording.format(indicator))
        assert [a.value for a in actuals] == [Decimal("6.1")], wording
    falling, _ = _read(f"{indicator}增长5%以上。", f"{indicator}同比下降6.1%。")
    assert falling[0].value == Decimal("-6.1")
    assert _read(f"{indicator}增长5%以上。", f"预计{indicator}增长6.1%。")[0] == ()


WORKS = [
    *(
        ("新建口袋公园", "口袋公园", "个"),
        ("改造老旧小区", "老旧小区", "个"),
        ("培育专精特新企业", "专精特新企业", "家"),
    ),
    *(
        ("新增停车泊位", "停车泊位", "个"),
        ("整治背街小巷", "背街小巷", "条"),
        ("建成高标准农田", "高标准农田", "亩"),
    ),
    *(("新建社区食堂", "社区食堂", "处"), ("引进科技企业", "科技企业", "家"), ("打通断头路", "断头路", "条")),
]
DONE = [
    *("{work}60{unit}。", "上半年{work}60{unit}。", "截至6月底，已{work}60{unit}。", "累计{work}60{unit}。"),
    *("目前，共{work}60{unit}，完成年度任务的60%。", "1—6月份，全区{work}60{unit}。"),
]
NOT_DONE = [
    *("已申报{thing}60{unit}。", "已开工{thing}60{unit}。", "计划{work}60{unit}。", "推荐{thing}60{unit}。"),
    *(
        "在建{thing}60{unit}。",
        "{thing}60{unit}正在施工。",
        "60{unit}{thing}已完成选址。",
        "60{unit}{thing}完成招标。",
    ),
    *(
        "60{unit}{thing}主体完工。",
        "摸排{thing}60{unit}。",
        "对60{unit}{thing}开展检查。",
        "2024年{work}60{unit}。",
    ),
    *("去年{work}60{unit}。", "预计{work}60{unit}。", "储备{thing}60{unit}。", "剩余60{unit}{thing}。"),
    *(
        "下半年{work}60{unit}。",
        "{work}任务60{unit}已分解。",
        "{work}60{unit}目标已下达。",
        "拟{work}60{unit}。",
    ),
    *(
        "60{unit}{thing}签订协议。",
        "走访{thing}60{unit}。",
        "启动{thing}60{unit}。",
        "围绕{work}60{unit}，制定方案。",
    ),
    *("力争年底前{work}60{unit}。", "60{unit}{thing}完成设计。", "60{unit}{thing}的前期手续已办理。"),
    *(
        "全年目标{work}60{unit}。",
        "取消{thing}60{unit}。",
        "慰问{thing}60{unit}。",
        "{thing}管理人员60{unit}。",
    ),
    *("60{unit}{thing}通过初审。", "自2022年以来，累计{work}60{unit}。", "60{unit}{thing}待验收。"),
    *("60{unit}{thing}完成土地审批。", "为60{unit}{thing}提供资金。", "60{unit}{thing}已具备开工条件。"),
]


@pytest.mark.parametrize(("work", "thing", "unit"), WORKS)
def test_what_is_done_is_read_and_what_is_not_done_is_not(work: str, thing: str, unit: str) -> None:
    commitment = f"{work}100{unit}。"
    for wording in DONE:
        actuals, _ = _read(commitment, wording.format(work=work, thing=thing, unit=unit))
        assert [a.value for a in actuals] == [60], wording
    for wording in NOT_DONE:
        assert _read(commitment, wording.format(work=work, thing=thing, unit=unit))[0] == (), wording


def test_a_heading_that_quotes_a_target_is_its_own_beside_a_namesake() -> None:
    actuals, _ = _read(
        "新建泵站2座、改造泵站2座、老街泵站2座。",
        "新建泵站2座：正在施工。新建老街泵站2座：东街泵站、西街泵站均已建成。",
    )
    targets, _ = parse_targets("新建泵站2座、改造泵站2座、老街泵站2座。")
    names = {t.id: t.quote for t in targets}
    assert [(names[a.target], a.value) for a in actuals] == [("老街泵站2座", Decimal(2))]
