"""Shares that a text states itself are found with the words that say so, and rates of quality are none."""

from __future__ import annotations

import pytest

from generator.language.stated_shares import find_stated_shares


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        (
            "甲沟已进场施工1113米,完成任务量的83%;乙河已进场施工686米,完成任务量的65%。",
            [("83", "甲沟已进场施工1113米,完成任务量的83%"), ("65", "乙河已进场施工686米,完成任务量的65%")],
        ),
        ("已开工18个，开工率34.62%，其中8个已入库。", [("34.62", "已开工18个，开工率34.62%")]),
        ("已完成施工用地移交约12.9公里,占比61.41%。", [("61.41", "已完成施工用地移交约12.9公里,占比61.41%")]),
        ("完成房屋拆迁协议签订占比66.27%。", [("66.27", "完成房屋拆迁协议签订占比66.27%")]),
        ("土方开挖开始施工,目前完成5%。", [("5", "土方开挖开始施工,目前完成5%")]),
        ("断面水质达标率100%，产业类项目367个,占比76.6%。", []),
        ("完成投资3亿元，同比增长9.7%。", []),
    ],
)
def test_shares_stand_with_their_words(text: str, shares: list[tuple[str, str]]) -> None:
    assert [(s.percent, s.words) for s in find_stated_shares(text)] == shares
    assert all(text[s.start : s.end] == s.words for s in find_stated_shares(text))
