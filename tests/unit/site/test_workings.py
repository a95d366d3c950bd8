"""data/workings.csv says what went in, how it was worked out and what came out. All tasks are invented."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from generator.figures import Report
from generator.model import (
    Actual,
    Basis,
    Target,
    TargetKind,
)
from generator.site.data.workings import format_workings, make_workings
from generator.wording import Words
from tests.builders import (
    make_actual,
    make_district,
    make_target,
    make_task,
    make_update,
    report_of,
    words_of,
)

TARGET = make_target(2, "万人", TargetKind.AMOUNT, metric="新增就业", quote="新增就业2万人")
ACTUAL = make_actual(15501, "人", "新增就业15501人")


@pytest.fixture(params=["zh-CN", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    return words_of(request.param)


def _report(target: Target, actual: Actual | None) -> Report:
    update = make_update(progress="新增就业15501人", actuals=(actual,) if actual else ())
    return report_of(
        make_district(make_task(commitment="新增就业2万人", targets=(target,), updates=(update,)))
    )


def _row(target: Target, actual: Actual | None, words: Words) -> dict[str, object]:
    (row,) = make_workings(_report(target, actual), words).rows
    return dict(row)


def test_the_working_of_a_completion_is_complete() -> None:
    row = _row(TARGET, ACTUAL, words_of())
    assert row["formula"] == (
        "2万人 = 20000人；完成率 = 15501人 ÷ 20000人 = 77.505%；序时进度 = 50%；相差 27.505个百分点"
    )
    assert (row["completion"], row["gap_points"]) == (Decimal("77.505"), Decimal("27.505"))
    assert (row["target_base"], row["actual_base"], row["base_unit"]) == (20000, 15501, "人")


def test_a_sum_names_its_parts() -> None:
    target = replace(TARGET, value=Decimal(1), unit="亿元", kind=TargetKind.AMOUNT)
    actual = replace(
        ACTUAL,
        value=Decimal("0.6"),
        unit="亿元",
        basis=Basis.SUM,
        quotes=("获批5000万元", "获批1000万元"),
    )
    formula = _row(target, actual, words_of())["formula"]
    assert isinstance(formula, str)
    assert formula.startswith("报告值 = 5000万元 + 1000万元 = 0.6亿元")
    assert "60000000元 ÷ 100000000元 = 60%" in formula


def test_areas_of_two_families_are_divided_in_one() -> None:
    target = replace(TARGET, value=Decimal(30), unit="万平方米")
    row = _row(target, replace(ACTUAL, value=Decimal(150), unit="亩"), words_of())
    assert (row["actual_base"], row["base_unit"]) == (100000, "平方米")
    assert row["completion"] == Decimal("33.3333")


@pytest.mark.parametrize("basis", [Basis.QUARTER, None])
def test_nothing_is_worked_out_where_nothing_compares(basis: Basis | None) -> None:
    row = _row(TARGET, replace(ACTUAL, basis=basis) if basis else None, words_of())
    assert (row["formula"], row["completion"], row["standing"]) == (None, None, None)
    assert row["reason"] == ("quarter_only" if basis else "no_figure")


def test_the_file_is_read_by_spreadsheets(words: Words) -> None:
    data = format_workings(_report(replace(TARGET, metric="=1+1"), ACTUAL), words)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert row["metric"] == "'=1+1"
    assert row["completion"] == "77.505"
    assert all(row[name] for name in ("target_quote", "actual_quote", "formula"))
