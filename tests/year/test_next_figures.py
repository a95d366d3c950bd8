"""Figures of the next period: said again in the same words, rejected once, lost, fallen. All invented."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from rich.console import Console
from rich.prompt import Prompt

from generator.app.cli.review_screen import ReviewScreen
from generator.app.cli.screen import Settings
from generator.content.decisions import Decision, DecisionAction, format_decisions
from generator.content.yaml_rewrite import rewrite_task
from generator.figures import check_history
from generator.ingest.review.figure_lines import Taken
from generator.ingest.review.review_queue import apply_decisions, list_questions, make_decision
from generator.ingest.review.unreported_targets import list_notes, note_row
from generator.model import Actual, parse_period
from tests.year.test_plan import Files, district_of, make_table, plan_of, start, take_in

WATER = ("加快实施镇、街重点工程，力争投资30亿元以上。", "上半年镇、街重点工程完成投资8.6亿元。", "继续。")
SHOPS = ("新认定老字号企业20家。", "预计新认定老字号企业14家。", "继续。")
LANES = ("整治背街小巷20条。", "已整治背街小巷5条。", "继续。")
HALF = parse_period("2025H1")
Q3 = parse_period("2025Q3")


def decide(files: Files, *decisions: Decision) -> Files:
    """The site after a review."""
    district = district_of(files)
    tasks, rejections = apply_decisions(district, decisions)
    old = {t.id: t for t in district.tasks}
    changed = dict(files)
    for task in tasks:
        path = f"content/ceshi/2025/{task.id[-3:]}.yaml"
        changed[path] = rewrite_task(files[path].decode(), old[task.id], task).encode()
    if rejections:
        changed["content/ceshi/review.yaml"] = format_decisions(rejections).encode()
    return changed


def first_half() -> Files:
    files = take_in(start("ceshi"), make_table([WATER, SHOPS, LANES]), "2025H1")
    return decide(
        files,
        Decision(
            task="ceshi-2025-001",
            decision=DecisionAction.CORRECT,
            period=HALF,
            target="t1",
            value=Decimal("8.6"),
            unit="亿元",
            quotes=("上半年镇、街重点工程完成投资8.6亿元",),
        ),
    )


def figures(files: Files, number: int) -> list[tuple[str, Actual]]:
    task = district_of(files).tasks[number - 1]
    return [(str(u.period), a) for u in task.updates for a in u.actuals]


def third_quarter(water: str, shops: str, lanes: str) -> bytes:
    rows = [(WATER[0], water, "继续。"), (SHOPS[0], shops, "继续。"), (LANES[0], lanes, "继续。")]
    return make_table(rows)


def test_a_persons_figure_is_found_again_in_the_same_words() -> None:
    table = third_quarter(
        "前三季度镇、街重点工程完成投资21.4亿元。", "新认定老字号企业14家。", "已整治背街小巷12条。"
    )
    files = take_in(first_half(), table, "2025Q3")
    (_, old), (period, new) = figures(files, 1)
    assert (old.by, period, new.by) == ("editor", "2025Q3", None)
    assert (new.value, new.unit, new.basis) == (Decimal("21.4"), "亿元", old.basis)
    assert new.quotes == ("前三季度镇、街重点工程完成投资21.4亿元",)
    assert take_in(files, table, "2025Q3") == files


def test_a_rejection_of_the_same_sentence_is_not_asked_again() -> None:
    files = first_half()
    (question,) = [q for q in list_questions(district_of(files)) if q.task.id == "ceshi-2025-002"]
    rejection = make_decision(question, DecisionAction.REJECT)
    files = decide(files, rejection)
    same = take_in(files, third_quarter("无。", SHOPS[1], "已整治背街小巷12条。"), "2025Q3")
    asked = [q for q in list_questions(district_of(same)) if q.task.id == "ceshi-2025-002"]
    assert [q.period for q in asked] == [HALF, Q3]
    assert list_questions(district_of(same), (rejection,)) == ()
    other = take_in(files, third_quarter("无。", f"截至目前，{SHOPS[1]}", "已整治背街小巷12条。"), "2025Q3")
    assert [q.period for q in list_questions(district_of(other), (rejection,))] == [Q3]


def test_a_lost_figure_is_told_and_listed() -> None:
    table = third_quarter("正在抓紧施工。", "新认定老字号企业14家。", "已整治背街小巷12条。")
    files = first_half()
    plan = plan_of(files, table, "2025Q3")
    (told,) = [p for p in plan.problems if "没有读到" in p.what]
    assert told.what == "1 个目标上期有数、本期没有读到：第 1 项"
    lines = {(line.number, line.taken): line for line in plan.figures}
    lost = lines[1, Taken.LOST]
    assert (lost.last is not None and lost.last.value, lost.now) == (Decimal("8.6"), None)
    assert {key for key in lines if key[0] == 3} == {(3, Taken.TAKEN)}
    files = take_in(files, table, "2025Q3")
    district = district_of(files)
    (note,) = list_notes(district, list_questions(district))
    row = note_row(note)
    assert (row["task"], row["period"], row["kind"], row["value"]) == ("ceshi-2025-001", "2025Q3", "lost", "")
    assert "8.6亿元" in row["reason"]
    none = Decision(task="ceshi-2025-001", decision=DecisionAction.REJECT, period=Q3, target="t1")
    assert list_notes(district, list_questions(district), (none,)) == ()


def test_a_number_that_is_not_exact_is_told_and_listed() -> None:
    table = third_quarter("镇、街重点工程完成投资数十亿元。", "无。", "已整治背街小巷12条。")
    plan = plan_of(first_half(), table, "2025Q3")
    (told,) = [p for p in plan.problems if "不是确数" in p.what]
    assert told.what == "1 个目标的原文里有数，但不是确数：第 1 项"
    promised = make_table([("培育特色小店数十家。", "已培育特色小店十余家。", "继续。")])
    district = district_of(take_in(start("ceshi"), promised, "2025H1"))
    (note,) = list_notes(district, list_questions(district))
    row = note_row(note)
    assert (row["kind"], row["period"], row["quote"]) == ("unread", "", "数十家")
    none = Decision(task="ceshi-2025-001", decision=DecisionAction.REJECT, quotes=("数十家",))
    assert list_notes(district, list_questions(district), (none,)) == ()


def test_a_task_that_ended_is_published_as_ended() -> None:
    rows = [("培育特色小店80家。", "本项任务取消，不再列入年度考核。", "继续。")]
    district = district_of(take_in(start("ceshi"), make_table(rows), "2025H1"))
    status = district.tasks[0].updates[-1].status
    assert (status.value, status.quote, status.by) == ("ended", "本项任务取消", None)
    assert list_notes(district, list_questions(district)) == ()


def test_how_far_a_task_is_is_asked_until_a_person_says(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("培育特色小店一批。", "培育工作基本完成。", "继续。")]
    district = district_of(take_in(start("ceshi"), make_table(rows), "2025H1"))
    notes = list_notes(district, list_questions(district))
    assert [(n.kind, n.proposed, n.quotes) for n in notes] == [("status", "under_way", ("培育工作基本完成",))]
    assert note_row(notes[0])["value"] == "under_way"
    answers = iter(["c", "partly_done", "基本完成"])
    monkeypatch.setattr(Prompt, "ask", lambda *_, **__: next(answers))
    screen = ReviewScreen(Settings(), Console(file=io.StringIO()))
    tasks, rejections = apply_decisions(district, tuple(screen.ask_notes(notes)))
    status = tasks[0].updates[-1].status
    assert (status.value, status.quote, status.by) == ("partly_done", "基本完成", "editor")
    changed = replace(district, tasks=tasks)
    assert list_notes(changed, list_questions(changed), rejections) == ()


def test_a_target_whose_text_is_not_exact_is_listed_until_a_person_decides() -> None:
    rows = [("培育特色小店80家。", "已培育特色小店十余家。", "继续。")]
    files = take_in(start("ceshi"), make_table(rows), "2025H1")
    district = district_of(files)
    (note,) = list_notes(district, list_questions(district))
    assert (note.kind, note.quotes, note.target and note.target.value) == ("unread", ("十余家",), Decimal(80))
    none = Decision(task="ceshi-2025-001", decision=DecisionAction.REJECT, period=HALF, target="t1")
    assert list_notes(district, list_questions(district), (none,)) == ()


def test_a_figure_in_near_words_is_a_question_and_no_note() -> None:
    table = third_quarter("前三季度镇、街重大工程完成投资21.4亿元。", "无。", "已整治背街小巷12条。")
    plan = plan_of(first_half(), table, "2025Q3")
    open_lines = [line for line in plan.figures if line.taken is Taken.OPEN]
    assert [(line.number, line.now and line.now.value) for line in open_lines] == [(1, Decimal("21.4"))]
    district = district_of(take_in(first_half(), table, "2025Q3"))
    questions = list_questions(district)
    assert [q.candidate.proposal.value for q in questions if q.period == Q3] == [Decimal("21.4")]
    assert [note.kind for note in list_notes(district, questions)] == ["status"]


def test_a_total_that_went_down_is_told_with_both_quotes() -> None:
    table = third_quarter("前三季度镇、街重点工程完成投资9.1亿元。", "无。", "已整治背街小巷4条。")
    plan = plan_of(first_half(), table, "2025Q3")
    (told,) = [p for p in plan.problems if "累计数比上期少" in p.what]
    assert str(told.place) == "ceshi-2025-003"
    assert "已整治背街小巷5条" in told.what
    assert "已整治背街小巷4条" in told.what
    files = take_in(first_half(), table, "2025Q3")
    found = check_history(district_of(files), dt.date(2025, 10, 20))
    assert [str(p.place) for p in found if "累计数比上期少" in p.what] == ["content/ceshi/2025/003.yaml"]


def test_a_table_taken_in_already_tells_no_figures_again() -> None:
    table = third_quarter("正在抓紧施工。", "无。", "已整治背街小巷4条。")
    files = take_in(first_half(), table, "2025Q3")
    plan = plan_of(files, table, "2025Q3")
    assert plan.figures == ()
    assert [p for p in plan.problems if "本期没有读到" in p.what] == []


def test_a_clerk_writes_a_lost_figure_or_says_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(LANES[0], "已整治背街小巷5条。", "继续。"), (SHOPS[0], "新认定老字号企业9家。", "继续。")]
    files = take_in(start("ceshi"), make_table(rows), "2025H1")
    later = [(LANES[0], "中山巷等街巷整治一新。", "继续。"), (SHOPS[0], "正在评审。", "继续。")]
    files = take_in(files, make_table(later), "2025Q3")
    district = district_of(files)
    notes = list_notes(district, list_questions(district))
    assert [note.task.number for note in notes] == [1, 2]
    answers = iter(["c", "8", "条", "中山巷等街巷整治一新", "r"])
    monkeypatch.setattr(Prompt, "ask", lambda *_, **__: next(answers))
    decisions = tuple(ReviewScreen(Settings(), Console(file=io.StringIO())).ask_notes(notes))
    tasks, rejections = apply_decisions(district, decisions)
    (actual,) = tasks[0].updates[-1].actuals
    assert (actual.value, actual.by, actual.quotes) == (Decimal(8), "editor", ("中山巷等街巷整治一新",))
    changed = replace(district, tasks=(*tasks, district.tasks[1]))
    assert list_notes(changed, list_questions(changed), rejections) == ()
