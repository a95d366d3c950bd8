"""Values of spreadsheet cells → the text that the sheet shows: 0.77 under ``0%`` is 77%, a date its date.

Source: ECMA-376 part 1, 18.8.31 (number formats); the formats 27-36 and 50-58 as in Chinese Excel.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

CHINESE_FORMATS = {
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'yyyy"年"m"月"', 35: 'm"月"d"日"', 36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Built-in formats that files name by number alone."""
_LOCAL = {
    "mm-dd-yy": "yyyy/m/d",
    "m/d/yy": "yyyy/m/d",
    "m/d/yyyy": "yyyy/m/d",
    "m/d/yy h:mm": "yyyy/m/d h:mm",
}
"""Formats that every Excel shows in the order of its own country."""
_WEEKDAYS = "一二三四五六日"
_BRACKET = re.compile(r"\[(?:\$([^\]-]*)(?:-[^\]]*)?|[^\]]*)\]")
_MASK = re.compile(r"[0#?.,]*[0#?](?:[0#?.,\ue000-\uf000 -]*[0#?.,])?|[.][0#?]+")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_GENERAL = re.compile("general", re.IGNORECASE)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_DATE_TOKEN = re.compile(
    r"\"([^\"]*)\"|\\(.)|(y+|m+|d+|h+|s+|a{3,4}(?!/)|AM/PM|A/P|上午/下午)|_.|\*.|([^\"\\])", re.IGNORECASE
)

Value = str | bool | int | float | Decimal | dt.datetime | dt.date | dt.time | dt.timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """One part of a number format."""

    before: str
    mask: str
    after: str
    percent: int
    literals: tuple[str, ...] = ()
    """Texts that stand between the digits of the mask, as private characters."""


def format_value(value: Value, code: str = "General") -> str:
    """Text that a sheet shows for ``value`` under the number format ``code``.

    A format that no task table uses (fractions, powers) gives the plain number.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _format_text(value, code)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.timedelta):
        return _format_duration(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _format_date(value, code)
    return _format_number(value, code)


def plain_number(value: int | float | Decimal) -> str:
    """Number as the format General shows it: no ``.0``, at most eleven characters of a fraction."""
    if isinstance(value, int):
        return str(value)
    number = value if isinstance(value, Decimal) else _decimal(value)
    if number is None:
        return str(value)
    if abs(number) >= Decimal("1e15") or (number and abs(number) < Decimal("1e-9")):
        return f"{number:.5E}"
    text = f"{number:f}"
    whole = len(text.partition(".")[0])
    if "." in text and len(text) > 11:
        text = f"{_round(number, max(10 - whole, 2)):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _decimal(value: int | float | Decimal) -> Decimal | None:
    """Decimal of fifteen significant digits, as a sheet holds it; None for what is no number."""
    try:
        return Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    except (InvalidOperation, ValueError, OverflowError):
        return None


def _round(number: Decimal, places: int) -> Decimal:
    try:
        return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return number


def _format_text(text: str, code: str) -> str:
    """Text with what its format sets around it: ``@"个"``."""
    section = _split_sections(code)[-1]
    if "@" not in section or not text:
        return text
    plain, literals = _take_literals(section)
    return _say("".join(text if letter == "@" else letter for letter in plain), literals)


def _format_number(value: int | float | Decimal, code: str) -> str:
    number = _decimal(value)
    if number is None or not number.is_finite():
        return str(value)
    chosen, own_sign = _choose_section(number, _split_sections(code))
    if not chosen and number == 0:
        return ""
    section = _parse_section(chosen)
    if section is None:
        return plain_number(value)
    return _apply(abs(number) if own_sign else number, section)


def _choose_section(number: Decimal, sections: Sequence[str]) -> tuple[str, bool]:
    """The part of a format that a number falls under, and whether that part says the minus itself."""
    if any(_CONDITION.search(section) for section in sections):
        for section in sections[:3]:
            condition = _CONDITION.search(section)
            if condition is None:
                return section, False
            if _COMPARE[condition[1]](number, Decimal(condition[2])):
                return section, condition[1][0] == "<" and number < 0 and Decimal(condition[2]) <= 0
        return "General", False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def _split_sections(code: str) -> list[str]:
    """Parts of a format between semicolons that are not quoted."""
    found = re.findall(r"((?:\"[^\"]*\"|\\.|[^;\"\\])*)(;|$)", code)
    parts = [part for part, _ in found]
    if len(found) > 1 and found[-2][1] == "":
        parts.pop()  # the empty match behind the end
    return parts[:4] or ["General"]


def _take_literals(code: str) -> tuple[str, list[str]]:
    """A section with a private character in the place of each quoted or escaped text, and those texts."""
    plain = _BRACKET.sub(lambda match: f'"{match[1]}"' if match[1] else "", code)
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(next((group for group in match.groups() if group is not None), ""))
        return chr(0xE000 + len(literals) - 1) if len(literals) < 1000 else ""

    return re.sub(r"_.|\*.", "", re.sub(r"\"([^\"]*)\"|\\(.)|!(.)", keep, plain)), literals


def _say(text: str, literals: Sequence[str]) -> str:
    return re.sub(r"[\ue000-\ue3e7]", lambda match: literals[ord(match[0]) - 0xE000], text)


def _parse_section(code: str) -> _Section | None:
    """Literals around the digits; None for a format that is not of the shape literal, digits, literal."""
    plain, literals = _take_literals(code)
    if plain.strip().lower() in {"general", "@", ""}:
        return None
    general = _GENERAL.search(plain)
    if general is not None:
        before, after = plain[: general.start()], plain[general.end() :]
        return _Section(before=_say(before, literals), mask="General", after=_say(after, literals), percent=0)
    masks = _MASK.findall(plain)
    if re.search(r"[eE/?]|[ymdhs]", plain) or len(masks) > 1:
        return None
    before, mask, after = plain.partition(masks[0]) if masks else (plain, "", "")
    if set(mask) - set("0#?.,") and set(mask) & set(".?"):
        return None
    return _Section(
        before=_say(before, literals),
        mask=_say(mask, literals) if set(mask) <= set("0#?.,") else mask,
        after=_say(after, literals),
        percent=plain.count("%"),
        literals=tuple(literals),
    )


def _apply(number: Decimal, section: _Section) -> str:
    """Number under one section of a format."""
    if not section.mask:
        return section.before
    if section.mask == "General":
        return f"{'-' if number < 0 else ''}{section.before}{plain_number(abs(number))}{section.after}"
    number *= Decimal(100) ** section.percent
    digits = section.mask.rstrip(",")
    number /= Decimal(1000) ** (len(section.mask) - len(digits))
    whole, _, fraction = digits.partition(".")
    places = len(re.findall(r"[0#?]", fraction))
    rounded = _round(number, places)
    sign = "-" if rounded < 0 else ""
    if set(whole) - set("0#?,"):
        return f"{sign}{section.before}{_spread(f'{abs(rounded):f}', whole, section.literals)}{section.after}"
    text = f"{abs(rounded):{',' if ',' in whole else ''}.{places}f}"
    head, point, tail = text.partition(".")
    optional = len(fraction) - len(fraction.rstrip("#"))
    while optional and tail.endswith("0"):
        tail, optional = tail[:-1], optional - 1
    head = head.zfill(whole.count("0")) if "," not in whole else head
    head = "" if head == "0" and "0" not in whole and tail else head
    return f"{sign}{section.before}{head}{point if tail else ''}{tail}{section.after}"


def _spread(digits: str, mask: str, literals: Sequence[str]) -> str:
    """Digits of a whole number on the places of a mask with texts between them: 15 on ``0"."0`` is 1.5."""
    made = ""
    places = [index for index, letter in enumerate(mask) if letter in "0#"]
    rest = "" if digits == "0" else digits
    for index in range(len(mask) - 1, -1, -1):
        if mask[index] not in "0#":
            made = _say(mask[index], literals) + made
            continue
        taken = rest if index == places[0] else rest[-1:]
        rest = rest[: len(rest) - len(taken)]
        made = (taken or ("0" if mask[index] == "0" else "")) + made
    return made


def _format_duration(value: dt.timedelta) -> str:
    seconds = int(value.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _format_date(value: dt.datetime | dt.date | dt.time, code: str) -> str:
    pattern = _BRACKET.sub("", code.split(";")[0]).strip()
    pattern = _LOCAL.get(pattern.lower(), pattern)
    if pattern.lower() in {"general", "@", ""}:
        pattern = "h:mm" if isinstance(value, dt.time) else "yyyy/m/d"
    half = re.search(r"AM/PM|A/P|上午/下午", pattern, re.IGNORECASE) is not None
    tokens = list(_DATE_TOKEN.finditer(pattern))
    kinds = [(token[3] or "").lower()[:1] for token in tokens]
    made = []
    for index, token in enumerate(tokens):
        if token[3] is None:
            made.append(token[1] or token[2] or token[4] or "")
            continue
        minutes = kinds[index] == "m" and _beside_hours(kinds, index)
        made.append(_date_piece(value, token[3], minutes=minutes, half=half))
    return "".join(made)


def _beside_hours(kinds: list[str], index: int) -> bool:
    """Whether an m means minutes: the piece before is hours, or the one behind seconds."""
    before = [kind for kind in kinds[:index] if kind]
    behind = [kind for kind in kinds[index + 1 :] if kind]
    return before[-1:] == ["h"] or behind[:1] == ["s"]


def _date_piece(value: dt.datetime | dt.date | dt.time, token: str, *, minutes: bool, half: bool) -> str:
    """Text of one piece of a date format."""
    kind, wide = token.lower()[0], len(token) > 1
    clock = value if isinstance(value, dt.time | dt.datetime) else dt.time()
    if kind in "hs" or minutes:
        hour = (clock.hour % 12 or 12) if half else clock.hour
        number = clock.minute if minutes else {"h": hour, "s": clock.second}[kind]
        return f"{number:02d}" if wide else str(number)
    if "/" in token:
        return "上午" if clock.hour < 12 else "下午"
    if isinstance(value, dt.time):
        return ""
    if kind == "y":
        return f"{value.year:04d}" if len(token) > 2 else f"{value.year % 100:02d}"
    if kind == "a" or (kind == "d" and len(token) > 2):
        day = _WEEKDAYS[value.weekday()]
        return f"星期{day}" if kind == "d" or len(token) > 3 else day
    if kind == "m" and len(token) > 2:
        return f"{value.month}月"
    number = value.month if kind == "m" else value.day
    return f"{number:02d}" if wide else str(number)
