"""How the characters of a PDF page are painted: seen or unseen, outlined, in a heavy font.

A browser makes the bold of a typeface that has none by drawing each shape fatter, in a font of the same name
as the plain one: the two are told apart by the box of the shape that stands for missing characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pdfminer.pdftypes import PDFObjRef, dict_value, resolve1, stream_value
from pdfminer.psparser import literal_name
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

UNSEEN, OUTLINED = 3, 2
"""Text rendering modes (ISO 32000-1, 9.3.6): neither filled nor outlined; filled and outlined."""
_FORCED_BOLD = 1 << 18
"""Bit of a font descriptor's flags (ISO 32000-1, 9.8.2)."""
_MISSING = ("g0", ".notdef")
"""Names of the shape that stands for missing characters."""
_BOX = re.compile(rb"\s*[-\d.]+\s+[-\d.]+\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s+d1")
_FATTER = 1.004
"""A box that is so many times as large in both directions holds a fatter shape."""


class PageReader(PDFPageAggregatorWithMarkedContent):
    """pdfplumber's page reader that also remembers how each character is painted."""

    mode = 0

    def __init__(self, *arguments: Any, fat: frozenset[int], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fat = fat
        self.painted: dict[int, tuple[int, bool]] = {}
        """Character (by id) → rendering mode, and whether its font is heavy whatever its name."""

    def render_string(self, textstate: Any, *rest: Any) -> None:
        """Note the rendering mode of the characters that follow."""
        self.mode = textstate.render
        super().render_string(textstate, *rest)

    def render_char(self, matrix: Any, font: Any, *rest: Any, **named: Any) -> float:
        """Note how one character is painted."""
        advance: float = super().render_char(matrix, font, *rest, **named)
        heavy = id(font) in self.fat or _is_said_heavy(font)
        self.painted[id(self.cur_item._objs[-1])] = self.mode, heavy
        return advance


def _is_said_heavy(font: Any) -> bool:
    """Whether a font's descriptor calls it bold."""
    weight, flags = font.descriptor.get("FontWeight"), font.descriptor.get("Flags")
    heavy = isinstance(weight, int | float) and weight >= 600
    return heavy or (isinstance(flags, int) and bool(flags & _FORCED_BOLD))


def find_fat_fonts(pages: Iterable[Any], resources: Any) -> frozenset[int]:
    """Fonts (by id, as ``resources`` keeps them) with fatter shapes than another font of their name."""
    boxes: dict[str, dict[int, tuple[float, float]]] = {}
    for reference in _fonts(pages):
        try:
            spec = dict_value(reference)
            size = _missing_size(spec)
            if size is not None:
                name = literal_name(dict_value(spec.get("FontDescriptor"))["FontName"])
                boxes.setdefault(name, {})[id(resources.get_font(reference.objid, spec))] = size
        except Exception:  # whatever a broken font raises: it is only not known to be fat
            continue
    return frozenset(
        key
        for sizes in boxes.values()
        for key, (width, height) in sizes.items()
        if any(width >= _FATTER * w and height >= _FATTER * h for w, h in sizes.values())
    )


def _fonts(pages: Iterable[Any]) -> Iterator[PDFObjRef]:
    """References to the fonts of all pages, each once."""
    seen: set[int] = set()
    for page in pages:
        fonts = resolve1(dict_value(page.resources).get("Font"))
        for reference in fonts.values() if isinstance(fonts, dict) else ():
            if isinstance(reference, PDFObjRef) and reference.objid not in seen:
                seen.add(reference.objid)
                yield reference


def _missing_size(spec: Any) -> tuple[float, float] | None:
    """Width and height of a drawn font's shape for missing characters; None for fonts without one."""
    if "FontDescriptor" not in spec or "CharProcs" not in spec:
        return None
    shapes = dict_value(spec["CharProcs"])
    shape = next((shapes[name] for name in _MISSING if name in shapes), None)
    match = _BOX.match(stream_value(shape).get_data()) if shape is not None else None
    if match is None:
        return None
    left, bottom, right, top = (float(number) for number in match.groups())
    return abs(right - left), abs(top - bottom)
