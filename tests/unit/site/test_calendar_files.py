"""The calendar of a district: its page, its file for calendar programs. All tasks are invented."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from icalendar import Calendar

from generator.figures import Report, judge_steps
from generator.language.deadlines import find_deadlines
from generator.site.calendar_files import make_calendar_files
from generator.site.views.calendar_page import sort_dated
from tests.builders import make_task, make_update
from tests.unit.site.test_pages import CONFIG, WORDS, report_of

SAID = "争取7月底前完成土地调整；9月30日前主体封顶，储备客户3家。"


def make_dated_report() -> Report:
    """One task that announced two days, and whose next table tells of one."""
    report = report_of(CONFIG)
    before = replace(make_update("2025Q1", "正在推进。"), next_steps="6月20日前完成招标。")
    after = replace(make_update("2025Q2", "已完成招标。"), next_steps=SAID)
    task = make_task(1, updates=(before, after))
    district = replace(report.districts[0], steps={task.id: judge_steps(task)})
    district = replace(district, district=replace(district.district, tasks=(task,)))
    return replace(report, districts=(district,))


def test_the_file_has_an_entry_a_day_to_the_letter() -> None:
    report = make_dated_report()
    ((url, data),) = make_calendar_files(report, WORDS).items()
    name = report.districts[0].district.id
    assert url == f"{name}/calendar/{name}.ics"
    events = Calendar.from_ical(data).walk("VEVENT")
    told = [(e.decoded("dtstart"), str(e["summary"]).partition("（")[0]) for e in events]
    assert told == [
        (dt.date(2025, 6, 20), "6月20日前完成招标"),
        (dt.date(2025, 7, 31), "争取7月底前完成土地调整"),
        (dt.date(2025, 9, 30), "9月30日前主体封顶"),
    ]
    assert len({str(e["uid"]) for e in events}) == 3
    assert make_calendar_files(report, WORDS) == {url: data}, "the same on any day"


def test_days_gone_by_without_a_result_come_first() -> None:
    (district,) = make_dated_report().districts
    by_kind = sort_dated(district, dt.date(2025, 8, 1))
    assert [[r.step.words for _, r in pairs] for pairs in by_kind.values()] == [
        ["争取7月底前完成土地调整"],
        ["9月30日前主体封顶"],
        ["6月20日前完成招标"],
    ]


def test_without_a_day_there_is_no_file() -> None:
    assert make_calendar_files(report_of(CONFIG), WORDS) == {}


def test_the_calendar_says_which_day_stands_for_a_part_of_a_month() -> None:
    note = WORDS("steps.calendar.ahead_note")
    for part in ("月初", "上旬", "中旬"):
        due = next(find_deadlines(f"争取7月{part.removeprefix('月')}前完成", 2025))
        assert re.search(
            f"{part}[^，。；]*按{due.last_day.day}日|{part}[^，。；]*、?上旬按{due.last_day.day}日", note
        ), note
