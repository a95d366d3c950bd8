"""The search index without a browser: tokens, numbers, postings, pinyin, sizes."""

from __future__ import annotations

import gzip
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
from generator.site.search.everyday import list_everyday, list_offices
from generator.site.search.pinyin_terms import find_terms, format_readings, make_initials, read_characters
from generator.site.search.search_index import (
    TASKS_PER_PART,
    decode_numbers,
    encode_number,
    make_search_files,
    shard_of,
)
from generator.site.search.tokens import fold, make_tokens
from generator.wording import Words
from tests.builders import words_of
from tests.paths import ROOT, TEMPLATES

FIELDS = ("title", "commitment", "progress", "other", "short")


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
    found = format_readings(read_characters(["重庆银行"])).split()
    groups = {re.sub("[^a-z]", "", group): group for group in found}
    assert "重" in groups["zhong"]
    assert "重" in groups["chong"]
    assert "行" in groups["hang"]
    assert "行" in groups["xing"]


def postings(parts: dict[str, Any], token: str) -> dict[int, str]:
    """Place → field of a token, read as search.js reads it."""
    shard = parts[f"grams-{shard_of(token, parts['core']['shards'])}"]
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
        place += number // 5 + 1
        found[place] = FIELDS[number % 5]
    return found


def docs(parts: dict[str, Any]) -> list[list[Any]]:
    """Every task's document, in the order of the index."""
    count = parts["core"]["tasks"]
    return [parts[f"docs-{n // TASKS_PER_PART}"][n % TASKS_PER_PART] for n in range(count)]


def test_every_token_of_every_task_leads_to_it(parts: dict[str, Any], site: Site) -> None:
    tasks = [task for district in site.districts for task in district.tasks]
    assert len(docs(parts)) == len(tasks)
    for place, (doc, task) in enumerate(zip(docs(parts), tasks, strict=True)):
        assert doc[2] == " ".join(task.title.split())
        for token in make_tokens(task.title):
            assert postings(parts, token)[place] == "title", (token, task.id)
        for token in make_tokens(task.commitment):
            assert postings(parts, token)[place] in ("title", "commitment"), (token, task.id)


def test_ids_and_addresses_are_written_out_and_never_made_from_numbers(report: Report, words: Words) -> None:
    districts = tuple(
        replace(each, district=replace(each.district, tasks=tuple(map(renumber, each.district.tasks))))
        for each in report.districts
    )
    found = docs(read_parts(replace(report, districts=districts), words))
    tasks = {task.id: task for each in districts for task in each.district.tasks}
    assert {doc[0] for doc in found} == set(tasks)
    assert [doc[1] for doc in found] == [task_url(doc[0]) for doc in found]
    assert [doc[2] for doc in found] == [" ".join(tasks[doc[0]].title.split()) for doc in found]


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
        texts = docs(parts)[place][9]
        plain = [re.sub("[\u0100-\u02ff\u0370-\u052f]", unpack, text) for text in texts]
        assert plain[0] == " ".join(task.commitment.split())
        assert plain[1] == " ".join((task.updates[-1].progress or "").split())


def test_a_query_loads_little_and_no_part_is_large(report: Report, words: Words) -> None:
    packed = {name: len(gzip.compress(data)) for name, data in make_search_files(report, words).items()}
    assert packed["search/core.js"] < 16_000
    assert max(size for name, size in packed.items() if name != "search/core.js") < 8_000
    assert sum(packed.values()) < 300_000


def make_id(task: Task, copy: int) -> str:
    """The id of a task in a copy of its district."""
    return task.id.replace("-2025", f"{copy}-2025")


def test_with_fifty_districts_no_part_is_much_larger(report: Report, words: Words) -> None:
    many = tuple(
        replace(
            each,
            district=replace(
                each.district,
                id=f"{each.district.id}{n}",
                tasks=tuple(
                    replace(task, id=task.id.replace("-2025", f"{n}-2025")) for task in each.district.tasks
                ),
            ),
            overviews=(),
        )
        for n in range(25)
        for each in report.districts
    )
    packed = {
        name: len(gzip.compress(data))
        for name, data in make_search_files(replace(report, districts=many), words).items()
    }
    assert packed["search/core.js"] < 18_000
    assert max(size for name, size in packed.items() if name != "search/core.js") < 12_000


def test_the_script_is_small_and_asks_no_network() -> None:
    script = (TEMPLATES / "static" / "search.js").read_text(encoding="utf-8")
    assert len(script.encode()) < 29_000
    for word in ("fetch(", "XMLHttpRequest", "import(", "Worker", "?.", "??", "replaceAll(", ".at("):
        assert word not in script, word


def test_same_content_gives_the_same_index(report: Report, words: Words) -> None:
    assert make_search_files(report, words) == make_search_files(report, words)


def test_everyday_words_have_what_tables_call_them_and_an_office() -> None:
    rows = list_everyday()
    assert len(rows) >= 150
    assert all(means and int(office) < len(list_offices()) for _, means, office in rows)
    known = {str(word): str(means).split(" ") for word, means, _ in rows}
    assert "停车泊位" in known["车位"]
    assert known["gdp"] == ["地区生产总值"]
    assert "一户一表" in known["自来水"]


def test_words_for_pinyin_are_what_is_repeated_and_no_part_of_a_longer_run() -> None:
    assert find_terms(["新增停车位，改造停车位", "托育"], ["区财政局"]) == ("区财政局", "停车位")
    assert make_initials("停车位") == {"'tc", "'cw", "'tcw"}


def test_departments_and_the_sites_own_pages_are_found(parts: dict[str, Any], site: Site) -> None:
    pages = [doc for name in sorted(parts) if name.startswith("pages-") for doc in parts[name]]
    assert len(pages) == parts["core"]["pages"]
    named = {(doc[2], doc[3].split("|")[0]) for doc in pages}
    for district in site.districts:
        for department in district.departments:
            assert (f"{district.id}/departments/{department.slug}.html", department.name) in named
        assert any(url == f"{district.id}/brief.html" for url, _ in named)
    assert any(url == "method.html" for url, _ in named)
