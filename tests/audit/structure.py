"""What assistive technology relies on, as far as the markup shows it (government-pages.md, group B)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml.etree import _Element as Element

from tests.audit.built import Built
from tests.audit.documents import Document, class_path, elements_at, iter_texts, text_of, texts_at

ELDER_NAMES = ("长辈版", "关怀版", "长者模式", "老年人模式")
FOCUSABLE = (
    "//*[self::a[@href] or self::button or self::input or self::select or self::summary or @tabindex='0']"
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ENGLISH_SENTENCE = re.compile(r"[A-Za-z][A-Za-z',]+(?: [A-Za-z',]+){5,}[.!?]")
_STANDINGS = {
    "done": "已完成",
    "ahead": "超序时",
    "on_schedule": "达序时",
    "near_schedule": "接近序时",
    "behind": "欠序时",
    "partly_done": "部分完成",
    "under_way": "实施中",
    "prepared": "前期筹备",
    "intent": "只有表态",
    "blocked": "条件不具备",
    "not_started": "未启动",
    "suspended": "已暂停",
    "ended": "已终止",
    "no_information": "无实质信息",
    "undecided": "未判定",
}


def check_language(built: Built) -> Iterator[str]:
    """B-04, E-04: the language of the page; English sentences marked as such."""
    for page in built.pages.values():
        if page.root.get("lang") != built.site.config.language:
            yield f"{page.url}: lang={page.root.get('lang')}"
        if page.root.get("lang") != "zh-CN":
            continue
        for text in iter_texts(page.body):
            if _ENGLISH_SENTENCE.search(text) and not page.find("//*[@lang='en']"):
                yield f"{page.url}: English not marked: {text[:80]}"


def check_marks(built: Built) -> Iterator[str]:
    """B-06, G-04: every status mark has its word and a shape of its own."""
    for page in built.pages.values():
        shapes = {each.get("id"): each for each in page.find("//*[local-name()='symbol']")}
        drawn: dict[str, str] = {}
        for key in _STANDINGS:
            paths = [p for p in shapes[f"m-{key}"].iter() if p.get("d")] if f"m-{key}" in shapes else []
            drawn[key] = "|".join(f"{p.get('d')} {p.get('fill')}" for p in paths)
            if not drawn[key]:
                yield f"{page.url}: no shape for {key}"
        if len(set(drawn.values())) != len(drawn):
            yield f"{page.url}: two statuses share a shape: {drawn}"
        for mark in page.find(f"//*[@data-status][{class_path('mark')}]"):
            uses = [u.get("href") for u in mark.iter() if isinstance(u.tag, str) and u.tag.endswith("use")]
            if not names_status(mark) or uses != [f"#m-{mark.get('data-status')}"]:
                yield f"{page.url}: mark {mark.get('data-status')} says “{text_of(mark)}”, shape {uses}"
        for cell in page.find("//a[@data-status]"):
            if not names_status(cell):
                yield f"{page.url}: cell “{text_of(cell)[:60]}” does not name its status"


def names_status(element: Element) -> bool:
    """Whether an element says its status in words; a rate is reached or not reached."""
    words = (_STANDINGS.get(element.get("data-status") or "", "?"), "达到")
    return any(word in text_of(element) for word in words)


def check_viewport(built: Built) -> Iterator[str]:
    """B-07: the reader may zoom."""
    for page in built.pages.values():
        contents = page.meta.get("viewport", [])
        if len(contents) != 1 or "user-scalable" in contents[0] or "maximum-scale" in contents[0]:
            yield f"{page.url}: viewport {contents}"


def check_outline(built: Built) -> Iterator[str]:
    """B-11: skip link first, one h1, no level left out, navigation landmarks named apart."""
    for page in built.pages.values():
        first = page.find(FOCUSABLE)[0]
        target = (first.get("href") or "")[1:]
        if first.get("href") != "#main" or not page.find(f"//main[@id='{target}']"):
            yield f"{page.url}: first stop is {first.get('href')}"
        levels = [int(h.tag[1]) for h in page.find("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
        if levels.count(1) != 1:
            yield f"{page.url}: {levels.count(1)} × h1"
        jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        if jumps or levels[:1] != [1]:
            yield f"{page.url}: heading levels {levels[:1]} {jumps}"
        names = [each.get("aria-label") for each in page.find("//nav")]
        if None in names or len(set(names)) != len(names):
            yield f"{page.url}: navigation landmarks {names}"
        for each in page.find("//h1 | //h2 | //h3 | //h4"):
            if not text_of(each):
                yield f"{page.url}: an empty {each.tag}"


def check_tables(built: Built) -> Iterator[str]:
    """B-12: caption, scoped heads, a head for every cell, no empty head."""
    for page in built.pages.values():
        for table in page.find("//table"):
            caption = table.find("caption")
            name = "" if caption is None else text_of(caption)
            if not name:
                yield f"{page.url}: a table without caption"
            for head in table.iter("th"):
                if head.get("scope") not in ("row", "col", "rowgroup", "colgroup") or not text_of(head):
                    yield f"{page.url}: table “{name}”: th “{text_of(head)}” scope={head.get('scope')}"
            width = sum(int(th.get("colspan") or 1) for th in table.findall("thead/tr[1]/th"))
            for row in table.findall("tbody/tr"):
                cells = sum(int(cell.get("colspan") or 1) for cell in row)
                if width and cells > width:
                    yield f"{page.url}: table “{name}”: {cells} cells under {width} heads"
            if not width:
                yield f"{page.url}: table “{name}” has no heads of columns"


def check_charts(built: Built) -> Iterator[str]:
    """B-13: each chart is an image with name and description, and its numbers stand in a table beside it."""
    for page in built.pages.values():
        for chart in page.find("//figure[.//*[@role='img']]"):
            place, tables = f"{page.url}#{chart.get('id')}", chart.findall(".//table")
            if not tables and str(chart.get("id")).endswith("-targets"):
                tables = page.find("//*[@id='targets-all']//table")[:1]  # all targets, in a list of their own
            if len(tables) != 1:
                yield f"{place}: {len(tables)} tables"
                continue
            words = " ".join((*texts_at(tables[0], ".//text()"), text_of(chart.find("figcaption"))))
            known = set(NUMBER.findall(words))
            for image in elements_at(chart, ".//*[@role='img']"):
                description = _referred(page, image, "aria-describedby")
                unknown = [
                    n for n in NUMBER.findall(description) if n not in known and not _counts(n, tables[0])
                ]
                if unknown or not description:
                    yield f"{place}: {unknown} of “{description}” are not in the table"
        for image in page.find("//*[@role='img']"):
            if not (image.get("aria-label") or _referred(page, image, "aria-labelledby")):
                yield f"{page.url}: an image without a name"
        for image in page.find("//img[not(@alt)]"):
            yield f"{page.url}: {image.get('src')} without alt"


def _referred(page: Document, element: Element, key: str) -> str:
    names = (element.get(key) or "").split()
    return " ".join(text_of(each) for name in names for each in page.find(f"//*[@id='{name}']"))


def _counts(number: str, table: Element) -> bool:
    """Whether a number is how many rows the table has, in all or with one value in common."""
    rows = table.findall("tbody/tr")
    if number == str(len(rows)):
        return True
    cells = [text_of(cell) for row in rows for cell in row]
    return any(cells.count(text) == int(number) for text in set(cells)) if number.isdigit() else False


def check_elder_entry(built: Built) -> Iterator[str]:
    """B-16, B-18: the way into the mode for older people and out of it; three sizes of type."""
    for page in built.pages.values():
        words = [text_of(each) for each in page.find("//body/header//a | //body/header//button")]
        if not any(word in ELDER_NAMES for word in words) or not any(
            word.startswith("退出") for word in words
        ):
            yield f"{page.url}: header offers {words}"
        sizes = [text_of(each) for each in page.find("//main//button[@data-size]")]
        if sizes != ["标准", "大", "特大"] and not page.is_sheet:
            yield f"{page.url}: sizes {sizes}"


def check_reading_aloud(built: Built) -> Iterator[str]:
    """B-19: the button is hidden until a script finds a voice."""
    for page in built.pages.values():
        buttons = page.find("//button[@data-read]")
        if page.is_task and len(buttons) != 1:
            yield f"{page.url}: {len(buttons)} buttons to read aloud"
        yield from (
            f"{page.url}: the button shows without a voice" for b in buttons if b.get("hidden") is None
        )


def check_terms_explained(built: Built) -> Iterator[str]:
    """B-20: a page that uses 序时进度 in its own words leads to where it is explained."""
    for page in built.pages.values():
        main = page.find("//main")[0]
        uses = any("序时" in text for text in iter_texts(main, skip_verbatim=True))
        if (
            uses
            and not any("method.html" in link for link in page.texts("//a/@href"))
            and page.url != "method.html"
        ):
            yield f"{page.url}: no way to the explanation of 序时进度"


def check_no_phone_without_link(built: Built) -> Iterator[str]:
    """D-09: an office telephone among the contacts can be dialled; a masked one cannot."""
    for page in built.pages.values():
        for each in page.find(f"//*[{class_path('phones')}]//li | //*[{class_path('phone')}]"):
            yield from _check_phone(page, each)


def _check_phone(page: Document, element: Element) -> Iterator[str]:
    for text in texts_at(element, ".//text()"):
        number = re.fullmatch(r"\s*((?:0\d{2,3}-?)?\d{7,8})\s*", text)
        if number and not any("tel:" in (a.get("href") or "") for a in element.iter("a")):
            yield f"{page.url}: {number[1]} cannot be dialled"
    for link in element.iter("a"):
        href = link.get("href") or ""
        if href.startswith("tel:") and ("*" in href or not re.fullmatch(r"tel:[\d-]{3,14}", href)):
            yield f"{page.url}: {href}"
