"""Which row is which task. All data invented."""

from __future__ import annotations

import random

from generator.ingest.update.row_matching import Known, Matching, match_rows, normal_text
from tests.builders import make_task

TEXTS = [
    "新建口袋公园6处，改造提升游园3处。",
    "新增城镇就业2万人，帮扶困难群体再就业。",
    "建设智慧停车场4个，新增停车泊位1200个，建成公共充电桩300个。",
    "办好老年助餐点10处，方便老年人就近用餐。",
    "举办文化惠民演出120场，丰富群众文化生活。",
    "整治背街小巷20条，完善照明和排水设施。",
    "改造老旧小区8个，同步加装电梯30部。",
]


def match(rows: list[str], known: list[str], decisions: dict[int, str] | None = None) -> Matching:
    tasks = [Known(task=make_task(n, text), texts=(text,)) for n, text in enumerate(known, 1)]
    return match_rows([make_task(n, text) for n, text in enumerate(rows, 1)], tasks, decisions or {})


def pairs(found: Matching) -> dict[int, int]:
    return {m.row: m.task for m in found.matches}


def test_equal_texts_are_the_same_tasks_in_any_order() -> None:
    order = list(range(len(TEXTS)))
    random.Random(3).shuffle(order)
    found = match([TEXTS[i] for i in order], TEXTS)
    assert pairs(found) == dict(enumerate(order))
    assert (found.new, found.missing, found.doubts) == ((), (), ())


def test_punctuation_and_width_do_not_count() -> None:
    assert normal_text("新增就业２万人，（含5.5％）") == normal_text("新增就业2万人,(含5.5%)")


def test_equal_texts_twice_are_told_apart_by_number() -> None:
    found = match(["做好值守。", TEXTS[0], "做好值守。"], ["做好值守。", TEXTS[0], "做好值守。"])
    assert pairs(found) == {0: 0, 1: 1, 2: 2}


def test_a_reworded_task_that_moved_with_its_neighbours() -> None:
    changed = TEXTS[4].replace("120场", "150场以上").replace("丰富", "不断丰富")
    found = match(["全新的第一项工作，推进数字乡村建设。", *TEXTS[:4], changed, *TEXTS[5:]], TEXTS)
    assert pairs(found) == {n + 1: n for n in range(7)}
    assert found.new == (0,)


def test_one_becomes_two() -> None:
    rows = ["建设智慧停车场4个，新增停车泊位1200个。", "建成公共充电桩300个，覆盖各街道。"]
    found = match([*TEXTS[:2], *rows, *TEXTS[3:]], TEXTS)
    assert pairs(found)[2] == 2
    assert [(s.rows, s.tasks) for s in found.splits] == [((3,), (2,))]


def test_two_become_one() -> None:
    merged = "整治背街小巷20条，完善照明和排水设施，改造老旧小区8个，同步加装电梯30部。"
    found = match([*TEXTS[:5], merged], TEXTS)
    assert [(s.rows, s.tasks) for s in found.merges] == [((5,), (5, 6))]
    assert found.missing == ()


def test_dropped_and_new() -> None:
    found = match([*TEXTS[:6], "新建普惠性幼儿园3所，新增学位810个。"], TEXTS)
    assert (found.missing, found.new, found.doubts) == ((6,), (6,), ())


def test_the_same_number_with_half_the_words_is_a_question() -> None:
    rows = [*TEXTS[:3], "办好老年大学分校，方便老年人就近学习。", *TEXTS[4:]]
    found = match(rows, TEXTS)
    assert [(d.row, d.candidates[0]) for d in found.doubts] == [(3, 3)]
    assert pairs(match(rows, TEXTS, {3: "ceshi-2025-004"}))[3] == 3
    assert match(rows, TEXTS, {3: "new"}).new == (3,)


def test_two_short_texts_that_differ_in_the_thing_are_not_taken_for_one() -> None:
    found = match(["新建中学3所。", *TEXTS[:5]], ["新建小学3所。", *TEXTS[:5]])
    assert 0 not in pairs(found) or found.doubts
    assert pairs(match(["新建中学3所。"], [*TEXTS, "新建小学3所。"])) == {}


def test_every_row_and_every_task_stands_in_one_place() -> None:
    rng = random.Random(7)
    for _ in range(60):
        rows = [
            rng.choice(TEXTS)[: rng.randint(5, 40)] + rng.choice(["", "。", "并做好宣传。"]) for _ in range(6)
        ]
        known = rng.sample(TEXTS, 5)
        found = match(rows, known)
        placed = [m.row for m in found.matches] + list(found.new) + [d.row for d in found.doubts]
        placed += [r for s in found.splits for r in s.rows]
        placed += [r for s in found.merges for r in s.rows if r not in pairs(found)]
        assert sorted(placed) == list(range(6))
        tasks = [m.task for m in found.matches] + list(found.missing)
        assert len(set(tasks)) == len(tasks)
