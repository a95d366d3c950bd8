"""Names of places in running text: subdistricts, communities, schools, hospitals, parks, rivers, roads.

A name is what stands between a boundary (a sign, a number with its measure, a word of doing or of joining)
and an ending of the lexicon. What is only a sort of place (老旧小区) is none. Doubt leaves a name out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generator.language.lexicon import list_entries, list_words, load

_LONGEST = 12
"""Characters before an ending."""
_STEM = re.compile(r"[\u4e00-\u9fff]+")
_SIGN = re.compile(r"[A-Za-z0-9\u4e00-\u9fff]")
_JOIN = (
    "的|与|及|在|对|为|等|至|了|从|是|把|到|以|就|于|针对|围绕|依托|利用|其中|"
    "一步|关于|联合|配合|持续|积极|有序|加快|重点|做好|推广|深入|全面|进一步|争取|"
    "协调|指导|服务|保障|跟进|督促|督导|组织|发挥|会同|开展|举办|管理|包装|缓解|"
    "结合|借助|对接|挖掘|绿化|目前|正在|已完成|已|由|等旧|引导|汇报|拍摄|启动|走访|"
    "方面|项目|工作|紧盯|放大|压实|全区|加大|使|召开|形成|研究|两条|周边|辖区|规范|"
    "遴选|走进|连接|接|沿|经营|包括|含|另|公里|促进|串联|盯紧|增强|要求|完善|参加|"
    "跨|第二处|内容|每月|大力|常态化|提升|统筹|支持|办事处|街道|区水务局|集团|"
    "有限公司"
)
_GENERIC = re.compile(
    r"^(?:各|全|该|本|每|某|新|老旧?|旧|小|大|城|农|乡|示范|智慧|共建|口袋|古树|体育|主题|民办|中|多|一|两|三|千|"
    r"城中|断头|支|主干|次干|快速|环城|园区|普通|农村|机耕|剩余|综合|定点|山洪|入|公办|配套|中心|标准化|规范化|三级|自然|乡村|化|马|省|级|嵌入式|友好型|微业|幼|临|背|铁|道|市政|公|网|思|线|电|研学|转化|股权融资|集成电|内外|所涉|相关|部分|涉铁|"
    r"合设|城郊|小规模|特色|红色教育研学|优质研学|新建|年一贯制|九年一贯制|农贸|街|市级创业|整治|项目|参观|黑臭|新区)*$"
)
_ROAD = re.compile("(?<=..)[路街]")
_BAD = re.compile(
    r"[各每某该其哪些此进]|集成电|覆[盖蓋]|定点|自然$|公办$|窝$|线$|结算|儿童|剩余|中小学|省级|配套$|[道铁思美乡农]$|改革|集体|老旧|和美|试点|示范|友好|主题|活动|建设|提高|宣传|地块|智慧|部门|公园|四好"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A name of a place where it stands in a text."""

    name: str
    kind: str
    """Group of the lexicon: subdistrict, community, school, hospital, park, river, road."""
    start: int
    end: int


@cache
def _endings() -> re.Pattern[str]:
    """Any ending, the longest first, with its guards."""
    entries = sorted(list_entries("places"), key=lambda entry: -len(entry.word))
    return re.compile("|".join(entry.pattern for entry in entries))


@cache
def _kinds() -> dict[str, str]:
    return {entry.word: kind for kind, entries in load("places").items() for entry in entries}


@cache
def _roads() -> tuple[str, ...]:
    """Endings of roads; 街道 is none."""
    return tuple(word for word, kind in _kinds().items() if kind == "road")


@cache
def _boundaries() -> re.Pattern[str]:
    """What cannot stand in a name: a number with its measure, a word of doing, a word of joining."""
    words = sorted({*list_words("verbs", "doing"), *_JOIN.split("|")}, key=lambda word: -len(word))
    measure = r"[0-9]+余?[个处条家所座名月日年期次]|[一二三四五六七八九十]+余?[个处条家座]|片区(?=.)"
    joined = "和(?![平阳谐睦悦泰顺兴瑞])|将(?!军)"
    return re.compile(f"{measure}|{joined}|{'|'.join(map(re.escape, words))}")


def find_places(text: str) -> Iterator[PlaceName]:
    """Names of places in their order: 推动舜耕路、二环南路等 → 舜耕路, 二环南路."""
    done = 0
    for match in _endings().finditer(text):
        ending, end = match.span()
        if ending < done:
            continue
        start = _name_start(text, max(done, ending - _LONGEST), ending)
        stem = text[start:ending]
        if _is_name(stem) and (len(stem) > 1 or match[0] != "村"):
            done = end
            yield PlaceName(name=text[start:end], kind=_kinds()[match[0]], start=start, end=end)


def _name_start(text: str, floor: int, ending: int) -> int:
    """Where the name before an ending begins: 推动舜耕路, 0, 4 → 2."""
    start = ending
    while start > floor and _SIGN.match(text[start - 1]):
        start -= 1
    start = max((found.end() for found in _boundaries().finditer(text[:ending], start)), default=start)
    if text[ending:].startswith(_roads()):
        start = max((found.end() for found in _ROAD.finditer(text[:ending], start)), default=start)
    while start < ending and text[start].isdigit():
        start += 1
    return start


def _is_name(stem: str) -> bool:
    han = "".join(_STEM.findall(stem))
    return bool(han) and len(stem) <= 10 and not _GENERIC.fullmatch(stem) and not _BAD.search(stem)
