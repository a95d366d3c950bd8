"""Announcements of next steps: what is read of them, and what the next table is found to say of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from generator.figures import find_planned_steps, judge_steps
from generator.ingest.numbers import propose_status
from generator.model import DecidedBy, StepDecision, StepOutcome, Task, parse_period
from tests.builders import make_task, make_update
from tests.paths import ROOT

Q2, Q3 = "2025Q2", "2025Q3"
CASES = ROOT / "tests" / "cases"


@pytest.mark.parametrize(
    ("text", "words", "day", "counts"),
    [
        ("争取7月底前完成土地性质调整,取得条件后挂牌。", "争取7月底前完成土地性质调整", (7, 31), []),
        (
            "9月底前,在完成清单的基础上,落实100个场景",
            "9月底前,在完成清单的基础上,落实100个场景",
            (9, 30),
            [100],
        ),
        ("一是新建公园2处:后魏园计划7月底建成。", "后魏园计划7月底建成", (7, 31), []),
        ("推进剩余2处共建花园建设,计划7月初开工。", "计划7月初开工", (7, 10), []),
        ("力争三季度完成21个村的市级验收。", "力争三季度完成21个村的市级验收", (9, 30), [21]),
        ("争取2025年底前园区初具规模。", "争取2025年底前园区初具规模", (12, 31), []),
        ("储备目标客户3家;持续跟进。", "储备目标客户3家", None, [3]),
    ],
)
def test_a_day_and_a_number_are_read_with_their_words(
    text: str, words: str, day: tuple[int, int] | None, counts: list[int]
) -> None:
    (step,) = find_planned_steps(text, 2025)
    assert step.words == words == text[step.start : step.end]
    assert (step.due.last_day if step.due else None) == (dt.date(2025, *day) if day else None)
    assert [int(m.quantity.value) for m in step.counts] == counts


@pytest.mark.parametrize(
    "text",
    [
        None,
        "加快推进项目建设，督导10处长者食堂提升改造工期。",
        "对13处黑臭水体进行监督，谋划一批特色园区项目。",
        "上半年工作基础上继续抓好帮扶。",
        "待今年8月份市医保局下达2026年指标任务后，即开展工作。",
        "截至6月底已完成投资3亿元。",
        "继续做好1-6月数据上报，联合10余家企业推出活动。",
    ],
)
def test_what_announces_no_day_and_no_number(text: str | None) -> None:
    assert find_planned_steps(text, 2025) == ()


def make_pair(step: str, progress: str, following: str) -> Task:
    status = propose_status("任务。", progress).status
    before = replace(make_update(Q2, "正在推进。"), next_steps=step)
    after = replace(make_update(Q3, progress), next_steps=following, status=status)
    return make_task(1, updates=(before, after))


def cases(name: str, columns: int) -> list[tuple[str, ...]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" | ")) for line in lines if line.count(" | ") == columns - 1 and line[0] != "O"]


AGREED = cases("step_outcomes.md", 6)
"""Of these every outcome was found by two readers, who then agreed."""
HARD = cases("step_outcomes_hard.md", 4)


def outcome_of(task: Task) -> str:
    """The outcome's code, ``waiting``, or ``unsure`` where a person is asked."""
    found = [result for result in judge_steps(task) if result.said == parse_period(Q2)]
    if not found or found[0].judged is None:
        return "waiting"
    return found[0].outcome.value if found[0].outcome else "unsure"


def test_two_readers_found_much_the_same() -> None:
    assert len(AGREED) >= 100
    assert sum(row[3] == row[4] for row in AGREED) >= 0.95 * len(AGREED)
    assert all(row[5] in row[3:5] for row in AGREED)


@pytest.mark.parametrize(("rows", "share"), [(AGREED, 0.75), (HARD, 0.2)], ids=["agreed", "hard"])
def test_what_is_said_without_a_person_is_what_a_reader_says(
    rows: list[tuple[str, ...]], share: float
) -> None:
    """``share``: so much at least is said; the words of the hard ones often decide nothing."""
    told = [(outcome_of(make_pair(*row[:3])), row) for row in rows]
    sure = [(found, row) for found, row in told if found != "unsure"]
    wrong = [(found, *row) for found, row in sure if found != row[-1]]
    assert len(sure) >= share * len(rows)
    assert len(wrong) <= 0.03 * len(sure), wrong


def test_the_words_that_say_so_are_of_the_later_table() -> None:
    for step, progress, following, *_ in (*AGREED, *HARD):
        for result in judge_steps(make_pair(step, progress, following)):
            assert result.step.words in f"{step}\n{following}"
            assert result.quote in f"{progress}\n{following}"


def test_a_number_of_the_whole_year_is_not_late_before_it_ends() -> None:
    (result,) = judge_steps(make_pair("力争全年储备优质项目40个以上。", "已储备优质项目28个。", "继续储备。"))
    assert (result.judged, result.step.due and result.step.due.last_day) == (None, dt.date(2025, 12, 31))


@pytest.mark.parametrize("before", ["已储备目标客户20家。", "正在推进。"])
def test_what_was_reported_before_the_announcement_does_not_keep_it(before: str) -> None:
    task = make_pair("储备目标客户3家。", "已储备目标客户21家。", "")
    first, last = task.updates
    told = outcome_of(replace(task, updates=(replace(first, progress=before), last)))
    assert told == ("unsure" if "20" in before else "kept")


def test_a_person_has_the_last_word() -> None:
    task = make_pair("8月底前出台实施方案。", "实施方案已报区政府审定。", "")
    assert outcome_of(task) == "unsure"
    decision = StepDecision(
        step="8月底前出台实施方案",
        outcome=StepOutcome.PARTLY,
        quote="实施方案已报区政府审定",
        by=DecidedBy.EDITOR,
    )
    first, last = task.updates
    decided = replace(task, updates=(first, replace(last, outcomes=(decision,))))
    (result,) = judge_steps(decided)
    assert (result.outcome, result.quote, result.by) == (StepOutcome.PARTLY, decision.quote, DecidedBy.EDITOR)


def test_an_announcement_made_again_before_its_day_counts_once() -> None:
    first = replace(make_update("2025Q1", "正在选址。"), next_steps="9月底前主体封顶。")
    again = replace(make_update(Q2, "正在施工。"), next_steps="9月底前主体封顶。")
    last = make_update(Q3, "主体已封顶。")
    (result,) = judge_steps(make_task(1, updates=(first, again, last)))
    assert (str(result.said), result.outcome) == (Q2, StepOutcome.KEPT)


def test_without_a_newer_table_nothing_is_said() -> None:
    only = replace(make_update(Q2, "正在施工。"), next_steps="7月底前完工。")
    (result,) = judge_steps(make_task(1, updates=(only,)))
    assert (result.judged, result.outcome, result.proposal) == (None, None, None)
