"""Short titles: the clause that promises, never a clause cut in two."""

from __future__ import annotations

import pytest

from generator.ingest.rows.titles import LONGEST, make_title


@pytest.mark.parametrize(
    ("commitment", "title"),
    [
        ("新增城镇就业2万人。", "新增城镇就业2万人"),
        ("深化就业服务,推广特色模式,新增城镇就业2万人。", "新增城镇就业2万人"),
        (
            "围绕重点产业，完成土地收储140亩，推进征收90亩，力争供地80亩。",
            "完成土地收储140亩，推进征收90亩，力争供地80亩",
        ),
        ("依托平台载体,以算力为支撑,构建供给体系。", "构建供给体系"),
        (
            "实施城北、城南、城东、城西等14个片区老旧小区改造和雨污分流工程",
            "实施城北、城南、城东等14个片区老旧小区改造和雨污分流工程",
        ),
        ("推进“一件事”改革，提升网办率。", "推进“一件事”改革，提升网办率"),
        ("1.建设公园2处。（牵头单位：区园林局）", "建设公园2处"),
        ("进出口总额实现1,300亿元", "进出口总额实现1,300亿元"),
        ("建设公园\n2处", "建设公园2处"),
        (
            "统筹推进总投资300亿元的21个重点项目（续建项目11个；新建项目5个，储备项目5个）。",
            "推进总投资300亿元的21个重点项目",
        ),
        ("建设公园2处（含口袋公园。新增绿地5公顷。", "建设公园2处（含口袋公园"),
        ("", "（无文字）"),
    ],
)
def test_titles_name_the_promise(commitment: str, title: str) -> None:
    assert make_title(commitment) == title


def test_a_long_clause_without_a_joint_stays_whole() -> None:
    clause = "建立健全覆盖城乡全体居民的多层次多类型多渠道养老服务供给保障体系并推动提质增效"
    assert len(clause) > LONGEST
    assert make_title(clause + "。") == clause
