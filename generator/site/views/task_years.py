"""What a task's page says beyond its own year and table: corrections of what was published of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.figures import DistrictReport
from generator.site.views.corrections_page import CorrectionRow, make_correction_row
from generator.site.views.site_frame import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskYears:
    """What stands around a task in time."""

    corrections: tuple[CorrectionRow, ...]
    """Later changes to what was published of it, newest first."""


def make_task_years(frame: Frame, district: DistrictReport, task: str) -> TaskYears:
    """What stands around one task."""
    return TaskYears(corrections=tuple(_corrections(frame, district, task)))


def _corrections(frame: Frame, district: DistrictReport, task: str) -> Iterator[CorrectionRow]:
    titles = {each.task.id: each.task.title for each in district.tracks.values()}
    for number, each in reversed(list(enumerate(district.district.corrections, 1))):
        if each.task == task:
            yield make_correction_row(district.district.id, titles, number, each, frame.words)
