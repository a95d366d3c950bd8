"""Golden specs and drawings of each kind of chart; ``--update`` rewrites them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.charts import draw_charts, make_theme, plan_charts
from generator.charts.chart_specs import KINDS, make_chart, make_spec
from tests.builders import words_of
from tests.chart_cases import MemoryCache, make_invented_report
from tests.golden.golden_files import hold_golden

GOLDEN = Path(__file__).parent / "charts"
THEME = make_theme()


@pytest.mark.parametrize("variant", ["wide", "narrow"])
@pytest.mark.parametrize("kind", KINDS)
def test_spec_of_a_kind(kind: str, variant: str, request: pytest.FixtureRequest) -> None:
    spec = make_spec(kind, variant, THEME.colours)
    text = json.dumps(spec, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    hold_golden(GOLDEN / f"{kind}-{variant}.json", text, update=request.config.getoption("--update"))


@pytest.mark.parametrize("variant", ["wide", "narrow"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_spec_holds_to_the_schema(kind: str, variant: str) -> None:
    """``to_dict`` validates; a build does without."""
    valid = make_chart(kind, variant, THEME.colours).to_dict()
    del valid["$schema"]
    assert valid == make_spec(kind, variant, THEME.colours)


@pytest.mark.parametrize("kind", KINDS)
def test_drawing_of_a_kind(kind: str, request: pytest.FixtureRequest) -> None:
    planned = plan_charts(make_invented_report(), words_of(), THEME)
    last = [r for r in planned if r.kind == kind][-1]
    chart = draw_charts([last], THEME, cache=MemoryCache())[last.key]
    head = f"<!-- {chart.key}\n{chart.title}\n{chart.subtitle}\n{chart.description}\n-->\n"
    text = head + re.sub(r">(?=<)", ">\n", chart.svg) + "\n"
    hold_golden(GOLDEN / f"{kind}.svg.txt", text, update=request.config.getoption("--update"))


def test_no_spec_measures_letters() -> None:
    """Vega measures text against the fonts of the machine; bytes must not depend on them."""
    for kind in KINDS:
        assert '"text"' not in json.dumps(make_spec(kind, "wide", THEME.colours)), kind
