"""Numbers of lists as word processors and browsers print them: 一、 ① iv B.

Source: ECMA-376 part 1, 17.18.59 (ST_NumberFormat); CSS Counter Styles Level 3, 6 and 7.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def format_number(number: int, form: str, custom: str = "") -> str:
    """Number in one of Word's formats; a decimal for formats that no Chinese table uses.

    >>> format_number(12, "chineseCounting")
    '十二'
    """
    if form == "none":
        return ""
    if form == "custom":
        width = len(re.match(r"0*\d?", custom)[0])  # type: ignore[index]  # matches the empty text too
        return str(number).zfill(width)
    make = _FORMS.get(form)
    return str(number) if make is None or number < 0 else make(number)


def _chinese(number: int, digits: str = _DIGITS, units: str = "十百千万") -> str:
    """一, 十, 十一, 二十, 一百零一 … up to 99999, then plain digits one by one."""
    if number == 0:
        return digits[0]
    if number >= 100_000:
        return "".join(digits[int(digit)] for digit in str(number))
    text, zero = "", False
    for power, unit in ((4, units[3]), (3, units[2]), (2, units[1]), (1, units[0]), (0, "")):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + unit
        zero = not digit
    return text


def _counting(number: int) -> str:
    text = _chinese(number)
    return text[1:] if text.startswith("一十") else text


def _one_by_one(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """A … Z, AA, BB … as Word counts."""
    if not 0 < number <= 780:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return "⓪" if number == 0 else str(number)


def _signs(first: str, count: int) -> Callable[[int], str]:
    """Format of ``count`` signs that follow each other from ``first``; decimals beyond."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _full_width(number: int) -> str:
    return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "chineseCounting": lambda number: _counting(number) if number < 100 else _one_by_one(number),
    "taiwaneseCounting": lambda number: _counting(number) if number < 100 else _one_by_one(number),
    "chineseCountingThousand": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "ideographDigital": _one_by_one,
    "taiwaneseDigital": _one_by_one,
    "japaneseDigitalTenThousand": _one_by_one,
    "chineseLegalSimplified": lambda number: _chinese(number, _LEGAL, "拾佰仟万"),
    "ideographLegalTraditional": lambda number: _chinese(number, "零壹貳參肆伍陸柒捌玖", "拾佰仟萬"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "decimalEnclosedParen": _signs("⑴", 20),
    "ideographEnclosedCircle": _signs("㊀", 10),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
}
