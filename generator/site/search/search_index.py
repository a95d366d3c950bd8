"""The search index: built here, loaded in the browser as classic scripts, so that it works from file://.

A *document* is what is found: a task, or a page (a department, a place, a page of the site). Its place in
the index is its number: all tasks first, district by district, newest year first; then the pages.

Parts, each a call ``taizhangSearch(name, value)``; none grows much with the number of tasks:

``core``      districts with the places of their documents, readings, everyday words, the panel's words
``grams-N``   postings of the tokens that fall to shard N (search.js has the rule)
``terms-X``   words whose pinyin begins with X
``docs-N``    a few documents: what a result shows, and the texts to check a match to the letter

A query loads ``core``, the shards of its own tokens and the documents of the best results, nothing else.
A posting is a number: distance to the document before × 5 + the best field in which the token stands.
Numbers are written in base 45 with two alphabets: the last digit of a number is from the second one.
In the texts the most frequent pairs of Chinese characters stand as one Latin or Cyrillic letter (two bytes
for six); ``core.pairs`` lists them. A text's own letters of that range, which such tables lack, are blanks.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.figures import Report, Standing, TaskFigures
from generator.model import Contact, Former, Period, Task, addresses
from generator.site.search import pinyin_terms
from generator.site.search.everyday import list_everyday, list_offices, standing_words
from generator.site.search.found_pages import FoundPage, PageSort, list_pages
from generator.site.search.tokens import HAN, make_tokens
from generator.wording import (
    Words,
    format_amounts,
    format_completion,
    format_departments,
    format_period,
    format_standing,
    format_task_number,
)

FOLDER = "search"
TASKS_PER_PART = 3
PAGES_PER_PART = 25
"""Documents in one part: what a page of results loads stays small."""
_MOST_FIGURES = 4
_SHARD_BYTES = 2_500
_MOST_SHARDS = 1024
_HAN = re.compile(f"[{HAN}]")
_SENTENCE = re.compile(r"[^\n。；;]+[。；;]?")
_HAN_RUN = re.compile(f"[{HAN}]+")
_CODES = "".join(map(chr, [*range(0x100, 0x300), *range(0x370, 0x530)]))
_ANY_CODE = re.compile("[\u0100-\u02ff\u0370-\u052f]")
_WORTH_A_CODE = 4
"""A pair must stand more often than this to save more than its place in the list."""
_BASE = 45
_DIGITS = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"&<>\\')
_MORE, _LAST = _DIGITS[:_BASE], _DIGITS[_BASE:]
_TITLE, _COMMITMENT, _PROGRESS, _OTHER, _SHORT = range(5)
"""Fields of a posting; the last is a short form of an office's name (住建局)."""
_SCRIPT_WORDS = (
    *(
        "all_districts",
        "all_periods",
        "all_standings",
        "found",
        "found_shown",
        "called",
        "mentioned",
        "loose",
        "near",
        "read_as",
    ),
    *(
        "none",
        "no_standing",
        "no_standing_near",
        "pages",
        "ask",
        "hotline",
        "type",
        "loading",
        "failed",
        "next_steps",
        "contacts",
    ),
    *("promise", "newest", "figure", "who", "no_progress", "earlier"),
)
_LATER = {name: "{" + name + "}" for name in ("n", "shown", "q", "means", "period", "standing")}
"""Placeholders that the script fills stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchEntry:
    """One task as the index sees it."""

    task: Task
    district: int
    """Place of the district in the site's order."""
    figures: tuple[TaskFigures, ...]
    """Of every period, oldest first."""


def make_search_files(report: Report, words: Words, pages: Iterable[FoundPage] = ()) -> dict[str, bytes]:
    """All parts of the index: site path → script.

    The site of ``report`` is masked already. pages: found beside those that follow from the report alone.
    Raises: RenderError when the catalogue lacks a word.
    """
    entries = _make_entries(report)
    found = sorted((*list_pages(report, words), *pages), key=lambda page: page.order)
    texts = [_make_texts_of(entry.task) for entry in entries]
    pairs = _find_pairs(text for each in texts for text in each)
    shards = _make_shards(_make_postings(entries, found))
    parts: dict[str, object] = {f"grams-{n}": shard for n, shard in enumerate(shards)}
    parts |= _make_docs(entries, found, texts, pairs, words)
    names = [name for page in found for name in page.names]
    terms, readings = _make_pinyin([e.task.title for e in entries], names, texts)
    parts |= {f"terms-{letter}": group for letter, group in terms.items()}
    core = _make_core(report, entries, found, words) | {"letters": "".join(terms), "pinyin": readings}
    core |= {"pairs": "".join(pairs), "shards": len(shards)}
    version = hashlib.sha256(_compact([core, parts]).encode()).hexdigest()[:40]
    parts["core"] = core | {"version": version}
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


def _make_core(
    report: Report, entries: Sequence[SearchEntry], pages: Sequence[FoundPage], words: Words
) -> dict[str, object]:
    """What every query needs. Ids and addresses stand in the documents: the script makes none."""
    districts = [each.district for each in report.districts]
    tasks, others = Counter(e.district for e in entries), Counter(page.district for page in pages)
    rows, first, behind = [], 0, len(entries)
    for place, district in enumerate(districts):
        rows.append(
            [
                *(district.id, district.name, district.area_code or ""),
                *(first, tasks[place], behind, others[place]),
            ]
        )
        first, behind = first + tasks[place], behind + others[place]
    periods = sorted({o.period for each in report.districts for o in each.overviews}, key=lambda p: p.order)
    return {
        "tasks": len(entries),
        "pages": len(pages),
        "per": [TASKS_PER_PART, PAGES_PER_PART],
        "year": max((entry.task.year for entry in entries), default=0),
        "districts": rows,
        "periods": [[str(period), format_period(period, words)] for period in periods],
        "standings": [
            [standing.value, format_standing(standing, words), *standing_words(standing)]
            for standing in Standing
        ],
        "everyday": list_everyday(),
        "offices": list_offices(),
        "words": {key: words(f"search.script.{key}", **_LATER) for key in _SCRIPT_WORDS},
    }


def _make_entries(report: Report) -> list[SearchEntry]:
    """In the order of the site, newest year first, then by number."""
    figures: dict[str, list[TaskFigures]] = defaultdict(list)
    for overview in (overview for each in report.districts for overview in each.overviews):
        for found in overview.tasks:
            figures[found.task.id].append(found)
    entries = [
        SearchEntry(task=task, district=place, figures=tuple(figures[task.id]))
        for place, each in enumerate(report.districts)
        for task in each.district.tasks
    ]
    return sorted(entries, key=lambda e: (e.district, -e.task.year, e.task.number))


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


def _make_postings(entries: Sequence[SearchEntry], pages: Sequence[FoundPage]) -> dict[str, list[int]]:
    """Token → its postings."""
    postings: dict[str, list[int]] = defaultdict(list)
    last: dict[str, int] = defaultdict(lambda: -1)
    ranked = [
        *(_rank_tokens(entry.task) | _tag_task(entry) for entry in entries),
        *(_rank_names(page) for page in pages),
    ]
    for place, ranks in enumerate(ranked):
        for token, rank in ranks.items():
            postings[token].append((place - last[token] - 1) * 5 + rank)
            last[token] = place
    return postings


def _rank_tokens(task: Task) -> dict[str, int]:
    """Token → best field in which it stands, the words of every period included."""
    metrics, former = (target.metric for target in task.targets), (u.former for u in task.updates if u.former)
    titles = (text for was in former for text in (was.title, was.commitment))
    commitment = (task.commitment, task.section, task.subsection, *metrics, *titles)
    texts = _make_texts_of(task)
    other = (*texts[2:], *task.leaders, task.deadline)
    fields = ((_TITLE, (task.title,)), (_COMMITMENT, commitment), (_PROGRESS, (texts[1],)), (_OTHER, other))
    ranks: dict[str, int] = {}
    for field, pieces in fields:
        for token in make_tokens(" ".join(piece for piece in pieces if piece)):
            ranks.setdefault(token, field)
    return ranks | dict.fromkeys(pinyin_terms.make_initials(task.title), _TITLE)


def _tag_task(entry: SearchEntry) -> dict[str, int]:
    """Tokens that no text has: number, period, standing in each period and now."""
    tags = [f"=n{entry.task.number}"]
    for figures in entry.figures:
        tags += [f"=p{figures.period}", f"=s{figures.standing.value}{figures.period}"]
    tags += [f"=s{figures.standing.value}" for figures in entry.figures[-1:]]
    return dict.fromkeys(tags, 0)


def _rank_names(page: FoundPage) -> dict[str, int]:
    """Token → field of a page's names; of an office's also every two characters in their order (住建)."""
    ranks: dict[str, int] = {}
    for name in page.names:
        ranks |= dict.fromkeys((*make_tokens(name), *pinyin_terms.make_initials(name)), _TITLE)
    for token in make_tokens(page.facts):
        ranks.setdefault(token, _OTHER)
    if page.sort is PageSort.DEPARTMENT:
        for name in page.names:
            chars = _HAN.findall(name)[:16]
            for i, first in enumerate(chars):
                for second in chars[i + 1 :]:
                    ranks.setdefault(first + second, _SHORT)
    return ranks


def shard_of(token: str, shards: int) -> int:
    """Shard of a token: by its first character, a tag or initials by all of them."""
    return (sum(map(ord, token)) if token[0] in "='" else ord(token[0])) % shards


def _make_shards(postings: Mapping[str, Sequence[int]]) -> list[dict[str, object]]:
    """Grams (first character → [second characters, postings of each]) and words of every shard."""
    coded = {token: "".join(map(encode_number, postings[token])) for token in sorted(postings)}
    size = sum(len(text) + len(token) for token, text in coded.items())
    shards = min(_MOST_SHARDS, size // _SHARD_BYTES + 1)
    grams: list[dict[str, list[str]]] = [{} for _ in range(shards)]
    words: list[dict[str, str]] = [{} for _ in range(shards)]
    for token, text in coded.items():
        shard = shard_of(token, shards)
        if _HAN.match(token):
            group = grams[shard].setdefault(token[0], ["", ""])
            group[0] += token[1]
            group[1] += encode_number(len(postings[token])) + text
        else:
            words[shard][token] = text
    return [{"grams": grams[n], "words": words[n]} for n in range(shards)]


def _make_pinyin(
    titles: Sequence[str], names: Sequence[str], texts: Sequence[Sequence[str]]
) -> tuple[dict[str, str], str]:
    """First letter → words, and the readings of all characters of words, titles and names."""
    everyday = [str(row[0]) for row in list_everyday()]
    terms = pinyin_terms.find_terms((text for each in texts for text in each), (*everyday, *names))
    readings = pinyin_terms.read_characters((*terms, *titles, *names))
    return pinyin_terms.group_terms(terms, readings), pinyin_terms.format_readings(readings)


def _make_docs(
    entries: Sequence[SearchEntry],
    pages: Sequence[FoundPage],
    texts: Sequence[Sequence[str]],
    pairs: Sequence[str],
    words: Words,
) -> dict[str, list[Any]]:
    """``docs-N``, ``pages-N`` → a few documents.

    A task: id, address, title, number, who answers, phones, figures, year, standings, texts, and the
    periods of those texts that stand behind the first four.
    A page: sort, anchor, address, names, facts, phones, the tasks that name it.
    """
    codes = dict(zip(pairs, _CODES, strict=False))
    tasks = [
        _make_doc(entry, [_pack_text(text, codes) for text in own], words)
        for entry, own in zip(entries, texts, strict=True)
    ]
    numbers = {entry.task.id: number for number, entry in enumerate(entries)}
    others = [_make_page_doc(page, sorted(numbers[task] for task in page.tasks)) for page in pages]
    return {
        f"{name}-{n}": docs[n * per : n * per + per]
        for name, docs, per in (("docs", tasks, TASKS_PER_PART), ("pages", others, PAGES_PER_PART))
        for n in range(-(-len(docs) // per))
    }


def _make_doc(entry: SearchEntry, texts: Sequence[str], words: Words) -> list[Any]:
    task, newest = entry.task, entry.figures[-1] if entry.figures else None
    standings = [[str(figures.period), list(Standing).index(figures.standing)] for figures in entry.figures]
    return [
        *(task.id, addresses.task_url(task.id), " ".join(task.title.split())),
        *(format_task_number(task, words), format_departments(task, words)),
        "；".join(_format_contact(contact) for contact in task.contacts),
        *(_format_figures(newest, words), task.year, standings, texts),
        [format_period(period, words) for period, _ in find_earlier_words(task)],
    ]


def _make_page_doc(page: FoundPage, tasks: Sequence[int]) -> list[str]:
    steps = (number - before for before, number in zip((0, *tasks), tasks, strict=False))
    coded = "".join(map(encode_number, steps))
    return [page.sort.value, page.anchor, page.url, "|".join(page.names), page.facts, page.phones, coded]


def _format_contact(contact: Contact) -> str:
    return " ".join((contact.office, *contact.phones)).strip()


def _format_figures(figures: TaskFigures | None, words: Words) -> str:
    """The numbers reported, the one that decides the standing first, one a line; empty without."""
    if figures is None:
        return ""
    shown = sorted((f for f in figures.targets if f.actual), key=lambda figure: figure is not figures.weakest)
    return "\n".join(
        f"{figure.target.metric} {format_amounts(figure, words)} {format_completion(figure)}".strip()
        for figure in shown[:_MOST_FIGURES]
    )


def _make_texts_of(task: Task) -> list[str]:
    """Commitment, newest progress, newest next steps, contacts, earlier words: what a snippet may show."""
    contacts = " ".join(map(_format_contact, task.contacts))
    earlier = (text for _, text in find_earlier_words(task))
    return [*map(_in_one_line, _newest_texts(task)), _in_one_line(contacts), *earlier]


def _newest_texts(task: Task) -> tuple[str | None, ...]:
    newest = ((u.progress, u.next_steps) for u in task.updates[-1:])
    return (task.commitment, *next(newest, (None, None)))


def _in_one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def find_earlier_words(task: Task) -> list[tuple[Period, str]]:
    """Period → what its table said of the task and no later one repeats, newest first.

    Progress 已完成基坑支护。主体施工。 before 主体施工。已封顶。 leaves 已完成基坑支护。
    """
    known = "\n".join(map(_in_one_line, _newest_texts(task)))
    found = []
    for update in reversed(task.updates[:-1]):
        was = update.former or Former()
        said = (was.commitment, was.title, update.progress, update.next_steps)
        own = ""
        for sentence in _SENTENCE.findall("\n".join(map(_in_one_line, said))):
            if sentence not in known and sentence not in own:
                own += sentence
        if own:
            found.append((update.period, own))
            known += f"\n{own}"
    return found


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
