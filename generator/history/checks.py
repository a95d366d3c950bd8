"""What a clerk should look at before a period goes out: repeated texts, empty phrases, dates gone by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.errors import Problem
from generator.history.continuity import find_falls, tell_fall
from generator.history.texts import Repeat, find_past_dates, find_repeat, says_nothing
from generator.model import District, Task, Update

_SHOWN = 3


def check_history(district: District, today: dt.date) -> tuple[Problem, ...]:
    """Warnings about the newest period of each task; the same facts stand on the pages for readers.

    Source: copy-paste alarm of the reporting ledger, method page.
    """
    newest = max((u.period for t in district.tasks for u in t.updates), key=lambda p: p.order, default=None)
    found: list[Problem] = []
    for task in district.tasks:
        if task.updates and task.updates[-1].period == newest:
            found += _check_task(district, task, today)
    return tuple(found)


def _check_task(district: District, task: Task, today: dt.date) -> Iterator[Problem]:
    _, year, number = task.id.rsplit("-", 2)
    where = f"content/{district.id}/{year}/{number}.yaml"
    update = task.updates[-1]
    before = task.updates[-2] if len(task.updates) > 1 else None
    for field, what, hint in (*_check_update(update, task.year, today), *_check_repeats(before, update)):
        yield Problem(where=where, what=f"{update.period} {field}: {what}", hint=hint, level="warning")
    for fall in find_falls(task, update.period):
        hint = "请核对哪一期的数不对，或者说的不是一回事"
        yield Problem(where=where, what=f"{update.period} {tell_fall(fall)}", hint=hint, level="warning")


def _check_update(update: Update, year: int, today: dt.date) -> Iterator[tuple[str, str, str]]:
    if update.as_of > today:
        yield "as_of", f"截至日 {update.as_of} 还没有到", "请核对报告期"
    if says_nothing(update.progress):
        yield (
            "progress",
            f"“{(update.progress or '').strip()}”没有实际内容",
            "请责任单位写明做了什么、到哪一步",
        )
    past = find_past_dates(update.next_steps, year, update.as_of)
    if past:
        words = "、".join(f"“{p.words}”" for p in past[:_SHOWN])
        hint = "请核对是否抄了上期的文字"
        yield "next_steps", f"报到 {update.as_of}，还在说已经过去的 {words}", hint


def _check_repeats(before: Update | None, update: Update) -> Iterator[tuple[str, str, str]]:
    if before is None:
        return
    hint = "请责任单位补充本期的新情况；确实没有变化就如实写明"
    progress = find_repeat(before.progress, update.progress)
    if progress is not Repeat.NO:
        words = "相同" if progress is Repeat.EQUAL else "几乎相同，数字也没有变"
        yield "progress", f"与 {before.period} 的文字{words}", hint
    if find_repeat(before.next_steps, update.next_steps) is Repeat.EQUAL:
        yield "next_steps", f"与 {before.period} 的文字相同", hint
