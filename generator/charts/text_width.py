"""Width and wrapping of labels without a font: the same bytes on every machine, safe with every font.

The widths are the largest that the usual Chinese fonts (Noto Sans CJK, Microsoft YaHei, PingFang, SimHei,
WenQuanYi) give a character, so that a label that fits here fits on the reader's machine too.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WIDE = re.compile(
    r"[\u1100-\u11ff\u2014-\u2027\u2030-\u206f\u2190-\u2bff\u2e80-\ua4cf"
    r"\uac00-\ud7af\uf900-\ufaff\ufe10-\ufe6f\uff01-\uff60\uffe0-\uffe6]"
)
_NARROW = dict.fromkeys("iIjl.,:;'|!·", 0.34) | dict.fromkeys('ftr()[]{}-/ "', 0.42)
_BROAD = dict.fromkeys("mwMW@", 0.98) | dict.fromkeys("%+<>=~−～", 0.95) | dict.fromkeys("&", 0.75)
_NO_START = frozenset("。，、；：？！）》〉」』”’%％…—·)],.;:?!")
_NO_END = frozenset("（《〈「『“‘([")
_UNIT = re.compile(
    r"[<>≥≤]?[-+−]?\d[\d.,]*(?:[—–-]\d[\d.,]*)?\s?(?:%|个?百分点|[百千]?[十百千万亿]{0,2}[a-zA-Z㎡³²\u4e00-\u9fff]{1,2})?"
    r"|[A-Za-z0-9.]+|."
)


@lru_cache(maxsize=65536)
def text_width(text: str, size: float) -> float:
    """Width of one line in the units of ``size``, never less than what a reader's font takes."""
    return sum(_width(character) for character in text) * size


def _width(character: str) -> float:
    if _WIDE.match(character):
        return 1.0
    if character in _NARROW:
        return _NARROW[character]
    if character in _BROAD:
        return _BROAD[character]
    if character.isdigit():
        return 0.59
    if character.isascii():
        return 0.74 if character.isupper() else 0.62
    return 1.0


def wrap_text(text: str, width: float, size: float, max_lines: int = 3) -> tuple[str, ...]:
    """Lines of at most ``width``; numbers keep their unit, no line begins or ends with the wrong mark.

    What does not fit into ``max_lines`` ends in an ellipsis (…); the table beside the chart has it all.
    """
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < max_lines - 1:
        line = _first_line(rest, width, size)
        lines.append(line.strip())
        rest = rest[len(line) :].strip()
    if rest:
        lines.append(cut_text(rest, width, size))
    return tuple(lines)


def cut_text(text: str, width: float, size: float) -> str:
    """The text, or its beginning and … where it is wider than ``width``."""
    if text_width(text, size) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip("，、；：（") + "…"


def _first_line(text: str, width: float, size: float) -> str:
    line = ""
    for piece in _pieces(text):
        if line and text_width(line + piece, size) > width:
            break
        line += piece
    if text_width(line, size) <= width:
        return line
    while len(line) > 1 and text_width(line, size) > width:
        line = line[:-1]
    return line


def _pieces(text: str) -> list[str]:
    """Runs that stay together: a number with its unit, a word, a character with its closing marks."""
    pieces: list[str] = []
    for match in _UNIT.finditer(text):
        piece = match[0]
        if pieces and (piece[0] in _NO_START or pieces[-1][-1] in _NO_END):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
