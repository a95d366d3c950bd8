"""The catalogue of interface words and the writing of dates, periods and shares."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from markupsafe import Markup

from generator.base.errors import ContentError, RenderError
from generator.model import parse_period
from generator.wording import Words, format_date, format_period, make_words, placeholders
from tests.paths import TEMPLATES

FILES = {p.as_posix(): p.read_bytes() for p in (TEMPLATES / "words").rglob("*.*")}
CHINESE, ENGLISH = (make_words(FILES, language=language) for language in ("zh-CN", "en"))


def make(text: str, *overrides: tuple[str, str]) -> Words:
    return make_words({"words/zh-CN/area.yaml": text.encode()}, overrides)


def test_both_languages_have_the_same_keys() -> None:
    assert set(CHINESE.entries) == set(ENGLISH.entries)


def test_both_languages_have_the_same_placeholders() -> None:
    differing = [
        k for k in CHINESE.entries if placeholders(CHINESE.entries[k]) != placeholders(ENGLISH.entries[k])
    ]
    assert differing == []


def test_every_word_that_a_template_or_module_names_is_in_the_catalogue() -> None:
    areas = sorted({key.split(".")[0] for key in CHINESE.entries if "." in key})
    pattern = re.compile(rf"""["']((?:{"|".join(areas)})\.[a-z_]\w*(?:\.\w+)*)["']""")
    sources = [*TEMPLATES.rglob("*.html"), *(TEMPLATES.parent / "generator").rglob("*.py")]
    named = {key for path in sources for key in pattern.findall(path.read_text("utf-8"))}
    assert len(named) > 300
    files = (".html", ".yaml", ".md", ".css", ".js", ".xml", ".docx", ".json", ".csv")
    assert [k for k in sorted(named) if k not in CHINESE and not k.endswith(("_", *files))] == []


def test_templates_hold_no_words_of_their_own() -> None:
    comments = re.compile(r"{#.*?#}", re.S)
    found = {
        path.name: re.findall(
            r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+", comments.sub("", path.read_text("utf-8"))
        )
        for path in TEMPLATES.rglob("*.html")
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_nested_keys_become_dotted_and_every_scalar_is_a_text() -> None:
    words = make("a: {no: no, 7: 12:30}\nb: 010")
    assert [words("area.a.no"), words("area.a.7"), words("area.b")] == ["no", "12:30", "010"]


def test_placeholders_are_filled() -> None:
    assert make('a: "{n}项，{name}"')("area.a", n=3, name="甲") == "3项，甲"


def test_markup_makes_the_whole_text_markup_and_escapes_the_rest() -> None:
    text = make('a: "<{n}> {name}"')("area.a", n=Markup("<b>3</b>"), name="<i>")
    assert isinstance(text, Markup)
    assert text == "&lt;<b>3</b>&gt; &lt;i&gt;"


@pytest.mark.parametrize(("n", "text"), [(1, "1 task"), (0, "0 tasks"), (2, "2 tasks")])
def test_plurals_fall_by_n(n: int, text: str) -> None:
    assert make('a: {one: "{n} task", other: "{n} tasks"}')("area.a", n=n) == text


def test_a_missing_key_is_an_error_that_names_it() -> None:
    with pytest.raises(RenderError, match=r"area\.yaml: area\.gone: 词条不存在"):
        make("a: b")("area.gone")


def test_a_placeholder_without_value_is_an_error() -> None:
    with pytest.raises(RenderError, match="占位符没有值：'n'"):
        make('a: "{n}项"')("area.a")


def test_overrides_replace_a_text() -> None:
    assert make('a: "{n}项"', ("area.a", "共{n}个"))("area.a", n=2) == "共2个"


@pytest.mark.parametrize(
    ("override", "message"),
    [(("area.b", "x"), "没有词条 area.b"), (("area.a", "{m}"), "占位符 m 不存在。可用的占位符：n")],
)
def test_a_wrong_override_is_an_error(override: tuple[str, str], message: str) -> None:
    with pytest.raises(ContentError, match=re.escape(message)):
        make('a: "{n}项"', override)


def test_a_key_given_twice_is_an_error() -> None:
    with pytest.raises(ContentError, match=r"area\.yaml:2: a: 键写了两次"):
        make("a: b\na: c")


def test_a_language_without_catalogue_is_an_error() -> None:
    with pytest.raises(ContentError, match="没有 fr 的词条文件"):
        make_words(FILES, language="fr")


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        ("2025Q1", "2025年第一季度", "first quarter of 2025"),
        ("2025H1", "2025年上半年", "first half of 2025"),
        ("2025M06", "2025年6月", "June 2025"),
        ("2025", "2025年全年", "whole year 2025"),
    ],
)
def test_periods_are_named_in_full(period: str, chinese: str, english: str) -> None:
    assert format_period(parse_period(period), CHINESE) == chinese
    assert format_period(parse_period(period), ENGLISH) == english


def test_dates_have_no_leading_zeros() -> None:
    assert format_date(dt.date(2025, 6, 3), CHINESE) == "2025年6月3日"
