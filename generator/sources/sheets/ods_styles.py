"""Styles of an OpenDocument spreadsheet: how characters are set, by their own style and those around it.

Source: OpenDocument 1.3 part 3, 16 (styles) and 20 (formatting attributes).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from generator.sources.document import is_symbol_font

URN = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
TABLE, TEXT, STYLE, OFFICE, DRAW = (
    "{" + URN.format(area) + "}" for area in ("table", "text", "style", "office", "drawing")
)
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_MAX_CHAIN = 20
_RAISED = re.compile(r"super|0*[1-9]")
_HEAVY = frozenset({"bold", "600", "700", "800", "900"})
_NOTHING = etree.Element("none")


@dataclass(frozen=True, slots=True, kw_only=True)
class OdsStyle:
    """What one style itself says; None where it says nothing."""

    parent: str
    bold: bool | None
    struck: bool | None
    shown: bool
    font: str
    """Typeface, where it is a symbol font."""
    raised: bool
    page: str
    """Page style of a sheet."""


OdsStyles = Mapping[str, OdsStyle]
"""Name → style."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OdsLook:
    """How characters are set."""

    bold: bool = False
    struck: bool = False
    raised: bool = False
    font: str = ""


def parse_ods_styles(root: etree._Element) -> OdsStyles:
    """Styles of one part by name."""
    return {
        element.get(f"{STYLE}name") or "": _parse_style(element) for element in root.iter(f"{STYLE}style")
    }


def _parse_style(element: etree._Element) -> OdsStyle:
    found = element.find(f"{STYLE}text-properties")
    look = _NOTHING if found is None else found
    table = element.find(f"{STYLE}table-properties")
    weight = look.get(f"{STYLE}font-weight-asian") or look.get(f"{_FO}font-weight")
    line = look.get(f"{STYLE}text-line-through-style") or look.get(f"{STYLE}text-line-through-type")
    font = str(look.get(f"{STYLE}font-name") or look.get(f"{_FO}font-family") or "")
    return OdsStyle(
        parent=element.get(f"{STYLE}parent-style-name") or "",
        bold=None if weight is None else weight in _HEAVY,
        struck=None if line is None else line != "none",
        shown=table is None or table.get(f"{TABLE}display") != "false",
        font=font if is_symbol_font(font) else "",
        raised=_RAISED.match(look.get(f"{STYLE}text-position") or "") is not None,
        page=element.get(f"{STYLE}master-page-name") or "",
    )


def make_look(name: str, styles: OdsStyles, above: OdsLook) -> OdsLook:
    """Look of characters in the style of this name, inside others."""
    if name not in styles:
        return above
    chain = [styles[name]]
    while chain[-1].parent in styles and len(chain) < _MAX_CHAIN:
        chain.append(styles[chain[-1].parent])
    bold = next((style.bold for style in chain if style.bold is not None), above.bold)
    struck = next((style.struck for style in chain if style.struck is not None), above.struck)
    return OdsLook(bold=bold, struck=struck, raised=chain[0].raised, font=chain[0].font or above.font)
