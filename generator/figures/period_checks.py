"""What a clerk should look at before a period goes out: repeated texts, empty phrases, dates gone by, totals
that went down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.base.errors import Problem, Severity, tell_numbers
from generator.base.places import Place
from generator.figures.continuity import find_falls, tell_fall
from generator.figures.text_differences import Repeat, find_past_dates, find_repeat, says_nothing
from generator.model import District, Task, Update

_SHOWN = 3
_KINDS = {
    "as_of": "as_of: {count} 项的截至日还没有到",
    "empty": "progress: {count} 项没有实际内容",
    "past": "next_steps: {count} 项还在说已经过去的日期",
    "equal": "progress: {count} 项与上期的文字相同",
    "nearly": "progress: {count} 项与上期的文字几乎相同，数字也没有变",
    "steps": "next_steps: {count} 项与上期的文字相同",
}
"""One sentence for many findings of a kind; other kinds are told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    """One thing about one task."""

    kind: str
    number: int
    problem: Problem


def check_history(district: District, today: dt.date, *, verbose: bool = False) -> tuple[Problem, ...]:
    """Warnings about the newest period of each task; the same facts stand on the pages for readers.

    Findings of one kind are one warning with the numbers of the tasks; with ``verbose`` one by one.
    Source: copy-paste alarm of the reporting ledger, method page.
    """
    newest = max((u.period for t in district.tasks for u in t.updates), key=lambda p: p.order, default=None)
    found: list[_Finding] = []
    for task in district.tasks:
        if task.updates and task.updates[-1].period == newest:
            found += _check_task(district, task, today)
    return tuple(f.problem for f in found) if verbose else tuple(_gather(district, str(newest), found))


def _gather(district: District, newest: str, found: Iterable[_Finding]) -> Iterator[Problem]:
    """Findings of a kind together, where there are several."""
    kinds: dict[str, list[_Finding]] = {}
    for finding in found:
        kinds.setdefault(finding.kind, []).append(finding)
    for kind, findings in kinds.items():
        if kind not in _KINDS or len(findings) == 1:
            yield from (f.problem for f in findings)
            continue
        numbers = tell_numbers(f.number for f in findings)
        what = f"{newest} {_KINDS[kind].format(count=len(findings))}：第 {numbers} 项"
        hint = f"{findings[0].problem.hint}；用 taizhang check --verbose 逐条列出"
        yield Problem(
            place=Place(file=f"content/{district.id}"), what=what, hint=hint, level=Severity.WARNING
        )


def _check_task(district: District, task: Task, today: dt.date) -> Iterator[_Finding]:
    _, year, number = task.id.rsplit("-", 2)
    place = Place(file=f"content/{district.id}/{year}/{number}.yaml")
    update = task.updates[-1]
    before = task.updates[-2] if len(task.updates) > 1 else None

    def finding(kind: str, what: str, hint: str) -> _Finding:
        problem = Problem(place=place, what=f"{update.period} {what}", hint=hint, level=Severity.WARNING)
        return _Finding(kind=kind, number=task.number, problem=problem)

    for kind, what, hint in (*_check_update(update, task.year, today), *_check_repeats(before, update)):
        yield finding(kind, what, hint)
    for fall in find_falls(task, update.period):
        yield finding("fall", tell_fall(fall), "请核对哪一期的数不对，或者说的不是一回事")


def _check_update(update: Update, year: int, today: dt.date) -> Iterator[tuple[str, str, str]]:
    if update.as_of > today:
        yield "as_of", f"as_of: 截至日 {update.as_of} 还没有到", "请核对报告期"
    if says_nothing(update.progress):
        yield (
            "empty",
            f"progress: “{(update.progress or '').strip()}”没有实际内容",
            "请责任单位写明做了什么、到哪一步",
        )
    past = find_past_dates(update.next_steps, year, update.as_of)
    if past:
        words = "、".join(f"“{p.words}”" for p in past[:_SHOWN])
        hint = "请核对是否抄了上期的文字"
        yield "past", f"next_steps: 报到 {update.as_of}，还在说已经过去的 {words}", hint


def _check_repeats(before: Update | None, update: Update) -> Iterator[tuple[str, str, str]]:
    if before is None:
        return
    hint = "请责任单位补充本期的新情况；确实没有变化就如实写明"
    progress = find_repeat(before.progress, update.progress)
    if progress is Repeat.EQUAL:
        yield "equal", f"progress: 与 {before.period} 的文字相同", hint
    elif progress is Repeat.NEARLY:
        yield "nearly", f"progress: 与 {before.period} 的文字几乎相同，数字也没有变", hint
    if find_repeat(before.next_steps, update.next_steps) is Repeat.EQUAL:
        yield "steps", f"next_steps: 与 {before.period} 的文字相同", hint
