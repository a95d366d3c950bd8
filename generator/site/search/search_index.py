"""The search index: built here, loaded in the browser as classic scripts, so that it works from file://.

Parts, each a call ``taizhangSearch(name, value)``:

``core``     every task's id, address, title, departments, periods and standings; pinyin; the panel's words
``grams-N``  postings of the tokens whose first character falls to shard N
``texts-N``  the texts of a few tasks, for the snippet and for checking a match to the letter

A query loads ``core``, the shards of its own tokens and the texts of the best results, nothing else.
A posting is a number: distance to the task before × 4 + the best field in which the token stands.
Numbers are written in base 45 with two alphabets: the last digit of a number is from the second one.
In the texts the most frequent pairs of Chinese characters stand as one Latin or Cyrillic letter (two bytes
for six); ``core.pairs`` lists them. A text's own letters of that range, which such tables lack, are blanks.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures import Report, Standing
from generator.model import Department, Period, Task, addresses
from generator.site.search.synonyms import find_synonyms, standing_words
from generator.site.search.tokens import HAN, make_tokens
from generator.wording import Words, format_departments, format_period, format_standing, format_task_number

FOLDER = "search"
TEXTS_PER_PART = 25
"""Tasks in one texts part: the texts of a page of results stay small."""
TASKS_PER_SHARD = 160
"""Tasks for each further shard of postings."""
_MOST_SHARDS = 64
_HAN = re.compile(f"[{HAN}]")
_HAN_RUN = re.compile(f"[{HAN}]+")
_CODES = "".join(map(chr, [*range(0x100, 0x300), *range(0x370, 0x530)]))
_ANY_CODE = re.compile("[\u0100-\u02ff\u0370-\u052f]")
_WORTH_A_CODE = 4
"""A pair must stand more often than this to save more than its place in the list."""
_BASE = 45
_DIGITS = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"&<>\\')
_MORE, _LAST = _DIGITS[:_BASE], _DIGITS[_BASE:]
_TITLE, _COMMITMENT, _PROGRESS, _OTHER = range(4)
_SCRIPT_WORDS = (
    *("all_districts", "all_departments", "all_periods", "all_standings", "found", "found_shown", "loose"),
    *("none", "type", "loading", "failed", "department", "department_tasks"),
    *("next_steps", "contacts"),
)
_LATER = {name: "{" + name + "}" for name in ("n", "shown", "q")}
"""Placeholders that the script fills stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchEntry:
    """One task as the index sees it."""

    task: Task
    district: int
    """Place of the district in the site's order."""
    departments: tuple[int, ...]
    """Places in the list of all departments, in printed order."""
    standings: tuple[tuple[int, int], ...]
    """(place of the period, place of the standing), oldest first."""


def make_search_files(report: Report, words: Words) -> dict[str, bytes]:
    """All parts of the index: site path → script.

    The site of ``report`` is masked already. Raises: RenderError when the catalogue lacks a word.
    """
    entries, core = _make_core(report, words)
    shards = min(_MOST_SHARDS, len(entries) // TASKS_PER_SHARD + 1)
    parts: dict[str, Any] = dict(_make_grams(entries, shards))
    texts, core["pairs"] = _make_texts([entry.task for entry in entries])
    parts |= texts
    version = hashlib.sha256(_compact([core, parts]).encode()).hexdigest()[:40]
    parts["core"] = core | {"shards": shards, "per": TEXTS_PER_PART, "version": version}
    return {part_url(name): _make_script(name, value) for name, value in sorted(parts.items())}


def part_url(name: str) -> str:
    """Site path of a part."""
    return f"{FOLDER}/{name}.js"


def _make_script(name: str, value: Any) -> bytes:
    return f'window.taizhangSearch("{name}",{_compact(value)});\n'.encode()


def _compact(value: Any) -> str:
    """JSON fit for a script: no line separators, no end tag."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _make_core(report: Report, words: Words) -> tuple[list[SearchEntry], dict[str, Any]]:
    """The entries in the order of the index (newest year first), and what every query needs.

    Ids and addresses are written out: the script makes none, so that a renumbered task is found where it is.
    """
    districts = [each.district for each in report.districts]
    departments = [(i, d) for i, district in enumerate(districts) for d in district.departments]
    periods = sorted({o.period for each in report.districts for o in each.overviews}, key=lambda p: p.order)
    entries = _make_entries(report, departments, periods)
    titles = [" ".join(entry.task.title.split()) for entry in entries]
    names = [name for _, d in departments for name in (d.name, *d.aliases)]
    return entries, {
        "count": len(entries),
        "ids": "\n".join(entry.task.id for entry in entries),
        "urls": "\n".join(addresses.task_url(entry.task.id) for entry in entries),
        "titles": "\n".join(titles),
        "numbers": "\n".join(format_task_number(entry.task, words) for entry in entries),
        "responsible": "\n".join(format_departments(entry.task, words) for entry in entries),
        "keys": "".join(map(_encode_entry, entries)),
        "districts": [[d.id, d.name, d.area_code or ""] for d in districts],
        "departments": [
            [i, d.name, d.slug, addresses.department_url(districts[i].id, d.slug), "|".join(d.aliases)]
            for i, d in departments
        ],
        "periods": [[str(period), format_period(period, words)] for period in periods],
        "standings": [
            [standing.value, format_standing(standing, words), *standing_words(standing)]
            for standing in Standing
        ],
        "pinyin": make_pinyin([*titles, *names]),
        "words": {key: words(f"search.script.{key}", **_LATER) for key in _SCRIPT_WORDS},
    }


def _make_entries(
    report: Report, departments: Sequence[tuple[int, Department]], periods: Sequence[Period]
) -> list[SearchEntry]:
    """Newest year first, then in the order of the site, then by number."""
    places = {(i, d.name): place for place, (i, d) in enumerate(departments)}
    order = list(Standing)
    standings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for overview in (overview for each in report.districts for overview in each.overviews):
        for figures in overview.tasks:
            pair = (periods.index(overview.period), order.index(figures.standing))
            standings[figures.task.id].append(pair)
    entries = [
        SearchEntry(
            task=task,
            district=i,
            departments=tuple(places[i, a.name] for a in task.departments if (i, a.name) in places),
            standings=tuple(standings[task.id]),
        )
        for i, each in enumerate(report.districts)
        for task in each.district.tasks
    ]
    return sorted(entries, key=lambda e: (-e.task.year, e.district, e.task.number))


def _encode_entry(entry: SearchEntry) -> str:
    """District, year, number, departments and standings of a task as numbers, lists with their length."""
    numbers = [entry.district, entry.task.year - 2000, entry.task.number, len(entry.departments)]
    numbers += [*entry.departments, len(entry.standings)]
    numbers += [number for pair in entry.standings for number in pair]
    return "".join(map(encode_number, numbers))


def encode_number(number: int) -> str:
    """A number from 0 in base 45: ``_MORE`` digits, closed by one of ``_LAST``."""
    text = _LAST[number % _BASE]
    while number := number // _BASE:
        text = _MORE[number % _BASE] + text
    return text


def decode_numbers(text: str) -> list[int]:
    """The numbers of a run of encoded ones (as search.js reads them)."""
    numbers, value = [], 0
    for char in text:
        if char in _LAST:
            numbers.append(value * _BASE + _LAST.index(char))
            value = 0
        else:
            value = value * _BASE + _MORE.index(char)
    return numbers


def make_pinyin(texts: Iterable[str]) -> str:
    """Every Chinese character of the texts under each of its readings: ``chong重虫 zhong重中``.

    A character with several readings stands under each: 重庆 is found by chongqing, and by zhongqing too.
    """
    from pypinyin import Style, pinyin  # slow to load

    readings: dict[str, list[str]] = defaultdict(list)
    for char in sorted({char for text in texts for char in text if _HAN.match(char)}):
        for reading in sorted({r for r in pinyin(char, Style.NORMAL, heteronym=True)[0] if r.isalpha()}):
            readings[reading].append(char)
    return " ".join(reading + "".join(chars) for reading, chars in sorted(readings.items()))


def _make_grams(entries: Sequence[SearchEntry], shards: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """``grams-N`` → its grams (first character → [second characters, postings of each]) and words."""
    postings: dict[str, list[int]] = defaultdict(list)
    last: dict[str, int] = defaultdict(lambda: -1)
    for place, entry in enumerate(entries):
        for token, field in _rank_tokens(entry.task).items():
            postings[token].append((place - last[token] - 1) * 4 + field)
            last[token] = place
    found: list[dict[str, Any]] = [{"grams": {}, "words": {}} for _ in range(shards)]
    for token in sorted(postings):
        shard, numbers = found[ord(token[0]) % shards], postings[token]
        coded = "".join(map(encode_number, numbers))
        if _HAN.match(token):
            group = shard["grams"].setdefault(token[0], ["", ""])
            group[0] += token[1]
            group[1] += encode_number(len(numbers)) + coded
        else:
            shard["words"][token] = coded
    yield from ((f"grams-{n}", shard) for n, shard in enumerate(found))


def _rank_tokens(task: Task) -> dict[str, int]:
    """Token → best field in which it stands; an everyday word ranks as the official one that it means."""
    commitment = (task.commitment, task.section, task.subsection, *(target.metric for target in task.targets))
    texts = _make_texts_of(task)
    other = (*texts[2:], *task.leaders, task.deadline)
    fields = ((_TITLE, (task.title,)), (_COMMITMENT, commitment), (_PROGRESS, (texts[1],)), (_OTHER, other))
    ranks: dict[str, int] = {}
    for field, pieces in fields:
        found = [piece for piece in pieces if piece]
        for token in make_tokens(" ".join((*found, *find_synonyms(found)))):
            ranks.setdefault(token, field)
    return ranks


def _make_texts_of(task: Task) -> list[str]:
    """Commitment, newest progress, newest next steps, contacts: what a snippet may show."""
    newest = task.updates[-1] if task.updates else None
    contacts = " ".join(" ".join((contact.office, *contact.phones)) for contact in task.contacts)
    texts = (task.commitment, newest and newest.progress, newest and newest.next_steps, contacts)
    return [" ".join((text or "").split()) for text in texts]


def _make_texts(tasks: Sequence[Task]) -> tuple[dict[str, list[list[str]]], str]:
    """``texts-N`` → texts of TEXTS_PER_PART tasks, packed; and the pairs that the codes stand for."""
    texts = [_make_texts_of(task) for task in tasks]
    pairs = _find_pairs(text for each in texts for text in each)
    codes = dict(zip(pairs, _CODES, strict=False))
    packed = [[_pack_text(text, codes) for text in each] for each in texts]
    starts = range(0, len(tasks), TEXTS_PER_PART)
    parts = {f"texts-{n}": packed[start : start + TEXTS_PER_PART] for n, start in enumerate(starts)}
    return parts, "".join(pairs)


def _find_pairs(texts: Iterable[str]) -> list[str]:
    """The most frequent pairs of Chinese characters, at most one a code, in a fixed order."""
    counts: Counter[str] = Counter()
    for text in texts:
        for run in _HAN_RUN.findall(text):
            counts.update(run[i : i + 2] for i in range(len(run) - 1))
    frequent = [(-number, pair) for pair, number in counts.items() if number > _WORTH_A_CODE]
    return [pair for _, pair in sorted(frequent)[: len(_CODES)]]


def _pack_text(text: str, codes: Mapping[str, str]) -> str:
    """The text with frequent pairs as codes; a character that is itself a code is left out of search."""
    plain = _ANY_CODE.sub(" ", text)
    out, at = [], 0
    while at < len(plain):
        code = codes.get(plain[at : at + 2])
        out.append(code or plain[at])
        at += 2 if code else 1
    return "".join(out)
