"""Automatic numbering of Word: which number is printed in front of a paragraph.

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from generator.sources.document.ooxml import W, whole_number
from generator.sources.document.symbol_fonts import is_symbol_font, read_symbols

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a list."""

    start: int
    form: str
    """Number format: decimal, chineseCounting …"""
    custom: str
    """Picture of a custom format: ``001, 002, 003``."""
    text: str
    """Text with %1…%9 for the numbers of the levels."""
    suffix: str
    """tab, space or nothing."""
    legal: bool
    """All numbers printed as decimals."""
    kept: bool
    """Does not restart under a higher level."""
    style: str
    """Paragraph style that stands on this level; empty when none."""
    bold: bool | None
    font: str
    """Typeface of the number or bullet; empty when none is named."""


@dataclass(slots=True, kw_only=True)
class Numbering:
    """Lists of a document and how far each has counted."""

    lists: dict[str, str] = field(default_factory=dict)
    """numId → abstractNumId."""
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    """abstractNumId → levels."""
    own_levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    """numId → levels that replace the list's."""
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    """numId → level → number it starts with, not yet used."""
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    """abstractNumId → level → number printed last."""
    style_links: dict[str, str] = field(default_factory=dict)
    """abstractNumId → list style whose levels it borrows."""

    def level(self, num_id: str, index: int) -> Level | None:
        """Level of a list; None when the file does not define it."""
        own = self.own_levels.get(num_id, {}).get(index)
        return own or self.levels.get(self.lists.get(num_id, ""), {}).get(index)

    def level_of_style(self, num_id: str, style: str) -> int:
        """Level on which a paragraph style stands; 0 when none names it."""
        levels = self.levels.get(self.lists.get(num_id, ""), {})
        return next((index for index, level in levels.items() if level.style == style), 0)

    def advance(self, num_id: str, index: int) -> str:
        """Number printed in front of the next paragraph of this list and level; empty for picture bullets."""
        level = self.level(num_id, index)
        if level is None:
            return ""
        counts = self.counts.setdefault(self.lists[num_id], {})
        restart = self.restarts.get(num_id, {}).pop(index, None)
        if restart is not None:
            counts[index] = restart
        else:
            counts[index] = counts[index] + 1 if index in counts else level.start
        for deeper in [key for key in counts if key > index]:
            below = self.level(num_id, deeper)
            if below is None or not below.kept:
                del counts[deeper]
        return self._label(num_id, level, counts)

    def _label(self, num_id: str, level: Level, counts: dict[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            of = self.level(num_id, index)
            if of is None:
                return ""
            form = "decimal" if level.legal else of.form
            return format_number(counts.get(index, of.start), form, of.custom)

        if level.form == "bullet":
            return _bullet(level)
        if level.form == "none" and "%" not in level.text:
            return level.text
        return re.sub(r"%([1-9])", number, level.text)


def read_numbering(root: etree._Element | None) -> Numbering:
    """Lists of the numbering part; none without one."""
    numbering = Numbering()
    if root is None:
        return numbering
    for element in root.iterchildren(f"{W}abstractNum"):
        key = element.get(f"{W}abstractNumId") or ""
        numbering.levels[key] = _read_levels(element)
        link = element.find(f"{W}numStyleLink")
        if link is not None:
            numbering.style_links[key] = link.get(f"{W}val") or ""
    for element in root.iterchildren(f"{W}num"):
        _read_list(element, numbering)
    return numbering


def _read_list(element: etree._Element, numbering: Numbering) -> None:
    """Add one w:num with its overrides."""
    num_id = element.get(f"{W}numId") or ""
    abstract = element.find(f"{W}abstractNumId")
    numbering.lists[num_id] = "" if abstract is None else abstract.get(f"{W}val") or ""
    for override in element.iterchildren(f"{W}lvlOverride"):
        index = whole_number(override.get(f"{W}ilvl"), high=8)
        start = override.find(f"{W}startOverride")
        if start is not None:
            numbering.restarts.setdefault(num_id, {})[index] = whole_number(start.get(f"{W}val"), 1)
        numbering.own_levels.setdefault(num_id, {}).update(_read_levels(override))


def link_styles(numbering: Numbering, list_of_style: Callable[[str], str]) -> None:
    """Give lists that borrow the levels of a list style those levels; ``list_of_style``: style → numId."""
    for key, style in numbering.style_links.items():
        source = numbering.lists.get(list_of_style(style), "")
        if source != key and not numbering.levels.get(key):
            numbering.levels[key] = numbering.levels.get(source, {})


def _read_levels(parent: etree._Element) -> dict[int, Level]:
    return {
        whole_number(element.get(f"{W}ilvl"), high=8): _read_level(element)
        for element in parent.iterchildren(f"{W}lvl")
    }


def _read_level(element: etree._Element) -> Level:
    def value(tag: str, default: str = "") -> str:
        child = element.find(f"{W}{tag}")
        return default if child is None else child.get(f"{W}val", default)

    # Newer formats stand in mc:AlternateContent with a decimal fallback beside them.
    form = element.find(f"{W}numFmt")
    choice = element.find(".//{*}Choice/" + f"{W}numFmt")
    form = form if form is not None else choice
    bold = element.find(f"{W}rPr/{W}b")
    font = element.find(f"{W}rPr/{W}rFonts")
    return Level(
        start=whole_number(value("start"), 1),
        form="decimal" if form is None else form.get(f"{W}val", "decimal"),
        custom="" if form is None else form.get(f"{W}format", ""),
        text=value("lvlText"),
        suffix=value("suff", "tab"),
        legal=element.find(f"{W}isLgl") is not None,
        kept=value("lvlRestart") == "0",
        style=value("pStyle"),
        bold=None if bold is None else bold.get(f"{W}val", "1") not in {"0", "false", "off"},
        font="" if font is None else font.get(f"{W}ascii") or font.get(f"{W}hAnsi") or "",
    )


def _bullet(level: Level) -> str:
    """Sign in front of a list item: what a symbol font draws says nothing unless it is a star."""
    drawn = is_symbol_font(level.font) or "\ue000" <= level.text[:1] <= "\uf8ff"
    sign = read_symbols(level.text, level.font)
    return "" if drawn and sign not in {"★", "☆"} else sign


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
