"""Parts of a promise, proposed from its words and the words of a text."""

from __future__ import annotations

from generator.ingest.numbers import propose_parts
from generator.model import StatusValue


def _told(commitment: str, progress: str) -> dict[str, StatusValue]:
    return {part.name: part.status for part in propose_parts(commitment, progress)}


def test_names_side_by_side_stand_each_where_its_own_clause_puts_it() -> None:
    told = _told(
        "启动实施甲官庄、复兴村等城中村改造。", "甲官庄项目已正式开工建设；复兴村项目正在编制控规方案。"
    )
    assert told == {"甲官庄": StatusValue.UNDER_WAY, "复兴村": StatusValue.PREPARED}


def test_a_name_that_the_text_leaves_out_is_a_part_without_information() -> None:
    told = _told("推动柳溪路、桃源南路等市政道路改造提升。", "柳溪路改造工程已建成通车。")
    assert told == {"柳溪路": StatusValue.COMPLETED, "桃源南路": StatusValue.NO_INFORMATION}


def test_places_of_the_sort_that_is_counted_are_parts() -> None:
    told = _told(
        "新建社区嵌入式托育机构3家。", "其中，柳溪社区、桃源社区项目已正式营业；梅园社区正在装修施工。"
    )
    assert told == {
        "柳溪社区": StatusValue.COMPLETED,
        "桃源社区": StatusValue.COMPLETED,
        "梅园社区": StatusValue.UNDER_WAY,
    }


def test_what_a_promise_leans_on_and_what_it_counts_are_no_parts() -> None:
    assert not propose_parts("依托柳溪路、桃源街等特色街区发展夜间经济。", "柳溪路、桃源街举办活动12场。")
    assert not propose_parts("新建公园2处、古树公园3处。", "公园已建成1处，古树公园正在施工。")


def test_more_names_than_were_promised_are_no_parts() -> None:
    assert not propose_parts("打通断头路1条。", "云帆路、石桥路已建成通车。")
