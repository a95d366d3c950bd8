"""What a page with an article owes its reader: dates, source, tools (government-pages.md, group C)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import segno
from lxml.etree import _Element as Element

from generator.model import District, Task
from tests.audit.built import Built
from tests.audit.documents import (
    Document,
    class_path,
    has_class,
    is_outside,
    iter_texts,
    letters_of,
    resolve,
    text_of,
)
from tests.audit.heads import articles, dates_of

RECORD = ("发布机构", "名称", "文号", "发布日期", "主题词", "生成日期")
CATALOGUE_HEADINGS = (
    "公开事项",
    "公开内容",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道",
    "公开对象",
    "公开方式",
    "公开层级",
)
DATES = ("数据时段", "数据截至", "来源发布时间", "本页生成时间")
MAGIC = {
    ".xlsx": b"PK",
    ".zip": b"PK",
    ".docx": b"PK",
    ".csv": b"\xef\xbb\xbf",
    ".svg": b"<svg",
    ".ics": b"BEGIN:VCALENDAR",
    ".xml": b"<?xml",
}
_TOOLS = ("字体", "标准", "大", "特大", "打印")
_KINDS = "ICS|CSV|JSON|XLSX|Excel|ZIP|Word|DOCX|HTML|SVG|PNG|XML|TXT"
_KIND = re.compile(rf"\b(?:{_KINDS})", re.I)
_SIZE = re.compile(rf"(?:{_KINDS}).*\d+(?:\.\d+)?\s?(?:字节|B|KB|MB)", re.I)


def check_record(built: Built) -> Iterator[str]:
    """C-01, C-02: the information table of an article; nothing blank, no index number that nobody gave."""
    for page in built.pages.values():
        if "索引号" in " ".join(iter_texts(page.root, skip_verbatim=True)):
            yield f"{page.url}: an index number, which only its publisher can give"
        if not page.is_task:
            continue
        rows = {text_of(dt): dt.getnext() for dt in page.find(f"//*[{class_path('record')}]//dt")}
        if "本站编号" not in rows or not any("分类" in label for label in rows):
            yield f"{page.url}: rows {list(rows)}"
        missing = [label for label in RECORD if not any(label in row for row in rows)]
        if missing or len(rows) < 6:
            yield f"{page.url}: no row {missing} among {list(rows)}"
        yield from (f"{page.url}: {k} is blank" for k, v in rows.items() if v is None or not text_of(v))


def check_heading_line(built: Built) -> Iterator[str]:
    """C-03: 发布时间, 来源, 字体 标准 大 特大, 打印, in this order; a brief is paper, without type sizes."""
    for page in built.pages.values():
        if page.is_sheet:
            yield from _check_sheet(page)
            continue
        order = ("来源发布时间", "来源", *_TOOLS) if page.is_task else _TOOLS
        text = " ".join(iter_texts(page.find(f"//*[{class_path('heading')}]")[0]))
        at = -1
        for label in order:
            at = text.find(label, at + 1)
            if at < 0:
                yield f"{page.url}: no {label} in order in “{text[:120]}”"
                break


def _check_sheet(page: Document) -> Iterator[str]:
    missing = [label for label in ("来源发布时间", "来源") if label not in dates_of(page)]
    if missing or not page.find("//button[@data-print]"):
        yield f"{page.url}: no {missing}, or no way to print"


def check_qr(built: Built) -> Iterator[str]:
    """C-05: the code says the page's own address; none without a base_url."""
    for page in built.pages.values():
        codes = [
            e
            for e in page.root.iter()
            if isinstance(e.tag, str) and e.tag.endswith("svg") and has_class(e, "qr")
        ]
        if not built.site.config.base_url:
            yield from (f"{page.url}: a QR code without an address" for _ in codes)
            continue
        wanted = f"{built.site.config.base_url.rstrip('/')}/{page.url}"
        if len(codes) != 1 or page.meta.get("Url") != [wanted]:
            yield f"{page.url}: {len(codes)} QR codes, address {page.meta.get('Url')}"
            continue
        line = next(e.get("d") for e in codes[0].iter() if e.get("d") and e.get("stroke"))
        if not any(modules_of(line or "") == modules_of_text(wanted, mask) for mask in range(8)):
            yield f"{page.url}: the QR code does not say {wanted}"


def modules_of(path: str) -> set[tuple[int, int]]:
    """Dark modules (column, row) that a path of horizontal strokes draws, its corner at 0, 0."""
    dark: set[tuple[int, int]] = set()
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmhv]*)", path):
        values = [float(n) for n in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            dark |= {(int(x) + i, int(y)) for i in range(int(values[0]))}
            x += values[0]
    left, top = min(c for c, _ in dark), min(r for _, r in dark)
    return {(c - left, r - top) for c, r in dark}


def modules_of_text(text: str, mask: int) -> set[tuple[int, int]]:
    """Dark modules of the QR code of a text; every one of the eight masks says the same."""
    matrix = segno.make(text, error="m", micro=False, mask=mask).matrix
    return {(c, r) for r, row in enumerate(matrix) for c, cell in enumerate(row) if cell}


def check_no_counters(built: Built) -> Iterator[str]:
    """C-07: a static page knows no number of visits."""
    for page in built.pages.values():
        for text in iter_texts(page.root, skip_verbatim=True):
            yield from (
                f"{page.url}: {word}"
                for word in ("浏览次数", "访问量", "阅读量")
                if word in text and len(text) < 30
            )


def check_attachments(built: Built) -> Iterator[str]:
    """C-08: a download is there and is what its name says; its label tells kind and size.

    The brief as a Word file and the editions for carrying away are made from the page itself, which cannot
    know their size.
    """
    for page in built.pages.values():
        for link in page.find("//main//a[@href]"):
            href = link.get("href") or ""
            path, _ = resolve(page.url, href)
            if is_outside(href) or (path.endswith(".html") and not path.startswith("offline/")):
                continue
            data = built.files.get(path)
            if path.startswith("offline/") and data is None:
                continue
            if not data:
                yield f"{page.url}: {path} is empty or not there"
                continue
            magic = next((mark for end, mark in MAGIC.items() if path.endswith(end)), b"")
            if not data.startswith(magic):
                yield f"{page.url}: {path} begins with {data[:8]!r}"
            row = next((up for up in link.iterancestors("tr", "li", "p")), link)
            told = _KIND if path.endswith((".docx", ".ics")) or path.startswith("offline/") else _SIZE
            if not told.search(text_of(link)) and not told.search(text_of(row)):
                yield f"{page.url}: “{text_of(link)}” does not tell kind and size of {path}"


def check_dates(built: Built) -> Iterator[str]:
    """C-10: four dates, each with its label; the build's day stands under its own label alone."""
    edition = built.site.config.edition
    for page in articles(built):
        dates = dates_of(page)
        for label in DATES:
            if not dates.get(label):
                yield f"{page.url}: no {label} among {list(dates)}"
        published = page.meta.get("PubDate", [""])[0][:10]
        year, month, day = published.split("-") if published else ("", "0", "0")
        if published and f"{year}年{int(month)}月{int(day)}日" != dates.get("来源发布时间"):
            yield f"{page.url}: PubDate {published}, 来源发布时间 {dates.get('来源发布时间')}"
        if edition and f"{edition.year}年{edition.month}月{edition.day}日" not in dates.get(
            "本页生成时间", ""
        ):
            yield f"{page.url}: 本页生成时间 {dates.get('本页生成时间')}"


def check_catalogue(built: Built) -> Iterator[str]:
    """C-11: the nine headings of an entry in the catalogue of what is made public, none empty."""
    rows: dict[str, str] = {}
    for page in built.pages.values():
        for label in page.find("//dt | //th[@scope='row']"):
            value = label.getnext()
            if value is not None and text_of(value):
                rows[text_of(label)] = text_of(value)
    yield from (f"no {h}" for h in CATALOGUE_HEADINGS if not any(label.startswith(h) for label in rows))


def check_departments_linked(built: Built) -> Iterator[str]:
    """C-13: every responsible body leads to its page, and a lead unit is called so in words."""
    for district, task, page in tasks_with_pages(built):
        names = {each.name: each.slug for each in district.departments}
        items = {text_of(a): (a, up) for a, up in _links_with_items(page)}
        for part in task.departments:
            found = items.get(part.name)
            if found is None or not (found[0].get("href") or "").endswith(
                f"departments/{names[part.name]}.html"
            ):
                yield f"{page.url}: {part.name} does not lead to its page"
            elif part.role.value == "lead" and "牵头" not in text_of(found[1]):
                yield f"{page.url}: {part.name} leads, and no word says so"


def _links_with_items(page: Document) -> Iterator[tuple[Element, Element]]:
    for link in page.find("//aside//li//a"):
        yield link, next(link.iterancestors("li"))


def tasks_with_pages(built: Built) -> Iterator[tuple[District, Task, Document]]:
    """Every task of the content with its page."""
    for district in built.site.districts:
        for task in district.tasks:
            name, year, number = task.id.rsplit("-", 2)
            yield district, task, built.pages[f"{name}/tasks/{year}-{number}.html"]


def check_quotes(built: Built) -> Iterator[str]:
    """C-15: every quotation is a piece of the task's own words."""
    for _, task, page in tasks_with_pages(built):
        words = squeeze("\n".join(task_texts(task)))
        for each in page.find(f"//main//q | //main//a[{class_path('quoted')}]"):
            if squeeze(letters_of(each)) not in words:
                yield f"{page.url}: “{text_of(each)}” is not in the source"


def check_verbatim(built: Built) -> Iterator[str]:
    """C-15: commitment, progress and next steps stand on the page to the letter, white space included."""
    for _, task, page in tasks_with_pages(built):
        newest = task.updates[-1] if task.updates else None
        wanted: Mapping[str, str | None] = {
            "commitment": task.commitment,
            "progress": newest.progress if newest else None,
            "next_steps": newest.next_steps if newest else None,
        }
        for name, text in wanted.items():
            path = (
                f"//*[{class_path('promise-text')}]" if name == "commitment" else f"//*[@data-text='{name}']"
            )
            shown = [letters_of(each) for each in page.find(path)]
            if text is not None and shown != [text]:
                yield f"{page.url}: {name} differs at {_first_difference(text, shown)}"


def _first_difference(text: str, shown: list[str]) -> str:
    if len(shown) != 1:
        return f"{len(shown)} copies"
    at = next(
        (i for i, (a, b) in enumerate(zip(text, shown[0], strict=False)) if a != b),
        min(len(text), len(shown[0])),
    )
    return f"{at}: “{text[at : at + 20]!r}” is shown as “{shown[0][at : at + 20]!r}”"


def task_texts(task: Task) -> list[str]:
    """The source's own words of a task."""
    found = [task.commitment, task.title]
    for update in task.updates:
        found += [update.progress or "", update.next_steps or "", update.remarks or "", update.plan or ""]
        found += [update.reported_status or "", update.reported_completion or ""]
    return found


def squeeze(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())
