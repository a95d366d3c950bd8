"""Automatic numbering of Word: which number is printed in front of a paragraph.

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from generator.sources.document import format_number, is_symbol_font, translate_symbols
from generator.sources.office import W, whole_number


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


def parse_numbering(root: etree._Element | None) -> Numbering:
    """Lists of the numbering part; none without one."""
    numbering = Numbering()
    if root is None:
        return numbering
    for element in root.iterchildren(f"{W}abstractNum"):
        key = element.get(f"{W}abstractNumId") or ""
        numbering.levels[key] = _parse_levels(element)
        link = element.find(f"{W}numStyleLink")
        if link is not None:
            numbering.style_links[key] = link.get(f"{W}val") or ""
    for element in root.iterchildren(f"{W}num"):
        _parse_list(element, numbering)
    return numbering


def _parse_list(element: etree._Element, numbering: Numbering) -> None:
    """Add one w:num with its overrides."""
    num_id = element.get(f"{W}numId") or ""
    abstract = element.find(f"{W}abstractNumId")
    numbering.lists[num_id] = "" if abstract is None else abstract.get(f"{W}val") or ""
    for override in element.iterchildren(f"{W}lvlOverride"):
        index = whole_number(override.get(f"{W}ilvl"), high=8)
        start = override.find(f"{W}startOverride")
        if start is not None:
            numbering.restarts.setdefault(num_id, {})[index] = whole_number(start.get(f"{W}val"), 1)
        numbering.own_levels.setdefault(num_id, {}).update(_parse_levels(override))


def link_styles(numbering: Numbering, list_of_style: Callable[[str], str]) -> None:
    """Give lists that borrow the levels of a list style those levels; ``list_of_style``: style → numId."""
    for key, style in numbering.style_links.items():
        source = numbering.lists.get(list_of_style(style), "")
        if source != key and not numbering.levels.get(key):
            numbering.levels[key] = numbering.levels.get(source, {})


def _parse_levels(parent: etree._Element) -> dict[int, Level]:
    return {
        whole_number(element.get(f"{W}ilvl"), high=8): _parse_level(element)
        for element in parent.iterchildren(f"{W}lvl")
    }


def _parse_level(element: etree._Element) -> Level:
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
    sign = translate_symbols(level.text, level.font)
    return "" if drawn and sign not in {"★", "☆"} else sign
