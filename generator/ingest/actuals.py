"""Reported numbers that answer a target: matched by what is counted, when, and how far it got.

Precision comes before recall. A number is taken only when the thing counted, the unit, the time and the
stage all agree with the target; a near miss becomes a candidate for a person, everything else is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from generator.ingest.candidates import Candidate, Confidence
from generator.ingest.phrases import ACTIONS, Phrase, actions, normal, opens_with_verb, trim, words
from generator.ingest.reports import Reach, Report, read_reports
from generator.ingest.targets import find_promises
from generator.model import Actual, Basis, Comparator, Period, Target, TargetKind
from generator.outline import Part, PartKind, parse_outline, walk
from generator.quantities import comparable, ratio, to_base

_STAGES = words(
    "储备 谋划 策划 包装 申报 上报 推荐 提报 拟 选址 选取 选定 遴选 筛选 征集 意向 对接 洽谈 摸排 "
    "摸底 排查 计划 预计 需求 "
    "招标 采购 设计 审核 评审 公示 筹备 论证 备案 立项 申请 启动 开工 动工 在建 正在 正有序 正积极 "
    "施工 进场 合作协议 框架协议 "
    "签订协议 签约 签署 检查 督导 走访 调研 指导 围绕 聚焦 针对 力争 争取 年底前 剩余 其余 还有 尚 "
    "基本 缺口 取消 退出 注销 "
    "较去年 较上年 比上年 比去年 较年初 同比 环比 平均 高于 低于 快于 可新增 可实现 预期 挂网 编制 "
    "方案 初审 初步建成 初步完成 "
    "试点 在库 移交 租赁合同 推进 培育库 拆迁 清表 宣传 参加 参与 邀请 组织 发动 动员 联系 惠及 覆盖 "
    "涉及 下达 分解 任务 其中 "
    "建设中 续签 排名 位列 位居 参训 报名 受理 申领 核查 投诉 提供 开展"
)
_STAGE = re.compile(
    "|".join(sorted(map(re.escape, _STAGES), key=len, reverse=True))
    + r"|(?<![接招等优])待(?![遇业])|未(?!来|成年|就业)|将(?!军)"
    + r"|(?<!市场)(?<!经营)(?<!创新)(?<!责任)主体|部分"
)
_SOFT = frozenset(words("基本 预计 可实现 其中 在库 推进 组织 参与 覆盖 惠及 部分 移交 提供 开展"))
"""Stages that only make a match doubtful."""
_DONE = re.compile(
    r"已|完成|建成|建起|新增|新建|引进|新培育|培育|落地|获批|获评|实现|达到|达|累计|共(?!建|享|同)"
    r"|投用|投入使用|竣工|完工|交付|发放|通过"
    r"|创成|新设|新入|成立|开通|增加|整治|拆除|修复|安置|认定|新开|兑现|拨付|到位|签约"
)
_TOTAL = re.compile(r"累计|总共|共计|合计|全部|总计|共(?!同|建|享|有关)")
_GROWTH_BEFORE = re.compile(
    r"(?:同比)?(?:增长|增速|增幅|增加|提高|提升|上升|下降|降低|减少|下滑|回落|压减|压缩|缩短|压降|减|降|增)(?:率|幅度|速度)?"
    r"(?:了|约|为|达|达到|近|超|超过|幅|率|实现|：|:)*\s?$|同比\s?$"
)
_GROWTH_TAIL = re.compile(
    r"(?:，|,|、|\s|较上年同期|比上年同期|较去年同期|比去年同期|较上年|比上年|同比|实现|名义|可比|按可比价格计算|预计|增长|增速|增幅|增加|提高|提升|上升|下降|降低|减少"
    r"|下滑|回落|压减|压缩|缩短|压降|率|了|约|为|达到|达|近|超过|超|幅|：|:)+$"
)
_CHAIN = re.compile(r"环比|两年平均|高于|快于|低于|快|贡献|拉动|占比|较一季度|较上月|目标|力争|计划|预计全年")
_SHARE_NOUN = re.compile(r"^(?:占比|比重|比例|占|率|完成率|占有率)$")
_MEASURE_NOUN = re.compile(r"^(?:总?面积|总?金额|总额|资金|规模|总?长度|总?里程|总?投资|数量|价值|额度)$")
_GENERIC = frozenset(
    words(
        "项目 企业 工程 活动 设施 机构 人才 资金 投资 平台 基地 服务 任务 品牌 人 片区 村 土地 面积 "
        "重点项目 产业项目 会议 小区 道路 "
        "学校 公园 重大项目 岗位 收入 产值 销售额 用地 贷款 基金 问题 隐患 村庄 社区 群众 居民 点位 街道 "
        "案件 车辆 政策 场地 规模 "
        "总投资 产业 载体 园区 主体 市场主体 经营主体 用户 住房 床位 完成投资 在库项目 落地项目 在建项目 "
        "新建项目 续建项目 储备项目"
    )
)
_GENERIC_OF_SIZE = re.compile(r"[十百千\d.]*[万亿]元级(?:项目|企业|产业项目|投资项目)?")
_ALL_DONE = re.compile(
    r"(?:均|全部|都)(?:已|已经)?(?:全部|顺利|按期|高质量|提前)?(?:建设|改造|提升|整治|创建)?(?:完成|建成|完工|竣工|投用|投入使用|建成投用)(?!后|设计|招标|选址|方案|前期|主体|备案|立项|进场|审批)"
)
_STATED = re.compile(
    r"(?:完成|占|达到?|实现|为)[^，,。；;%％\d]{0,6}(?:全年|年度|年初|年|目标|任务|计划)[^，,。；;%％]{0,18}?(?P<a>\d+(?:\.\d+)?)[%％]"
    r"|(?:任务|目标|年度目标)?完成(?:率|比例)(?:为|达到?|约)?(?P<b>\d+(?:\.\d+)?)[%％]"
    r"|(?:占|完成)(?:全年|年度)?(?:任务|目标|计划)(?:任务|数|量)?的?(?P<c>\d+(?:\.\d+)?)[%％]"
)
_RANKS = re.compile(r"国家级|省级|市级|区级|县级|镇级|国家|\d?A级|[一二三四五]星级?|规上|限上|民营|公办|民办")
_MUCH = Fraction(3)
"""Times the target beyond which a figure is hardly its answer."""
_TOO_MUCH = "比目标大得多"
_CLOSE = Fraction(3, 100)
"""Largest difference between a stated share and the computed one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A report that may answer a target."""

    report: Report
    grade: int
    """3 the same words, 2 the same thing in shorter words or under its heading, 1 perhaps."""
    doubts: tuple[str, ...]
    basis: Basis
    value: Decimal
    span: tuple[int, int]


def read_actuals(
    targets: tuple[Target, ...],
    progress: str,
    *,
    period: Period,
    commitment: str = "",
    departments: Collection[str] = (),
) -> tuple[tuple[Actual, ...], tuple[Candidate, ...]]:
    """Actuals of ``progress`` in order of the targets (at most one each), and what needs a person.

    ``commitment`` is the text the targets were read from; ``departments`` are names that may open a part.
    """
    reports = read_reports(progress, period, departments)
    wider = _wider_areas(departments)
    actuals: list[Actual] = []
    candidates: list[Candidate] = []
    for target in targets:
        if target.kind is TargetKind.SCOPE:
            continue
        found = [m for report in reports if (m := _match(target, report, targets, commitment)) is not None]
        found = _doubt_wider(_drop_bases(target, found), wider)
        best = _choose(found)
        if best is None and not found:
            whole = _read_whole(target, targets, progress, departments)
            if whole is not None:
                actuals.append(whole)
        elif isinstance(best, _Match):
            actuals.append(_make_actual(target, best, progress))
        else:
            candidates += _make_candidates(target, found, progress)
    return tuple(actuals), tuple(candidates)


def _wider_areas(departments: Collection[str]) -> re.Pattern[str] | None:
    """Words for an area that is wider than the place whose bodies these are; None where it is not clear."""
    first = Counter(name[0] for name in departments if name[:1] in ("区", "县", "旗", "市"))
    own = first.most_common(1)[0][0] if first else ""
    if own == "":
        return None
    return re.compile(r"全国|全省|我省" if own == "市" else r"全国|全省|我省|全市|我市")


def _doubt_wider(found: list[_Match], wider: re.Pattern[str] | None) -> list[_Match]:
    """A figure of the whole city is not the district's."""
    if wider is None:
        return found
    doubt = "说的可能是全市或全省的数"
    return [
        replace(m, doubts=(*m.doubts, doubt)) if wider.search(m.report.phrase.clause) else m for m in found
    ]


def _drop_bases(target: Target, found: list[_Match]) -> list[_Match]:
    """Without the target's own number where a smaller one follows in its clause (10件实事已完成4件)."""
    goal = to_base(target.value, target.unit)
    return [
        m
        for m in found
        if to_base(*_printed(m)) != goal
        or not any(
            other.report.phrase.clause_start == m.report.phrase.clause_start
            and other.report.phrase.mention.start > m.report.phrase.mention.start
            and to_base(*_printed(other)) < goal
            for other in found
        )
    ]


def _printed(match: _Match) -> tuple[Decimal, str]:
    quantity = match.report.phrase.mention.quantity
    return quantity.value, quantity.unit


def _match(target: Target, report: Report, targets: tuple[Target, ...], commitment: str) -> _Match | None:
    """The report as an answer to the target; None when it clearly is none."""
    quantity = report.phrase.mention.quantity
    if not comparable(quantity.unit, target.unit) or quantity.value_max is not None:
        return None
    if report.restated or report.share or report.reach is Reach.OTHER:
        return None
    if target.kind is TargetKind.GROWTH:
        return _match_growth(target, report)
    if quantity.unit in ("%", "％") and _GROWTH_BEFORE.search(_clause_before(report.phrase)):
        return None
    if target.kind is TargetKind.LEVEL:
        return _match_level(target, report)
    return _match_count(target, report, targets, commitment)


def _clause_before(phrase: Phrase) -> str:
    return phrase.text[phrase.clause_start : phrase.mention.start]


# -- growth and levels ------------------------------------------------------------------------------------


def _match_growth(target: Target, report: Report) -> _Match | None:
    phrase = report.phrase
    words = _clause_before(phrase)
    if not _GROWTH_BEFORE.search(words) or _CHAIN.search(words):
        return None
    subject, start = _subject(report, _GROWTH_TAIL)
    grade = _same_subject(_growth_core(target), subject)
    if grade == 0:
        return None
    value = phrase.mention.quantity.value
    falling = re.search(r"下降|降低|减少|压减|压缩|缩短|削减|压降", target.quote) is not None
    if phrase.mention.falls != falling:
        value = -value
    return _rate_match(report, grade, Basis.GROWTH, value, start)


def _growth_core(target: Target) -> str:
    return trim(_GROWTH_TAIL.sub("", normal(target.metric)))


def _match_level(target: Target, report: Report) -> _Match | None:
    subject, start = _subject(
        report,
        re.compile(r"(?:为|达到|达|是|约|超过|保持在?|稳定在?|提升至|提高到|：|:|\s|连续[^，。]{1,4}年)+$"),
    )
    wanted = trim(normal(target.metric))
    grade = _same_subject(wanted, subject)
    if grade == 0:
        return None
    return _rate_match(report, grade, Basis.LEVEL, report.phrase.mention.quantity.value, start)


def _rate_match(report: Report, grade: int, basis: Basis, value: Decimal, start: int) -> _Match:
    doubts: tuple[str, ...] = () if grade >= 2 else ("指标的名称与目标不完全一致",)
    if report.reach is Reach.QUARTER:
        doubts += ("只是当季或当月的数",)
    return _Match(
        report=report,
        grade=grade,
        doubts=doubts,
        basis=basis,
        value=value,
        span=(start, report.phrase.mention.end),
    )


def _subject(report: Report, tail: re.Pattern[str]) -> tuple[str, int]:
    """The indicator a rate belongs to, and where its words start: own clause, else the clause before it."""
    phrase = report.phrase
    text, start = phrase.text, phrase.item_start
    own = trim(normal(tail.sub("", _without_time(text[start : phrase.mention.start]))))
    if own and not _SHARE_NOUN.match(own):
        return own, start
    lead = trim(normal(_up_to_number(_without_time(text[phrase.clause_start : start]))))
    if lead:
        return lead + own, phrase.clause_start
    at = phrase.clause_start - 1
    while at > report.sentence[0]:
        earlier = max(report.sentence[0], _clause_start(text, at))
        words = trim(normal(tail.sub("", _up_to_number(_without_time(text[earlier:at])))))
        if words:
            return words + own, earlier
        at = earlier - 1
    return own, start


_TIME_WORDS = re.compile(
    r"^\s*(?:截[至止][^，,。；;]{0,12}?(?:季度末|月底|月末|日|目前|年底|季度|月份?)|20\d\d年|\d{1,2}(?:[-—–~～至]\d{1,2})?月份?|[一二三四]季度|上半年|今年以来|目前|今年|其中)+[，,]?"
)


def _without_time(text: str) -> str:
    return _TIME_WORDS.sub("", text)


def _clause_start(text: str, at: int) -> int:
    while at > 0 and text[at - 1] not in "，,。；;：:！!？?\n（(）)":
        at -= 1
    return at


def _up_to_number(text: str) -> str:
    match = re.search(r"\d", text)
    return text[: match.start()] if match else text


def _same_subject(wanted: str, subject: str) -> int:
    """3 the same, 2 the reported one shorter by a few words at its head, 1 one holds the other."""
    if not wanted or not subject:
        return 0
    if wanted == subject:
        return 3
    if wanted.endswith(subject) and len(subject) >= 4 and len(wanted) - len(subject) <= 3:
        return 2
    return 1 if (len(wanted) >= 4 and wanted in subject) or (len(subject) >= 4 and subject in wanted) else 0


# -- counts and amounts -----------------------------------------------------------------------------------


def _match_count(
    target: Target, report: Report, targets: tuple[Target, ...], commitment: str
) -> _Match | None:
    phrase = report.phrase
    grade = _grade_thing(target, report, targets, _clauses_before(target, commitment))
    if grade == 0:
        return None
    doubts = [*_stage_doubts(target, phrase), *_value_doubts(target, report)]
    if report.part and "其中" not in target.quote and not doubts:
        doubts.append("写的是“其中”，不一定是全部")
    if not _same_work(target, report, targets):
        doubts.append("做的事与目标不同或没有写明")
    elif _is_generic(target) and not _shares_context(target, report, targets, commitment):
        doubts.append("数的东西说得太笼统")
    if not _is_done(target, phrase) and not (grade == 3 and report.dated):
        doubts.append("没有写明已经完成")
    if target.kind is TargetKind.STOCK and not _is_stock(phrase):
        doubts.append("目标是总量，这里不一定是总量")
    if grade == 1:
        doubts.append("数的东西与目标不完全一致")
    basis = Basis.QUARTER if report.reach is Reach.QUARTER else Basis.YEAR_TO_DATE
    if target.kind is TargetKind.STOCK and basis is Basis.YEAR_TO_DATE:
        basis = Basis.STOCK
    return _Match(
        report=report,
        grade=grade,
        doubts=tuple(dict.fromkeys(doubts)),
        basis=basis,
        value=phrase.mention.quantity.value,
        span=(max(report.sentence[0], _count_span(phrase)[0]), _count_span(phrase)[1]),
    )


def _clauses_before(target: Target, commitment: str) -> str:
    """Words of the commitment's sentence before the target."""
    at = commitment.find(target.quote)
    return normal(re.split(r"[。；;]", commitment[max(0, at - 80) : at])[-1]) if at >= 0 else ""


def _grade_thing(target: Target, report: Report, targets: tuple[Target, ...], context: str) -> int:
    """How well what is counted agrees: 3 the same, 2 in fewer words or by its heading, 1 perhaps, 0 no."""
    phrase = report.phrase
    wanted = _thing(target)
    nouns = _nouns(phrase)
    grade = max(
        (_grade_noun(wanted, noun, target, phrase.number_first, context) for noun in nouns), default=0
    )
    if grade >= 2:
        return grade
    label = next((label for label in reversed(report.labels) if _names(label, target, targets)), None)
    if label is None:
        return grade
    bare = all(len(trim(normal(noun))) <= 1 for noun in nouns)
    shared = any(_share_pair(normal(target.metric), normal(noun)) for noun in nouns)
    return 2 if bare or shared else grade


def _thing(target: Target) -> str:
    """What the target counts, without verbs at its ends."""
    return trim(normal(target.metric)) or normal(target.metric)


def _nouns(phrase: Phrase) -> list[str]:
    """Words that may name what is counted, raw: behind the number, or before it."""
    if phrase.number_first:
        return [phrase.after]
    before = phrase.before
    if _MEASURE_NOUN.match(trim(normal(before))) and phrase.lead:
        return [_up_to_number(phrase.lead) + trim(before)]
    if _is_bare(phrase):
        earlier = _clause_start(phrase.text, phrase.clause_start - 1) if phrase.clause_start else 0
        clause_before = phrase.text[earlier : max(earlier, phrase.clause_start - 1)]
        return [_up_to_number(phrase.lead) or _up_to_number(clause_before)]
    return [before]


def _grade_noun(wanted: str, noun: str, target: Target, number_first: bool, context: str) -> int:
    """Compare thing and noun: the noun must end (or begin, behind a number) with the thing."""
    given = normal(_without_time(noun))
    at = given.rfind(wanted)
    quoted = f"“{wanted.rstrip('改造工程建设')}”" in target.quote
    if at >= 0:
        rest, behind = _qualifier(given[:at]), given[at + len(wanted) :]
        if not _is_thing_tail(behind, number_first):
            return 1
        if not rest or quoted:
            return 3
        return 2 if len(rest) >= 4 and rest in context else 1
    for size in range(len(wanted) - 1, max(2, (len(wanted) + 1) // 2) - 1, -1):
        tail = wanted[-size:]
        at = given.rfind(tail)
        if at < 0:
            continue
        lost = set(_RANKS.findall(wanted[:-size])) - set(_RANKS.findall(given))
        rest, behind = _qualifier(given[:at]), given[at + size :]
        if not rest and _is_thing_tail(behind, number_first) and not lost and tail not in _GENERIC:
            return 2
        return 1
    if wanted.startswith(given) and len(given) >= 3:
        return 1
    return 0


_TAIL_NOUN = re.compile(
    r"(?:项目|工程|工作|建设|改造|任务|等|数|数量|总数|指标|总额|金额|规模)?(?:指标|任务)?"
)


def _is_thing_tail(behind: str, number_first: bool) -> bool:
    """Whether nothing but what became of the thing follows it."""
    rest = trim(behind)
    if rest == "" or _TAIL_NOUN.fullmatch(rest):
        return True
    return number_first and opens_with_verb(behind)


_BREAK = re.compile(r"[等的]|以上|以下|级")


def _qualifier(text: str) -> str:
    """Words right before the thing that narrow it: behind the last verb, 等 or 的."""
    cut = 0
    for match in _BREAK.finditer(text):
        cut = match.end()
    return trim(_last_run(text[cut:]))


def _last_run(text: str) -> str:
    from_verb = 0
    for verb in sorted(actions(text), key=len):
        from_verb = max(from_verb, text.rfind(verb) + len(verb))
    return text[from_verb:]


def _names(label: str, target: Target, targets: tuple[Target, ...]) -> bool:
    """Whether a part's label names this target better than every other of a comparable unit."""
    own = _label_fit(label, target)
    others = (_label_fit(label, t) for t in targets if t != target and comparable(t.unit, target.unit))
    return own > 0 and own > max(others, default=0)


def _label_fit(label: str, target: Target) -> int:
    """3 the label is the target's thing, 2 it holds it, 1 it is held by it, 0 neither."""
    words = re.sub(r"(?:方面|工作|情况|项目)$", "", normal(label.strip()))
    words = re.sub(r"[\d.一二三四五六七八九十—～-]+[^\d]{1,3}$", "", words)
    metric, thing = normal(target.metric), _thing(target)
    if len(words) < 2:
        return 0
    if words == metric or (trim(words) == thing and _verbs(words) <= _verbs(metric) | _verbs(target.quote)):
        return 3
    if thing in words:
        return 2
    return 1 if words in metric or (len(trim(words)) >= 2 and trim(words) in metric) else 0


def _share_pair(first: str, second: str) -> bool:
    return any(first[i : i + 2] in second for i in range(len(first) - 1))


def _is_generic(target: Target) -> bool:
    """Whether the thing is so common that the words around must agree as well."""
    thing = _thing(target)
    return len(thing) <= 1 or thing in _GENERIC or _GENERIC_OF_SIZE.fullmatch(thing) is not None


_VERBS_OF_ALL = frozenset(
    words(
        "完成 实现 新增 推进 推动 加快 开展 实施 组织 提升 服务 保障 支持 引导 建立 增加 通过 加强 深化 "
        "发展 安排"
    )
)
_SAME_WORK = tuple(
    frozenset(words(group))
    for group in (
        "新建 建成 建设 打造 创建 改扩建 新改建 新改扩建 新建改建 建造 修建 改建 扩建 续建 共建 建成投用 "
        "投用 投入使用 竣工 完工 交付 "
        "设立 新设 组建 成立 布设 布局 配建 安装 铺设 敷设 加装 筹建 创成 投产 开通",
        "引进 引入 招引 引育 落地 落户 吸引 集聚 签约",
        "培育 认定 获评 获批 创成 入库 申报 升规 纳统 选树 评选",
        "改造 更新 整治 治理 修复 优化 升级 维修 整修 硬化 亮化 美化 绿化 清淤 疏浚 投用 竣工 完工 建成",
        "争取 获批 到位 筹集 募集",
        "发放 兑现 拨付 投放",
        "举办 承办 承接 开展",
        "征收 征迁 拆迁 拆除 腾退",
        "收储 储备 入库",
        "出让 供应 供地",
        "栽植 种植 造林 绿化 播种",
        "救助 帮扶 资助 惠及",
        "储备 谋划 策划",
        "筹集 配租 配售 建设 建成 新建",
        "化解 办结 解决 整改 消化",
        "吸纳 安置 招聘",
    )
)


def _verbs(text: str) -> frozenset[str]:
    """Verbs that tell one work from another; 新培育 is 培育."""
    found = {verb[1:] if verb[0] == "新" and verb[1:] in ACTIONS else verb for verb in actions(text)}
    return frozenset(found) - _VERBS_OF_ALL


def _said(phrase: Phrase, thing: str) -> str:
    """Words that say what is done with the thing: before the number, and behind the thing."""
    text = phrase.text
    before = phrase.lead + phrase.before
    if not phrase.number_first:
        return before + _behind(phrase)
    behind = _behind(phrase)
    at = normal(behind).find(thing)
    return before + (normal(behind)[at + len(thing) :] if at >= 0 else behind) if text else before


def _behind(phrase: Phrase) -> str:
    """Words behind the number up to the end of its clause, over a bracket that stands in the way."""
    text, end = phrase.text, phrase.clause_end
    behind = text[phrase.mention.end : phrase.item_end]
    if phrase.item_end >= end and text[end : end + 1] in ("（", "("):
        close = min((at for mark in "）)" if (at := text.find(mark, end, end + 80)) >= 0), default=-1)
        if close >= 0:
            following = re.compile(r"[^，,。；;、\n]*").match(text, close + 1)
            behind += following[0] if following else ""
    return behind


def _same_work(target: Target, report: Report, targets: tuple[Target, ...]) -> bool:
    """Whether the verbs agree: the same or one of its kind; a missing one agrees when the thing is clear."""
    phrase = report.phrase
    wanted, given = _verbs(target.metric + target.quote), _verbs(_said(phrase, _thing(target)))
    if wanted & given or any(group & wanted and group & given for group in _SAME_WORK):
        return True
    if any(_names(label, target, targets) for label in report.labels):
        return True
    if not wanted or not given:
        return not _is_generic(target) or not wanted
    return False


def _shares_context(target: Target, report: Report, targets: tuple[Target, ...], commitment: str) -> bool:
    """Whether a common word (项目) is told apart by its heading, its verb, or words of the clause before."""
    start, end = report.sentence
    text, phrase = report.phrase.text, report.phrase
    said = normal(text[max(start, phrase.mention.start - 200) : min(end, phrase.item_end)])
    metric = normal(target.metric)
    lead = metric[: max(0, metric.find(_thing(target)))]
    whole = next((word for word in (lead, metric) if len(word) >= 4 and word in said), None)
    if whole or any(_names(label, target, targets) for label in report.labels):
        return True
    around = _clauses_before(target, commitment)
    return len(around) < 4 or any(around[i : i + 4] in said for i in range(len(around) - 3))


def _stage_doubts(target: Target, phrase: Phrase) -> list[str]:
    """Words around the number that name another stage than the target's."""
    thing = _thing(target)
    said = normal(_said(phrase, thing) + _rest_of_clause(phrase)).replace(thing, "")
    own = normal(target.metric + target.quote)
    found = [stage for stage in dict.fromkeys(_STAGE.findall(said)) if stage not in own]
    if "净" in own and "净" not in said:
        return ["目标是净增数，这里不一定是"]
    hard = [stage for stage in found if stage not in _SOFT]
    return [f"写的是“{stage}”，不一定是完成" for stage in (hard or found)[:1]]


def _rest_of_clause(phrase: Phrase) -> str:
    """Words behind the item up to the end of the clause, unless another number begins there."""
    rest = phrase.text[phrase.item_end : phrase.clause_end]
    return "" if re.search(r"\d", rest) else rest


def _value_doubts(target: Target, report: Report) -> list[str]:
    phrase = report.phrase
    quantity = phrase.mention.quantity
    doubts = []
    if target.value > 0:
        reached = ratio(quantity.value, quantity.unit, target.value, target.unit)
        stated = _stated(report, phrase.text)
        if reached > _MUCH:
            doubts.append(_TOO_MUCH)
        if stated is not None and abs(Fraction(stated) - reached) > _CLOSE:
            doubts.append("文中写明的完成比例与数字不符")
    if phrase.text[phrase.item_start : phrase.mention.end].strip() == target.quote and not re.search(
        r"均|全部|已", phrase.lead + phrase.before + phrase.after
    ):
        doubts.append("只是重复了目标")
    return doubts


def _is_done(target: Target, phrase: Phrase) -> bool:
    said = _said(phrase, _thing(target))
    if _DONE.search(said) or _verbs(target.quote) & _verbs(said):
        return True
    earlier = _clause_start(phrase.text, phrase.clause_start - 1) if phrase.clause_start else 0
    return bool(
        _DONE.search(phrase.text[earlier : phrase.clause_start])
        and not _STAGE.search(phrase.text[earlier : phrase.clause_start])
    )


_STOCK_WORDS = re.compile(
    r"累计|总量|总数|共有|达到|达|现有|全区|全县|全市|拥有|已建|建成|余额|保有|存栏|在库"
)
_NEW = re.compile(r"新(?:增|认定|培育|建|引进|获|入库|入|开|设|签|评|谋划|提报|发展)|净增")


def _is_stock(phrase: Phrase) -> bool:
    said = phrase.lead + phrase.before + phrase.after
    return _STOCK_WORDS.search(said) is not None and _NEW.search(said) is None


def _count_span(phrase: Phrase) -> tuple[int, int]:
    """The words to quote: the clause up to the number or what became of it, with the clause it leans on."""
    start = phrase.clause_start if phrase.lead else phrase.item_start
    if not phrase.number_first and not phrase.lead and _is_bare(phrase):
        start = _clause_start(phrase.text, phrase.clause_start - 1) if phrase.clause_start else 0
    short = phrase.item_end - phrase.mention.end <= 6
    return start, phrase.item_end if phrase.number_first or short else phrase.mention.end


def _is_bare(phrase: Phrase) -> bool:
    """Whether the item does not say itself what it counts (完工5处)."""
    return trim(normal(_without_time(phrase.before))) == ""


# -- choosing ---------------------------------------------------------------------------------------------


def _choose(found: list[_Match]) -> _Match | None:
    """The one match without doubt; None where there is none or several disagree."""
    sure = [match for match in found if not match.doubts and match.grade >= 2]
    yearly = [match for match in sure if match.basis is not Basis.QUARTER]
    if yearly:
        sure = yearly
        rivals = [
            m
            for m in found
            if m.grade >= 2 and m.basis is not Basis.QUARTER and m not in sure and _TOO_MUCH not in m.doubts
        ]
        if any(_TOTAL.search(m.report.phrase.before) for m in rivals) and not any(
            _TOTAL.search(m.report.phrase.before + m.report.phrase.after) for m in sure
        ):
            return None
    elif any(m.basis is not Basis.QUARTER and m.grade >= 1 and not _is_hard(m) for m in found):
        return None
    for narrow in (_best_grade, _totals):
        values = {(m.value, m.report.phrase.mention.quantity.unit) for m in sure}
        if len(values) > 1:
            sure = narrow(sure) or sure
    values = {(m.value, m.report.phrase.mention.quantity.unit) for m in sure}
    return sure[0] if len(values) == 1 else None


def _is_hard(match: _Match) -> bool:
    """Whether the doubt is that it is another stage: no rival then."""
    return any(doubt.startswith(("写的是", "做的事")) for doubt in match.doubts)


def _best_grade(matches: list[_Match]) -> list[_Match]:
    best = max(match.grade for match in matches)
    return [match for match in matches if match.grade == best]


def _totals(matches: list[_Match]) -> list[_Match]:
    return [
        m
        for m in matches
        if _TOTAL.search(m.report.phrase.lead + m.report.phrase.before + m.report.phrase.after)
    ]


def _make_actual(target: Target, match: _Match, progress: str) -> Actual:
    start, end = _tidy(progress, *match.span)
    return Actual(
        target=target.id,
        value=match.value,
        unit=match.report.phrase.mention.quantity.unit,
        basis=match.basis,
        quotes=(progress[start:end],),
        stated_completion=_stated(match.report, progress),
    )


def _tidy(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "，,。；;、"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，,。；;、"):
        end -= 1
    return start, end


def _stated(report: Report, progress: str) -> Decimal | None:
    """Share of the goal that the text states right behind the number, before the sentence ends."""
    behind = progress[report.phrase.mention.end : min(report.sentence[1], report.phrase.mention.end + 60)]
    match = _STATED.search(behind)
    if match is None:
        return None
    return (Decimal(match["a"] or match["b"] or match["c"]) / 100).normalize()


def _make_candidates(target: Target, found: list[_Match], progress: str) -> list[Candidate]:
    candidates = []
    for match in found:
        if match.grade < 2 and len(match.doubts) > 2:
            continue
        start, end = _tidy(progress, *match.span)
        reason = "；".join(match.doubts) or "有几个不同的数，不能确定是哪一个"
        candidates.append(
            Candidate(
                proposal=_make_actual(target, match, progress),
                spans=((start, end),),
                reason=reason,
                confidence=Confidence.LIKELY
                if match.grade >= 2 and len(match.doubts) <= 1
                else Confidence.UNSURE,
            )
        )
    return candidates


# -- whole targets ----------------------------------------------------------------------------------------


def _read_whole(
    target: Target, targets: tuple[Target, ...], progress: str, departments: Collection[str]
) -> Actual | None:
    """“新建公园2处：……均已建设完成” reports the whole target: the heading names it, the words close it."""
    if target.kind not in (TargetKind.COUNT, TargetKind.AMOUNT) or target.comparator is Comparator.AT_MOST:
        return None
    for part in walk(parse_outline(progress, departments).parts):
        if part.kind in (PartKind.HEADING, PartKind.SUBHEADING) and _label_promises(
            part.label, target, targets
        ):
            return _whole_of(part, target, progress)
    return None


def _label_promises(label: str, target: Target, targets: tuple[Target, ...]) -> bool:
    phrases = find_promises(label)
    same = [
        p
        for p in phrases
        if p.mention.quantity.value == target.value and p.mention.quantity.unit == target.unit
    ]
    return len(phrases) == 1 and len(same) == 1 and _names(label, target, targets)


def _whole_of(part: Part, target: Target, progress: str) -> Actual | None:
    body = progress[part.body : part.end]
    match = _ALL_DONE.search(body)
    numbers = {to_base(p.mention.quantity.value, p.mention.quantity.unit) for p in find_promises(body)}
    if (
        match is None
        or numbers - {to_base(target.value, target.unit)}
        or re.search(r"正在|剩余|其余|尚|未|待|计划|另|除|基本", body)
    ):
        return None
    start = max(body.rfind(mark, 0, match.start()) for mark in "。；;\n") + 1
    quote_start, quote_end = _tidy(progress, part.body + start, part.body + match.end())
    return Actual(
        target=target.id,
        value=target.value,
        unit=target.unit,
        basis=Basis.YEAR_TO_DATE,
        quotes=(progress[quote_start:quote_end],),
    )
