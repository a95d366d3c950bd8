"""Chinese numerals, whole or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.chinese_numerals import CHINESE_DIGITS, CHINESE_SCALES, parse_chinese_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("〇", 0),
        ("一", 1),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百二十", 120),
        ("三百五", 350),
        ("壹佰", 100),
        ("贰拾叁", 23),
        ("二〇〇", 200),
        ("二○二五", 2025),
        ("十万零一千", 101000),
        ("三万五千", 35000),
        ("一亿二千万", 120000000),
        ("百", None),
        ("", None),
        ("12", None),
        ("十个", None),
        ("五六十", None),
    ],
)
def test_a_numeral_has_its_value(text: str, value: int | None) -> None:
    assert parse_chinese_number(text) == value


@given(st.text(alphabet=CHINESE_DIGITS + CHINESE_SCALES, max_size=30))
def test_no_run_of_numerals_raises(text: str) -> None:
    value = parse_chinese_number(text)
    assert value is None or value >= 0
