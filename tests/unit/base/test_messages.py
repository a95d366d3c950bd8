"""Messages: Chinese as they stand, English by the catalogue, nothing left out of it."""

from __future__ import annotations

import pickle
import re
from decimal import Decimal
from pathlib import Path

import yaml

from generator.base.errors import Problem, format_problem, make_problem_row
from generator.base.messages import Message, find_runs, reason_of, translate
from generator.base.places import Place
from tests.message_templates import find_names, find_templates
from tests.paths import ROOT

ENGLISH: dict[str, str] = yaml.safe_load((ROOT / "templates/messages/en.yaml").read_text(encoding="utf-8"))


def test_every_message_has_its_english_with_the_same_placeholders() -> None:
    templates = find_templates()
    assert {t: place for t, place in templates.items() if t not in ENGLISH} == {}
    assert sorted(ENGLISH.keys() - templates.keys()) == []
    differing = {t for t, english in ENGLISH.items() if find_names(t) != find_names(english)}
    assert differing == set()


def test_no_english_holds_chinese_marks() -> None:
    marks = re.compile("[\u3000-\u303f\uff00-\uffef“”]")
    assert [english for english in ENGLISH.values() if marks.search(english)] == []


def test_values_are_kept_to_the_letter_in_both_languages() -> None:
    kind = Message("文字")
    said = Message("这里应是{wanted}，现在是{found}", wanted=kind, found="{没有}")
    assert said == "这里应是文字，现在是{没有}"
    assert translate(said, ENGLISH) == "should be text, but is {没有}"


def test_a_tuple_is_listed_with_the_mark_of_the_language() -> None:
    said = Message("可以写：{options}", options=("甲", "乙"))
    assert said == "可以写：甲、乙"
    assert translate(said, ENGLISH) == "Allowed: 甲, 乙"


def test_a_message_comes_out_of_another_process_whole() -> None:
    said = Message("引文里没有 {value:f}{unit}", value=Decimal("1E+2"), unit=Path("a/b"))
    again = pickle.loads(pickle.dumps(said))
    assert again == said == "引文里没有 100a/b"
    assert translate(again, ENGLISH) == "no quote says 100a/b"


def test_a_message_without_values_may_hold_braces() -> None:
    assert Message("花括号 { } 里缺逗号，或者没有写完") == "花括号 { } 里缺逗号，或者没有写完"


def test_a_problem_is_told_in_one_language() -> None:
    problem = Problem(
        place=Place(file="a.xlsx", page=2, table=1, row=3, field="title"),
        what=Message("没有任务“{task}”", task="x"),
        hint=Message("重新运行一次"),
    )
    assert str(problem) == "a.xlsx!第2页表1第3行: title: 没有任务“x”。重新运行一次"
    assert format_problem(problem, ENGLISH) == (
        'a.xlsx!page 2, table 1, row 3: title: there is no task "x". Run once more'
    )
    row = make_problem_row(problem, ENGLISH)
    assert row["what"] == 'title: there is no task "x"'


def test_runs_of_numbers_are_shortened() -> None:
    assert find_runs([12, 3, 5, 6, 7, 3]) == ("3", "5–7", "12")
    assert find_runs([1, 2]) == ("1", "2")


def test_the_reason_of_a_parser_keeps_its_template() -> None:
    assert reason_of(ValueError(Message("没有引文"))).template == "没有引文"
    assert reason_of(ValueError("x")) == "x"
