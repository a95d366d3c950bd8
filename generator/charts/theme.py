"""The one chart theme: colours, shapes, type and sizes, shared with the site's style sheet.

Every colour is a token. A drawing carries the light value as a presentation attribute and the token as a
class; the site's style sheets give the class its colour for light, dark and print: one SVG for all. Their
tokens have the same values, by test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.figures import Standing

FONTS = (
    '"Microsoft YaHei","PingFang SC","HarmonyOS Sans SC","Noto Sans CJK SC","Source Han Sans SC",'
    '"WenQuanYi Micro Hei","SimHei",sans-serif'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One colour of the charts."""

    light: str
    """#rrggbb on white; no two tokens share one, because a drawing's colours are read back from it."""
    dark: str
    """#rrggbb on the dark surface."""


def _token(light: str, dark: str) -> Token:
    return Token(light=light, dark=dark)


SURFACE_LIGHT = "#ffffff"
SURFACE_DARK = "#10161e"

TOKENS: Mapping[str, Token] = {
    "ink": _token("#17202c", "#e8edf4"),
    "muted": _token("#56616f", "#a9b4c2"),
    "surface": _token("#fffffe", "#10161e"),
    "track": _token("#e6ebf2", "#2b3644"),
    "grid": _token("#cdd5df", "#3d4a5b"),
    "mark": _token("#17202d", "#e8edf4"),
    "accent": _token("#0b4f8a", "#7fb4ee"),
    "done": _token("#16324f", "#c6dbf4"),
    "ahead": _token("#1f5fa8", "#74adf0"),
    "on_schedule": _token("#4a6d8f", "#93b2d0"),
    "behind": _token("#9a4d00", "#f2a654"),
    "in_progress": _token("#687384", "#9ba8b8"),
    "not_started": _token("#687385", "#9ba8b9"),
    "no_information": _token("#687386", "#9ba8ba"),
}
"""Text colours hold 4.5:1 on their surface, marks 3:1; track and grid carry no meaning of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The shape of a standing, the same in charts and beside words."""

    path: str
    """Outline in a square from -1 to 1, for a Vega symbol."""
    hollow: bool
    """Drawn as an outline."""
    glyph: str
    """Nearest character, for places where no drawing can stand."""


_CIRCLE = "M0.95,0A0.95,0.95,0,1,1,-0.95,0A0.95,0.95,0,1,1,0.95,0Z"
SHAPES: Mapping[Standing, Shape] = {
    Standing.DONE: Shape(path=_CIRCLE, hollow=False, glyph="●"),
    Standing.AHEAD: Shape(path="M0,-0.95L1,0.85L-1,0.85Z", hollow=False, glyph="▲"),
    Standing.ON_SCHEDULE: Shape(
        path="M-0.85,-0.85L0.85,-0.85L0.85,0.85L-0.85,0.85Z", hollow=False, glyph="■"
    ),
    Standing.BEHIND: Shape(path="M0,0.95L1,-0.85L-1,-0.85Z", hollow=False, glyph="▼"),
    Standing.IN_PROGRESS: Shape(path="M0,-1L1,0L0,1L-1,0Z", hollow=False, glyph="◆"),
    Standing.NOT_STARTED: Shape(path=_CIRCLE, hollow=True, glyph="○"),
    Standing.NO_INFORMATION: Shape(
        path="M-0.95,-0.25L0.95,-0.25L0.95,0.25L-0.95,0.25Z", hollow=False, glyph="–"
    ),
}

ORDER = (
    Standing.BEHIND,
    Standing.NOT_STARTED,
    Standing.NO_INFORMATION,
    Standing.IN_PROGRESS,
    Standing.ON_SCHEDULE,
    Standing.AHEAD,
    Standing.DONE,
)
"""Order of groups in charts: what wants a look first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTheme:
    """Everything a drawing takes from the site's look."""

    colours: Mapping[str, str]
    """Token → light #rrggbb."""
    fonts: str
    """Font family list, ending in a generic."""
    text: float
    """Size of names and figures, units of the drawing."""
    small: float
    """Size of everything beside them."""

    def colour(self, token: str) -> str:
        """Light value of a token."""
        return self.colours[token]


def make_theme(accent: str | None = None) -> ChartTheme:
    """The theme; ``accent`` (#rrggbb) replaces the main colour.

    Raises: ValueError when the accent is another token's colour already.
    """
    colours = {name: token.light for name, token in TOKENS.items()}
    if accent is not None:
        colours["accent"] = accent.lower()
    if len(set(colours.values())) < len(colours):
        raise ValueError(f"主色 {accent} 与图表的另一种颜色相同，换一个相近的颜色")
    return ChartTheme(colours=colours, fonts=FONTS, text=14, small=12)


def contrast(colour: str, other: str) -> float:
    """Contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lights = sorted((_luminance(colour), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
