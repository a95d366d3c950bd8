"""Masks for what must not be published in clear: mobile numbers, ID numbers, bank cards, names on request.

Content keeps every source to the letter; the mask is laid over the ``Site`` before anything is computed or
drawn, so no output can miss it. A mask keeps the length of its text: offsets and quotes still hold.

A number is looked for in a *normal form* of the text: digits of any script are 0–9, dashes, dots, blanks and
brackets of any kind are one sign each, signs without width are left out; offsets lead back into the text.
Source: 个人信息保护法 第二十八条、第五十一条; GB/T 35273-2020 附录B; GB 11643 (check digit of ID numbers).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from generator.base.messages import Message
from generator.language.person_names import find_contact_names, find_names, is_name
from generator.model import Contact, Site, Task

_WORDS = "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_DIGIT_SIGN = re.compile(f"[0-9{_WORDS}]")
MOBILE_KIND, ID_KIND, CARD_KIND = Message("手机号"), Message("身份证号"), Message("银行卡号")
_CANDIDATE = re.compile(
    rf"(?:\d\D{{0,3}}){{9,}}\d|\d{{3,4}}[<&]|\d{{2,6}}\s?[*＊xX×]{{4,}}|(?:[{_WORDS}]\W?){{11}}"
)
"""A quick look: only a text with ten digits near each other can hold a private number."""
_CHECKSUM = re.compile(r"(?<![0-9A-Za-z])(?=[0-9a-f]*[a-f])[0-9a-f]{32,128}(?![0-9A-Za-z])")
_GAP = r"(?:[ \-./()|:#…\\\"']{0,3}|\*\*|<[^<>]{1,9}>|&[a-z]{2,6};)"
_JOINT = r"[ \-.()]{0,3}"
_AFTER_MONEY = r"(?!\.\d)(?! ?[元万亿%吨亩])"
_MOBILE = re.compile(
    r"(?<!\d)(?:(?<!\d\.)|(?<=(?<![\d.])[1-9]\.))(?:\+? ?86[ -]?|0086[ -]?|0)?"
    r"(?P<number>[(]?1[3-9]\d(?:"
    rf"{_GAP}\d{{4}}{_GAP}\d{{4}}|{_GAP}\d{{3}}{_GAP}\d{{5}}|{_GAP}\d{{5}}{_GAP}\d{{3}}"
    rf"|\d{_GAP}\d{{4}}{_GAP}\d{{3}}|\d{_GAP}\d{{3}}{_GAP}\d{{4}}|\d{{2}}{_GAP}\d{{6}}"
    r"|,\d{4},\d{4}| \d\d(?: \d\d){3}))(?!\d)" + _AFTER_MONEY
)
_JOINED = re.compile(r"(?<![\d-])(?=(?:-?\d){11}(?![\d-]))1-?[3-9]-?\d{1,3}(?:-\d{1,4}){3,8}")
"""Eleven digits in groups of any size, by dashes."""
_SPACED = re.compile(r"(?<!\d)(?<!\d[ .-])1([ .-])[3-9](?:\1\d){9}(?!\d)(?![ .-]\d)")
"""Digit by digit."""
_BEFORE_OFFICE = re.compile(r"(?<!\d)1[3-9]\d{9}(?=(?:0\d{2,3}-?)?[2-8]\d{7}(?!\d))")
"""Glued to an office number: no bank card begins with a one."""
_NO_WORD = rf"[{_WORDS}十百千万亿]"
_IN_WORDS = re.compile(
    rf"(?<!{_NO_WORD})[一幺壹][三四五六七八九叁肆伍陆柒捌玖][{_WORDS}]"
    rf"(?:[ -]?[{_WORDS}]{{4}}){{2}}(?!{_NO_WORD})"
)
_SMALL = re.compile("[²³¹⁰⁴-⁹₀-₉①-⑨⓪❶-❾⓿➀-➈]{11,}")
"""Digits raised, lowered or in rings: one alone numbers an item, eleven in a row are a number."""
_GLUED = re.compile(r"(?<!\d)(?:1[3-9]\d{9}){2,}(?!\d)|(?<!\d)[2-8]\d{7}(?:1[3-9]\d{9})+(?!\d)")
_ID_18 = re.compile(rf"(?<!\d)[1-9](?:{_JOINT}\d){{16}}{_JOINT}[\dXx](?![\dXx])")
_ID_DATE = re.compile(r"\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_ID_15 = re.compile(
    r"(?<!\d)(?<!\d\.)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)" + _AFTER_MONEY
)
_ID_MASKED = re.compile(r"\d{2,6}\*{6,}[\dXx]{3,4}")
_CARD = re.compile(
    r"(?<!\d)(?<!\d\.)(?=[3-69])(?:\d{16,19}|\d{4}(?:[ .-]{1,3}\d{4}){3}(?:[ .-]{1,3}\d{1,3})?"
    r"|\d{6}[ -]\d{10,13}|\d([ -])(?:\d\1){14,17}\d)(?!\d)" + _AFTER_MONEY
)
"""In groups of four, behind the number of its bank, or digit by digit; no card begins as a year does."""
_ID_LABEL, _CARD_LABEL = re.compile("身份证|身份号码|证件号"), re.compile("银行卡|卡号")
_CODE_LABEL = re.compile("代码|编码|编号|许可|文号")
_LAST_BIRTH = "2010"
"""Later dates in a number of 18 digits are those of permits."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NOT_PROSE = frozenset(
    {"sha256", "file", "url", "base_url", "badge_url", "site_code", "site_domain", "theme"}
    | {"id", "slug", "former_slugs"}
)
"""What files and addresses are made of: a star would break it, so that a private number in it is an error."""
_PROVINCES = frozenset({*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47)}) | {
    *range(50, 55),
    *range(61, 66),
    71,
    81,
    82,
}
"""First two digits of an ID number (GB/T 2260)."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateNumber:
    """A number that must not be published in clear."""

    start: int
    """Offset of its first character in the text."""
    end: int
    """Offset behind its last character."""
    kind: Message
    """MOBILE_KIND, ID_KIND or CARD_KIND."""


def is_id_number(text: str) -> bool:
    """Whether 18 characters carry a date and the check digit of GB 11643."""
    if _ID_DATE.fullmatch(text) is None or int(text[:2]) not in _PROVINCES:
        return False
    total = sum(int(a) * b for a, b in zip(text, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == text[17].upper()


def _is_miswritten_id(text: str, before: str) -> bool:
    """Whether 18 characters are an ID number but for a digit: a label says so, or it carries a date of birth.

    Permits are numbered by place and day as well, but by days of these years; a code says that it is one.
    """
    if _ID_DATE.fullmatch(text) is None or int(text[:2]) not in _PROVINCES:
        return False
    is_birth = text[6:10] < _LAST_BIRTH and _CODE_LABEL.search(before) is None
    return is_birth or _ID_LABEL.search(before) is not None


def is_bank_card(text: str) -> bool:
    """Whether 16 to 19 digits pass Luhn's check; two office numbers glued together are no card."""
    offices = len(text) == 16 and text[:2] == text[8:10]
    if not 16 <= len(text) <= 19 or len(set(text)) == 1 or offices:
        return False
    digits = [int(c) for c in reversed(text)]
    return (sum(digits[::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])) % 10 == 0


def find_numbers(text: str) -> tuple[PrivateNumber, ...]:
    """Private numbers in a text, in its order: ``电话１３８ 1234 5678`` → one at 2–15."""
    plain = _SMALL.sub(lambda m: "".join(str(unicodedata.digit(sign)) for sign in m[0]), text)
    if _CANDIDATE.search(plain) is None:
        return ()
    normal, offsets = _normalise(plain)
    blank = _CHECKSUM.sub(lambda m: "x" * len(m[0]), normal)
    found: list[PrivateNumber] = []
    for start, end, kind in _matches(blank):
        first, last = offsets[start], offsets[end - 1] + 1
        if all(last <= f.start or first >= f.end for f in found):
            found.append(PrivateNumber(start=first, end=last, kind=kind))
    return tuple(sorted(found, key=lambda f: f.start))


def _matches(text: str) -> Iterator[tuple[int, int, Message]]:
    """Start, end and kind of every private number of a normal form; the longer kinds first."""
    for match in _ID_18.finditer(text):
        number, before = re.sub(r"[^\dXx]", "", match[0]), text[max(0, match.start() - 12) : match.start()]
        if is_id_number(number) or _is_miswritten_id(number, before):
            yield match.start(), match.end(), ID_KIND
    for match in _GLUED.finditer(text):
        start = match.start() + len(match[0]) % 11
        yield from ((at, at + 11, MOBILE_KIND) for at in range(start, match.end(), 11))
    for match in _CARD.finditer(text):
        number, before = re.sub(r"\D", "", match[0]), text[max(0, match.start() - 8) : match.start()]
        is_long = len(number) == 19 and number.startswith("62")
        if is_long or is_bank_card(number) or _CARD_LABEL.search(before):
            yield match.start(), match.end(), CARD_KIND
    for match in _MOBILE.finditer(text):
        yield match.start("number"), match.end("number"), MOBILE_KIND
    for pattern in (_JOINED, _SPACED, _BEFORE_OFFICE, _IN_WORDS):
        yield from ((m.start(), m.end(), MOBILE_KIND) for m in pattern.finditer(text))
    for pattern in (_ID_15, _ID_MASKED):
        yield from ((m.start(), m.end(), ID_KIND) for m in pattern.finditer(text))


def _normalise(text: str) -> tuple[str, list[int]]:
    """The text with one sign for each kind of digit, dash, dot, blank and bracket, and where each stood."""
    signs, offsets = [], []
    for at, char in enumerate(text):
        sign = _normal_sign(char)
        if sign:
            signs.append(sign)
            offsets.append(at)
    return "".join(signs), offsets


@lru_cache(maxsize=8192)
def _normal_sign(char: str) -> str:
    """One sign, or none for what has no width: ``３`` → ``3``, ``—`` → ``-``, a soft hyphen → nothing."""
    if char in _SIGNS:
        return _SIGNS[char]
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Me") or char == "\u00ad":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category == "Pd":
        return "-"
    return " " if category == "Zs" or char in "\t\r\n" else char


_SIGNS = {
    **dict.fromkeys("·•‧・．。｡", "."),
    **dict.fromkeys("（【〔［[〈", "("),
    **dict.fromkeys("）】〕］]〉", ")"),
    **dict.fromkeys("，、", ","),
    **dict.fromkeys("−－﹣_＿~～", "-"),
    **dict.fromkeys("＊×", "*"),
    **dict.fromkeys("＋", "+"),
    **dict.fromkeys("“”‘’「」『』", '"'),
    **dict.fromkeys("：∶", ":"),
    "｜": "|",
    "＃": "#",
    "＼": "\\",
    "Ｘ": "X",
    "ｘ": "x",
}


def mask_text(text: str) -> str:
    """The text with every private number starred, same length.

    Mobile numbers keep three digits in front and four behind; ID and card numbers keep none.
    ``联系 138-1234-5678`` → ``联系 138-****-5678``.
    """
    numbers = find_numbers(text)
    if not numbers:
        return text
    signs = list(text)
    for number in numbers:
        places = [at for at in range(number.start, number.end) if _is_digit(text[at])]
        if number.kind == MOBILE_KIND:
            for at in places[3:-4]:
                signs[at] = "*"
        else:
            signs[number.start : number.end] = "＊" * (number.end - number.start)
    return "".join(signs)


def _is_digit(char: str) -> bool:
    return unicodedata.digit(char, None) is not None or _DIGIT_SIGN.fullmatch(_normal_sign(char)) is not None


def mask_site(site: Site) -> Site:
    """The site with every text masked, and personal names too when site.yaml asks for it."""
    masked = _mask(site, mask_text)
    if not site.config.mask_names:
        return masked
    masked = _mask(masked, mask_names)
    districts = tuple(
        replace(d, tasks=tuple(_mask_task_names(task) for task in d.tasks)) for d in masked.districts
    )
    return replace(masked, districts=districts)


def _mask_task_names(task: Task) -> Task:
    """A task whose contacts and leaders are called by their surname alone."""
    contacts = tuple(replace(c, office=_mask_contact(c)) for c in task.contacts)
    leaders = tuple(_star(each) if is_name("".join(each.split())) else each for each in task.leaders)
    return replace(task, contacts=contacts, leaders=leaders)


def mask_names(text: str) -> str:
    """The text with the given name of every person starred: ``联系人：欧阳小明`` → ``联系人：欧阳**``."""
    for start, end in find_names(text):
        text = _star_between(text, start, end)
    return text


def _mask_contact(contact: Contact) -> str:
    text = contact.office
    for start, end in find_contact_names(text):
        text = _star_between(text, start, end)
    return text


def _star_between(text: str, start: int, end: int) -> str:
    return text[:start] + "*" * (end - start) + text[end:]


def _star(name: str) -> str:
    """A name that stands alone, also one set with a blank: ``赵 丽`` → ``赵 *``."""
    given = next(iter(find_names(f"联系人：{''.join(name.split())}")), None)
    family = given[0] - len("联系人：") if given else 1
    kept = [at for at, sign in enumerate(name) if not sign.isspace()][:family]
    return "".join(sign if sign.isspace() or at in kept else "*" for at, sign in enumerate(name))


def is_masked(text: str) -> bool:
    """Whether a text carries one of our masks."""
    return "＊" in text or re.search(r"1\D?[3-9]\D?\d\D{0,3}\*", text) is not None


def _mask(value: T, mask: Callable[[str], str]) -> T:
    """A copy of a frozen value with every string in it masked; the value itself when nothing changes."""
    if isinstance(value, str) and type(value) is str:
        return mask(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        parts = tuple(_mask(part, mask) for part in value)
        return parts if any(a is not b for a, b in zip(parts, value, strict=True)) else value  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        changed: dict[str, Any] = {}
        for each in fields(value):
            if each.name in _NOT_PROSE:
                continue
            before = getattr(value, each.name)
            after = _mask(before, mask)
            if after is not before:
                changed[each.name] = after
        return replace(value, **changed) if changed else value
    return value
