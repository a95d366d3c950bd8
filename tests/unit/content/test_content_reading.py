"""content: strict reading with line numbers, fresh writing, every problem at once. All data invented."""

from __future__ import annotations

import hashlib

import pytest

from generator import content
from generator.base.errors import ContentError
from generator.content.schema import TASK
from generator.model import Status, StatusValue
from tests.paths import ROOT

SITE = "title: 测试台账\ndistricts: [ceshi]\n"
DISTRICT = """\
name: 测试区
departments:
  - {name: 区测试局, kind: bureau, aliases: [测试局]}
"""
SOURCE = "原表".encode()
TASK_TEXT = f"""\
id: ceshi-2025-001
number: 1
section: null
title: 新增座椅3把
commitment: 新增座椅3把。
departments:
  - {{name: 区测试局, role: unstated}}
contacts:
  - {{office: 区测试局, phones: ['12345678']}}
targets:
  - id: t1
    metric: 新增座椅
    value: 3
    unit: 把
    comparator: '='
    kind: count
    quote: 新增座椅3把
updates:
  - period: 2025Q2
    as_of: 2025-06-30
    progress: 已新增座椅2把。
    actuals:
      - target: t1
        value: 2
        unit: 把
        basis: year_to_date
        quote: 已新增座椅2把
    status: {{value: undecided, quote: null}}
    source: {{file: sources/2025Q2.txt, sha256: {hashlib.sha256(SOURCE).hexdigest()}, row: 1}}
"""


def files(task: str = TASK_TEXT, district: str = DISTRICT, site: str = SITE) -> dict[str, bytes]:
    return {
        "site.yaml": site.encode(),
        "content/ceshi/district.yaml": district.encode(),
        "content/ceshi/sources/2025Q2.txt": SOURCE,
        "content/ceshi/2025/001.yaml": task.encode(),
    }


def problems(changed: dict[str, bytes]) -> list[str]:
    return [str(p) for p in content.parse_content(changed).problems]


def test_a_task_file_becomes_a_task_and_the_same_text_again() -> None:
    site = content.parse_site(files())
    task = site.districts[0].tasks[0]
    assert task.targets[0].metric == "新增座椅"
    assert task.updates[0].actuals[0].quotes == ("已新增座椅2把",)
    assert content.format_task(task) == TASK_TEXT


def test_what_older_files_left_open_is_undecided() -> None:
    text = TASK_TEXT.replace("value: undecided", "value: in_progress")
    task = content.parse_site(files(text)).districts[0].tasks[0]
    assert task.updates[0].status == Status(value=StatusValue.UNDECIDED)


def test_the_smallest_site_is_two_lines_and_one() -> None:
    site = content.parse_site(
        {
            "site.yaml": "title: 台账\ndistricts: [tianqiao]\n".encode(),
            "content/tianqiao/district.yaml": "name: 天桥区\n".encode(),
        }
    )
    assert site.districts[0].name == "天桥区"
    assert site.districts[0].tasks == ()


def test_numbers_keep_their_printed_digits() -> None:
    site = content.parse_site(files(TASK_TEXT.replace("value: 2\n", "value: 2.50\n")))
    assert str(site.districts[0].tasks[0].updates[0].actuals[0].value) == "2.50"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "number: 1\n",
            "number: 1\nnumber: 2\n",
            "content/ceshi/2025/001.yaml:3: number: 键写了两次（第一次在第2行）。留下一处",
        ),
        (
            "title: 新增座椅3把",
            "titel: 新增座椅3把",
            "content/ceshi/2025/001.yaml:4: titel: 没有这个键。你是想写“title”吗？",
        ),
        (
            "commitment: 新增座椅3把。\n",
            "",
            "content/ceshi/2025/001.yaml:1: commitment: 缺这个键。补上：文字",
        ),
        (
            "role: unstated",
            "role: leed",
            "content/ceshi/2025/001.yaml:7: departments[0].role: “leed”不在可选值里。你是想写“lead”吗？",
        ),
        (
            "phones: ['12345678']",
            "phones: [12345678]",
            "content/ceshi/2025/001.yaml:9: contacts[0].phones[0]: 这里应是文字，现在是数字“12345678”。"
            "加上引号：'12345678'",
        ),
        (
            "    value: 3\n",
            "    value: 010\n    value_max: 三\n",
            "content/ceshi/2025/001.yaml:14: targets[0].value_max: 这里应是数字，现在是文字“三”。"
            "只写数字和小数点，单位写在 unit",
        ),
        (
            "as_of: 2025-06-30",
            "as_of: 6月30日",
            "content/ceshi/2025/001.yaml:20: updates[0].as_of: “6月30日”不是日期。写成 2025-06-30 的样子",
        ),
        (
            "period: 2025Q2",
            "period: 2025Q5",
            "content/ceshi/2025/001.yaml:19: updates[0].period: “2025Q5”不是报告期：Q 后面应是 1 至 4",
        ),
        (
            "name: 区测试局, role",
            "name: 区测式局, role",
            "content/ceshi/2025/001.yaml:7: departments[0].name: “区测式局”不在 district.yaml 的单位名录里。"
            "你是想写“区测试局”吗？",
        ),
        (
            "target: t1",
            "target: t9",
            "content/ceshi/2025/001.yaml:23: updates[0].actuals[0].target: 没有目标“t9”。可以写：t1",
        ),
        (
            "section: null",
            "section: &a null",
            "content/ceshi/2025/001.yaml:3: 不支持锚点（&、*）和标签（!）。以 & * ! 开头的文字要加引号",
        ),
        (
            "section: null",
            "section: no",
            "content/ceshi/2025/001.yaml:3: section: 这里应是文字，现在是真假值“no”。加上引号：'no'",
        ),
        (
            "id: ceshi-2025-001",
            "id: ceshi-2025-002",
            "content/ceshi/2025/001.yaml:1: id: “ceshi-2025-002”与文件位置不符。应为 ceshi-2025-001",
        ),
    ],
)
def test_a_wrong_line_is_named_with_file_line_field_and_way_out(old: str, new: str, message: str) -> None:
    assert old in TASK_TEXT
    assert message in problems(files(TASK_TEXT.replace(old, new, 1)))


def test_a_misspelt_key_is_one_problem_not_two() -> None:
    assert problems(files(TASK_TEXT.replace("title: ", "titel: ", 1))) == [
        "content/ceshi/2025/001.yaml:4: titel: 没有这个键。你是想写“title”吗？"
    ]
    two = problems(
        files(TASK_TEXT.replace("title: ", "titel: ", 1).replace("commitment: 新增座椅3把。\n", ""))
    )
    assert any("commitment: 缺这个键" in p for p in two)
    assert not any("title: 缺这个键" in p for p in two)


def test_a_changed_source_is_noticed() -> None:
    changed = files() | {"content/ceshi/sources/2025Q2.txt": b"other"}
    assert any("原表被改动过" in p for p in problems(changed))


def test_all_problems_of_all_files_come_at_once() -> None:
    broken = files(TASK_TEXT.replace("kind: count", "kind: counts"), DISTRICT.replace("bureau", "buero"))
    with pytest.raises(ContentError) as caught:
        content.parse_site(broken)
    assert len(caught.value.problems) >= 1
    assert any("district.yaml:3" in str(p) for p in caught.value.problems)


def test_text_that_is_not_utf8_names_its_line() -> None:
    bad = files() | {"content/ceshi/2025/001.yaml": b"id: x\ntitle: " + "中".encode("gb18030")}
    assert "content/ceshi/2025/001.yaml:2: 不是 UTF-8 文字。另存为 UTF-8 编码" in problems(bad)


def test_two_bodies_cannot_share_a_name() -> None:
    twice = DISTRICT + "  - {name: 测试局, kind: bureau}\n"
    assert any("“测试局”写在了" in p for p in problems(files(district=twice)))


def test_slugs_are_pinyin_and_unique() -> None:
    assert content.make_slug("区发展改革局") == "qu-fa-zhan-gai-ge-ju"
    assert content.make_slug("①") != ""
    assert content.make_unique("a", {"a", "a-2"}) == "a-3"


def test_the_schema_writes_every_field_of_the_task() -> None:
    from dataclasses import fields

    from generator.model import Task

    assert {f.name for f in fields(Task)} == {f.name for f in TASK.fields}


def test_the_reference_is_current() -> None:

    from generator.content.field_reference import format_reference

    page = ROOT / "docs" / "content.md"
    assert page.read_text(encoding="utf-8") == format_reference(), (
        "run: python -m generator.content.field_reference > docs/content.md"
    )
