"""Bytes of a text file → text, with a note on how the encoding was found."""

from __future__ import annotations

import codecs

import charset_normalizer

from generator.base.messages import Message
from generator.sources.document import refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BROKEN = 0.001
"""Share of undecodable characters up to which a text counts as slightly damaged, not as unknown."""


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, tuple[Message, ...]]:
    """Text of ``data`` and notes: byte order mark, then proven UTF-8, then declaration, then GB18030, Big5.

    UTF-8 that decodes is never an accident in a Chinese text, so it outranks a wrong declaration.
    Raises: SourceError when no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_strict(data[len(mark) :], name, encoding)
    if wide := _wide(data):
        return _decode_strict(data, name, wide)
    wanted = _known(declared)
    tries = [("utf-8", "utf-8"), (wanted, wanted), ("gb18030", "gb18030"), ("big5hkscs", "big5hkscs")]
    for encoding, title in tries:
        text = _try(data, encoding) if encoding else None
        if text is not None:
            return text, _note(title, declared, data)
    return _decode_damaged(data, name)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _known(declared: str) -> str:
    """Python's name of a declared encoding; empty when there is none. GB2312 and GBK are read as GB18030."""
    try:
        found = codecs.lookup(declared.strip().strip("'\"")).name if declared.strip() else ""
    except (LookupError, ValueError, UnicodeError):
        return ""
    if found in {"gb2312", "gbk", "hz"}:
        return "gb18030"
    # Single-byte encodings decode anything, and no Chinese table is written in one.
    multibyte = found.startswith(("utf", "gb", "big5", "cp950", "euc", "shift"))
    return found if multibyte else ""


def _note(encoding: str, declared: str, data: bytes) -> tuple[Message, ...]:
    if data.isascii():
        return ()
    said = _known(declared)
    if said and said != encoding:
        return (
            Message(
                "文件声明的编码是 {declared}，实际按 {encoding} 读取", declared=declared, encoding=encoding
            ),
        )
    if encoding in {"utf-8", said}:
        return ()
    return (Message("文件没有声明编码，按 {encoding} 读取", encoding=encoding.upper()),)


def _wide(data: bytes) -> str:
    """utf-16-le or utf-16-be when every second byte of line breaks and ASCII is zero; empty otherwise."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < max(2, len(head) // 100) or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_strict(data: bytes, name: str, encoding: str) -> tuple[str, tuple[Message, ...]]:
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    return (text, ()) if not lost else (text, _damage_note(lost, text, name, encoding))


def _decode_damaged(data: bytes, name: str) -> tuple[str, tuple[Message, ...]]:
    """The reading with the fewest lost characters, when nearly none is lost."""
    guess = charset_normalizer.from_bytes(data[:65536]).best()
    candidates = ["utf-8", "gb18030", *([guess.encoding] if guess and _known(guess.encoding) else [])]
    texts = {encoding: data.decode(encoding, errors="replace") for encoding in candidates}
    encoding = min(texts, key=lambda key: texts[key].count("\ufffd"))
    lost = texts[encoding].count("\ufffd")
    return texts[encoding], _damage_note(lost, texts[encoding], name, encoding)


def _damage_note(lost: int, text: str, name: str, encoding: str) -> tuple[Message, ...]:
    if lost > max(1, len(text) * _BROKEN):
        raise refusal(
            name, Message("认不出文件的文字编码"), Message("请用记事本打开，另存为 UTF-8 编码后再导入")
        )
    return (
        Message(
            "按 {encoding} 读取，有 {lost} 处字节无法解码，显示为“\ufffd”，请核对原文",
            encoding=encoding.upper(),
            lost=lost,
        ),
    )
