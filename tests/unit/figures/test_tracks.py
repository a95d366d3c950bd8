"""Arithmetic is done once: what a period said of a task is one value that everybody reads. Data invented."""

from __future__ import annotations

import ast
import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import generator.figures
from generator.figures import Reason, Report, Standing
from generator.model import (
    Assignment,
    Former,
    Role,
    Target,
    Task,
    Update,
    parse_period,
)
from generator.site.data.datasets import make_tables, make_task_records
from generator.site.data.workings import make_workings
from tests.builders import (
    DEPARTMENT,
    make_actual,
    make_department,
    make_district,
    make_target,
    make_task,
    make_update,
    report_of,
    words_of,
)
from tests.paths import ROOT

WORDS = words_of()
Q1, Q2 = parse_period("2025Q1"), parse_period("2025Q2")
COMPUTERS = {"TargetFigure", "TaskFigures", "Totals", "Overview", "Track", "DistrictReport", "Report"}


def _target(value: str) -> Target:
    return make_target(value, "处", metric="新建公园")


def _update(period: str, number: str, former: Former | None = None) -> Update:
    actual = make_actual(number, "处", f"建成{number}处")
    return make_update(period, f"建成{number}处。", actuals=(actual,), former=former)


BEFORE = Former(number=7, title="新建公园10处", commitment="新建公园10处。", targets=(_target("10"),))
TASK = replace(
    make_task(
        commitment="新建公园20处。",
        targets=(_target("20"),),
        updates=(_update("2025Q1", "5", BEFORE), _update("2025Q2", "8")),
    ),
    departments=(Assignment(name=DEPARTMENT, role=Role.LEAD), Assignment(name=DEPARTMENT, role=Role.JOINT)),
)


def _report(*tasks: Task) -> Report:
    return report_of(make_district(*tasks, departments=(make_department(),)))


def test_a_period_is_judged_by_the_target_of_then() -> None:
    (district,) = _report(TASK).districts
    track = district.tracks[TASK.id]
    assert [(f.period, f.targets[0].completion) for f in track.figures] == [
        (Q1, Fraction(1, 2)),
        (Q2, Fraction(2, 5)),
    ]
    assert [f.targets[0].target.value for f in track.figures] == [10, 20]
    assert track.at(Q1) is district.overviews[0].tasks[0]
    assert track.newest is district.overviews[1].tasks[0]


def test_open_data_says_of_each_period_what_the_pages_say() -> None:
    report = _report(TASK)
    tables = {table.name: table.rows for table in make_tables(report, WORDS)}
    workings = make_workings(report, WORDS).rows
    record: Any = make_task_records(report)[0]
    shown = [o.tasks[0].targets[0] for o in report.districts[0].overviews]
    for figure, measure, update, working, data in zip(
        shown, tables["measures"], tables["updates"], workings, record["updates"], strict=True
    ):
        ratio = figure.completion
        assert ratio is not None
        assert measure["value"] == working["target_value"] == figure.target.value
        assert measure["target_quote"] == working["target_quote"] == figure.target.quote
        assert Fraction(str(measure["completion"])) == Fraction(str(update["completion"])) == ratio
        assert Fraction(str(working["completion"])) / 100 == ratio
        assert data["derived"]["completion"] == data["derived"]["targets"]["t1"]["completion"]
        assert Fraction(data["derived"]["completion"]) == ratio
        standing = figure.standing
        assert measure["standing"] == update["standing"] == working["standing"] == standing
        assert data["derived"]["standing"] == standing
    assert [row["number"] for row in tables["updates"]] == [7, 1]
    assert [row["title"] for row in tables["updates"]] == ["新建公园10处", "新建公园20处"]
    assert record["derived"]["completion"] == tables["tasks"][0]["completion"] == Decimal("0.4")


def test_a_department_that_is_named_twice_has_the_task_once() -> None:
    (load,) = _report(TASK).districts[0].overviews[0].departments
    assert (len(load.led), len(load.joined), load.totals.tasks) == (1, 0, 1)


def test_a_promise_on_which_nothing_is_reported_is_counted_as_such() -> None:
    bare = replace(TASK, updates=())
    (district,) = _report(bare).districts
    (overview,) = district.overviews
    (figure,) = overview.tasks[0].targets
    assert overview.tasks[0] is district.tracks[bare.id].newest
    assert (figure.actual, figure.completion, figure.reason) == (None, None, "no_figure")
    assert (overview.totals.targets, overview.totals.left_out[Reason.NO_FIGURE]) == (1, 1)
    assert (overview.tasks[0].schedule, overview.tasks[0].standing) == (Fraction(0), Standing.NO_INFORMATION)


def test_a_late_report_of_the_year_before_is_kept() -> None:
    late = replace(TASK, updates=(*TASK.updates, _update("2026Q1", "20")))
    (district,) = _report(late).districts
    track = district.tracks[late.id]
    assert [o.period for o in district.overviews] == [Q1, Q2]
    assert (track.newest.period, track.newest.schedule) == (parse_period("2026Q1"), Fraction(1))
    assert track.newest.update is not None
    assert track.newest.update.as_of == dt.date(2026, 3, 31)


def test_only_figures_computes_figures() -> None:
    """Nobody else imports the arithmetic or builds its results; they come with the report."""
    paths = [p for p in sorted((ROOT / "generator").rglob("*.py")) if p.parent.name != "figures"]
    assert len(paths) > 150
    faults = [
        f"{p.relative_to(ROOT)}, {fault}" for p in paths for fault in find_arithmetic(p.read_text("utf-8"))
    ]
    assert faults == [], "read it from the report's tracks and overviews instead"


def find_arithmetic(text: str) -> list[str]:
    """Imports of the modules that compute, and calls that build what they compute."""
    faults = []
    nodes = (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom | ast.Import | ast.Call))
    for node in nodes:
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        inner = ("generator.figures.assessment", "generator.figures.report")
        faults += [f"line {node.lineno}: {n}" for n in names if n.startswith(inner)]
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in COMPUTERS:
                faults.append(f"line {node.lineno}: {called}(…)")
    return faults


def test_the_rule_finds_what_it_forbids() -> None:
    assert find_arithmetic("from generator.figures.assessment import assess_task")
    assert find_arithmetic("import generator.figures.report")
    assert find_arithmetic("x = figures.TargetFigure(task_id='a')")
    assert not find_arithmetic("from generator.figures import Overview, make_report")


def test_the_doors_of_figures_lead_to_no_arithmetic_but_the_report() -> None:
    doors = {name for name in generator.figures.__all__ if name.islower()}
    assert not {n for n in doors if n.startswith("assess")}
    assert not doors & {"make_overview", "make_totals", "make_department_loads", "schedule_ratio"}
