"""The lines of the leaders' brief: a task, what changed, a body; each knows how much of the page it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from generator.figures import (
    Change,
    DepartmentLoad,
    Overview,
    Standing,
    TargetFigure,
    TaskFigures,
    compare_task,
    is_same_promise,
)
from generator.model import Contact, Department, District, Role, Task, addresses
from generator.site.views.card_views import TargetView, main_target, make_target_view
from generator.site.views.page_view import short
from generator.site.views.phones import PhoneEntry, make_phone
from generator.wording import (
    Words,
    format_departments,
    format_percent,
    format_standing,
    format_state,
    format_task_number,
    format_task_standing,
    named_department,
)

_RULE = Fraction(3, 10)
"""What the padding and the line under a table row take, in lines."""
_TITLE_WIDTH, _WHO_WIDTH, _ROW_WIDTH, _NAME_WIDTH = 14, 6, 48, 16
"""Characters of one line in the columns of the printed tables and lists."""
_NEXT_WIDTH, _WIDE_NEXT_WIDTH = 16, 18
"""The same of the next steps, beside a column of departments and without one."""
_NEXT_LIMIT = 48
_TITLE_LIMIT = 40
_MEANS = re.compile(r"(?:以|依托|围绕|聚焦|按照|根据|结合|针对|充分发挥|发挥)")
_SENTENCE_END = re.compile(r"[。；;！!？?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefTask:
    """One task in a list of the brief."""

    id: str
    url: str
    title: str
    departments: str
    """The department that is named, and of how many."""
    phone: PhoneEntry | None
    """A number to call, with its office where that is not the department named; None when none is printed."""
    standing: Standing
    standing_word: str
    target: TargetView | None
    """The target that decides the standing; None where the text alone does."""
    no_figure: str
    """Why there is none: not promised, not reported, or not counted; empty with a target."""
    next_steps: str
    """Its first sentences, whole; says so where the period has none."""
    lines: Fraction
    """Lines it takes when printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefChange:
    """What became different since the period before."""

    id: str
    url: str
    number: str
    title: str
    text: str
    """欠序时 → 达序时，完成率 30.0% → 52.1%."""
    lines: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefLine:
    """A promised number: reached, or without a reported one."""

    id: str
    url: str
    number: str
    promise: str
    """What was promised, 新建公园2处."""
    text: str
    """What was reported, or the words that stand instead with who is responsible."""
    lines: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefBody:
    """A department's line."""

    name: str
    url: str
    tasks: int
    counts: tuple[int, ...]
    """By standing, in the order of the standings."""
    lines: Fraction


def make_brief_task(
    task: TaskFigures, overview: Overview, words: Words, *, own: Department | None = None
) -> BriefTask:
    """A task as the brief lists it; ``own`` in that department's brief, which names no departments."""
    found = task.task
    figure = task.weakest or main_target(task)
    target = make_target_view(figure, words) if figure and figure.actual else None
    title = short(found.title, _TITLE_LIMIT)
    next_steps = find_next_steps(task, overview, words)
    who = format_departments(found, words) or words("brief.no_department")
    phone = find_phone(found, overview.district, own)
    rows = (
        ceil(len(title) / _TITLE_WIDTH),
        ceil(len(next_steps) / (_WIDE_NEXT_WIDTH if own else _NEXT_WIDTH)),
        (0 if own else ceil(len(who) / _WHO_WIDTH)) + _phone_lines(phone),
        2,
    )
    return BriefTask(
        id=found.id,
        url=addresses.task_url(found.id),
        title=title,
        departments=who,
        phone=phone,
        standing=task.standing,
        standing_word=format_task_standing(task, words),
        target=target,
        no_figure="" if target else _explain_no_figure(task, words),
        next_steps=next_steps,
        lines=max(rows) + _RULE,
    )


def _explain_no_figure(task: TaskFigures, words: Words) -> str:
    shown = main_target(task)
    return format_state(shown, words) if shown else words("brief.no_number")


def find_phone(task: Task, district: District, own: Department | None) -> PhoneEntry | None:
    """The number of the lead, of the only department, or of the only office; of ``own`` in its own brief.

    None where several departments share a task without a lead and several offices have a number: none of them
    may stand for the others.
    """
    all_names = {body.name: (body.name, *body.aliases) for body in district.departments}
    named = named_department(task)
    first = own.name if own else named.name if named else ""
    names = all_names.get(first, (first,))
    offices = [contact for contact in task.contacts if contact.phones]
    led = named is not None and (named.role is Role.LEAD or len(task.departments) == 1)
    if own is None and not led:
        return _first_phone(offices[0], district, named=True) if len(offices) == 1 else None
    found = [contact for contact in offices if contact.office.startswith(names)]
    if not found and (own is None or len(task.departments) == 1):
        found = offices
    return _first_phone(found[0], district, named=not found[0].office.startswith(names)) if found else None


def _first_phone(contact: Contact, district: District, *, named: bool) -> PhoneEntry:
    phone = make_phone(contact.phones[0], district.area_code)
    return PhoneEntry(office=contact.office if named else "", phones=(phone,))


def _phone_lines(entry: PhoneEntry | None) -> int:
    if entry is None:
        return 0
    return ceil(len(entry.office) / _WHO_WIDTH) + ceil(len(entry.phones[0].text) / (2 * _WHO_WIDTH - 2))


def find_next_steps(task: TaskFigures, overview: Overview, words: Words) -> str:
    """The period's next steps, those of another task where the table says 同上; its first sentences."""
    update = task.update
    text = update.next_steps if update else None
    if update and update.next_steps_from:
        others = [t.update for t in overview.tasks if t.task.id == update.next_steps_from and t.update]
        text = next((other.next_steps for other in others if other.next_steps), text)
    found = " ".join((text or "").split())
    return cut_sentences(found, _NEXT_LIMIT) if found else words("brief.no_next_steps")


def cut_sentences(text: str, limit: int) -> str:
    """The first whole sentences within ``limit`` and …; when even the first is longer, its clauses.

    An opening clause that only says by which means (以…为抓手) is left out of too long a first sentence.
    """
    if len(text) <= limit:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, limit)]
    if ends:
        return text[: ends[-1]] + "…"
    joints = [n for n, sign in enumerate(text) if sign in "，,。；;" and not _is_inside(text[:n])]
    start = joints[0] + 1 if joints and _MEANS.match(text) and len(joints) > 1 else 0
    inside = [n for n in joints if start + limit // 4 <= n <= start + limit]
    return text[start : inside[-1]] + "…" if inside else short(text, limit)


def _is_inside(text: str) -> bool:
    """Whether what follows stands within quotation marks or brackets."""
    return any(text.count(one) > text.count(other) for one, other in ("“”", "（）", "()", "《》", "‘’"))


def make_change(task: TaskFigures, before: TaskFigures | None, words: Words) -> BriefChange | None:
    parts = []
    changes = compare_task(before, task).changes
    if before is None:
        parts.append(words("brief.new_task"))
    elif Change.STANDING in changes:
        old, new = (format_standing(t.standing, words) for t in (before, task))
        parts.append(words("brief.moved", old=old, new=new))
    if Change.UNMEASURED in changes:
        parts.append(words("brief.unmeasured"))
    if before and task.weakest and task.weakest.completion is not None:
        target = task.weakest.target
        same = [f for f in before.targets if f.target.id == target.id and is_same_promise(f.target, target)]
        was = next((f.completion for f in same), None)
        if was is not None and was != task.weakest.completion:
            values = {"old": format_percent(was), "new": format_percent(task.weakest.completion)}
            parts.append(words("brief.completion", metric=target.metric, **values))
    if before and any(_has_other_promise(figure, before) for figure in task.targets):
        parts.append(words("brief.promise_changed"))
    if not parts:
        return None
    text = words("brief.separator").join(parts)
    title = short(task.task.title, _TITLE_LIMIT)
    return BriefChange(
        id=task.task.id,
        url=addresses.task_url(task.task.id),
        number=format_task_number(task.task, words),
        title=title,
        text=text,
        lines=Fraction(ceil((len(title) + len(text) + 8) / _ROW_WIDTH)),
    )


def _has_other_promise(figure: TargetFigure, before: TaskFigures) -> bool:
    """Whether the target was promised with another number in the period before."""
    old = (f.target for f in before.targets if f.target.id == figure.target.id)
    return any(not is_same_promise(figure.target, target) for target in old)


def make_body(load: DepartmentLoad, district: str) -> BriefBody:
    name = load.department.name
    return BriefBody(
        name=name,
        url=addresses.department_url(district, load.department.slug),
        tasks=load.totals.tasks,
        counts=tuple(load.totals.standings[standing] for standing in Standing),
        lines=ceil(len(name) / _NAME_WIDTH) + _RULE,
    )


def make_line(id_: str, url: str, number: str, promise: str, text: str) -> BriefLine:
    """A line of a list, with the room that it takes."""
    lines = Fraction(ceil((len(number) + len(promise) + len(text) + 2) / _ROW_WIDTH))
    return BriefLine(id=id_, url=url, number=number, promise=promise, text=text, lines=lines)
