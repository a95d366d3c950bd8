"""What is done with a thing: the verb, how far it got, whether it is finished."""

from __future__ import annotations

import re

from generator.base.messages import Message
from generator.ingest.numbers.clause_context import Phrase, bare, normal, verbs, words
from generator.ingest.numbers.mentions import ReportedNumber
from generator.ingest.numbers.noun_match import (
    clause_start_before,
    clauses_before,
    is_generic,
    names_target,
    thing_of,
)
from generator.language.lexicon import list_words, make_pattern
from generator.model import Target

_STAGE = re.compile(make_pattern("stages"))
_SOFT = frozenset(list_words("stages", "soft"))
"""Stages that only make a match doubtful."""
_DONE = re.compile(
    r"已|完成|建成|建起|新增|新建|引进|新培育|培育|落地|获批|获评|实现|达到|达|累计|共(?!建|享|同)"
    r"|投用|投入使用|竣工|完工|交付|发放|通过"
    r"|创成|新设|新入|成立|开通|增加|整治|拆除|修复|安置|认定|新开|兑现|拨付|到位|签约"
)
_SAME_WORK = tuple(
    frozenset(words(group))
    for group in (
        "新建 建成 建设 打造 创建 改扩建 新改建 新改扩建 新建改建 建造 修建 改建 扩建 续建 共建 建成投用 "
        "投用 投入使用 竣工 完工 交付 "
        "设立 新设 组建 成立 布设 布局 配建 安装 铺设 敷设 加装 筹建 创成 投产 开通",
        "引进 引入 招引 引育 落地 落户 吸引 集聚 签约",
        "培育 认定 获评 获批 创成 入库 申报 升规 纳统 选树 评选",
        "改造 提质 拓宽 更新 整治 治理 修复 优化 升级 维修 整修 硬化 亮化 美化 绿化 清淤 疏浚 投用 竣工 "
        "完工 建成",
        "争取 获批 到位 筹集 募集",
        "发放 兑现 拨付 投放 落实 兑付",
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
_STOCK_WORDS = re.compile(
    r"累计|总量|总数|共有|达到|达|现有|全区|全县|全市|拥有|已建|建成|余额|保有|存栏|在库"
)
_NEW = re.compile(r"新(?:增|认定|培育|建|引进|获|入库|入|开|设|签|评|谋划|提报|发展)|净增")


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


def same_work(target: Target, report: ReportedNumber, targets: tuple[Target, ...]) -> bool:
    """Whether the verbs agree: the same or one of its kind; a missing one agrees when the thing is clear."""
    phrase = report.phrase
    wanted, given = verbs(target.metric + target.quote), verbs(_said(phrase, thing_of(target)))
    if wanted & given or any(group & wanted and group & given for group in _SAME_WORK):
        return True
    if any(names_target(label, target, targets) for label in report.labels):
        return True
    if not wanted or not given:
        return not is_generic(target) or not wanted
    return False


def shares_context(
    target: Target, report: ReportedNumber, targets: tuple[Target, ...], commitment: str
) -> bool:
    """Whether a common word (项目) is told apart by its heading, its verb, or words of the clause before."""
    start, end = report.sentence
    text, phrase = report.phrase.text, report.phrase
    said = normal(text[max(start, phrase.mention.start - 200) : min(end, phrase.item_end)])
    metric = normal(target.metric)
    lead = metric[: max(0, metric.find(thing_of(target)))]
    if any(lead[i : i + 4] in said for i in range(len(lead) - 3)) or (len(metric) >= 4 and metric in said):
        return True
    if any(names_target(label, target, targets) for label in report.labels):
        return True
    around = clauses_before(target, commitment)
    return len(around) < 4 or any(around[i : i + 4] in said for i in range(len(around) - 3))


def stage_doubts(target: Target, phrase: Phrase) -> list[str]:
    """Words around the number that name another stage than the target's."""
    thing = thing_of(target)
    said = normal(_said(phrase, thing) + _rest_of_clause(phrase)).replace(thing, "")
    own = normal(target.metric + target.quote)
    found = [stage for stage in dict.fromkeys(_STAGE.findall(said)) if stage not in own]
    if phrase.number_first and (other := _other_work(said)):
        return [Message("完成的是“{other}”，不一定是全部", other=other)]
    if "净" in own and "净" not in said:
        return [Message("目标是净增数，这里不一定是")]
    hard = [stage for stage in found if stage not in _SOFT]
    return [Message("写的是“{stage}”，不一定是完成", stage=stage) for stage in (hard or found)[:1]]


_FINISHED = re.compile(r"完成(?:了)?([^，,。；;并、]+)")


def _other_work(said: str) -> str:
    """What is finished where it is not the thing itself (完成土地审批)."""
    match = _FINISHED.search(said)
    return match[1] if match and bare(match[1]) else ""


def _rest_of_clause(phrase: Phrase) -> str:
    """Words behind the item up to the end of the clause, unless another number begins there."""
    rest = phrase.text[phrase.item_end : phrase.clause_end]
    return "" if re.search(r"\d", rest) else rest


def is_done(target: Target, phrase: Phrase) -> bool:
    """Whether the words around say that it is done, by a word of doing or the target's own verb."""
    said = _said(phrase, thing_of(target))
    if _DONE.search(said) or verbs(target.quote) & verbs(said):
        return True
    earlier = clause_start_before(phrase.text, phrase.clause_start - 1) if phrase.clause_start else 0
    return bool(
        _DONE.search(phrase.text[earlier : phrase.clause_start])
        and not _STAGE.search(phrase.text[earlier : phrase.clause_start])
    )


def is_stock(phrase: Phrase) -> bool:
    """Whether the number is a total, not what is new."""
    said = phrase.lead + phrase.before + phrase.after
    return _STOCK_WORDS.search(said) is not None and _NEW.search(said) is None
