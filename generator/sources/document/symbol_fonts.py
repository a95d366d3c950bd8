"""Symbol fonts: characters that a file stores as letters or private codes and prints as signs.

Source: the Adobe Symbol encoding; Unicode's proposal N4384 for Wingdings and Wingdings 2 (signs of the first
plane stand in the place of their rarer twins).
"""

from __future__ import annotations


def _table(said: str, **rows: str) -> dict[int, str]:
    """Code → sign, from pairs like ``22∀`` and from rows of signs that follow each other (``x41="ΑΒΧ"``)."""
    table = {int(pair[:2], 16): pair[2:] for pair in said.split()}
    for first, signs in rows.items():
        table.update(enumerate(signs, int(first[1:], 16)))
    return table


_SYMBOL = _table(
    "22∀ 24∃ 27∋ 2A∗ 2D− 40≅ 5C∴ 5E⊥ 60‾ 7E∼ F1⟩ F2∫",
    x41="ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
    x61="αβχδεφγηιϕκλμνοπθρστυϖωξψζ",
    xA0="€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵",
    xC0="ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑",
)
"""Codes that the Symbol font prints otherwise than ASCII."""
_WINGDINGS = _table(
    "22✂ 28☎ 29✆ 2A✉ 36⌛ 37⌨ 3F✍ 41✌ 45☜ 46☞ 47☝ 48☟ 4A☺ 4C☹ 51✈ 52☼ 54❄ 9E· 9F• A4◉ A5◎ A7▪ A8□ B5✪ B6☆"
    " D8➢ DF← E0→ E1↑ E2↓ E8➔ EF⇦ F0⇨ F1⇧ F2⇩ F3⇔ F4⇕ FB✗ FC✓ FD☒ FE☑",
    x6C="●❍■□□❑❒⬧⧫◆❖◆☒",
    x80="⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿",
    xA0="▪○○○",
    xAA="✦★✶✴✹✵",
)
_WINGDINGS_2 = _table("4F✗ 50✓ 51☒ 52☑ 53☒ 54☒ 98● A2■ A3□", x69="⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")


def is_symbol_font(font: str) -> bool:
    """Whether a typeface prints signs for letters."""
    name = _plain(font)
    return name == "symbol" or name.startswith(("wingdings", "webdings", "symbolmt"))


def translate_symbols(text: str, font: str) -> str:
    """``text`` as the typeface prints it: private codes, and in symbol fonts letters too, become signs.

    A sign that no table here knows becomes, or stays, its private code.
    """
    if not is_symbol_font(font):
        return text
    return "".join(_sign(letter, _plain(font)) for letter in text)


def _plain(font: str) -> str:
    """Name of a typeface without subset mark, quotes and further choices."""
    first = font.split(",")[0].strip().strip("\"'")
    return first.rpartition("+")[2].lower().replace(" ", "").replace("-", "")


def _sign(letter: str, font: str) -> str:
    code = ord(letter)
    code = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    if letter.isspace() or code > 0xFF:
        return letter
    if font.startswith("symbol"):
        return _SYMBOL.get(code) or (chr(code) if 0x20 <= code < 0x7F else chr(0xF000 + code))
    table = _WINGDINGS_2 if font.startswith("wingdings2") else _WINGDINGS
    known = None if font.startswith(("wingdings3", "webdings")) else table.get(code)
    return known or chr(0xF000 + code)
