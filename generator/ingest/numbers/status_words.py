"""How far a progress text says that its promise is: the rung of the ladder, by its own words only.

A rung is proposed by rule and published only where the rule is sure; of the rest a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.language.lexicon import make_pattern
from generator.language.outline import PartKind, parse_outline, walk
from generator.language.progress_acts import (
    Act,
    Clause,
    is_share_finished,
    is_whole,
    names_metric,
    read_clauses,
    share_pairs,
    tells_a_number,
)
from generator.language.quantities import comparable, ratio
from generator.model import Actual, Basis, Comparator, Status, StatusValue, Target, TargetKind

_LONGEST = 160
"""Characters beyond which a text tells of more than one plain fact."""
_BRIEF = 80
"""Characters up to which a text speaks of its promise without naming it."""
_LONGEST_INTENT = 240
_NEAR = 2
"""Pairs of characters that a deed shares with its promise, from which it surely is a deed for it."""
_LONGEST_RATE = 30
"""Characters of a promise that is a rate and nothing else."""
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
_STOPPED = re.compile(
    r"(?:^|[，,。；;：:])\s*(?P<said>(?:[^，,。；;：:]{0,12}(?:任务|项目|工程|工作|事项|该项|本项|此项))?"
    rf"(?:现|已|被|拟|暂时|全面|今年)*(?:(?P<for_a_time>{make_pattern('status_words', 'suspended')})"
    rf"|{make_pattern('status_words', 'ended')})"
    r"(?:实施|推进|建设|执行|办理|施工|年度考核|考核|(?:至|给|由)?[区县市镇][^，,。；;]{1,14})?)(?=[，,。；;]|\s*$)"
)
"""The task as a whole, or nothing, before the word: 取消证明200项 is something done."""
_EMPTY = re.compile(r"(?:暂无|无|同上|[/／—\-－\\\s。.])*")
_EMPTY_WORDS = re.compile(
    r"(?:按照|按|计划|序时|进度|时间节点|节点|要求|正常|有序|持续|稳步|扎实|积极|正在|正|推进|进行|开展|相关|各项|该项|工作|任务"
    r"|项目|中|达到|达|符合|已部署|常态化|顺利|实施|落实|暂无|无|同上|[/／—\-－\\\s。.；;，,])*"
)
_STANDS = re.compile(make_pattern("acts", "standing_promise"))
_SEVERAL = re.compile(r"[、\d]")
_NUMBER = re.compile(r"\d[\d.]*\s*[余多]?\s*([万亿]?[一-龥]{1,2})")
_COUNTED = (TargetKind.COUNT, TargetKind.AMOUNT, TargetKind.STOCK)
_V = StatusValue


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusProposal:
    """The rung that a rule reads, and whether it may be published."""

    value: StatusValue
    quote: str | None = None
    """Verbatim words of the progress text that put it there."""
    is_sure: bool = False

    @property
    def status(self) -> Status:
        """What is written: the rung where the rule is sure, else undecided."""
        return Status(value=self.value, quote=self.quote) if self.is_sure else Status(value=_V.UNDECIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """A promise with what a period reports of it."""

    promise: str
    text: str
    targets: Sequence[Target]
    answers: dict[str, Actual]
    """By target."""
    clauses: tuple[Clause, ...]

    def having(self, *acts: Act) -> list[Clause]:
        return [clause for clause in self.clauses if clause.act in acts]

    def best(self, clauses: Iterable[Clause]) -> str:
        """The clause that speaks most of the promise, one with a number first among equals."""

        def rank(clause: Clause) -> tuple[bool, bool, int, int]:
            near = share_pairs(self.promise, clause.labels, clause.text)
            return near > 0, tells_a_number(clause), near, share_pairs(self.promise, clause.sentence)

        return max(clauses, key=rank).text

    def is_near(self, clause: Clause) -> bool:
        """Whether the clause itself names something of the promise."""
        return share_pairs(self.promise, clause.labels, clause.text) > 0


def propose_status(
    commitment: str, progress: str | None, targets: Sequence[Target] = (), actuals: Iterable[Actual] = ()
) -> StatusProposal:
    """The rung that a progress text puts its promise on, with the words that say so.

    By numbers that answer the promise, then by what stands finished, then by the furthest act reported.
    尚未启动。 → not_started, 已完成选址。 → prepared, 正在主体施工。 → under_way, 已竣工验收。 → completed.
    """
    text = (progress or "").strip()
    if found := _say_all(text):
        return found
    report = _Report(
        promise=commitment,
        text=text,
        targets=targets,
        answers={actual.target: actual for actual in actuals},
        clauses=read_clauses(text),
    )
    return _by_numbers(report) or _by_parts(report) or _by_deeds(report) or _before_deeds(report)


def _say_all(text: str) -> StatusProposal | None:
    """What a text says of the whole task in plain words, or by saying nothing."""
    if _EMPTY.fullmatch(text):
        return StatusProposal(value=_V.NO_INFORMATION, is_sure=True)
    if len(text) <= 40 and _EMPTY_WORDS.fullmatch(text):
        return StatusProposal(value=_V.INTENT, quote=text.rstrip("。.；;"), is_sure=True)
    plain = len(text) <= _LONGEST and _is_plain(text)
    if plain and (done := _completed(text)):
        return StatusProposal(value=_V.COMPLETED, quote=done, is_sure=True)
    if match := _STOPPED.search(text):
        value = _V.SUSPENDED if match["for_a_time"] else _V.ENDED
        return StatusProposal(value=value, quote=match["said"].strip(), is_sure=plain)
    return None


def _by_numbers(report: _Report) -> StatusProposal | None:
    """A promised count or amount that is answered is partly done, or done; a rate alone goes on all year."""
    promised = [t for t in report.targets if t.kind is not TargetKind.SCOPE]
    counted = [t for t in promised if t.kind in _COUNTED and t.comparator is not Comparator.AT_MOST]
    found = [(t, report.answers[t.id]) for t in counted if t.id in report.answers]
    found = [(target, actual) for target, actual in found if actual.value > 0]
    if found:
        quote = found[0][1].quotes[0]
        if len(found) == len(promised) and all(_is_met(*pair) for pair in found):
            is_all = all(_is_counted(piece, counted) for piece in re.split("[，,。；;]", report.promise))
            return StatusProposal(value=_V.COMPLETED, quote=quote, is_sure=is_all)
        return StatusProposal(value=_V.PARTLY_DONE, quote=quote, is_sure=True)
    rated = [t for t in promised if t.id in report.answers and t not in counted]
    if rated and len(report.promise) <= _LONGEST_RATE:
        quote, is_growth = report.answers[rated[0].id].quotes[0], rated[0].kind is TargetKind.GROWTH
        return StatusProposal(value=_V.UNDER_WAY, quote=quote, is_sure=is_growth)
    return None


def _is_met(target: Target, actual: Actual) -> bool:
    if actual.basis is Basis.STATED_RATIO:
        return actual.value >= 100
    same = comparable(actual.unit, target.unit)
    return same and ratio(actual.value, actual.unit, target.value, target.unit) >= 1


def _is_counted(piece: str, targets: Iterable[Target]) -> bool:
    """Whether a piece of the promise is its numbers and nothing else."""
    return not piece.strip() or any(t.quote in piece or piece in t.quote for t in targets)


def _by_parts(report: _Report) -> StatusProposal | None:
    """A promised thing that stands, or a share of the promised number, is partly done."""
    finished = report.having(Act.FINISHED)
    stands = _STANDS.search(report.promise)
    named = [clause for clause in finished if report.is_near(clause)] if stands else []
    if named:
        others = report.having(Act.DEED, Act.BEFORE, Act.NOT_BEGUN)
        is_sure = bool(others) and _SEVERAL.search(report.promise) is not None
        return StatusProposal(value=_V.PARTLY_DONE, quote=report.best(named), is_sure=is_sure)
    for target in report.targets:
        if target.kind in _COUNTED and "元" not in target.unit:
            for clause in _counting(report, target):
                if names_metric(clause, target.metric) and is_whole(clause, report.promise):
                    return StatusProposal(value=_V.PARTLY_DONE, quote=clause.text, is_sure=True)
    if finished and stands:
        return StatusProposal(value=_V.PARTLY_DONE, quote=report.best(finished))
    return None


def _counting(report: _Report, target: Target) -> list[Clause]:
    """Clauses with a number in the unit of a target that no figure answers."""
    if target.id in report.answers or target.kind in (TargetKind.GROWTH, TargetKind.LEVEL):
        return []
    told = report.having(Act.VAGUE, Act.DEED, Act.FINISHED)
    told += [clause for clause in report.having(Act.BEFORE) if is_whole(clause, report.promise)]
    return [c for c in told if any(_same_unit(unit, target.unit) for unit in _NUMBER.findall(c.text))]


def _same_unit(unit: str, other: str) -> bool:
    return comparable(unit, other) or unit[:1] == other[:1]


def _is_doubtful(report: _Report) -> bool:
    """Whether the text may say more than its deeds: a number not read, a rate, a share that is finished."""
    rates = (t for t in report.targets if t.kind in (TargetKind.GROWTH, TargetKind.LEVEL))
    if any(rate.id in report.answers for rate in rates):
        return True
    for target in report.targets:
        is_money = "元" in target.unit
        if is_money and target.kind is TargetKind.SCOPE:
            continue
        for clause in _counting(report, target):
            near = share_pairs(target.metric, clause.text) or share_pairs(target.metric[-2:], clause.sentence)
            if is_money or near or len(report.text) <= _BRIEF:
                return True
    pieces = [clause for clause in report.having(Act.DEED) if is_share_finished(clause)]
    return bool(_STANDS.search(report.promise)) and any(map(report.is_near, pieces))


def _by_deeds(report: _Report) -> StatusProposal | None:
    """A deed that concerns the promise is under way."""
    deeds = report.having(Act.DEED, Act.FINISHED)
    own = [c for c in deeds if share_pairs(report.promise, c.labels, c.sentence)]
    if not own and len(report.text) <= _BRIEF:
        own = deeds
    if not deeds:
        return None
    near = max((share_pairs(report.promise, c.labels, c.sentence) for c in own), default=0)
    is_sure = (near >= _NEAR or (bool(own) and len(report.text) <= _BRIEF)) and not _is_doubtful(report)
    return StatusProposal(value=_V.UNDER_WAY, quote=report.best(own or deeds), is_sure=is_sure)


def _before_deeds(report: _Report) -> StatusProposal:
    """What a text without deeds says: preparations, an obstacle, a will, or what no rule can tell."""
    before, missing = report.having(Act.BEFORE), report.having(Act.MISSING)
    prepared = {clause.sentence for clause in before}
    vague = [clause for clause in report.having(Act.VAGUE) if clause.sentence not in prepared]
    brief = len(report.text) <= _BRIEF
    if before:
        is_sure = not vague and not missing and not _is_doubtful(report)
        return StatusProposal(value=_V.PREPARED, quote=report.best(before), is_sure=is_sure)
    if vague:
        return StatusProposal(value=_V.UNDER_WAY, quote=report.best(vague))
    for value, clauses in ((_V.BLOCKED, missing), (_V.NOT_STARTED, report.having(Act.NOT_BEGUN))):
        if clauses:
            return StatusProposal(value=value, quote=clauses[0].text, is_sure=brief)
    willing = report.having(Act.INTENT)
    if willing and not re.search(r"\d", report.text):
        is_sure = len(report.text) <= _LONGEST_INTENT
        return StatusProposal(value=_V.INTENT, quote=willing[0].text, is_sure=is_sure)
    return StatusProposal(value=_V.UNDECIDED)


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
