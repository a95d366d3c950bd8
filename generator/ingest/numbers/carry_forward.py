"""The same words with other numbers: what answered a target last period answers it again.

A clause of the new text says the same as the clause of the last quote when, numbers and time words aside,
only words without weight differ (已, 累计, 全区). Everything less alike is a candidate for a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from generator.base.messages import Message
from generator.content.decisions import Decision, DecisionAction
from generator.ingest.numbers.candidates import Candidate, Confidence
from generator.ingest.numbers.mentions import Reach, ReportedNumber, parse_reports
from generator.language.outline import PartKind, parse_outline, walk
from generator.language.quantities import comparable, find_mentions, to_base
from generator.model import Actual, Basis, DecidedBy, Period, Target, Update

_SAME = 90.0
"""From this likeness (0-100) of two masked clauses they may say the same."""
_SHORT_SAME = 75.0
"""The same where nothing but words without weight differs."""
_NEAR = 70.0
"""From this likeness a person is asked."""
_OWN = "@"
"""Stands for the number itself; others are #."""
_CLAUSE = re.compile(r"[，,。；;：:\n]")
_TIME = re.compile(
    r"(?:截[至止](?:到)?|至|到)?(?:20\d\d年)?\d{1,2}(?:[-—–~～至]\d{1,2})?月(?:\d{1,2}日|[上中下]旬|底|末|份|初)?"
    r"|(?:截[至止](?:到)?)?20\d\d年(?:度)?"
    r"|(?:截[至止](?:到)?)?(?:前|第|本)?[一二三四两1-4]?(?:个)?季度(?:末|底)?"
    r"|(?:截[至止](?:到)?)?(?:今年上半年|上半年|下半年|全年|今年以来|年初以来|今年|年初至今|目前|当前|截至目前"
    r"|前[一二三四五六七八九十\d]{1,3}个?月|年底|本月|当月)"
)
_DATED = re.compile(r"\d月|季度|半年")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LIGHT = re.compile(
    r"(?:已经|已|累计|共计|合计|总计|共|总|了|约|近|余|的|地|我区|全区|我县|全县|本区|现|现已|均|都|全部|也|则|顺利"
    r"|成功|达到|达|为|截至|截止|至|期间)+"
)
_ALL_DONE = re.compile(
    r"(?:均|全部|都)(?:已|已经)?[^，,。；;]{0,6}?(?:完成|建成|完工|竣工|投用|投入使用|交付)"
    r"(?!后|设计|招标|选址|方案|前期|主体|备案|立项|进场|审批)"
)
_OPEN = re.compile(r"正在|剩余|其余|尚|未|待|计划|拟|预计|另|除|基本")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """A clause with its number masked apart from the others."""

    start: int
    number: int
    """Offset of the number."""
    end: int
    bare: str
    """Masked, without punctuation."""
    labels: tuple[str, ...]
    """Masked labels of the parts that it stands in."""
    value: Decimal
    unit: str
    flags: tuple[bool, ...]
    """Whether it restates the goal, is a share, is a part."""


def carry_on(
    targets: Iterable[Target],
    earlier: Sequence[Update],
    progress: str,
    *,
    period: Period,
    departments: Collection[str] = (),
) -> tuple[tuple[Actual, ...], tuple[Candidate, ...]]:
    """Figures of ``progress`` in the words of each target's last quote, and those that are only near them.

    ``earlier``: the task's updates before ``period``, oldest first. At most one figure a target.
    """
    actuals: list[Actual] = []
    candidates: list[Candidate] = []
    reports: dict[Period, tuple[ReportedNumber, ...]] = {}

    def read(text: str, when: Period) -> tuple[ReportedNumber, ...]:
        if when not in reports:
            reports[when] = parse_reports(text, when, departments)
        return reports[when]

    for target in targets:
        update, last = last_actual(earlier, target.id)
        if update is None or last is None or not progress.strip():
            continue
        old = read(update.progress or "", update.period)
        new = [r for r in read(progress, period) if _fits(r, last)]
        found = [_find_quote(quote, update.progress or "", old, last, progress, new) for quote in last.quotes]
        answer = _join(last, [f[0] for f in found], progress)
        if answer is None:
            answer = _whole_again(target, update, last, progress) or _same_part(
                update, last, progress, departments
            )
        if answer is not None:
            actuals.append(answer)
        else:
            near = [clause for _, others in found for clause in others]
            candidates += [_candidate(last, clause, progress) for clause in dict.fromkeys(near)]
    return tuple(actuals), tuple(candidates)


def last_actual(earlier: Iterable[Update], target: str) -> tuple[Update | None, Actual | None]:
    """The newest figure of a target in these updates, oldest first, and the update it stands in."""
    for update in reversed(tuple(earlier)):
        for actual in update.actuals:
            if actual.target == target:
                return update, actual
    return None, None


def _fits(report: ReportedNumber, last: Actual) -> bool:
    quantity = report.phrase.mention.quantity
    if not comparable(quantity.unit, last.unit) or quantity.value_max is not None:
        return False
    wanted = Reach.QUARTER if last.basis is Basis.QUARTER else Reach.YEAR_TO_DATE
    return report.reach is wanted


def _find_quote(
    quote: str,
    old_text: str,
    old: Iterable[ReportedNumber],
    last: Actual,
    text: str,
    new: Iterable[ReportedNumber],
) -> tuple[_Clause | None, list[_Clause]]:
    """The one clause that says the same, and those that are only near it."""
    said = _said_before(quote, old_text, old, last)
    if said is None:
        return None, []
    depth, before = said
    found = [_clause(report, text, depth) for report in new]
    found = [c for c in found if c.flags == before.flags]
    same = [c for c in found if c.labels == before.labels and _says_again(before.bare, c.bare)]
    if text.strip() != old_text.strip():
        same = [c for c in same if not _is_stale(text, c, old_text)]
    if len({(c.value, c.unit) for c in same}) == 1:
        head = _mask(old_text[old_text.find(quote) : before.number])
        return _begin_alike(same[0], head, text), []
    near = [c for c in found if _likeness(before.bare, c.bare) >= _NEAR]
    return None, near


def _begin_alike(clause: _Clause, head: str, text: str) -> _Clause:
    """The clause from where the last quote began in it; whole where those words are not the same."""
    starts = (at for at in range(clause.start, clause.number + 1) if _mask(text[at : clause.number]) == head)
    return replace(clause, start=next(starts, clause.start))


def _is_stale(text: str, clause: _Clause, old_text: str) -> bool:
    """Whether its sentence up to here, date and all, stands in the last text: the date is that of then."""
    start = max(text.rfind(mark, 0, clause.start) for mark in "。；;\n") + 1
    said = text[start : clause.end].strip()
    return _DATED.search(said) is not None and said in old_text


def _said_before(
    quote: str, text: str, reports: Iterable[ReportedNumber], last: Actual
) -> tuple[int, _Clause] | None:
    """The clause of the last quote, and how many clauses the quote begins before its number."""
    at = text.find(quote)
    for report in reports if at >= 0 else ():
        quantity = report.phrase.mention.quantity
        inside = at <= quantity.start < at + len(quote)
        value = last.basis is Basis.SUM or abs(quantity.value) == abs(last.value)
        if inside and value and comparable(quantity.unit, last.unit):
            depth = len(_CLAUSE.findall(text[at : quantity.start]))
            return depth, _clause(report, text, depth)
    return None


def _clause(report: ReportedNumber, text: str, depth: int) -> _Clause:
    """The report's clause with ``depth`` clauses before it, inside its sentence."""
    mention = report.phrase.mention
    marks = [m.end() for m in _CLAUSE.finditer(text, report.sentence[0], mention.start)]
    starts = [report.sentence[0], *marks]
    start = starts[max(0, len(starts) - 1 - depth)]
    behind = _CLAUSE.search(text, mention.end)
    end = behind.start() if behind else len(text)
    bare = _mask(text[start : mention.start]) + _OWN + _mask(text[mention.end : end])
    quantity = mention.quantity
    return _Clause(
        start=start,
        number=mention.start,
        end=end,
        bare=bare,
        labels=tuple(_mask(label) for label in report.labels),
        value=quantity.value,
        unit=quantity.unit,
        flags=(report.restated, report.share, report.part),
    )


def _mask(text: str) -> str:
    """Words alone: no dates, other numbers as #."""
    folded = unicodedata.normalize("NFKC", text)
    timeless = _NUMBER.sub("#", _TIME.sub("", folded))
    return "".join(c for c in timeless if c.isalnum() or c in "#%")


def _likeness(old: str, new: str) -> float:
    return fuzz.ratio(old, new) if len(old) > 3 else 0.0


def _says_again(old: str, new: str) -> bool:
    """Whether only words without weight differ."""
    if old == new:
        return len(old) > 3
    limit = _SHORT_SAME if len(old) < 20 else _SAME
    if _likeness(old, new) < limit:
        return False
    differing = (
        piece
        for code in Indel.opcodes(old, new)
        if code.tag != "equal"
        for piece in (old[code.src_start : code.src_end], new[code.dest_start : code.dest_end])
    )
    return all(_LIGHT.fullmatch(piece) for piece in differing if piece)


def _join(last: Actual, clauses: Sequence[_Clause | None], text: str) -> Actual | None:
    """The figure that the clauses give together, with the basis of the last one."""
    found = [c for c in clauses if c is not None]
    if not found or len(found) < len(clauses) or len({(c.start, c.value) for c in found}) < len(found):
        return None
    unit = found[0].unit
    value = found[0].value
    if last.basis is Basis.SUM:
        if any(_first(text[c.start : c.end]) != (c.value, c.unit) for c in found):
            return None
        if any(to_base(Decimal(1), c.unit)[1] != to_base(Decimal(1), unit)[1] for c in found):
            return None
        one = to_base(Decimal(1), unit)[0]
        value = sum((to_base(c.value, c.unit)[0] for c in found), Decimal(0)) / one
    elif len({(c.value, c.unit) for c in found}) > 1:
        return None
    if last.value < 0 < value:
        value = -value
    return Actual(
        target=last.target,
        value=value,
        unit=unit,
        basis=last.basis,
        quotes=tuple(_strip(text, c.start, c.end) for c in found),
    )


def _first(quote: str) -> tuple[Decimal, str] | None:
    """The first number of a quote, which counts in a sum."""
    return next(((m.quantity.value, m.quantity.unit) for m in find_mentions(quote)), None)


def _strip(text: str, start: int, end: int) -> str:
    return text[start:end].strip("，,。；;：:、 \n\t\u3000")


def _whole_again(target: Target, update: Update, last: Actual, text: str) -> Actual | None:
    """均已建成 once more, with or without the number of the target before it."""
    whole = to_base(target.value, target.unit)
    if to_base(last.value, last.unit) != whole or not any(_ALL_DONE.search(q) for q in last.quotes):
        return None
    wanted = {
        _without_number(clause, target.unit)
        for quote in last.quotes
        for clause in _clauses(update.progress or "")
        if quote in clause or clause in quote
    }
    for sentence in re.split(r"[。；;\n]", text):
        if _OPEN.search(sentence):
            continue
        for clause in _clauses(sentence):
            numbers = {
                to_base(m.quantity.value, m.quantity.unit)
                for m in find_mentions(clause)
                if comparable(m.quantity.unit, target.unit)
            }
            bare = _without_number(clause, target.unit)
            again = any(_says_again(said, bare) for said in wanted)
            if again and _ALL_DONE.search(clause) and not numbers - {whole}:
                return replace(last, value=target.value, unit=target.unit, quotes=(clause,), by=None)
    return None


def _same_part(update: Update, last: Actual, text: str, departments: Collection[str]) -> Actual | None:
    """What a person read from a part that stands there again to the letter; a dated one is of then."""
    before = update.progress or ""
    parts = [(_part(quote, text, departments), _part(quote, before, departments)) for quote in last.quotes]
    if last.by is not DecidedBy.EDITOR or any(now is None or now != then for now, then in parts):
        return None
    stale = any(_DATED.search(now or "") for now, _ in parts)
    return None if stale and text.strip() != before.strip() else last


def _part(quote: str, text: str, departments: Collection[str]) -> str | None:
    """The innermost headed part that holds the quote, without spaces; the whole text where there is none."""
    at = text.find(quote)
    if at < 0:
        return None
    outline = walk(parse_outline(text, departments).parts)
    inside = [p for p in outline if p.kind is not PartKind.SENTENCE and p.body <= at < p.end]
    found = max(inside, key=lambda p: p.body, default=None)
    return "".join((text[found.body : found.end] if found else text).split())


def _clauses(text: str) -> Iterator[str]:
    for clause in _CLAUSE.split(text):
        if clause.strip():
            yield clause.strip()


def _without_number(clause: str, unit: str) -> str:
    """Masked, without the numbers of the target's unit."""
    for mention in reversed(find_mentions(clause)):
        if comparable(mention.quantity.unit, unit):
            clause = clause[: mention.start] + clause[mention.end :]
    return _mask(clause)


def _candidate(last: Actual, clause: _Clause, text: str) -> Candidate:
    quote = _strip(text, clause.start, clause.end)
    start = text.index(quote, clause.start)
    proposal = replace(
        last, value=clause.value, unit=clause.unit, quotes=(quote,), by=None, stated_completion=None
    )
    if last.basis is Basis.SUM:
        proposal = replace(proposal, basis=Basis.YEAR_TO_DATE)
    return Candidate(
        proposal=proposal,
        spans=((start, start + len(quote)),),
        reason=Message("与上期采用的原话相近，不完全一样"),
        confidence=Confidence.UNSURE,
    )


# -- what a person said of the same words before -----------------------------------------------------------


def is_rejected(
    decisions: Iterable[Decision], task: str, actual: Actual, progress: str, earlier: Iterable[Update]
) -> bool:
    """Whether a person rejected this figure in an earlier period, in the very same sentence."""
    texts = {u.period: u.progress or "" for u in earlier}
    return any(
        decision.decision is DecisionAction.REJECT
        and decision.task == task
        and decision.period in texts
        and decision.target in (None, actual.target)
        and decision.value in (None, actual.value)
        and set(actual.quotes) <= set(decision.quotes)
        and all(_sentence(q, progress) == _sentence(q, texts[decision.period]) for q in actual.quotes)
        for decision in decisions
    )


def _sentence(quote: str, text: str) -> str | None:
    """The sentence that holds the quote, without spaces."""
    at = text.find(quote)
    if at < 0:
        return None
    start = max(text.rfind(mark, 0, at) for mark in "。；;\n") + 1
    ends = [end for mark in "。；;\n" if (end := text.find(mark, at + len(quote))) >= 0]
    return "".join(text[start : min(ends, default=len(text))].split())
