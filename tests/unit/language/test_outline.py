"""The tree of a text: what opens a part, and that no character is lost. All texts are invented."""

from hypothesis import given
from hypothesis import strategies as st

from generator.language.outline import OutlinePart, PartKind, leaves, parse_outline, walk

_WORDS = [
    "一是",
    "二是",
    "三是",
    "区发改局",
    "进展情况：",
    "1.",
    "（一）",
    "一、",
    "①",
    "2025年",
    "新建公园2处:",
    "已建成",
    "统一是",
    "𠮷",
    "甲",
]
_PIECES = st.sampled_from([*_WORDS, *"“”（）。；，：!\n "])


def _shape(parts: tuple[OutlinePart, ...]) -> list[object]:
    return [[part.kind.value, part.label, *_shape(part.parts)] for part in parts if part.label]


def _labels(text: str, *departments: str) -> list[object]:
    return _shape(parse_outline(text, departments).parts)


@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_joined_leaves_are_the_text(text: str) -> None:
    outline = parse_outline(text, ("区发改局", "区教体局"))
    assert "".join(text[start:end] for start, end in leaves(outline)) == text


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_parts_tile_their_parent_without_gaps(text: str) -> None:
    outline = parse_outline(text, ("区发改局",))
    bounds = [0, *(part.end for part in outline.parts)]
    assert [part.start for part in outline.parts] == bounds[:-1]
    assert bounds[-1] == len(text)
    for part in walk(outline.parts):
        inner = [part.body, *(p.end for p in part.parts)]
        assert [p.start for p in part.parts] == inner[:-1]
        assert part.kind is PartKind.SENTENCE or inner[-1] == part.end


def test_ordinals_stand_inside_their_department() -> None:
    text = "区发改局一是谋划项目3个;二是召开会议。 区工信局一是引进企业6家。"
    assert _labels(text, "区发改局", "区工信局") == [
        ["department", "区发改局", ["ordinal", "一是"], ["ordinal", "二是"]],
        ["department", "区工信局", ["ordinal", "一是"]],
    ]


def test_a_body_unknown_to_the_directory_opens_a_part_before_an_ordinal() -> None:
    assert _labels("县文旅局一是办活动。二是修场馆。") == [
        ["department", "县文旅局", ["ordinal", "一是"], ["ordinal", "二是"]]
    ]


def test_headings_that_open_paragraphs_hold_their_items() -> None:
    text = "新建公园2处:6月30日建成1处。 改造街巷3条:一是定方案。二是已开工。施工进度如下:甲路完工。"
    assert _labels(text) == [
        ["heading", "新建公园2处"],
        ["heading", "改造街巷3条", ["ordinal", "一是"], ["ordinal", "二是"]],
    ]


def test_a_time_of_day_opens_no_heading() -> None:
    assert _labels("会议于9:30开始。") == []


def test_numbers_of_chapters_and_items_nest() -> None:
    text = "一、就业工作\n1.新增就业300人。\n2.培训2.5万人次。\n二、养老工作\n1.新建食堂2处。"
    assert _labels(text) == [
        ["chapter", "一、", ["item", "1."], ["item", "2."]],
        ["chapter", "二、", ["item", "1."]],
    ]


def test_a_word_that_only_ends_in_yi_shi_opens_nothing() -> None:
    assert _labels("服务标准统一是重点。") == []


def test_a_semicolon_inside_brackets_ends_no_sentence() -> None:
    outline = parse_outline("谋划产业（甲；乙）两类。完成。")
    assert [outline.text[p.start : p.end] for p in outline.parts] == ["谋划产业（甲；乙）两类。", "完成。"]
