"""What next steps announce by a day or in a number, and what the next table says of it.

A step is read from the text of one period. Its outcome is read from the next one by rule, with the words
that say so; where the rule is not sure nothing is said until a person decides (``Update.outcomes``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.language.deadlines import Deadline, find_deadlines
from generator.language.lexicon import make_pattern
from generator.language.outline import parse_outline, walk
from generator.language.progress_acts import Act, Clause, find_pairs, read_clauses
from generator.language.quantities import Mention, comparable, find_mentions, ratio
from generator.model import (
    Actual,
    Basis,
    DecidedBy,
    Period,
    StatusValue,
    StepOutcome,
    TargetKind,
    Task,
    Update,
)

_CLAUSE = re.compile(r"[^，,。；;！!？?\n]+")
_OPENING = re.compile(r"\s*(?:同时|此外|下一步|目前)?[，,、:：\s]*")
_AROUND = "对|跟踪|掌握|跟进|围绕|聚焦|联合|支持|依托|剩余|加快|推动|推进|协调|督促|做好|督导|抓好|配合"
"""Before a number these say what is dealt with, not what will be there."""
_VERB = re.compile(f"(?P<around>{_AROUND})|{make_pattern('verbs', 'doing')}|储备|组织|入库|验收|志愿服务")
_REACH = 14
"""Characters between the verb and its number."""
_PREMISE = re.compile(r"(?:基础上|同时|前提下)$")
"""Ends a clause that says on what ground the next one is done."""
_CONDITION = re.compile(r"^(?:待|如|若).*后$|截至|截止|已经|已完成|已建成|已实现")
"""A clause that says what must come first, or what is done already, announces nothing."""
_ORDINAL_UNIT = re.compile("[期位次批届级轮]")
_NO_THING = re.compile(r"[年月日天％%周]|季度|小时|百分点|工作日")
_EMPTY_WORDS = re.compile(
    r"力争|争取|确保|计划|预计|尽快|加快|努力|全部|全面|全年|各项|任务|工作|年度|目标|继续|陆续|累计|以上|左右|之前|"
    r"已经|均已|正在|推进|推动|实现|完成|建成|建设|做好|达到|开展|组织|启动|进行|取得|形成|引进|新增|其中|目前|改造提升"
)
_DONE = re.compile(
    r"已[^，,]{0,6}(?:封顶|开工|启用|交付|投用|开放|通车|到位|出台|印发|竣工|开业|投产|签约)|通过|完成|完工|竣工|建成|实现"
)
_LEFT = "未完成|尚未|还未|没有|未能|部分|基本完成|推迟|延期|滞后|暂未|暂停|取消"
_SHORT, _UNDONE = re.compile(f"{_LEFT}|待"), re.compile(f"{_LEFT}|正在|推进中|加快|力争|待|拟")
"""Not done, or not all; and that it goes on."""
_PERCENT = re.compile(r"\d\s*[%％]|百分之|过半|大半|[一二三]期")
_ADVERBS = re.compile("已经|已|均|都")
_ALL = re.compile(r"全部|全面|(?:完成|实现)[^，,。]{0,4}(?:年度|全年)?(?:任务|目标)")
_ALL_DONE = re.compile(r"任务[^，,。]{0,4}(?:完成|结束)|均已?(?:完成|结束|办结)")
_FINISHES = re.compile(r"完成|完工|竣工|建成|投用|封顶|通车|交付|开工|启动|签约|验收|开业|投产|到位")
_PUT_OFF = re.compile("推迟|延期|延至|取消|暂停|改为|未能按期")
_REST = re.compile(r"其余|剩余|另有|其中|另外")
"""Opens a clause that tells of a part, or of what is left."""
_OWN_SUBJECT = 3
"""So many characters of its own make a clause one of another thing: 整改隐患230处."""
_ANY_YEAR = 2000
_WHOLE_YEAR = re.compile("全年|今年|本年度?")
_PLAIN = re.compile(
    r"其中|截[至止](?:目前)?|\d{1,2}月|[1-9]?\d日|已经|顺利|正式|如期|按期|提前|圆满|累计|共计?|合计|达到|目前|总数|完成|完工|竣工|"
    r"建成|实现|并?通过(?:审查|验收)|到位|实施|新建|建设|新增|开展|组织|工程|项目|开放|投入使用|投用|启用|运营|移交|进展|[已均都于全部面的了个]"
)
"""Beside the words of the step itself, what a report of it may say without speaking of something else."""
_NOT_YET = re.compile("拟|计划|预计|力争|争取|确保|待|未|正在|尚|上半年|去年|上年|往年")
"""A number or an act in such words may be one to come, or of another time."""
_SAME_ACTS = tuple(
    re.compile(words)
    for words in (
        "开工|动工|开建|进场|奠基|启动|施工",
        "通车|开通|通行|开放|贯通|运行",
        "签订|签约|签署|合同|协议|合作",
        "完工|竣工|建成|交付|投用|使用|启用|开放|运营|开业|开馆|开园|投产|验收|封顶",
        "招标|中标|采购|挂网|开标|购置|购买",
        "拆除|清零|拆迁|征收|腾退|搬迁|清理|整治",
        "获批|批复|审批|立项|核准|备案|手续|许可",
        "出台|印发|发布|实施|制定|施行|公布",
        "上线|运行|启用|试运行|开通",
        "出让|成交|摘牌|挂牌|供地|土地",
        "装修|装饰|改造|修缮|提升|更新",
    )
)
"""Words for one deed: where the step has one and the report another, it is not silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One announcement of a text of next steps: by when, how much, or both."""

    start: int
    end: int
    """Offsets of the words in the text."""
    words: str
    """Verbatim, without 一是 and labels before it."""
    due: Deadline | None
    """The time it names, its offsets those of the whole text; None where it only names a number."""
    counts: tuple[Mention, ...]
    """Numbers of things it announces, their offsets those of ``words``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """A step beside what the next table says of it."""

    step: PlannedStep
    said: Period
    """The period whose text announces it."""
    judged: Period | None
    """The period that tells its outcome; None while no later table could."""
    outcome: StepOutcome | None
    """None while its time has not come, or where neither the rule is sure nor a person has decided."""
    proposal: StepOutcome | None
    """What the rule reads without being sure; None where it is sure, or a person decided."""
    quote: str
    """Verbatim words of the later table that say so; empty where it says nothing."""
    by: DecidedBy | None
    """``editor`` where a person decided it."""


def find_planned_steps(text: str | None, year: int) -> tuple[PlannedStep, ...]:
    """Dated and counted announcements in order: 力争8月底前完成土地出让 → by 31 August.

    A time at the head governs the clauses behind it up to the end of the sentence when its own names no act
    (9月底前，主体封顶); a label before a colon belongs to none.
    """
    if not text:
        return ()
    deadlines = tuple(find_deadlines(text, year))
    found: list[PlannedStep] = []
    ahead: Deadline | None = None
    for start, end in _clauses(text):
        due = next((d for d in deadlines if start <= d.start < end), None)
        rest = text[start : due.start] + text[due.end : end] if due else ""
        if due and due.is_plain and (not _names_an_act(rest) or _PREMISE.search(rest)):
            ahead = due
            continue
        if ahead and not due and _PREMISE.search(text[start:end].rstrip()):
            continue
        if due is None and ahead is not None:
            due, start = ahead, ahead.start
        if step := _make_step(text, start, end, due, year):
            found.append(step)
            ahead = None
        if text[end : end + 1] in "。；;\n":
            ahead = None
    return tuple(found)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every clause, without the labels and ordinals before it."""
    labels = [(part.start, part.body) for part in walk(parse_outline(text).parts) if part.label]
    for match in _CLAUSE.finditer(text):
        start, end = _skip(text, *match.span()), match.end()
        for first, body in labels:
            start = body if first <= start < body else start
        start = _skip(text, start, end)
        if start < end and not _CONDITION.search(text[start:end].strip()):
            yield start, end


def _skip(text: str, start: int, end: int) -> int:
    opening = _OPENING.match(text, start, end)
    return opening.end() if opening and start < end else start


def _names_an_act(rest: str) -> bool:
    return (
        bool(re.search(r"\d", rest))
        or len(re.sub(r"[^一-鿿]", "", _EMPTY_WORDS.sub("", rest))) > 1
        or bool(_ALL.search(rest))
    )


def _make_step(text: str, start: int, end: int, due: Deadline | None, year: int) -> PlannedStep | None:
    words = text[start:end].rstrip()
    counts = tuple(m for m in find_mentions(words) if _is_announced(words, m))
    if due is not None and not (due.is_plain or counts or _FINISHES.search(text, due.end, end)):
        due = None  # 上半年 and a bare 8月 say when, not by when
    if due is None and not counts:
        return None
    if due is None and (year_words := _WHOLE_YEAR.search(words)):
        first, last = (start + offset for offset in year_words.span())
        day = dt.date(year, 12, 31)
        due = Deadline(start=first, end=last, words=year_words[0], last_day=day, is_plain=False)
    return PlannedStep(start=start, end=start + len(words), words=words, due=due, counts=counts)


def _is_announced(words: str, mention: Mention) -> bool:
    """Whether a number says how many things there will be, not with how many something is done."""
    quantity = mention.quantity
    if mention.about or mention.named or _NO_THING.search(quantity.unit):
        return False
    if mention.chinese and (quantity.value == 1 or _ORDINAL_UNIT.match(quantity.unit)):
        return False
    verbs = list(_VERB.finditer(words, 0, mention.start))
    last = max(verbs, key=lambda match: match.end(), default=None)
    return last is not None and not last["around"] and mention.start - last.end() <= _REACH


# -- outcomes


def judge_steps(task: Task) -> tuple[StepResult, ...]:
    """Every announcement of a task's periods, oldest first, with its outcome by the next table that can tell.

    One that the next table announces again, word for word, before its time has come, counts once: there.
    """
    found: list[StepResult] = []
    for index, update in enumerate(task.updates):
        for step in find_planned_steps(update.next_steps, task.year):
            result = _judge(step, task, update, task.updates[index + 1 :])
            if result is not None:
                found.append(result)
    return tuple(found)


def _judge(step: PlannedStep, task: Task, update: Update, later: Sequence[Update]) -> StepResult | None:
    for each in later:
        decided = next((o for o in each.outcomes if o.step == step.words), None)
        if decided is not None:
            quote = decided.quote or ""
            return _result(step, update, each, decided.outcome, quote=quote, by=DecidedBy.EDITOR)
        outcome, quote, is_sure = read_outcome(step, task.at(each.period), each, update)
        is_due = step.due is None or step.due.last_day <= each.as_of
        if outcome is StepOutcome.UNMENTIONED and not is_due:
            if step.words in (each.next_steps or ""):
                return None
            continue
        if is_sure:
            return _result(step, update, each, outcome, quote=quote)
        return _result(step, update, each, proposal=outcome, quote=quote)
    return _result(step, update, None)


def _result(
    step: PlannedStep,
    update: Update,
    later: Update | None,
    outcome: StepOutcome | None = None,
    *,
    proposal: StepOutcome | None = None,
    quote: str = "",
    by: DecidedBy | None = None,
) -> StepResult:
    return StepResult(
        step=step,
        said=update.period,
        judged=later.period if later else None,
        outcome=outcome,
        proposal=proposal,
        quote=quote,
        by=by,
    )


def read_outcome(
    step: PlannedStep, task: Task, later: Update, said: Update | None = None
) -> tuple[StepOutcome, str, bool]:
    """Outcome, the words that say so, and whether the rule is sure.

    By a number in the step's unit, by the act in the step's own words, by the whole task's status where the
    step announces the whole; else by what the new next steps announce in its place. What the report of
    ``said`` told already before the step was announced tells nothing of the step: then a person is asked.
    """
    matter = _matter(step.words)
    clauses = read_clauses(later.progress or "")
    is_due = step.due is None or step.due.last_day <= later.as_of
    told = _by_report(step, matter, task, clauses) or _by_whole(step, task, later)
    if told and told[0] is StepOutcome.KEPT and said is not None:
        before = _by_report(step, matter, task, read_clauses(said.progress or ""))
        told = (*told[:2], told[2] and not (before and before[0] is StepOutcome.KEPT))
    if told and (told[0] is StepOutcome.KEPT or (is_due and told[0] is StepOutcome.PARTLY and told[2])):
        return told
    if other := _find_replaced(step, matter, task, later):
        return StepOutcome.REWORDED, other.words, True
    if told and (is_due or told[0] is StepOutcome.REWORDED):
        return told
    return StepOutcome.UNMENTIONED, "", bool(matter) and _is_silent(step, later)


def _by_report(
    step: PlannedStep, matter: frozenset[str], task: Task, clauses: tuple[Clause, ...]
) -> tuple[StepOutcome, str, bool] | None:
    """By number or by act; where the clause names a later day, or that it is put off, by that."""
    told = _by_number(step, matter, task, clauses) if step.counts else _by_act(step, matter, clauses)
    if told and not told[2] and step.due:
        days = (d.last_day for d in find_deadlines(told[1], step.due.last_day.year) if d.is_plain)
        if _PUT_OFF.search(told[1]) or any(day > step.due.last_day for day in days):
            return StepOutcome.REWORDED, told[1], False
    return told


def _is_silent(step: PlannedStep, later: Update) -> bool:
    """Whether the report has no word of the step, none of the same meaning, and not that all is done."""
    text = later.progress or ""
    if _ALL.search(f"{step.words} {text}") or _ALL_DONE.search(text) or _shares_words(step, later):
        return False
    acts = [act for act in _SAME_ACTS if act.search(step.words)]
    names_a_thing = _matter(re.sub("|".join(act.pattern for act in acts) or "$", " ", step.words))
    return bool(names_a_thing) or not any(act.search(text) for act in acts)


def _is_plain(step: PlannedStep, clause: Clause, matter: frozenset[str], promise: str) -> bool:
    """Whether a clause speaks of the whole matter of the step and of nothing else, as done.

    主体已封顶 of 9月底前主体封顶; not 主体封顶方案已完成, nor 住院楼主体已封顶.
    """
    text = clause.text
    if not set("".join(matter)) <= set(text) or _NOT_YET.search(text) or _PERCENT.search(text):
        return False
    return not _others(text, step.words if matter else f"{step.words}{promise}")


def _others(text: str, known: str) -> set[str]:
    """Characters of a report that ``known`` has not, numbers, times and words of completion aside."""
    for mention in reversed(find_mentions(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return set(re.findall("[一-鿿A-Za-z]", _PLAIN.sub("", _without_time(text)))) - set(known)


def _shares_words(step: PlannedStep, later: Update) -> bool:
    """Whether the report has two characters in a row of what the step is about, general words too."""
    runs = re.findall(r"[一-鿿A-Za-z]{2,}", _EMPTY_WORDS.sub(" ", _without_time(step.words)))
    text = later.progress or ""
    return any(run[i : i + 2] in text for run in runs for i in range(len(run) - 1))


def _matter(words: str) -> frozenset[str]:
    """Pairs of characters that name what a step is about, without its time, number and general words."""
    return find_pairs(_EMPTY_WORDS.sub(" ", re.sub(r"\d+[\d.,]*\S?", " ", _without_time(words))))


def _without_time(words: str) -> str:
    for found in reversed(list(find_deadlines(words, _ANY_YEAR))):
        words = f"{words[: found.start]} {words[found.end :]}"
    return words


def _by_number(
    step: PlannedStep, matter: frozenset[str], task: Task, clauses: tuple[Clause, ...]
) -> tuple[StepOutcome, str, bool] | None:
    """Compared where one reported number has the step's unit, and speaks of the same thing."""
    wanted = step.counts[0]
    subject = matter or find_pairs(_EMPTY_WORDS.sub(" ", task.commitment))
    found = [
        (clause, mention)
        for clause in clauses
        for mention in find_mentions(clause.text)
        if comparable(mention.quantity.unit, wanted.quantity.unit)
        and clause.act not in (Act.AHEAD, Act.NOT_BEGUN, Act.MISSING)
        and not _is_rest(clause)
        and (subject & find_pairs(clause.text) or _names_time(step, clause))
    ]
    found = [pair for pair in found if _names_time(step, pair[0])] or found
    if not found:
        return None
    clause, mention = found[0]
    share = ratio(mention.quantity.value, mention.quantity.unit, wanted.quantity.value, wanted.quantity.unit)
    outcome = StepOutcome.PARTLY if share < 1 or _NOT_YET.search(clause.text) else StepOutcome.KEPT
    is_sure = (
        len(step.counts) == 1
        and not mention.about
        and _is_alone(step, mention, clauses, f"{step.words}{task.commitment}")
        and _is_plain(step, clause, matter, task.commitment)
        and (_names_time(step, clause) or not _names_span(step))
        and (share < 1 or not _SHORT.search(clause.sentence.partition(clause.text)[2]))
    )
    return outcome, clause.text, is_sure


def _names_span(step: PlannedStep) -> bool:
    """Whether a number is announced for a month or quarter alone: 三季度引进企业3家, not 9月底前."""
    return step.due is not None and not step.due.is_plain and step.due.words.endswith(("季度", "月"))


def _is_alone(step: PlannedStep, mention: Mention, clauses: tuple[Clause, ...], known: str) -> bool:
    """Whether no other number of the text could be the answer: 已开工12个，完工7个 has two."""
    found = [
        (_names_time(step, clause), other.quantity.value)
        for clause in clauses
        if not _is_rest(clause) and len(_others(clause.text, known)) < _OWN_SUBJECT
        for other in find_mentions(clause.text)
        if comparable(other.quantity.unit, mention.quantity.unit)
    ]
    timed = any(named for named, _ in found)
    return not {value for named, value in found if named or not timed} - {mention.quantity.value}


def _is_rest(clause: Clause) -> bool:
    """Whether a clause tells of a part of the number before it, or of what is left."""
    return bool(_REST.search(clause.sentence.partition(clause.text)[0][-3:]) or _REST.match(clause.text))


def _names_time(step: PlannedStep, clause: Clause) -> bool:
    """Whether a report names the very time that the step names: 二季度引进企业4家."""
    return step.due is not None and re.sub(r"之?前|以前|底|末", "", step.due.words) in clause.text


def _by_act(
    step: PlannedStep, matter: frozenset[str], clauses: tuple[Clause, ...]
) -> tuple[StepOutcome, str, bool] | None:
    """Kept where a clause that reports names the whole matter of the step as done."""
    near = [(len(matter & find_pairs(_ADVERBS.sub("", c.text))) / len(matter), c) for c in clauses if matter]
    share, clause = max(near, key=lambda pair: pair[0], default=(0.0, None))
    if clause is None or share < 0.5:
        return None
    is_plain = _is_plain(step, clause, matter, "")
    is_done = (_DONE.search(clause.text) or (is_plain and _ADVERBS.search(clause.text))) and (
        clause.act >= Act.BEFORE and not _UNDONE.search(clause.text)
    )
    if (
        not is_done
        or _PERCENT.search(clause.text)
        or (_ALL.search(step.words) and not _ALL.search(clause.text))
    ):
        return StepOutcome.PARTLY, clause.text, False
    return StepOutcome.KEPT, clause.text, is_plain


def _by_whole(step: PlannedStep, task: Task, later: Update) -> tuple[StepOutcome, str, bool] | None:
    """A step that announces the whole, by the figures of the promise or what the text says of the whole."""
    if not _ALL.search(step.words):
        return None
    status = later.status
    if status.value is StatusValue.COMPLETED and status.quote:
        return StepOutcome.KEPT, status.quote, True
    shares = {a: _share(a, task) for a in later.actuals if _share(a, task) is not None}
    counted = [t for t in task.targets if t.kind in (TargetKind.COUNT, TargetKind.AMOUNT)]
    if counted and len(shares) == len(counted):
        least = min(shares, key=lambda actual: shares[actual] or 0)
        outcome = StepOutcome.KEPT if (shares[least] or 0) >= 1 else StepOutcome.PARTLY
        return outcome, least.quotes[0], True
    if status.value is StatusValue.PARTLY_DONE and status.quote:
        return StepOutcome.PARTLY, status.quote, _SHORT.search(later.progress or "") is not None
    return None


def _share(actual: Actual, task: Task) -> Fraction | None:
    """Share of a counted promise that a figure for the year so far reports."""
    target = next((t for t in task.targets if t.id == actual.target), None)
    if target is None or actual.basis is not Basis.YEAR_TO_DATE or not comparable(actual.unit, target.unit):
        return None
    return ratio(actual.value, actual.unit, target.value, target.unit)


def _find_replaced(
    step: PlannedStep, matter: frozenset[str], task: Task, later: Update
) -> PlannedStep | None:
    """The step that the new text announces instead: the same matter for a later day."""
    for other in find_planned_steps(later.next_steps, task.year):
        same = matter and set("".join(matter)) == set("".join(_matter(other.words)))
        later_day = step.due and other.due and other.due.last_day > step.due.last_day
        values = [m.quantity.value for m in step.counts] == [m.quantity.value for m in other.counts]
        if same and later_day and values:
            return other
    return None


def count_outcomes(results: Iterable[StepResult]) -> dict[StepOutcome, int]:
    """How many steps came to each outcome; those without one are in none."""
    found = Counter(result.outcome for result in results)
    return {outcome: found[outcome] for outcome in StepOutcome}
