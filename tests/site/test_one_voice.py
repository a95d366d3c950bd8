"""One fact, one wording: the built site read in both languages: pages, pictures, tables, Word, feeds."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from generator.figures import Standing
from tests.audit.built import Built
from tests.audit.documents import text_of
from tests.site.printed import facts_of, printed_texts, renderings
from tests.two_periods import DISTRICT_PUBLISHER, LED, NAMES, TABLE_PUBLISHER

LANGUAGES = {"zh-CN": "two_periods", "en": "two_periods_english"}
MET = {"zh-CN": {"达到目标", "未达到目标"}, "en": {"Target met", "Target not met"}}


@pytest.fixture(scope="session", params=LANGUAGES)
def told(request: pytest.FixtureRequest) -> tuple[str, Built]:
    """Language and site."""
    language: str = request.param
    return language, request.getfixturevalue(LANGUAGES[language])


def test_every_number_is_worded_in_one_way(told: tuple[str, Built]) -> None:
    _, built = told
    assert len(facts_of(built)) > 35
    printed = renderings(built)
    twice = {number: {way: paths[:2] for way, paths in ways.items()} for number, ways in printed.items()}
    assert {number: ways for number, ways in twice.items() if len(ways) != 1} == {}


def test_the_numbers_stand_on_pages_pictures_tables_and_in_word(told: tuple[str, Built]) -> None:
    _, built = told
    kinds: dict[str, set[str]] = defaultdict(set)
    for number, ways in renderings(built).items():
        for path in (path for paths in ways.values() for path in paths):
            kinds[path.rpartition(".")[2]].add(number)
    assert {kind: len(found) > 10 for kind, found in kinds.items()} == dict.fromkeys(
        ("html", "svg", "csv", "docx"), True
    )


def test_falls_ranges_limits_and_expected_numbers_are_said(told: tuple[str, Built]) -> None:
    language, built = told
    said = {number: next(iter(ways)) for number, ways in renderings(built).items()}
    wanted = {
        "zh-CN": (
            *("下降3.271%", "下降6.143%", "上升1.219%", "下降5.37%以上", "不超过5.83%", "预计72.81亿元"),
            *("15.11%～30.22%", "1103～2207座", "2027处以上", "1013处以上"),
        ),
        "en": (
            *("down 3.271%", "down 6.143%", "up 1.219%", "at least down 5.37%", "at most 5.83%"),
            *("expected 72.81亿元", "15.11%～30.22%", "1103～2207座", "at least 2027处", "at least 1013处"),
        ),
    }
    assert set(wanted[language]) <= set(said.values())


def test_every_standing_has_one_word(told: tuple[str, Built]) -> None:
    language, built = told
    words: dict[str, set[str]] = defaultdict(set)
    for page in built.pages.values():
        for mark in page.find("//*[contains(concat(' ', @class, ' '), ' mark ')][@data-status]"):
            words[mark.get("data-status") or ""].add(text_of(mark))
        for link in page.find("//*[local-name()='a'][contains(@class, 'hit')][@data-status][@aria-label]"):
            label = link.get("aria-label") or ""
            words[link.get("data-status") or ""] |= {
                word for word in _standing_words(built) | MET[language] if word and word in label
            }
    words = {status: found - {""} for status, found in words.items() if status in set(Standing)}
    own = {status: found - MET[language] for status, found in words.items()}
    assert set(own) == set(Standing)
    assert {status: found for status, found in own.items() if len(found) != 1} == {}
    assert len({next(iter(found)) for found in own.values()}) == len(Standing)
    assert MET[language] <= set().union(*words.values())


def _standing_words(built: Built) -> set[str]:
    """Words of the marks on the page of methods, which explains them all."""
    return {text_of(e) for e in built.pages["method.html"].find("//*[@data-status]")}


def test_no_other_word_of_a_standing_is_in_use(told: tuple[str, Built]) -> None:
    language, built = told
    others = {
        "zh-CN": r"未开工|进行中|按序时|滞后(?!.*原因)|未达标",
        "en": r"\b(?:In progress|Not begun|Ahead(?! of)|Behind(?! schedule)|not begun|reached the target)\b",
    }[language]
    found = {f"{m[0]}: {text}" for _, text in printed_texts(built) if (m := re.search(others, text))}
    assert found == set()


def test_who_is_responsible_is_said_in_one_way(told: tuple[str, Built]) -> None:
    language, built = told
    pattern = {
        "zh-CN": r"[^\s，。；：、:]*区虚构[^\s，。；：、]*等3个部门|等3个部门",
        "en": r"\S*区虚构\S*(?: \(lead\))?,? and others\W*3 in all|3 departments\)",
    }[language]
    ways = {m[0].strip(): path for path, text in printed_texts(built) for m in re.finditer(pattern, text)}
    name = LED[1].name
    wanted = f"{name}（牵头）等3个部门" if language == "zh-CN" else f"{name} (lead) and others, 3 in all"
    assert set(ways) == {wanted}, ways
    assert len({path for path, text in printed_texts(built) if wanted in text}) > 10


def test_the_number_of_a_task_is_said_in_one_way(told: tuple[str, Built]) -> None:
    """In words it is 第二（3）项; alone it stands only in columns and marks of charts."""
    language, built = told
    whole = "第二（3）项" if language == "zh-CN" else "No. 二（3）"
    other = re.compile(
        r"(?<!原表的)第1项|No\. 1(?!\d)|第二（3）(?!项)|(?<!第)二（3）项|(?<!No\. )(?<!第)二（3）[:： ]"
    )
    mine = [(path, text) for path, text in printed_texts(built) if path.startswith("bing/")]
    assert sum(whole in text for _, text in mine) > 10
    assert {(path, text[:60]) for path, text in mine if other.search(text)} == set()


def test_a_table_is_said_to_be_from_its_own_publisher(told: tuple[str, Built]) -> None:
    _, built = told
    source = re.compile(r"(?:来源|[Ss]ource)[：:] ?([^\s，,。.;；]+)")
    names = {match[1] for _, text in printed_texts(built) for match in source.finditer(text)}
    assert {TABLE_PUBLISHER, NAMES["ding"]} <= names
    assert DISTRICT_PUBLISHER not in names
    where = {path for path, text in printed_texts(built) if DISTRICT_PUBLISHER in text}
    assert where <= {"data/index.html"}, "the tables name another publisher"


def test_dates_and_periods_are_written_out(told: tuple[str, Built]) -> None:
    _, built = told
    periods = {str(u.period) for d in built.site.districts for t in d.tasks for u in t.updates}
    raw = re.compile(rf"(?<![\w/.-])(?:{'|'.join(periods)}|20\d\d-\d\d-\d\d)(?![\w.])")
    pages = ((path, text) for path, text in printed_texts(built) if path.endswith(".html"))
    assert {(path, text[:80]) for path, text in pages if raw.search(text)} == set()
