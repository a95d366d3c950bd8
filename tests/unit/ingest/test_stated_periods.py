"""The period that a table names itself. All data invented."""

from __future__ import annotations

from generator.ingest.layout.stated_periods import check_period
from generator.model import parse_period


def test_a_title_of_another_period_is_told() -> None:
    period = parse_period("2025Q3")
    assert not check_period("2025年三季度重点任务", period, ())
    assert not check_period("2025年1-9月重点任务", period, ())
    assert check_period("2025年上半年重点任务", period, ())
    assert check_period("2024年三季度重点任务", period, ())
