"""What a progress text says of its task as a whole, taken from its own words only."""

from __future__ import annotations

import re

from generator.language.lexicon import make_pattern
from generator.language.outline import PartKind, parse_outline, walk
from generator.model import Status, StatusValue

_LONGEST = 160
"""Characters beyond which a text tells of more than one plain fact."""
_HOW = "已经|已|全部|均|都|提前|超额|圆满|顺利|全面|按期|于\\d{1,2}月[^，,。；;]{0,4}?"
_TAIL = (
    "验收|投用|并?投入使用|并?投入运营|并?投入运行|并?交付使用|并?通过验收|全年|年度|本年度|今年|各项|既定|"
    "全部|目标|任务|工作|建设|计划"
)
_DONE = re.compile(
    rf"(?:^|[，,。；;：:])\s*(?P<said>(?P<subject>[^，,。；;：:%％]{{0,24}}?)(?:{_HOW})(?:{_HOW}){{0,4}}"
    rf"(?P<verb>完成|办结|销号|完结|竣工|完工|建成)(?:{_TAIL}){{0,4}})(?=[，,。.；;]|\s*$)"
)
_DONE_WORD = re.compile(
    r"\s*(?P<said>已完成|已办结|已销号|提前完成|超额完成|全部完成|已全部完成|完成|已完结|任务完成)\s*[。.]?\s*"
)
_WHOLE = re.compile(r"任务|目标|工作|项目|工程|事项|该项|全年|年度")
_PARTLY = re.compile(
    r"阶段|前期|部分|基本|主体|招标|设计|审批|手续|方案|征求|预计|力争|将|确保|年底前"
    r"|其中|一期|二期|首批|第一批|选址"
    r"|立项|可研|勘察|签约|摸底|规划|征迁|征地|拆迁|论证|评审|申报|编制|初稿|图纸|采购|备案|培训|调研"
    r"|会议|合同|框架"
)
_OF_A_TIME = re.compile(r"季度|上半年|月份|本月|本期")
_REMAINING = re.compile(
    r"正在|剩余|其余|尚未|未完成|未开|未启动|待|推进中|在建|施工|另有|下一步|继续|还有|计划(?!任务|目标|$)"
)
_NOT_STARTED = re.compile(
    r"(?P<said>[^，,。；;：:]{0,12}?(?:(?:尚|暂|还|仍)?未(?:开工|启动|出台|开展|实施|动工)|今年暂不实施|暂不实施|暂缓实施))"
    r"|(?P<waits>待[^，,。；;]{2,24}后(?:再|方可|即)?(?:启动|实施|开工|开展))"
    r"|(?P<none>(?:暂无|暂不|无|没有|未)(?:具备|符合|满足)[^，,。；;]{0,12}(?:条件|要求)[^，,。；;]{0,8})"
)
_STOPPED = re.compile(
    r"(?:^|[，,。；;：:])\s*(?P<said>(?:[^，,。；;：:]{0,12}(?:任务|项目|工程|工作|事项|该项|本项|此项))?"
    rf"(?:现|已|被|拟|暂时|全面)*{make_pattern('status_words', 'ended', 'suspended')}"
    r"(?:实施|推进|建设|执行|办理|施工|年度考核|考核|(?:至|给|由)?[区县市镇][^，,。；;]{1,14})?)(?=[，,。；;]|\s*$)"
)
"""The task as a whole, or nothing, before the word: 取消证明200项 is something done."""
_BEGUN = re.compile(
    r"已(?!于|经|纳入)|完成|建成|正在|开展|组织|召开|推进|(?<!未)(?<!后)(?<!方可)启动|(?<!未)施工|签约|举办"
)
_EMPTY_WORDS = re.compile(
    r"(?:按照|按|计划|序时|进度|时间节点|节点|要求|正常|有序|持续|稳步|扎实|积极|正在|正|推进|进行|开展|相关|各项|该项|工作|任务"
    r"|项目|中|达到|达|符合|已部署|常态化|顺利|实施|落实|暂无|无|同上|[/／—\-－\\\s。.；;，,])*"
)


def parse_status(progress: str | None) -> Status:
    """Status of the whole task: completed, not_started or no_information only where the text says so.

    A text of plain phrases (按计划推进中) holds no information; of one that ends or suspends the task only
    the words (该项目终止) are kept, for a person to decide; anything else is undecided.
    已竣工验收。 → completed, 尚未启动。 → not_started.
    """
    if progress is None or (len(progress) <= 40 and _EMPTY_WORDS.fullmatch(progress)):
        quote = progress.strip().rstrip("。.；;") if progress else ""
        return Status(value=StatusValue.NO_INFORMATION, quote=quote or None)
    if len(progress) > _LONGEST or not _is_plain(progress):
        return Status(value=StatusValue.UNDECIDED)
    if done := _completed(progress):
        return Status(value=StatusValue.COMPLETED, quote=done)
    if stopped := find_stopped(progress):
        return Status(value=StatusValue.NO_INFORMATION, quote=stopped)
    waiting = _NOT_STARTED.search(progress)
    if waiting and not _BEGUN.search(progress[: waiting.start()] + progress[waiting.end() :]):
        return Status(value=StatusValue.NOT_STARTED, quote=waiting[0].strip())
    return Status(value=StatusValue.UNDECIDED)


def find_stopped(progress: str) -> str | None:
    """Words that end or suspend the task as a whole: 因规划调整，该项目终止。 → 该项目终止; None for none."""
    match = _STOPPED.search(progress)
    return match["said"].strip() if match else None


def _is_plain(progress: str) -> bool:
    """Whether the text is one to three sentences, perhaps under one heading, without numbered items."""
    parts = parse_outline(progress).parts
    if len(parts) == 1 and parts[0].kind is PartKind.HEADING:
        parts = parts[0].parts
    return len(parts) <= 3 and all(part.kind is PartKind.SENTENCE for part in walk(parts))


def _completed(progress: str) -> str | None:
    """Words that say the whole task is done, when nothing else in the text says that work goes on."""
    if word := _DONE_WORD.fullmatch(progress):
        return word["said"]
    if _PARTLY.search(progress) or _REMAINING.search(progress):
        return None
    for match in _DONE.finditer(progress):
        built = match["verb"] in ("竣工", "完工", "建成", "办结", "销号")
        alone = match["said"] == progress.strip().rstrip("。.；;")
        if _OF_A_TIME.search(match["said"]):
            continue
        if built or alone or _WHOLE.search(match["said"]):
            return match["said"]
    return None
