"""Every kind of oddity in every field of every content file: the verdict, the file and the line of each.

The table is the product of the schema and of what is odd for each type, so a new field is covered when it is
declared. All data invented.
"""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from generator import content
from generator.base.errors import Severity
from generator.content import decisions, schema
from generator.content.schema import RecordSpec, Type

HOLE = "HOLE"
SOURCE = "原表".encode()
SUM = hashlib.sha256(SOURCE).hexdigest()
ERROR, WARNING = Severity.ERROR, Severity.WARNING

TASK = f"""\
id: ceshi-2025-001
number: 1
number_inferred: true
number_printed: 一
section: 民生
subsection: 公园
title: 新增座椅3把
commitment: 新增座椅3把。
deadline: 年底前
leaders: [区长]
departments: [{{name: 区测试局, role: lead}}]
contacts: [{{office: 区测试局, phones: ['12345678']}}]
carried_over_from: [ceshi-2025-002]
succeeded_by: [ceshi-2025-002]
targets:
  - {{id: t1, metric: 新增座椅, value: 3, value_max: 4, unit: 把, comparator: '=',
     kind: count, quote: 新增座椅3把}}
updates:
  - period: 2025Q2
    as_of: 2025-06-30
    progress: 已新增座椅2把。
    next_steps: 再增1把。
    next_steps_from: ceshi-2025-002
    plan: 2把
    reported_status: 正常
    reported_completion: 66%
    remarks: 无
    actuals: [{{target: t1, value: 2, unit: 把, basis: year_to_date,
       quote: 已新增座椅2把, stated_completion: 0.67}}]
    status: {{value: undecided, quote: 已新增}}
    source: {{file: sources/2025Q2.txt, sha256: {SUM}, row: 1}}
"""
DISTRICT = """\
name: 测试区
code: '999901'
publisher: 区政府办
area_code: '0531'
sources: [{period: 2025Q2, file: sources/2025Q2.txt, title: 一张表,
  url: 'https://a.example/1', published: 2025-07-01, publisher: 办}]
departments: [{name: 区测试局, slug: ju, kind: bureau, aliases: [测试局],
  former_slugs: [lao], phones: ['12345678']}]
"""
SITE = """\
title: 测试台账
districts: [ceshi]
language: zh-CN
base_url: https://www.ceshi.example
description: 一句话
publisher: 办
edition: 2025-07-20
accent: '#0b4f8a'
breadcrumb: [执行公开]
on_schedule_points: 5
mask_names: false
"""
CORRECTIONS = """\
corrections: [{task: ceshi-2025-001, period: 2025Q2, date: 2025-07-02, field: progress,
  old: 甲, new: 乙, reason: 笔误}]
"""
REVIEW = """\
decisions: [{task: ceshi-2025-001, period: 2025Q2, target: t1, decision: reject,
  value: 2, unit: 把, quote: 已新增, reason: 不是}]
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """One content file: where it stands, its record, and a whole example."""

    path: str
    record: RecordSpec
    data: dict[str, Any]


FILES = (
    Kind("content/ceshi/2025/001.yaml", schema.TASK, yaml.safe_load(TASK)),
    Kind("content/ceshi/district.yaml", schema.DISTRICT, yaml.safe_load(DISTRICT)),
    Kind("site.yaml", schema.SITE, yaml.safe_load(SITE)),
    Kind("content/ceshi/corrections.yaml", schema.CORRECTIONS, yaml.safe_load(CORRECTIONS)),
    Kind("content/ceshi/review.yaml", decisions.DECISIONS, yaml.safe_load(REVIEW)),
)

_ANY = ("!x a", "&x a", "*x", "! a")
_TEXT = (
    '"a\\0b"',
    '"a\\x0bb"',
    '"a\\x7fb"',
    '"\\uffff"',
    "[a]",
    "{a: b}",
    "12",
    "true",
    "2025-01-01",
    "1.5",
    *_ANY,
)
_UNSEEN = ('"甲\\u202e乙"', '"甲\\u200b乙"', '"甲\\u00ad乙"', '"甲\\ufeff乙"', '"甲\\u2066乙"')
_ADDRESS = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,a",
    "vbscript:a",
    "//evil.example",
    "/a",
    "file:///etc/passwd",
    "ftp://a.b",
    "https:a.b",
    "https://",
    "https:///a",
    "https://a b.example",
    "https://u:p@a.example",
    "https://a.example@b.example",
    "https://a\\\\b.example",
    "http://a.example/<b>",
    "https://a.example/'",
]
_ODD: dict[int, tuple[str, ...]] = {
    id(schema.TEXT): _TEXT,
    id(schema.NAME): (*_TEXT, "''", "'  '", '"\\t"', '"\\u3000"'),
    id(schema.KEY): (
        *_TEXT,
        "''",
        "T1",
        "目标",
        "a b",
        "../a",
        "a/b",
        "con",
        "nul",
        "com1",
        "a" * 60,
        "-a",
        "a.b",
    ),
    id(schema.ADDRESS): (
        *_TEXT,
        *(f'"{each}"' for each in _ADDRESS),
        '"java\\tscript:alert(1)"',
        '" https://a.b"',
    ),
    id(schema.INT): (
        "0",
        "-1",
        "'1'",
        "01",
        "1.5",
        "9" * 30,
        "9" * 5000,
        "１",
        "1_0",
        "0x1",
        "1e3",
        "一",
        "[1]",
        *_ANY,
    ),
    id(schema.DECIMAL): (
        *(
            "003",
            "-01",
            "9" * 400,
            "1e60",
            ".nan",
            ".inf",
            "'3'",
            "1_0",
            "三",
            "3把",
            "１",
            "+3",
            "3.",
            ".5",
            "0x1",
            "1:30",
        ),
        *_ANY,
    ),
    id(schema.BOOL): ("yes", "no", "on", "1", "'true'", "True", "[true]", *_ANY),
    id(schema.DATE): (
        *(
            "1925-06-30",
            "2025-W13-1",
            "2025-13-01",
            "2025-02-30",
            "20250630",
            "2025/06/30",
            "2025-6-30",
            "３",
            "[a]",
        ),
        *("2025-06-30T00:00:00", "6月30日", "2100-01-01", *_ANY),
    ),
    id(schema.PERIOD): (
        "2025Q5",
        "2025M13",
        "2025q1",
        "1999",
        "2025H3",
        "2025M1",
        "2025Q",
        "二季度",
        "[a]",
        *_ANY,
    ),
    id(schema.QUOTES): ('"a\\0b"', "''", "{a: b}", "12", "['']", *_ANY),
}
_CHOICE = ("nonsense", "''", "[a]", "{a: b}", "1", *_ANY)
_LIST = ("甲", "{a: b}", "12", *_ANY)
_RECORD = ("甲", "[a]", "12", *_ANY)


@dataclass(frozen=True, slots=True)
class Case:
    """One oddity: the file's text, and where it must be told."""

    name: str
    path: str
    text: str
    line: int
    level: Severity


def fields_of(
    record: RecordSpec, data: Any, at: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Type]]:
    """Place and type of every field that the example fills, lists and records too."""
    for each in record.fields:
        if each.key in data:
            yield from parts_of(each.type, data[each.key], (*at, each.key))


def parts_of(
    kind: Type, value: Any, at: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Type]]:
    yield at, kind
    item = inspect.getclosurevars(kind.decode).nonlocals.get("item")
    if isinstance(item, Type):
        yield from parts_of(item, value[0], (*at, 0))
    record = getattr(kind.decode, "__self__", None)
    if isinstance(record, RecordSpec):
        yield from fields_of(record, value, at)


def oddities_of(kind: Type) -> tuple[str, ...]:
    """What is refused in a field of this type, as it is written in YAML."""
    if id(kind) in _ODD:
        return _ODD[id(kind)]
    if isinstance(getattr(kind.decode, "__self__", None), RecordSpec):
        return _RECORD
    names = inspect.getclosurevars(kind.decode).nonlocals
    return _CHOICE if "allowed" in names else _LIST if "item" in names else ()


def put(data: Any, at: tuple[str | int, ...], value: Any) -> Any:
    """A copy of the example with one value changed."""
    copied = copy.deepcopy(data)
    node = copied
    for part in at[:-1]:
        node = node[part]
    node[at[-1]] = value
    return copied


def written(data: Any, hole: str) -> tuple[str, int]:
    """The file's text with ``hole`` at the place of HOLE, and the line where that stands."""
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10**6)
    line = text[: text.index(HOLE)].count("\n") + 1
    return text.replace(HOLE, hole), line


def make_cases() -> Iterator[Case]:
    """Kinds of oddities × fields of the schema, then what may happen to every mapping."""
    for file in FILES:
        for at, kind in fields_of(file.record, file.data):
            field = ".".join(map(str, at))
            odd = [(each, ERROR) for each in oddities_of(kind)]
            if kind in (schema.TEXT, schema.NAME):
                odd += [(each, WARNING) for each in _UNSEEN]
            for hole, level in odd:
                text, line = written(put(file.data, at, HOLE), hole)
                yield Case(f"{file.path}:{field}={hole[:30]}", file.path, text, line, level)
            if isinstance(getattr(kind.decode, "__self__", None), RecordSpec):
                text, line = written(put(file.data, (*at, HOLE), "甲"), "unknown_key")
                yield Case(f"{file.path}:{field} unknown key", file.path, text, line, ERROR)


CASES = tuple(make_cases())


def content_with(path: str, text: str) -> dict[str, bytes]:
    files = {kind.path: yaml.safe_dump(kind.data, allow_unicode=True).encode() for kind in FILES}
    second = put(put(FILES[0].data, ("id",), "ceshi-2025-002"), ("number",), 2)
    for key in ("carried_over_from", "succeeded_by"):
        second = put(second, (key,), [])
    second["updates"][0].pop("next_steps_from")
    files["content/ceshi/2025/002.yaml"] = yaml.safe_dump(second, allow_unicode=True).encode()
    return files | {"content/ceshi/sources/2025Q2.txt": SOURCE, path: text.encode()}


def test_the_examples_themselves_are_right() -> None:
    kind = FILES[0]
    found = content.parse_content(content_with(kind.path, yaml.safe_dump(kind.data, allow_unicode=True)))
    assert [str(p) for p in found.problems] == []


def test_there_are_at_least_four_hundred() -> None:
    assert len(CASES) >= 400


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: kind.path)
def test_every_oddity_is_told_with_its_file_and_line(kind: Kind) -> None:
    wrong = []
    for case in (case for case in CASES if case.path == kind.path):
        found = content.parse_content(content_with(case.path, case.text)).problems
        places = {(p.place.file, p.place.line) for p in found if p.level is case.level}
        if (case.path, case.line) not in places:
            wrong.append((case.name, case.line, [f"{p.level}:{p}"[:150] for p in found[:2]]))
    assert wrong == []


AGAINST: tuple[tuple[str, tuple[str | int, ...], Any, Severity], ...] = (
    ("site.yaml", ("districts",), [], ERROR),
    *(
        ("site.yaml", ("districts", 0), each, ERROR)
        for each in ("static", "data", "search", "offline", "charts", "index")
    ),
    *(
        ("site.yaml", ("districts", 0), each, ERROR)
        for each in ("con", "Ceshi", "测试", "a/b", "..", "a" * 40, "1a", "all")
    ),
    *(("site.yaml", ("on_schedule_points",), each, ERROR) for each in (-5, 101, 1000000)),
    *(
        ("site.yaml", ("theme",), each, ERROR)
        for each in ("/etc", "../..", ".", "content", "output", "a/../b", "content/x")
    ),
    *(("site.yaml", ("base_url",), each, ERROR) for each in ("https://a.b/?x", "https://a.b/#x")),
    ("site.yaml", ("language",), "fr", ERROR),
    ("site.yaml", ("accent",), "red", ERROR),
    ("site.yaml", ("title",), "长" * 100, ERROR),
    ("content/ceshi/district.yaml", ("name",), "长" * 100, ERROR),
    ("content/ceshi/district.yaml", ("departments", 0, "name"), "长" * 100, ERROR),
    *(
        ("content/ceshi/district.yaml", ("departments", 0, "slug"), each, ERROR)
        for each in ("index", "con", "A", "甲", "a/b", "a" * 90)
    ),
    ("content/ceshi/2025/001.yaml", ("id",), "ceshi-2025-003", ERROR),
    ("content/ceshi/2025/001.yaml", ("departments", 0, "name"), "区别的局", ERROR),
    *(("content/ceshi/2025/001.yaml", ("title",), each, WARNING) for each in ("长" * 5000, "两\n行")),
    ("content/ceshi/2025/001.yaml", ("contacts", 0, "phones", 0), "无", WARNING),
    ("content/ceshi/district.yaml", ("code",), "甲", WARNING),
    ("content/ceshi/2025/001.yaml", ("departments",), [{"name": "区测试局", "role": "lead"}] * 2, ERROR),
    ("content/ceshi/2025/001.yaml", ("carried_over_from", 0), "ceshi-2025-001", ERROR),
    ("content/ceshi/2025/001.yaml", ("succeeded_by", 0), "ceshi-2025-009", ERROR),
    ("content/ceshi/2025/001.yaml", ("updates", 0, "next_steps_from"), "ceshi-2025-009", ERROR),
    ("content/ceshi/2025/001.yaml", ("updates", 0, "period"), "2024Q2", ERROR),
    ("content/ceshi/2025/001.yaml", ("updates", 0, "period"), "2027Q2", ERROR),
    ("content/ceshi/2025/001.yaml", ("updates", 0, "as_of"), dt.date(2025, 1, 1), WARNING),
    ("content/ceshi/2025/001.yaml", ("updates", 0, "as_of"), dt.date(2029, 1, 1), ERROR),
    ("content/ceshi/2025/001.yaml", ("updates", 0, "source", "file"), "sources/none.txt", ERROR),
    ("content/ceshi/2025/001.yaml", ("updates", 0, "source", "sha256"), "0" * 64, ERROR),
    ("content/ceshi/2025/001.yaml", ("updates", 0, "actuals", 0, "target"), "t9", ERROR),
    ("content/ceshi/corrections.yaml", ("corrections", 0, "task"), "ceshi-2025-009", ERROR),
    ("content/ceshi/review.yaml", ("decisions", 0, "task"), "ceshi-2025-009", WARNING),
)


@pytest.mark.parametrize(("path", "at", "value", "level"), AGAINST)
def test_what_files_must_agree_on(path: str, at: tuple[str | int, ...], value: Any, level: Severity) -> None:
    kind = next(each for each in FILES if each.path == path)
    text = yaml.safe_dump(put(kind.data, at, value), allow_unicode=True)
    found = content.parse_content(content_with(path, text)).problems
    assert [p for p in found if p.place.file == path and p.place.line and p.level is level], found


WHOLE = {
    "two marks of order": b"\xef\xbb\xbf\xef\xbb\xbfid: a\n",
    "another encoding": "id: 测试".encode("gb18030"),
    "nothing": b"",
    "brackets": b"section: " + b"[" * 100_000,
    "braces": b"section: " + b"{a: " * 100_000,
    "lists in lists": b"section:\n" + b" - " * 100_000,
    "keys of keys": b"section:\n" + b" ? " * 100_000,
    "deeper and deeper": b"\n".join(b" " * level + b"a:" for level in range(3000)),
    "two documents": b"a: 1\n---\nb: 2\n",
    "a tab": b"id: a\n\tb: c\n",
    "a key twice": b"id: a\nid: b\n",
    "a merge": b"a: &x {b: c}\nd: {<<: *x}\n",
    "commas": b"section: [" + b"," * 3_000_000,
}


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_a_file_that_is_wrong_as_a_whole(data: bytes) -> None:
    path = "content/ceshi/2025/001.yaml"
    found = content.parse_content({**content_with(path, ""), path: data}).problems
    assert [p for p in found if p.place.file == path and p.level is ERROR]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("建 #1楼", True),
        ("建  #楼 #2", True),
        ("建1楼 # 抄自原表", False),
        ("'建 #1楼'", False),
        ("建#1楼", False),
    ],
)
def test_words_that_count_as_a_remark_are_told(title: str, told: bool) -> None:
    path = "content/ceshi/2025/001.yaml"
    found = content.parse_content(content_with(path, TASK.replace("title: 新增座椅3把", f"title: {title}")))
    assert [p.place.line for p in found.problems if "没有读入" in str(p)] == ([7] if told else [])


def test_a_key_that_is_a_list_is_named_as_one() -> None:
    path = "content/ceshi/2025/001.yaml"
    found = content.parse_content(
        content_with(path, TASK.replace("number: 1\n", "number: 1\n? [a]\n: b\n", 1))
    )
    assert ["键应是文字" in str(p) and p.place.line for p in found.problems] == [3]


def test_names_that_some_systems_take_for_one() -> None:
    path = "content/ceshi/2025/001.yaml"
    files = content_with(path, yaml.safe_dump(FILES[0].data, allow_unicode=True))
    found = content.parse_content({**files, "content/ceshi/2025/001.YAML": b""}).problems
    assert [p for p in found if "大小写" in p.what and p.level is ERROR]
