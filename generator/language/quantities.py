"""Numbers with their units as printed in government prose, with exact offsets.

``find_mentions`` reads every number that has a unit: scale words (万 亿), 余 and 多, ranges (1—2个),
bounds (以上, 不超过), falls (下降). Dates, ordinals, names and slogans with digits are no quantities.
``find_unread`` gives the numbers with a unit that have no exact value. Reading is linear and never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.language.lexicon import list_entries, list_words, load
from generator.language.printed_numbers import (
    BLANK,
    NUMBER_START,
    SCALE,
    PrintedNumber,
    UnreadReason,
    parse_number_at,
)
from generator.language.units import comparable, ratio, to_base
from generator.model import Comparator, Quantity

__all__ = [
    "Mention",
    "UnreadNumber",
    "comparable",
    "find_mentions",
    "find_quantities",
    "find_unread",
    "ratio",
    "to_base",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A quantity in its text, with the words around it that change what it says."""

    quantity: Quantity
    """Value as printed, negative only where a minus sign is printed; offsets without the words around."""
    comparator: Comparator = Comparator.EQUAL
    """>= for 以上 不少于 超过, <= for 不超过 以内 以下."""
    about: bool = False
    """Printed as not exact: 约, 近, 余, 多, 左右."""
    falls: bool = False
    """A fall is said: 下降4.18% is minus 4.18 as a growth."""
    named: bool = False
    """Stands inside quotation marks or a book title: part of a name, not a promise."""
    chinese: bool = False
    """Printed with Chinese numerals."""
    start: int
    """Offset of the first character, with the words that belong to it (不少于100个)."""
    end: int
    """Offset behind the last character (20家以上)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadNumber:
    """A number with a unit that is printed and has no exact value: 数十家, 12 34个, 5元/次."""

    words: str
    """As printed, with its unit."""
    unit: str
    """The unit; empty where it is none that is known."""
    reason: UnreadReason
    start: int
    end: int


_GROUPS = tuple(group for group in load("units") if group not in ("scales", "only_scaled", "written_by_hand"))


def _unit_pattern(*groups: str) -> re.Pattern[str]:
    """Any unit of these groups, the longest first, none inside a longer Latin word."""
    entries = sorted(list_entries("units", *groups), key=lambda entry: -len(entry.word))
    latin = "(?![A-Za-z])"
    return re.compile("|".join(e.pattern + (latin if _LATIN.match(e.word[-1]) else "") for e in entries))


_LATIN = re.compile(r"[A-Za-z]")
_UNIT = _unit_pattern(*_GROUPS)
_ONLY_SCALED = frozenset(list_words("units", "only_scaled"))
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖]")
_PERCENT = "百分之"
_GAP = re.compile(f"{BLANK}{{0,2}}")
_NO_UNIT_BEHIND_BLANK = re.compile("个人|人员|家庭|名称|项目|次数")
"""Behind a blank these are a new word: 1 人员保障."""
_DASH = re.compile(r"\s?(?:——|--|[—–―~～〜至到－-])\s?")
_MORE = re.compile(r"余|多(?!元化|样化|功能)|来(?=个|家|人|万)")
_AFTER = re.compile(r"(?:（含）|\(含\))?(?:及)?(以上|以内|之内|以下|左右|上下|内(?=[，。；、,;]|$))")
_BEFORE = re.compile(
    r"(不少于|不低于|不小于|不得少于|不得低于|至少|最少|超过|突破|高于|多于|超|过|逾"
    r"|不超过|不高于|不多于|不大于|不得超过|控制在|低于|少于|最多|约|近|约为|大约|将近|接近|达到近)\s?$"
)
_AT_LEAST = re.compile(r"不少于|不低于|不小于|不得少于|不得低于|至少|最少|超过|突破|高于|多于|超|过|逾|以上")
_AT_MOST = re.compile(r"不超过|不高于|不多于|不大于|不得超过|控制在|低于|少于|最多|以内|之内|以下|内")
_ABOUT = re.compile(r"约|近|约为|大约|将近|接近|达到近|左右|上下")
_FALL = re.compile(
    r"(?:下降|降低|减少|下滑|回落|缩减|压减|压降|负增长|降幅)(?:了|约|近|为|达|至多|超|超过)?\s?$"
)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number with a unit, in order, not overlapping; dates, ordinals and names are left out."""
    return tuple(found for found in _scan(text) if isinstance(found, Quantity))


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Every quantity of ``text`` with the words that belong to it, in order."""
    named = _named(text)
    return tuple(_mention(text, found, named[found.start]) for found in find_quantities(text))


def find_unread(text: str) -> tuple[UnreadNumber, ...]:
    """Numbers with a unit that have no exact value, in order: 培育企业数十家 → 数十家.

    Left out: what stands in a name, a date or an ordinal.
    """
    named = _named(text)
    return tuple(u for u in _scan(text) if isinstance(u, UnreadNumber) and not named[u.start])


def _scan(text: str) -> Iterator[Quantity | UnreadNumber]:
    """Numbers with a unit from left to right; every character is looked at a bounded number of times."""
    at = 0
    while match := NUMBER_START.search(text, at):
        start = match.start()
        if text.startswith(_PERCENT, start) and (share := _percent_at(text, start)):
            at = share.end
            yield share
            continue
        number = parse_number_at(text, start)
        at = max(number.end, match.end())  # the number before a bare 亿 is no character long
        if _is_name_before(text, number.start):
            continue
        found = _range_from(text, number) or _single_from(text, number) or _unread_from(text, number)
        if found is not None:
            at = max(at, found.end)
            yield found


def _percent_at(text: str, start: int) -> Quantity | None:
    """百分之七十 is 70 %."""
    first = start + len(_PERCENT)
    if text.startswith("百", first):
        return Quantity(value=Decimal(100), unit="%", start=start, end=first + 1)
    if not NUMBER_START.match(text, first):
        return None
    number = parse_number_at(text, first)
    if number.value is None:
        return None
    return Quantity(value=number.value, unit="%", start=start, end=number.end)


def _is_name_before(text: str, start: int) -> bool:
    """Whether the characters before make the number part of a name, an ordinal or a formula."""
    before = text[start - 1 : start]
    if before in ("第", "+", "＋", "×", "№", "*", "_", "/", "#", ".", "．"):
        return True
    if before.isspace() and text[max(0, start - 4) : start].rstrip().endswith("第"):
        return True
    if (
        before in ("-", "—", "–", "~")
        and start > 1
        and (text[start - 2].isdigit() or _LATIN.match(text[start - 2]))
    ):
        return True
    return bool(_LATIN.match(before)) if before else False


def _range_from(text: str, low: PrintedNumber) -> Quantity | None:
    """1—2个, 15%～30%, 13万元～17万元, when the second number is the greater one."""
    at = low.end
    left = _unit_at(text, at)
    at = left[1] if left and left[0] else at
    dash = _DASH.match(text, at)
    if dash is None or not NUMBER_START.match(text, dash.end()):
        return None
    high = parse_number_at(text, dash.end())
    right = _unit_at(text, high.end)
    if right is None or high.value is None or low.value is None or high.value <= low.value:
        return None
    if left and left[0] and left[0] != right[0]:
        return None
    return Quantity(value=low.value, value_max=high.value, unit=right[0], start=low.start, end=right[1])


def _single_from(text: str, number: PrintedNumber) -> Quantity | None:
    unit = _unit_at(text, number.end)
    if unit is None or number.value is None or _SHARE_BEHIND.match(text, unit[1]):
        return None
    minus = text[number.start - 1 : number.start] in ("-", "−", "－") if number.start else False
    return Quantity(
        value=-number.value if minus else number.value,
        unit=unit[0],
        start=number.start - minus,
        end=unit[1],
    )


def _unread_from(text: str, number: PrintedNumber) -> UnreadNumber | None:
    """The number and its unit where they are printed as an amount and cannot be read as one."""
    unit = _unit_at(text, number.end)
    if number.value is None:
        if number.reason is None or unit is None:
            return None
        return _make_unread(text, number.start, unit[1], unit[0], number.reason)
    if unit is not None:
        end = _SHARE_BEHIND.match(text, unit[1])
        assert end is not None
        return _make_unread(text, number.start, end.end(), "", UnreadReason.UNIT)
    return None


def _make_unread(text: str, start: int, end: int, unit: str, reason: UnreadReason) -> UnreadNumber:
    return UnreadNumber(words=text[start:end], unit=unit, reason=reason, start=start, end=end)


_SHARE_BEHIND = re.compile(
    r"[/／](?:人|户|亩|公顷|次|台|套|吨|升|平方米|平米|立方米|㎡|m[²³23]|月|年|日|天|小时|时|秒|kWh|L|h|d)(?![A-Za-z]|计划|均)"
)
"""How a unit goes on behind a slash: 300元/次 is no 300元."""


def _unit_at(text: str, at: int) -> tuple[str, int] | None:
    """Unit as printed (余 and 多 left out) and the offset behind it; None where none stands."""
    gap = _GAP.match(text, at)
    start = gap.end() if gap else at
    if start > at and _NO_UNIT_BEHIND_BLANK.match(text, start):
        return None
    return _scaled_unit(text, start)


def _scaled_unit(text: str, at: int) -> tuple[str, int] | None:
    """万元, 余家, 万 alone: a unit, a scale word with one, or a bare scale word."""
    if more := _MORE.match(text, at):
        at = more.end()
    if named := _UNIT.match(text, at):
        return named[0], named.end()
    scale = SCALE.match(text, at)
    if scale is None:
        return None
    at = scale.end()
    if more := _MORE.match(text, at):
        at = more.end()
    if named := _UNIT.match(text, at):
        return scale[0] + named[0], named.end()
    if text[at : at + 1] in _ONLY_SCALED:
        return scale[0] + text[at], at + 1
    return None if _continues(text, at) else (scale[0], at)


def _continues(text: str, at: int) -> bool:
    """Whether a letter or digit follows a bare scale word (10万G, 1万2千)."""
    follower = text[at : at + 1]
    return bool(follower) and (follower.isdigit() or bool(_LATIN.match(follower)))


def _mention(text: str, quantity: Quantity, named: bool) -> Mention:
    before = _BEFORE.search(text, max(0, quantity.start - 6), quantity.start)
    after = _AFTER.match(text, quantity.end)
    words = (before[1] if before else "", after[1] if after else "")
    inner = text[quantity.start : quantity.end]
    about = any(_ABOUT.fullmatch(word) for word in words)
    return Mention(
        quantity=quantity,
        comparator=_compare(words),
        about=about or "余" in inner or "多" in inner,
        falls=_FALL.search(text, max(0, quantity.start - 8), quantity.start) is not None,
        named=named,
        chinese=bool(_NUMERAL.match(inner)),
        start=before.start() if before else quantity.start,
        end=after.end() if after else quantity.end,
    )


def _compare(words: Sequence[str]) -> Comparator:
    """不超过 → AT_MOST, 以上 → AT_LEAST; EQUAL where the words around a number say nothing of it."""
    for comparator, said in ((Comparator.AT_MOST, _AT_MOST), (Comparator.AT_LEAST, _AT_LEAST)):
        if any(map(said.fullmatch, words)):
            return comparator
    return Comparator.EQUAL


_NAME_MARKS = {"“": "”", "《": "》", "「": "」", "『": "』", "‘": "’"}
_LONGEST_NAME = 60


def _named(text: str) -> list[bool]:
    """For each character whether it stands inside quotation marks or a book title."""
    result = [False] * (len(text) + 1)
    close, start = "", 0
    for offset, character in enumerate(text):
        if not close and character in _NAME_MARKS:
            close, start = _NAME_MARKS[character], offset
        elif close and (character == close or offset - start > _LONGEST_NAME):
            if character == close:
                result[start : offset + 1] = [True] * (offset + 1 - start)
            close = ""
    return result
