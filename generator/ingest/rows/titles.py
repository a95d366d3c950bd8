"""Short titles for cards and charts, cut out of the commitment by rule: never inside a clause."""

from __future__ import annotations

import re

LONGEST = 30
"""Characters up to which a clause stands whole."""
_LEAST = 8
"""Characters that must be left when brackets are taken out."""
_JOINED = 28
"""Characters up to which clauses are joined."""
_PREAMBLE = re.compile(
    r"(?:充分|积极|紧紧|牢牢|全面|持续)?"
    r"(?:以.*(?:为|导向)|坚持|依托|围绕|聚焦|紧盯|紧抓|紧扣|发挥|按照|根据|针对|把握|立足|结合|突出|对标|借助|坚定)"
)
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
_EXAMPLES = re.compile(
    r"(?P<verb>(?:推动|推进|实施|支持|确保|做好|加快|建设|打造|完成|开展|发展|服务保障|优化|完善|健全|培育|引进|改造|提升|抓好)?)"
    r"(?P<items>[^等]{2,80}?)等(?P<rest>.{4,})"
)
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_DEPENDENT = re.compile(r"领域|方面|项目|工程|地区|工作|重点|行业|产业|片区")
_ITEM = re.compile(r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]|[①-⑳])\s*")


def make_title(commitment: str) -> str:
    """Title, at most 30 characters where possible: the clause with the figures, else the first action.

    Clauses are joined while they fit; one that is too long alone stays whole unless it has a natural joint.
    """
    joined = re.sub(r"\s*\n\s*", "", commitment)
    text = _ITEM.sub("", " ".join(_RESPONSIBLE.sub("", joined).split()))
    clauses = [c.strip() for s in _split(text, "。！!；;\n") for c in _split(s, "，:：,")]
    if not clauses:
        return text[:LONGEST] or "（无文字）"
    start = next((i for i, clause in enumerate(clauses) if _has_figure(clause)), None)
    if start is None:
        start = _first_action(clauses)
    title = _shorten(clauses[start])
    for clause in clauses[start + 1 :]:
        longer = f"{title}，{clause}"
        if len(longer) > _JOINED or (_has_figure(title) and not _has_figure(clause)):
            break
        title = longer
    return title


def _split(text: str, marks: str) -> list[str]:
    """Pieces between ``marks`` that stand outside quotes and brackets; a comma between digits parts nothing.

    A full stop and the end of a line close what was left open.
    """
    depth, start, found = 0, 0, []
    for position, ch in enumerate(text):
        depth = 0 if ch in "。\n" else depth + (ch in "“（(《【") - (ch in "”）)》】")
        if depth <= 0 and ch in marks and not (ch == "," and _between_digits(text, position)):
            found.append(text[start:position])
            start = position + 1
    return [piece for piece in [*found, text[start:]] if piece.strip()]


def _between_digits(text: str, position: int) -> bool:
    return text[position - 1 : position].isdigit() and text[position + 1 : position + 4].isdigit()


def _has_figure(clause: str) -> bool:
    return _FIGURE.search(_YEAR_OR_NAME.sub("", clause)) is not None


def _first_action(clauses: list[str]) -> int:
    """The first clause that is no preamble (以…为抓手, 坚持…) and fits; the first action else; else 0."""
    actions = [i for i, clause in enumerate(clauses) if len(clause) >= 6 and not _PREAMBLE.match(clause)]
    fitting = [i for i in actions if len(_shorten(clauses[i])) <= LONGEST]
    return next(iter([*fitting, *actions]), 0)


def _shorten(clause: str) -> str:
    """A clause that is too long, made shorter without losing its sense; else whole.

    Tried in turn: without its brackets; without its opening adverb; fewer items in an enumeration that ends
    with 等; of items with figures of their own, as many as fit.
    """
    if len(clause) <= LONGEST:
        return clause
    bare = _BRACKETED.sub("", clause)
    shorter = _LEADING.sub("", bare if len(bare) >= _LEAST else clause)
    if len(shorter) <= LONGEST:
        return shorter
    fewer = _fewer_examples(shorter)
    if len(fewer) <= LONGEST:
        return fewer
    return _first_figures(fewer)


def _fewer_examples(clause: str) -> str:
    """推进甲、乙、丙等片区改造 → 推进甲等片区改造 → 推进片区改造, as far as it has to be."""
    match = _EXAMPLES.fullmatch(clause)
    if match is None:
        return clause
    verb, items, rest = match["verb"] or "", match["items"].split("、"), match["rest"]
    for count in range(len(items) - 1, 0, -1):
        title = f"{verb}{'、'.join(items[:count])}等{rest}"
        if len(title) <= LONGEST:
            return title
    bare = f"{verb}{rest}"
    return bare if verb and len(rest) >= 6 and not _DEPENDENT.match(rest) else clause


def _first_figures(clause: str) -> str:
    """Of items parted by 、 that each have a figure, as many as fit, then 等; any other clause whole."""
    parts = clause.split("、")
    if len(parts) < 2 or not all(map(_has_figure, parts)):
        return clause
    title = parts[0]
    for part in parts[1:]:
        if len(title) + 1 + len(part) > LONGEST:
            break
        title += "、" + part
    return title if title == clause else title + "等"
