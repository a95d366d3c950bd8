"""The received table, cell by cell, with a way from each row to its task; a long one on several pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

from generator.figures import DistrictReport
from generator.model import addresses
from generator.site.received import Received, ReceivedFile, ServedAs
from generator.site.views.page_view import Dates, Head, Link, Page, PageKind, make_page
from generator.site.views.site_frame import Frame, make_head
from generator.sources.document import Cell, Paragraph, Span, Table
from generator.wording import format_period, format_publisher, format_task_number

_PAGE_BYTES = 160_000
"""Bytes of cells on one page: with its markup a page stays below 300 KB."""
RECEIVED_STYLE = "static/received.css"
"""Style sheet of pages with received words."""
_CELL_CHARACTERS = 40_000
"""Characters of one cell that are shown; the rest stands in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCell:
    """One cell as received."""

    text: Markup
    label: str
    """Heading of its column."""
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTask:
    """A task that a row holds."""

    row: int
    """Its place among the table's tasks, part of the anchor."""
    task: str
    """Task id."""
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A row of a table, or a paragraph outside (one cell)."""

    cells: tuple[SourceCell, ...]
    tasks: tuple[RowTask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBlock:
    """Rows of one table in a row, or one paragraph."""

    is_table: bool
    heads: tuple[SourceRow, ...] = ()
    """Rows above the first task, on every page of the table."""
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePageView:
    """One page of a received table."""

    head: Head
    file: ReceivedFile
    name: str
    """Title as printed above the table, or the page's heading."""
    file_name: str
    """Name under which the file is served; empty without one."""
    masked: bool
    as_text: bool
    """Whether a web page is served under a name that shows as plain text."""
    blocks: tuple[SourceBlock, ...]
    parts: tuple[Link, ...]
    """All pages of the table; empty with one."""
    adrift: tuple[RowTask, ...]
    """Tasks whose words are in no row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReceivedSheet:
    """A received table cut into pages."""

    file: ReceivedFile
    pages: tuple[tuple[SourceBlock, ...], ...]
    adrift: tuple[RowTask, ...] = ()
    urls: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(task id, file) → where its row stands."""


def read_sheets(
    frame: Frame, received: Received
) -> tuple[tuple[_ReceivedSheet, ...], dict[tuple[str, str], str]]:
    """Every received table laid out, and (task id, file) → address of its row."""
    sheets = []
    for district in frame.report.districts:
        own = [file for file in received.values() if file.district == district.district.id]
        sheets += [_lay_out(frame, district, file) for file in own]
    return tuple(sheets), {key: url for sheet in sheets for key, url in sheet.urls.items()}


def make_source_pages(frame: Frame, sheets: Iterable[_ReceivedSheet]) -> list[Page]:
    """The pages of all received tables."""
    districts = {each.district.id: each for each in frame.report.districts}
    return [
        make_page("pages/source.html", view)
        for sheet in sheets
        for view in _make_views(frame, districts[sheet.file.district], sheet)
    ]


def _lay_out(frame: Frame, district: DistrictReport, file: ReceivedFile) -> _ReceivedSheet:
    waiting = _Waiting(_tasks_of(frame, district, file), file.blocks)
    blocks = [_make_block(block, waiting) for block in file.blocks]
    pages = tuple(_cut_pages(blocks))
    urls: dict[tuple[str, str], str] = {}
    for part, page in enumerate(pages, 1):
        address = _part_url(file, part)
        tasks = (task for block in page for row in block.rows for task in row.tasks)
        urls |= {(task.task, file.table.file): f"{address}#row-{task.row}" for task in tasks}
    adrift = waiting.rest()
    urls |= {(task.task, file.table.file): f"{file.url}#row-{task.row}" for task in adrift}
    return _ReceivedSheet(file=file, pages=pages, adrift=adrift, urls=urls)


def _part_url(file: ReceivedFile, part: int) -> str:
    return file.url if part == 1 else f"{file.url.removesuffix('.html')}-p{part}.html"


def _tasks_of(frame: Frame, district: DistrictReport, file: ReceivedFile) -> list[tuple[RowTask, str]]:
    """The tasks of a table with the words to find each by, in printed order."""
    found = [
        (update.source.row, task.at(update.period))
        for task in district.district.tasks
        for update in task.updates
        if update.source.file == file.table.file
    ]
    made = []
    for row, task in sorted(found, key=lambda pair: pair[0]):
        link = Link(label=format_task_number(task, frame.words), url=addresses.task_url(task.id))
        made.append((RowTask(row=row, task=task.id, link=link), _squeeze(task.commitment)))
    return made


def _squeeze(text: str) -> str:
    return "".join(text.split())


class _Waiting:
    """Tasks that have no row yet: most are a cell to the letter, the others are looked for within cells."""

    def __init__(self, tasks: Iterable[tuple[RowTask, str]], blocks: Iterable[Paragraph | Table]) -> None:
        cells = {_squeeze(text) for block in blocks for text in _texts(block)}
        self._whole: dict[str, list[RowTask]] = {}
        self._within: dict[RowTask, str] = {}
        for task, words in tasks:
            if words in cells:
                self._whole.setdefault(words, []).append(task)
            else:
                self._within[task] = words

    def take(self, texts: Iterable[str]) -> tuple[RowTask, ...]:
        """The tasks whose words stand in these cells; they wait no longer."""
        squeezed = [_squeeze(text) for text in texts]
        found = [self._whole[text].pop(0) for text in squeezed if self._whole.get(text)]
        within = [
            task for task, words in self._within.items() if words and any(words in text for text in squeezed)
        ]
        for task in within:
            del self._within[task]
        return (*found, *within)

    def rest(self) -> tuple[RowTask, ...]:
        """The tasks still waiting, in printed order."""
        waiting = [task for tasks in self._whole.values() for task in tasks]
        return tuple(sorted((*waiting, *self._within), key=lambda task: task.row))


def _texts(block: Paragraph | Table) -> Iterator[str]:
    return iter((block.text,)) if isinstance(block, Paragraph) else (cell.text for cell in block.cells)


def _make_block(block: Paragraph | Table, waiting: _Waiting) -> SourceBlock:
    if isinstance(block, Paragraph):
        whole = SourceCell(text=_mark_bold(block.text, block.bold), label="", row_span=1, column_span=1)
        only = SourceRow(cells=(whole,), tasks=waiting.take((block.text,)))
        return SourceBlock(is_table=False, rows=(only,))
    rows: dict[int, list[Cell]] = {row: [] for row in range(block.rows)}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell)
    labels: dict[int, str] = {}
    heads: list[SourceRow] = []
    made: list[SourceRow] = []
    is_heading = True
    for row in rows.values():
        tasks = waiting.take(cell.text for cell in row)
        is_heading = is_heading and not tasks
        if is_heading and len(row) > 1:
            labels = {cell.column: _squeeze(cell.text)[:12] for cell in row}
        shown = tuple(_make_cell(cell, "" if is_heading else labels.get(cell.column, "")) for cell in row)
        (heads if is_heading else made).append(SourceRow(cells=shown, tasks=tasks))
    if is_heading:  # no row is a task's: the first alone names the columns
        heads, made = heads[:1], heads[1:]
    return SourceBlock(is_table=True, heads=tuple(heads), rows=tuple(made))


def _make_cell(cell: Cell, label: str) -> SourceCell:
    return SourceCell(
        text=_mark_bold(cell.text, cell.bold),
        label=label,
        row_span=cell.row_span,
        column_span=cell.column_span,
    )


def _mark_bold(text: str, bold: Sequence[Span]) -> Markup:
    """The text with its bold runs: bold may mark who leads (加黑为牵头单位)."""
    shown, out, at = text[:_CELL_CHARACTERS], Markup(), 0
    for span in bold:
        out += escape(shown[at : span.start]) + Markup("<b>{}</b>").format(shown[span.start : span.end])
        at = span.end
    out += escape(shown[at:]) + ("…" if len(text) > len(shown) else "")
    return out.replace("\n", Markup("<br>"))


def _cut_pages(blocks: Iterable[SourceBlock]) -> Iterator[tuple[SourceBlock, ...]]:
    """Blocks cut so that no page holds more than ``_PAGE_BYTES``; merged cells end where their page ends."""
    page: list[SourceBlock] = []
    room = _PAGE_BYTES
    for block in blocks:
        rows: list[SourceRow] = []
        for row in block.rows:
            if room < _measure(row) and (page or rows):
                yield (*page, *_close(block, rows))
                page, rows, room = [], [], _PAGE_BYTES
            rows.append(row)
            room -= _measure(row)
        page += _close(block, rows)
    if page:
        yield tuple(page)


def _measure(row: SourceRow) -> int:
    """Bytes of a row's cells."""
    return sum(len(cell.text.encode()) for cell in row.cells)


def _close(block: SourceBlock, rows: Sequence[SourceRow]) -> list[SourceBlock]:
    """A block of these rows alone, no cell longer than they are; none without rows."""
    if not rows:
        return []
    cut = tuple(
        replace(
            row,
            cells=tuple(replace(cell, row_span=min(cell.row_span, len(rows) - at)) for cell in row.cells),
        )
        for at, row in enumerate(rows)
    )
    return [replace(block, rows=cut)]


def _make_views(frame: Frame, district: DistrictReport, sheet: _ReceivedSheet) -> Iterator[SourcePageView]:
    words, file = frame.words, sheet.file
    period = format_period(file.table.period, words)
    key = "heading_file" if file.url != addresses.source_url(file.district, file.table.period) else "heading"
    number = file.url.removesuffix(".html").rpartition("-")[2]
    name = words(f"received.{key}", district=district.district.name, period=period, number=number)
    several = len(sheet.pages) > 1
    for part, blocks in enumerate(sheet.pages or ((),), 1):
        url = _part_url(file, part)
        heading = words("received.heading_part", name=name, part=part) if part > 1 else name
        served = file.file_url or ""
        yield SourcePageView(
            head=replace(_make_head(frame, district, file, url, heading), styles=(RECEIVED_STYLE,)),
            file=file,
            name=file.table.title or heading,
            file_name=served.rpartition("/")[2],
            masked=file.served_as in (ServedAs.MASKED, ServedAs.PRIVATE),
            as_text=served.endswith(".txt") and not file.table.file.endswith(".txt"),
            blocks=blocks,
            parts=tuple(
                Link(label=words("received.part", n=n), url=_part_url(file, n), current=n == part)
                for n in range(1, len(sheet.pages) + 1)
            )
            if several
            else (),
            adrift=sheet.adrift if part == 1 else (),
        )


def _make_head(frame: Frame, district: DistrictReport, file: ReceivedFile, url: str, heading: str) -> Head:
    words, table = frame.words, file.table
    overview = district.at(table.period)
    period = format_period(table.period, words)
    return make_head(
        frame,
        url=url,
        heading=heading,
        kind=PageKind.COLUMN,
        column=words("received.column"),
        title_column=words("received.column"),
        column_type=words("pages.meta.work_type"),
        description=words("received.description", district=district.district.name, period=period),
        dates=Dates(
            period=period,
            as_of=overview.as_of if overview else None,
            source=format_publisher(district.district, table),
            source_url=table.url,
            published=table.published,
            made=frame.config.edition,
            newest=frame.newest,
        ),
        district=district,
        tab="overview",
    )
