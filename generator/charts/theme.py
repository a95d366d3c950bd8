"""The charts' look: the site's own colours, a shape for each standing, sizes of type.

Colours stand once, in the style sheet ``10-tokens.css``. A drawing names them as the style sheet does
(``fill="var(--behind)"``), so that light, dark, print and a site's own accent reach drawings made before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.base.errors import Problem, RenderError
from generator.base.messages import Message
from generator.base.places import Place
from generator.figures import Standing

FONTS = (
    '"Microsoft YaHei","PingFang SC","HarmonyOS Sans SC","Noto Sans CJK SC","Source Han Sans SC",'
    '"WenQuanYi Micro Hei","SimHei",sans-serif'
)
TEXT, SMALL = 14, 12
"""Sizes of names and figures, and of everything beside them, in units of a drawing."""

TOKENS_FILE = "static/css/10-tokens.css"
"""Where the colours are, among the templates."""
TOKENS = ("ink", "muted", "page", "track", "line", "main", *(standing.value for standing in Standing))
"""Colours that charts use. Text colours hold 4.5:1 on their page, marks 3:1; track and line mean nothing."""
_COLOUR = re.compile(r"--([\w-]+):\s*(#(?:[0-9a-fA-F]{3}){1,2})\s*;")
_DARK = "prefers-color-scheme: dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of the style sheet: token → #rrggbb."""

    light: Mapping[str, str]
    dark: Mapping[str, str]


def parse_palette(css: str) -> Palette:
    """``:root { --page: #fff; … } @media (prefers-color-scheme: dark) { … }`` → both sets of colours.

    Raises: RenderError when a colour that charts use is missing from one of them.
    """
    light, _, dark = css.partition(_DARK)
    palette = Palette(light=_parse_colours(light), dark=_parse_colours(dark))
    missing = [token for token in TOKENS if token not in palette.light or token not in palette.dark]
    if missing:
        what = Message("缺少图表要用的颜色：{names}", names=tuple(f"--{token}" for token in missing))
        hint = Message("浅色和深色两处都要写，如 --main: #0b4f8a;")
        raise RenderError(Problem(place=Place(file=TOKENS_FILE), what=what, hint=hint))
    return palette


def _parse_colours(css: str) -> dict[str, str]:
    """``--page: #fff;`` → page: #ffffff."""
    found = {name: value.lower() for name, value in _COLOUR.findall(css)}
    return {k: v if len(v) == 7 else "#" + "".join(2 * digit for digit in v[1:]) for k, v in found.items()}


def paint(token: str) -> str:
    """A colour as a drawing names it: ``behind`` → ``var(--behind)``."""
    return f"var(--{token})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The shape of a standing, the same in charts and beside words."""

    path: str
    """Outline in a square from -1 to 1, for a Vega symbol."""
    hollow: bool
    """Drawn as an outline."""


_CIRCLE = "M0.95,0A0.95,0.95,0,1,1,-0.95,0A0.95,0.95,0,1,1,0.95,0Z"
_SQUARE = "M-0.85,-0.85L0.85,-0.85L0.85,0.85L-0.85,0.85Z"
_DIAMOND = "M0,-1L1,0L0,1L-1,0Z"
_HALF = "M0,-0.95A0.95,0.95,0,1,0,0,0.95A0.95,0.95,0,1,0,0,-0.95ZM0,-0.6A0.6,0.6,0,1,1,0,0.6Z"
"""A ring whose left half is filled."""
_DOTS = "".join(f"M{x},-0.25L{x + 0.5},-0.25L{x + 0.5},0.25L{x},0.25Z" for x in (-1.0, -0.25, 0.5))
_BARS = "".join(f"M{x},-0.9L{x + 0.5},-0.9L{x + 0.5},0.9L{x},0.9Z" for x in (-0.75, 0.25))
_CROSS = "M-0.9,-0.6L-0.6,-0.9L0,-0.3L0.6,-0.9L0.9,-0.6L0.3,0L0.9,0.6L0.6,0.9L0,0.3L-0.6,0.9L-0.9,0.6L-0.3,0Z"
SHAPES: Mapping[Standing, Shape] = {
    Standing.DONE: Shape(path=_CIRCLE, hollow=False),
    Standing.AHEAD: Shape(path="M0,-0.95L1,0.85L-1,0.85Z", hollow=False),
    Standing.ON_SCHEDULE: Shape(path=_SQUARE, hollow=False),
    Standing.NEAR_SCHEDULE: Shape(path="M-0.85,-0.95L0.95,0L-0.85,0.95Z", hollow=False),
    Standing.BEHIND: Shape(path="M0,0.95L1,-0.85L-1,-0.85Z", hollow=False),
    Standing.PARTLY_DONE: Shape(path=_HALF, hollow=False),
    Standing.UNDER_WAY: Shape(path=_DIAMOND, hollow=False),
    Standing.PREPARED: Shape(path=_DIAMOND, hollow=True),
    Standing.INTENT: Shape(path=_DOTS, hollow=False),
    Standing.BLOCKED: Shape(path="M-0.9,-1L0.9,-1L0,0L0.9,1L-0.9,1L0,0Z", hollow=False),
    Standing.NOT_STARTED: Shape(path=_CIRCLE, hollow=True),
    Standing.SUSPENDED: Shape(path=_BARS, hollow=False),
    Standing.ENDED: Shape(path=_CROSS, hollow=False),
    Standing.NO_INFORMATION: Shape(path="M-0.95,-0.25L0.95,-0.25L0.95,0.25L-0.95,0.25Z", hollow=False),
    Standing.UNDECIDED: Shape(path=_SQUARE, hollow=True),
}


def shape_radius(standing: Standing, radius: float) -> float:
    """Half the side of a shape's square; an outline is smaller, because half of its line lies outside."""
    return radius - 1 if SHAPES[standing].hollow else radius


def contrast(colour: str, other: str) -> float:
    """Contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lights = sorted((_luminance(colour), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
