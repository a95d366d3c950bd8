"""The quick look for private numbers lets nothing pass that the close one would find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.private_scan import find_clear_numbers, find_doubtful, fold_text

FOUND = (
    "13800001234",
    "138-0000-1234",
    "（+86）138 0000 1234",
    "１３８００００１２３４",
    "138\u200b00001234",
    "138\u00ad0000\u20111234",
    "①③⑧⓪⓪⓪⓪①②③④",
    "11010519491231002X",
    "110105 19491231 002Ｘ",
    "4111 1111 1111 1111",
    "4111111111111111",
)


def find_numbers(text: str) -> list[str]:
    return [number for piece in find_doubtful(text) for number in find_clear_numbers(piece)]


@pytest.mark.parametrize("number", FOUND)
def test_every_spelling_is_looked_at_closely(number: str) -> None:
    assert find_clear_numbers(fold_text(number))
    assert find_numbers(f"电话{number}。")


@pytest.mark.parametrize("text", ["", "0531-51806562", "2025-06-30至2025-12-31", "M0,3h240v10", "83.28"])
def test_what_every_page_holds_is_not(text: str) -> None:
    assert not [*find_doubtful(text)]


@given(
    st.lists(st.sampled_from([*"0138X4１３８①² -.)）\u200b\u2011年亿", "138", "0000", "1234"]), max_size=24)
)
def test_nothing_passes(signs: list[str]) -> None:
    text = "".join(signs)
    assert {*find_numbers(text)} == {*find_clear_numbers(fold_text(text))}
