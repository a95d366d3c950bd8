"""A table on the terminal, its headings in the language of the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.app.cli.screen import Settings
from generator.base.messages import Message


def print_table(
    console: Console,
    settings: Settings,
    headings: Iterable[Message],
    rows: Iterable[Sequence[str | Text]],
    title: Message | None = None,
) -> None:
    """Rows below their headings; long cells are folded."""
    table = Table(show_edge=False, title=settings.tell(title) if title else None, title_justify="left")
    for heading in headings:
        table.add_column(settings.tell(heading), overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)
