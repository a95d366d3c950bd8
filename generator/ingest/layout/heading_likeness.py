"""What a heading leans to when no rule knows it: by the characters it shares with headings that are known.

Naive Bayes over single characters, pairs and the last pair (推进责任主体 ends like 责任主体, a department);
the words are those of the lexicon, so a line there is all that it takes to teach it one more.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from generator.ingest.layout.heading_roles import ColumnRole, heading_role, normal_heading
from generator.language import lexicon

R = ColumnRole
_GROWTH = re.compile(r"同比|环比|增[幅速]|排[名位]|位次|[±]|^较")
"""Comparisons with another time or place: neither what was done nor how far."""
_SMOOTH = 0.15
_KNOWN = 0.75
"""Weight of likeness beside that of a word that a rule knows (1)."""
_CONFUSED: Mapping[ColumnRole, Mapping[ColumnRole, float]] = {
    R.STATUS: {R.PROGRESS: 0.5, R.COMPLETION: 0.5, R.REMARKS: 0.2},
    R.COMPLETION: {R.PROGRESS: 0.5, R.STATUS: 0.5, R.REMARKS: 0.3},
    R.PROGRESS: {R.STATUS: 0.5, R.COMPLETION: 0.5, R.REMARKS: 0.35, R.TASK: 0.2},
    R.DEADLINE: {R.PLAN: 0.5},
    R.PLAN: {R.TASK: 0.5, R.NEXT_STEPS: 0.4},
    R.CONTACT: {R.DEPARTMENT: 0.5},
    R.GROUP: {R.TASK: 0.6, R.LEAD: 0.5},
    R.TASK: {R.GROUP: 0.6, R.PLAN: 0.4, R.REMARKS: 0.3},
    R.NEXT_STEPS: {R.PLAN: 0.4},
    R.DEPARTMENT: {R.REMARKS: 0.5},
    R.LEADER: {R.DEPARTMENT: 0.3},
    R.REMARKS: {R.COMPLETION: 0.3, R.PROGRESS: 0.2},
}
"""What offices also print a heading of a role over (完成情况 over 是 and 否)."""


@lru_cache(maxsize=65536)
def heading_evidence(text: str) -> Mapping[ColumnRole, float]:
    """Role → how much the heading speaks for it (0-1); 1 where a rule knows the words.

    ``text``: lines of a heading of several rows, upper first. Roles that it says nothing of are left out.
    """
    known = known_role(text)
    lowest = text.split("\n")[-1]
    if known is None:
        whole = likeness("".join(text.split("\n")))
        below = likeness(lowest)
        return {r: _KNOWN * max(whole.get(r, 0.0), below.get(r, 0.0)) for r in {*whole, *below}}
    found = dict(_CONFUSED.get(known, {}))
    for role, share in likeness(lowest).items():
        found[role] = max(found.get(role, 0.0), 0.4 * share)
    if known is R.PLAN and lowest.endswith(("措施", "举措")):
        found[R.NEXT_STEPS] = 0.8
    if known is R.COMPLETION and not re.search(r"率|比|占|进度|百分", lowest):
        found[R.PROGRESS] = 0.95
    found[known] = 1.0
    return found


def known_role(text: str) -> ColumnRole | None:
    """Role of a heading by the rules: of all its lines together, of its lowest line, of its first.

    Below 落实情况 the lowest line says which part of it a column holds.
    """
    lines = text.split("\n")
    if _GROWTH.search(lines[-1]):
        return R.REMARKS
    if len(lines) > 1 and heading_role(lines[0]) is R.PROGRESS and (part := heading_role(lines[-1])):
        return part
    role = heading_role("".join(lines)) or heading_role(lines[-1])
    if role is None and len(lines) > 1:
        role = heading_role(lines[0])
        role = R.PLAN if role is R.TASK and "季" in lines[-1] else role
    return role


@lru_cache(maxsize=65536)
def likeness(text: str) -> Mapping[ColumnRole, float]:
    """Role → probability by the characters; empty where they are unknown: 内容与要求 → task 0.9, …"""
    plain = normal_heading(text)
    if not 1 < len(plain) <= 20:
        return {}
    counts, totals, size = _trained()
    grams = [gram for gram in _grams(plain) if any(gram in bag for bag in counts.values())]
    letters = {ch for gram in grams for ch in gram.strip("$")}
    if not grams:
        return {}
    logs = {
        role: sum(math.log((bag[g] + _SMOOTH) / (totals[role] + _SMOOTH * size)) for g in grams)
        for role, bag in counts.items()
    }
    top = max(logs.values())
    weights = {role: math.exp((value - top) / 2) for role, value in logs.items()}
    share = sum(ch in letters for ch in plain) / len(plain)
    total = sum(weights.values())
    return {ColumnRole(role): share * w / total for role, w in weights.items() if w / total > 0.05}


@cache
def _trained() -> tuple[Mapping[str, Counter[str]], Mapping[str, int], int]:
    """Counts of pieces by role, their sums, and the number of different pieces."""
    return train(
        (role, entry.word) for role, entries in lexicon.load("headings").items() for entry in entries
    )


def train(words: Iterable[tuple[str, str]]) -> tuple[Mapping[str, Counter[str]], Mapping[str, int], int]:
    """Counts of pieces by role from pairs of role and heading, their sums, the number of different pieces."""
    counts: dict[str, Counter[str]] = {}
    for role, word in words:
        counts.setdefault(role, Counter()).update(_grams(normal_heading(word)))
    size = len({gram for bag in counts.values() for gram in bag})
    return counts, {role: bag.total() for role, bag in counts.items()}, size


def _grams(text: str) -> list[str]:
    pairs = [text[i : i + 2] for i in range(len(text) - 1)]
    return [*text, *pairs, *pairs, f"{text[-2:]}$", f"{text[-2:]}$"]
