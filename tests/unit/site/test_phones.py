"""Phones of a body: its own offices, and those that follow them in a task's contacts. All data invented."""

from __future__ import annotations

from dataclasses import replace

from generator.figures import make_report
from generator.model import (
    Assignment,
    Contact,
    Department,
    DepartmentKind,
    District,
    Role,
    Site,
    SiteConfig,
    Task,
)
from generator.site.views.phones import make_phones

BODIES = tuple(
    Department(name=name, slug=f"d{number}", kind=DepartmentKind.BUREAU)
    for number, name in enumerate(("区教育局", "区城管局", "区水务局"))
)
DISTRICT = District(id="jia", name="甲区", area_code="0531", departments=BODIES)


def offices(body: Department, bodies: tuple[str, ...], *contacts: Contact) -> list[str]:
    task = Task(
        id="jia-2025-001",
        number=1,
        title="任务",
        commitment="任务",
        departments=tuple(Assignment(name=name, role=Role.UNSTATED) for name in bodies),
        contacts=contacts,
    )
    district = replace(DISTRICT, tasks=(task,))
    site = Site(config=SiteConfig(title="测试", districts=("jia",)), districts=(district,))
    (overview,) = make_report(site).districts[0].overviews
    return [entry.office for entry in make_phones(body, overview, DISTRICT)]


def contact(office: str) -> Contact:
    return Contact(office=office, phones=("51800000",))


def test_offices_without_a_name_follow_the_body_named_before_them() -> None:
    contacts = (contact("区城管局市容科"), contact("停车办"), contact("区水务局河道部"), contact("管网部"))
    assert offices(BODIES[1], ("区城管局", "区水务局"), *contacts) == ["区城管局市容科", "停车办"]
    assert offices(BODIES[2], ("区城管局", "区水务局"), *contacts) == ["区水务局河道部", "管网部"]


def test_the_only_body_answers_for_offices_without_a_name() -> None:
    assert offices(BODIES[0], ("区教育局",), contact("教科室"), contact("督导室")) == ["教科室", "督导室"]


def test_of_several_bodies_none_answers_for_an_office_before_any_name() -> None:
    assert offices(BODIES[0], ("区教育局", "区水务局"), contact("教科室")) == []
