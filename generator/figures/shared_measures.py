"""Measures that several districts share: the same thing promised, counted in units that convert.

Both the compare page and its charts take their rows from here, so that they cannot differ.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.figures.assessment import TargetFigure, TaskFigures
from generator.figures.report import DistrictReport, Overview, Report
from generator.language.quantities import comparable
from generator.model import TargetKind

_NOISE = re.compile(r"[\s，。、；：（）()《》“”‘’\"'·,.;:/-]+")
_LEADING = (
    "全区", "全市", "全县", "区级", "辖区", "本区", "全年", "年内", "确保", "力争", "争取", "实现", "完成",
    "达到", "预计", "地方", "新增", "增加", "提供", "累计", "计划", "目标",
)  # fmt: skip
_TRAILING = ("同比", "增长", "增速", "增幅", "增长率", "总量", "任务", "目标", "以上", "左右", "达到", "完成")
_SYNONYMS = {"gdp": "地区生产总值", "生产总值": "地区生产总值", "财政一般公共预算收入": "一般公共预算收入"}
_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEntry:
    """One district's target of a shared measure, in its newest period."""

    overview: Overview
    task: TaskFigures
    figure: TargetFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure that at least two districts promise."""

    key: str
    """ASCII name, stable as long as the measure is called the same."""
    name: str
    """The metric in the words of the first district."""
    kind: TargetKind
    entries: tuple[MeasureEntry, ...]
    """In the order of the site's districts, then of the tasks; a district may have several."""


def make_measures(report: Report) -> tuple[Measure, ...]:
    """Measures shared by at least two districts, in the order of the first district's tasks.

    Two targets are of one measure when their metrics are the same words (qualifiers such as 全区, 实现 and
    增长 aside, in whatever order), their kinds are equal and their units convert. Sizes are no measure.
    """
    groups: list[list[MeasureEntry]] = []
    by_name: dict[tuple[str, TargetKind], list[list[MeasureEntry]]] = {}
    for entry in _entries(report.districts):
        target = entry.figure.target
        same = by_name.setdefault((normalise_metric(target.metric), target.kind), [])
        group = next((g for g in same if comparable(g[0].figure.target.unit, target.unit)), None)
        if group is None:
            group = []
            same.append(group)
            groups.append(group)
        group.append(entry)
    return tuple(_make_measure(g) for g in groups if len({e.overview.district.id for e in g}) > 1)


def make_near_measures(report: Report) -> tuple[Measure, ...]:
    """Promises of several districts that are nearly the same: the names share most letters, not all.

    创意微景观 beside 城市创意微景观; they are set side by side with their names, never counted as one. Each
    promise stands in one group at most; its name is what the names have in common.
    """
    shared = {id(entry.figure) for measure in make_measures(report) for entry in measure.entries}
    rest = [entry for entry in _entries(report.districts) if id(entry.figure) not in shared][:_MOST_NEAR]
    groups: list[list[MeasureEntry]] = []
    taken: set[int] = set()
    for place, entry in enumerate(rest):
        near = [
            other for other in rest[place + 1 :] if id(other.figure) not in taken and _is_near(entry, other)
        ]
        if id(entry.figure) not in taken and near:
            groups.append([entry, *near])
            taken |= {id(each.figure) for each in groups[-1]}
    return tuple(_make_near(group) for group in groups)


_MOST_NEAR = 400
"""Promises that are compared each with each."""
_LEAST_COMMON = 4
"""Letters in a row that two names share at least."""


def _is_near(one: MeasureEntry, other: MeasureEntry) -> bool:
    first, second = one.figure.target, other.figure.target
    if one.overview.district.id == other.overview.district.id or first.kind is not second.kind:
        return False
    if not comparable(first.unit, second.unit):
        return False
    common = _common(first.metric, second.metric)
    shorter = min(len(first.metric), len(second.metric))
    return len(common) >= _LEAST_COMMON and len(common) * 5 >= shorter * 3


def _common(one: str, other: str) -> str:
    """The longest run of letters that both names have."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return one[match.a : match.a + match.size]


def _make_near(group: Sequence[MeasureEntry]) -> Measure:
    first, second = group[0].figure.target, group[1].figure.target
    text = f"near|{first.metric}|{second.metric}|{first.kind}"
    key = hashlib.sha256(text.encode()).hexdigest()[:10]
    name = _common(first.metric, second.metric)
    return Measure(key=f"n{key}", name=name, kind=first.kind, entries=tuple(group))


def normalise_metric(metric: str) -> str:
    """What two districts' words for one measure have in common: 城镇新增就业 and 新增城镇就业 are equal.

    Qualifiers at both ends are dropped, known synonyms are replaced and the characters are sorted.
    """
    text = _NOISE.sub("", metric).lower()
    text = _strip(text)
    text = _SYNONYMS.get(text, text)
    return "".join(sorted(text.replace("新增", "", 1) if len(text) > 3 else text))


def _strip(text: str) -> str:
    """Drop qualifiers at both ends as long as something that names a thing is left."""
    while True:
        shorter = next((text[len(w) :] for w in _LEADING if text.startswith(w)), text)
        shorter = next((shorter[: -len(w)] for w in _TRAILING if shorter.endswith(w)), shorter)
        if shorter == text or len(shorter) < _LEAST_LETTERS:
            return text
        text = shorter


def _entries(districts: Sequence[DistrictReport]) -> Iterator[MeasureEntry]:
    for district in districts:
        overview = district.newest
        if overview is None:
            continue
        for task in overview.tasks:
            for figure in task.targets:
                if figure.target.kind is not TargetKind.SCOPE:
                    yield MeasureEntry(overview=overview, task=task, figure=figure)


def _make_measure(group: Sequence[MeasureEntry]) -> Measure:
    first = group[0].figure.target
    text = f"{normalise_metric(first.metric)}|{first.kind}"
    key = hashlib.sha256(text.encode()).hexdigest()[:10]
    return Measure(key=f"m{key}", name=first.metric, kind=first.kind, entries=tuple(group))
