"""A received table as a whole. All data invented."""

from __future__ import annotations

import pytest

from generator.base.errors import IngestError
from generator.ingest.draft import make_draft
from generator.model import parse_period
from tests.builders import make_district


def test_more_rows_than_any_table_has_are_refused() -> None:
    rows = ["序号,重点任务,责任单位", *(f"{i},新建公园,区园林局" for i in range(1, 20_001))]
    with pytest.raises(IngestError, match="文件里有 20001 行文字，超过上限 20000 行"):
        make_draft(
            "\n".join(rows).encode(),
            "x.csv",
            district=make_district(),
            period=parse_period("2025Q1"),
        )
