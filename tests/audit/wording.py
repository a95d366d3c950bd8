"""Numbers, units, dates, punctuation of the site's own words (government-pages.md, group F)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from generator.model import Basis, TargetKind
from tests.audit.articles import squeeze, task_texts, tasks_with_pages
from tests.audit.built import Built
from tests.audit.documents import Document, class_path, iter_texts, text_of

OWN_RULES = {
    "F-03": (r"\d[百千](?!分|米|克|瓦|伏)", "百 or 千 behind a digit"),
    "F-04": (r"(?<![\d.])\.\d|[０-９]", "no leading 0, or a full-width digit"),
    "F-05": (r"\d+(?:\.\d+)?[～~]\d+(?:\.\d+)?[%％万亿]", "one sign for both ends of a range"),
    "F-06": (r"\d[~]\d|20\d\d[～~]20\d\d", "sign of a range"),
    "F-08": (r"年0\d月|月0\d日|(?<!\d)\d{2}年(?=\d{1,2}月|底|初)", "a date"),
    "F-10": (r"近日|目前|日前|今年以来|近期|最近(?!一期|的)", "relative time"),
    "F-11": (
        r"[\u4e00-\u9fff][,;:?!](?=[\u4e00-\u9fff])|(?<!…)…(?!…)(?![^…]*$)|(?<!—)—(?![—\d])(?=[\u4e00-\u9fff])|、等|[，。；：、]{2,}",
        "punctuation",
    ),
    "F-12": (
        r"^\d+、(?!\d)|^[（(][一二三四五六七八九十\d]+[)）]、|^[一二三四五]\.",
        "an outline number",
    ),
    "F-14": (r"(?:增长|下降)[-−]\d|[−-]\d+(?:\.\d+)?个?百分点", "a sign where a word belongs"),
    "D-05": (r"TODO|lorem|undefined|\bNaN\b|\bnull\b|\bNone\b|\[object|\{\{|\{%", "a placeholder"),
}
_PAIRS = (("（", "）"), ("《", "》"), ("“", "”"), ("「", "」"), ("【", "】"))
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")


@cache
def sources(built: Built) -> str:
    """All words of the sources, white space taken out."""
    texts: list[str] = []
    for district in built.site.districts:
        texts += [table.title or "" for table in district.sources]
        for task in district.tasks:
            texts += task_texts(task)
            texts += [task.section or "", task.subsection or "", task.deadline or "", *task.leaders]
            texts += [contact.office for contact in task.contacts]
            texts += [target.metric for target in task.targets]
        texts += [part for d in district.departments for part in (d.name, *d.aliases)]
    return squeeze("\n".join(texts))


def own_texts(built: Built, page: Document) -> Iterator[str]:
    """What a page says in the site's own words, a piece a block; pieces of the sources are left out."""
    known = sources(built)
    for text in iter_texts(page.body, skip_verbatim=True):
        if squeeze(text).strip("…·“”") not in known:
            yield text


def _without_quotes(built: Built, text: str) -> str:
    """A piece without what stands between quotation marks and in the sources to the letter."""
    known = sources(built)
    for start in (place for place, char in enumerate(text) if char == "“"):
        for end in (place for place in range(len(text) - 1, start, -1) if text[place] == "”"):
            words = squeeze(text[start + 1 : end]).strip("…")
            within = words.replace("‘", "“").replace("’", "”")  # marks inside marks are single
            if words and (words in known or within in known):
                return _without_quotes(built, text[:start] + "　" + text[end + 1 :])
    return text


def _without_sources(built: Built, text: str) -> str:
    """A piece without the source's quotes, titles and metrics that stand in the midst of it."""
    text = _without_quotes(built, text)
    for district in built.site.districts:
        for task in district.tasks:
            if task.title in text:
                text = text.replace(task.title, "　")
    return text


def check_wording(built: Built, rule: str) -> Iterator[str]:
    """One rule of OWN_RULES."""
    pattern = re.compile(OWN_RULES[rule][0])
    seen: set[str] = set()
    for page in built.pages.values():
        for text in own_texts(built, page):
            if text in seen:
                continue
            seen.add(text)
            if pattern.search(text) and (found := pattern.search(_without_sources(built, text))):
                yield f"{page.url}: {OWN_RULES[rule][1]}: “{found[0]}” in “{text[:120]}”"


def check_pairs(built: Built) -> Iterator[str]:
    """F-11: brackets and quotation marks come in pairs."""
    seen: set[str] = set()
    for page in built.pages.values():
        for text in own_texts(built, page):
            if text not in seen:
                seen.add(text)
                for opening, closing in _PAIRS:
                    if text.count(opening) != text.count(closing):
                        yield f"{page.url}: {opening}{closing} in “{text[:120]}”"


def check_units_as_printed(built: Built) -> Iterator[str]:
    """F-01: a goal and a reported figure are shown with the value and unit that stand in their quotes."""
    for _, task, page in tasks_with_pages(built):
        actuals = {a.target: a for a in (task.updates[-1].actuals if task.updates else ())}
        for target in task.targets:
            shown = " ".join(
                text_of(e)
                for e in page.find(
                    f"//*[@data-task='{task.id}']//*[@id='{target.id}' or @id='target-{target.id}']"
                )
            )
            yield from _check_amount(page, shown, target.value, target.unit, (target.quote,))
            actual = actuals.get(target.id)
            if (
                actual
                and actual.basis not in (Basis.SUM, Basis.STATED_RATIO)
                and target.kind is not TargetKind.SCOPE
            ):
                yield from _check_amount(page, shown, actual.value, actual.unit, actual.quotes)


def _check_amount(
    page: Document, shown: str, value: Decimal, unit: str, quotes: tuple[str, ...]
) -> Iterator[str]:
    number = f"{abs(value):f}"
    if not re.search(rf"(?<![\d.]){re.escape(number)}(?:～\d[\d.]*)?{re.escape(unit)}", squeeze(shown)):
        yield f"{page.url}: {number}{unit} is not shown in “{shown[:120]}”"
    quote = squeeze("".join(quotes)).replace(",", "").replace("，", "")
    counted_by_name = value == value.to_integral_value() and value <= 10
    in_words = re.search("[一二两三四五六七八九十百千万亿]", quote)
    if number not in quote and not counted_by_name and not in_words:
        yield f"{page.url}: {number} is not in “{quote}”"


def check_decimals(built: Built) -> Iterator[str]:
    """F-02: shares that the site computes have one decimal; printed numbers keep their own (F-01)."""
    for page in built.pages.values():
        for each in page.find("//main//data[@data-target]"):
            share, value = _PERCENT.fullmatch(text_of(each)), Decimal(each.get("value") or "NaN")
            if share and value != Decimal(share[1]) and not re.fullmatch(r"\d+\.\d", share[1]):
                yield f"{page.url}: {value} is shown as {share[0]}"


def check_points(built: Built) -> Iterator[str]:
    """F-07: the difference of two shares is told in 百分点; a share of a whole is at most 100%."""
    for page in built.pages.values():
        for each in page.find(f"//*[{class_path('bar-words')} or {class_path('rate-note')}]"):
            text = text_of(each)
            if re.search(r"[高低快慢]\s*\d+(?:\.\d+)?%", text):
                yield f"{page.url}: “{text}”"
            if "序时" in text and not re.search(r"百分点|持平|相当|一致", text):
                yield f"{page.url}: “{text}” names no 百分点"
        for each in page.find(f"//*[{class_path('schedule')}]"):
            over = [p for p in _PERCENT.findall(text_of(each)) if Decimal(p) > 100]
            yield from (f"{page.url}: a share of {p}%" for p in over)


def check_periods(built: Built) -> Iterator[str]:
    """F-09: periods in full; a figure tells what it covers; of 至少 the next line tells it."""
    scopes = ("累计", "当季", "至少", "增幅", "水平", "现有", "相加")
    for page in built.pages.values():
        if not page.is_task:
            continue
        for figure in page.find(f"//*[{class_path('target-figure')}]"):
            if not any(word in text_of(figure) for word in scopes):
                yield f"{page.url}: “{text_of(figure)}” does not tell what it covers"
        for text in own_texts(built, page):
            if re.search(r"20\d\d(?:Q[1-4]|H[12])\b(?!\.)", text) and "sources/" not in text:
                yield f"{page.url}: “{text[:80]}”"


def check_no_space_indents(built: Built) -> Iterator[str]:
    """E-07: no piece of text begins with an ideographic space; the indent is the style's."""
    for page in built.pages.values():
        for each in page.find("//main//p | //main//li | //main//td | //main//h1 | //main//h2 | //main//h3"):
            if (each.text or "").startswith("　"):
                yield f"{page.url}: “{(each.text or '')[:40]}”"
