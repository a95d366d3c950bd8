"""Short titles for cards and charts, cut out of the commitment by rule: never inside a clause."""

from __future__ import annotations

import re

LONGEST = 28
_FIGURE = re.compile(
    r"(?:\d[\d.,]*|[一二两三四五六七八九十百千]+(?=[个家处座所条项户名套]))\s*"
    r"(?:[—\-~～至]\s*\d[\d.]*\s*)?(?:万|亿|千|百|余|多)*\s*"
    r"(?:[%％]|个百分点|元|美元|人|个|家|处|座|所|条|项|户|名|套|台|场|次|亩|公里|千米|平方米|米|吨|张|间|栋|片|支|辆|床|对|件|篇|期|批)"
)
_YEAR_OR_NAME = re.compile(r"第[一二三四五六七八九十\d]+|20\d\d年|[“《][^”》]*[”》]")
_LEADING = re.compile(
    r"^(?:积极|大力|深入|持续|进一步|扎实|全力|着力|切实|加快|有序|统筹|力争|争取|确保|努力|全面|坚决|稳步)(?=[\u4e00-\u9fff]{2})"
)
_RESPONSIBLE = re.compile(
    r"[（(【][^（()）【】]{0,40}(?:牵头|责任|主责|配合|承办|主办)(?:单位|部门)?[：:]?(?:[^（()）]|[（(][^（()）]*[)）])*[)）】]"
)
_ITEM = re.compile(r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]|[①-⑳])\s*")


def make_title(commitment: str) -> str:
    """Title of at most ~28 characters: the clause with the figures, else the first clause that says a thing.

    Clauses are joined while they fit; one that is too long alone stays whole unless it has a natural joint.
    """
    joined = re.sub(r"\s*\n\s*", "", commitment)
    text = _ITEM.sub("", " ".join(_RESPONSIBLE.sub("", joined).split()))
    sentences = [s for s in re.split(r"[。！!；;\n]", text) if s.strip()]
    clauses = [c.strip() for s in sentences for c in _clauses(s)]
    if not clauses:
        return text[:LONGEST] or "（无文字）"
    start = next((i for i, clause in enumerate(clauses) if _has_figure(clause)), None)
    if start is None:
        start = _first_action(clauses)
    title = _shorten(clauses[start])
    for clause in clauses[start + 1 :]:
        longer = f"{title}，{clause}"
        if len(longer) > LONGEST or (_has_figure(title) and not _has_figure(clause)):
            break
        title = longer
    return title


def _clauses(sentence: str) -> list[str]:
    """Pieces between commas that stand outside quotes and brackets."""
    depth, start, found = 0, 0, []
    for position, ch in enumerate(sentence):
        depth += (ch in "“（(《【") - (ch in "”）)》】")
        if depth <= 0 and (ch in "，:：" or (ch == "," and not _between_digits(sentence, position))):
            found.append(sentence[start:position])
            start = position + 1
    return [piece for piece in [*found, sentence[start:]] if piece.strip()]


def _between_digits(text: str, position: int) -> bool:
    return text[position - 1 : position].isdigit() and text[position + 1 : position + 4].isdigit()


def _has_figure(clause: str) -> bool:
    return _FIGURE.search(_YEAR_OR_NAME.sub("", clause)) is not None


def _first_action(clauses: list[str]) -> int:
    """The first clause that is no preamble (以…为抓手, 坚持…, 依托…); the first of all when every one is."""
    preamble = re.compile(
        r"^(?:以.*(?:为|导向)|坚持|依托|围绕|聚焦|紧盯|紧抓|紧扣|发挥|按照|根据|针对|把握|用好|立足|结合|突出|对标)"
    )
    for index, clause in enumerate(clauses):
        if len(clause) >= 6 and not preamble.match(clause):
            return index
    return 0


def _shorten(clause: str) -> str:
    """A clause that is too long, cut at a list mark or shortened by its opening adverb; else whole."""
    if len(clause) <= LONGEST:
        return clause
    shorter = _LEADING.sub("", clause)
    if len(shorter) <= LONGEST:
        return shorter
    parts = shorter.split("、")
    if _has_figure(shorter) and not _has_figure(parts[0]):
        figures = [part for part in parts if _has_figure(part)]
        if len(figures) >= 1 and len(figures[0]) <= LONGEST and len(figures[0]) >= 6:
            return figures[0]
        return shorter
    title = parts[0]
    for part in parts[1:]:
        if len(title) + 1 + len(part) > LONGEST - 1:
            break
        title += "、" + part
    if len(title) < 6 or len(title) > LONGEST:
        return shorter
    return title if title == shorter else title + "等"
