"""Laws of the number grammar and of the units: whatever the text, whatever the number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.language.quantities import (
    comparable,
    find_mentions,
    find_quantities,
    find_unread,
    ratio,
    to_base,
)
from generator.model import Quantity

UNITS = [
    *(
        "个",
        "家",
        "处",
        "座",
        "%",
        "个百分点",
        "人",
        "人次",
        "户",
        "亩",
        "公里",
        "平方米",
        "元",
        "美元",
        "吨",
    ),
    *(
        "万人",
        "万元",
        "亿元",
        "万平方米",
        "万美元",
        "千万元",
        "亿",
        "万亩",
        "平方公里",
        "微克/立方米",
        "家(个)",
    ),
]
_VALUES = st.decimals(min_value=Decimal(0), max_value=Decimal("99999999"), places=2, allow_nan=False)
_WORDS = st.sampled_from(
    [
        *UNITS,
        *"数几壹佰’ \u2009百分之",
        *"一二三十百千万亿两零〇余多约近过超第前至到—-～.,，。、（）“”0123456789５％ABxyz年月日号\n\u3000𠮷",
        "以上",
        "不超过",
    ]
)


@st.composite
def _printed_quantities(draw: st.DrawFn) -> tuple[str, Quantity]:
    unit = draw(st.sampled_from(UNITS))
    value = draw(_VALUES)
    upper = draw(st.none() | _VALUES.filter(lambda other: other > value))
    text = f"{value:f}" + ("" if upper is None else f"—{upper:f}") + unit
    return text, Quantity(value=value, value_max=upper, unit=unit, start=0, end=len(text))


@given(_printed_quantities())
def test_what_is_printed_is_read_whole(printed: tuple[str, Quantity]) -> None:
    text, quantity = printed
    assert find_quantities(text) == (quantity,)


def test_a_minus_sign_is_read() -> None:
    assert find_quantities("-4.18%") == (Quantity(value=Decimal("-4.18"), unit="%", start=0, end=6),)


@pytest.mark.parametrize("text", ["", "5", "个", "2025年", "第5个", "第 5 个"])
def test_what_is_no_quantity_is_not_read(text: str) -> None:
    assert find_quantities(text) == ()
    assert find_unread(text) == ()


@given(st.integers(1000, 10**15 - 1), st.sampled_from(",，'’ \u00a0\u2009\u202f"), st.sampled_from(UNITS))
def test_groups_of_three_are_one_number(value: int, mark: str, unit: str) -> None:
    grouped = f"{value:,}".replace(",", mark)
    assert [(q.value, q.unit) for q in find_quantities(f"新增{grouped}{unit}")] == [(Decimal(value), unit)]


@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(["家", "亩", "万人"]))
def test_of_a_broken_number_no_piece_is_read(first: int, second: int, unit: str) -> None:
    text = f"建成{first} {second}{unit}"
    if not (first < 1000 and len(str(second)) == 3):
        assert find_quantities(text) == ()
        assert [u.words for u in find_unread(text)] == [f"{first} {second}{unit}"]


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_number_in_parts_is_their_sum(high: int, low: int) -> None:
    (found,) = find_quantities(f"完成投资{high}亿{low}万元")
    assert (found.value, found.unit) == (Decimal(high * 10**4 + low), "万元")


@example("0百余")
@example("近亿5")
@given(st.lists(_WORDS, max_size=60).map("".join) | st.text(max_size=300))
def test_no_text_makes_the_grammar_fail_and_offsets_are_exact(text: str) -> None:
    end = 0
    for mention in find_mentions(text):
        quantity = mention.quantity
        assert end <= quantity.start < quantity.end <= len(text)
        assert mention.start <= quantity.start
        assert quantity.end <= mention.end
        printed = text[quantity.start : quantity.end]
        assert printed.rstrip("余多几来").endswith(quantity.unit[-1]) or printed.startswith("百分之")
        assert any(
            character.isdigit() or character in "一二三四五六七八九十百千万亿两零〇壹佰"
            for character in printed
        )
        end = quantity.end


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "1,111",
        "1-",
        "1—2",
        "“",
        "1万",
        "过千亿",
        "1.",
        "“1个",
        "不超过",
        "1个",
        "百",
        "约1—2个、",
        "第",
        "1 ",
        "1 111",
        "1万1",
        "数十",
        "百分之",
        "壹佰",
    ],
)
def test_a_hundred_thousand_characters_are_read(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    ends = [q.end for q in find_quantities(text)] + [u.end for u in find_unread(text)]
    assert all(end <= len(text) for end in ends)


@given(_VALUES, st.sampled_from(UNITS))
def test_conversion_is_exact(value: Decimal, unit: str) -> None:
    base, name = to_base(value, unit)
    one, _ = to_base(Decimal(1), unit)
    assert Fraction(base) == Fraction(value) * Fraction(one)
    assert to_base(base, name) == (base, name)


@given(_VALUES.filter(lambda v: v > 0), st.sampled_from(UNITS))
def test_a_quantity_is_once_itself(value: Decimal, unit: str) -> None:
    assert ratio(value, unit, value, unit) == 1


@pytest.mark.parametrize(
    ("value", "unit", "base"),
    [
        ("1.95", "万人", ("19500", "人")),
        ("0.486", "亿元", ("48600000", "元")),
        ("130", "万平方米", ("1300000", "平方米")),
        ("20", "平方公里", ("20000000", "平方米")),
        ("18.5", "公顷", ("277.5", "亩")),
        ("12.944", "公里", ("12944", "米")),
        ("40", "家", ("40", "个")),
        ("2", "", ("2", "个")),
        ("3", "公斤", ("0.003", "吨")),
        ("100", "兆瓦", ("100000", "千瓦")),
        ("5", "艘次", ("5", "艘次")),
    ],
)
def test_base_units(value: str, unit: str, base: tuple[str, str]) -> None:
    assert to_base(Decimal(value), unit) == (Decimal(base[0]), base[1])


@pytest.mark.parametrize(
    ("unit", "other", "convert"),
    [
        ("家", "个", True),
        ("万平方米", "亩", True),
        ("公顷", "平方公里", True),
        ("万美元", "亿美元", True),
        ("%", "％", True),
        ("%", "个百分点", False),
        ("人", "人次", False),
        ("人", "个", False),
        ("元", "美元", False),
        ("公里", "平方公里", False),
        ("场", "个", False),
        ("场次", "次", True),
    ],
)
def test_which_units_convert(unit: str, other: str, convert: bool) -> None:
    assert comparable(unit, other) is comparable(other, unit) is convert


def test_what_does_not_convert_is_refused() -> None:
    with pytest.raises(ValueError, match="不能换算"):
        ratio(Decimal(1), "元", Decimal(1), "美元")
    assert ratio(Decimal(15), "亩", Decimal(1), "公顷") == 1
    assert ratio(Decimal(1), "亩", Decimal(2000), "平方米") == Fraction(1, 3)
