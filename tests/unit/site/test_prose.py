"""Texts as structured HTML: nothing lost, quotes marked and linked, units kept with their numbers."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.site.views.prose import (
    Quote,
    find_excerpt,
    find_headings,
    keep_counts_together,
    keep_together,
    mark_outside,
    render_markdown,
    render_prose,
)

NAMES = ("区甲局", "区乙中心")
ORDINALS = "一是新建公园2处。二是改造道路3.5公里；三是完成率达到97%。"
BODIES = "区甲局一是走访企业40家。二是办理12件。\n区乙中心：完成1500亩。"
HEADINGS = "收储方面:入库20亩。 供地方面:出让320亩。"


def text_of(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def quote(text: str, words: str, anchor: str = "quote-t1") -> Quote:
    start = text.index(words)
    return Quote(start=start, end=start + len(words), anchor=anchor, url="#target-t1", label="回到目标")


@pytest.mark.parametrize("text", [ORDINALS, BODIES, HEADINGS, "  \t空白\r\n也在 ", "a<b>&amp;“引”", ""])
def test_no_character_is_lost(text: str) -> None:
    assert text_of(render_prose(text, NAMES)) == text


@given(
    st.text(alphabet="一二三是、。；：:，,\n\t 区甲局乙中心（）()“”0123456789.%亩个万<>&abc", max_size=200),
    st.lists(st.tuples(st.integers(0, 199), st.integers(1, 60)), max_size=4),
)
def test_no_character_is_lost_in_any_text_with_any_quotes(text: str, spans: list[tuple[int, int]]) -> None:
    quotes = [
        Quote(start=start, end=min(start + length, len(text)), anchor=f"q{i}", url="#t", label="x")
        for i, (start, length) in enumerate(spans)
        if start < len(text)
    ]
    markup = render_prose(text, NAMES, quotes)
    assert text_of(markup) == text
    assert sorted(re.findall(r'id="(q\d+)"', markup)) == [
        f"q{i}" for i in range(len(spans)) if spans[i][0] < len(text)
    ]


def test_ordinals_become_one_list() -> None:
    markup = render_prose(ORDINALS)
    assert markup.count('<ul class="steps">') == 1
    assert re.findall(r'<b class="ordinal">(.*?)</b>', markup) == ["一是", "二是", "三是"]


def test_a_body_before_a_list_or_a_colon_is_a_title() -> None:
    titles = re.findall(r'<h3 class="part-title">(.*?)</h3>', render_prose(BODIES, NAMES))
    assert titles == ["区甲局", "区乙中心："]


def test_a_body_that_is_the_subject_of_its_sentence_stays_in_it() -> None:
    markup = render_prose("区甲局联合区乙中心走访。区乙中心办理。", NAMES)
    assert "<h3" not in markup
    assert "<p><b>区甲局</b>联合" in markup


def test_sub_headings_are_headings_of_the_level_asked_for() -> None:
    titles = re.findall(r"<h4 class=\"part-title\">(.*?)\s*</h4>", render_prose(HEADINGS, level=4))
    assert titles == ["收储方面:", "供地方面:"]


def test_a_quote_is_marked_in_place_and_linked_back() -> None:
    markup = render_prose(HEADINGS, quotes=[quote(HEADINGS, "出让320亩")])
    found = re.search(r'<a class="quoted" id="quote-t1" href="#target-t1" title="回到目标">(.*?)</a>', markup)
    assert found is not None
    assert text_of(found[1]) == "出让320亩"


def test_a_quote_over_a_label_is_marked_in_pieces_with_one_anchor() -> None:
    markup = render_prose(HEADINGS, quotes=[quote(HEADINGS, "供地方面:出让320亩")])
    assert markup.count('id="quote-t1"') == 1
    assert [text_of(m) for m in re.findall(r'<a class="quoted".*?</a>', markup)] == ["供地方面:", "出让320亩"]


def test_two_targets_may_be_read_from_the_same_words() -> None:
    quotes = [quote(HEADINGS, "入库20亩", "quote-t1"), quote(HEADINGS, "入库20亩", "quote-t2")]
    markup = render_prose(HEADINGS, quotes=quotes)
    assert markup.count('class="quoted"') == 1
    assert all(f'id="quote-t{n}"' in markup for n in (1, 2))


def test_a_quote_outside_of_the_text_is_a_fault() -> None:
    with pytest.raises(ValueError, match="不在文字里"):
        render_prose("短", quotes=[Quote(start=0, end=9, anchor="q", url="#", label="")])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("外资4500万美元。", ["4500万美元"]),
        ("提高4个百分点", ["4个百分点"]),
        ("新增1—2个", ["1—2个"]),
        ("占15%～30%，", ["15%～30%"]),
        ("1.95万人就业", ["1.95万人"]),
        ("面积3.2万平方米、12公里", ["3.2万平方米", "12公里"]),
        ("截至2025年6月30日", ["2025年", "6月", "30日"]),
        ("另有——说明……", ["——", "……"]),
        ("没有数字", []),
    ],
)
def test_units_stay_with_their_numbers(text: str, kept: list[str]) -> None:
    markup = keep_together(text)
    assert re.findall(r'<span class="nb">(.*?)</span>', markup) == kept
    assert text_of(markup) == text


def test_counters_stay_with_linked_numbers() -> None:
    sentence = Markup('其中<a class="count" href="#x">9</a>个达到')
    assert (
        keep_counts_together(sentence) == '其中<span class="nb"><a class="count" href="#x">9</a>个</span>达到'
    )


@pytest.mark.parametrize(
    ("text", "starts", "expected"),
    [
        ("区甲局高度重视。上半年完成320亩。下一步继续。", [], "上半年完成320亩。下一步继续。"),
        ("2025年6月召开会议。已走访企业40家。", [], "已走访企业40家。"),
        ("已走访40家。出让320亩。", [7], "出让320亩。"),
        ("全面推进各项工作。", [], "全面推进各项工作。"),
        ("", [], ""),
    ],
)
def test_an_excerpt_begins_where_the_figures_are(text: str, starts: list[int], expected: str) -> None:
    start, end = find_excerpt(text, NAMES, starts, 60)
    assert text[start:end] == expected


@pytest.mark.parametrize(
    ("title", "text", "starts", "expected"),
    [
        ("推进甲河北路延长工程", "走访企业40家。甲河北路正在铺管。", [], "甲河北路正在铺管。"),
        ("推进甲河北路延长工程", "走访企业40家。甲河北路正在铺管。", [4], "走访企业40家。甲河北路正在铺管。"),
        ("加快推进重点工作", "深入推进各项工作。走访企业40家。", [], "走访企业40家。"),
        (
            "培育丙丁产业",
            "一是召开会议" + "，听取汇报（共四方）" * 7 + "，丙丁产业签约3家。",
            [],
            "丙丁产业签约3家。",
        ),
    ],
)
def test_an_excerpt_answers_to_the_title(title: str, text: str, starts: list[int], expected: str) -> None:
    start, end = find_excerpt(text, NAMES, starts, 60, title)
    assert text[start:end] == expected


def test_a_long_excerpt_is_cut_at_a_pause() -> None:
    text = "完成投资25.9亿元，" + "推进项目建设，" * 20
    start, end = find_excerpt(text, (), [], 40)
    assert end - start <= 40
    assert text[end] == "，"


def test_markdown_has_anchors_captions_and_no_raw_html() -> None:
    markup = render_markdown("## 完成率 {#rate}\n\n| 类别 | 例 |\n|---|---|\n| a | b |\n\n<script>x</script>")
    assert find_headings(markup) == (("rate", "完成率"),)
    assert '<caption class="sr">完成率</caption>' in markup
    assert '<th scope="col">类别</th>' in markup
    assert "<script>" not in markup


def test_outside_links_of_a_text_are_marked_and_others_not() -> None:
    html = render_markdown("见[说明](https://x.example/)和[方法](method.html)。")
    marked = mark_outside(html, Markup('<span class="outside-mark">（外）</span>'))
    assert 'rel="noopener external">说明<span class="outside-mark">（外）</span></a>' in marked
    assert '<a href="method.html">方法</a>' in marked
