"""Quotation marks inside quotation marks."""

from __future__ import annotations

from generator.wording.catalogue import Words


def test_a_title_inside_quotation_marks_turns_its_own_marks() -> None:
    words = Words(language="zh-CN", entries={"cite": "{source}：“{title}”（{source}）"})
    text = words("cite", source="市中区“样例”", title="用好“企业家会客厅”机制")
    assert text == "市中区“样例”：“用好‘企业家会客厅’机制”（市中区“样例”）"
