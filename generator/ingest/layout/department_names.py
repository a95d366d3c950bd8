"""Names of public bodies in running text and in cells: how they look, how a list of them is split."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from generator.ingest.layout.simplified_characters import simplify
from generator.ingest.layout.source_pieces import Passage, is_bold, squeeze
from generator.model import DepartmentKind, Role

_ENDINGS = [
    "局",
    "委",
    "办",
    "办公室",
    "中心",
    "集团",
    "公司",
    "街道",
    "街道办",
    "街道办事处",
    "办事处",
    "镇",
    "乡",
    "镇街",
    "街镇",
    "政府",
    "管委会",
    "管理委员会",
    "委员会",
    "院",
    "所",
    "站",
    "大队",
    "支队",
    "中队",
    "分局",
    "处",
    "部",
    "社",
    "会",
    "协会",
    "联合会",
    "学校",
    "小学",
    "中学",
    "医院",
    "银行",
    "成员单位",
    "部门",
    "单位",
    "指挥部",
    "专班",
    "队",
    "厅",
    "馆",
    "园区",
    "开发区",
    "高新区",
    "经开区",
    "商务区",
    "示范区",
    "度假区",
    "总工会",
    "工会",
    "团委",
    "团区委",
    "团县委",
    "团市委",
    "妇联",
    "残联",
    "工商联",
    "法院",
    "检察院",
    "科协",
    "侨联",
    "文联",
    "机关",
    "机构",
    "组",
    "平台公司",
    "企业",
    "社区",
    "村",
    "片区",
    "新区",
    "街",
    "区",
    "县",
    "市",
    "各方",
    "网格",
    "邮政",
    "电信",
    "移动",
    "联通",
    "铁塔",
    "烟草",
    "消防",
    "供电",
    "税务",
    "学院",
    "大学",
    "基地",
    "协调机制",
    "工作机制",
    "领导小组",
    "领导小组办公室",
    "站点",
    "台",
    "社团",
    "合作社",
    "联社",
    "总站",
    "总队",
    "分公司",
    "分行",
    "支行",
    "分中心",
    "事务所",
    "服务区",
    "乡镇",
    "党工委",
    "工委",
    "党委",
    "支部",
    "党校",
    "档案馆",
    "史志办",
    "融媒",
    "城投",
    "国资",
    "交警",
    "交投",
    "水司",
]
_ENDING = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, _ENDINGS), key=len, reverse=True))})$")
_SEPARATOR = re.compile(
    r"[、，,；;/／|\n\r\t　]+|(?<=[^\d\s]) +(?=[^\d\s]|\d{1,2}[.．、)）])|(?=[①-⑳])"
    r"|(?<=[^\d\s.．、（(])(?=\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）])|以及|[和及与]"
)
_LONGEST = 34
"""Characters of the longest name of a body."""
_MOST = 3000
"""Characters of a cell that are looked at to tell whether it lists bodies."""
_STARS = "★☆*＊▲△●◆※#✱⭐"
_ITEM = re.compile(r"^\s*(?:[①-⑳]|\d{1,2}[.．、)）](?!\d)|[（(]\d{1,2}[)）])[\s.、]*")
"""Number of a body in a numbered list: ①, 1., （1）."""
_JOINERS = ("和", "及", "与", "以及")
_LEVELS = "区县市省镇乡旗州"
"""First character of a body's full name."""
_CLOSED = {"（": "）", "(": ")", "“": "”", "《": "》", "[": "]", "【": "】", "「": "」", "〔": "〕"}
_LEAD_WORDS = r"牵头(?:责任)?(?:单位|部门)?|主责(?:单位|部门)?|主办(?:单位|部门)?|第一责任单位|主要责任单位"
_JOINT_WORDS = (
    r"(?:配合|协同|协办|协助|参与|参加|协作|会办)(?:责任)?(?:单位|部门)?|(?:其他)?责任(?:单位|部门)"
)
_LABEL = re.compile(
    rf"(?P<lead>{_LEAD_WORDS})\s*[：:]\s*|(?P<joint>{_JOINT_WORDS})\s*[：:]\s*|"
    r"(?P<plain>(?:承办|实施|落实|负责|承担|建设|业主)(?:单位|部门)|单位|部门)\s*[：:]\s*"
)
_SUFFIX = re.compile(
    r"(?P<lead>(?:等)?(?:负责|分别|共同|联合)?牵头(?:负责|落实|实施|组织实施)?|主责|主办|总牵头)$|(?P<joint>(?:等)?(?:分别)?(?:按职责)?(?:配合|协办|协同|参与|协助))$|(?P<plain>(?:分别|按职责分工|按职责)?负责(?:落实)?)$"
)
_MARK = re.compile(rf"[（(](?:(?P<lead>{_LEAD_WORDS})|(?P<joint>{_JOINT_WORDS}))[）)]")
_NO_BODY = re.compile(
    r"(?!.*12345)[0-9０-９％%]|^(?:新建|建设|建成|完成|推进|加快|实施|打造|改造|新增|提升|开展|推动|加强|深化|落实|支持|争取|力争|确保"
    r"|持续|全面|积极|大力|优化|创建|培育|引进|举办|组织|筹建|启动|整治|治理|启用|扩建|改建|续建|做好|抓好|促进|强化|已|正在|目前|截至)"
    r"(?!.*(?:办公室|指挥部|专班|领导小组|局|委员会)$)"
)
_SUPPORT = re.compile(r"[（(]([^（()）]{2,60}?(?:配合|协办|協辦|协助|協助|参与|參與))[)）]")
_FRAGMENT = re.compile(
    r"(?:(?:社会)?保障|(?:行政审批)?服务|(?:市场|综合|监督|应急|城市|林业)?(?:监督)?管理|(?:城乡)?建设|(?:和)?旅游|(?:和)?体育|(?:和)?信息化|改革|规划|健康|环境|农村|执法|事务|统计|审计|资源|商务)(?:局|委员会|委|中心|办公室)"
    r"|公室|事处|办事处|员会|委员会|办公室|道办|道办事处|心|局|司|团"
)
_TRAILING = re.compile(
    r"(?<=[局委办心团司处镇乡府会院所站队位门街])等(?:相关|有关|各|\d{1,3}个?|[一二三四五六七八九十多]{1,3}个|多)?(?:单位|部门|单位和部门|家单位)?$|[。.．]+$"
)


_FIRST_LEADS = re.compile(
    r"(?:第一|首)(?:个|位|家)?(?:的|责任)?(?:单位|部门)?(?:即|均)?(?:为|是|系|作为)(?:总)?(?:牵头|主责|主办)"
    r"|(?:单位|部门)(?:中)?[，,]?(?:排|列|排名|排序|排列)?(?:在)?(?:第一|首)(?:位|名)?(?:的|者)?(?:即|均)?(?:为|是|系)?(?:总)?(?:牵头|主责|主办)"
    r"|(?:牵头|主责)(?:责任)?(?:单位|部门)(?:排|列|均排|均列)(?:名|在)?(?:第一|首)"
)


def says_first_leads(text: str) -> bool:
    """Whether a heading or a note says that the first named body leads."""
    return _FIRST_LEADS.search(squeeze(simplify(text))) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body as printed, with its part."""

    name: str
    """White space and role marks left out."""
    role: Role
    """lead or joint where the source marks it; unstated otherwise."""


def looks_like_body(text: str) -> bool:
    """Whether a text can be the name of one body."""
    if len(text) > 4 * _LONGEST:
        return False
    plain = squeeze(re.sub(r"[（(][^）)]*[）)]$", "", squeeze(simplify(text)))).lstrip(_STARS)
    plain = _ITEM.sub("", plain)
    if not 2 <= len(plain) <= 34 or re.search(r"[。；：:;！？]", plain) or _NO_BODY.search(plain):
        return False
    return _ENDING.search(plain) is not None


def is_person(text: str) -> bool:
    """Whether a text can be the name of a person: two to four characters, or 王某某, and no body."""
    plain = squeeze(text)
    return re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", plain) is not None and not looks_like_body(plain)


@lru_cache(maxsize=65536)
def share_of_bodies(text: str) -> float:
    """Share (0-1) of the characters of a cell that stand in names of bodies; of a long one, of its start."""
    names = [squeeze(part) for part in split_names(_plain(text[:_MOST]))]
    total = sum(map(len, names))
    return sum(len(n) for n in names if looks_like_body(n)) / total if total else 0.0


def _plain(text: str) -> str:
    text = _MARK.sub("", _LABEL.sub("", simplify(text)))
    return "、".join(_SUFFIX.sub("", part) for part in text.split("，"))


def split_names(text: str) -> list[str]:
    """Names of a list, to the letter; separators inside brackets and quotes do not split.

    A name that is broken over two lines is joined again.
    """
    parts = [text[a:b] for a, b in _split(text)]
    return [part for part in parts if part.strip()]


def _split(text: str) -> list[tuple[int, int]]:
    depth: list[str] = []
    closed = {opening: text.rfind(closing) for opening, closing in _CLOSED.items()}
    found, start, position = [], 0, 0
    while position < len(text):
        ch = text[position]
        if depth and ch == depth[-1]:
            depth.pop()
        elif ch in _CLOSED and closed[ch] > position and not _MARK.match(text, position):
            depth.append(_CLOSED[ch])
        mark = None if depth else _MARK.match(text, position)
        if mark and mark.end() < len(text):
            found.append((start, mark.end()))
            start = position = mark.end()
            continue
        match = None if depth else _SEPARATOR.match(text, position)
        if match and (match.group() or position > start) and _parts(text, start, match):
            found.append((start, position))
            start = position = match.end()
        position = max(match.end() if match else 0, position + 1)
    found.append((start, len(text)))
    return [part for a, b in found if text[a:b].strip() for part in _unglue(text, a, b)]


def _unglue(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """区发改局区统计局 cut between two names of the same level; a branch (市…局市中分局) stays."""
    name = text[start:end]
    level = name.strip()[:1]
    if not level or level not in _LEVELS or "（" in name or "(" in name or len(name) > 60:
        return [(start, end)]
    for match in re.finditer(
        rf"局(?={level}[\u4e00-\u9fff]{{2,16}}(?<![分支大中])(?:局|委|办|办公室|中心)$)", name
    ):
        if looks_like_body(name[: match.end()]) and looks_like_body(name[match.end() :]):
            return [(start, start + match.end()), *_unglue(text, start + match.end(), end)]
    return [(start, end)]


def _parts(text: str, start: int, gap: re.Match[str]) -> bool:
    """Whether what could part two names does: not inside 发展和改革局, nor behind the number of a list."""
    if gap.group() in _JOINERS:
        return _joins_bodies(text, start, gap)
    if not gap.group():
        return True
    numbered = gap.end() - start <= 8 and _ITEM.fullmatch(text[start : gap.end()]) is not None
    return not numbered and not _broken_name(text, start, gap)


def _joins_bodies(text: str, start: int, gap: re.Match[str]) -> bool:
    """Whether 和, 及, 与 stands between two whole names: 区工信局和区商务局, 文化站和各村."""
    before = _TRAILING.sub("", squeeze(text[max(start, gap.start() - 2 * _LONGEST) : gap.start()]))
    behind = text[gap.end() : gap.end() + 2 * _LONGEST].lstrip()
    after = squeeze(re.split(r"[、，,；;/／\n 和及与]", behind, maxsplit=1)[0])
    after = _SUFFIX.sub("", _TRAILING.sub("", after))
    if not looks_like_body(before) or not looks_like_body(after):
        return False
    return after[0] in "各" or (after[0] in _LEVELS and before[0] in f"{after[0]}各★☆*")


def _broken_name(text: str, start: int, gap: re.Match[str]) -> bool:
    """Whether white space parts one name (broken over lines) rather than two."""
    if gap.group().strip():
        return False
    before = squeeze(text[max(start, gap.start() - 2 * _LONGEST) : gap.start()])
    behind = text[gap.end() : gap.end() + 2 * _LONGEST].lstrip()
    after = squeeze(re.split(r"[、，,；;/／\n ]", behind, maxsplit=1)[0])
    if not before or not after:
        return False
    if re.fullmatch(r"[（(].*", after):
        return _ITEM.match(after) is None
    if not looks_like_body(before + after):
        return False
    return not looks_like_body(before) or _FRAGMENT.fullmatch(after) is not None


def read_bodies(
    passage: Passage,
    *,
    default: Role = Role.UNSTATED,
    lead_first: bool = False,
    bold_leads: bool = False,
) -> tuple[Body, ...]:
    """Bodies of a department cell in printed order, each once, with the part that the cell marks.

    Marks: 牵头单位：/配合单位： before, 牵头/配合 or （牵头） behind, a star before, bold where
    ``bold_leads`` says that it marks the lead.
    """
    text = _open_brackets(passage.text)
    parts: list[tuple[int, int, Role | None]] = []
    for start, end, role in _labelled(text):
        parts += [(start + a, start + b, role) for a, b in _split(text[start:end])]
    found = [_read_one(text[a:b], role) for a, b, role in parts]
    gaps = [text[b : b + 1] for _, b, _ in parts]
    found = _spread_suffixes(found, gaps, [_leads_by_word(text[a:b]) for a, b, _ in parts])
    bold = [is_bold(passage, a, b) for a, b, _ in parts]
    if any(bold) and bold_leads:
        found = [(n, r or (Role.LEAD if m else Role.JOINT)) for (n, r), m in zip(found, bold, strict=True)]
    found = [(name, role) for name, role in found if name]
    if any(role is Role.LEAD for _, role in found):
        found = [(name, role or Role.JOINT) for name, role in found]
    elif default is Role.UNSTATED and any(role is Role.JOINT for _, role in found):
        found = [(name, role or Role.LEAD) for name, role in found]
    elif lead_first and default is Role.UNSTATED and not any(role for _, role in found):
        found = [(name, Role.JOINT if index else Role.LEAD) for index, (name, _) in enumerate(found)]
    bodies: dict[str, Body] = {}
    for name, role in found:
        bodies.setdefault(name, Body(name=name, role=role or default))
    return tuple(bodies.values())


def _open_brackets(text: str) -> str:
    """甲局（乙局、丙局配合） with the bracket as a list of its own; as long as before."""
    return _SUPPORT.sub(lambda match: f"，{match[1]} ", text)


def _labelled(text: str) -> list[tuple[int, int, Role | None]]:
    """Runs behind each 牵头单位：, 配合单位： with the part that it names; one run without labels."""
    labels = list(_LABEL.finditer(simplify(text)))
    runs: list[tuple[int, int, Role | None]] = []
    if not labels or labels[0].start() > 0:
        runs.append((0, labels[0].start() if labels else len(text), None))
    has_lead = any(label["lead"] for label in labels)
    for index, label in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(text)
        plain = label["joint"] and re.match(r"责任", label["joint"]) and not has_lead
        role = Role.LEAD if label["lead"] else Role.JOINT if label["joint"] and not plain else None
        runs.append((label.end(), end, role))
    return runs


def _read_one(text: str, role: Role | None) -> tuple[str, Role | None]:
    """Name and part of one piece of a list."""
    name = _ITEM.sub("", squeeze(text))
    if name[:1] and name[0] in _STARS:
        name, role = name.lstrip(_STARS), Role.LEAD
    elif name and name[-1] in _STARS:
        name, role = name.rstrip(_STARS), Role.LEAD
    mark = _MARK.search(simplify(name))
    if mark:
        name = name[: mark.start()] + name[mark.end() :]
        role = Role.LEAD if mark["lead"] else Role.JOINT
    suffix = _SUFFIX.search(simplify(_TRAILING.sub("", name)))
    if suffix and suffix.start() > 1:
        name = name[: suffix.start()]
        role = Role.LEAD if suffix["lead"] else Role.JOINT if suffix["joint"] else role
        if name.endswith("等"):
            name = name[:-1]
    return _TRAILING.sub("", name).strip(
        "：:·. ()（）"
        if name.count("(") + name.count("（") != name.count(")") + name.count("）")
        else "：:· "
    ), role


def _leads_by_word(text: str) -> bool:
    """Whether 牵头 stands behind the name, as a word of the sentence and not as a mark of this one body."""
    suffix = _SUFFIX.search(simplify(_TRAILING.sub("", squeeze(text))))
    return suffix is not None and suffix["lead"] is not None


def _spread_suffixes(
    found: list[tuple[str, Role | None]], gaps: list[str], led: list[bool]
) -> list[tuple[str, Role | None]]:
    """A、B牵头，C、D配合: the word behind the last of a list counts for all names since the comma before."""
    result = list(found)
    for index, (_, role) in enumerate(found):
        if role is not Role.JOINT and not led[index]:
            continue
        back = index - 1
        while back >= 0 and result[back][1] is None and gaps[back] in "、\n 和及与以":
            result[back] = (result[back][0], role)
            back -= 1
    return result


def body_kind(name: str) -> DepartmentKind:
    """What sort of body a name says it is."""
    name = simplify(name)
    if re.search(
        r"各|成员单位|(有关|相关|责任|主管|职能)(部门|单位|企业)|平台公司$|^(全区|市级|省级|区级|属地|其他)",
        name,
    ):
        return DepartmentKind.COLLECTIVE
    if re.search(r"(街道|街道办|街道办事处|办事处|镇|乡|镇政府|乡政府|人民政府)$", name):
        return DepartmentKind.SUBDISTRICT
    if re.search(r"(集团|公司|银行|分行|支行|厂|企业|城投|移动|联通|电信|铁塔)$", name):
        return DepartmentKind.COMPANY
    if re.search(r"(中心|医院|学校|学院|小学|中学|馆|研究院|研究所|基地)$", name):
        return DepartmentKind.INSTITUTION
    return DepartmentKind.BUREAU
