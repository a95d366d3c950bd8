"""The model's own small methods. All data invented."""

from __future__ import annotations

from dataclasses import replace

from generator.model import Former, SourceRef, Task, Update, parse_period

SOURCE = SourceRef(file="sources/x.txt", sha256="0" * 64, row=1)


def make_update(period: str, former: Former | None = None) -> Update:
    found = parse_period(period)
    return Update(period=found, as_of=found.end, progress=period, source=SOURCE, former=former)


def make_task(*updates: Update) -> Task:
    return Task(
        id="ceshi-2025-001",
        number=9,
        title="今名",
        commitment="今文。",
        departments=(),
        deadline="12月底前",
        updates=updates,
        succeeded_by=("ceshi-2025-002",),
    )


def test_a_task_of_a_period_has_the_words_of_then_and_no_later_update() -> None:
    first = make_update("2025Q1", Former(number=1, absent=("deadline",)))
    second = make_update("2025H1", Former(title="旧名"))
    task = make_task(first, second, make_update("2025Q3"))
    then = task.at(parse_period("2025Q1"))
    assert (then.number, then.title, then.deadline, then.updates) == (1, "旧名", None, (first,))
    middle = task.at(parse_period("2025H1"))
    assert (middle.number, middle.title, middle.deadline) == (9, "旧名", "12月底前")
    assert task.at(parse_period("2025Q3")) == replace(task, succeeded_by=())


def test_the_nearest_later_wording_counts() -> None:
    task = make_task(
        make_update("2025Q1", Former(title="一")),
        make_update("2025H1", Former(title="二")),
        make_update("2025Q3"),
    )
    titles = [task.at(parse_period(p)).title for p in ("2025Q1", "2025H1", "2025Q3", "2025")]
    assert titles == ["一", "二", "今名", "今名"]
