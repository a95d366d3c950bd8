"""What a number counts: the target's thing against the words around a reported number."""

from __future__ import annotations

import re

from generator.ingest.numbers.clause_context import (
    Phrase,
    actions,
    normal,
    opens_with_verb,
    trim,
    verbs,
)
from generator.ingest.numbers.mentions import ReportedNumber
from generator.language.lexicon import list_words
from generator.language.quantities import comparable
from generator.language.time_phrases import strip_times
from generator.model import Target

_MEASURE_NOUN = re.compile(r"^(?:总?面积|总?金额|总额|资金|规模|总?长度|总?里程|总?投资|数量|价值|额度)$")
_GENERIC = frozenset(list_words("things", "common_things"))
_GENERIC_OF_SIZE = re.compile(r"[十百千\d.]*[万亿]元级(?:项目|企业|产业项目|投资项目)?")
_RANKS = re.compile(
    r"国家级|省级|市级|区级|县级|镇级|国家|\d?A级|[一二三四五]星级?|规上|限上|民营|公办|民办"
    r"|社区|街道|乡镇|镇村|村级|农村|乡村|城市|城镇|中心城区|普通|高级|大型|小型|中小|重点|一般|科创|农业|工业"
)
_CLEAR, _FEW = 5, 3
"""Characters a shortened name must keep, and may lose, to mean the same thing still."""
_TAIL_NOUN = re.compile(
    r"(?:项目|工程|工作|建设|改造|演出|活动|任务|等|数|数量|总数|指标|总额|金额|规模)?(?:指标|任务|方面|领域|情况)?"
)
_BREAK = re.compile(r"[等的]|以上|以下|级")


def without_time(text: str) -> str:
    """``text`` without the time phrases and 其中 at its head: 截至6月底，其中公园 → 公园."""
    return strip_times(strip_times(text).removeprefix("其中"))


def clause_start_before(text: str, at: int) -> int:
    """Offset behind the punctuation before ``at``."""
    while at > 0 and text[at - 1] not in "，,。；;：:！!？?\n（(）)":
        at -= 1
    return at


def up_to_number(text: str) -> str:
    """``text`` before its first digit."""
    match = re.search(r"\d", text)
    return text[: match.start()] if match else text


def clauses_before(target: Target, commitment: str) -> str:
    """Words of the commitment's sentence before the target."""
    at = commitment.find(target.quote)
    return normal(re.split(r"[。；;]", commitment[max(0, at - 80) : at])[-1]) if at >= 0 else ""


def grade_thing(target: Target, report: ReportedNumber, targets: tuple[Target, ...], context: str) -> int:
    """How well what is counted agrees: 3 the same, 2 in fewer words or by its heading, 1 perhaps, 0 no."""
    phrase = report.phrase
    wanted = thing_of(target)
    nouns = _nouns(phrase)
    grade = max(
        (_grade_noun(wanted, noun, target, phrase.number_first, context) for noun in nouns), default=0
    )
    if grade >= 2:
        return grade
    label = next((label for label in reversed(report.labels) if names_target(label, target, targets)), None)
    if label is None:
        return grade
    bare = all(len(trim(normal(noun))) <= 1 for noun in nouns)
    shared = any(_share_pair(normal(target.metric), normal(noun)) for noun in nouns)
    return 2 if bare or shared else grade


def thing_of(target: Target) -> str:
    """What the target counts, without verbs at its ends."""
    return trim(normal(target.metric)) or normal(target.metric)


def _nouns(phrase: Phrase) -> list[str]:
    """Words that may name what is counted, raw: behind the number, or before it."""
    if phrase.number_first:
        return [phrase.after]
    before = phrase.before
    if _MEASURE_NOUN.match(trim(normal(before))) and phrase.lead:
        return [up_to_number(phrase.lead) + trim(before)]
    if is_bare(phrase):
        return [before, up_to_number(phrase.lead) or naming_clause(phrase)[1]]
    return [before]


def naming_clause(phrase: Phrase) -> tuple[int, str]:
    """Start and words (up to their number) of the clause before, of the sentence, that names something.

    At most three clauses back (改造电梯签约38部，开工21部，投用9部); the phrase's own start where none does.
    """
    text, end = phrase.text, phrase.clause_start - 1
    for _ in range(3):
        if end <= 0 or text[end] in "。；;！!？?\n":
            break
        start = clause_start_before(text, end)
        named = up_to_number(without_time(text[start:end]))
        if trim(normal(named)) != "":
            return start, named
        end = start - 1
    return phrase.clause_start, ""


def _grade_noun(wanted: str, noun: str, target: Target, number_first: bool, context: str) -> int:
    """Compare thing and noun: the noun must end (or begin, behind a number) with the thing."""
    given = normal(without_time(noun))
    at = given.rfind(wanted)
    quoted = f"“{wanted.rstrip('改造工程建设')}”" in target.quote
    if at >= 0:
        rest, behind = _qualifier(given[:at]), given[at + len(wanted) :]
        if not _is_thing_tail(behind, number_first):
            return 1
        if not rest or quoted:
            return 3
        return 2 if len(rest) >= 4 and rest in context else 1
    for size in range(len(wanted) - 1, max(2, (len(wanted) + 1) // 2) - 1, -1):
        tail = wanted[-size:]
        at = given.rfind(tail)
        if at < 0:
            continue
        lost = set(_RANKS.findall(wanted[:-size])) - set(_RANKS.findall(given))
        rest, behind = _qualifier(given[:at]), given[at + size :]
        short = size < _CLEAR or len(wanted) - size > _FEW
        if (
            not rest
            and not short
            and not lost
            and _is_thing_tail(behind, number_first)
            and tail not in _GENERIC
        ):
            return 2
        return 1
    if wanted.startswith(given) and len(given) >= 3:
        return 1
    return 0


def _is_thing_tail(behind: str, number_first: bool) -> bool:
    """Whether nothing but what became of the thing follows it."""
    rest = trim(behind)
    if rest == "" or _TAIL_NOUN.fullmatch(rest):
        return True
    return number_first and opens_with_verb(behind.removeprefix("的"))


def _qualifier(text: str) -> str:
    """Words right before the thing that narrow it: behind the last verb, 等 or 的."""
    cut = 0
    for match in _BREAK.finditer(text):
        cut = match.end()
    return trim(_last_run(text[cut:]))


def _last_run(text: str) -> str:
    from_verb = 0
    for verb in sorted(actions(text), key=len):
        from_verb = max(from_verb, text.rfind(verb) + len(verb))
    return text[from_verb:]


def names_target(label: str, target: Target, targets: tuple[Target, ...]) -> bool:
    """Whether a part's label names this target better than every other of a comparable unit."""
    own = _label_fit(label, target)
    others = (_label_fit(label, t) for t in targets if t != target and comparable(t.unit, target.unit))
    return own > 0 and own > max(others, default=0)


def _label_fit(label: str, target: Target) -> int:
    """3 the label is the target's thing, 2 it holds it, 1 it is held by it, 0 neither."""
    words = re.sub(r"(?:方面|工作|情况|项目)$", "", normal(label.strip()))
    words = re.sub(r"[\d.一二三四五六七八九十—～-]+[^\d]{1,3}$", "", words)
    metric, thing = normal(target.metric), thing_of(target)
    if len(words) < 2:
        return 0
    if words == metric or (trim(words) == thing and verbs(words) <= verbs(metric) | verbs(target.quote)):
        return 3
    if thing in words:
        return 2
    return 1 if words in metric or (len(trim(words)) >= 2 and trim(words) in metric) else 0


def _share_pair(first: str, second: str) -> bool:
    return any(first[i : i + 2] in second for i in range(len(first) - 1))


def is_generic(target: Target) -> bool:
    """Whether the thing is so common that the words around must agree as well."""
    thing = thing_of(target)
    return len(thing) <= 1 or thing in _GENERIC or _GENERIC_OF_SIZE.fullmatch(thing) is not None


def is_bare(phrase: Phrase) -> bool:
    """Whether the item does not say itself what it counts (完工5处)."""
    return trim(normal(without_time(phrase.before))) == ""
