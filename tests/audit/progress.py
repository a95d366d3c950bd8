"""How progress is shown (government-pages.md, group G)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from lxml.etree import _Element as Element

from generator.figures import TargetFigure, make_report
from generator.model import TargetKind
from tests.audit.articles import tasks_with_pages
from tests.audit.built import Built
from tests.audit.documents import class_path, elements_at, text_of, texts_at

OWN = "系统测算，非官方评价"


def check_schedule(built: Built) -> Iterator[str]:
    """G-01: the share of the year gone by, from 数据截至, stands beside each completion on a task's page."""
    for _, task, page in tasks_with_pages(built):
        if not task.updates:
            continue
        share = f"{Decimal(task.updates[-1].as_of.month * 1000) / 120:.1f}%"
        for each in page.find(f"//*[{class_path('bar-words')}]"):
            if share not in text_of(each):
                yield f"{page.url}: “{text_of(each)}” does not name {share}"


def _figures(built: Built) -> Iterator[tuple[str, TargetFigure, Element | None]]:
    tracks = {name: track for d in make_report(built.site).districts for name, track in d.tracks.items()}
    for _, task, page in tasks_with_pages(built):
        if task.updates:
            for figure in tracks[task.id].newest.targets:
                if figure.target.kind is not TargetKind.SCOPE:
                    yield (
                        page.url,
                        figure,
                        page.one(f"//section[{class_path('target')}][@id='{_anchor(figure)}']"),
                    )


def _anchor(figure: TargetFigure) -> str:
    return f"target-{figure.target.id}"


def check_targets_shown(built: Built) -> Iterator[str]:
    """G-02, G-08, G-09: growth and level never get a bar; nothing reported is said so and draws no bar."""
    for url, figure, section in _figures(built):
        if section is None:
            yield f"{url}: no section for {figure.target.id}"
            continue
        bars = bars_in(section)
        words = text_of(section)
        if not figure.is_scheduled and bars:
            yield f"{url}#{figure.target.id}: a bar without a completion"
        if figure.is_scheduled and len(bars) != 1:
            yield f"{url}#{figure.target.id}: {len(bars)} bars"
        if figure.actual is None and "未公布" not in words:
            yield f"{url}#{figure.target.id}: nothing reported, and it is not said: “{words[:100]}”"
        if (
            figure.met is not None
            and figure.completion is None
            and not re.search("达到|未达|没有达到|超过上限|没有超过", words)
        ):
            yield f"{url}#{figure.target.id}: met or not met is not said: “{words[:100]}”"
        if figure.gap_points and figure.completion is None and "个百分点" not in words:
            yield f"{url}#{figure.target.id}: the gap is not in 百分点: “{words[:100]}”"


def bars_in(element: Element) -> list[Element]:
    """The bullet bars inside an element."""
    return elements_at(element, f".//*[{class_path('chart-bar')}]")


def check_bars(built: Built) -> Iterator[str]:
    """G-08, G-09: a bar begins at 0, ends at its value (100 at most), with schedule and value beside it."""
    for page in built.pages.values():
        for bar in bars_in(page.root):
            values = (up.find(".//data") for up in bar.iterancestors())
            data = next((each for each in values if each is not None), None)
            if data is None:
                yield f"{page.url}: a bar without a value"
                continue
            value = float(data.get("value") or "nan")
            width = float((bar.get("viewbox") or bar.get("viewBox") or "").split()[2])
            drawn = re.match(
                r"M0,[\d.]+h([\d.]+)", next(iter(texts_at(bar, f".//*[{class_path('bars')}]//@d")), "M0,0h0")
            )
            share = float(drawn[1]) / width if drawn else -1
            if abs(share - min(value, 1)) > 0.005:
                yield f"{page.url}: a bar of {share:.3f} beside {value}"
            if not elements_at(bar, f".//*[{class_path('ticks')}]/*"):
                yield f"{page.url}: a bar without the line of the schedule"


def check_values_keyed(built: Built) -> Iterator[str]:
    """G-08: every published figure names its target, and its text is its value."""
    known = {f"{t.id}#{g.id}" for d in built.site.districts for t in d.tasks for g in t.targets}
    for page in built.pages.values():
        for each in page.find("//main//data"):
            text, key = text_of(each), each.get("data-target")
            if key is not None and key not in known:
                yield f"{page.url}: data-target {key}"
            share = re.fullmatch(r"(\d+(?:\.\d+)?)%", text)
            if (
                share
                and key
                and abs(Decimal(each.get("value") or "NaN") * 100 - Decimal(share[1])) > Decimal("0.0501")
            ) and Decimal(each.get("value") or "NaN") != Decimal(share[1]):
                yield f"{page.url}: {key} says {text}, value {each.get('value')}"
        for each in page.find(f"//*[{class_path('percent')}]"):
            if each.tag != "data" or not each.get("data-target"):
                yield f"{page.url}: “{text_of(each)}” is a figure without a key"


def check_counts(built: Built) -> Iterator[str]:
    """G-06: the classes add up, and each leads to the list that it counts."""
    for page in built.pages.values():
        cards = Counter(c.get("data-status") for c in page.find("//*[@data-cards]/*[@data-task]"))
        if not cards:
            continue
        found: Counter[str] = Counter()
        for link in page.find(f"//ul[{class_path('counts')}]//a"):
            match = re.search(r"(\d+)$", text_of(link))
            standing = (link.get("href") or "").partition("#status=")[2]
            if match:
                found[standing] += int(match[1])
        if found and found != cards:
            yield f"{page.url}: counts {dict(found)}, cards {dict(cards)}"


def check_totals(built: Built) -> Iterator[str]:
    """G-06: as many cards and cells on an overview as the period's table has tasks."""
    for district in make_report(built.site).districts:
        if district.newest is None:
            continue
        page = built.pages[f"{district.district.id}/index.html"]
        cells = page.find(f"//ol[{class_path('grid-marks')}]/li")
        cards = page.find("//*[@data-cards]/*[@data-task]")
        total = district.newest.totals.tasks
        if (len(cells), len(cards)) != (total, total):
            yield f"{page.url}: {total} tasks, {len(cells)} cells, {len(cards)} cards"


def check_record_complete(built: Built) -> Iterator[str]:
    """G-07: goal, units, progress by period, next step, evidence and source on every task's page."""
    for _, task, page in tasks_with_pages(built):
        wanted = ["promise", "verdict"]
        missing = [name for name in wanted if not page.find(f"//section[{class_path(name)}]")]
        ids = [
            name for name in ("progress", "source") if not page.find(f"//*[@id='{name}' or @id='h-{name}']")
        ]
        newest = task.updates[-1] if task.updates else None
        if newest and newest.next_steps and not page.find("//*[@id='next']"):
            ids.append("next")
        if missing or (newest and ids):
            yield f"{page.url}: no {missing} {ids}"
        for target in task.targets:
            if target.kind is not TargetKind.SCOPE and not page.find(
                f"//section[@id='target-{target.id}']//q"
            ):
                yield f"{page.url}: {target.id} without the words it was read from"
        shown = page.find(f"//ol[{class_path('periods-list')}]/li")
        if len(task.updates) > 1 and len(shown) != len(task.updates):
            yield f"{page.url}: {len(shown)} of {len(task.updates)} periods"


def check_own_judgement_marked(built: Built) -> Iterator[str]:
    """G-03, G-10: whoever sees a computed mark sees whose judgement it is and a way to how it is made."""
    for page in built.pages.values():
        marks = page.find(f"//main//*[{class_path('mark')}] | //main//a[@data-status]")
        if not marks or page.url == "method.html":
            continue
        if OWN not in text_of(page.find("//main")[0]):
            yield f"{page.url}: marks, and nothing says {OWN}"
        if not any("method.html" in str(link) for link in page.texts("//main//a/@href")):
            yield f"{page.url}: marks, and no way to how they are made"
    method = text_of(built.pages["method.html"].find("//main")[0])
    points = f"{built.site.config.on_schedule_points.normalize():f}个百分点"
    if points not in method:
        yield f"method.html: does not name the threshold {points}"


def check_shares(built: Built) -> Iterator[str]:
    """F-13: a share printed beside its count is recomputed from it."""
    for page in built.pages.values():
        for match in re.finditer(
            r"(\d+)项[^。；\d]{0,6}占(?:全部)?(\d+)项的(\d+(?:\.\d+)?)%", text_of(page.root)
        ):
            part, whole, share = int(match[1]), int(match[2]), Decimal(match[3])
            if whole and abs(Fraction(part, whole) * 100 - Fraction(share)) > Fraction(1, 20):
                yield f"{page.url}: {match[0]}"
