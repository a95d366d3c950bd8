"""The model's own small methods. All data invented."""

from __future__ import annotations

from dataclasses import replace

from generator.model import Former, Task, Update, parse_period
from tests.builders import make_task, make_update


def told(period: str, former: Former | None = None) -> Update:
    return make_update(period, period, former=former)


def task_of(*updates: Update) -> Task:
    return make_task(
        9, "今文。", title="今名", deadline="12月底前", updates=updates, succeeded_by=("ceshi-2025-002",)
    )


def test_a_task_of_a_period_has_the_words_of_then_and_no_later_update() -> None:
    first = told("2025Q1", Former(number=1, absent=("deadline",)))
    second = told("2025H1", Former(title="旧名"))
    task = task_of(first, second, told("2025Q3"))
    then = task.at(parse_period("2025Q1"))
    assert (then.number, then.title, then.deadline, then.updates) == (1, "旧名", None, (first,))
    middle = task.at(parse_period("2025H1"))
    assert (middle.number, middle.title, middle.deadline) == (9, "旧名", "12月底前")
    assert task.at(parse_period("2025Q3")) == replace(task, succeeded_by=())


def test_the_nearest_later_wording_counts() -> None:
    task = task_of(
        told("2025Q1", Former(title="一")),
        told("2025H1", Former(title="二")),
        told("2025Q3"),
    )
    titles = [task.at(parse_period(p)).title for p in ("2025Q1", "2025H1", "2025Q3", "2025")]
    assert titles == ["一", "二", "今名", "今名"]
