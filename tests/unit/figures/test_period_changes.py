"""Changes of standing, and of what can be measured, between two periods. All data invented."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from generator.figures import (
    Change,
    ChangeSet,
    Standing,
    compare_task,
    make_change_set,
    unmeasured_targets,
)
from generator.figures.assessment import assess_task
from generator.model import (
    Actual,
    Assignment,
    Basis,
    Comparator,
    Role,
    SiteConfig,
    SourceRef,
    Status,
    StatusValue,
    Target,
    TargetKind,
    Task,
    Update,
    parse_period,
)
from tests.unit.figures.test_period_record import make_district, report_of

CONFIG = SiteConfig(title="测试", districts=("ceshi",))
BEFORE, AFTER = parse_period("2025Q1"), parse_period("2025H1")


def make_target(number: int) -> Target:
    return Target(
        id=f"t{number}",
        metric=f"公园{number}",
        value=Decimal(100),
        unit="处",
        comparator=Comparator.EQUAL,
        kind=TargetKind.COUNT,
        quote="100处",
    )


TASK = Task(
    id="ceshi-2025-001",
    number=1,
    title="建公园",
    commitment="建公园。",
    departments=(Assignment(name="区测试局", role=Role.UNSTATED),),
    targets=(make_target(1), make_target(2)),
)


def figures_of(period, progress: str | None, *values: int | None, status: str = "in_progress"):  # type: ignore[no-untyped-def]
    """The task in a period that reports these values of its targets."""
    actuals = tuple(
        Actual(target=f"t{n}", value=Decimal(v), unit="处", basis=Basis.YEAR_TO_DATE, quotes=(f"建成{v}处",))
        for n, v in enumerate(values, 1)
        if v is not None
    )
    update = Update(
        period=period,
        as_of=period.end,
        progress=progress,
        source=SourceRef(file="sources/x.txt", sha256="0" * 64, row=1),
        status=Status(value=StatusValue(status)),
        actuals=actuals,
    )
    return assess_task(replace(TASK, updates=(update,)), period, CONFIG)


def test_a_figure_that_is_no_longer_reported_changes_no_standing() -> None:
    before, after = figures_of(BEFORE, "建成40处。", 40), figures_of(AFTER, "正在建设。")
    assert (before.standing, after.standing) == (Standing.AHEAD, Standing.IN_PROGRESS)
    change = compare_task(before, after)
    assert change.changes == {Change.UNMEASURED, Change.PROGRESS}
    assert [f.target.id for f in unmeasured_targets(before, after)] == ["t1"]


def test_the_weakest_figure_left_out_is_no_improvement() -> None:
    before, after = figures_of(BEFORE, "建成10处、40处。", 10, 40), figures_of(AFTER, "建成60处。", None, 60)
    assert (before.standing, after.standing) == (Standing.BEHIND, Standing.AHEAD)
    assert Change.STANDING not in compare_task(before, after).changes


def test_a_standing_that_fell_is_told_whatever_else_was_left_out() -> None:
    before, after = figures_of(BEFORE, "建成24处、40处。", 24, 40), figures_of(AFTER, "建成30处。", None, 30)
    assert (before.standing, after.standing) == (Standing.ON_SCHEDULE, Standing.BEHIND)
    assert {Change.STANDING, Change.UNMEASURED} <= compare_task(before, after).changes


@pytest.mark.parametrize("status", ["completed", "not_started"])
def test_a_text_that_says_how_it_stands_changes_the_standing(status: str) -> None:
    after = figures_of(AFTER, "已全部办完。", status=status)
    assert Change.STANDING in compare_task(figures_of(BEFORE, "建成40处。", 40), after).changes


def test_silence_is_no_change_of_standing() -> None:
    after = figures_of(AFTER, None, status="no_information")
    change = compare_task(figures_of(BEFORE, "正在建设。"), after)
    assert change.changes == {Change.SILENT}
    assert not change.has_news


def change_set(*texts: tuple[str, str]) -> ChangeSet:
    tasks = []
    for number, (old, new) in enumerate(texts, 1):
        updates = tuple(
            Update(
                period=period,
                as_of=period.end,
                progress=text,
                source=SourceRef(file="sources/x.txt", sha256="0" * 64, row=number),
            )
            for period, text in ((BEFORE, old), (AFTER, new))
        )
        commitment = f"任务{number}。"
        tasks.append(
            Task(
                id=f"ceshi-2025-{number:03d}",
                number=number,
                title=commitment,
                commitment=commitment,
                departments=TASK.departments,
                updates=updates,
            )
        )
    report = report_of(make_district(*tasks))
    return make_change_set(report.overviews[0], report.overviews[1])


def test_the_counts_of_the_sentence_add_up() -> None:
    found = change_set(("已开工。", "已完工。"), ("已开工。", "已开工。"), ("已开工。", "前三季度，已开工。"))
    assert (found.news, found.only_repeated) == (1, 2)
    assert found.news + found.only_repeated == len(found.after.tasks)
