"""Is every published number covered by the words it came from? Checks of a district's targets and actuals.

A quote that is not a verbatim part of its text, or an actual that cannot be compared with its target, is an
error: it must never reach a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from generator.base.errors import Problem
from generator.base.messages import Message
from generator.base.paths import task_file
from generator.base.places import Place
from generator.figures.report import Overview, Report, Totals
from generator.language.quantities import comparable, find_mentions, to_base
from generator.model import Actual, Basis, District, StatusValue, Target, TargetKind, Task, Update

_ALL_DONE = re.compile(r"均|全部|都|已")
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+")


def check_figures(district: District) -> tuple[Problem, ...]:
    """Everything wrong with the targets, actuals and statuses of a district; ``where`` is the task's file."""
    found = [problem for task in district.tasks for problem in _check_task(task)]
    return tuple(sorted(set(found)))


def check_totals(report: Report) -> tuple[Problem, ...]:
    """Counts that do not add up, by overview and department; none in a sound report."""
    return tuple(
        problem
        for district in report.districts
        for overview in district.overviews
        for problem in _check_overview(overview)
    )


def _check_task(task: Task) -> Iterator[Problem]:
    where = task_file(task.id)
    yield from _check_targets(where, task)
    yield from _check_parts(where, task)
    for index, update in enumerate(task.updates):
        then = task.at(update.period)
        targets = {target.id: target for target in then.targets}
        field = f"updates[{index}]"
        yield from _check_actuals(where, field, update, targets)
        yield from _check_status(where, field, update)
        yield from _check_outcomes(where, field, task, update)
        yield from _check_part_reports(where, field, task, update)


def _check_part_reports(where: str, field: str, task: Task, update: Update) -> Iterator[Problem]:
    """Every report is of a part that the task has, once, in words of the progress text."""
    counts = Counter(report.part for report in update.parts)
    known = {part.id for part in task.parts}
    for index, report in enumerate(update.parts):
        place = f"{field}.parts[{index}]"
        if report.part not in known or counts[report.part] > 1:
            what = Message("没有 {part} 这一部分，或者写了两次", part=report.part)
            yield _problem(where, f"{place}.part", what, Message("先在 parts 里写这一部分，一期只写一次"))
        if report.quote is not None:
            yield from _check_quote(where, f"{place}.quote", report.quote, update.progress, "progress")
        elif report.status not in _NEEDS_NO_QUOTE:
            what = Message("{value} 没有引文", value=report.status)
            yield _problem(where, f"{place}.quote", what, Message("写出说明这一状态的原话"))


def _check_parts(where: str, task: Task) -> Iterator[Problem]:
    """Ids are unique, quotes stand in the commitment, names in the commitment or a progress text."""
    texts = (task.commitment, *(update.progress or "" for update in task.updates))
    counts = Counter(part.id for part in task.parts)
    for index, part in enumerate(task.parts):
        field = f"parts[{index}]"
        yield from _check_quote(where, f"{field}.quote", part.quote, task.commitment, "commitment")
        if counts[part.id] > 1:
            what = Message("编号 {name} 用了 {count} 次", name=part.id, count=counts[part.id])
            yield _problem(where, f"{field}.id", what, Message("每一部分一个编号，不重复"))
        if not any(part.name in text for text in texts):
            what = Message("“{name}”不是原文里的名称", name=part.name)
            yield _problem(where, f"{field}.name", what, Message("照任务原文或推进情况里的写"))


def _check_targets(where: str, task: Task) -> Iterator[Problem]:
    counts = Counter(target.id for target in task.targets)
    for name, count in counts.items():
        if count > 1:
            yield _problem(
                where,
                "targets",
                Message("编号 {name} 用了 {count} 次", name=name, count=count),
                Message("每个目标一个编号，不重复"),
            )
    for index, target in enumerate(task.targets):
        field = f"targets[{index}]"
        yield from _check_quote(where, f"{field}.quote", target.quote, task.commitment, "commitment")
        if target.value_max is not None and target.value_max <= target.value:
            yield _problem(
                where,
                f"{field}.value_max",
                Message("{value_max} 不大于 value", value_max=target.value_max),
                Message("写区间的上限"),
            )
        if target.by is None and target.quote in task.commitment and not _says(target.quote, target):
            what = Message(
                "引文“{quote}”里没有 {value:f}{unit}",
                quote=target.quote,
                value=target.value,
                unit=target.unit,
            )
            yield _problem(
                where, f"{field}.value", what, Message("引文要包含这个数和单位；人工认定的写上 by: editor")
            )


_FALL = re.compile("[-−–－﹣负降减跌缩亏下少低]")
_TURNS = re.compile(f"{_FALL.pattern}|[升增涨高多]")


def _says(quote: str, number: Target | Actual) -> bool:
    """Whether the number stands in the quote, in any scale.

    Below zero only beside words of a fall; a rise counts below zero where the promise is a fall.
    """
    turns = _TURNS if number.unit == "%" else _FALL
    if number.value < 0 and turns.search(quote) is None:
        return False
    return any(same == _base(abs(number.value), number.unit) for same in _numbers(quote))


def _numbers(quote: str) -> Iterator[tuple[Decimal, str]]:
    for mention in find_mentions(quote):
        yield _base(abs(mention.quantity.value), mention.quantity.unit)


def _base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    value, unit = to_base(value, unit)
    return value.normalize(), "元" if unit.endswith("亿") else unit


def _check_quote(where: str, field: str, quote: str, text: str | None, source: str) -> Iterator[Problem]:
    if not quote.strip():
        yield _problem(where, field, Message("是空的"), Message("写出 {source} 里的原话", source=source))
    elif text is None or quote not in text:
        yield _problem(
            where,
            field,
            Message("“{quote}”不是 {source} 里的原话", quote=quote, source=source),
            Message("一字不改地引用原文"),
        )


def _check_actuals(where: str, field: str, update: Update, targets: dict[str, Target]) -> Iterator[Problem]:
    counts = Counter(actual.target for actual in update.actuals)
    for name, count in counts.items():
        if count > 1:
            yield _problem(
                where,
                f"{field}.actuals",
                Message("目标 {name} 有 {count} 个完成数", name=name, count=count),
                Message("一期只留一个"),
            )
    for index, actual in enumerate(update.actuals):
        place = f"{field}.actuals[{index}]"
        if not actual.quotes:
            yield _problem(where, f"{place}.quote", Message("没有引文"), Message("写出 progress 里的原话"))
        for quote in actual.quotes:
            yield from _check_quote(where, f"{place}.quote", quote, update.progress, "progress")
        target = targets.get(actual.target)
        if target is None:
            yield _problem(
                where,
                f"{place}.target",
                Message("没有目标 {target}", target=actual.target),
                Message("已有的目标：{targets}", targets=tuple(targets) or (Message("没有"),)),
            )
            continue
        yield from _check_actual(where, place, actual, target)
        stated = actual.stated_completion
        if stated is not None and not _states(update.progress or "", stated):
            what = Message("progress 里没有写明 {percent:f}%", percent=stated * 100)
            yield _problem(where, f"{place}.stated_completion", what, Message("只填原文写明的比例"))


def _states(progress: str, share: Decimal) -> bool:
    percent = f"{(share * 100).normalize():f}"
    return any(re.search(rf"(?<![\d.]){re.escape(percent)}(?:\.0+)?{sign}", progress) for sign in "%％")


def _check_actual(where: str, place: str, actual: Actual, target: Target) -> Iterator[Problem]:
    if actual.basis is not Basis.STATED_RATIO and not comparable(actual.unit, target.unit):
        what = Message("“{unit}”不能与目标的单位“{other}”比较", unit=actual.unit, other=target.unit)
        yield _problem(where, f"{place}.unit", what, Message("换成能换算的单位，或去掉这个完成数"))
    if (actual.basis is Basis.GROWTH) != (target.kind is TargetKind.GROWTH):
        what = Message("{basis} 不能用于 {kind} 类目标", basis=actual.basis, kind=target.kind)
        yield _problem(where, f"{place}.basis", what, Message("增长类目标用 growth，其他不用"))
    if actual.basis is Basis.LEVEL and target.kind is not TargetKind.LEVEL:
        what = Message("level 不能用于 {kind} 类目标", kind=target.kind)
        yield _problem(where, f"{place}.basis", what, Message("比率目标配 level"))
    if actual.by is None and not _covers(actual, target):
        what = Message("引文里没有 {value:f}{unit}", value=actual.value, unit=actual.unit)
        yield _problem(
            where, f"{place}.value", what, Message("引文要包含这个数和单位；人工认定的写上 by: editor")
        )


def _covers(actual: Actual, target: Target) -> bool:
    """Whether the quotes hold the number: as printed, a sum, an ordinal, or 全部完成 of the target."""
    if actual.basis is Basis.SUM:
        parts = [next(iter(_numbers(quote)), None) for quote in actual.quotes]
        total = sum((part[0] for part in parts if part is not None), Decimal(0))
        return None not in parts and _base(actual.value, actual.unit)[0] == total.normalize()
    if any(_says(quote, actual) for quote in actual.quotes):
        return True
    whole = _base(actual.value, actual.unit) == _base(target.value, target.unit)
    return any((whole and _ALL_DONE.search(quote)) or _ORDINAL.search(quote) for quote in actual.quotes)


def _check_outcomes(where: str, field: str, task: Task, update: Update) -> Iterator[Problem]:
    """Decisions about announcements quote both tables to the letter."""
    said = "\n".join(u.next_steps or "" for u in task.updates if u.period.order < update.period.order)
    for index, decided in enumerate(update.outcomes):
        place = f"{field}.outcomes[{index}]"
        yield from _check_quote(where, f"{place}.step", decided.step, said, "next_steps")
        if decided.quote is not None:
            now = f"{update.progress or ''}\n{update.next_steps or ''}"
            yield from _check_quote(where, f"{place}.quote", decided.quote, now, "progress")


_NEEDS_NO_QUOTE = (StatusValue.INTENT, StatusValue.NO_INFORMATION, StatusValue.UNDECIDED)
"""What a text may be without any words that say so."""


def _check_status(where: str, field: str, update: Update) -> Iterator[Problem]:
    status = update.status
    if status.quote is not None:
        yield from _check_quote(where, f"{field}.status.quote", status.quote, update.progress, "progress")
    elif status.by is None and status.value not in _NEEDS_NO_QUOTE:
        what = Message("{value} 没有引文", value=status.value)
        yield _problem(
            where, f"{field}.status.quote", what, Message("写出说明这一状态的原话；人工认定的写上 by: editor")
        )


def _check_overview(overview: Overview) -> Iterator[Problem]:
    where = f"{overview.district.id}/{overview.period}"
    yield from _check_counts(where, overview.totals, len(overview.tasks))
    for load in overview.departments:
        tasks = len(load.led) + len(load.joined) + len(load.unstated)
        yield from _check_counts(f"{where}/{load.department.name}", load.totals, tasks)


def _check_counts(where: str, totals: Totals, tasks: int) -> Iterator[Problem]:
    left_out = sum(totals.left_out.values())
    scope = sum(count for reason, count in totals.left_out.items() if reason == "scope")
    sums: Iterable[tuple[Message, int, int]] = (
        (Message("任务数"), totals.tasks, tasks),
        (Message("各状态之和"), sum(totals.standings.values()), totals.tasks),
        (Message("可比目标各状态之和"), sum(totals.target_standings.values()), totals.comparable),
        (Message("可比与不可比目标之和"), totals.comparable + left_out - scope, totals.targets),
    )
    for what, counted, expected in sums:
        if counted != expected:
            told = Message(
                "{what}是 {counted}，应为 {expected}", what=what, counted=counted, expected=expected
            )
            yield _problem(where, "", told, Message("这是程序的错误，请报告"))


def _problem(where: str, field: str, what: Message, hint: Message) -> Problem:
    return Problem(place=Place(file=where, field=field), what=what, hint=hint)
