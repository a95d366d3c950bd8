"""The search index without a browser: tokens, numbers, postings, pinyin, sizes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.app import inspection
from generator.figures import Report, make_report
from generator.model import Site, Task
from generator.model.addresses import task_url
from generator.site.search.search_index import (
    TEXTS_PER_PART,
    decode_numbers,
    encode_number,
    make_pinyin,
    make_search_files,
)
from generator.site.search.synonyms import find_synonyms
from generator.site.search.tokens import fold, make_tokens
from generator.wording import Words
from tests.builders import words_of
from tests.paths import ROOT, TEMPLATES

FIELDS = ("title", "commitment", "progress", "other")


@pytest.fixture(scope="module")
def site() -> Site:
    """The repository's own content, masked."""
    return inspection.read_site(ROOT)[0]


@pytest.fixture(scope="module")
def report(site: Site) -> Report:
    """Its figures."""
    return make_report(site)


@pytest.fixture(scope="module")
def words() -> Words:
    """The Chinese catalogue."""
    return words_of()


@pytest.fixture(scope="module")
def parts(report: Report, words: Words) -> dict[str, Any]:
    """Every part of the index of the repository's own content."""
    return read_parts(report, words)


def read_parts(report: Report, words: Words) -> dict[str, Any]:
    """Every part of an index, read back out of its script."""
    found = {}
    for data in make_search_files(report, words).values():
        match = re.fullmatch(r'window\.taizhangSearch\("([^"]+)",(.*)\);\n', data.decode("utf-8"), re.S)
        assert match
        found[match[1]] = json.loads(match[2])
    return found


def test_chinese_gives_pairs_and_numbers_keep_their_unit() -> None:
    assert make_tokens("新增城镇就业1.95万人") == [
        *("新增", "增城", "城镇", "镇就", "就业"),
        *("1.95", "1.95万", "万人"),
    ]


def test_full_width_and_capitals_are_folded() -> None:
    assert make_tokens("ＡＩＣ基金，５．７％") == ["aic", "aic基", "基金", "5.7"]
    assert fold("Ａ１") == "a1"


@given(st.lists(st.integers(min_value=0, max_value=10**7)))
def test_numbers_come_back(numbers: list[int]) -> None:
    coded = "".join(map(encode_number, numbers))
    assert decode_numbers(coded) == numbers
    assert not set(coded) & set('"\\<>&')


def test_a_character_with_several_readings_stands_under_each() -> None:
    groups = {re.match("[a-z]+", group)[0]: group for group in make_pinyin(["重庆银行"]).split()}  # type: ignore[index]
    assert "重" in groups["zhong"]
    assert "重" in groups["chong"]
    assert "行" in groups["hang"]
    assert "行" in groups["xing"]


def postings(parts: dict[str, Any], token: str) -> dict[int, str]:
    """Place → field of a token, read as search.js reads it."""
    shard = parts[f"grams-{ord(token[0]) % parts['core']['shards']}"]
    coded: list[int] = []
    if re.match("[\u3400-\u9fff]", token):
        seconds, text = shard["grams"].get(token[0], ["", ""])
        numbers, at = decode_numbers(text), 0
        for second in seconds:
            if second == token[1]:
                coded = numbers[at + 1 : at + 1 + numbers[at]]
            at += numbers[at] + 1
    else:
        coded = decode_numbers(shard["words"].get(token, ""))
    found, place = {}, -1
    for number in coded:
        place += number // 4 + 1
        found[place] = FIELDS[number % 4]
    return found


def test_every_token_of_every_task_leads_to_it(parts: dict[str, Any], site: Site) -> None:
    titles = parts["core"]["titles"].split("\n")
    tasks = [task for district in site.districts for task in district.tasks]
    assert len(titles) == parts["core"]["count"] == len(tasks)
    for place, (title, task) in enumerate(zip(titles, tasks, strict=True)):
        assert title == " ".join(task.title.split())
        for token in make_tokens(title):
            assert postings(parts, token)[place] == "title", (token, task.id)
        for token in make_tokens(task.commitment):
            assert postings(parts, token)[place] in ("title", "commitment"), (token, task.id)


def test_ids_and_addresses_are_written_out_and_never_made_from_numbers(report: Report, words: Words) -> None:
    districts = tuple(
        replace(each, district=replace(each.district, tasks=tuple(map(renumber, each.district.tasks))))
        for each in report.districts
    )
    core = read_parts(replace(report, districts=districts), words)["core"]
    ids = core["ids"].split("\n")
    tasks = {task.id: task for each in districts for task in each.district.tasks}
    assert set(ids) == set(tasks)
    assert core["urls"].split("\n") == [task_url(task_id) for task_id in ids]
    assert core["titles"].split("\n") == [" ".join(tasks[task_id].title.split()) for task_id in ids]


def renumber(task: Task) -> Task:
    """The task under a number that is not the one in its id."""
    return replace(task, number=1000 - task.number)


def test_the_texts_come_back_to_the_letter(parts: dict[str, Any], site: Site) -> None:
    pairs = parts["core"]["pairs"]

    def unpack(match: re.Match[str]) -> str:
        code = ord(match[0])
        index = code - 0x100 if code < 0x370 else code - 0x170
        return str(pairs[2 * index : 2 * index + 2])

    tasks = [task for district in site.districts for task in district.tasks]
    for place, task in enumerate(tasks):
        texts = parts[f"texts-{place // TEXTS_PER_PART}"][place % TEXTS_PER_PART]
        plain = [re.sub("[\u0100-\u02ff\u0370-\u052f]", unpack, text) for text in texts]
        assert plain[0] == " ".join(task.commitment.split())
        assert plain[1] == " ".join((task.updates[-1].progress or "").split())


def test_140_tasks_stay_under_300_kilobytes(report: Report, words: Words) -> None:
    files = make_search_files(report, words)
    assert sum(len(data) for data in files.values()) < 300_000
    assert all(len(data) < 200_000 for data in files.values())


def test_the_script_is_small_and_asks_no_network() -> None:
    script = (TEMPLATES / "static" / "search.js").read_text(encoding="utf-8")
    assert len(script.encode()) < 20_000
    for word in ("fetch(", "XMLHttpRequest", "import(", "Worker", "?.", "??", "replaceAll(", ".at("):
        assert word not in script, word


def test_same_content_gives_the_same_index(report: Report, words: Words) -> None:
    assert make_search_files(report, words) == make_search_files(report, words)


def test_an_everyday_word_stands_for_official_ones_and_not_the_other_way_round() -> None:
    assert "车位" in find_synonyms(["新增停车泊位1200个"])
    assert "gdp" in find_synonyms(["地区生产总值增长5.7%"])
    assert "泊位" in find_synonyms(["新增车位30个"])
    assert "地区生产总值" not in find_synonyms(["GDP增长5%"])
    assert "车位" not in find_synonyms(["新增车位30个，泊位20个"])
