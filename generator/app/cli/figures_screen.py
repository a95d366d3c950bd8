"""What a new table does to the figures, as a table for a clerk."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.ingest.review import Taken
from generator.ingest.update import UpdatePlan
from generator.model import Actual

_TAKEN = {
    Taken.TAKEN: ("采用", "taken", "green"),
    Taken.OPEN: ("待判定", "to decide", "yellow"),
    Taken.LOST: ("没有读到", "not found", "red"),
}
_HEADINGS = (("序号", "目标", "上期", "本期", "结果"), ("No.", "Target", "Last period", "Now", "Result"))


def show_figures(console: Console, plan: UpdatePlan, lang: str) -> None:
    """A line for every target whose figure is new, another, in doubt or lost; and how much was said again."""
    word = 1 if lang == "en" else 0
    if plan.figures:
        table = Table(show_edge=False, title="Figures" if word else "数字", title_justify="left")
        for name in _HEADINGS[word]:
            table.add_column(name, overflow="fold")
        for line in plan.figures:
            promised = f"{line.target.metric} {line.target.value:f}{line.target.unit}"
            said = _TAKEN[line.taken]
            table.add_row(
                str(line.number),
                promised,
                _figure(line.last),
                _figure(line.now),
                Text(said[word], style=said[2]),
            )
        console.print(table)
        counts = Counter(line.taken for line in plan.figures)
        console.print(
            "，".join(f"{_TAKEN[taken][word]} {counts[taken]}" for taken in Taken if counts[taken])
            + ("" if word else "（和上期相同的没有列出；待判定的写入后用 taizhang review 判定）")
        )
    if plan.repeated:
        console.print(
            f"{plan.repeated} progress texts are the same as last period."
            if word
            else f"{plan.repeated} 项的进展文字与上期相同或几乎相同。"
        )


def _figure(actual: Actual | None) -> str:
    return f"{actual.value:f}{actual.unit}" if actual else "—"
