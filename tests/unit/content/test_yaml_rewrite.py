"""Rewriting content files: what people wrote stays, what changed is exactly what was asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base.errors import ContentError
from generator.base.yaml_nodes import Findings, compose
from generator.content import (
    DepartmentEntry,
    DistrictFile,
    format_corrections,
    format_task,
    schema,
)
from generator.content.yaml_patch import find_comments
from generator.content.yaml_rewrite import rewrite_corrections, rewrite_district, rewrite_task
from generator.model import (
    Actual,
    Assignment,
    Basis,
    Contact,
    Correction,
    DecidedBy,
    DepartmentKind,
    Role,
    SourceRef,
    SourceTable,
    Status,
    StatusValue,
    Target,
    Task,
    Update,
    parse_period,
)
from tests.builders import format_district, make_target, make_task, make_update

SOURCE = SourceRef(file="sources/2025Q1.txt", sha256="0" * 64, row=1)


def decode(text: str) -> Task:
    report = Findings("x")
    node = compose(text.removeprefix("\ufeff"), report)
    assert node is not None
    task: Task = schema.TASK.decode(node, "", report)
    return task


def told(period: str = "2025Q1", progress: str | None = "已完成3处。", **more: Any) -> Update:
    return replace(make_update(period, progress, source=SOURCE), **more)


def target(name: str = "t1", **more: Any) -> Target:
    return replace(make_target(3, "处", name=name, metric="新建公园", quote="新建公园3处"), **more)


def task_of(**more: Any) -> Task:
    task = make_task(
        7,
        "新建公园3处。",
        departments={"区园林局": Role.LEAD},
        contacts=(Contact(office="区园林局绿化科", phones=("87654321",)),),
        targets=(target(),),
        updates=(told(),),
        section="改善民生",
    )
    return replace(task, **more)


HAND = """\
# 区园林局来电核对过，2025-04-20
id: ceshi-2025-007
title: "新建公园 3 处"    # 改短了
number: 7

commitment: 新建公园3处。
section: 改善民生
departments:
- {name: 区园林局, role: lead}   # 牵头
contacts:
  # 电话换了
  - office: 区园林局绿化科
    phones: ['87654321']
targets:
  - quote: 新建公园3处
    id: t1
    metric: 新建公园
    value: 3
    unit: 处
    comparator: =
    kind: count
    by: editor
    # 核定人：甲
updates:
  - period: 2025Q1
    as_of: 2025-03-31
    progress: |-
      已完成
      3处。
    status: {value: undecided, quote: null}
    source: {file: sources/2025Q1.txt, sha256: '%s', row: 1}   # 原表第一行
# 完
""" % ("0" * 64)
LEAD = "- {name: 区园林局, role: lead}   # 牵头"


def test_no_change_gives_the_same_bytes() -> None:
    task = decode(HAND)
    assert rewrite_task(HAND, task, task) == HAND


def test_a_new_update_is_the_only_new_lines() -> None:
    task = decode(HAND)
    new = replace(task, updates=(*task.updates, told("2025H1", "已完成3处，\n验收。")))
    result = rewrite_task(HAND, task, new)
    assert decode(result) == new
    before, end = HAND.removesuffix("# 完\n"), "# 完\n"
    fresh = "  - period: 2025H1\n    as_of: 2025-06-30\n    progress: |-\n      已完成3处，"
    assert result.startswith(before + fresh)
    assert result.endswith(end)


def test_a_changed_scalar_keeps_the_comment_on_its_line() -> None:
    task = decode(HAND)
    result = rewrite_task(HAND, task, replace(task, title="公园"))
    assert result == HAND.replace('title: "新建公园 3 处"    # 改短了', "title: 公园    # 改短了")


def test_a_scalar_that_becomes_several_lines_keeps_the_comment_below_it() -> None:
    task = decode(HAND)
    new = replace(task, title="公园\n三处")
    result = rewrite_task(HAND, task, new)
    assert decode(result) == new
    assert "title: |-\n  公园\n  三处\n# 改短了\nnumber: 7\n" in result


def test_a_list_without_indent_grows_in_its_own_style() -> None:
    task = decode(HAND)
    new = replace(task, departments=(*task.departments, Assignment(name="区财政局", role=Role.JOINT)))
    result = rewrite_task(HAND, task, new)
    assert result == HAND.replace("# 牵头\n", "# 牵头\n- {name: 区财政局, role: joint}\n")


def test_a_removed_item_leaves_its_comments() -> None:
    task = decode(HAND)
    result = rewrite_task(HAND, task, replace(task, contacts=()))
    assert decode(result).contacts == ()
    assert "电话换了" in result
    new = replace(task, targets=(target("t2", quote="公园3处"),))
    result = rewrite_task(HAND, task, new)
    assert decode(result) == new
    assert "核定人：甲" in result


def test_a_value_inside_brackets_changes_alone() -> None:
    task = decode(HAND)
    update = replace(task.updates[0], status=Status(value=StatusValue.COMPLETED, quote="已完成, {真的}"))
    new = replace(task, updates=(update,))
    result = rewrite_task(HAND, task, new)
    assert decode(result) == new
    changed = [b for a, b in zip(HAND.splitlines(), result.splitlines(), strict=True) if a != b]
    assert changed == ["    status: {value: completed, quote: '已完成, {真的}'}"]


def test_a_new_order_moves_items_with_their_comments() -> None:
    pair = "- {name: 甲局, role: lead} # 一\n# 上\n- {name: 乙局, role: joint}"
    text = HAND.replace(LEAD, pair)
    task = decode(text)
    new = replace(task, departments=tuple(reversed(task.departments)))
    result = rewrite_task(text, task, new)
    assert decode(result) == new
    assert "departments:\n# 上\n- {name: 乙局, role: joint}\n- {name: 甲局, role: lead} # 一\n" in result


def test_windows_line_ends_and_byte_order_mark_stay() -> None:
    text = "\ufeff" + HAND.replace("\n", "\r\n")
    task = decode(text)
    new = replace(task, deadline="12月底前", updates=(*task.updates, told("2025H1")))
    result = rewrite_task(text, task, new)
    assert decode(result) == new
    assert result.startswith("\ufeff# 区园林局")
    assert result.count("\n") == result.count("\r\n")


def test_a_file_without_last_line_break() -> None:
    text = HAND.removesuffix("# 完\n").rstrip("\n")
    task = decode(text)
    new = replace(task, updates=(*task.updates, told("2025H1")))
    assert decode(rewrite_task(text, task, new)) == new
    assert rewrite_task(text, task, new).startswith(text + "\n")


def test_brackets_with_a_comment_inside_go_through_the_round_trip() -> None:
    text = HAND.replace(
        "- {name: 区园林局, role: lead}   # 牵头", "- {name: 区园林局, # 牵头\n   role: lead}"
    )
    task = decode(text)
    new = replace(task, departments=(Assignment(name="区园林局", role=Role.JOINT),))
    result = rewrite_task(text, task, new)
    assert decode(result) == new
    assert "# 牵头" in result
    assert "# 核定人：甲" in result


def test_a_text_that_says_something_else_is_refused() -> None:
    task = decode(HAND)
    with pytest.raises(ContentError, match="改动过"):
        rewrite_task(HAND, replace(task, title="别的"), task)


def test_district_file_gets_departments_and_sources() -> None:
    bureau = DepartmentEntry(name="甲局", kind=DepartmentKind.BUREAU)
    old = DistrictFile(name="测试区", departments=(bureau,))
    text = "# 测试用\n" + format_district(old).replace("name: 测试区", "name: 测试区   # 虚构")
    period = parse_period("2025Q1")
    old = schema.DISTRICT.decode(compose(text, Findings("")), "", Findings(""))  # type: ignore[arg-type]
    new = replace(
        old,
        departments=(*old.departments, replace(old.departments[0], name="乙局")),
        sources=(
            SourceTable(period=period, file="sources/2025Q1.txt"),
            SourceTable(period=period, file="sources/2025Q1-2.txt"),
        ),
    )
    result = rewrite_district(text, old, new)
    assert result.startswith("# 测试用\nname: 测试区   # 虚构\n")
    assert schema.DISTRICT.decode(compose(result, Findings("")), "", Findings("")) == new  # type: ignore[arg-type]
    assert rewrite_district(result, new, new) == result


def test_corrections_are_appended() -> None:
    one = Correction(
        task="ceshi-2025-007",
        period=parse_period("2025Q1"),
        date=dt.date(2025, 7, 1),
        field="progress",
        old="旧",
        new="新",
    )

    text = "# 更正\n" + format_corrections((one,))
    result = rewrite_corrections(text, (one,), (one, replace(one, new="更新")))
    assert result.startswith(text)
    assert result.count("- task:") == 2


# -- random tasks, random comments, random changes

CHARACTERS = "甲乙丙丁，。：；、“”（）%3.5 -#:{}[],'\"&*!|>?@`\n\t　"
TEXTS = st.text(alphabet=st.sampled_from(CHARACTERS), min_size=1, max_size=30)
LINES = TEXTS.map(lambda t: t.replace("\n", " ").strip() or "空")


@st.composite
def updates_of(draw: Any, period: str) -> Update:
    actual = st.builds(
        Actual,
        target=st.just("t1"),
        value=st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=999),
        unit=st.sampled_from(["处", "%"]),
        basis=st.sampled_from(list(Basis)),
        quotes=st.lists(LINES, min_size=1, max_size=2).map(tuple),
        by=st.sampled_from([None, DecidedBy.EDITOR]),
    )
    return told(
        period,
        draw(st.none() | TEXTS),
        next_steps=draw(st.none() | TEXTS),
        remarks=draw(st.none() | LINES),
        actuals=draw(st.lists(actual, max_size=1).map(tuple)),
        status=draw(st.builds(Status, value=st.sampled_from(list(StatusValue)), quote=st.none() | LINES)),
    )


@st.composite
def tasks(draw: Any) -> Task:
    names = draw(st.lists(st.sampled_from(["甲局", "乙局", "丙街道", "各有关部门"]), unique=True, max_size=4))
    targets = draw(st.lists(st.sampled_from(["t1", "t2", "t3"]), unique=True, max_size=3))
    periods = draw(st.lists(st.sampled_from(["2025Q1", "2025H1", "2025Q3"]), unique=True, max_size=3))
    return task_of(
        section=draw(st.none() | LINES),
        subsection=draw(st.none() | LINES),
        title=draw(LINES),
        commitment=draw(TEXTS.filter(str.strip)),
        deadline=draw(st.none() | LINES),
        leaders=tuple(draw(st.lists(LINES, max_size=2))),
        departments=tuple(Assignment(name=n, role=draw(st.sampled_from(list(Role)))) for n in names),
        contacts=tuple(
            Contact(office=o, phones=tuple(draw(st.lists(st.just("51800000"), max_size=2))))
            for o in draw(st.lists(LINES, unique=True, max_size=2))
        ),
        targets=tuple(target(name, quote=draw(LINES), metric=draw(LINES)) for name in targets),
        updates=tuple(draw(updates_of(p)) for p in sorted(periods, key=["2025Q1", "2025H1", "2025Q3"].index)),
        succeeded_by=tuple(draw(st.lists(st.just("ceshi-2025-008"), max_size=1))),
    )


def with_comments(text: str, places: list[tuple[int, bool]], task: Task) -> str:
    """The text with comments put in wherever that leaves its meaning alone."""
    for number, (place, on_line) in enumerate(places):
        lines = text.split("\n")
        index = place % len(lines)
        if on_line and lines[index]:
            lines[index] += f"  # 注{number}"
        else:
            indent = len(lines[index]) - len(lines[index].lstrip(" "))
            lines.insert(index, f"{' ' * indent}# 注{number}")
        candidate = "\n".join(lines)
        try:
            same = decode(candidate) == task
        except Exception:
            continue
        if same and len(find_comments(candidate)) == len(find_comments(text)) + 1:
            text = candidate
    return text


@settings(max_examples=80, deadline=None, derandomize=True)
@given(tasks(), tasks(), st.lists(st.tuples(st.integers(0, 80), st.booleans()), max_size=8), st.booleans())
def test_any_change_keeps_every_comment_and_says_the_new_task(
    old: Task, new: Task, places: list[tuple[int, bool]], windows: bool
) -> None:
    text = with_comments(format_task(old), places, old)
    if windows and "\r" not in text:
        text = text.replace("\n", "\r\n")
    result = rewrite_task(text, old, new)
    assert decode(result) == new
    words = sorted(text[a:b].strip() for a, b in find_comments(text))
    assert sorted(result[a:b].strip() for a, b in find_comments(result)) == words
    assert rewrite_task(result, new, new) == result


@settings(max_examples=60, deadline=None, derandomize=True)
@given(tasks(), LINES, st.lists(st.tuples(st.integers(0, 80), st.booleans()), max_size=6))
def test_one_changed_line_leaves_all_others_byte_for_byte(
    old: Task, title: str, places: list[tuple[int, bool]]
) -> None:
    text = with_comments(format_task(old), places, old)
    result = rewrite_task(text, old, replace(old, title=title))
    before = [line for line in text.split("\n") if not line.startswith("title:")]
    assert [line for line in result.split("\n") if not line.startswith("title:")] == before
