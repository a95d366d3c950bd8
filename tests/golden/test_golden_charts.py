"""Golden specs and drawings of each kind of chart; ``--update`` rewrites them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from generator.charts import plan_charts
from generator.charts.vega_engine import bind_rows, check_rows, check_tables, compile_kind
from generator.charts.vega_specs import KINDS, make_chart, make_spec
from tests.builders import words_of
from tests.chart_cases import draw_all, make_invented_report, make_report_of_years
from tests.golden.golden_files import hold_golden

GOLDEN = Path(__file__).parent / "charts"


@pytest.mark.parametrize("variant", ["wide", "narrow"])
@pytest.mark.parametrize("kind", KINDS)
def test_spec_of_a_kind(kind: str, variant: str, request: pytest.FixtureRequest) -> None:
    spec = make_spec(kind, variant)
    text = yaml.safe_dump(spec, allow_unicode=True, default_flow_style=None, width=110)
    hold_golden(GOLDEN / f"{kind}-{variant}.yaml", text, update=request.config.getoption("--update"))


@pytest.mark.parametrize("variant", ["wide", "narrow"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_spec_holds_to_the_schema(kind: str, variant: str) -> None:
    """``to_dict`` validates; a build does without."""
    valid = make_chart(kind, variant).to_dict()
    del valid["$schema"]
    assert valid == make_spec(kind, variant)


@pytest.mark.parametrize("kind", KINDS)
def test_drawing_of_a_kind(kind: str, request: pytest.FixtureRequest) -> None:
    reports = (make_report_of_years(), make_invented_report())
    planned = [each for report in reports for each in plan_charts(report, words_of())]
    last = [r for r in planned if r.kind == kind][-1]
    chart = draw_all([last]).charts[last.key]
    head = f"<!-- {chart.key}\n{chart.title}\n{chart.subtitle}\n{chart.description}\n-->\n"
    text = head + re.sub(r">(?=<)", ">\n", chart.svg) + "\n"
    hold_golden(GOLDEN / f"{kind}.svg.txt", text, update=request.config.getoption("--update"))


def test_no_letters_of_the_site_reach_vega() -> None:
    """Vega measures text against the fonts of the machine; bytes must not depend on them."""
    for request in plan_charts(make_invented_report(), words_of()):
        for drawing in request.drawings:
            compiled = compile_kind(request.kind, drawing.variant)
            assert json.dumps(
                bind_rows(compiled, drawing, check_tables([drawing.tables])[0]), ensure_ascii=False
            ).isascii(), request.key
            assert compiled["autosize"] == "none", "letters do not move the plot"
            assert not compiled.get("legends"), "nor do they set the width of a legend"
            for axis in compiled.get("axes", []):
                look = {**compiled["config"]["axis"], **axis}
                assert (look["labelOverlap"], look["labelBound"]) == (False, False), "nor hide each other"


@pytest.mark.parametrize("fault", ["missing", "unknown", "empty"])
def test_rows_that_do_not_fit_their_dataset_are_refused(fault: str) -> None:
    row: dict[str, object] = {"share": 0.5}
    if fault == "missing":
        row = {"part": 0.5}
    if fault == "unknown":
        row["more"] = 1
    if fault == "empty":
        row["share"] = None
    assert check_rows("schedule", [{"share": 0.5}]) == [{"share": 0.5}]
    with pytest.raises(ValueError, match="schedule: "):
        check_rows("schedule", [row])
