"""How numbers are printed: shares, percentage points, amounts with their unit, decimals for machines."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)
_SHARED_SIGNS = ("%", "％", "万", "亿")
"""Scale words and signs that both ends of a range carry: 15%～30%, 13万～17万元."""


def round_number(value: Fraction | Decimal, places: int) -> Decimal:
    """At most ``places`` decimals, half up, without trailing zeros or exponent: 2/3, 4 → 0.6667."""
    rounded = _quantize(value, places)
    whole = rounded.to_integral_value()
    return whole if rounded == whole else rounded.normalize(_CONTEXT)


def format_percent(ratio: Fraction | Decimal) -> str:
    """A share as percent, one decimal, half up, trailing zero kept: 0.77505 → 77.5%, 1/2 → 50.0%."""
    return f"{_quantize(Fraction(ratio) * 100, 1):f}%"


def format_stated_percent(ratio: Decimal) -> str:
    """A share that a text states, with the decimals it states: 0.77 → 77%, 0.3952 → 39.52%."""
    return f"{format_number((ratio * 100).normalize())}%"


def format_points(points: Fraction | Decimal) -> str:
    """The size of a difference in percentage points, without sign and unit: -9/5 → 1.8."""
    return f"{_quantize(abs(Fraction(points)), 1):f}"


def format_number(value: Decimal | int) -> str:
    """A number as printed, no exponent, no thousands mark, no zero added or taken: 1.950 → 1.950."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def format_plain_number(value: Decimal) -> str:
    """A setting without the zeros that it may be written with: 5.0 → 5."""
    return format_number(value.normalize())


def format_decimal(value: Fraction | Decimal, places: int) -> str:
    """A number for machines, at most ``places`` decimals: 2/3, 2 → 0.67."""
    return f"{round_number(value, places):f}"


def format_amount(value: Decimal, unit: str, value_max: Decimal | None = None) -> str:
    """A number with its unit: 923亩; 1～2个; 15%～30%, where both ends carry the sign."""
    if value_max is None:
        return f"{format_number(value)}{unit}"
    sign = unit[:1] if unit.startswith(_SHARED_SIGNS) else ""
    return f"{format_number(value)}{sign}～{format_number(value_max)}{unit}"


def _quantize(value: Fraction | Decimal, places: int) -> Decimal:
    exact = Fraction(value)
    quotient = _CONTEXT.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    return quotient.quantize(Decimal(1).scaleb(-places), context=_CONTEXT)
