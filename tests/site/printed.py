"""What a built site prints in its own words, wherever: pages, pictures, tables, Word files, feeds."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from lxml import etree

from generator.base.zip_archive import read_zip
from tests.audit.built import Built
from tests.audit.documents import Document, iter_texts, text_of

_QUOTED = re.compile("「[^」]*」|“[^”]*”|《[^》]*》")
_LABELS = "//@aria-label | //@title | //@alt | //meta[@name='description']/@content"
_FORMULA = re.compile("[^。.;；]*[÷−][^。;；]*")
"""Arithmetic: bare numbers with their units, no statement of its own."""


@cache
def printed_texts(built: Built) -> tuple[tuple[str, str], ...]:
    """Path and text of every piece, without what is quoted from the sources."""
    return tuple(_own_texts(built))


def _own_texts(built: Built) -> Iterator[tuple[str, str]]:
    titles = sorted((t.title for d in built.site.districts for t in d.tasks), key=len, reverse=True)
    for path, text in _all_texts(built):
        own = _FORMULA.sub(" ", _QUOTED.sub(" ", text))
        for title in titles:
            own = own.replace(title, " ")
        if own.strip():
            yield path, own


def _all_texts(built: Built) -> Iterator[tuple[str, str]]:
    for page in built.pages.values():
        yield from ((page.url, text) for text in _page_texts(page))
    for path, data in built.files.items():
        if path.endswith(".svg") and "/charts/" in path:
            yield from ((path, text) for text in _svg_texts(etree.fromstring(data)))
        elif path.endswith(".csv") and "/charts/" in f"/{path}":
            yield from ((path, cell) for cell in _csv_texts(data))
        elif path.endswith(".docx"):
            yield from ((path, text) for text in _docx_texts(data))
        elif path.endswith("feed.xml"):
            yield from ((path, text) for text in map(str, etree.fromstring(data).itertext()))
        elif path.startswith("search/"):
            yield from ((path, text) for text in _search_texts(data.decode("utf-8")))


BARE = re.compile(r"（(?:数值|单位)）$| \((?:number|unit)\)$")
"""Headings of the columns of a chart's CSV that are bare numbers and units, no words."""


def _csv_texts(data: bytes) -> Iterator[str]:
    """Headings and cells in words; the numbers and units beside them are held by test_data_equals_pages."""
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        yield from row
        yield from (cell for heading, cell in row.items() if not BARE.search(heading))


def _page_texts(page: Document) -> Iterator[str]:
    yield from iter_texts(page.body, skip_verbatim=True)
    yield from page.texts(_LABELS)
    yield from (text_of(element) for element in page.find("//title | //desc | //head/title"))


def _svg_texts(root: etree._Element) -> Iterator[str]:
    """Labels one by one; the lines of title and subtitle, which stand outside the drawing, as one text."""
    heads = [text_of(element) for element in root if _name_of(element) == "text"]
    yield "".join(line if line[-1:] > "\u2e80" else f"{line} " for line in heads)
    for group in root:
        for element in group.iter():
            if group is not element and _name_of(element) in ("text", "title", "desc"):
                yield " ".join(map(str, element.itertext()))


def _name_of(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _docx_texts(data: bytes) -> Iterator[str]:
    root = etree.fromstring(read_zip(data)["word/document.xml"])
    space = root.nsmap["w"]
    for paragraph in root.iter(f"{{{space}}}p"):
        yield "".join(map(str, paragraph.itertext()))


def _search_texts(script: str) -> Iterator[str]:
    """Lines of the search index that the script prints as they are."""
    match = re.search(r"\{.*\}", script, re.S)
    data = json.loads(match[0]) if match else {}
    for key in ("numbers", "responsible"):
        if isinstance(data, dict) and isinstance(data.get(key), str):
            yield from data[key].split("\n")


def facts_of(built: Built) -> Mapping[str, str]:
    """Number as printed (both ends of a range, with | between) → its unit; each stands for one fact alone."""
    found: dict[str, tuple[str, str]] = {}
    for district in built.site.districts:
        for task in district.tasks:
            for update in task.updates:
                for target in task.at(update.period).targets:
                    ends = [f"{abs(end):f}" for end in (target.value, target.value_max) if end is not None]
                    fact = f"{task.id} {target.quote}"
                    assert found.setdefault("|".join(ends), (fact, target.unit))[0] == fact
                for actual in update.actuals:
                    fact = f"{task.id} {update.period}"
                    assert found.setdefault(f"{abs(actual.value):f}", (fact, actual.unit))[0] == fact
    return {number: unit for number, (_, unit) in found.items()}


_BEFORE = r"(?:(?:下降|上升|预计|不超过|增长|减少|降低|at least|at most|down|up|expected|minus)\s?)*[-−－]?"
_AFTER = "(?:以上|以下|以内|左右)?"
"""Words that change what a number says."""


@cache
def renderings(built: Built) -> Mapping[str, Mapping[str, list[str]]]:
    """Fact → each way in which it is printed → the files that print it so."""
    patterns = {number: _pattern(number, unit) for number, unit in facts_of(built).items()}
    found: dict[str, dict[str, list[str]]] = {number: defaultdict(list) for number in patterns}
    for path, text in printed_texts(built):
        for number, pattern in patterns.items():
            for match in pattern.finditer(text):
                found[number][match[0]].append(path)
    return found


def _pattern(number: str, unit: str) -> re.Pattern[str]:
    low, _, high = number.partition("|")
    body = rf"{re.escape(low)}[^\d]{{1,6}}{re.escape(high)}" if high else re.escape(low)
    ends = "(?![0-9A-Za-z.])" if not unit else ""
    return re.compile(
        rf"{_BEFORE}(?<![0-9A-Za-z.]){body}(?![0-9]|\.[0-9]){ends}(?:{re.escape(unit)})?{_AFTER}"
    )
