"""Labels wrap by estimate: no number leaves its unit, no line is wider than it may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.charts.text_width import cut_text, text_width, wrap_text

LETTERS = st.text(alphabet="新增城镇就业２万人以上，。（）“”0123456789.%abcXYZ 、—", min_size=0, max_size=80)


def test_short_text_stays_on_one_line() -> None:
    assert wrap_text("新增城镇就业", 100, 14) == ("新增城镇就业",)


def test_number_stays_with_its_unit() -> None:
    for width in range(60, 220, 7):
        lines = wrap_text("全年争取到位资金4500万美元，增长5.7个百分点", width, 14, 9)
        joined = "|".join(lines)
        assert "4500万美元" in joined or text_width("4500万美元", 14) > width
        assert "5.7个百分点" in joined or text_width("5.7个百分点", 14) > width


def test_no_line_begins_or_ends_with_the_wrong_mark() -> None:
    for width in range(45, 200):
        lines = wrap_text(
            "实施“两个清零、一个提标”行动（第二批），完成老旧小区改造；推进片区更新。", width, 14, 20
        )
        assert not any(line[0] in "，。、；：）”" for line in lines)
        assert not any(line[-1] in "（“" for line in lines)


@given(LETTERS, st.integers(min_value=40, max_value=400), st.integers(min_value=1, max_value=4))
def test_no_line_is_wider_than_it_may_be_and_nothing_is_lost_silently(
    text: str, width: int, most: int
) -> None:
    lines = wrap_text(text, width, 14, most)
    assert len(lines) <= most
    assert all(text_width(line, 14) <= width + 1e-6 for line in lines)
    kept = "".join(lines).replace(" ", "")
    whole = text.replace(" ", "")
    if not kept.endswith("…"):
        assert kept == whole
    else:
        assert whole.startswith(kept[:-1])


@pytest.mark.parametrize(
    ("text", "shown"),
    [("短", "短"), ("一二三四五六七八九十", "一二三四五六…"), ("一二三四五，六七八", "一二三四五…")],
)
def test_cut_ends_in_an_ellipsis(text: str, shown: str) -> None:
    assert cut_text(text, 7 * 14, 14) == shown
