"""Reported numbers that answer a target: matched by what is counted, when, and how far it got.

Precision comes before recall. A number is taken only when the thing counted, the unit, the time and the
stage all agree with the target; a near miss becomes a candidate for a person, everything else is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from generator.base.messages import Message
from generator.ingest.numbers.candidates import Candidate, Confidence
from generator.ingest.numbers.match_rules import TOO_MUCH, match_report, stated_share
from generator.ingest.numbers.mentions import Answer, parse_reports
from generator.ingest.numbers.noun_match import names_target
from generator.ingest.numbers.promised_targets import find_promises
from generator.language.outline import OutlinePart, PartKind, parse_outline, walk
from generator.language.quantities import to_base
from generator.model import Actual, Basis, Comparator, Period, Target, TargetKind

_RATES = (TargetKind.GROWTH, TargetKind.LEVEL)
_TOTAL = re.compile(r"累计|总共|共计|合计|全部|总计|共(?!同|建|享|有关)")
_ALL_DONE = re.compile(
    r"(?:均|全部|都)(?:已|已经)?(?:全部|顺利|按期|高质量|提前)?(?:建设|改造|提升|整治|创建)?(?:完成|建成|完工|竣工|投用|投入使用|建成投用)(?!后|设计|招标|选址|方案|前期|主体|备案|立项|进场|审批)"
)


def parse_actuals(
    targets: tuple[Target, ...],
    progress: str,
    *,
    period: Period,
    commitment: str = "",
    departments: Collection[str] = (),
) -> tuple[tuple[Actual, ...], tuple[Candidate, ...]]:
    """Actuals of ``progress`` in order of the targets (at most one each), and what needs a person.

    ``commitment`` is the text the targets were read from; ``departments`` are names that may open a part.
    """
    reports = parse_reports(progress, period, departments)
    wider = _wider_areas(departments)
    actuals: list[Actual] = []
    candidates: list[Candidate] = []
    for target in targets:
        if target.kind is TargetKind.SCOPE:
            continue
        found = [
            m for report in reports if (m := match_report(target, report, targets, commitment)) is not None
        ]
        found = _doubt_wider(_drop_bases(target, found), wider)
        best = _choose(found)
        if best is None and not found:
            whole = _read_whole(target, targets, progress, departments)
            if whole is not None:
                actuals.append(whole)
        elif isinstance(best, Answer):
            actuals.append(_make_actual(target, best, progress))
        else:
            candidates += _make_candidates(target, found, progress)
            total = _make_sum(target, found, progress)
            candidates += [total] if total is not None else []
    return tuple(actuals), tuple(candidates)


def _wider_areas(departments: Collection[str]) -> re.Pattern[str] | None:
    """Words for an area that is wider than the place whose bodies these are; None where it is not clear."""
    first = Counter(name[0] for name in departments if name[:1] in ("区", "县", "旗", "市"))
    own = first.most_common(1)[0][0] if first else ""
    if own == "":
        return None
    return re.compile(r"全国|全省|我省" if own == "市" else r"全国|全省|我省|全市|我市")


def _doubt_wider(found: list[Answer], wider: re.Pattern[str] | None) -> list[Answer]:
    """A figure of the whole city is not the district's."""
    if wider is None:
        return found
    doubt = Message("说的可能是全市或全省的数")
    return [
        replace(m, doubts=(*m.doubts, doubt)) if wider.search(m.report.phrase.clause) else m for m in found
    ]


def _drop_bases(target: Target, found: list[Answer]) -> list[Answer]:
    """Without the target's own number where a smaller one follows in its clause (10件实事已完成4件)."""
    goal = to_base(target.value, target.unit)
    return [
        m
        for m in found
        if to_base(*_printed(m)) != goal
        or not any(
            other.report.phrase.clause_start == m.report.phrase.clause_start
            and other.report.phrase.mention.start > m.report.phrase.mention.start
            and to_base(*_printed(other)) < goal
            for other in found
        )
    ]


def _printed(match: Answer) -> tuple[Decimal, str]:
    quantity = match.report.phrase.mention.quantity
    return quantity.value, quantity.unit


def _choose(found: list[Answer]) -> Answer | None:
    """The one match without doubt; None where there is none or several disagree."""
    sure = [match for match in found if not match.doubts and match.grade >= 2]
    yearly = [match for match in sure if match.basis is not Basis.QUARTER]
    if yearly:
        sure = yearly
        rivals = [
            m
            for m in found
            if m.grade >= 2 and m.basis is not Basis.QUARTER and m not in sure and TOO_MUCH not in m.doubts
        ]
        if any(_TOTAL.search(m.report.phrase.before) for m in rivals) and not any(
            _TOTAL.search(m.report.phrase.before + m.report.phrase.after) for m in sure
        ):
            return None
    elif any(m.basis is not Basis.QUARTER and m.grade >= 1 and not _is_hard(m) for m in found):
        return None
    for narrow in (_best_grade, _totals):
        values = {(m.value, m.report.phrase.mention.quantity.unit) for m in sure}
        if len(values) > 1:
            sure = narrow(sure) or sure
    values = {(m.value, m.report.phrase.mention.quantity.unit) for m in sure}
    return sure[0] if len(values) == 1 else None


def _is_hard(match: Answer) -> bool:
    """Whether the doubt is that it is another stage: no rival then."""
    return any(doubt.startswith(("写的是", "做的事")) for doubt in match.doubts)


def _best_grade(matches: list[Answer]) -> list[Answer]:
    best = max(match.grade for match in matches)
    return [match for match in matches if match.grade == best]


def _totals(matches: list[Answer]) -> list[Answer]:
    return [
        m
        for m in matches
        if _TOTAL.search(m.report.phrase.lead + m.report.phrase.before + m.report.phrase.after)
    ]


def _make_actual(target: Target, match: Answer, progress: str) -> Actual:
    start, end = _tidy(progress, *match.span)
    return Actual(
        target=target.id,
        value=match.value,
        unit=match.report.phrase.mention.quantity.unit,
        basis=match.basis,
        quotes=(progress[start:end],),
        stated_completion=None if target.kind in _RATES else stated_share(match.report, progress),
    )


def _tidy(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "，,。；;、"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，,。；;、"):
        end -= 1
    return start, end


def _make_sum(target: Target, found: list[Answer], progress: str) -> Candidate | None:
    """Several sure figures of one unit and no total: perhaps parts that belong together."""
    parts = [a for a in found if not a.doubts and a.grade >= 2 and a.basis is Basis.YEAR_TO_DATE]
    units = {_printed(part)[1] for part in parts}
    if target.kind not in (TargetKind.COUNT, TargetKind.AMOUNT) or len(parts) < 2 or len(units) != 1:
        return None
    spans = tuple(_tidy(progress, *part.span) for part in parts)
    proposal = Actual(
        target=target.id,
        value=sum((part.value for part in parts), Decimal(0)),
        unit=units.pop(),
        basis=Basis.SUM,
        quotes=tuple(progress[start:end] for start, end in spans),
    )
    reason = Message("几处的数，可能要相加")
    return Candidate(proposal=proposal, spans=spans, reason=reason, confidence=Confidence.UNSURE)


def _make_candidates(target: Target, found: list[Answer], progress: str) -> list[Candidate]:
    candidates = []
    for match in found:
        if match.grade < 2 and len(match.doubts) > 2:
            continue
        start, end = _tidy(progress, *match.span)
        reason = _join(match.doubts) or Message("有几个不同的数，不能确定是哪一个")
        candidates.append(
            Candidate(
                proposal=_make_actual(target, match, progress),
                spans=((start, end),),
                reason=reason,
                confidence=Confidence.LIKELY
                if match.grade >= 2 and len(match.doubts) <= 1
                else Confidence.UNSURE,
            )
        )
    return candidates


def _join(said: tuple[str, ...]) -> str:
    """Several messages as one, parted by semicolons; the empty text for none."""
    whole, *others = said or ("",)
    for each in others:
        whole = Message("{first}；{second}", first=whole, second=each)
    return whole


def _read_whole(
    target: Target, targets: tuple[Target, ...], progress: str, departments: Collection[str]
) -> Actual | None:
    """“新建公园2处：……均已建设完成” reports the whole target: the heading names it, the words close it."""
    if target.kind not in (TargetKind.COUNT, TargetKind.AMOUNT) or target.comparator is Comparator.AT_MOST:
        return None
    for part in walk(parse_outline(progress, departments).parts):
        if part.kind in (PartKind.HEADING, PartKind.SUBHEADING) and _label_promises(
            part.label, target, targets
        ):
            return _whole_of(part, target, progress)
    return None


def _label_promises(label: str, target: Target, targets: tuple[Target, ...]) -> bool:
    phrases = find_promises(label)
    same = [
        p
        for p in phrases
        if p.mention.quantity.value == target.value and p.mention.quantity.unit == target.unit
    ]
    if len(phrases) != 1 or len(same) != 1:
        return False
    quoted = [t for t in targets if t.quote in label]
    return quoted == [target] or names_target(label, target, targets)


def _whole_of(part: OutlinePart, target: Target, progress: str) -> Actual | None:
    body = progress[part.body : part.end]
    match = _ALL_DONE.search(body)
    numbers = {to_base(p.mention.quantity.value, p.mention.quantity.unit) for p in find_promises(body)}
    if (
        match is None
        or numbers - {to_base(target.value, target.unit)}
        or re.search(r"正在|剩余|其余|尚|未|待|计划|另|除|基本", body)
    ):
        return None
    start = max(body.rfind(mark, 0, match.start()) for mark in "。；;\n") + 1
    quote_start, quote_end = _tidy(progress, part.body + start, part.body + match.end())
    return Actual(
        target=target.id,
        value=target.value,
        unit=target.unit,
        basis=Basis.YEAR_TO_DATE,
        quotes=(progress[quote_start:quote_end],),
    )
