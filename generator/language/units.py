"""Units of measure: what converts into what, exactly.

``to_base`` folds scale words and multiples into one unit of a family (1.95万人 is 19500人); ``ratio`` divides
two quantities of one dimension. The units themselves are data: ``lexicon/units.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from generator.language.lexicon import LexiconEntry, list_words, load, map_words

_EXACT = Context(prec=200, traps=[Inexact])
_BASE_SIZES = {"平方米": Fraction(1), "亩": Fraction(2000, 3)}
"""Bases of one dimension that Decimal cannot fold into each other exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of measure: so many of its base unit."""

    base: str
    factor: Decimal = Decimal(1)


SCALES: Mapping[str, Decimal] = MappingProxyType(
    {word: Decimal(factor) for word, factor in map_words("units", "scales").items()}
)
"""Scale word → factor: 万 is 10000."""
COUNTERS = frozenset(list_words("units", "counters"))
"""Units that count things; they fold into 个."""
_SCALE = re.compile("|".join(sorted(SCALES, key=len, reverse=True)))


@cache
def load_units() -> Mapping[str, Unit]:
    """Every unit that is no scale word, as printed, with its base: 公里 is 1000 米, 家 is 个."""
    entries = (entry for group, found in load("units").items() if group != "scales" for entry in found)
    return MappingProxyType({entry.word: _make_unit(entry) for entry in entries})


def _make_unit(entry: LexiconEntry) -> Unit:
    if entry.word in COUNTERS:
        return Unit(base="个")
    factor, _, base = entry.means.rpartition(" ")
    return Unit(base=base or entry.word, factor=Decimal(factor or 1))


def _split_scale(unit: str) -> tuple[Decimal, str]:
    """万平方米 is (10000, 平方米); 千瓦 is (1, 千瓦), a unit of its own."""
    match = None if unit in load_units() else _SCALE.match(unit)
    return (SCALES[match[0]], unit[match.end() :]) if match else (Decimal(1), unit)


def to_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Value in the base unit of its family, and that unit: 1.95 万人 is (19500, 人), 40 家 is (40, 个).

    Plain counters of things (家 处 座 …) fold into 个; an unknown unit is its own base.
    """
    scale, rest = _split_scale(unit.strip())
    known = load_units().get(rest or "个", Unit(base=rest))
    return _EXACT.multiply(_EXACT.multiply(value, scale), known.factor), known.base


def comparable(unit: str, other: str) -> bool:
    """Whether the two units convert: 万平方米 and 亩 do; % and 百分点, 人 and 人次 do not."""
    base, other_base = to_base(Decimal(1), unit)[1], to_base(Decimal(1), other)[1]
    return base == other_base or (base in _BASE_SIZES and other_base in _BASE_SIZES)


def ratio(value: Decimal, unit: str, of_value: Decimal, of_unit: str) -> Fraction:
    """First quantity over the second, exact: 120 万平方米 of 600000 平方米 is 2.

    Raises: ValueError when the units do not convert; ZeroDivisionError when the second is nothing.
    """
    if not comparable(unit, of_unit):
        raise ValueError(f"“{unit}”与“{of_unit}”不能换算")
    (top, base), (bottom, of_base) = to_base(value, unit), to_base(of_value, of_unit)
    size = _BASE_SIZES.get(base, Fraction(1)) / _BASE_SIZES.get(of_base, Fraction(1))
    return Fraction(top) / Fraction(bottom) * size
