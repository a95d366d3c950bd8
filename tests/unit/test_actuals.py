"""What the written cases cannot say: departments, years, candidates and their reasons. All texts invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.ingest.actuals import read_actuals
from generator.ingest.candidates import Candidate, CandidateKind, Confidence
from generator.ingest.targets import read_targets
from generator.model import Actual, Basis, parse_period
from generator.quantities import comparable

Q2 = parse_period("2025Q2")


def _read(
    commitment: str, progress: str, *departments: str
) -> tuple[tuple[Actual, ...], tuple[Candidate, ...]]:
    targets, _ = read_targets(commitment)
    return read_actuals(targets, progress, period=Q2, commitment=commitment, departments=departments)


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
    targets, candidates = read_targets("到2027年，建成社区食堂60处。", year)
    assert (len(targets), len(candidates)) == (sure, 1 - sure)


@pytest.mark.parametrize(
    "progress", ["", " ", "\n", "新建公厕", "10座", "（" * 50, "，。；：" * 20, "第10座"]
)
def test_any_text_is_read(progress: str) -> None:
    actuals, candidates = _read("新建公厕10座，改造管网20公里，可办率达到98%，收入增长6%。", progress)
    units = {"t1": "座", "t2": "公里", "t3": "%", "t4": "%"}
    assert all(comparable(actual.unit, units[actual.target]) for actual in actuals)
    assert all(candidate.reason for candidate in candidates)
