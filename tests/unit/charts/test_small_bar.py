"""Small bars are as long as the completion, however many stand on a page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from generator.charts import draw_small_bar
from generator.figures import TargetFigure
from generator.wording import format_percent
from tests.builders import words_of
from tests.chart_cases import make_invented_report

FIGURES = [
    figure
    for district in make_invented_report().districts
    for overview in district.overviews
    for task in overview.tasks
    for figure in task.targets
]


def picture(figure: TargetFigure) -> ET.Element:
    bar = draw_small_bar(figure, words_of())
    assert bar is not None
    return ET.fromstring(bar)


def shape(svg: ET.Element, layer: str) -> ET.Element:
    return next(group[0] for group in svg.iter("g") if group.get("class") == layer)


def width(path: ET.Element) -> float:
    match = re.fullmatch(r"M0,3h([\d.]+)v10H0Z", path.get("d", ""))
    assert match is not None, path.get("d")
    return float(match[1])


def test_a_bar_is_as_long_as_the_completion_and_capped_at_the_whole() -> None:
    measured = [figure for figure in FIGURES if figure.is_scheduled]
    assert {(f.completion or 0) > 1 for f in measured} == {True, False}
    for figure in measured:
        svg = picture(figure)
        assert width(shape(svg, "tracks")) == 240
        assert width(shape(svg, "bars")) == pytest.approx(
            min(float(figure.completion or 0), 1) * 240, abs=0.01
        )
        assert shape(svg, "bars").get("fill") == f"var(--{figure.standing})"
        tick = re.fullmatch(r"M([\d.]+),0v16", shape(svg, "ticks").get("d", ""))
        assert tick is not None
        assert float(tick[1]) == pytest.approx(float(figure.schedule) * 240, abs=0.01)


def test_a_bar_says_its_figure_in_words_and_may_stand_twice_on_a_page() -> None:
    figure, share = next((f, f.completion) for f in FIGURES if f.completion is not None and f.completion > 1)
    svg = picture(figure)
    assert format_percent(share) in (svg[0].text or ""), "the true number, above 100 % too"
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == f"{svg[0].text}; {svg[1].text}"
    assert not [element for element in svg.iter() if element.get("id")]
    assert not [element for element in svg.iter() if element.get("style")], "the strict policy forbids them"


def test_nothing_comparable_is_no_bar() -> None:
    rates = [figure for figure in FIGURES if not figure.is_scheduled]
    assert rates
    assert {draw_small_bar(figure, words_of()) for figure in rates} == {None}
