"""What a progress text reports, clause by clause: acts, and how near each brings its promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from generator.language.lexicon import make_pattern
from generator.language.outline import OutlinePart, parse_outline


class Act(IntEnum):
    """What a clause reports, the further along the greater."""

    NOTHING = 0
    AHEAD = 1
    """Something to come."""
    INTENT = 2
    """A will, or that something is done without what."""
    MISSING = 3
    """A condition that is not there."""
    NOT_BEGUN = 4
    BEFORE = 5
    """What comes before the deed: a plan, a survey, an approval."""
    VAGUE = 6
    """Something is counted or said to be complete, by words that do not say what was done."""
    DEED = 7
    """Carrying out."""
    FINISHED = 8
    """A thing stands, is in use, is handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A run of the text between two commas, and what it reports."""

    text: str
    """Verbatim, without 一是, 目前 and the like before it."""
    labels: str
    """The headings it stands under."""
    sentence: str
    act: Act


def _words(*groups: str) -> re.Pattern[str]:
    return re.compile(make_pattern("acts", *groups))


_AHEAD, _MISSING, _NOT_BEGUN = _words("ahead"), _words("missing"), _words("not_begun")
_FINISHED, _DEED, _BEFORE = _words("finished"), _words("deed"), _words("before")
_TALKS, _COMPLETE, _INTENT = _words("talks"), _words("complete"), _words("generic", "intent")
_COMPONENT, _SHARE, _COMMON = _words("component", "share"), _words("share"), _words("common")
_STAGE = re.compile(make_pattern("stages", "hard"))
_COUNT = re.compile(
    r"\d[\d.]*\s*[余多]?[万亿]?(?:[个家户人名件条处座项次场期批台辆套宗亩吨公米元篇部份所支只张株盏根组对%％]|平方|立方|千米)"
)
_CLAUSE = re.compile(r"[^，,。；;！!？?\n]+")
_OPENING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}是|[（(]?\d{1,2}[）).、]|[①-⑳]|其中|目前|截[至止]目前|同时|此外|另外|并且?|已(?=已)|现|[:：、\s])+"
)
_CAUSE = re.compile(r"因(?!地|此|企)|由于|受[^，,]{1,20}(?:影响|制约|限制)$")
_URGED = re.compile(
    r"(?:[^，,]{1,12}(?:局|中心|集团|办公室))?(?:推进|推动|强化|加强|要求|督促|加大|加快|切实|深入|积极|广泛|鼓励|围绕|严格|持续|着力|全力|切实|完善|剩余|充分)"
)
"""Opens a clause that wills or urges what it names, unless it tells a number or that it is so by now."""
_BY_NOW = re.compile(r"已|完成|正在|累计|开始")


def read_clauses(text: str) -> tuple[Clause, ...]:
    """Every clause of ``text`` in its order."""
    return tuple(clause for clause in _walk(text, parse_outline(text).parts, "") if clause.text)


def _walk(text: str, parts: tuple[OutlinePart, ...], labels: str) -> Iterator[Clause]:
    for part in parts:
        if part.parts:
            yield from _walk(text, part.parts, f"{labels} {part.label}" if len(part.label) > 2 else labels)
            continue
        sentence = text[part.body : part.end]
        for match in _CLAUSE.finditer(sentence):
            opening = _OPENING.match(match[0])
            clause = match[0][opening.end() if opening else 0 :].strip()
            yield Clause(text=clause, labels=labels, sentence=sentence, act=find_act(clause))


def find_act(clause: str) -> Act:
    """What one clause reports: 已完成选址 → BEFORE, 累计开工小区191个 → DEED.

    The head of a Chinese phrase stands at its end, so the last of the words decides (开展调研 is a survey).
    """
    if _CAUSE.match(clause):
        return Act.NOTHING
    if ahead := _AHEAD.search(clause):
        before = clause[: ahead.start()]
        return max(find_act(before), Act.AHEAD) if _BY_NOW.search(before) else Act.AHEAD
    if _NOT_BEGUN.search(clause):
        return Act.NOT_BEGUN
    return Act.MISSING if _MISSING.search(clause) else _find_deed(clause)


def _find_deed(clause: str) -> Act:
    finished, before, deed = (_last(pattern, clause) for pattern in (_FINISHED, _BEFORE, _DEED))
    if finished > before:
        piece = Act.BEFORE if before >= 0 else Act.DEED
        return piece if _COMPONENT.search(clause) else Act.FINISHED
    counted = _COUNT.search(clause)
    if deed < before and counted and _TALKS.search(clause):
        return Act.VAGUE
    if deed >= max(before, 0):
        return Act.INTENT if _URGED.match(clause) and not (counted or _BY_NOW.search(clause)) else Act.DEED
    if before >= 0:
        return Act.BEFORE
    if counted or _COMPLETE.search(clause):
        return Act.VAGUE
    return Act.INTENT if _INTENT.search(clause) else Act.NOTHING


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last of the words ends; -1 without any."""
    return max((match.end() for match in pattern.finditer(text)), default=-1)


def tells_a_number(clause: Clause) -> bool:
    """Whether the clause has a number with its unit."""
    return _COUNT.search(clause.text) is not None


def is_share_finished(clause: Clause) -> bool:
    """Whether a share of a thing, not the thing, is finished: 一期工程已竣工."""
    return bool(_FINISHED.search(clause.text) and _SHARE.search(clause.text))


def is_whole(clause: Clause, promise: str) -> bool:
    """Whether a number in the clause counts things themselves, not a stage or a piece of them.

    A word of stages that the promise itself has (承接会议500场) is no stage of it.
    """
    stages = {*_STAGE.findall(clause.text), *_BEFORE.findall(clause.text)}
    return all(word in promise for word in stages) and not _COMPONENT.search(clause.text)


def share_pairs(promise: str, *said: str) -> int:
    """How many pairs of characters the promise shares with the texts, words of any promise aside."""
    return sum(len(find_pairs(promise) & find_pairs(text)) for text in said)


@lru_cache(maxsize=256)
def find_pairs(text: str) -> frozenset[str]:
    """Pairs of characters of a text, words of any promise aside: 主体封顶 → 主体 体封 封顶.

    Cached: a promise is compared with every clause, a sentence once for each of its clauses.
    """
    runs = re.findall(r"[一-鿿A-Za-z]{2,}", _COMMON.sub(" ", text))
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


def names_metric(clause: Clause, metric: str) -> bool:
    """Whether the clause has the metric's last word; four characters of it in a row where that is common."""
    head = metric[-2:]
    if not _COMMON.search(head):
        return head in clause.text
    runs = _COMMON.sub(" ", metric).split()
    return any(run[i : i + 4] in clause.text for run in runs for i in range(len(run) - 3))
