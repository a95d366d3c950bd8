"""One reported number against one target: the thing, the work, the time and the unit must agree."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from generator.base.messages import Message
from generator.ingest.numbers.clause_context import Phrase, normal, trim
from generator.ingest.numbers.mentions import Answer, Reach, ReportedNumber
from generator.ingest.numbers.noun_match import (
    clauses_before,
    grade_thing,
    is_bare,
    is_generic,
    naming_clause,
)
from generator.ingest.numbers.rates import GROWTH_BEFORE, clause_before, match_growth, match_level
from generator.ingest.numbers.verb_match import is_done, is_stock, same_work, shares_context, stage_doubts
from generator.language.quantities import comparable, ratio
from generator.model import Basis, Target, TargetKind

_STATED = re.compile(
    r"(?:完成|占|达到?|实现|为)[^，,。；;%％\d]{0,6}(?:全年|年度|年初|年|目标|任务|计划)[^，,。；;%％]{0,18}?(?P<a>\d+(?:\.\d+)?)[%％]"
    r"|(?:任务|目标|年度目标)?完成(?:率|比例)(?:为|达到?|约)?(?P<b>\d+(?:\.\d+)?)[%％]"
    r"|(?:占|完成)(?:全年|年度)?(?:任务|目标|计划)(?:任务|数|量)?的?(?P<c>\d+(?:\.\d+)?)[%％]"
)
_MUCH = Fraction(3)
"""Times the target beyond which a figure is hardly its answer."""
TOO_MUCH = Message("比目标大得多")
_CLOSE = Fraction(3, 100)
"""Largest difference between a stated share and the computed one."""


def match_report(
    target: Target, report: ReportedNumber, targets: tuple[Target, ...], commitment: str
) -> Answer | None:
    """The report as an answer to the target; None when it clearly is none."""
    quantity = report.phrase.mention.quantity
    if not comparable(quantity.unit, target.unit) or quantity.value_max is not None:
        return None
    if report.restated or report.share or report.reach is Reach.OTHER:
        return None
    if target.kind is TargetKind.GROWTH:
        return match_growth(target, report)
    if quantity.unit in ("%", "％") and GROWTH_BEFORE.search(clause_before(report.phrase)):
        return None
    if target.kind is TargetKind.LEVEL:
        return match_level(target, report)
    return _match_count(target, report, targets, commitment)


def _match_count(
    target: Target, report: ReportedNumber, targets: tuple[Target, ...], commitment: str
) -> Answer | None:
    phrase = report.phrase
    grade = grade_thing(target, report, targets, clauses_before(target, commitment))
    if grade == 0:
        return None
    doubts = [*stage_doubts(target, phrase), *_value_doubts(target, report)]
    if report.part and "其中" not in target.quote and not doubts:
        doubts.append(Message("写的是“其中”，不一定是全部"))
    if not same_work(target, report, targets):
        doubts.append(Message("做的事与目标不同或没有写明"))
    elif is_generic(target) and not shares_context(target, report, targets, commitment):
        doubts.append(Message("数的东西说得太笼统"))
    if not is_done(target, phrase) and not (grade == 3 and report.dated):
        doubts.append(Message("没有写明已经完成"))
    metric = normal(target.metric)
    if trim(metric) == "" and len(metric) < 4 and not report.dated:
        doubts.append(Message("没有写明数的是什么"))
    if target.kind is TargetKind.STOCK and not is_stock(phrase):
        doubts.append(Message("目标是总量，这里不一定是总量"))
    if grade == 1:
        doubts.append(Message("数的东西与目标不完全一致"))
    basis = Basis.QUARTER if report.reach is Reach.QUARTER else Basis.YEAR_TO_DATE
    if target.kind is TargetKind.STOCK and basis is Basis.YEAR_TO_DATE:
        basis = Basis.STOCK
    return Answer(
        report=report,
        grade=grade,
        doubts=tuple(dict.fromkeys(doubts)),
        basis=basis,
        value=phrase.mention.quantity.value,
        span=(max(report.sentence[0], _count_span(phrase)[0]), _count_span(phrase)[1]),
    )


def _value_doubts(target: Target, report: ReportedNumber) -> list[str]:
    phrase = report.phrase
    quantity = phrase.mention.quantity
    doubts: list[str] = []
    if target.value > 0:
        reached = ratio(quantity.value, quantity.unit, target.value, target.unit)
        stated = stated_share(report, phrase.text)
        if reached > _MUCH:
            doubts.append(TOO_MUCH)
        if stated is not None and abs(Fraction(stated) - reached) > _CLOSE:
            doubts.append(Message("文中写明的完成比例与数字不符"))
    if phrase.text[phrase.item_start : phrase.mention.end].strip() == target.quote and not re.search(
        r"均|全部|已", phrase.lead + phrase.before + phrase.after
    ):
        doubts.append(Message("只是重复了目标"))
    return doubts


def _count_span(phrase: Phrase) -> tuple[int, int]:
    """The words to quote: the clause up to the number or what became of it, with the clause it leans on."""
    start = phrase.clause_start if phrase.lead else phrase.item_start
    if not phrase.number_first and not phrase.lead and is_bare(phrase):
        start = naming_clause(phrase)[0]
    short = phrase.item_end - phrase.mention.end <= 6
    return start, phrase.item_end if phrase.number_first or short else phrase.mention.end


def stated_share(report: ReportedNumber, progress: str) -> Decimal | None:
    """Share of the goal that the text states right behind the number, before the sentence ends."""
    behind = progress[report.phrase.mention.end : min(report.sentence[1], report.phrase.mention.end + 60)]
    match = _STATED.search(behind)
    if match is None:
        return None
    return (Decimal(match["a"] or match["b"] or match["c"]) / 100).normalize()
