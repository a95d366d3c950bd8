"""What a clerk should look at before a period goes out: repeated texts, empty phrases, dates gone by, totals
that went down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from generator.base.errors import Problem, Severity
from generator.base.messages import Message, find_runs
from generator.base.paths import district_file, district_folder, task_file
from generator.base.places import Place
from generator.figures.continuity import find_falls, format_fall
from generator.figures.received_periods import find_absent
from generator.figures.text_differences import Repeat, find_past_dates, find_repeat, says_nothing
from generator.model import District, Period, Task, Update

_SHOWN = 3
_KINDS: dict[str, Callable[..., Message]] = {
    "as_of": lambda **v: Message("{period} as_of: {count} 项的截至日还没有到：第 {numbers} 项", **v),
    "empty": lambda **v: Message("{period} progress: {count} 项没有实际内容：第 {numbers} 项", **v),
    "past": lambda **v: Message("{period} next_steps: {count} 项还在说已经过去的日期：第 {numbers} 项", **v),
    "equal": lambda **v: Message("{period} progress: {count} 项与上期的文字相同：第 {numbers} 项", **v),
    "nearly": lambda **v: Message(
        "{period} progress: {count} 项与上期的文字几乎相同，数字也没有变：第 {numbers} 项", **v
    ),
    "steps": lambda **v: Message("{period} next_steps: {count} 项与上期的文字相同：第 {numbers} 项", **v),
}
"""One sentence for many findings of a kind; other kinds are listed one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    """One thing about one task."""

    kind: str
    number: int
    problem: Problem


Figure = tuple[str, Period, str | None]
"""A reported figure: task id, period, target id."""


def check_history(
    district: District, today: dt.date, *, verbose: bool = False, answered: Collection[Figure] = ()
) -> tuple[Problem, ...]:
    """Warnings about the newest period of each task; the same facts stand on the pages for readers.

    Totals that fell and quarters without a table stay until somebody answers: ``answered`` are figures that a
    person confirmed. Other findings of one kind are one warning with the numbers of the tasks; with
    ``verbose`` one by one.
    Source: copy-paste alarm of the reporting ledger, method page.
    """
    newest = max((u.period for t in district.tasks for u in t.updates), key=lambda p: p.order, default=None)
    found: list[_Finding] = []
    for task in district.tasks:
        if task.updates and task.updates[-1].period == newest:
            found += _check_task(task, today)
    told = [f.problem for f in found] if verbose else [*_gather(district, str(newest), found)]
    falls = (problem for task in district.tasks for problem in _check_falls(task, answered))
    return (*told, *falls, *_check_absent(district))


def _check_falls(task: Task, answered: Collection[Figure]) -> Iterator[Problem]:
    """Totals that fell, in whatever period."""
    for update in task.updates:
        for fall in find_falls(task, update.period):
            if (task.id, update.period, fall.target.id) not in answered:
                what = Message("{period} {what}", period=update.period, what=format_fall(fall))
                hint = Message(
                    "请核对哪一期的数不对；都没有错，就在 review.yaml 里记一条"
                    "“task: {task}，period: {period}，target: {target}，decision: accept”",
                    task=task.id,
                    period=str(update.period),
                    target=fall.target.id,
                )
                place = Place(file=task_file(task.id))
                yield Problem(place=place, what=what, hint=hint, level=Severity.WARNING)


def _check_absent(district: District) -> Iterator[Problem]:
    """Quarters without a table of which nobody said why."""
    known = {each.period for each in district.absent}
    for period in find_absent(district):
        if period not in known:
            what = Message("没有 {period} 的表", period=str(period))
            hint = Message(
                "收到后用 ingest 补读；确实没有，就在 district.yaml 的 absent 里写明："
                "{{period: {period}, reason: …}}",
                period=str(period),
            )
            place = Place(file=district_file(district.id))
            yield Problem(place=place, what=what, hint=hint, level=Severity.WARNING)


def _gather(district: District, newest: str, found: Iterable[_Finding]) -> Iterator[Problem]:
    """Findings of a kind together, where there are several."""
    kinds: dict[str, list[_Finding]] = {}
    for finding in found:
        kinds.setdefault(finding.kind, []).append(finding)
    for kind, findings in kinds.items():
        if kind not in _KINDS or len(findings) == 1:
            yield from (f.problem for f in findings)
            continue
        numbers = find_runs(f.number for f in findings)
        what = _KINDS[kind](period=newest, count=len(findings), numbers=numbers)
        hint = Message("{hint}；用 taizhang check --verbose 逐条列出", hint=findings[0].problem.hint)
        yield Problem(
            place=Place(file=district_folder(district.id)), what=what, hint=hint, level=Severity.WARNING
        )


def _check_task(task: Task, today: dt.date) -> Iterator[_Finding]:
    place = Place(file=task_file(task.id))
    update = task.updates[-1]
    before = task.updates[-2] if len(task.updates) > 1 else None

    def finding(kind: str, what: Message, hint: Message) -> _Finding:
        problem = Problem(
            place=place,
            what=Message("{period} {what}", period=update.period, what=what),
            hint=hint,
            level=Severity.WARNING,
        )
        return _Finding(kind=kind, number=task.number, problem=problem)

    for kind, what, hint in (*_check_update(update, task.year, today), *_check_repeats(before, update)):
        yield finding(kind, what, hint)


def _check_update(update: Update, year: int, today: dt.date) -> Iterator[tuple[str, Message, Message]]:
    if update.as_of > today:
        yield "as_of", Message("as_of: 截至日 {as_of} 还没有到", as_of=update.as_of), Message("请核对报告期")
    if says_nothing(update.progress):
        yield (
            "empty",
            Message("progress: “{text}”没有实际内容", text=(update.progress or "").strip()),
            Message("请责任单位写明做了什么、到哪一步"),
        )
    past = find_past_dates(update.next_steps, year, update.as_of)
    if past:
        words = tuple(f"“{p.words}”" for p in past[:_SHOWN])
        hint = Message("请核对是否抄了上期的文字")
        yield (
            "past",
            Message("next_steps: 报到 {as_of}，还在说已经过去的 {words}", as_of=update.as_of, words=words),
            hint,
        )


def _check_repeats(before: Update | None, update: Update) -> Iterator[tuple[str, Message, Message]]:
    if before is None:
        return
    hint = Message("请责任单位补充本期的新情况；确实没有变化就如实写明")
    progress = find_repeat(before.progress, update.progress)
    if progress is Repeat.EQUAL:
        yield "equal", Message("progress: 与 {period} 的文字相同", period=before.period), hint
    elif progress is Repeat.NEARLY:
        yield (
            "nearly",
            Message("progress: 与 {period} 的文字几乎相同，数字也没有变", period=before.period),
            hint,
        )
    if find_repeat(before.next_steps, update.next_steps) is Repeat.EQUAL:
        yield "steps", Message("next_steps: 与 {period} 的文字相同", period=before.period), hint
