"""Broken YAML is told in the reader's words, with line and column. All texts invented."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from generator.base.errors import Problem
from generator.base.messages import Message
from generator.base.places import Place
from generator.base.yaml_nodes import Findings, Invalid, compose
from generator.content import schema
from generator.content.decoded_files import FileDecoder

FAULTS = {
    "a: [1, 2\nb: 3\n": (2, "方括号"),
    "a: {b: 1\nc: 2\n": (2, "花括号"),
    "title: 建设: 公园\n": (1, "两个冒号"),
    "a:\n\t- 1\n": (2, "制表符|开头"),
    "a: 1\ntitle: '建设\nb: 1\n": (4, "引号没有成对"),
    'title: "C:\\目录"\n': (1, "反斜杠"),
    "title: *重点\n": (1, "没有加引号"),
    "title: !重点! b\n": (1, "没有加引号|缩进"),
    "a: @x\n": (1, "不能写在值的开头"),
    "a: `x`\n": (1, "不能写在值的开头"),
    "a: 1\n  b: 2\n": (2, "两个冒号|缩进"),
    "a:\n  - 1\n - 2\n": (3, "对齐|缩进"),
    "a: 1\nbcd\nc: 2\n": (3, "缺“:”"),
    "a: 1\n---\nb: 2\n": (2, "两份内容"),
    "a: |x\n  b\n": (1, "后面写法不对"),
    "a: 1\nb: \x07\n": (2, r"U\+0007"),
}


@pytest.mark.parametrize(("text", "place"), FAULTS.items())
def test_a_fault_is_told_in_chinese_with_its_place(text: str, place: tuple[int, str]) -> None:
    line, words = place
    report = Findings("content/x.yaml")
    with pytest.raises(Invalid):
        compose(text, report)
    (problem,) = report.problems
    assert str(problem.place) == f"content/x.yaml:{line}", problem
    assert re.search(words, problem.what), problem
    assert problem.hint
    assert not re.search(r"[a-z]{3}", problem.what.replace("YAML", "") + (problem.hint or "")), problem


def test_a_problem_of_a_field_gets_the_line_of_the_field() -> None:
    text = "corrections:\n  - task: a\n    period: 2025Q1\n    date: 2025-07-01\n    field: title\n"
    decoder = FileDecoder({"content/a.yaml": text.encode()})
    assert decoder.decode("content/a.yaml", schema.CORRECTIONS)
    field = Place(file="content/a.yaml", field="corrections[0].date")
    places = (field, replace(field, field=""), replace(field, file="b.yaml"))
    found = [decoder.locate(Problem(place=place, what=Message("不对"))) for place in places]
    assert [str(p.place) for p in found] == ["content/a.yaml:4", "content/a.yaml", "b.yaml"]
