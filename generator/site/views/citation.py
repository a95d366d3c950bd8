"""What makes a task's page a record: where it was read, the information table, how to cite it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import District, Task, Update
from generator.site.received import ReceivedFile
from generator.site.views.page_view import Head
from generator.site.views.site_frame import Frame
from generator.wording import Words, format_known_date, format_publisher, format_task_number


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Where the newest text was read."""

    title: str | None
    row: int
    publisher: str
    """As the table or district.yaml names it; says so where neither does: a district is no institution."""
    url: str | None
    published: str
    """In words; says so when it is not known."""
    row_url: str | None
    """The row in the received table; None where the edition leaves the tables out."""
    file: ReceivedFile | None
    """The received table; None as above."""
    file_name: str
    """Name of the served file; of the received one where none is served."""


def make_source(frame: Frame, district: District, task: str, update: Update) -> SourceView:
    """Where an update was read."""
    table = district.table_of(update.period, update.source.file)
    file = frame.received.get((district.id, update.source.file))
    return SourceView(
        title=table.title if table else None,
        row=update.source.row,
        publisher=(table.publisher if table else None) or district.publisher or frame.words("pages.unknown"),
        url=table.url if table else None,
        published=format_known_date(table.published if table else None, frame.words),
        row_url=frame.rows.get((task, update.source.file)),
        file=file,
        file_name=((file.file_url if file else None) or update.source.file).rpartition("/")[2],
    )


def make_quote_cite(frame: Frame, district: District, task: Task, update: Update | None, address: str) -> str:
    """How to cite one sentence, behind its words: where it stands in which table, what leads to it.

    The day of access is left to the reader.
    """
    words, table = frame.words, district.table_of(update.period, update.source.file) if update else None
    values = {
        "source": format_publisher(district, table),
        "district": district.name,
        "year": task.year,
        "number": format_task_number(task, words),
        "site": frame.config.title,
        "address": address,
    }
    if update is None:
        return words("pages.task.cite_promise", **values)
    title = (table.title if table else None) or words("received.column")
    file = update.source.file.rpartition("/")[2]
    return words("pages.task.cite_quote", **values, table=title, row=update.source.row, file=file)


def make_record(task: Task, head: Head, publisher: str | None, words: Words) -> tuple[tuple[str, str], ...]:
    """Label and value of the information table (government-pages.md C-01); what is not known is said.

    No document is dated and no institution or subject heading named unless the source or district.yaml does:
    the day that figures reach is no date of a document.
    """
    dates, none, unknown = head.dates, words("pages.record.none"), words("pages.unknown")
    values = {
        "id": task.id,
        "topic": task.section or none,
        "publisher": publisher or unknown,
        "made": unknown,
        "name": task.title,
        "document": none,
        "published": format_known_date(dates.published, words),
        "keywords": unknown,
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
