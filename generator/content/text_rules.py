"""What a text of content may hold: signs that every page, Word file and data file can carry."""

from __future__ import annotations

import re

from generator.base.messages import Message

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ADDRESS = re.compile(
    r"https?://(?P<host>[^\s/?#@\\:\[\]<>\"'%]+)(?::\d{1,5})?(?:[/?#][^\s\\<>\"'`{}|^]*)?", re.I
)
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)*[^\W_](?:[\w-]*[^\W_])?\.?")
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows gives to devices: no file and no folder can be called so."""
_LONGEST_KEY = 48


def find_control(text: str) -> str | None:
    """Code of the first sign that XML, and so Word, feeds and charts, cannot carry: ``U+000B``."""
    found = _CONTROL.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def find_unseen(text: str) -> Message | None:
    """What is said of the first sign that nobody sees, and that may turn the order of reading."""
    found = _UNSEEN.search(text)
    if found is None:
        return None
    code = f"U+{ord(found[0]):04X}"
    if _TURNING.search(text):
        return Message("里面有改变文字方向的不可见字符（{code}）", code=code)
    return Message("里面有看不见的字符（{code}）", code=code)


def is_web_address(text: str) -> bool:
    """Whether a page may lead to ``text``: http or https, a plain host, nothing that hides where it leads."""
    found = _ADDRESS.fullmatch(text)
    return found is not None and _HOST.fullmatch(found["host"]) is not None and text.isprintable()


def explain_key(text: str, longest: int = _LONGEST_KEY) -> Message | None:
    """Why ``text`` cannot name a page, a file or a folder on every system; None when it can."""
    if _KEY.fullmatch(text) is None:
        return Message("只能用小写字母、数字和连字符，并以字母或数字开头")
    if len(text) > longest:
        return Message("太长，最多{longest}个字符", longest=longest)
    return Message("是 Windows 保留的名称") if text in _DEVICES else None
