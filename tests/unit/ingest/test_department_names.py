"""Lists of bodies in cells: where names end, who leads, what sort they are. All invented."""

from __future__ import annotations

import pytest

from generator.ingest.layout.department_names import body_kind, looks_like_body, read_bodies
from generator.ingest.layout.source_pieces import Passage
from generator.model import DepartmentKind, Role
from generator.sources.document import Span


def _read(text: str) -> list[str]:
    return [f"{b.name} {b.role}" for b in read_bodies(Passage(text=text))]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (
            "区财政局\n区发展改革局\n区城投集团",
            ["区财政局 unstated", "区发展改革局 unstated", "区城投集团 unstated"],
        ),
        ("区投促局、区“双招双引”机制成员单位", ["区投促局 unstated", "区“双招双引”机制成员单位 unstated"]),
        ("区发改局(区民营经济中心)", ["区发改局(区民营经济中心) unstated"]),
        (
            "牵头单位：区发改局；配合单位：区财政局、区住建局",
            ["区发改局 lead", "区财政局 joint", "区住建局 joint"],
        ),
        ("区发改局牵头，区财政局、区住建局配合", ["区发改局 lead", "区财政局 joint", "区住建局 joint"]),
        ("区发改局（牵头）区财政局 区住建局", ["区发改局 lead", "区财政局 joint", "区住建局 joint"]),
        ("区发改局（区财政局、区住建局配合）", ["区发改局 lead", "区财政局 joint", "区住建局 joint"]),
        ("★区发改局 区财政局", ["区发改局 lead", "区财政局 joint"]),
        ("区人力资源和社会\n保障局\n区教体局", ["区人力资源和社会保障局 unstated", "区教体局 unstated"]),
        ("区发改局、区财政局等", ["区发改局 unstated", "区财政局 unstated"]),
        ("各镇（街道）、区城管局", ["各镇（街道） unstated", "区城管局 unstated"]),
        ("區發展改革局、區財政局", ["區發展改革局 unstated", "區財政局 unstated"]),
        ("区住建局、区住建局", ["区住建局 unstated"]),
        ("①区教育局 ②区住建局", ["区教育局 unstated", "区住建局 unstated"]),
        ("①区教育局②区住建局", ["区教育局 unstated", "区住建局 unstated"]),
        ("1.区教育局 2.区住建局", ["区教育局 unstated", "区住建局 unstated"]),
        ("1、区教育局\n2、区住建局", ["区教育局 unstated", "区住建局 unstated"]),
        ("文化站和各村（社区）", ["文化站 unstated", "各村（社区） unstated"]),
        ("区工信局和区商务局", ["区工信局 unstated", "区商务局 unstated"]),
        ("区发展和改革局、区住房和城乡建设局", ["区发展和改革局 unstated", "区住房和城乡建设局 unstated"]),
        ("市自然资源和规划局和各县区", ["市自然资源和规划局 unstated", "各县区 unstated"]),
        ("区发改局、区工信局牵头，区统计局配合", ["区发改局 lead", "区工信局 lead", "区统计局 joint"]),
        ("区财政局、★区发改局", ["区财政局 joint", "区发改局 lead"]),
        (
            "市发改委、市工信局分别牵头，市统计局等部门和各区县人民政府按职责分工负责",
            ["市发改委 lead", "市工信局 lead", "市统计局 joint", "各区县人民政府 joint"],
        ),
        ("区委网信办、公安分局等5部门", ["区委网信办 unstated", "公安分局 unstated"]),
        ("/", []),
    ],
)
def test_a_list_is_split_into_bodies(text: str, bodies: list[str]) -> None:
    assert _read(text) == bodies


def test_bold_leads_only_where_it_is_said_to() -> None:
    passage = Passage(text="区发改局、区财政局", bold=(Span(start=0, end=4),))
    assert [b.role for b in read_bodies(passage, bold_leads=True)] == [Role.LEAD, Role.JOINT]
    assert {b.role for b in read_bodies(passage)} == {Role.UNSTATED}


def test_the_first_named_leads_where_the_office_says_so() -> None:
    bodies = read_bodies(Passage(text="区发改局、区财政局"), lead_first=True)
    assert [b.role for b in bodies] == [Role.LEAD, Role.JOINT]


@pytest.mark.parametrize("text", ["建设口袋公园5处", "新建幼儿园3所", "2025年", "正在施工", "无", "已完成。"])
def test_promises_and_reports_are_no_bodies(text: str) -> None:
    assert not looks_like_body(text)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("区财政局", DepartmentKind.BUREAU),
        ("城北街道办事处", DepartmentKind.SUBDISTRICT),
        ("区城投集团", DepartmentKind.COMPANY),
        ("区园林绿化服务中心", DepartmentKind.INSTITUTION),
        ("各行业主管部门", DepartmentKind.COLLECTIVE),
        ("区安委会成员单位", DepartmentKind.COLLECTIVE),
    ],
)
def test_kinds_of_bodies(name: str, kind: DepartmentKind) -> None:
    assert body_kind(name) is kind
