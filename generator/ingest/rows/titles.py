"""Short titles for cards and charts, cut out of the commitment by rule: never inside a clause."""

from __future__ import annotations

import re

LONGEST = 24
"""Characters up to which a clause stands whole."""
_LEAST = 8
"""Characters that must be left when brackets are taken out."""
_JOINED = 28
"""Characters up to which clauses with numbers are joined."""
_SHORTEST = 6
"""Characters that a clause keeps when its opening adverb is taken off."""
_PREAMBLE = re.compile(
    r"(?:充分|积极|紧紧|牢牢|全面|持续)?"
    r"(?:以.*(?:为|导向)|以.{2,16}(?:引领|带动|赋能|推动|促进)|坚持|依托|围绕|聚焦|紧盯|紧抓|紧扣|发挥|按照|根据|针对|把握|立足|结合|突出|对标|借助|坚定)"
)
_FIGURE = re.compile(
    r"(?:\d[\d.,]*|[一二两三四五六七八九十百千]+(?=[个家处座所条项户名套]))\s*"
    r"(?:[—\-~～至]\s*\d[\d.]*\s*)?(?:万|亿|千|百|余|多)*\s*"
    r"(?:[%％]|个百分点|元|美元|人|个|家|处|座|所|条|项|户|名|套|台|场|次|亩|公里|千米|平方米|米|吨|张|间|栋|片|支|辆|床|对|件|篇|期|批)"
)
_YEAR_OR_NAME = re.compile(r"第[一二三四五六七八九十\d]+|20\d\d年|[“《][^”》]*[”》]")
_LEADING = re.compile(
    r"^(?:(?:积极|大力|深入|持续|进一步|扎实|全力|着力|切实|加快|有序|统筹|力争|确保|努力|全面|坚决|稳步|适时|精准|毫不放松|系统)(?=[\u4e00-\u9fff]{2}))+"
)
_REACHED = re.compile(r"^(?:完成|实现|推进|达到|力争|确保)+(?!总投资)(?=[\u4e00-\u9fff]{2})")
_ALONE = re.compile(r"(?P<verb>获批|争取|投资|完成投资|签约|储备|引进|招引|新增)\s*(?=\d)")
"""A verb with its number and nothing that is counted."""
_NOUNS = ("投资", "完成投资")
_OBJECT = re.compile(
    r"(?:等|^(?:推进|推动|争取|实施|加快|抓好|做好|建设)+)(?P<noun>[^等]{2,14}?)(?:支持|建设|工作|实施)?$"
)
"""What the clause before is about: what its 等 sums up, or what follows its verb."""
_GENERAL = re.compile(
    r"(?:基础设施建设|建设工程|方式|力度|各项工作|精神)$|^(?:深入)?(?:落实|坚持|弘扬|贯彻)“[^”]+”$"
)
_NAMED = re.compile(r"(?<!道)路|街|河|沟|管网|医院|学校|公园|工程|高铁|高速|村|社区|片区|[“（(A-Z]|体系")
_THRESHOLD = re.compile(r"\d[\d.,]*\s*(?:万|亿)*(?:元|美元|平方米|人|亩)(?:及)?以[上下](?=[\u4e00-\u9fff])")
"""年收入50万元以上村: a number that says which things are meant."""
_TOTAL = re.compile(r"等?总投资[^，,。的]{1,12}的")
_ATTRIBUTE = re.compile(r"(?P<verb>构建|建立|建立健全|健全|完善|打造|形成).{8,}的(?P<noun>[^的]{4,12})")
_ENDS = re.compile(r"(?<!等)(?:工程|工作)$")
_FIRST_VERB = re.compile(r"^(?:实施|推进|推动|做好|抓好|开展|加快|确保)(?=[\u4e00-\u9fff]{2})")
_RESPONSIBLE = re.compile(
    r"[（(【][^（()）【】]{0,40}(?:牵头|责任|主责|配合|承办|主办)(?:单位|部门)?[：:]?(?:[^（()）]|[（(][^（()）]*[)）])*[)）】]"
)
_EXAMPLES = re.compile(
    r"(?P<verb>(?:对|推动|推进|实施|支持|确保|做好|加快|建设|打造|完成|开展|发展|服务保障|优化|完善|健全|培育|引进|改造|提升|抓好)?)"
    r"(?P<items>[^等]{2,80}?)等(?P<rest>.{2,})"
)
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_QUOTED = re.compile(r"^“[^”]*”(?=[\u4e00-\u9fff]{4})")
_DEPENDENT = re.compile(r"领域|方面|项目|工程|地区|工作|重点|行业|产业|片区")
_ITEM = re.compile(r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]|[①-⑳])\s*")


def make_title(commitment: str) -> str:
    """Title that names the promise: object, number and place, at most 24 characters where possible.

    The clauses with the numbers promised, else the first action that is no preamble and no general word.
    """
    joined = re.sub(r"\s*\n\s*", "", commitment)
    text = _ITEM.sub("", " ".join(_RESPONSIBLE.sub("", joined).split()))
    clauses = [c.strip() for s in _split(text, "。！!；;\n") for c in _split(s, "，:：,")]
    if not clauses:
        return text[:LONGEST] or "（无文字）"
    start = next((i for i, clause in enumerate(clauses) if _has_figure(clause)), None)
    return _title_action(clauses) if start is None else _title_figures(clauses, start)


def _title_figures(clauses: list[str], start: int) -> str:
    """The first clause with a number, with its object, and those behind it that have one too, if they fit."""
    title = _shorten(_name_object(_bare(clauses[start]), clauses[:start]))
    for clause in clauses[start + 1 :]:
        longer = f"{title}、{_bare(clause)}"
        if not _has_figure(clause) or len(longer) > _JOINED or title.endswith("等"):
            break
        title = longer
    return title


def _name_object(clause: str, before: list[str]) -> str:
    """A clause of a verb and a number alone gets its object from the clause before.

    …等政策性资金支持，获批60亿元 → 获批政策性资金60亿元; 推进省重点项目，投资75亿元 → 省重点项目投资75亿元.
    """
    match = _ALONE.match(clause)
    previous = _OBJECT.search(_strip_lead(before[-1])) if before and match else None
    if match is None or previous is None:
        return clause
    noun = previous["noun"]
    return noun + clause if match["verb"] in _NOUNS else match["verb"] + noun + clause[match.end("verb") :]


def _title_action(clauses: list[str]) -> str:
    """The first action, and the next clauses while they fit; a general one gives way to what follows it."""
    start = _first_action(clauses)
    if start + 1 < len(clauses) and _is_general(clauses[start], clauses[start + 1]):
        start += 1
    title = _shorten(_strip_lead(clauses[start]))
    for clause in clauses[start + 1 :]:
        longer = f"{title}，{clause}"
        if len(longer) > LONGEST:
            break
        title = longer
    return title


def _is_general(clause: str, following: str) -> bool:
    """Whether a clause names no thing of its own and the next one does (推进设施建设，实施管网改造工程)."""
    if _NAMED.search(_GENERAL.sub("", clause)):
        return False
    return _GENERAL.search(clause) is not None and _NAMED.search(following) is not None


def _bare(clause: str) -> str:
    """A clause with a number without the verbs that only say that it is to be reached."""
    bare = _strip_lead(clause)
    shorter = _REACHED.sub("", bare)
    return shorter if _has_figure(shorter) else bare


def _strip_lead(clause: str) -> str:
    shorter = _LEADING.sub("", clause)
    return shorter if len(shorter) >= _SHORTEST else clause


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
    return _FIGURE.search(_THRESHOLD.sub("", _YEAR_OR_NAME.sub("", clause))) is not None


def _first_action(clauses: list[str]) -> int:
    """The first clause that is no preamble (以…为抓手, 坚持…) and fits; the first action else; else 0."""
    actions = [i for i, clause in enumerate(clauses) if len(clause) >= 6 and not _PREAMBLE.match(clause)]
    fitting = [i for i in actions if len(_shorten(clauses[i])) <= LONGEST]
    return next(iter([*fitting, *actions]), 0)


def _shorten(clause: str) -> str:
    """A clause that is too long, made shorter without losing its sense; else whole.

    Tried in turn: without the size of its projects; without its brackets; without first verb and last word;
    fewer items in an enumeration that ends with 等; the thing alone of a long attribute; as many items with
    figures of their own as fit.
    """
    size = _TOTAL.search(clause)
    if size:
        several = size[0].startswith("等") or "、" in clause[: size.start()]
        clause = clause[: size.start()] + ("等" if several else "") + clause[size.end() :]
    if len(clause) <= LONGEST or (len(clause) <= _JOINED and _figure_parts(clause)):
        return clause
    bare = _BRACKETED.sub("", clause)
    found = _strip_lead(bare if len(bare) >= _LEAST else clause)
    for shorten in (_without_ends, _fewer_examples, _without_attribute, _first_figures, _one_verb):
        if len(found) <= LONGEST:
            break
        found = shorten(found)
    return found


def _without_ends(clause: str) -> str:
    """实施…片区老旧小区改造工程 → …片区老旧小区改造."""
    return _ENDS.sub("", _FIRST_VERB.sub("", clause)) if "、" in clause or _has_figure(clause) else clause


def _without_attribute(clause: str) -> str:
    """构建与甲、乙相适应的供给体系 → 构建供给体系."""
    match = _ATTRIBUTE.fullmatch(clause)
    return match["verb"] + match["noun"] if match else clause


def _one_verb(clause: str) -> str:
    """27个项目竣工运营、投产达效 → 27个项目竣工运营."""
    head, mark, tail = clause.rpartition("、")
    return head if mark and _has_figure(head) and not _has_figure(tail) and len(tail) <= 4 else clause


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


def _figure_parts(clause: str) -> list[str]:
    """Items parted by 、 that each have a figure; none where one lacks it."""
    parts = clause.split("、")
    return parts if len(parts) > 1 and all(map(_has_figure, parts)) else []


def _first_figures(clause: str) -> str:
    """Of items parted by 、 that each have a figure, as many as fit, then 等; any other clause whole."""
    parts = _figure_parts(clause)
    if not parts:
        return clause
    title = parts[0]
    for part in (_QUOTED.sub("", part) for part in parts[1:]):
        if len(title) + 1 + len(part) > LONGEST:
            break
        title += "、" + part
    return title if title == clause else title + "等"
