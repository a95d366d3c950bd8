"""Numbers as printed in government prose, and the units they are printed in.

``find_mentions`` reads every number that has a unit, with exact offsets: Arabic and Chinese numerals, scale
words (万 亿), 余 and 多, ranges (1—2个, 15%～30%), bounds (以上, 不超过), falls (下降). Dates, ordinals,
names and slogans with digits are no quantities. Whatever the text, reading is linear and never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.language.units import NAMED, THINGS, comparable, ratio, to_base
from generator.model import Comparator, Quantity

__all__ = [
    "Mention",
    "comparable",
    "find_mentions",
    "find_quantities",
    "format_quantity",
    "parse_quantity",
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


_NOT_BEHIND = {
    "人": "大才民均事社",
    "家": "庭长属具",
    "名": "单录称牌",
    "位": "于置列",
    "条": "件例",
    "项": "目",
    "场": "所馆景",
    "所": "有属需得",
    "支": "持出付撑援",
    "次": "日要数",
    "批": "复准发",
    "组": "织建成",
    "面": "积向对临",
    "道": "路",
    "起": "草来点到步",
    "对": "接外口标应策象于比",
    "种": "植业养粮",
    "层": "面",
    "处": "理置罚级于",
    "户": "籍外均",
    "门": "店诊类",
    "口": "岸径",
    "头": "部号",
    "只": "有要",
    "台": "账阶风湾",
    "本": "地土年区市县科届级",
    "部": "门分署位队级委",
    "款": "物项",
    "座": "谈位",
    "间": "隔",
    "根": "据本",
    "块": "链",
    "段": "落",
    "期": "间限",
    "天": "然津府桥使",
    "元": "素宵旦宇器件",
    "米": "面粉",
    "升": "级规学值",
    "亩": "均产",
    "类": "似",
    "把": "关握",
    "列": "入为车",
    "片": "区",
    "轮": "换训岗胎",
    "度": "假",
    "方": "面案式法向便",
    "倍": "增",
    "例": "如会",
    "届": "时",
}
_ONLY_SCALED = frozenset("度方分")
_WORD_UNITS = ("片区", "支队伍")
_UNIT_WORDS = sorted(
    {*NAMED, *THINGS} - {"m", "升", "%"} - set(_ONLY_SCALED) | {"%", "升"}, key=len, reverse=True
)
_UNIT_TEXT = re.compile("|".join(re.escape(unit) for unit in _UNIT_WORDS))
_SCALE_TEXT = re.compile(r"万亿|[十百千]亿|亿|[十百千]万|万|千(?![瓦克米伏字])|百(?![分])")
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3}){1,4}(?:[.．]\d{1,8})?(?![\d,])|\d+(?:[.．]\d+)?")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_NUMBER_START = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿]")
_LATIN = re.compile(r"[A-Za-z]")
_DASH = re.compile(r"\s?(?:——|--|[—–―~～〜至到－-])\s?")
_MORE = re.compile(r"余|多(?!种|个|项|元|家|样|部)|来(?=个|家|人|万)")
_BEFORE_PURE_SCALE = re.compile(r"(?:过|超|近|破|达|上|逾)$")
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
_LONGEST_NUMBER = 16


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number with a unit, in order, not overlapping; dates, ordinals and names are left out."""
    return tuple(mention.quantity for mention in find_mentions(text))


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Every quantity of ``text`` with the words that belong to it, in order."""
    named = _named(text)
    return tuple(_mention(text, quantity, named[quantity.start]) for quantity in _scan(text))


def parse_quantity(text: str) -> Quantity:
    """The one quantity that ``text`` is.

    Raises: ValueError when it is not exactly one.
    """
    found = tuple(_scan(text))
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text)):
        raise ValueError(f"“{text}”不是一个带单位的数")
    return found[0]


def format_quantity(quantity: Quantity) -> str:
    """The quantity as it is printed: 1.95万人, 1—2个, -4.18%."""
    upper = "" if quantity.value_max is None else f"—{quantity.value_max:f}"
    return f"{quantity.value:f}{upper}{quantity.unit}"


def _scan(text: str) -> Iterator[Quantity]:
    """Quantities from left to right; every character is looked at a bounded number of times."""
    at = 0
    while match := _NUMBER_START.search(text, at):
        number = _number_at(text, match.start())
        at = max(number.end, match.end())  # the number before a bare 亿 is no character long
        if number.value is None or _is_name_before(text, number.start):
            continue
        quantity = _range_from(text, number) or _single_from(text, number)
        if quantity is not None:
            at = max(at, quantity.end)
            yield quantity


@dataclass(frozen=True, slots=True)
class _Number:
    """A run of digits or Chinese numerals; value None where it is no number."""

    value: Decimal | None
    start: int
    end: int


def _number_at(text: str, start: int) -> _Number:
    if match := _ARABIC.match(text, start):
        digits = match[0].replace(",", "").replace("．", ".")
        value = Decimal(digits) if len(digits) <= _LONGEST_NUMBER else None
        return _Number(value, *match.span())
    match = _CHINESE.match(text, start)
    assert match is not None
    return _chinese_number(text, *match.span())


def _chinese_number(text: str, start: int, end: int) -> _Number:
    """Numerals without the scale words at their end, which belong to the unit (三千万元 is 3000 万元)."""
    run = text[start:end]
    digits = run.rstrip("万亿") if len(run) <= _LONGEST_NUMBER else ""
    if digits.strip("百千") == "":
        pure = _BEFORE_PURE_SCALE.search(text, max(0, start - 1), start) is not None and run[:1] in "百千万亿"
        value = {"百": 100, "千": 1000, "": 1}.get(digits) if pure else None
        return _Number(None if value is None else Decimal(value), start, start + len(digits) if pure else end)
    import cn2an  # slow to load: only for numerals that need it

    try:
        value = cn2an.cn2an(digits.replace("两", "二").replace("〇", "零"), "strict")
    except ValueError:
        return _Number(None, start, end)
    return _Number(Decimal(value), start, start + len(digits))


def _is_name_before(text: str, start: int) -> bool:
    """Whether the characters before make the number part of a name, an ordinal or a formula."""
    before = text[start - 1 : start]
    if before in ("第", "+", "＋", "×", "№", "*", "_", "/", "#", ".", "．"):
        return True
    if (
        before in ("-", "—", "–", "~")
        and start > 1
        and (text[start - 2].isdigit() or _LATIN.match(text[start - 2]))
    ):
        return True
    return bool(_LATIN.match(before)) if before else False


def _range_from(text: str, low: _Number) -> Quantity | None:
    """1—2个, 15%～30%, 13万元～17万元, when the second number is the greater one."""
    at = low.end
    left = _unit_at(text, at)
    at = left[1] if left and left[0] else at
    dash = _DASH.match(text, at)
    if dash is None or not _NUMBER_START.match(text, dash.end()):
        return None
    high = _number_at(text, dash.end())
    right = _unit_at(text, high.end)
    if right is None or high.value is None or low.value is None or high.value <= low.value:
        return None
    if left and left[0] and left[0] != right[0]:
        return None
    return Quantity(value=low.value, value_max=high.value, unit=right[0], start=low.start, end=right[1])


def _single_from(text: str, number: _Number) -> Quantity | None:
    unit = _unit_at(text, number.end)
    if unit is None or number.value is None:
        return None
    minus = text[number.start - 1 : number.start] in ("-", "−", "－") if number.start else False
    return Quantity(
        value=-number.value if minus else number.value,
        unit=unit[0],
        start=number.start - minus,
        end=unit[1],
    )


def _unit_at(text: str, at: int) -> tuple[str, int] | None:
    """Unit as printed (余 and 多 left out) and the offset behind it; None where none stands."""
    scale = ""
    if more := _MORE.match(text, at):
        at = more.end()
    if (named := _UNIT_TEXT.match(text, at)) is None and (match := _SCALE_TEXT.match(text, at)):
        scale, at = match[0], match.end()
        if more := _MORE.match(text, at):
            at = more.end()
        named = _UNIT_TEXT.match(text, at)
    if named is None and scale and text[at : at + 1] in _ONLY_SCALED:
        return scale + text[at], at + 1
    if named is None:
        return (scale, at) if scale and not _continues(text, at) else None
    unit, end = named[0], named.end()
    if text[end : end + 1] and text[end] in _NOT_BEHIND.get(unit, ""):
        return (scale, at) if scale else None
    if _LATIN.match(unit[-1]) and _LATIN.match(text[end : end + 1] or " "):
        return None
    return scale + unit, end


def _continues(text: str, at: int) -> bool:
    """Whether a letter or digit follows a bare scale word (10万G, 1万2千)."""
    follower = text[at : at + 1]
    return bool(follower) and (follower.isdigit() or bool(_LATIN.match(follower)))


def _mention(text: str, quantity: Quantity, named: bool) -> Mention:
    before = _BEFORE.search(text, max(0, quantity.start - 6), quantity.start)
    after = _AFTER.match(text, quantity.end)
    words = (before[1] if before else "", after[1] if after else "")
    inner = text[quantity.start : quantity.end]
    comparator = Comparator.EQUAL
    if any(_AT_MOST.fullmatch(word) for word in words):
        comparator = Comparator.AT_MOST
    elif any(_AT_LEAST.fullmatch(word) for word in words):
        comparator = Comparator.AT_LEAST
    about = any(_ABOUT.fullmatch(word) for word in words)
    return Mention(
        quantity=quantity,
        comparator=comparator,
        about=about or "余" in inner or "多" in inner,
        falls=_FALL.search(text, max(0, quantity.start - 8), quantity.start) is not None,
        named=named,
        chinese=bool(_CHINESE.match(inner)),
        start=before.start() if before else quantity.start,
        end=after.end() if after else quantity.end,
    )


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
