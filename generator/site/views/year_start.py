"""The first period of a year against the last year: carried over, going on, new, no longer listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.figures import DistrictReport, Outcome, Overview, TaskFigures, YearReport, compare_texts
from generator.model import Task, addresses
from generator.site.views.change_rows import ChangeGroup, ChangeRow
from generator.site.views.page_view import Link
from generator.site.views.site_frame import Frame
from generator.site.views.task_differences import Detail
from generator.site.views.year_rows import task_links
from generator.wording import Words, format_departments, format_period, format_standing, format_task_number


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStart:
    """What the first table of a year does with the promises of the last."""

    sentence: str
    groups: tuple[ChangeGroup, ...]


def make_year_start(frame: Frame, district: DistrictReport, overview: Overview) -> YearStart | None:
    """None where there is no year before."""
    years = frame.years[district.district.id]
    before = next((y for y in reversed(years) if y.year < overview.period.year), None)
    if before is None:
        return None
    records = {record.last.task.id: record for record in before.records}
    carried: list[TaskFigures] = []
    continued: list[TaskFigures] = []
    new: list[TaskFigures] = []
    for figures in overview.tasks:
        origins = [records[n] for n in figures.task.carried_over_from if n in records]
        undone = any(r.outcome in (Outcome.CARRIED, Outcome.MISSED) for r in origins)
        (carried if undone else continued if origins else new).append(figures)
    listed = {name for figures in overview.tasks for name in figures.task.carried_over_from}
    gone = [record.last for name, record in records.items() if name not in listed]
    lists = (("carried", carried), ("continued", continued), ("new", new), ("gone", gone))
    return YearStart(
        sentence=_make_sentence(overview, before, {key: len(tasks) for key, tasks in lists}, frame.words),
        groups=tuple(
            _make_group(frame, district, key, tasks, overview.period.year) for key, tasks in lists if tasks
        ),
    )


def _make_sentence(overview: Overview, before: YearReport, counts: dict[str, int], words: Words) -> str:
    return words(
        "years.year_start.sentence",
        period=format_period(overview.period, words),
        year=overview.period.year,
        before=before.year,
        **counts,
    )


def _make_group(
    frame: Frame, district: DistrictReport, key: str, tasks: Sequence[TaskFigures], year: int
) -> ChangeGroup:
    words = frame.words
    return ChangeGroup(
        key=key,
        title=words(f"years.year_start.{key}"),
        note=words(f"years.year_start.{key}_note"),
        rows=tuple(_make_row(frame, district, figures, year) for figures in tasks),
    )


def _make_row(frame: Frame, district: DistrictReport, figures: TaskFigures, year: int) -> ChangeRow:
    words, task = frame.words, figures.task
    title = task.title if task.year == year else words("years.of", title=task.title, year=task.year)
    is_own = task.year == year
    ids = task.carried_over_from if is_own else ()
    origins = [district.tracks[n].newest for n in ids if n in district.tracks]
    return ChangeRow(
        id=task.id,
        link=Link(label=title, url=addresses.task_url(task.id)),
        number_word=format_task_number(task, words),
        who=format_departments(task, words),
        standing=figures.standing,
        standing_word=format_standing(figures.standing, words),
        details=tuple(d for origin in origins for d in _details(origin, task, words))
        if task.year == year
        else (),
        links=task_links(district, ids, year, words),
    )


def _details(origin: TaskFigures, task: Task, words: Words) -> list[Detail]:
    """The promise of then beside that of now, and the last words of then."""
    found = [
        Detail(
            label=words("years.year_start.commitment"),
            pieces=compare_texts(origin.task.commitment, task.commitment),
        )
    ]
    if origin.update and origin.update.progress:
        label = words("years.year_start.last", period=format_period(origin.period, words))
        found.append(
            Detail(label=label, pieces=compare_texts(origin.update.progress, origin.update.progress))
        )
    return found
