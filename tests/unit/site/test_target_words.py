"""How a target and its figure are put into words. All invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.figures.assessment import assess_target
from generator.model import (
    Actual,
    Basis,
    Comparator,
    SiteConfig,
    SourceRef,
    Target,
    TargetKind,
    Task,
    Update,
    parse_period,
)
from generator.site.views.card_views import TargetView, make_target_view
from generator.wording.catalogue import make_words
from tests.paths import CATALOGUES

WORDS = make_words({f"zh-CN/{p.name}": p.read_bytes() for p in (CATALOGUES / "zh-CN").glob("*.yaml")})
PERIOD = parse_period("2025Q2")


def view_of(kind: TargetKind, metric: str, promise: str, unit: str, basis: Basis, quote: str) -> TargetView:
    target = Target(
        id="t1",
        metric=metric,
        value=Decimal(4),
        unit=unit,
        comparator=Comparator.AT_LEAST,
        kind=kind,
        quote=promise,
    )
    task = Task(
        id="a-2025-001", number=1, title=promise, commitment=promise, departments=(), targets=(target,)
    )
    update = Update(
        period=PERIOD,
        as_of=PERIOD.end,
        progress=quote,
        source=SourceRef(file="sources/x.txt", sha256="0" * 64, row=1),
        actuals=(Actual(target="t1", value=Decimal(3), unit=unit, basis=basis, quotes=(quote,)),),
    )
    config = SiteConfig(title="测试", districts=("a",))
    return make_target_view(assess_target(task, target, update, config), WORDS)


@pytest.mark.parametrize(
    ("metric", "promise", "goal"),
    [
        ("投资占比", "投资占比提高4个百分点以上", "提高4个百分点以上"),
        ("投资占比提高", "投资占比提高4个百分点以上", "4个百分点以上"),
        ("能耗", "单位能耗下降不少于4个百分点", "下降4个百分点以上"),
        ("投资占比", "投资占比4个百分点以上", "4个百分点以上"),
    ],
)
def test_a_rate_keeps_the_verb_of_its_promise(metric: str, promise: str, goal: str) -> None:
    view = view_of(TargetKind.GROWTH, metric, promise, "个百分点", Basis.GROWTH, "提高3个百分点")
    assert view.goal_text == goal


@pytest.mark.parametrize(
    ("quote", "is_forecast"),
    [
        ("预计可建成3处", True),
        ("已建成3处", False),
        ("已建成3处，预计年底建成4处", False),
        ("预计提前完工，已建成3处", False),
    ],
)
def test_an_expected_figure_is_called_so(quote: str, *, is_forecast: bool) -> None:
    view = view_of(TargetKind.COUNT, "公园", "建成公园4处", "处", Basis.YEAR_TO_DATE, quote)
    assert view.basis_word == ("预计累计" if is_forecast else "累计")
