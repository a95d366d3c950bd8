"""Units of measure: what converts into what, exactly.

``to_base`` folds scale words and multiples into one unit of a family (1.95万人 is 19500人); ``ratio`` divides
two quantities of one dimension.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from fractions import Fraction

_SCALES = {
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10) ** 4,
    "十万": Decimal(10) ** 5,
    "百万": Decimal(10) ** 6,
    "千万": Decimal(10) ** 7,
    "亿": Decimal(10) ** 8,
    "十亿": Decimal(10) ** 9,
    "百亿": Decimal(10) ** 10,
    "千亿": Decimal(10) ** 11,
    "万亿": Decimal(10) ** 12,
}
_EXACT = Context(prec=200, traps=[Inexact])
_SCALE = re.compile("|".join(sorted(_SCALES, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit of measure: so many of its base unit."""

    base: str
    factor: Decimal = Decimal(1)


NAMED = {
    # money
    **dict.fromkeys(("元", "元人民币"), _Unit("元")),
    "美元": _Unit("美元"),
    "欧元": _Unit("欧元"),
    "港元": _Unit("港元"),
    "港币": _Unit("港元"),
    "日元": _Unit("日元"),
    # area
    **dict.fromkeys(("平方米", "平米", "㎡", "m²", "m2"), _Unit("平方米")),
    **dict.fromkeys(("平方公里", "平方千米", "km²", "km2"), _Unit("平方米", Decimal(10) ** 6)),
    "亩": _Unit("亩"),
    "亩次": _Unit("亩次"),
    "公顷": _Unit("亩", Decimal(15)),
    # length
    **dict.fromkeys(("米", "延米", "延长米", "m"), _Unit("米")),
    **dict.fromkeys(("公里", "千米", "km", "KM"), _Unit("米", Decimal(1000))),
    "厘米": _Unit("米", Decimal("0.01")),
    "毫米": _Unit("米", Decimal("0.001")),
    # volume
    **dict.fromkeys(("立方米", "立方", "方", "m³", "m3"), _Unit("立方米")),
    "升": _Unit("立方米", Decimal("0.001")),
    # mass
    "吨": _Unit("吨"),
    **dict.fromkeys(("公斤", "千克", "kg"), _Unit("吨", Decimal("0.001"))),
    "斤": _Unit("吨", Decimal("0.0005")),
    "克": _Unit("吨", Decimal("0.000001")),
    "吨标准煤": _Unit("吨标准煤"),
    "吨标煤": _Unit("吨标准煤"),
    # power and energy
    **dict.fromkeys(("千瓦", "kW", "KW", "kw"), _Unit("千瓦")),
    **dict.fromkeys(("兆瓦", "MW"), _Unit("千瓦", Decimal(1000))),
    "吉瓦": _Unit("千瓦", Decimal(10) ** 6),
    **dict.fromkeys(("千瓦时", "度", "kWh"), _Unit("千瓦时")),
    **dict.fromkeys(("千伏安", "kVA"), _Unit("千伏安")),
    # shares and changes
    **dict.fromkeys(("%", "％"), _Unit("%")),
    **dict.fromkeys(("‰",), _Unit("%", Decimal("0.1"))),
    **dict.fromkeys(("百分点", "个百分点"), _Unit("百分点")),
    "倍": _Unit("倍"),
    # time
    **dict.fromkeys(("天", "个自然日"), _Unit("天")),
    **dict.fromkeys(("工作日", "个工作日"), _Unit("工作日")),
    **dict.fromkeys(("小时", "个小时", "学时", "课时"), _Unit("小时")),
    **dict.fromkeys(("分钟",), _Unit("分钟")),
    # people
    **dict.fromkeys(("人", "名", "位"), _Unit("人")),
    # occasions of something else
    **{unit: _Unit(unit) for unit in ("人次", "家次", "户次", "台次", "处次", "辆次", "件次", "班次")},
    # events
    **dict.fromkeys(("次", "场", "场次", "期", "届", "轮", "轮次", "批次", "次数"), _Unit("次")),
    # scores
    "分": _Unit("分"),
    "个月": _Unit("个月"),
    # shares of something else
    **{
        unit: _Unit(unit)
        for unit in (
            "微克/立方米",
            "毫克/立方米",
            "毫克/升",
            "万元/亩",
            "元/亩",
            "元/人",
            "千伏",
            "人/天",
            "吨/日",
        )
    },
    **{unit: _Unit(unit) for unit in ("吨/天", "立方米/日", "立方米/天", "万元/公顷", "公斤/亩", "斤/亩")},
}
THINGS = frozenset(
    "个家处座所条项户套台支件批组片宗份栋间张盏株棵头只羽辆艘架部口眼门幢幅本册篇款种类例起对双根块枚颗把面道段"
    "樘笔匹箱桶柜席列船孔"
) | {
    "台套",
    "台（套）",
    "台(套)",
    "家（个）",
    "家(个)",
    "个（家）",
    "个(家)",
    "处（个）",
    "处(个)",
    "个（处）",
    "个(处)",
}
_BASE_SIZES = {"平方米": Fraction(1), "亩": Fraction(2000, 3)}
"""Bases of one dimension that Decimal cannot fold into each other exactly."""


def _split_scale(unit: str) -> tuple[Decimal, str]:
    if unit in NAMED or unit in THINGS:
        return Decimal(1), unit
    match = _SCALE.match(unit)
    return (_SCALES[match[0]], unit[match.end() :]) if match else (Decimal(1), unit)


def to_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Value in the base unit of its family, and that unit: 1.95 万人 is (19500, 人), 40 家 is (40, 个).

    Plain counters of things (家 处 座 …) fold into 个; an unknown unit is its own base.
    """
    scale, rest = _split_scale(unit.strip())
    if rest == "" or rest in THINGS:
        return _EXACT.multiply(value, scale), "个"
    known = NAMED.get(rest, _Unit(rest))
    return _EXACT.multiply(_EXACT.multiply(value, scale), known.factor), known.base


def comparable(unit: str, other: str) -> bool:
    """Whether the two units convert: 万平方米 and 亩 do; % and 百分点, 人 and 人次 do not."""
    base, other_base = to_base(Decimal(1), unit)[1], to_base(Decimal(1), other)[1]
    return base == other_base or (base in _BASE_SIZES and other_base in _BASE_SIZES)


def ratio(value: Decimal, unit: str, of_value: Decimal, of_unit: str) -> Fraction:
    """First quantity over the second, exact.

    Raises: ValueError when the units do not convert; ZeroDivisionError when the second is nothing.
    """
    if not comparable(unit, of_unit):
        raise ValueError(f"“{unit}”与“{of_unit}”不能换算")
    (top, base), (bottom, of_base) = to_base(value, unit), to_base(of_value, of_unit)
    size = _BASE_SIZES.get(base, Fraction(1)) / _BASE_SIZES.get(of_base, Fraction(1))
    return Fraction(top) / Fraction(bottom) * size
