"""What the text of a cell looks like: done things, plans, a status word, a percentage, a date, a heading."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.ingest.layout.contacts import has_phone
from generator.ingest.layout.department_names import share_of_bodies
from generator.ingest.layout.heading_roles import ColumnRole
from generator.ingest.layout.row_numbers import is_number
from generator.ingest.layout.simplified_characters import simplify
from generator.ingest.layout.source_pieces import squeeze, visible

_DONE = re.compile(
    r"已|目前|截至|截止|上半年|[一二三四]季度(?!末前)|前三季度|\d月份|1[-—－至~]\d{1,2}月|累计|同比|组织|开展了|实现了|完成了|完成投资"
    r"|正在|召开|印发|启动|获批|完工|竣工|开工建设|暂未|尚未|未完成|全面完成|达到序时|按计划推进|有序推进中"
)
_FUTURE = re.compile(
    r"下一步|下步|将|继续|持续|加快|进一步|力争|确保|争取|计划|拟|督促|预计|跟进|尽快|下半年|推动|加强|强化|做好|适时"
)
_COMING = re.compile(
    r"\d{1,2}(?:月|日|号)(?:底|末|初|[上中下]旬)?(?:前|内|起)?[^，。；]{0,8}(?:完成|完工|竣工|建成|投用|投入|转入|通车|开|启|到位|出台|组织|验收)"
    r"|(?:年|季度|月)(?:底|末)?(?:前|内)|^(?:做好|抓好|抓紧|抢抓|安排|同步|推进|协调|组织|督促|开展|排好|加派|盯紧|对接|深化|优化|完善|落实|再)"
)
"""What has a day ahead, or opens with an order: coming, where nothing is said to be done."""
_PROBLEM = re.compile(
    r"困难|问题|不足|不够|缺口|缺乏|受限|受[^，。]{1,8}影响|难度|难以|尚未|滞后|缓慢|瓶颈|压力|制约|未到位|未批复|未落实|^(?:暂?无|没有)[。]?$"
)
_STATUS = re.compile(
    r"[（(]?(?:\d+[.、])?(?:已|提前|超额|全部|全面|基本|按期|正在|暂)?"
    r"(?:完成(?:年度|全年)?(?:目标|任务)*|完结|办结|销号|达标|超(?:序时)?进度|超序时(?:进度)?|进展较快|快于序时(?:进度)?|达(?:到)?(?:序时)?进度|达(?:到)?序时(?:进度)?"
    r"|按?序时(?:进度)?推进|正常(?:推进|进行)?|有序推进|顺利(?:推进)?|按(?:计划|期|时|进度)?推进|推进中|进行中|实施中|符合(?:时间节点|序时进度|进度)要求"
    r"|(?:欠|慢|滞后|落后|未达|低于)(?:序时)?(?:进度)?|未达序时(?:进度)?|进度(?:偏慢|滞后|缓慢|正常|超前)|推进(?:缓慢|滞后|中)|进展(?:缓慢|顺利|正常|滞后|较慢)|较为滞后|严重滞后|滞后"
    r"|未(?:启动|开工|完成|开始)|(?:暂|尚)未(?:启动|开工|完成)|其他|其它|年度指标|市尚未下达|指标尚未出报|绿灯?|红灯?|黄灯?|蓝灯?|[√✓✔×○●]|是|否|A|B|C|优秀|良好|一般|较差|在建|已开工|前期|竣工|投用|长期坚持)"
    r"(?:中)?[)）]?[。.]?"
)
_PERCENT = re.compile(r"[约达超]?\s*\d{1,4}(?:\.\d+)?\s*[%％](?:以上)?|\d(?:\.\d+)?|100|—|-|/|/")
_DEADLINE = re.compile(
    r".*(?:\d{1,2}月|年底|月底|季度|半年|年内|全年|长期|持续|常年|20\d\d年?|跨年|20\d\d[./-]\d{1,2}).*"
)
_NOTE = re.compile(
    r"(?:备?\s*注|说\s*明|附注?)\s*(?:[：:1-9一二三（(]|$)|填表|填报|制表|审核人|经办人|(?:主要|分管|单位)?(?:负责人|领导)(?:签[字名])?[：:]|联系(?:人|电话|方式)[：:]|统计(?:时间|口径)|数据(?:来源|截至)"
    r"|单位[：:]\s*(?:万|亿|个|[%％]|元)|[*※＊]\s*(?:注|为|加|标|表)|加[黑粗]|[（(]?以下空白"
)
_TOTAL = re.compile(r"[（(]?(?:合\s*计|总\s*计|小\s*计|共\s*计|汇\s*总)(?:数|项目?)?[)）]?(?:[：:（(\d].*)?")
_FURNITURE = re.compile(
    r"[-=_*~#·.。…—–－＝━─]{3,}|[—\-–－]\s*\d{1,3}\s*[—\-–－]|第\s*\d+\s*页.*|\d{1,3}\s*/\s*\d{1,3}|page\s*\d+.*"
    r"|【?字[号体](?:大小)?[：:]?.{0,12}|【?大\s*中\s*小】?|打印(?:本页|此页|文章)?|关闭(?:窗口|本页|页面)?|打印.{0,6}关闭.{0,6}"
    r"|分享(?:到.{0,20}|[：:].*)?|收藏(?:本页)?|.{0,12}扫[码一].{0,20}|.{0,8}微信扫一扫.*|来源[：:].{0,30}|信息来源.*"
    r"|(?:浏览|阅读|访问|点击)(?:次数|量|人次)?[：:].*|首页\s*[>＞»].*|您(?:现在|当前)?的?(?:所在)?位置.*|当前位置.*"
    r"|(?:发布|发文|成文|生成)(?:时间|日期|机构|单位)[：:].*|索\s*引\s*号.*|上一[篇条].*|下一[篇条].*"
    r"|[（(]?续(?:上)?表?\d*[)）]?|相关(?:文档|附件|链接|阅读).{0,20}|附件下载.*"
    r"|(?:责任)?(?:编辑|责编|校对|排版|监制|摄影|终审|初审|供稿|通讯员)[：:].{0,30}|.{0,8}(?:点个?“?(?:在看|赞)|关注我们).{0,20}"
    r"|版权所有.*|.*ICP备.*|此件(?:主动|依申请)?公开.*",
    re.IGNORECASE,
)


def is_status_word(text: str) -> bool:
    """Whether a cell says no more than a status."""
    return _STATUS.fullmatch(squeeze(simplify(text))) is not None


def is_percentage(text: str) -> bool:
    """Whether a cell says no more than a share."""
    return _PERCENT.fullmatch(squeeze(text)) is not None


def is_deadline(text: str) -> bool:
    """Whether a cell names a point in time and little more."""
    return visible(text) <= 24 and _DEADLINE.fullmatch(squeeze(text)) is not None


def is_total(text: str) -> bool:
    """Whether a row that begins so adds other rows up."""
    return _TOTAL.fullmatch(text.strip()) is not None and visible(text) <= 24


def is_note(text: str) -> bool:
    """Whether a row or paragraph that begins so explains the table."""
    return _NOTE.match(simplify(text).strip()) is not None


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page (page number, font size buttons), not to the table."""
    return _FURNITURE.fullmatch(text.strip()) is not None


def done_share(texts: list[str]) -> float:
    """Share (0-1) of texts that tell of things done or reported."""
    return sum(_DONE.search(simplify(t)) is not None for t in texts) / len(texts) if texts else 0.0


def future_share(texts: list[str]) -> float:
    """Share (0-1) of texts that speak of what is to come and open with it."""
    return sum(map(_is_coming, texts)) / len(texts) if texts else 0.0


def _is_coming(text: str) -> bool:
    plain = simplify(text)
    return _FUTURE.search(plain[:40]) is not None or (
        _COMING.search(plain) is not None and _DONE.search(plain) is None
    )


@lru_cache(maxsize=262144)
def fit_score(role: ColumnRole, text: str) -> float:
    """How well a cell's text fits a role: below -1 hardly, 0 neutral, above 1 well."""
    if not text.strip():
        return -1.0 if role is ColumnRole.TASK else 0.0
    size = visible(text)
    scorer = _SCORERS.get(role)
    return scorer(text, size) if scorer else 0.0


def _number(text: str, size: int) -> float:
    return 3.0 if is_number(text) else (-4.0 if size > 6 else -2.0)


def _bodies(text: str, size: int) -> float:
    share = share_of_bodies(text)
    if share >= 0.6:
        return 2.0
    if size > 40 or is_number(text) or has_phone(text):
        return -3.0
    if share < 0.3 and size > 6 and (_DONE.search(text) or re.search(r"\d|[。；;！]", text)):
        return -2.0
    return -1.0 if share < 0.3 else 0.0


def _contact(text: str, size: int) -> float:
    return 2.0 if has_phone(text) else (-2.0 if size > 40 or is_number(text) else -0.5)


def _short(text: str, size: int) -> float:
    del text
    return -2.5 if size > 60 else (-1.0 if size > 30 else 0.0)


def _deadline(text: str, size: int) -> float:
    return 1.5 if is_deadline(text) else (-2.5 if size > 40 else -0.8)


def _status(text: str, size: int) -> float:
    if is_status_word(text):
        return 2.0
    return -2.0 if size > 40 or is_percentage(text) else -0.5


def _completion(text: str, size: int) -> float:
    return 2.0 if is_percentage(text) else (-2.5 if size > 30 else -0.8)


def _prose(text: str, size: int) -> float:
    if is_number(text):
        return -1.0
    if share_of_bodies(text) >= 0.8 and size < 200:
        return -2.0
    return 0.5 if size >= 6 else 0.0


def _task(text: str, size: int) -> float:
    return (
        _prose(text, size)
        - (0.3 if done_share([text]) else 0.0)
        - (1.0 if text.strip() in ("同上", "无") else 0.0)
    )


def _progress(text: str, size: int) -> float:
    if size <= 8 and is_deadline(text) and not done_share([text]):
        return -1.2
    return _prose(text, size) + (0.7 if done_share([text]) else 0.0)


def _next_steps(text: str, size: int) -> float:
    problem = _PROBLEM.search(text) is not None and not future_share([text])
    return _prose(text, size) + (0.5 if future_share([text]) else 0.0) - (0.6 if problem else 0.0)


def _remarks(text: str, size: int) -> float:
    del size
    return 0.8 if _PROBLEM.search(text) and not future_share([text]) else 0.0


def _group(text: str, size: int) -> float:
    if size > 40 or re.search(r"[。；;]\s*$", text):
        return -3.0
    return -1.0 if is_number(text) else 0.5


def _leader(text: str, size: int) -> float:
    return -3.0 if size > 40 or is_number(text) else (0.5 if size <= 12 else 0.0)


_SCORERS = {
    ColumnRole.NUMBER: _number,
    ColumnRole.DEPARTMENT: _bodies,
    ColumnRole.LEAD: _bodies,
    ColumnRole.JOINT: _bodies,
    ColumnRole.CONTACT: _contact,
    ColumnRole.DEADLINE: _deadline,
    ColumnRole.STATUS: _status,
    ColumnRole.COMPLETION: _completion,
    ColumnRole.PROGRESS: _progress,
    ColumnRole.NEXT_STEPS: _next_steps,
    ColumnRole.TASK: _task,
    ColumnRole.GROUP: _group,
    ColumnRole.LEADER: _leader,
    ColumnRole.REMARKS: _remarks,
}
