"""Calendar files (iCalendar, RFC 5545): the days that a district's next steps name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.figures import DistrictReport, Report, StepResult
from generator.model import Task, addresses
from generator.wording import Words, format_period

_PRODUCT = "-//taizhang//taizhang//ZH"


def make_calendar_files(report: Report, words: Words) -> dict[str, bytes]:
    """Site path → bytes for every district whose texts name a day; the same bytes on any day.

    One all-day entry an announcement, on the last day that its words allow; its stamp is the newest table's
    date, for a calendar wants one and the day of the build must not show.
    """
    found = ((d, list(_list_dated(d))) for d in report.districts)
    return {
        addresses.calendar_file_url(d.district.id): _format(d, dated, report.site.config.base_url, words)
        for d, dated in found
        if dated
    }


def _list_dated(district: DistrictReport) -> Iterator[tuple[Task, StepResult, dt.date]]:
    for task in district.district.tasks:
        for result in district.steps.get(task.id, ()):
            if result.step.due is not None:
                yield task, result, result.step.due.last_day


def _format(
    district: DistrictReport,
    dated: list[tuple[Task, StepResult, dt.date]],
    base: str | None,
    words: Words,
) -> bytes:
    from icalendar import Calendar, Event  # loads its parser of time zones

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", words("steps.calendar.heading", district=district.district.name))
    for task, result, day in sorted(dated, key=lambda each: (each[2], each[0].number, each[1].step.start)):
        event = Event()
        event.add("uid", f"{task.id}-{result.said}-{result.step.start}@{district.district.id}.taizhang")
        event.add("dtstamp", _stamp(district))
        event.add("dtstart", day)
        event.add("summary", f"{result.step.words}（{task.title}）")
        said = words("steps.said", period=format_period(result.said, words))
        event.add("description", f"{said}{words('pages.colon')}{result.step.words}")
        if base:
            event.add("url", f"{base.rstrip('/')}/{addresses.task_url(task.id)}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _stamp(district: DistrictReport) -> dt.datetime:
    assert district.newest is not None
    return dt.datetime.combine(district.newest.as_of, dt.time(), tzinfo=dt.UTC)
