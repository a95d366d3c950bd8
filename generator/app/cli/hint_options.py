"""Options of ``taizhang ingest`` that say how a table is to be read, and the hints that they make."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce, wraps
from typing import Any

import click

from generator.app.cli.spoken_help import option
from generator.base.messages import Message
from generator.ingest.layout.reading_hints import make_hints

_COLUMNS = Message("按顺序说明各列，如 --columns 序号,任务,单位,-,进展；写入时和表头一起记进 district.yaml")
_OPTIONS = (
    option("--columns", "named", default="", metavar="ROLE,ROLE,…", words=_COLUMNS),
    option("--table", type=click.IntRange(min=1), words=Message("只读第几张表，从 1 数起")),
    option("--sheet", metavar="NAME", words=Message("只读哪张工作表")),
    option("--rows", default="", metavar="A-B", words=Message("只读哪些行，如 5-40（表头照样认）")),
    option("--section-rows", default="", metavar="N,A-B", words=Message("哪些行是分组标题，如 3,9-11")),
    option("--lead", type=click.Choice(["first"]), words=Message("first：排在第一位的单位牵头")),
)


def hint_options(body: Callable[..., int]) -> Callable[..., int]:
    """A command that takes these options and hands them on as ``hints``. Raises: UsageError."""

    @wraps(body)
    def run(
        *args: Any,
        named: str,
        table: int | None,
        sheet: str | None,
        rows: str,
        section_rows: str,
        lead: str | None,
        **others: Any,
    ) -> int:
        said = {"columns": named, "rows": rows, "section_rows": section_rows, "lead": lead or ""}
        return body(*args, hints=make_hints(table=table, sheet=sheet, **said), **others)

    return reduce(lambda made, each: each(made), reversed(_OPTIONS), run)
