"""Rules that the finished site must keep, checked at every build over every file, archives opened.

Source: docs/government-pages.md A-12, A-14, D-02, D-05 to D-08, D-12, E-19 to E-23; the ids stand beside
the rules.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from generator.base.errors import Problem
from generator.base.messages import Message
from generator.base.places import Place
from generator.base.zip_archive import read_zip
from generator.site.finished_page import FinishedPage, PageLink, PageText, parse_pages, parse_text
from generator.site.private_scan import find_clear_numbers, find_doubtful

_PACKED = (".zip", ".xlsx", ".docx")
_TEXTS = (".html", ".js", ".css", ".json", ".csv", ".svg", ".xml", ".txt", ".rels")
_SCRIPT_BLOCKED = re.compile(
    r"\bfetch\(|XMLHttpRequest|\bimport\(|new Worker|sendBeacon|EventSource\(|WebSocket\("
)
_STYLE_BLOCKED = re.compile(r"""url\(\s*["']?(?:https?:)?//|@import\s+["']?(?:https?:)?//""", re.I)
_LOADING = {
    *("script", "img", "source", "video", "audio", "embed", "object", "link", "track", "input", "form"),
}
_NOT_LOADED = {"canonical", "alternate"}
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|FIXME|[Ll]orem ipsum|undefined|NaN|null)\b|\[object Object\]|\{\{|\}\}|\{%|%\}"
)
_INTERNAL = (b"/home/", b":\\Users", b"sourceMappingURL=", b"/root/", b"/tmp/")
_LIBRARIES = ("static/vega.js",)
"""Scripts out of packages, whose constants look like card numbers."""
Says: TypeAlias = Callable[[str], bool]
"""Whether a phrase stands in the content: what a clerk wrote is published, and is no fault of a page."""
_NAME = re.compile(r"[a-z0-9._-]+(?:/[a-z0-9._-]+)*")
_PERIOD_NAME = re.compile(r"20\d\d[QHM]\d{1,2}")
_FREE_NAMES = frozenset({"MANIFEST.txt", "打开说明.txt"})
_LONGEST, _DEEPEST = 100, 3


def _says_nothing(_phrase: str) -> bool:
    return False


def check_site(
    files: Mapping[str, bytes],
    beside: Collection[str] = (),
    known: Iterable[bytes] = (),
    says: Says = _says_nothing,
) -> tuple[Problem, ...]:
    """Everything in a site that breaks a rule: one problem each, sorted.

    files: site path → bytes, with archives below offline/ looked into.
    beside: paths of files of the same site that are checked apart; links may lead to them.
    known: contents that are checked apart; copies of them are not read again.
    says: whether a phrase that would be a trace of a fault stands in the content itself.
    """
    seen = {hashlib.sha256(data).digest() for data in known}
    return tuple(sorted(set(_check_all(files, "", seen, says, beside))))


def check_files(files: Mapping[str, bytes], says: Says = _says_nothing) -> tuple[Problem, ...]:
    """Everything that breaks a rule inside of single files, archives opened."""
    return tuple(_check_contents(files, "", set(), says))


def check_joined(
    names: Collection[str], pages: Mapping[str, FinishedPage], beside: Collection[str] = ()
) -> tuple[Problem, ...]:
    """What breaks a rule between files: names, titles, links. pages: every page among the ``names``."""
    found = (*_check_names(names), *_check_titles(pages), *_check_links(pages, names, beside))
    return tuple(sorted(set(found)))


def settle_links(pages: Mapping[str, FinishedPage], names: Collection[str]) -> dict[str, FinishedPage]:
    """The pages with those links alone that lead out of the ``names``, or nowhere; the others are counted."""
    shared: dict[PageLink, PageLink] = {}
    settled = {}
    for name, page in pages.items():
        left = [link for link in page.links if next(_check_address(name, link, pages, names), None)]
        good = sum(link.times for link in {*page.links} - {*left} if link.target)
        links = tuple(shared.setdefault(link, link) for link in left)
        settled[name] = replace(page, links=links, settled=page.settled + good)
    return settled


def _check_all(
    files: Mapping[str, bytes], inside: str, seen: set[bytes], says: Says, beside: Collection[str] = ()
) -> Iterator[Problem]:
    """seen: checksums of contents that were found clean, so that a copy is not read twice."""
    joined = check_joined(files.keys(), parse_pages(files), beside)
    yield from (_place(problem, inside) for problem in joined)
    yield from _check_contents(files, inside, seen, says)


def _check_contents(
    files: Mapping[str, bytes], inside: str, seen: set[bytes], says: Says
) -> Iterator[Problem]:
    for name, data in files.items():
        checksum = hashlib.sha256(data).digest()
        if checksum not in seen:
            told = [_place(problem, inside) for problem in _check_bytes(name, data, says)]
            yield from told
            if not told:
                seen.add(checksum)
        if name.endswith(".zip"):
            yield from _check_all(read_zip(data), f"{inside}{name}!", seen, says)


def _place(problem: Problem, inside: str) -> Problem:
    return (
        replace(problem, place=replace(problem.place, file=inside + problem.place.file))
        if inside
        else problem
    )


def _check_names(files: Collection[str]) -> Iterator[Problem]:
    """E-23: plain names, unique ignoring case, short, at most three levels deep."""
    folded = Counter(name.lower() for name in files)
    hint = Message("文件名只用小写英文、数字、点、横线，路径不超过100个字符、三层")
    for name in files:
        plain = _PERIOD_NAME.sub("period", name)
        if name not in _FREE_NAMES and not _NAME.fullmatch(plain):
            yield _problem(name, Message("文件名含不允许的字符"), hint)
        if len(name) > _LONGEST or name.count("/") > _DEEPEST:
            yield _problem(name, Message("路径太长或太深"), hint)
        if folded[name.lower()] > 1:
            yield _problem(name, Message("有只差大小写的同名文件"), hint)


def _check_titles(pages: Mapping[str, FinishedPage]) -> Iterator[Problem]:
    """A-14: every page has a title of its own. The copy of the home page at a bundle's root may repeat it."""
    seen: dict[str, str] = {}
    for name, page in pages.items():
        if name.startswith("offline/"):
            continue
        title = page.title
        if not title:
            yield _problem(name, Message("没有标题"), Message("每个页面要有 <title>"))
        elif title in seen and not _is_home_copy(name, seen[title]):
            yield _problem(
                name,
                Message("标题与 {other} 相同：{title}", other=seen[title], title=title),
                Message("标题要能区分页面"),
            )
        seen.setdefault(title, name)


def _is_home_copy(name: str, other: str) -> bool:
    return sorted((name.rpartition("/")[2], other.rpartition("/")[2])) == ["index.html"] * 2 and (
        "/" not in name or "/" not in other
    )


def _check_links(
    pages: Mapping[str, FinishedPage], files: Collection[str], beside: Collection[str]
) -> Iterator[Problem]:
    """D-02, E-22, A-12: links resolve to the letter; nothing is loaded from outside."""
    for name, page in pages.items():
        for link in page.links:
            if link.target not in beside:
                yield from _check_address(name, link, pages, files)


def _check_address(
    name: str, link: PageLink, pages: Mapping[str, FinishedPage], files: Collection[str]
) -> Iterator[Problem]:
    yield from _check_link(name, link, files)
    target = pages.get(link.target or "")
    if link.fragment and "=" not in link.fragment and target and link.fragment not in target.anchors:
        hint = Message("{target} 里没有 id {fragment}", target=link.target, fragment=link.fragment)
        yield _problem(name, Message("链接的位置不存在：{value}", value=link.value), hint)


def _check_link(name: str, link: PageLink, files: Collection[str]) -> Iterator[Problem]:
    if link.target is None:
        is_loaded = link.element in _LOADING and _NOT_LOADED.isdisjoint(link.rel.split())
        if is_loaded and re.match(r"(?:https?:)?//", link.value):
            what = Message("引用了站外资源：{value}", value=link.value)
            yield _problem(name, what, Message("资源要随站点一起发布"))
        return
    if link.value.startswith("/") or link.value.split("#")[0].endswith("/"):
        what = Message("链接不是相对的文件地址：{value}", value=link.value)
        yield _problem(name, what, Message("链接写成相对地址，并写全文件名"))
    elif link.target not in files:
        what = Message("链接打不开：{value}", value=link.value)
        yield _problem(name, what, Message("目标文件不存在，或大小写不同"))


def _check_bytes(name: str, data: bytes, says: Says) -> Iterator[Problem]:
    if name.endswith((".xlsx", ".docx")):
        for part, content in read_zip(data).items():
            if "vbaProject" in part or "externalLink" in part:
                yield _problem(name, Message("含宏或外部链接：{part}", part=part), Message("重新生成文件"))
            yield from _check_private(f"{name}!{part}", content)
        return
    traces = [trace for trace in _INTERNAL if trace in data] if not name.endswith(_PACKED) else []
    if any(not says(trace.decode()) for trace in traces):
        yield _problem(name, Message("含本机路径或调试信息"), Message("D-12：发布文件里不能有内部信息"))
    if not name.endswith(_TEXTS):
        return
    yield from _check_private(name, data)
    if name.endswith(".html") and (page := parse_text(data)):
        yield from _check_html(name, page, says)
    elif name.endswith(".js"):
        yield from _blocked(name, _SCRIPT_BLOCKED, data.decode("utf-8", "replace"), says)
    elif name.endswith((".css", ".svg")):
        yield from _blocked(name, _STYLE_BLOCKED, data.decode("utf-8", "replace"), says)


def _check_html(name: str, page: PageText, says: Says) -> Iterator[Problem]:
    """E-20 in the markup and in scripts on the page; D-05: no placeholder in what is read."""
    yield from (_bar(name, each) for each in page.barred)
    for script in page.scripts:
        yield from _blocked(name, _SCRIPT_BLOCKED, script, says)
    for style in page.styles:
        yield from _blocked(name, _STYLE_BLOCKED, style, says)
    for match in _find_foreign(_PLACEHOLDER, page.text, says):
        what = Message("页面里有占位文字：{match}", match=match[0])
        yield _problem(name, what, Message("检查这一页的模板和数据"))


def _find_foreign(pattern: re.Pattern[str], text: str, says: Says) -> Iterator[re.Match[str]]:
    """The first place that matches and that the content does not say; none, or one."""
    return islice((match for match in pattern.finditer(text) if not says(match[0])), 1)


def _blocked(name: str, pattern: re.Pattern[str], text: str, says: Says) -> Iterator[Problem]:
    for match in _find_foreign(pattern, text, says):
        yield _bar(name, match[0].strip())


def _bar(name: str, found: str) -> Problem:
    what = Message("含从磁盘打开时不能用的写法：{match}", match=found)
    return _problem(name, what, Message("规则 E-20：离线也要能用"))


def _problem(name: str, what: Message, hint: Message) -> Problem:
    return Problem(place=Place(file=name), what=what, hint=hint)


def _check_private(name: str, data: bytes) -> Iterator[Problem]:
    """D-06 to D-08: no private number anywhere."""
    if name.endswith(_LIBRARIES):
        return
    for piece in find_doubtful(data.decode("utf-8-sig", "replace")):
        for number in find_clear_numbers(piece):
            shown = number[:3] + "…" + number[-2:]
            yield _problem(
                name,
                Message("含个人号码：{shown}", shown=shown),
                Message("D-06：发布前要遮盖，请检查遮盖规则"),
            )
