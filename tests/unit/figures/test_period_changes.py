"""Changes of standing, and of what can be measured, between two periods. All data invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.figures import (
    Change,
    ChangeSet,
    Standing,
    TaskFigures,
    compare_task,
    make_change_set,
    unmeasured_targets,
)
from generator.figures.assessment import assess_task
from generator.model import (
    SiteConfig,
    StatusValue,
)
from tests.builders import make_actual, make_district, make_target, make_task, make_update, report_of

CONFIG = SiteConfig(title="测试", districts=("ceshi",))
BEFORE, AFTER = "2025Q1", "2025H1"


TASK = make_task(
    commitment="建公园。",
    targets=[make_target(100, "处", name=f"t{n}", metric=f"公园{n}", quote="100处") for n in (1, 2)],
)


def figures_of(
    period: str, progress: str | None, *values: int | None, status: StatusValue = StatusValue.UNDECIDED
) -> TaskFigures:
    """The task in a period that reports these values of its targets."""
    actuals = [
        make_actual(value, "处", f"建成{value}处", target=f"t{n}")
        for n, value in enumerate(values, 1)
        if value is not None
    ]
    update = make_update(period, progress, status=status, actuals=actuals)
    return assess_task(replace(TASK, updates=(update,)), update.period, CONFIG)


def test_a_figure_that_is_no_longer_reported_changes_no_standing() -> None:
    before, after = figures_of(BEFORE, "建成40处。", 40), figures_of(AFTER, "正在建设。")
    assert (before.standing, after.standing) == (Standing.AHEAD, Standing.UNDECIDED)
    change = compare_task(before, after)
    assert change.changes == {Change.UNMEASURED, Change.PROGRESS}
    assert [f.target.id for f in unmeasured_targets(before, after)] == ["t1"]


def test_the_weakest_figure_left_out_is_no_improvement() -> None:
    before, after = figures_of(BEFORE, "建成10处、40处。", 10, 40), figures_of(AFTER, "建成60处。", None, 60)
    assert (before.standing, after.standing) == (Standing.BEHIND, Standing.AHEAD)
    assert Change.STANDING not in compare_task(before, after).changes


def test_a_standing_that_fell_is_told_whatever_else_was_left_out() -> None:
    before, after = figures_of(BEFORE, "建成24处、40处。", 24, 40), figures_of(AFTER, "建成30处。", None, 30)
    assert (before.standing, after.standing) == (Standing.NEAR_SCHEDULE, Standing.BEHIND)
    assert {Change.STANDING, Change.UNMEASURED} <= compare_task(before, after).changes


@pytest.mark.parametrize("status", [StatusValue.COMPLETED, StatusValue.NOT_STARTED])
def test_a_text_that_says_how_it_stands_changes_the_standing(status: StatusValue) -> None:
    after = figures_of(AFTER, "已全部办完。", status=status)
    assert Change.STANDING in compare_task(figures_of(BEFORE, "建成40处。", 40), after).changes


def test_silence_is_no_change_of_standing() -> None:
    after = figures_of(AFTER, None, status=StatusValue.NO_INFORMATION)
    change = compare_task(figures_of(BEFORE, "正在建设。"), after)
    assert change.changes == {Change.SILENT}
    assert not change.has_news


def change_set(*texts: tuple[str, str]) -> ChangeSet:
    tasks = [
        make_task(number, f"任务{number}。", updates=(make_update(BEFORE, old), make_update(AFTER, new)))
        for number, (old, new) in enumerate(texts, 1)
    ]
    report = report_of(make_district(*tasks)).districts[0]
    return make_change_set(report.overviews[0], report.overviews[1])


def test_the_counts_of_the_sentence_add_up() -> None:
    found = change_set(("已开工。", "已完工。"), ("已开工。", "已开工。"), ("已开工。", "前三季度，已开工。"))
    assert (found.news, found.only_repeated) == (1, 2)
    assert found.news + found.only_repeated == len(found.after.tasks)
