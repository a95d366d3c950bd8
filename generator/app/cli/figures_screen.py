"""What a new table does to the figures, as a table for a clerk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from generator.app.cli.screen import Settings
from generator.app.cli.screen_tables import print_table
from generator.base.messages import Message
from generator.ingest.review import Taken
from generator.ingest.update import UpdatePlan
from generator.model import Actual

_TAKEN = {
    Taken.TAKEN: (Message("采用"), "green"),
    Taken.OPEN: (Message("待判定"), "yellow"),
    Taken.LOST: (Message("没有读到"), "red"),
}
_HEADINGS = (Message("序号"), Message("目标"), Message("上期"), Message("本期"), Message("结果"))


def show_figures(console: Console, plan: UpdatePlan, settings: Settings) -> None:
    """A line for every target whose figure is new, another, in doubt or lost; and how much was said again."""
    if plan.figures:
        print_table(console, settings, _HEADINGS, _rows(plan, settings), Message("数字"))
        console.print(settings.tell(_count(plan)))
    if plan.repeated:
        said = Message("{count} 项的进展文字与上期相同或几乎相同。", count=plan.repeated)
        console.print(settings.tell(said))


def _rows(plan: UpdatePlan, settings: Settings) -> Iterator[tuple[str | Text, ...]]:
    for line in plan.figures:
        promised = f"{line.target.metric} {line.target.value:f}{line.target.unit}"
        word, style = _TAKEN[line.taken]
        result = Text(settings.tell(word), style=style)
        yield str(line.number), promised, _figure(line.last), _figure(line.now), result


def _count(plan: UpdatePlan) -> Message:
    counts = Counter(line.taken for line in plan.figures)
    told = tuple(
        Message("{name} {count}", name=_TAKEN[taken][0], count=counts[taken])
        for taken in Taken
        if counts[taken]
    )
    return Message("{counts}（和上期相同的没有列出；待判定的写入后用 taizhang review 判定）", counts=told)


def _figure(actual: Actual | None) -> str:
    return f"{actual.value:f}{actual.unit}" if actual else "—"
