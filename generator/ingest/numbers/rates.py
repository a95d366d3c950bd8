"""Growths and levels: the indicator a percentage belongs to, and its sign."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.base.messages import Message
from generator.ingest.numbers.clause_context import Phrase, normal, trim
from generator.ingest.numbers.mentions import Answer, Reach, ReportedNumber
from generator.ingest.numbers.noun_match import (
    clause_start_before,
    up_to_number,
    without_time,
)
from generator.language.lexicon import make_pattern
from generator.language.number_context import promises_fall
from generator.model import Basis, Target

GROWTH_BEFORE = re.compile(
    r"(?:同比)?(?:增长|增速|增幅|增加|提高|提升|上升|下降|降低|减少|下滑|回落|压减|压缩|缩短|压降|减|降|增)(?:率|幅度|速度)?"
    r"(?:了|约|为|达|达到|近|超|超过|幅|率|实现|：|:)*\s?$|同比\s?$"
)
_GROWTH_TAIL = re.compile(
    r"(?:，|,|、|\s|较上年同期|比上年同期|较去年同期|比去年同期|较上年|比上年|同比|实现|名义|可比|按可比价格计算|预计|增长|增速|增幅|增加|提高|提升|上升|下降|降低|减少"
    r"|下滑|回落|压减|压缩|缩短|压降|率|了|约|为|达到|达|近|超过|超|幅|：|:)+$"
)
_CHAIN = re.compile(r"环比|两年平均|高于|快于|低于|快|贡献|拉动|占比|较一季度|较上月|目标|力争|计划|预计全年")
_NOT_YET = re.compile(make_pattern("number_context", "forecast", "aim"))
_SHARE_NOUN = re.compile(r"^(?:占比|比重|比例|占|率|完成率|占有率)$")


def match_growth(target: Target, report: ReportedNumber) -> Answer | None:
    """A growth of the target's own indicator; a fall is negative unless a fall is promised."""
    phrase = report.phrase
    words = clause_before(phrase)
    if not GROWTH_BEFORE.search(words) or _CHAIN.search(words):
        return None
    subject, start = _subject(report, _GROWTH_TAIL)
    grade = _same_subject(_growth_core(target), subject)
    if grade == 0:
        return None
    value = phrase.mention.quantity.value
    if phrase.mention.falls != promises_fall(target.quote):
        value = -value
    return _rate_match(report, grade, Basis.GROWTH, value, start)


def _growth_core(target: Target) -> str:
    return trim(_GROWTH_TAIL.sub("", normal(target.metric)))


def match_level(target: Target, report: ReportedNumber) -> Answer | None:
    """A level of the target's own indicator."""
    subject, start = _subject(
        report,
        re.compile(r"(?:为|达到|达|是|约|超过|保持在?|稳定在?|提升至|提高到|：|:|\s|连续[^，。]{1,4}年)+$"),
    )
    wanted = trim(normal(target.metric))
    grade = _same_subject(wanted, subject)
    if grade == 0:
        return None
    return _rate_match(report, grade, Basis.LEVEL, report.phrase.mention.quantity.value, start)


def _rate_match(report: ReportedNumber, grade: int, basis: Basis, value: Decimal, start: int) -> Answer:
    doubts: tuple[str, ...] = () if grade >= 2 else (Message("指标的名称与目标不完全一致"),)
    if _NOT_YET.search(report.phrase.clause):
        doubts += (Message("可能只是预计或目标"),)
    if report.reach is Reach.QUARTER:
        doubts += (Message("只是当季或当月的数"),)
    return Answer(
        report=report,
        grade=grade,
        doubts=doubts,
        basis=basis,
        value=value,
        span=(start, report.phrase.mention.end),
    )


def _subject(report: ReportedNumber, tail: re.Pattern[str]) -> tuple[str, int]:
    """The indicator a rate belongs to, and where its words start: own clause, else the clause before it."""
    phrase = report.phrase
    text, start = phrase.text, phrase.item_start
    own = trim(normal(tail.sub("", without_time(text[start : phrase.mention.start]))))
    if own and not _SHARE_NOUN.match(own):
        return own, start
    lead = trim(normal(up_to_number(without_time(text[phrase.clause_start : start]))))
    if lead:
        return lead + own, phrase.clause_start
    at = phrase.clause_start - 1
    while at > report.sentence[0]:
        earlier = max(report.sentence[0], clause_start_before(text, at))
        words = trim(normal(tail.sub("", up_to_number(without_time(text[earlier:at])))))
        if words:
            return words + own, earlier
        at = earlier - 1
    return own, start


def _same_subject(wanted: str, subject: str) -> int:
    """3 the same, 2 the reported one shorter by a few words at its head, 1 one holds the other."""
    if not wanted or not subject:
        return 0
    if wanted == subject:
        return 3
    if wanted.endswith(subject) and len(subject) >= 4 and len(wanted) - len(subject) <= 3:
        return 2
    return 1 if (len(wanted) >= 4 and wanted in subject) or (len(subject) >= 4 and subject in wanted) else 0


def clause_before(phrase: Phrase) -> str:
    """Words of the clause before the number."""
    return phrase.text[phrase.clause_start : phrase.mention.start]
