"""The plan of one table: older, second, foreign, ambiguous; nothing lost, whatever is edited. Invented."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import content
from generator.base.errors import IngestError
from generator.figures.figure_checks import check_figures
from generator.ingest.draft import make_draft
from generator.ingest.layout.reading_hints import make_hints
from generator.ingest.update.update_plan import UpdatePlan, make_plan, plan_files
from generator.model import District, parse_period

TODAY = dt.date(2025, 7, 20)
OTHER = "别的区2025年重点任务推进情况"
Files = dict[str, bytes]


def start(*districts: str) -> Files:
    names = {"ceshi": "测试区", "bieqi": "别的区"}
    files = {"site.yaml": f"title: 测试\ndistricts: [{', '.join(districts)}]\n".encode()}
    return files | {f"content/{d}/district.yaml": f"name: {names[d]}\n".encode() for d in districts}


def make_table(rows: list[tuple[str, str, str]], title: str = "测试区2025年重点任务推进情况") -> bytes:
    """Pipe table of tasks, progress and next steps."""
    lines = [title, "序号 | 重点任务 | 责任单位 | 推进情况 | 下一步计划 |"]
    lines += [
        f"{n} | {task} | 区测试局 | {progress} | {steps} |"
        for n, (task, progress, steps) in enumerate(rows, 1)
    ]
    return ("\n".join(lines) + "\n").encode()


def plan_of(files: Files, data: bytes, period: str, district: str = "ceshi", **more: Any) -> UpdatePlan:
    districts = {d.id: d for d in content.parse_site(files).districts}
    found = districts.pop(district)
    draft = make_draft(data, "x.txt", district=found.at(parse_period(period)), period=parse_period(period))
    others = tuple(districts.values())
    return make_plan(draft, data, district=found, files=files, today=TODAY, others=others, **more)


def take_in(files: Files, data: bytes, period: str, district: str = "ceshi", **more: Any) -> Files:
    plan = plan_of(files, data, period, district, **more)
    return {**files, **plan_files(plan, files)}


def district_of(files: Files) -> District:
    return content.parse_site(files).districts[0]


TASKS = [
    "新建口袋公园6处，改造提升游园3处。",
    "新增城镇就业2万人，帮扶困难群体再就业。",
    "建设智慧停车场4个，新增停车泊位1200个。",
    "办好老年助餐点10处，方便老年人就近用餐。",
    "举办文化惠民演出120场，丰富群众生活。",
    "整治背街小巷20条，完善照明和排水设施。",
]
ROWS = [(task, f"第{n}项已开工。", f"继续抓好第{n}项。") for n, task in enumerate(TASKS, 1)]


def test_an_older_table_fills_its_period_and_leaves_the_task_alone() -> None:
    newer = [(t.replace("120场", "150场"), p, s) for t, p, s in ROWS]
    files = take_in(start("ceshi"), make_table(newer), "2025H1")
    plan = plan_of(files, make_table(ROWS), "2025Q1")
    assert plan.relation == "older"
    assert any("较早一期" in p.what for p in plan.problems)
    files = {**files, **plan_files(plan, files)}
    task = next(t for t in district_of(files).tasks if t.number == 5)
    assert task.commitment == TASKS[4].replace("120场", "150场")
    assert task.at(parse_period("2025Q1")).commitment == TASKS[4]
    assert [str(u.period) for u in task.updates] == ["2025Q1", "2025H1"]
    assert [str(t.value) for t in task.at(parse_period("2025Q1")).targets] == ["120"]
    assert [str(t.value) for t in task.targets] == ["150"]


def test_a_second_table_of_a_period_is_a_correction_on_record() -> None:
    files = take_in(start("ceshi"), make_table(ROWS), "2025Q1")
    path = "content/ceshi/2025/002.yaml"
    files[path] = files[path].replace("继续抓好第2项。".encode(), "继续抓好第二项。".encode())
    second = [(t, p.replace("第1项已开工", "第1项已完工"), s) for t, p, s in ROWS]
    plan = plan_of(files, make_table(second), "2025Q1")
    assert plan.relation == "correction"
    written = plan_files(plan, files)
    assert set(written) == {
        *(f"content/ceshi/2025/{n:03d}.yaml" for n in range(1, 7)),
        "content/ceshi/corrections.yaml",
        "content/ceshi/district.yaml",
        "content/ceshi/sources/2025Q1-2.txt",
    }
    files = {**files, **written}
    district = district_of(files)
    assert [(c.task, c.field, c.old, c.new) for c in district.corrections] == [
        ("ceshi-2025-001", "progress", "第1项已开工。", "第1项已完工。")
    ]
    assert district.tasks[1].updates[0].next_steps == "继续抓好第二项。"
    assert plan_files(plan_of(files, make_table(second), "2025Q1"), files) == {}


def test_the_table_of_another_district_is_refused() -> None:
    files = take_in(start("ceshi", "bieqi"), make_table(ROWS), "2025Q1")
    foreign = [
        (f"完成第{c}号工程的征地拆迁、管线迁改和路基施工。", "在建。", "加快。") for c in "甲乙丙丁戊己"
    ]
    files = take_in(files, make_table(foreign, OTHER), "2025Q1", "bieqi")
    by_title = plan_of(files, make_table(foreign, OTHER), "2025H1")
    assert [p.level for p in by_title.problems if "别的区" in p.what] == ["error"]
    by_rows = plan_of(files, make_table(foreign, "重点任务推进情况"), "2025H1")
    assert [p.level for p in by_rows.problems if "与别的区的对得上" in p.what] == ["error"]
    forced = plan_of(files, make_table(foreign, OTHER), "2025H1", force=True)
    assert all(p.level == "warning" for p in forced.problems)


def test_an_ambiguous_row_is_asked_and_nothing_is_written_before() -> None:
    files = take_in(start("ceshi"), make_table(ROWS), "2025Q1")
    rows = list(ROWS)
    rows[3] = ("办好老年大学，建设社区课堂，方便老年人就近学习。", "已开班。", "继续。")
    plan = plan_of(files, make_table(rows), "2025H1")
    assert [(e.row, e.candidates[0][0]) for e in plan.ambiguous] == [(4, "ceshi-2025-004")]
    with pytest.raises(IngestError, match="--match 4=new"):
        plan_files(plan, files)
    same = take_in(files, make_table(rows), "2025H1", decisions={4: "ceshi-2025-004"})
    assert next(t for t in district_of(same).tasks if t.id.endswith("004")).commitment == rows[3][0]
    new = take_in(files, make_table(rows), "2025H1", decisions={4: "new"})
    assert {t.id[-3:] for t in district_of(new).tasks} == {*(f"00{n}" for n in range(1, 8))}
    assert plan_files(plan_of(new, make_table(rows), "2025H1"), new) == {}
    with pytest.raises(IngestError, match="没有任务"):
        plan_of(files, make_table(rows), "2025H1", decisions={4: "ceshi-2025-099"})


def test_a_kept_source_that_was_changed_makes_every_difference_a_hand_edit() -> None:
    files = take_in(start("ceshi"), make_table(ROWS), "2025Q1")
    source = "content/ceshi/sources/2025Q1.txt"
    broken = {**files, source: files[source] + b"\n"}
    district = content.parse_site(files).districts[0]
    data = make_table([(t.replace("120场", "150场"), p, s) for t, p, s in ROWS])
    draft = make_draft(data, "x.txt", district=district, period=parse_period("2025H1"))
    plan = make_plan(draft, data, district=district, files=broken, today=TODAY)
    assert any("原表被改动过" in p.what for p in plan.problems)
    change = next(c for e in plan.entries if e.number == 5 for c in e.fields if c.field == "commitment")
    assert (change.wins, change.conflict) == ("file", True)


def test_unfinished_tasks_of_last_year_are_carried_over() -> None:
    files = take_in(start("ceshi"), make_table(ROWS), "2025Q1")
    rows = [ROWS[2], ("新建社区食堂5处，方便居民用餐。", "已选址。", "加快。")]
    files = take_in(files, make_table(rows, "测试区2026年重点任务推进情况"), "2026Q1")
    tasks = {t.id: t for t in district_of(files).tasks}
    assert tasks["ceshi-2026-001"].carried_over_from == ("ceshi-2025-003",)
    assert tasks["ceshi-2025-003"].succeeded_by == ("ceshi-2026-001",)
    assert tasks["ceshi-2026-002"].carried_over_from == ()


def test_a_table_of_commitments_alone_comes_first_and_may_come_again() -> None:
    lines = ["测试区2025年重点任务责任分解表", "序号 | 重点任务 | 责任单位 | 完成时限 |"]
    lines += [f"{n} | {task} | 区测试局 | 12月底前 |" for n, task in enumerate(TASKS, 1)]
    plain = ("\n".join(lines) + "\n").encode()
    files = take_in(start("ceshi"), plain, "2025")
    assert [len(t.updates) for t in district_of(files).tasks] == [0] * len(TASKS)
    assert plan_files(plan_of(files, plain, "2025"), files) == {}
    reworded = [(t.replace("120场", "150场"), p, s) for t, p, s in ROWS]
    plan = plan_of(files, make_table(reworded), "2025Q1")
    assert plan.relation == "next"
    files = {**files, **plan_files(plan, files)}
    task = district_of(files).tasks[4]
    assert (task.commitment, task.deadline, len(task.updates)) == (reworded[4][0], "12月底前", 1)
    again = plan_of(files, plain, "2025")
    assert (again.relation, plan_files(again, files)) == ("same", {})


def test_an_office_that_changed_its_name_is_pointed_out() -> None:
    files = take_in(start("ceshi"), make_table(ROWS), "2025Q1")
    renamed = make_table(ROWS).replace("区测试局".encode(), "区试验局".encode())
    plan = plan_of(files, renamed, "2025H1")
    assert any("像是更名" in p.what and "区试验局" in p.what for p in plan.problems)


# -- random tables, random edits

PHRASES = st.sampled_from(TASKS)
WORDS = st.text(st.sampled_from("东西南北中新老河湖山路桥园站校馆厅处个条万千百十"), min_size=4, max_size=14)
NUMBERS = st.integers(2, 900)


@st.composite
def tables(draw: st.DrawFn, earlier: list[tuple[str, str, str]] | None = None) -> list[tuple[str, str, str]]:
    """Rows; of an earlier table some stay, some change, some go, some come."""
    rows = []
    for task, _, _ in earlier or []:
        fate = draw(st.sampled_from(["same", "same", "number", "words", "gone"]))
        if fate == "number":
            task = re.sub(r"\d+", str(draw(NUMBERS)), task, count=1)
        elif fate == "words":
            task = task.rstrip("。") + "，" + draw(WORDS) + "。"
        if fate != "gone":
            rows.append(task)
    fresh = draw(st.integers(0 if earlier else 3, 4))
    rows += [f"在{draw(WORDS)}新建{draw(WORDS)}{draw(NUMBERS)}处，{draw(WORDS)}。" for _ in range(fresh)]
    rows = list(dict.fromkeys(draw(st.permutations(rows)))) or ["新建口袋公园6处。"]
    return [(task, draw(progress_of(task)), draw(WORDS) + "。") for task in rows]


@st.composite
def progress_of(draw: st.DrawFn, task: str) -> str:
    if draw(st.booleans()):
        return draw(WORDS) + "。"
    match = re.search(r"新建(.*?)\d+处", task)
    return f"已新建{match[1] if match else '公园'}{draw(NUMBERS)}处。"


HAND_CHANGES: Mapping[str, Callable[[str, str], str]] = {
    "title": lambda text, words: re.sub(r"^title: .*$", f"title: {words}", text, flags=re.M),
    "comment": lambda text, words: f"# {words}\n{text}",
    "deadline": lambda text, words: (
        text if "deadline:" in text else text.replace("departments:", f"deadline: {words}\ndepartments:", 1)
    ),
    "steps": lambda text, words: re.sub(
        r"next_steps: .*$", f"next_steps: {words}", text, count=1, flags=re.M
    ),
    "progress": lambda text, words: re.sub(
        r"^(    progress: .*)$", rf"\g<1>{words}", text, count=1, flags=re.M
    ),
    "commitment": lambda text, words: re.sub(
        r"^(commitment: .*)$", rf"\g<1>{words}", text, count=1, flags=re.M
    ),
    "section": lambda text, words: re.sub(r"^section: .*$", f"section: {words}", text, flags=re.M),
}
"""What a person may change by hand in a task's file: name → text of the file and words → new text."""
EDITS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(sorted(HAND_CHANGES)), WORDS), max_size=6)


def edit(files: Files, edits: list[tuple[int, str, str]], mark: str) -> tuple[Files, list[tuple[str, str]]]:
    """Files with edits by hand, and what must stay: path and text."""
    files, stays = dict(files), list[tuple[str, str]]()
    paths = sorted(p for p in files if re.search(r"/2025/\d+\.yaml$", p))
    done = set()
    for number, kind, words in edits:
        path = paths[number % len(paths)]
        if (path, kind) in done:
            continue
        done.add((path, kind))
        text, words = files[path].decode(), f"{words}{mark}"
        changed = HAND_CHANGES[kind](text, words)
        if changed != text:
            files[path] = changed.encode()
            stays.append((path, words))
    return files, stays


def decide(files: Files, data: bytes, period: str) -> dict[int, str]:
    """A person's word on every ambiguous row: the first candidate."""
    return {e.row or 0: e.candidates[0][0] for e in plan_of(files, data, period, force=True).ambiguous}


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), EDITS, EDITS)
def test_no_hand_edit_and_no_text_is_lost_and_the_second_run_is_empty(
    data: st.DataObject, first_edits: list[tuple[int, str, str]], second_edits: list[tuple[int, str, str]]
) -> None:
    files, rows, stays = start("ceshi"), None, list[tuple[str, str]]()
    texts: list[tuple[str, int, tuple[str, str, str]]] = []
    for period, edits in (("2025Q1", first_edits), ("2025H1", second_edits), ("2025Q3", [])):
        rows = data.draw(tables(rows))
        table = make_table(rows)
        decisions = decide(files, table, period)
        if len(set(decisions.values())) < len(decisions):
            return  # two rows given to one task by hand: a wrong word of the person
        plan = plan_of(files, table, period, decisions=decisions, force=True)
        changes = plan_files(plan, files)
        files = {**files, **changes}
        written = {e.task for e in plan.entries if e.action not in ("unchanged", "missing") or e.became}
        stood = {f"ceshi-2025-{p[-8:-5]}" for p in changes if re.search(r"/2025/\d+\.yaml$", p)}
        assert stood <= written | {i for e in plan.entries for i in e.came_from}
        texts += [(period, number, row) for number, row in enumerate(rows, 1)]
        for path, words in stays:
            assert words in files[path].decode(), f"{period}: {path} lost {words}"
        check(files, texts, [words for _, words in stays])
        again = plan_of(files, table, period, force=True)
        assert plan_files(again, files) == {}
        files, more = edit(files, edits, f"手{period[-2:]}")
        stays = [pair for pair in stays if pair[1] in files[pair[0]].decode()] + more


def check(files: Files, texts: list[tuple[str, int, tuple[str, str, str]]], edits: list[str]) -> None:
    """Every text of every table stands in its period, to the letter, or as a person changed it."""
    district = district_of(files)
    assert [p for p in check_figures(district) if p.level == "error"] == []
    rows = {
        (str(u.period), u.source.row): (task.at(u.period), u) for task in district.tasks for u in task.updates
    }
    for period, number, (commitment, progress, steps) in texts:
        task, update = rows[period, number]
        for text, found in (
            (commitment, task.commitment),
            (progress, update.progress or ""),
            (steps, update.next_steps or ""),
        ):
            assert found == text or any(words in found for words in edits), (period, number, text, found)


def test_the_district_file_keeps_its_comments() -> None:
    files = start("ceshi")
    files["content/ceshi/district.yaml"] = "# 一\nname: 测试区   # 二\n".encode()
    files = take_in(files, make_table(ROWS), "2025Q1")
    text = files["content/ceshi/district.yaml"].decode()
    assert text.startswith("# 一\nname: 测试区   # 二\n")
    assert (
        dataclasses.asdict(content.parse_district_file(text.encode(), "x"))["departments"][0]["name"]
        == "区测试局"
    )


def test_a_whole_table_after_some_of_its_rows_brings_in_the_bodies_of_the_others() -> None:
    lines = make_table(ROWS).decode().splitlines()
    lines[4:] = [line.replace("区测试局", f"区第{n}局") for n, line in enumerate(lines[4:])]
    data = "\n".join(lines).encode()
    files = start("ceshi")
    period = parse_period("2025Q1")
    some = make_draft(data, "x.txt", district=district_of(files), period=period, hints=make_hints(rows="1-4"))
    plan = make_plan(some, data, district=district_of(files), files=files, today=TODAY)
    files = take_in({**files, **plan_files(plan, files)}, data, "2025Q1")
    assert len(district_of(files).tasks) == len(ROWS)
    assert {d.name for d in district_of(files).departments} >= {"区测试局", "区第0局", "区第3局"}
