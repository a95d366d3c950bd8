"""Time phrases: what they name, and that they are found whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.time_phrases import find_earlier_months, find_last_month, find_times, strip_times


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("截至6月底，已建成公园6个", [("until", "截至6月底", 6)]),
        ("截止到第二季度末完成3处", [("until", "截止到第二季度末", 2)]),
        ("1-6月完成3处，二季度2处", [("months", "1-6月", 1), ("quarters", "二季度", 2)]),
        ("前三季度完成3处", [("quarters", "前三季度", 3)]),
        ("2024年新增3家，今年以来新增5家", [("year", "2024年", 2024), ("so_far", "今年以来", None)]),
        ("较上年同期多3家", [("former", "上年同期", None)]),
        ("6月份建成3处", [("month", "6月份", 6)]),
        ("本季度建成3处，下半年再建6处", [("own", "本季度", None), ("future", "下半年", None)]),
        ("前五个月建成3处", [("so_far", "前五个月", 5)]),
        ("6月30日验收，2025年规划", []),
    ],
)
def test_a_time_phrase_says_what_it_names(text: str, found: list[tuple[str, str, int | None]]) -> None:
    assert [(phrase.kind.value, phrase.words, phrase.number) for phrase in find_times(text)] == found


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("截至6月底，已建成公园", "已建成公园"),
        ("2025年1-6月新增企业", "新增企业"),
        ("6月30日验收", "验收"),
        ("去年新增企业", "去年新增企业"),
        ("新增企业", "新增企业"),
    ],
)
def test_time_phrases_at_the_head_are_stripped(text: str, rest: str) -> None:
    assert strip_times(text) == rest


@given(st.text(alphabet="截至止到第前二三季度月日底末年份123456789-—，今目前上半个以来", max_size=200))
def test_any_text_is_read_and_offsets_are_exact(text: str) -> None:
    end = 0
    for phrase in find_times(text):
        assert end <= phrase.start < phrase.end
        assert text[phrase.start : phrase.end] == phrase.words
        end = phrase.end
    assert text.endswith(strip_times(text))


def test_a_hundred_thousand_characters_of_time_are_read() -> None:
    assert sum(1 for _ in find_times("截至" * 50_000)) == 0
    assert strip_times("6月" * 50_000) == ""


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1-5月份，民间投资占比提高15.1个百分点", 5),
        ("截至5月底，建成6处", 5),
        ("1-6月，建成6处", 6),
        ("1-5月份营收3亿元；上半年建成6处", None),
        ("1-5月份营收3亿元，上半年建成6处", None),
        ("3-5月建成6处", None),
        ("截至目前，建成6处", None),
    ],
)
def test_months_of_a_sentence_date_its_figures(text: str, month: int | None) -> None:
    assert find_last_month(text, len(text)) == month


def test_months_that_end_before_the_table_are_told_as_printed() -> None:
    text = "1-5月份营收3亿元。1-6月建成6处。截至4月底，检查2次。1-5月份指数改善。"
    assert find_earlier_months(text, 6) == ("1-5月份", "截至4月底")
    assert find_earlier_months("上半年建成6处", 6) == ()
