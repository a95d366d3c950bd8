"""What the periods together say of one task: differences, said and done, plain facts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.figures import (
    RUNGS,
    Change,
    DistrictReport,
    Repeat,
    TaskChange,
    TaskFigures,
    Track,
    compare_task,
    figures_date,
    following_overview,
    moved_totals,
    rungs_of,
)
from generator.model import addresses
from generator.site.views.card_views import known_names
from generator.site.views.prose import render_prose
from generator.site.views.site_frame import Frame
from generator.site.views.step_rows import StepRow, make_task_steps
from generator.site.views.task_differences import KINDS, Detail, make_details
from generator.wording import (
    Words,
    format_date,
    format_period,
    format_reported,
    format_rung,
    join_clauses,
    join_list,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDone:
    """The last period's next steps beside this period's progress."""

    said_period: str
    said: Markup
    did_period: str
    did: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two periods of one task."""

    code: str
    """The later period as addresses and data write it: 2025Q2."""
    period: str
    before: str
    url: str | None
    """The period's page of changes; None where it has none."""
    facts: tuple[str, ...]
    """Plain facts: 与上期文字相同."""
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskHistory:
    """What the periods together say of a task."""

    ended: str | None
    """Said when a newer table does not have the task any more."""
    facts: tuple[str, ...]
    """Plain facts about the newest period."""
    said: SaidDone | None
    steps: tuple[StepRow, ...]
    """Announcements with what became of them, newest first."""
    differences: tuple[Difference, ...]
    """Newest first."""


def make_task_histories(frame: Frame) -> dict[str, TaskHistory]:
    """By task id; tasks of which nothing is to be said are left out."""
    found = {}
    for district in frame.report.districts:
        for name, track in district.tracks.items():
            history = _make_history(frame, district, track)
            if history.ended or history.facts or history.said or history.steps or history.differences:
                found[name] = history
    return found


def _make_history(frame: Frame, district: DistrictReport, track: Track) -> TaskHistory:
    words = frame.words
    pairs = list(itertools.pairwise(track.figures))
    differences = tuple(_difference(district, one, other, words) for one, other in reversed(pairs))
    facts = differences[0].facts if differences else _facts(compare_task(None, track.newest), words)
    return TaskHistory(
        ended=_ended(district, track.newest, words),
        facts=facts,
        said=_said(district, *pairs[-1], words) if pairs else None,
        steps=make_task_steps(district, track.task, words),
        differences=differences,
    )


def _ended(district: DistrictReport, last: TaskFigures, words: Words) -> str | None:
    later = following_overview(district, last.period)
    if last.update is None or later is None or later.period.year != last.period.year:
        return None
    return words(
        "history.ended",
        period=format_period(later.period, words),
        last=format_period(last.period, words),
    )


def _difference(district: DistrictReport, one: TaskFigures, other: TaskFigures, words: Words) -> Difference:
    change = compare_task(one, other)
    kinds = [kind for kind in KINDS if kind in change.changes]
    return Difference(
        code=str(other.period),
        period=format_period(other.period, words),
        before=format_period(one.period, words),
        url=addresses.changes_url(district.district.id, other.period) if district.at(other.period) else None,
        facts=_facts(change, words),
        details=tuple(detail for kind in kinds for detail in make_details(kind, change, words)),
    )


def _facts(change: TaskChange, words: Words) -> tuple[str, ...]:
    facts = [*_movement_fact(change, words)]
    if change.progress is not Repeat.NO:
        facts.append(words(f"history.fact.progress_{change.progress.value}"))
    after = change.after
    if change.progress is Repeat.EQUAL and after and after.update and any(f.actual for f in after.targets):
        date = figures_date(after.task, after.update)
        facts.append(words("years.period.judged", date=format_date(date, words)))
    if change.next_steps is Repeat.EQUAL:
        facts.append(words("history.fact.next_equal"))
    if change.empty:
        facts.append(words("history.fact.empty"))
    if change.past_dates:
        dates = join_list((f"“{p.words}”" for p in change.past_dates), words)
        facts.append(words("history.fact.past_dates", dates=dates))
    if Change.SILENT in change.changes:
        facts.append(words("history.fact.silent"))
    return tuple(facts)


def _movement_fact(change: TaskChange, words: Words) -> Iterator[str]:
    """比上期前进：由“前期筹备”到“实施中”；新建口袋公园由2处到5处。"""
    before, after = change.before, change.after
    if change.movement is None or before is None or after is None:
        return
    parts = [
        words(
            "history.moved.total",
            metric=now.target.metric,
            old=format_reported(was, words),
            new=format_reported(now, words),
        )
        for was, now, sign in moved_totals(before, after)
        if sign
    ]
    if rungs := rungs_of(before, after):
        old, new = (format_rung(RUNGS[place], words) for place in rungs)
        parts.insert(0, words("history.moved.rung" if old != new else "history.moved.same", old=old, new=new))
    key = f"history.moved.{change.movement.value}"
    yield words(key, how=join_clauses(parts, words))


def _said(district: DistrictReport, before: TaskFigures, after: TaskFigures, words: Words) -> SaidDone | None:
    said = before.update.next_steps if before.update else None
    did = after.update.progress if after.update else None
    if not said or not did:
        return None
    names = known_names(district.district)
    return SaidDone(
        said_period=format_period(before.period, words),
        said=render_prose(said, names, level=4),
        did_period=format_period(after.period, words),
        did=render_prose(did, names, level=4),
    )
