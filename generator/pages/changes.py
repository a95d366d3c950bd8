"""What changed since the period before: a page, a block on the overview, a part of the task page."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator import urls
from generator.figures import DistrictReport, Overview, Standing, TargetFigure, TaskFigures
from generator.history import (
    Change,
    ChangeSet,
    Piece,
    Repeat,
    TaskChange,
    compare_task,
    compare_texts,
    following_overview,
    make_change_set,
    previous_overview,
)
from generator.model import Task, Update
from generator.pages.frame import Frame, make_head
from generator.pages.page import Head, Link, Page, PageKind, make_page, period_dates
from generator.pages.parts import (
    department_links,
    format_amount,
    known_names,
    make_target_view,
    number_word,
    shown_targets,
)
from generator.prose import render_prose
from generator.words import Words, format_period

_GROUPS = (
    Change.STANDING,
    Change.FIGURES,
    Change.TARGETS,
    Change.NEW,
    Change.GONE,
    Change.REWORDED,
    Change.DEPARTMENTS,
    Change.DEADLINE,
    Change.PROGRESS,
    Change.REPEATED,
    Change.SILENT,
    Change.RENUMBERED,
)
_SUMMARY = (Change.STANDING, Change.FIGURES, Change.NEW, Change.GONE, Change.REWORDED, Change.REPEATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One thing that differs: either two short words, or the pieces of two texts."""

    label: str
    before: str | None = None
    """None when there was none."""
    after: str | None = None
    """None when there is none any more."""
    key: str | None = None
    """``<task>#<target>`` of a reported number; None for anything else."""
    value: str | None = None
    """The reported number alone, without unit; None for anything else."""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One task in a group."""

    id: str
    link: Link
    number_word: str
    who: str
    standing: Standing
    standing_word: str
    details: tuple[Detail, ...]
    links: tuple[Link, ...]
    """Tasks that it came from or became."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """Tasks that changed in the same way."""

    key: str
    title: str
    note: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """One period against the one before."""

    head: Head
    is_first: bool
    """Whether there is nothing to compare with."""
    sentence: str
    groups: tuple[ChangeGroup, ...]
    """Empty groups left out."""
    overview: Link
    previous: Link | None
    """Changes of the period before."""
    next: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesBlock:
    """The overview's short answer to: what changed?"""

    sentence: str
    counts: tuple[tuple[str, int, str], ...]
    """Word, number of tasks, address of their list; none for a year's first period."""
    link: Link


def make_changes_pages(frame: Frame) -> list[Page]:
    """A page for every period of every district; the first one says that there is nothing before it."""
    return [
        make_page("pages/changes.html", _make_view(frame, district, overview))
        for district in frame.report.districts
        for overview in district.overviews
    ]


def make_changes_block(frame: Frame, district: DistrictReport, overview: Overview) -> ChangesBlock:
    """The block for one overview."""
    found, words = _change_set(district, overview), frame.words
    url = urls.changes_url(district.district.id, overview.period)
    counts = tuple(
        (words(f"history.group.{change.value}"), number, f"{url}#{change.value}")
        for change in _SUMMARY
        if found and (number := len(found.having(change)))
    )
    link = Link(label=words("history.all_changes"), url=url)
    return ChangesBlock(sentence=_sentence(found, overview, words), counts=counts, link=link)


def _change_set(district: DistrictReport, overview: Overview) -> ChangeSet | None:
    before = previous_overview(district, overview.period)
    return make_change_set(before, overview) if before else None


def _make_view(frame: Frame, district: DistrictReport, overview: Overview) -> ChangesView:
    words, found = frame.words, district.district
    changes = _change_set(district, overview)
    before = previous_overview(district, overview.period)
    behind = following_overview(district, overview.period)
    period = format_period(overview.period, words)
    heading = words("history.heading", district=found.name, period=period)
    sentence = _sentence(changes, overview, words)
    head = make_head(
        frame,
        url=urls.changes_url(found.id, overview.period),
        heading=heading,
        kind=PageKind.COLUMN,
        column=words("history.column", period=period),
        column_type=words("pages.meta.work_type"),
        description=sentence,
        dates=period_dates(frame.config, overview, overview.as_of, words),
        district=district,
        tab="changes",
        keywords=(found.name, period),
    )
    return ChangesView(
        head=head,
        is_first=changes is None,
        sentence=sentence,
        groups=_make_groups(frame, district, changes) if changes else (),
        overview=Link(label=period, url=urls.period_url(found.id, overview.period)),
        previous=_changes_link(found.id, before, words),
        next=_changes_link(found.id, behind, words),
    )


def _changes_link(district: str, overview: Overview | None, words: Words) -> Link | None:
    if overview is None:
        return None
    period = format_period(overview.period, words)
    return Link(label=words("history.column", period=period), url=urls.changes_url(district, overview.period))


def _sentence(changes: ChangeSet | None, overview: Overview, words: Words) -> str:
    period = format_period(overview.period, words)
    if changes is None:
        return words("history.first", period=period, year=overview.period.year)
    before = format_period(changes.before.period, words)
    return words(
        "history.sentence",
        period=period,
        before=before,
        n=sum(task.after is not None for task in changes.with_news),
        all=len(overview.tasks),
        repeated=len(changes.having(Change.REPEATED)),
    )


def _make_groups(frame: Frame, district: DistrictReport, changes: ChangeSet) -> tuple[ChangeGroup, ...]:
    words = frame.words
    groups = []
    for change in _GROUPS:
        rows = tuple(_make_row(frame, district, task, change) for task in changes.having(change))
        if rows:
            title = words(f"history.group.{change.value}")
            note = words(f"history.note.{change.value}")
            groups.append(ChangeGroup(key=change.value, title=title, note=note, rows=rows))
    return tuple(groups)


def _make_row(frame: Frame, district: DistrictReport, change: TaskChange, kind: Change) -> ChangeRow:
    words, task = frame.words, change.task
    figures = change.after or change.before
    assert figures is not None
    links = department_links(task, district.district)
    titles = {t.id: t for t in district.district.tasks}
    others = task.carried_over_from if kind is Change.NEW else titles[task.id].succeeded_by
    return ChangeRow(
        id=task.id,
        link=Link(label=task.title, url=urls.task_url(task.id)),
        number_word=number_word(task, words),
        who=links[0].label if links else "",
        standing=figures.standing,
        standing_word=words(f"pages.standing.{figures.standing.value}"),
        details=tuple(_DETAILS[kind](change, words)) if kind in _DETAILS else (),
        links=tuple(Link(label=titles[i].title, url=urls.task_url(i)) for i in others if i in titles)
        if kind in (Change.NEW, Change.GONE)
        else (),
    )


# -- details, by kind of change


def _standing_detail(change: TaskChange, words: Words) -> Iterable[Detail]:
    if change.before and change.after:
        before, after = (words(f"pages.standing.{f.standing.value}") for f in (change.before, change.after))
        yield Detail(label=words("history.label.standing"), before=before, after=after)


def _figure_details(change: TaskChange, words: Words) -> Iterable[Detail]:
    for target in change.targets:
        if target.after is None or target.after.actual is None or not shown_targets(target.after.target):
            continue
        view = make_target_view(target.after, words)
        yield Detail(
            label=target.after.target.metric,
            before=_reported(target.before, words),
            after=_reported(target.after, words),
            key=view.key,
            value=view.actual_value,
        )


def _reported(figure: TargetFigure | None, words: Words) -> str | None:
    if figure is None or figure.actual is None:
        return None
    view = make_target_view(figure, words)
    return words("history.figure", actual=view.actual, percent=view.percent) if view.percent else view.actual


def _target_details(change: TaskChange, _: Words) -> Iterable[Detail]:
    for target in change.targets:
        one, other = (f.target if f else None for f in (target.before, target.after))
        before, after = (format_amount(t.value, t.unit, t.value_max) if t else None for t in (one, other))
        named = other or one
        if before != after and named is not None:
            yield Detail(label=named.metric, before=before, after=after)


def _wording(change: TaskChange, words: Words) -> Iterable[Detail]:
    if change.before and change.after:
        pieces = compare_texts(change.before.task.commitment, change.after.task.commitment)
        yield Detail(label=words("history.label.commitment"), pieces=pieces)


def _progress(change: TaskChange, words: Words) -> Iterable[Detail]:
    before, after = _updates(change)
    if after and after.progress:
        pieces = compare_texts((before.progress if before else None) or "", after.progress)
        yield Detail(label=words("history.label.progress"), pieces=pieces)


def _updates(change: TaskChange) -> tuple[Update | None, Update | None]:
    return (
        change.before.update if change.before else None,
        change.after.update if change.after else None,
    )


def _short_detail(
    name: str, value: Callable[[Task, Words], str | None]
) -> Callable[[TaskChange, Words], Iterable[Detail]]:
    def details(change: TaskChange, words: Words) -> Iterable[Detail]:
        if change.before and change.after:
            label = words(f"history.label.{name}")
            before, after = (value(f.task, words) for f in (change.before, change.after))
            yield Detail(label=label, before=before, after=after)

    return details


def _names(task: Task, words: Words) -> str | None:
    return words("pages.enumeration").join(a.name for a in task.departments) or None


_DETAILS: Mapping[Change, Callable[[TaskChange, Words], Iterable[Detail]]] = {
    Change.STANDING: _standing_detail,
    Change.FIGURES: _figure_details,
    Change.TARGETS: _target_details,
    Change.REWORDED: _wording,
    Change.PROGRESS: _progress,
    Change.DEPARTMENTS: _short_detail("departments", _names),
    Change.DEADLINE: _short_detail("deadline", lambda task, _: task.deadline),
    Change.RENUMBERED: _short_detail("number", number_word),
}


# -- the task page


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

    period: str
    before: str
    url: str
    """The period's page of changes."""
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
    differences: tuple[Difference, ...]
    """Newest first."""


def make_task_histories(frame: Frame) -> dict[str, TaskHistory]:
    """By task id; tasks of which nothing is to be said are left out."""
    found = {}
    for district in frame.report.districts:
        by_task: dict[str, list[tuple[Overview, TaskFigures]]] = {}
        for overview in district.overviews:
            for figures in overview.tasks:
                by_task.setdefault(figures.task.id, []).append((overview, figures))
        for name, periods in by_task.items():
            history = _make_history(frame, district, periods)
            if history.ended or history.facts or history.said or history.differences:
                found[name] = history
    return found


def _make_history(
    frame: Frame, district: DistrictReport, periods: Sequence[tuple[Overview, TaskFigures]]
) -> TaskHistory:
    words = frame.words
    pairs = list(itertools.pairwise(periods))
    differences = tuple(_difference(district, one, other, words) for one, other in reversed(pairs))
    alone = compare_task(None, periods[-1][1])
    facts = differences[0].facts if differences else _facts(alone, words)
    return TaskHistory(
        ended=_ended(district, periods[-1][0], words),
        facts=facts,
        said=_said(district, pairs[-1], words) if pairs else None,
        differences=differences,
    )


def _ended(district: DistrictReport, last: Overview, words: Words) -> str | None:
    later = [
        o
        for o in district.overviews
        if o.period.year == last.period.year and o.period.order > last.period.order
    ]
    if not later:
        return None
    return words(
        "history.ended",
        period=format_period(later[0].period, words),
        last=format_period(last.period, words),
    )


def _difference(
    district: DistrictReport,
    one: tuple[Overview, TaskFigures],
    other: tuple[Overview, TaskFigures],
    words: Words,
) -> Difference:
    change = compare_task(one[1], other[1])
    kinds = [k for k in _GROUPS if k in change.changes and k in _DETAILS]
    return Difference(
        period=format_period(other[0].period, words),
        before=format_period(one[0].period, words),
        url=urls.changes_url(district.district.id, other[0].period),
        facts=_facts(change, words),
        details=tuple(detail for kind in kinds for detail in _DETAILS[kind](change, words)),
    )


def _facts(change: TaskChange, words: Words) -> tuple[str, ...]:
    facts = []
    if change.progress is not Repeat.NO:
        facts.append(words(f"history.fact.progress_{change.progress.value}"))
    if change.next_steps is Repeat.EQUAL:
        facts.append(words("history.fact.next_equal"))
    if change.empty:
        facts.append(words("history.fact.empty"))
    if change.past_dates:
        dates = words("pages.enumeration").join(f"“{p.words}”" for p in change.past_dates)
        facts.append(words("history.fact.past_dates", dates=dates))
    if Change.SILENT in change.changes:
        facts.append(words("history.fact.silent"))
    return tuple(facts)


def _said(
    district: DistrictReport,
    pair: tuple[tuple[Overview, TaskFigures], tuple[Overview, TaskFigures]],
    words: Words,
) -> SaidDone | None:
    (before, old), (after, new) = pair
    said = old.update.next_steps if old.update else None
    did = new.update.progress if new.update else None
    if not said or not did:
        return None
    names = known_names(district.district)
    return SaidDone(
        said_period=format_period(before.period, words),
        said=render_prose(said, names, level=4),
        did_period=format_period(after.period, words),
        did=render_prose(did, names, level=4),
    )
