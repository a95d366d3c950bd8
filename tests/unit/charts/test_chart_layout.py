"""Whatever the names and numbers: labels stay in the view and keep apart, as wide as fonts can make them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.charts import Chart, plan_charts
from generator.charts.text_width import text_width
from generator.figures import make_report
from generator.model import (
    Basis,
    Comparator,
    District,
    Role,
    Site,
    SiteConfig,
    StatusValue,
    Target,
    TargetKind,
    Task,
)
from tests.builders import make_actual, make_department, make_target, make_task, make_update, words_of
from tests.chart_cases import draw_all

SHARE_LEFT = {"start": 0.0, "middle": 0.5, "end": 1.0}
NAME = st.text(
    alphabet="虚构局和街道办事处（）“”、，0123456789ABCwm %新增改造项目", min_size=1, max_size=60
).filter(lambda text: text.strip())
NUMBER = st.decimals(min_value=Decimal(0), max_value=Decimal(10) ** 9, places=2) | st.integers(0, 500).map(
    Decimal
)
UNIT = st.sampled_from(
    ["个", "家", "万人", "亿元", "万平方米", "公里", "%", "个百分点", "亩", "吨标准煤", ""]
)
KINDS = st.sampled_from(list(TargetKind))
BASES = st.sampled_from(
    [Basis.YEAR_TO_DATE, Basis.STOCK, Basis.GROWTH, Basis.LEVEL, Basis.QUARTER, Basis.SUM]
)
PERIODS = ("2025Q1", "2025Q2", "2025Q3", "2025")
BODIES = 5


@st.composite
def targets(draw: st.DrawFn) -> tuple[Target, list[tuple[Decimal, Basis] | None]]:
    comparator = draw(st.sampled_from(list(Comparator)))
    name, number, unit, kind = draw(NAME), draw(NUMBER), draw(UNIT), draw(KINDS)
    target = make_target(number, unit, kind, quote="虚构", metric=name, comparator=comparator)
    return target, draw(st.lists(st.none() | st.tuples(NUMBER, BASES), min_size=4, max_size=4))


@st.composite
def tasks(draw: st.DrawFn, district: str, number: int, names: list[str]) -> Task:
    target, reported = draw(st.none() | targets()) or (make_target(), [None] * len(PERIODS))
    who = draw(st.lists(st.integers(0, BODIES - 1), unique=True, max_size=BODIES))
    role, printed = draw(st.sampled_from(list(Role))), st.sampled_from(["一(12)", "128", "（三）"])
    task = make_task(
        number,
        "虚构",
        district=district,
        title=draw(NAME),
        departments={names[i]: role for i in who},
        targets=[target] if any(reported) or draw(st.booleans()) else (),
        updates=[
            make_update(
                period,
                actuals=[make_actual(found[0], target.unit, "虚构", basis=found[1])] if found else (),
                status=draw(st.sampled_from(list(StatusValue))),
            )
            for period, found in zip(PERIODS, reported, strict=True)
        ],
    )
    return replace(task, number_printed=draw(st.none() | printed))


@st.composite
def sites(draw: st.DrawFn) -> Site:
    districts = []
    for name in ("jia", "yi"):
        names = [f"{draw(NAME)}{i}" for i in range(BODIES)]
        count = draw(st.integers(0, 6))
        districts.append(
            District(
                id=name,
                name=draw(NAME),
                departments=tuple(make_department(n, f"b{i}") for i, n in enumerate(names)),
                tasks=tuple(draw(tasks(name, number, names)) for number in range(1, count + 1)),
            )
        )
    config = SiteConfig(title="虚构", districts=("jia", "yi"))
    return Site(config=config, districts=tuple(districts))


def label_boxes(svg: ET.Element) -> list[tuple[str, float, float, float, float]]:
    """Text, left, top, right and bottom of every line that was written, by estimate."""
    boxes = []
    for text in svg.iter("text"):
        size, base = float(text.get("font-size", "")), float(text.get("y", ""))
        for line in (text, *text):
            base += float(line.get("dy", "0"))
            width = text_width(line.text or "", size)
            left = float(line.get("x", "")) - SHARE_LEFT[text.get("text-anchor", "start")] * width
            boxes.append((line.text or "", left, base - 0.8 * size, left + width, base + 0.1 * size))
    return boxes


def check_layout(chart: Chart) -> None:
    for svg in ET.fromstring(f"<all>{chart.svg}</all>"):
        width, height = (float(side) for side in svg.get("viewBox", "").split()[2:])
        boxes = label_boxes(svg)
        for line, left, top, right, bottom in boxes:
            inside = left >= -0.5 and right <= width + 0.5 and top >= -1 and bottom <= height + 1
            assert inside, (chart.key, width, line, left, top, right, bottom, height)
        for i, (line, left, top, right, bottom) in enumerate(boxes):
            for other, left2, top2, right2, bottom2 in boxes[i + 1 :]:
                apart = (
                    right <= left2 + 0.5
                    or right2 <= left + 0.5
                    or bottom <= top2 + 0.5
                    or bottom2 <= top + 0.5
                )
                assert apart, (chart.key, width, line, other)
        for hit in svg.iterfind(".//{*}g[@class='hits']//{*}rect"):
            x, y, wide, high = (float(hit.get(name, "")) for name in ("x", "y", "width", "height"))
            assert min(wide, high) >= 24, (chart.key, width, hit.attrib)
            assert x >= 0
            assert y >= -0.5
            assert x + wide <= width + 0.5


@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(sites(), st.sampled_from(["zh-CN", "en"]))
def test_labels_of_every_chart_keep_apart_and_inside(site: Site, language: str) -> None:
    for chart in draw_all(plan_charts(make_report(site), words_of(language))).charts.values():
        check_layout(chart)
