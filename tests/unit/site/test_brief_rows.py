"""The lines of the brief: where next steps are cut, whose number is printed. All invented."""

from __future__ import annotations

import pytest

from generator.model import Contact
from generator.site.views.brief_rows import cut_sentences, find_phone
from tests.builders import make_department, make_district, make_task

BODY, OTHER = make_department("区测试局", "a", aliases=("测试局",)), make_department("区试验局", "b")
DISTRICT = make_district(departments=(BODY, OTHER), area_code="0531")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("加快施工。", "加快施工。"),
        ("加快主体施工。做好验收准备，按期交付使用。", "加快主体施工。…"),
        ("加快主体结构施工进度，做好竣工验收的各项准备", "加快主体结构施工进度…"),
        ("落实“科学治污，依法治污，精准治污”要求继续做好", "落实“科学治污，依法治污…"),
    ],
)
def test_next_steps_are_cut_at_a_sentence_and_outside_quotation_marks(text: str, cut: str) -> None:
    assert cut_sentences(text, 16) == cut


def contact(office: str, phone: str) -> Contact:
    return Contact(office=office, phones=(phone,))


def test_no_number_stands_for_several_bodies_without_a_lead() -> None:
    contacts = (contact("区试验局二科", "87650002"), contact("测试局一科", "87650001"))
    task = make_task(departments=("区测试局", "区试验局"), contacts=contacts)
    assert find_phone(task, DISTRICT, None) is None
    other = find_phone(task, DISTRICT, OTHER)
    assert other is not None
    assert (other.office, other.phones[0].text) == ("", "87650002")


def test_a_number_stands_with_its_own_office() -> None:
    task = make_task(departments=("区测试局",), contacts=(contact("园林绿化中心", "87650003"),))
    found = find_phone(task, DISTRICT, None)
    assert found is not None
    assert found.office == "园林绿化中心"
    assert found.phones[0].url == "tel:0531-87650003"


def test_no_body_gets_the_number_of_another() -> None:
    task = make_task(departments=("区测试局", "区试验局"), contacts=(contact("区测试局一科", "87650001"),))
    assert find_phone(task, DISTRICT, OTHER) is None
    assert find_phone(make_task(), DISTRICT, None) is None
