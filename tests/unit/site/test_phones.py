"""Phones of a body: its own offices, and those that follow them in a task's contacts. All data invented."""

from __future__ import annotations

from dataclasses import replace

from generator.model import (
    Contact,
    Department,
)
from generator.site.views.phones import make_phones
from tests.builders import make_department, make_district, make_task, make_update, report_of

BODIES = tuple(make_department(name) for name in ("区教育局", "区城管局", "区水务局"))
DISTRICT = make_district(departments=BODIES, area_code="0531")


def offices(body: Department, bodies: tuple[str, ...], *contacts: Contact) -> list[str]:
    task = make_task(departments=bodies, contacts=contacts, updates=(make_update(),))
    (overview,) = report_of(replace(DISTRICT, tasks=(task,))).districts[0].overviews
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
