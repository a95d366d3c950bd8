"""Announcements say of what they speak. All texts are invented."""

from __future__ import annotations

import pytest

from generator.site.views.step_rows import say_of_what


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        (
            "共建5处：加快“甲园”建设，争取7月底完工；推进乙园。",
            "争取7月底完工",
            "加快“甲园”建设，争取7月底完工",
        ),
        ("推进剩余2处建设，计划7月初开工。", "计划7月初开工", "推进剩余2处建设，计划7月初开工"),
        ("6月底前完成招标，9月底前主体封顶。", "9月底前主体封顶", "9月底前主体封顶"),
        ("8月完工。", "8月完工", "8月完工"),
        ("别的话。", "8月完工", "8月完工"),
        ("很长" * 30 + "，8月完工。", "8月完工", "8月完工"),
    ],
)
def test_words_come_with_what_they_speak_of(text: str, words: str, shown: str) -> None:
    assert say_of_what(text, words) == shown
