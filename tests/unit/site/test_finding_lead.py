"""The first sentence of a page: its groups of promised numbers add up. All tasks are invented."""

from __future__ import annotations

import re

import pytest

from generator.figures import TaskFigures
from generator.model import Basis
from generator.site.views.finding_views import complete_clause, make_lead, plain_count
from tests.unit.figures.test_findings import amount
from tests.unit.site.test_pages import WORDS

REPORTED, SILENT = amount(1, "60"), amount(2, None)
QUARTER = amount(3, "30", Basis.QUARTER)


@pytest.mark.parametrize(
    ("tasks", "groups"),
    [
        ([REPORTED, SILENT], [1, 1]),
        ([REPORTED, QUARTER], [1, 1, 0]),
        ([REPORTED, QUARTER, SILENT, SILENT], [1, 1, 2]),
    ],
)
def test_every_promised_number_is_counted_in_one_group(tasks: list[TaskFigures], groups: list[int]) -> None:
    text = str(make_lead(tasks, WORDS, plain_count).striptags())
    promised = re.search(r"共(\d+)个", text)
    assert promised
    _, _, after = text.partition("其中")
    told = [int(number) for number in re.findall(r"(\d+)个", after.partition("。")[0])]
    assert told == groups
    assert sum(told) == int(promised[1])


@pytest.mark.parametrize(
    ("quote", "text", "shown", "to_end"),
    [
        ("已规范28条", "已规范28条街牌匾48处，消除5处。", "已规范28条街牌匾48处", False),
        ("消除5处", "已规范48处，消除5处。", "消除5处", True),
        ("共1,000", "共1,000平方米,其中新建3处", "共1,000平方米", False),
        ("全部完成。", "全部完成。下一步继续", "全部完成。", True),
        ("没有这句", "别的话", "没有这句", True),
    ],
)
def test_a_quote_is_not_cut_before_the_end_of_its_clause(
    quote: str, text: str, shown: str, to_end: bool
) -> None:
    assert complete_clause(quote, text) == (shown, to_end)
