"""Styles of Word: whether a run is bold when it does not say so itself, and which list a style stands in."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from generator.sources.office import W

_MAX_CHAIN = 30
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What one style itself says."""

    based_on: str
    bold: bool | None
    hidden: bool | None
    struck: bool | None
    num_id: str | None
    level: str | None
    parts: dict[str, bool]
    """Table styles: firstRow, firstCol, lastRow, lastCol → bold."""


@dataclass(slots=True, kw_only=True)
class Styles:
    """All styles of a document."""

    styles: dict[str, Style] = field(default_factory=dict)
    paragraph_default: str = ""
    bold_default: bool = False

    def chain(self, style_id: str) -> list[tuple[str, Style]]:
        """A style and those it is based on, nearest first."""
        found: list[tuple[str, Style]] = []
        while style_id in self.styles and len(found) < _MAX_CHAIN:
            found.append((style_id, self.styles[style_id]))
            style_id = found[-1][1].based_on
        return found

    def bold(self, style_id: str) -> bool | None:
        """Weight by a style or the nearest it is based on; None when none says."""
        return next((style.bold for _, style in self.chain(style_id) if style.bold is not None), None)

    def hidden(self, style_id: str) -> bool:
        """Whether characters of the style are hidden text."""
        return next((style.hidden for _, style in self.chain(style_id) if style.hidden is not None), False)

    def struck(self, style_id: str) -> bool:
        """Whether a line runs through characters of the style."""
        return next((style.struck for _, style in self.chain(style_id) if style.struck is not None), False)

    def table_bold(self, style_id: str, parts: frozenset[str]) -> bool | None:
        """Weight by a table style for a cell that belongs to these parts of the table."""
        for _, style in self.chain(style_id):
            for part in ("firstRow", "lastRow", "firstCol", "lastCol"):
                if part in parts and part in style.parts:
                    return style.parts[part]
            if style.bold is not None:
                return style.bold
        return None

    def numbering(self, style_id: str) -> tuple[str, str | None, str] | None:
        """(numId, level, style that says so) of a paragraph style; None when it stands in no list."""
        level: str | None = None
        for key, style in self.chain(style_id):
            level = level if level is not None else style.level
            if style.num_id is not None:
                return style.num_id, level, key
        return None


def switch(properties: etree._Element | None, tag: str) -> bool | None:
    """Value of an on/off property of a run; None when the run does not say."""
    element = None if properties is None else properties.find(f"{W}{tag}")
    return None if element is None else element.get(f"{W}val", "1") not in _OFF


def parse_styles(root: etree._Element | None) -> Styles:
    """Styles of the styles part; none without one."""
    styles = Styles()
    if root is None:
        return styles
    default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    styles.bold_default = bool(switch(default, "b"))
    for element in root.iterchildren(f"{W}style"):
        key = element.get(f"{W}styleId") or ""
        styles.styles[key] = _parse_style(element)
        if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in {"1", "true", "on"}:
            styles.paragraph_default = key
    return styles


def _parse_style(element: etree._Element) -> Style:
    def value(path: str) -> str | None:
        child = element.find(path)
        return None if child is None else child.get(f"{W}val")

    properties = element.find(f"{W}rPr")
    parts = {}
    for part in element.iterchildren(f"{W}tblStylePr"):
        bold = switch(part.find(f"{W}rPr"), "b")
        if bold is not None:
            parts[part.get(f"{W}type") or ""] = bold
    return Style(
        based_on=value(f"{W}basedOn") or "",
        bold=switch(properties, "b"),
        hidden=switch(properties, "vanish"),
        struck=switch(properties, "strike"),
        num_id=value(f"{W}pPr/{W}numPr/{W}numId"),
        level=value(f"{W}pPr/{W}numPr/{W}ilvl"),
        parts=parts,
    )
