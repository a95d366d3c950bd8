"""Words beside a number that change what it says: growth, fall, expectation."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.language.lexicon import make_pattern

_FALL = re.compile(make_pattern("number_context", "fall"))
_VERB_AT_END = re.compile(make_pattern("number_context", "rise", "fall") + r"(?=\D{0,4}$)")
_FORECAST = re.compile(make_pattern("number_context", "forecast"))
_CLAUSE_END = re.compile(r"[，,；;。]")


def promises_fall(quote: str) -> bool:
    """Whether the words of a promise speak of a fall: 单位能耗下降4% → True, so that 4 means down by 4."""
    return _FALL.search(quote) is not None


def growth_verb(quote: str, number: str) -> str:
    """The verb before a number: ``growth_verb("投资占比提高4个百分点", "4") → "提高"``; empty for none."""
    before = quote.partition(number)[0]
    return next(reversed(_VERB_AT_END.findall(before)), "")


def is_forecast(quotes: Iterable[str], number: str) -> bool:
    """Whether the words only expect the number 3: 预计建成3处 → True, 已建成3处，预计年底4处 → False."""
    clauses = (clause for quote in quotes for clause in _CLAUSE_END.split(quote) if number in clause)
    return any(_FORECAST.search(clause.partition(number)[0]) for clause in clauses)
