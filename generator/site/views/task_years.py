"""What a task's page says beyond its own year and table: other years, earlier next steps, corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.figures import DistrictReport, Outcome, Standing, TaskFigures, same_period_last_year
from generator.model import addresses
from generator.site.views.card_views import TargetView, make_target_view
from generator.site.views.corrections_page import CorrectionRow, make_correction_row
from generator.site.views.page_view import Link
from generator.site.views.site_frame import Frame
from generator.wording import format_period, format_standing


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherYear:
    """The same task in another year, in one period of it."""

    title: str
    link: Link
    commitment: str
    """As it was promised then."""
    period: str
    standing: Standing
    standing_word: str
    targets: tuple[TargetView, ...]
    """Targets with a figure."""
    outcome: str | None
    """What became of it by the end of that year; None for a single period or a year that goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierSteps:
    """The next steps that an earlier period announced."""

    period: str
    text: str
    """To the letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskYears:
    """What stands around a task in time."""

    others: tuple[OtherYear, ...]
    """The year before and the same period of it, then the year after."""
    steps: tuple[EarlierSteps, ...]
    """Newest first; without those of the newest period."""
    corrections: tuple[CorrectionRow, ...]
    """Later changes to what was published of it, newest first."""


def make_task_years(frame: Frame, district: DistrictReport, task: str) -> TaskYears:
    """What stands around one task."""
    track = district.tracks[task]
    return TaskYears(
        others=tuple(_other_years(frame, district, task)),
        steps=tuple(
            EarlierSteps(period=format_period(f.period, frame.words), text=f.update.next_steps)
            for f in reversed(track.reported[:-1])
            if f.update and f.update.next_steps
        ),
        corrections=tuple(_corrections(frame, district, task)),
    )


def _other_years(frame: Frame, district: DistrictReport, task: str) -> Iterator[OtherYear]:
    """Of a task without links there are none."""
    track, words = district.tracks[task], frame.words
    records = {r.last.task.id: r for year in frame.years[district.district.id] for r in year.records}
    for key, names in (("before", track.task.carried_over_from), ("after", track.task.succeeded_by)):
        for other in (district.tracks[name] for name in names if name in district.tracks):
            if other.task.year == track.task.year:
                continue
            record = records.get(other.task.id)
            settled = record is not None and record.outcome is not Outcome.OPEN
            title = words(f"years.task.{key}", year=other.task.year)
            word = words(f"years.outcome.{record.outcome.value}") if record and settled else None
            yield _make_other(frame, other.newest, title, word)
        if key == "before":
            for figures in same_period_last_year(district, track.newest):
                title = words("years.task.same", period=format_period(figures.period, words))
                yield _make_other(frame, figures, title, None)


def _make_other(frame: Frame, figures: TaskFigures, title: str, outcome: str | None) -> OtherYear:
    words, task = frame.words, figures.task
    return OtherYear(
        title=title,
        link=Link(label=task.title, url=addresses.task_url(task.id)),
        commitment=task.commitment,
        period=format_period(figures.period, words),
        standing=figures.standing,
        standing_word=format_standing(figures.standing, words),
        targets=tuple(make_target_view(f, words) for f in figures.targets if f.actual),
        outcome=outcome,
    )


def _corrections(frame: Frame, district: DistrictReport, task: str) -> Iterator[CorrectionRow]:
    titles = {each.task.id: each.task.title for each in district.tracks.values()}
    for number, each in reversed(list(enumerate(district.district.corrections, 1))):
        if each.task == task:
            yield make_correction_row(district.district.id, titles, number, each, frame.words)
