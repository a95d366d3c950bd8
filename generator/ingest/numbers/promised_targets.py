"""The numbers that a commitment promises: what is counted, how much, and of which kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.base.messages import Message
from generator.ingest.numbers.candidates import Candidate, Confidence
from generator.ingest.numbers.clause_context import Phrase, find_phrases, words
from generator.language.quantities import to_base
from generator.model import Comparator, Target, TargetKind

MOST_NUMBERS = 500
"""Numbers of one text that are judged; texts of real tables have fewer than a hundred."""
_MEASURES = frozenset(
    words("元 美元 欧元 港元 日元 平方米 亩 亩次 米 立方米 吨 吨标准煤 千瓦 千瓦时 千伏安 人 人次")
)
"""Base units that may also say how big a thing is (5000万元以上项目)."""
_DESCRIPTIVE = frozenset(words("千伏 小时 分钟 个月 天 分 倍 次 级"))
"""Base units that mostly describe (110千伏变电站, 15分钟生活圈): promised only in few wordings."""
_RATES = frozenset(words("% 百分点"))
_ACHIEVED = re.compile(
    r"建成|新建|改建|扩建|改造|竣工|完工|投产|投用|投入使用|开工|落地|达效|运营|达产|交付|整治|治理"
    r"|修复|提升|培育|引进|引入|招引"
    r"|新增|打造|创建|建设|完成|实现|签约|储备|谋划|策划|争取|获批|筹集|发放|开展|举办|承办|承接|实施"
    r"|培训|征收|收储|出让|供应"
    r"|拆除|安装|配建|设立|组建|成立|认定|入库|纳统|上市|挂牌|选树|评选|招聘|救助|帮扶|安置|提供|推出"
    r"|制定|栽植|种植|造林|绿化|铺设|敷设"
    r"|疏浚|升级|盘活|化解|扩大|增加|配备|创成|维修|硬化|亮化|加装|开通|流转|销售|检测|筛查|接种|整改"
    r"|淘汰|压减|腾退|更新|清理|惠及"
    r"|打通|募集|消除|关停|升规|新开|新入|新上|聘请|选派|资助|慰问|回迁|撤|销号|办结|转化|孵化|申报|推广|覆盖"
)
_PROCESS = re.compile(
    r"统筹推进|协调推进|推进|推动|加快推进|抓好|做好|聚焦|围绕|依托|针对|服务|保障|发挥|用好|持续|跟踪"
    r"|盯紧|紧盯|强化|加强|深化"
)
_USED = re.compile(r"(?:用好|用足|发挥|依托|管好|统筹|聚焦|围绕|盯紧|紧盯)[^，,。；;]{0,4}$")
_ENDS_SERVED = re.compile(r"(?:保障|服务|管理|维护|工作|施工|监管|跟进|推进|调度|协调|前期)(?:工作|力度)?$")
_SIZE = re.compile(
    r"(?:总投资额?|(?<!年度)计划投资|概算投资?|估算投资|投资估算|占地面积?|用地面积|建筑面积|规划面积|总面积|全长|总长)"
    r"(?:约|达|达到|超|超过|过|近|为)?\s?$"
)
_SIZE_OF_ALL = re.compile(r"总投资[^，,。；;]{1,12}的$")
"""总投资155.5亿元的27个项目: the number of projects is part of the size."""
_TO_REACH = re.compile(r"[^，,。；;]{0,6}项目(?:全部|全面|集中)?(?:开工|竣工|投产|建成|完工|投用|落地|交付)")
"""94个落地项目开工建设: what the projects are to reach is the promise, however big they are together."""
_EXISTING = re.compile(r"现有|已有|原有|目前|上年|去年|截至\d{4}年底|存量的?$")
_COMPARED = re.compile(
    r"(?:高于|低于|快于|好于|优于)(?:全国|全省|全市|全县|全区|上年|去年|周边|同期|[^，,。；;]{0,6}平均)[^，,。；;]{0,8}$"
)
_RANK = re.compile(r"(?:前|第|居|列|位列|排名|名列|进入)(?:全国|全省|全市)?前?\s?$")
_EACH = re.compile(
    r"(?:每|平均每|每个|每年|每月|每季度|每周|每天|每人|每户|每村|每亩)[^，,。；;、]{0,24}$|每$"
)
_GROWTH = re.compile(
    r"(?:增长|增速|增幅|增加|提高|提升|上升|增值|扩大|递增|下降|降低|减少|压减|压缩|缩减|缩短|削减|下滑|回落|负增长|降幅|提速|增效)"
    r"(?:率|幅度|速度)?(?:了|约|为|达|达到|保持在?|稳定在|在|不低于|不少于|超过|超|高于|力争|幅|率|实现|：|:)*\s?$"
)
_IN_GROWTH = re.compile(r"(?:增长|增速|增幅|涨幅|增长率|降幅)[^，。；、]{0,8}$")
_CONTRIBUTION = re.compile(r"贡献率|贡献度")
_TO_LEVEL = re.compile(r"(?:到|至|达到|达|为|降到|降至|提高到|提升到|提升至|提高至|稳定在|保持在|控制在)\s?$")
_STOCK = re.compile(r"达到|达|累计|总量|总数|总计|保有量|存量|总规模|存续|拥有|余额|稳定在|保持在|突破|在库")
_FLOW = re.compile(
    r"新增|新建|新培育|新引进|新引入|新签|新开|新入|新谋划|年内|完成|实现|引进|招引|签约|发放|争取"
    r"|获批|培训|举办|开展|承接|承办|改造|整治"
    r"|收入|产值|销售额|交易额|投资|进出口|旅游|接待|零售额|营收|税收|增加值|利用外资|贷款投放|就业"
    r"|接待|成交|出栏|总产|产量|(?<!余)额|交付|办理|服务|帮扶|救助|资助|培训"
)
_PLAIN_CHINESE = frozenset("处所家座条支台栋间套户名人亩村口辆幢盏株棵头部")
_BUILD_ONE = re.compile(
    r"(?:新建|建成|建设|改建|扩建|改造|打造|创建|新增|创成|成立|设立|组建|建立)[^，。；]{0,2}$"
)
_FIGURATIVE = frozenset("批次件期届类种张本轮门面道把级起")
"""Units that go with Chinese numerals in idioms (一批, 一次办好, 一件事): never a number of things."""
_SLOGAN = re.compile(
    r"[行工计体机模方战理统清体][动程划系制式案略念筹单]|清零|提标|统一|结合|并重|同步|转变|到位|革命"
    r"|突破|文明|意识|维护|自信"
)
_LEAD_WORDS = re.compile(
    r"^(?:将|为(?!了)|在|对|使|全力|力争|确保|努力|争取|年内|全年|今年|预计|计划|实现|完成|推进|推动|加快|持续|进一步|全面|积极|大力|统筹|扎实|稳步|和|及|以及|并|其中|的|有序|高标准|高质量|着力|聚力|累计|再|共(?![建享同])|与|或|：|:|\s)+"
)
_TAIL_WORDS = re.compile(
    r"(?:力争实现|力争|确保|实现|达到|达|完成|突破|超过|不少于|不低于|至少|约|为|到|至|过|超|增长|增速|增幅|在|控制|不超过|保持|稳定|以上|近|共|累计|等|的|为|新|：|:|\s)+$"
)
_SHORTENED = re.compile(r"(?:压缩|压减|缩短|减少|降低|降|控制)(?:到|至|在)\s?$")
_RATE_TAIL = re.compile(
    r"(?:分别|同比|增长|增速|增幅|涨幅|提高|提升|上升|下降|降低|减少|压缩|压减|缩短|降幅|降|增|幅度|到|至|为)+$"
)
_PART_OF_YEAR = re.compile(r"[一二三四1-4]季度|上半年|下半年|\d{1,2}月份(?!前)|当月|本月|本季度")
_YEARS = re.compile(
    r"(?:[到至]|力争)?(?P<year>20\d\d)年(?:底|末)?(?:前)?|[三五]年(?:内|时间|行动|计划)|“十[四五六]五”(?:期间|末|期末)|期末|未来[三五]年"
)
_BEHIND = re.compile(
    r"^(?:以上|左右|的|以内|以下|\s)*([^，,。；;：:（）()、]{1,24}?)"
    r"(?:竣工|开工|建成|投产|投用|完工|加快|实施|开展|进行|推进|完成|达标|全部|均|$|工作$|任务$|，|。)"
)
_LIST = re.compile(r"[^，,。；;]{0,80}等$")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A phrase read as a promise; ``doubt`` says why a person should look."""

    phrase: Phrase
    kind: TargetKind
    doubt: str = ""
    confidence: Confidence = Confidence.LIKELY


def parse_targets(
    commitment: str, year: int | None = None
) -> tuple[tuple[Target, ...], tuple[Candidate, ...]]:
    """Targets of a commitment in order of the text, and what looks like one but needs a person.

    新建公园12处，总投资3亿元。 → t1: 12处 (count, metric 新建公园), t2: 3亿元 (scope).
    ``year`` is the task's year; a number promised for another year or for a part of the year is doubtful.
    """
    phrases = find_promises(commitment)[:MOST_NUMBERS]
    found = (_read(phrase, _next_in_clause(phrases, i)) for i, phrase in enumerate(phrases))
    readings = [_doubt_time(reading, year) for reading in found if reading is not None]
    sure = [reading for reading in readings if not reading.doubt]
    targets = tuple(_make_target(r.phrase, r.kind, f"t{n}") for n, r in enumerate(sure, start=1))
    doubtful = [reading for reading in readings if reading.doubt]
    candidates = tuple(
        Candidate(
            proposal=_make_target(r.phrase, r.kind, f"t{n}"),
            spans=(_quote_span(r.phrase),),
            reason=r.doubt,
            confidence=r.confidence,
        )
        for n, r in enumerate(doubtful, start=len(sure) + 1)
    )
    return targets, candidates


def find_promises(text: str) -> tuple[Phrase, ...]:
    """Numbers of ``text`` with their words, without names and thresholds.

    A threshold says which things are meant (5000万元以上项目20个): its number is dropped before the text is
    cut into list items, so that the item stays whole. 新建“一号”公园2处 → 2处.
    """
    kept = tuple(
        phrase.mention
        for phrase in find_phrases(text)
        if not phrase.mention.named
        and not (phrase.mention.chinese and phrase.mention.quantity.unit in _FIGURATIVE)
        and not _is_floor(phrase, base_unit(phrase.mention.quantity.unit))
    )
    return find_phrases(text, kept)


def base_unit(unit: str) -> str:
    """Base unit of ``unit``; a bare 亿 or 万亿 is money."""
    return "元" if unit.endswith("亿") else to_base(Decimal(1), unit)[1]


def _next_in_clause(phrases: tuple[Phrase, ...], index: int) -> Phrase | None:
    """The next number of the same clause."""
    if index + 1 < len(phrases) and phrases[index + 1].mention.start < phrases[index].clause_end:
        return phrases[index + 1]
    return None


def _read(phrase: Phrase, following: Phrase | None) -> _Reading | None:
    """The phrase as a promise, or None where the number is no promise at all."""
    mention = phrase.mention
    base = base_unit(mention.quantity.unit)
    if mention.quantity.value < 0 or _RANK.search(phrase.before):
        return None
    if mention.chinese and not _counts_plainly(phrase):
        return _read_chinese(phrase)
    if base in _DESCRIPTIVE:
        return _read_descriptive(phrase, base)
    kind = _kind(phrase, base, following)
    if _EACH.search(phrase.before):
        return _Reading(
            phrase, TargetKind.LEVEL, Message("“每…”是标准，不一定是全年要完成的数量"), Confidence.UNSURE
        )
    if _COMPARED.search(phrase.upto):
        return _Reading(phrase, kind, Message("与别处的平均水平比较，不能只看自己的数"), Confidence.UNSURE)
    if _EXISTING.search(phrase.before):
        return _Reading(phrase, TargetKind.SCOPE, Message("像是现有数量，不一定是目标"), Confidence.UNSURE)
    return _Reading(phrase, kind)


def _doubt_time(reading: _Reading, year: int | None) -> _Reading:
    """The reading with a doubt where the words before it name another span than the year."""
    phrase = reading.phrase
    if reading.doubt or reading.kind is TargetKind.SCOPE:
        return reading
    sentence = max(phrase.text.rfind(mark, 0, phrase.clause_start) for mark in "。；;\n") + 1
    before = phrase.text[max(sentence, phrase.mention.start - 120) : phrase.mention.start]
    if _PART_OF_YEAR.search(phrase.text[phrase.clause_start : phrase.mention.start]):
        return replace(reading, doubt=Message("只是一个季度或半年的目标"), confidence=Confidence.UNSURE)
    spans = list(_YEARS.finditer(before))
    if spans and (spans[-1]["year"] is None or (year is not None and int(spans[-1]["year"]) > year)):
        return replace(reading, doubt=Message("可能是几年的目标，不是当年的"), confidence=Confidence.UNSURE)
    return reading


def _counts_plainly(phrase: Phrase) -> bool:
    """Whether a Chinese numeral counts as plainly as digits do: 建成三处 → True; 两个清零 → False."""
    quantity = phrase.mention.quantity
    if "亿" in quantity.unit or "万" in quantity.unit:
        return True
    if quantity.value == 1 or _is_slogan(phrase) or quantity.unit not in _PLAIN_CHINESE:
        return False
    return _ACHIEVED.search(phrase.lead + phrase.before + phrase.after) is not None


def _is_slogan(phrase: Phrase) -> bool:
    """Whether the numeral only bundles catchwords: 两个清零, 三项行动."""
    bundles = phrase.mention.quantity.unit in ("个", "项", "大") and not _BUILD_ONE.search(phrase.before)
    return bundles or _SLOGAN.search(phrase.after[:12]) is not None


def _read_chinese(phrase: Phrase) -> _Reading | None:
    """A Chinese numeral that does not count plainly: doubtful where a thing is counted, else no promise."""
    quantity = phrase.mention.quantity
    if quantity.value == 1:
        if quantity.unit in _PLAIN_CHINESE and _BUILD_ONE.search(phrase.before):
            return _Reading(phrase, TargetKind.COUNT, Message("“一”可能是泛指"), Confidence.UNSURE)
        return None
    if _is_slogan(phrase):
        return None
    return _Reading(phrase, TargetKind.COUNT, Message("中文数字，可能是名称的一部分"), Confidence.UNSURE)


def _read_descriptive(phrase: Phrase, base: str) -> _Reading | None:
    """Hours, days and times: a promise only where a limit or a number of occasions is meant."""
    if base == "次" and not phrase.after.startswith("的") and len(phrase.upto + phrase.after) >= 3:
        return _Reading(phrase, TargetKind.COUNT)
    if base in ("天", "小时", "分钟", "个月") and _TO_LEVEL.search(phrase.upto) and not phrase.number_first:
        return _Reading(
            phrase, TargetKind.LEVEL, Message("时限类指标，请确认是否按达标与否判断"), Confidence.UNSURE
        )
    return None


def _is_floor(phrase: Phrase, base: str) -> bool:
    """A size that only says which things are meant: 5000万元以上项目, 过亿元项目, 年收入50万元以上村."""
    if base not in _MEASURES:
        return False
    mention, text = phrase.mention, phrase.text
    behind = text[mention.end : phrase.clause_end].lstrip()
    bound = text[mention.quantity.end : mention.end]
    if behind.startswith("级"):
        return True
    if "以上" in bound or "以下" in bound or "以内" in bound:
        return bool(behind) and behind[0] not in "、和及并且" and not behind.startswith("的目标")
    floor = mention.start < mention.quantity.start and text[mention.start] in "过超逾"
    one = mention.chinese or mention.quantity.value == 1
    return floor and bool(behind) and behind[0] not in "的、和及" and (one or phrase.number_first)


def _kind(phrase: Phrase, base: str, following: Phrase | None) -> TargetKind:
    before = phrase.lead + phrase.before
    if base in _RATES:
        return TargetKind.GROWTH if _grows(phrase) else TargetKind.LEVEL
    if base == "工作日" or "/" in base:
        return TargetKind.LEVEL
    if _is_scope(phrase, base, following):
        return TargetKind.SCOPE
    if _STOCK.search(phrase.upto) and not _FLOW.search(before + phrase.after[:8]):
        return TargetKind.STOCK
    if base in ("人", "人次") and phrase.mention.quantity.unit.startswith("万"):
        return TargetKind.AMOUNT
    return TargetKind.AMOUNT if base in _MEASURES - {"人", "人次"} else TargetKind.COUNT


def _grows(phrase: Phrase) -> bool:
    """提高4个百分点 grows; 提高到30% and 增长率达到5%… the first not, the second yes."""
    before = phrase.text[phrase.clause_start : phrase.mention.quantity.start]
    if _IN_GROWTH.search(before) and not _CONTRIBUTION.search(before):
        return True
    if _TO_LEVEL.search(phrase.upto):
        return False
    if not phrase.before.strip("、和与及 ") and phrase.lead:
        return _IN_GROWTH.search(re.split(r"\d", phrase.lead)[0]) is not None
    return _GROWTH.search(before) is not None or base_unit(phrase.mention.quantity.unit) == "百分点"


def _is_scope(phrase: Phrase, base: str, following: Phrase | None) -> bool:
    """A number that only says how big the work is."""
    if phrase.bracketed:
        return True
    behind = phrase.text[phrase.mention.end : phrase.clause_end]
    if _SIZE_OF_ALL.search(phrase.lead + phrase.before):
        return _TO_REACH.match(behind) is None
    if base in _MEASURES:
        if _SIZE.search(phrase.before) and not re.search(
            r"(?:完成|新增|扩大|实现)[^，。]{0,12}$", phrase.before
        ):
            return True
        if phrase.number_first and _USED.search(phrase.before):
            return True
        return behind.startswith("的") and not re.match(r"的(?:目标|任务|预期|增长)", behind)
    governing = phrase.lead + phrase.before
    if following is not None and following.clause_start == phrase.clause_start and phrase.number_first:
        behind = phrase.text[phrase.mention.end : phrase.clause_end]
    if _ENDS_SERVED.search(behind.rstrip()) and not _ACHIEVED.search(phrase.before[-6:]):
        return True
    if not phrase.number_first and not phrase.before.endswith("项目"):
        return False
    return (
        not _ACHIEVED.search(behind)
        and not _ACHIEVED.search(_without_sizes(governing))
        and bool(_PROCESS.search(governing) or phrase.before.endswith(("的", "等")))
    )


def _without_sizes(text: str) -> str:
    """The governing words without the list of names before 等."""
    return _LIST.sub("", text) if text.endswith("等") and not _ACHIEVED.search(text[:8]) else text


def _quote_span(phrase: Phrase) -> tuple[int, int]:
    """The item, without punctuation at its ends."""
    start, end = phrase.item_start, phrase.item_end
    text = phrase.text
    if not phrase.number_first and end - phrase.mention.end > 4:
        end = phrase.mention.end
    while end > phrase.mention.end and (text[end - 1].isspace() or text[end - 1] == "的"):
        end -= 1
    while start < phrase.mention.start and (text[start].isspace() or text[start] in "的、和及与"):
        start += 1
    return start, end


def _make_target(phrase: Phrase, kind: TargetKind, name: str) -> Target:
    start, end = _quote_span(phrase)
    quantity = phrase.mention.quantity
    comparator = phrase.mention.comparator
    if _SHORTENED.search(phrase.upto) and base_unit(quantity.unit) in ("工作日", "天", "小时", "分钟"):
        comparator = Comparator.AT_MOST
    if phrase.mention.about and comparator is Comparator.EQUAL and _more(phrase):
        comparator = Comparator.AT_LEAST
    return Target(
        id=name,
        metric=_metric(phrase, kind) or phrase.text[start:end],
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        comparator=comparator,
        kind=kind,
        quote=phrase.text[start:end],
    )


def _more(phrase: Phrase) -> bool:
    inner = phrase.text[phrase.mention.quantity.start : phrase.mention.quantity.end]
    return "余" in inner or "多" in inner


_STAGE = re.compile(
    "(?:开工|动工|竣工|完工|投产|运营|投用|投入使用|建成|落地|建设|交付){1,2}(?=[，,。；;、]|$)"
)
"""How far the things that are counted are to come: part of what is promised."""


def _metric(phrase: Phrase, kind: TargetKind) -> str:
    """What is counted, in the text's own words."""
    before = _clean(phrase.before, kind)
    if kind is TargetKind.SCOPE and "等" in before:
        before = before.rpartition("等")[2] or before
    if phrase.number_first and not phrase.after.startswith("的"):
        match = _BEHIND.match(phrase.after)
        thing = (match[1] if match else phrase.after).strip("的 ")
        stage = _STAGE.match(phrase.after, match.end(1)) if match else None
        thing += stage[0] if stage else ""
        listed = phrase.before.rstrip().endswith("等")
        return f"{before}{thing}" if len(before) <= 8 and not listed else thing
    if not before.strip("的、和与及 ") and phrase.lead:
        first = re.search(r"\d", phrase.lead)
        return _clean(phrase.lead[: first.start() if first else None], kind).strip("的、 ")
    if not before and kind is TargetKind.GROWTH and phrase.clause_start:
        return _metric_before(phrase, kind)
    return before.strip("的、 ")


def _metric_before(phrase: Phrase, kind: TargetKind) -> str:
    """What the clause before counts (固定资产投资150亿元，增长8%)."""
    text, end = phrase.text, phrase.clause_start - 1
    start = max(text.rfind(mark, max(0, end - 60), end) for mark in "，,。；;：:\n") + 1
    words = text[start:end]
    first = re.search(r"\d", words)
    return _clean(words[: first.start() if first else None], kind).strip("的、 ")


def _clean(text: str, kind: TargetKind) -> str:
    text = _TAIL_WORDS.sub("", _LEAD_WORDS.sub("", text))
    return _RATE_TAIL.sub("", text) if kind in (TargetKind.GROWTH, TargetKind.LEVEL) else text
