"""Values of spreadsheet cells → the text that the sheet shows: 0.77 under ``0%`` is 77%, a date its date.

Source: ECMA-376 part 1, 18.8.31 (number formats); the formats 27-36 and 50-58 as in Chinese Excel.
"""

from __future__ import annotations

import datetime as dt
import re
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
_MASK = re.compile(r"[0#?.,]*[0#?][0#?.,]*|[.][0#?]+")
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


def format_value(value: Value, code: str = "General") -> str:
    """Text that a sheet shows for ``value`` under the number format ``code``.

    A format that no task table uses (fractions, powers) gives the plain number.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
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


def _format_number(value: int | float | Decimal, code: str) -> str:
    number = _decimal(value)
    if number is None or not number.is_finite():
        return str(value)
    sections = _split_sections(code)
    chosen = sections[0]
    own_sign = False
    if "[<" not in code and "[>" not in code and "[=" not in code:
        if number < 0 and len(sections) > 1:
            chosen, own_sign = sections[1], True
        elif number == 0 and len(sections) > 2:
            chosen = sections[2]
    elif len(sections) > 1:
        return plain_number(value)
    section = _read_section(chosen)
    if section is None:
        return plain_number(value)
    return _apply(abs(number) if own_sign else number, section)


def _split_sections(code: str) -> list[str]:
    """Parts of a format between semicolons that are not quoted."""
    return re.findall(r"((?:\"[^\"]*\"|\\.|[^;\"\\])*)(?:;|$)", code)[:4] or ["General"]


def _read_section(code: str) -> _Section | None:
    """Literals around the digits; None for a format that is not of the shape literal, digits, literal."""
    plain = _BRACKET.sub(lambda match: f'"{match[1]}"' if match[1] else "", code)
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] if match[1] is not None else match[2] or "")
        return chr(0xE000 + len(literals) - 1)

    plain = re.sub(r"_.|\*.", "", re.sub(r"\"([^\"]*)\"|\\(.)", keep, plain))
    if plain.strip().lower() in {"general", "@", ""} or len(literals) > 1000:
        return None
    masks = _MASK.findall(plain)
    if re.search(r"[eE/?]|[ymdhs]", plain) or len(masks) > 1:
        return None
    before, mask, after = plain.partition(masks[0]) if masks else (plain, "", "")

    def say(text: str) -> str:
        return re.sub(r"[\ue000-\uf000]", lambda match: literals[ord(match[0]) - 0xE000], text)

    return _Section(before=say(before), mask=mask, after=say(after), percent=plain.count("%"))


def _apply(number: Decimal, section: _Section) -> str:
    """Number under one section of a format."""
    if not section.mask:
        return section.before
    number *= Decimal(100) ** section.percent
    digits = section.mask.rstrip(",")
    number /= Decimal(1000) ** (len(section.mask) - len(digits))
    whole, _, fraction = digits.partition(".")
    places = len(re.findall(r"[0#?]", fraction))
    rounded = _round(number, places)
    text = f"{abs(rounded):{',' if ',' in whole else ''}.{places}f}"
    head, point, tail = text.partition(".")
    optional = len(fraction) - len(fraction.rstrip("#"))
    while optional and tail.endswith("0"):
        tail, optional = tail[:-1], optional - 1
    head = head.zfill(whole.count("0")) if "," not in whole else head
    head = "" if head == "0" and "0" not in whole and tail else head
    sign = "-" if rounded < 0 else ""
    return f"{sign}{section.before}{head}{point if tail else ''}{tail}{section.after}"


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
