"""How ordered lists of a web page number their items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.sources.document import format_number

_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_FORMS = {
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand",
}
"""Style of a list's numbers → number format."""


def write_item_number(number: int, said: str, styles: Sequence[Mapping[str, str]]) -> str:
    """Number printed in front of an item; empty where none is shown.

    ``said`` is the list's own ``type``, ``styles`` those of the list and of the item.
    """
    kind = _TYPES.get(said, "decimal")
    for style in styles:
        words = [word for word in style.get("list-style", "").split() if word in {"none", *_FORMS}]
        kind = style.get("list-style-type") or next(iter(words), kind)
    if kind == "none":
        return ""
    form = _FORMS.get(kind, "decimal")
    return f"{format_number(number, form)}{'、' if form.startswith('chinese') else '. '}"
