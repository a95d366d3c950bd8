"""Tasks by leader, section and standing: counts add up, names of persons only where they may be shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.figures import Report, make_report
from generator.model import SiteConfig, Task
from generator.site.task_groups import GroupAxis, find_task_groups
from generator.site.views.group_pages import GroupsView, GroupView
from tests.builders import make_task
from tests.unit.site.test_pages import CONFIG, DISTRICT, pages_of, report_of, view_of

NAMES = (("赵虚一",), ("赵虚一", "钱虚二"), ())


def make_led() -> tuple[Task, ...]:
    """The invented tasks, the first three under leaders and in sections."""
    led = [replace(t, leaders=n, section="一类") for t, n in zip(DISTRICT.tasks, NAMES, strict=False)]
    return (*led, *DISTRICT.tasks[len(NAMES) :])


def report_with(config: SiteConfig = CONFIG) -> Report:
    return report_of(config, replace(DISTRICT, tasks=make_led()))


def test_a_task_of_two_leaders_is_in_both_groups_and_the_page_says_so() -> None:
    (district,) = report_with().districts
    leaders = find_task_groups(district, names=True)[GroupAxis.LEADERS]
    assert [(g.name, g.slug, len(g.tasks)) for g in leaders] == [
        ("赵虚一", "zhao-xu-yi", 2),
        ("钱虚二", "qian-xu-er", 1),
    ]
    pages = pages_of(report_with())
    index = view_of(pages, "ceshi/leaders/index.html", GroupsView)
    assert [row.total for row in index.rows] == [2, 1]
    tasks = len(district.overviews[-1].tasks)
    assert index.note == f"有{tasks - 2}项没有写明分管领导。同时属于几组的各计一次，所以各组相加比任务数多1。"
    brief = view_of(pages, "ceshi/leaders/zhao-xu-yi.html", GroupView).brief
    assert brief is not None
    assert brief.url in pages


@pytest.mark.parametrize("axis", ["standings"])
def test_groups_that_hold_every_task_add_up(axis: str) -> None:
    pages = pages_of(report_with())
    index = view_of(pages, f"ceshi/{axis}/index.html", GroupsView)
    (district,) = report_with().districts
    assert sum(row.total for row in index.rows) == len(district.overviews[-1].tasks)
    for row in index.rows:
        assert row.link.url is not None
        assert len(view_of(pages, row.link.url, GroupView).cards) == row.total


def test_masked_names_have_no_pages() -> None:
    config = replace(CONFIG, mask_names=True)
    (district,) = make_report(replace(report_with().site, config=config)).districts
    assert GroupAxis.LEADERS not in find_task_groups(district, names=not config.mask_names)
    assert not [url for url in pages_of(report_with(config)) if "/leaders/" in url or "leader-" in url]


def test_what_only_an_earlier_period_had_keeps_its_address() -> None:
    (district,) = report_with().districts
    before = district.overviews[-1]
    later = replace(before, tasks=before.tasks[2:])
    groups = find_task_groups(replace(district, overviews=(before, later)), names=True)[GroupAxis.LEADERS]
    assert [(g.slug, len(g.tasks)) for g in groups] == [("zhao-xu-yi", 0), ("qian-xu-er", 0)]


def test_one_section_alone_tells_nothing_apart() -> None:
    (district,) = report_with().districts
    assert GroupAxis.SECTIONS not in find_task_groups(district, names=True)
    assert make_task(1).section is None
