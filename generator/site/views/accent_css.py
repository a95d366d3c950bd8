"""The site's own main colour as CSS: as given on white, lightened until it reads on the dark page."""

from __future__ import annotations

import colorsys

from generator.charts import Palette, contrast
from generator.model import SiteConfig

_READABLE = 4.5


def make_accent_css(config: SiteConfig, palette: Palette) -> str:
    """Rules that replace the theme's main colour; empty when site.yaml names none."""
    if config.accent is None:
        return ""
    light = config.accent.lower()
    dark = lighten(light, palette.dark["page"])
    return (
        f":root {{ --main: {light}; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --main: {dark}; }} }}\n"
    )


def lighten(colour: str, surface: str) -> str:
    """The colour, its lightness raised in steps of a hundredth until it holds 4.5:1 on ``surface``."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    while contrast(colour, surface) < _READABLE and lightness < 1:
        lightness = min(1.0, lightness + 0.01)
        parts = colorsys.hls_to_rgb(hue, lightness, saturation)
        colour = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
    return colour
