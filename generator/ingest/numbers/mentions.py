"""What a progress text reports: every number with its time, its stage and the thing it counts."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from generator.ingest.numbers.clause_context import Phrase
from generator.ingest.numbers.promised_targets import MOST_NUMBERS, find_promises
from generator.language.outline import Outline, OutlinePart, PartKind, parse_outline
from generator.language.time_phrases import TimeKind, TimePhrase, find_times
from generator.model import Basis, Period


class Reach(StrEnum):
    """The time that a reported number covers."""

    YEAR_TO_DATE = "year_to_date"
    QUARTER = "quarter"
    OTHER = "other"
    """Another year, many years, or the future."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedNumber:
    """One number of a progress text in its surroundings."""

    phrase: Phrase
    reach: Reach
    sentence: tuple[int, int]
    """Offsets of the sentence."""
    labels: tuple[str, ...]
    """Labels of the parts it stands in, outermost first."""
    restated: bool
    """The text names the goal here, not what was reached (占全年4500万美元任务的…)."""
    share: bool
    """A share of the goal that the text states itself (完成全年任务的77%)."""
    part: bool
    """其中 stands before it in its sentence: a part of a number given before."""
    dated: bool
    """Its sentence says that it reaches up to a day of this year (上半年, 截至6月底)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A report that may answer a target."""

    report: ReportedNumber
    grade: int
    """3 the same words, 2 the same thing in shorter words or under its heading, 1 perhaps."""
    doubts: tuple[str, ...]
    basis: Basis
    value: Decimal
    span: tuple[int, int]


_SHARE = re.compile(
    r"(?:任务|目标|计划|指标|年度|全年|预算的|预算数|序时)[^，,。；;%％]{0,14}$|(?:任务|目标|计划)?(?:完成|达成|实现)[率比](?:例)?(?:为|达到?|约)?\s?$"
)
_CHANGE = re.compile(r"(?:增长|增速|增幅|提高|提升|上升|下降|降低|减少|回落)(?:了|约|为|达|率)?\s?$")
_GOAL_BEFORE = re.compile(
    r"(?:目标任务|年度目标|全年目标|目标|任务|年度计划|计划|指标|任务数|目标值|目标数)(?:数|值|量)?(?:为|是|：|:|约)?\s?$"
    r"|占(?:全年|年度|年初|目标)[^，,。；;]{0,14}$|(?:全年|年度|年初)(?:目标|任务|计划)?[^，,。；;]{0,4}$"
)
_GOAL_BEHIND = re.compile(
    r"^(?:以上)?的?(?:年度|全年|既定|市级|省级)?(?:总)?(?:目标|任务|指标|计划|任务量|储备要求|要求)"
)


def parse_reports(progress: str, period: Period, departments: Collection[str]) -> tuple[ReportedNumber, ...]:
    """Reports of ``progress`` in order; numbers of labels, names and floors are left out."""
    outline = parse_outline(progress, departments)
    places = list(_sentences(outline))
    reports: list[ReportedNumber] = []
    at = 0
    for phrase in find_promises(progress)[:MOST_NUMBERS]:
        offset = phrase.mention.quantity.start
        while at < len(places) and places[at].end <= offset:
            at += 1
        if at < len(places) and places[at].start <= offset:
            reports.append(_make_report(phrase, places, at, period))
    return tuple(reports)


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence and the part it stands in."""

    start: int
    end: int
    part: int
    """Offset of the innermost part that holds it."""
    labels: tuple[str, ...]


def _sentences(outline: Outline) -> list[_Place]:
    found: list[_Place] = []

    def visit(parts: tuple[OutlinePart, ...], owner: int, labels: tuple[str, ...]) -> None:
        for part in parts:
            if part.kind is PartKind.SENTENCE:
                found.append(_Place(part.start, part.end, owner, labels))
            else:
                visit(part.parts, part.body, (*labels, part.label))

    visit(outline.parts, 0, ())
    return found


def _make_report(phrase: Phrase, places: list[_Place], at: int, period: Period) -> ReportedNumber:
    place, text = places[at], phrase.text
    phrase = replace(
        phrase,
        clause_start=max(phrase.clause_start, place.start),
        item_start=max(phrase.item_start, place.start),
    )
    start = phrase.mention.start
    quantity = phrase.mention.quantity
    before = text[max(place.start, start - 40) : start]
    share = quantity.unit in ("%", "％") and bool(_SHARE.search(before)) and not _CHANGE.search(before)
    restated = not share and bool(
        _GOAL_BEFORE.search(before) or _GOAL_BEHIND.match(text[phrase.mention.end : phrase.mention.end + 10])
    )
    return ReportedNumber(
        phrase=phrase,
        reach=_reach(text, places, at, start, period),
        part="其中" in text[max(place.start, start - _FURTHEST) : start],
        dated=_is_dated(text, places, at, phrase),
        sentence=(place.start, place.end),
        labels=place.labels,
        restated=restated,
        share=share,
    )


def _is_dated(text: str, places: list[_Place], at: int, phrase: Phrase) -> bool:
    """By a date before the number in its part, or by a comparison with last year right behind it."""
    start = phrase.mention.start
    if _COMPARED.match(text, phrase.mention.end):
        return True
    same = (place for place in places[max(0, at - 4) : at + 1] if place.part == places[at].part)
    first = max(min(place.start for place in same), start - _FURTHEST)
    return _DATED.search(text, first, start) is not None


_COMPARED = re.compile(
    r"[，,、]?(?:同比|比上年|较上年|比去年|较去年|增长|增幅|增速)|[，,（(]?(?:完成|占|达到)(?:全年|年度|目标)"
)
_FURTHEST = 400
_DATED = re.compile(r"截[至止]|上半年|前三季度|今年以来|年初以来|1[-—–~～至]\d{1,2}月|全年|一季度|累计|目前")


def _reach(text: str, places: list[_Place], at: int, start: int, period: Period) -> Reach:
    """By the nearest time word before the number in its sentence, else in its part's sentences before."""
    first = places[at]
    own = _last_time(text, max(first.start, start - _FURTHEST), start, period)
    if own is not None:
        return own
    for place in reversed(places[max(0, at - 4) : at]):
        if place.part != first.part:
            break
        earlier = _last_time(text, max(place.start, place.end - _FURTHEST), place.end, period)
        if earlier is not None:
            return Reach.QUARTER if earlier is Reach.QUARTER else Reach.YEAR_TO_DATE
    return Reach.YEAR_TO_DATE


def _last_time(text: str, start: int, end: int, period: Period) -> Reach | None:
    last: Reach | None = None
    for phrase in find_times(text, start, end):
        last = _reach_of(phrase, period, last)
    return last


def _reach_of(phrase: TimePhrase, period: Period, last: Reach | None) -> Reach | None:
    """The time a number covers behind this phrase; ``last``: behind the phrases before it."""
    to_date = _reaches_to_date(phrase, period)
    if to_date is not None:
        return Reach.YEAR_TO_DATE if to_date else Reach.QUARTER
    if phrase.kind is TimeKind.YEAR:
        return last if phrase.number == period.year else Reach.OTHER
    return Reach.OTHER


def _reaches_to_date(phrase: TimePhrase, period: Period) -> bool | None:
    """Whether the phrase covers the year since January; None for another year or the future."""
    match phrase.kind:
        case TimeKind.UNTIL | TimeKind.SO_FAR:
            return True
        case TimeKind.MONTHS:
            return phrase.number == 1
        case TimeKind.QUARTERS:
            return phrase.words.startswith("前") or (phrase.number == 1 and period.last_month == 3)
        case TimeKind.OWN:
            return period.last_month == 3 and phrase.words != "本月"
        case TimeKind.MONTH:
            return period.last_month == 1
    return None
