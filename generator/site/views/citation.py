"""What makes a task's page a record: where it was read, the information table, how to cite it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import District, Task, Update
from generator.site.views.page_view import Head
from generator.wording import Words, format_known_date, format_publisher, format_task_number, join_list


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Where the newest text was read."""

    title: str | None
    file: str
    row: int
    sha256: str
    publisher: str
    url: str | None
    published: str
    """In words; says so when it is not known."""


def make_source(district: District, update: Update, words: Words) -> SourceView:
    """Where an update was read."""
    table = district.table_of(update.period, update.source.file)
    return SourceView(
        title=table.title if table else None,
        file=update.source.file,
        row=update.source.row,
        sha256=update.source.sha256,
        publisher=format_publisher(district, table),
        url=table.url if table else None,
        published=format_known_date(table.published if table else None, words),
    )


def make_record(task: Task, head: Head, words: Words) -> tuple[tuple[str, str], ...]:
    """Label and value of the information table (government-pages.md C-01); what is not known is said."""
    dates, none = head.dates, words("pages.record.none")
    values = {
        "id": task.id,
        "topic": task.section or none,
        "publisher": dates.source or none,
        "made": format_known_date(dates.as_of, words),
        "name": task.title,
        "document": none,
        "published": format_known_date(dates.published, words),
        "keywords": join_list((a.name for a in task.departments), words) or none,
    }
    return tuple((words(f"pages.record.{key}"), value) for key, value in values.items())


def make_cite(site: str, district: District, task: Task, head: Head, words: Words) -> str:
    """How to cite the page: publisher, title, task, period, site, id, address."""
    return words(
        "pages.task.cite",
        source=head.dates.source or district.name,
        title=task.title,
        district=district.name,
        year=task.year,
        number=format_task_number(task, words),
        period=head.dates.period or words("pages.unknown"),
        site=site,
        id=task.id,
        address=head.canonical or head.url,
    )
