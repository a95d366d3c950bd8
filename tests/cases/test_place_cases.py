"""Names of places, labelled by reading: how many that are found are names, how many names are found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator.language.place_names import find_places

CASES = Path(__file__).parent / "places.md"
PRECISION, RECALL = 0.95, 0.9


def read_cases() -> list[tuple[str, list[str]]]:
    """(clause, names in it) of every case."""
    lines = CASES.read_text(encoding="utf-8").split("\n\n", 1)[1].splitlines()
    pairs = (line.rsplit(" | ", 1) for line in lines)
    return [(clause, [] if names == "–" else names.split("、")) for clause, names in pairs]


def test_names_of_places_are_found_and_little_else() -> None:
    found: Counter[str] = Counter()
    named: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for clause, names in read_cases():
        own, wanted = Counter(place.name for place in find_places(clause)), Counter(names)
        found, named, right = found + own, named + wanted, right + (own & wanted)
    assert named.total() >= 100
    wrong, missed = found - right, named - right
    assert right.total() / found.total() >= PRECISION, wrong
    assert right.total() / named.total() >= RECALL, missed
    print(right.total(), found.total(), named.total(), wrong, missed)


def test_a_place_stands_where_it_was_found() -> None:
    text = "推动舜耕路、二环南路等市政道路改造提升。"
    places = list(find_places(text))
    assert [place.name for place in places] == ["舜耕路", "二环南路"]
    assert [text[place.start : place.end] for place in places] == [place.name for place in places]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("完成和平路、将军大道(中心街-和阳路)改造", ["和平路", "将军大道", "和阳路"]),
        ("接石桥路至桃源街道办事处", ["石桥路", "桃源街道办事处"]),
        ("治理曹家河，含柳镇北河", ["曹家河", "柳镇北河"]),
        ("另有胜利街平安大街口", ["平安大街"]),
        ("新建农村公路30公里、机耕路2条、公办幼儿园3所、南站配套幼儿园", []),
        ("优化公交线路，30个自然村、三级医院、山洪沟、断头路、规范化学校", []),
        ("窝沟封闭7万名，剩余小区外墙保温", []),
    ],
)
def test_sorts_of_places_are_no_names_and_names_keep_their_signs(text: str, names: list[str]) -> None:
    assert [found.name for found in find_places(text)] == names
