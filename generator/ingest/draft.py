"""A received table → a draft: every task of one period as it would be written, and how it was understood."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.base.errors import IngestError, Problem, Severity, UsageError
from generator.base.messages import Message
from generator.base.paths import SOURCES_FOLDER
from generator.base.places import NOWHERE, Place
from generator.content import Reading, ReadingHints
from generator.ingest.layout.column_content import SourceColumn
from generator.ingest.layout.department_names import says_first_leads
from generator.ingest.layout.footnotes import attach_footnotes
from generator.ingest.layout.heading_roles import ColumnRole, normal_heading
from generator.ingest.layout.reading_hints import name_layout, pick_hints, suggest_columns
from generator.ingest.layout.row_numbers import make_numbers
from generator.ingest.layout.row_records import Placement, RowRecord
from generator.ingest.layout.stated_periods import check_headings, check_period
from generator.ingest.layout.task_layout import Layout, read_layout
from generator.ingest.numbers import TaskCandidate, add_figures
from generator.ingest.rows.character_account import CharacterAccount, make_ledger
from generator.ingest.rows.department_directory import Directory
from generator.ingest.rows.row_tasks import RowText, carry_dittos, make_task, read_row, resolve_dittos
from generator.ingest.rows.row_warnings import check_gaps, check_numbers, check_repeats, check_row
from generator.model import Department, District, Period, SourceRef, SourceTable, Task
from generator.sources import read_document
from generator.sources.document import Departure, Document, Paragraph, Table, describe_alteration

R = ColumnRole
_NO_READING = Reading()
_NO_HINTS = ReadingHints()
_TELLS = {"progress", "reported_status", "reported_completion"}
_OF_UPDATE = {"plan", "remarks", "next_steps", "reported_status", "reported_completion", "progress"}
_MOST_ROWS = 20_000
"""Rows and paragraphs with text of one document; the largest published tables have a few hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One table, read: nothing is written yet and nothing is compared with what is there."""

    district: str
    """District id."""
    period: Period
    table: SourceTable
    """Entry for district.yaml."""
    sha256: str
    """Checksum of the received file."""
    tasks: tuple[Task, ...]
    """In printed order; each with exactly one update, or none when the table tells no progress."""
    departments: tuple[Department, ...]
    """The district's directory, newly seen bodies behind the known ones."""
    new_departments: tuple[Department, ...]
    columns: tuple[tuple[SourceColumn, ...], ...]
    """Columns of each task table in the file; empty for running text."""
    sections: int
    """Different headings that tasks stand under."""
    ledger: CharacterAccount
    problems: tuple[Problem, ...]
    """Errors and warnings, by place."""
    candidates: tuple[TaskCandidate, ...]
    """Numbers that a person should decide, by task."""
    records: tuple[RowRecord, ...] = ()
    """What each task was made of."""
    hints: ReadingHints | None = None
    """What the command line said of the layout, to be kept for the next table of it."""


def make_draft(
    data: bytes,
    name: str,
    *,
    district: District,
    period: Period,
    reading: Reading = _NO_READING,
    columns: Mapping[str, str] | None = None,
    hints: ReadingHints = _NO_HINTS,
) -> Draft:
    """The draft of a received file; pure, no disk.

    ``name``: file name or path as the clerk gave it (its suffix says the format, messages quote it).
    ``columns`` (heading or 1-based number → role) and ``hints``: the command line's word, above ``reading``.
    Raises: SourceError, IngestError when no table of tasks is in it, UsageError for hints that fit nothing.
    """
    document = read_document(data, PurePosixPath(name).name)
    _check_extent(document, name)
    kept = None if (said := hints != _NO_HINTS) else pick_hints(document, name, reading.layouts)
    hints, decided = kept or hints, make_decisions(reading, columns or {})
    layout = attach_footnotes(document, read_layout(document, decided, period, hints))
    _check_records(layout, document, name)
    directory = Directory(district.departments)
    lead = reading.lead_first or hints.lead_first or _first_leads(document)
    rows = carry_dittos([read_row(record, directory, lead_first=lead) for record in layout.records])
    reference = _reference(data, name, period)
    tasks, doubts = _make_tasks(rows, layout, district, period, reference)
    tasks, candidates = add_figures(tasks, directory.departments)
    placements, unkept = _placements(rows, layout, kept=any(task.updates for task in tasks))
    ledger, lost = make_ledger(document, placements)
    problems = [*layout.problems, *doubts, *lost, *unkept, *_new_bodies(directory, district)]
    problems += [*(p for row in rows for p in row.problems), *check_period(layout.title, period, tasks)]
    problems += [*_check_progress_headings(layout, period), *_reader_warnings(document)]
    problems += [] if said or kept else _changed_layout(reading)
    return Draft(
        district=district.id,
        period=period,
        table=SourceTable(period=period, file=reference.file, title=layout.title),
        sha256=reference.sha256,
        tasks=tasks,
        departments=directory.departments,
        new_departments=tuple(directory.added),
        columns=layout.columns,
        sections=len({(t.section, t.subsection) for t in tasks if t.section}),
        ledger=ledger,
        problems=_placed(problems, name),
        candidates=candidates,
        records=layout.records,
        hints=replace(hints, heading=name_layout(document, hints, decided)) if said else None,
    )


def _check_records(layout: Layout, document: Document, name: str) -> None:
    """Raises: IngestError when nothing reads as a task, with what would help."""
    if not layout.records:
        known = any(p.level is Severity.ERROR for p in layout.problems)
        raise IngestError(_placed([*layout.problems, *([] if known else _no_table(document))], name))


def _changed_layout(reading: Reading) -> list[Problem]:
    """A warning when layouts are remembered and none of them is that of this table."""
    if not reading.layouts:
        return []
    known = tuple(f"“{hints.heading}”" for hints in reading.layouts)
    what = Message("表头和以前记下的都不一样，以前说明的读法没有照用：{known}", known=known)
    hint = Message("请核对各列；读错了就用 --columns 重新说明")
    return [Problem(place=NOWHERE, what=what, hint=hint, level=Severity.WARNING)]


def _reader_warnings(document: Document) -> Iterator[Problem]:
    """What the reader had to decide, and where it left something out that the file shows."""
    yield from (Problem(place=NOWHERE, what=text, level=Severity.WARNING) for text in document.notes)
    for one in document.alterations:
        if one.kind in {Departure.STRUCK, Departure.ERROR}:
            what, hint = describe_alteration(one)
            yield Problem(place=one.where, what=what, hint=hint, level=Severity.WARNING)


def _reference(data: bytes, name: str, period: Period) -> SourceRef:
    """Where the received file will be kept, without a row."""
    suffix = PurePosixPath(name).suffix.lower()
    return SourceRef(
        file=f"{SOURCES_FOLDER}/{period}{suffix}", sha256=hashlib.sha256(data).hexdigest(), row=0
    )


def _check_progress_headings(layout: Layout, period: Period) -> list[Problem]:
    reports = [c.heading for columns in layout.columns for c in columns if c.role is R.PROGRESS]
    return list(check_headings(list(dict.fromkeys(reports)), period))


def _first_leads(document: Document) -> bool:
    """Whether the document itself says, in a heading or a note, that the first named body leads."""
    texts = (
        text
        for block in document.blocks
        for text in ([block.text] if isinstance(block, Paragraph) else [c.text for c in block.cells])
    )
    return any(len(text) <= 400 and says_first_leads(text) for text in texts)


def _check_extent(document: Document, name: str) -> None:
    """Raises: IngestError when the document has more rows than any table of tasks."""
    rows = sum(
        len({c.row for c in block.cells if c.text.strip()}) if isinstance(block, Table) else 1
        for block in document.blocks
    )
    if rows > _MOST_ROWS:
        what = Message("文件里有 {rows} 行文字，超过上限 {limit} 行，不像任务表", rows=rows, limit=_MOST_ROWS)
        raise IngestError(
            Problem(place=Place(file=name), what=what, hint=Message("请只留下任务表，另存为新文件后再读入"))
        )


def _placements(
    rows: Sequence[RowText], layout: Layout, *, kept: bool
) -> tuple[tuple[Placement, ...], list[Problem]]:
    """Where every piece went; what belongs to an update has no place in a table without any."""
    found = [p for row in rows for p in row.placements]
    if kept:
        return (*layout.placements, *found), []
    lost = [p for p in found if p.field in _OF_UPDATE]
    placed = [replace(p, field="unkept", structural=True) if p in lost else p for p in found]
    problems = []
    if lost:
        what = Message("这张表没有进展列，{count} 格节点计划、备注一类的文字没有地方保存", count=len(lost))
        hint = Message("如果其中一列是进展，用 --column 指明")
        problems.append(Problem(place=lost[0].piece.where, what=what, hint=hint, level=Severity.WARNING))
    return (*layout.placements, *placed), problems


def make_decisions(reading: Reading, columns: Mapping[str, str]) -> dict[str, tuple[ColumnRole, str]]:
    """What a person decided about columns: normal heading or 1-based number → role, and where it was said.

    Raises: UsageError for a role that does not exist.
    """
    found = {}
    for why, pairs in (("district.yaml", reading.columns), ("option", tuple(columns.items()))):
        for key, word in pairs:
            if word not in set(ColumnRole):
                what = Message("“{key}={word}”：没有“{word}”这种列", key=key, word=word)
                hint = Message("可以写：{options}", options=tuple(ColumnRole))
                raise UsageError(
                    Problem(place=Place(file="--column" if why == "option" else why), what=what, hint=hint)
                )
            found[key if key.isdigit() else normal_heading(key)] = (ColumnRole(word), why)
    return found


def _make_tasks(
    rows: Sequence[RowText], layout: Layout, district: District, period: Period, reference: SourceRef
) -> tuple[tuple[Task, ...], list[Problem]]:
    numbers = make_numbers([row.number for row in rows])
    tells = any(_TELLS & row.texts.keys() for row in rows) or any(
        c.role in (R.PROGRESS, R.STATUS, R.COMPLETION) for columns in layout.columns for c in columns
    )
    tasks = []
    problems: list[Problem] = []
    for index, (row, number) in enumerate(zip(rows, numbers, strict=True), 1):
        task = make_task(
            row,
            number,
            district=district,
            period=period,
            source=replace(reference, row=index),
            with_update=tells,
        )
        tasks.append(task)
        problems += check_row(row, task)
    problems += [*check_numbers(rows, numbers), *check_repeats(rows), *check_gaps(rows)]
    resolved, dittos = resolve_dittos(tasks)
    return resolved, [*problems, *dittos]


def _new_bodies(directory: Directory, district: District) -> list[Problem]:
    """A warning for each body that the directory does not know; one for all when the directory is empty."""
    if not directory.added:
        return []
    hint = Message(
        "核对名称；改名、合并、拆分来的用 taizhang rename；是别名就写进 district.yaml 里那个单位的 aliases"
    )
    if not district.departments:
        what = Message("单位名录还是空的，从表里收进 {count} 个单位", count=len(directory.added))
        return [Problem(place=NOWHERE, what=what, hint=hint, level=Severity.WARNING)]
    return [
        Problem(
            place=NOWHERE,
            what=Message("名录里没有“{name}”，将作为新单位收进", name=body.name),
            hint=hint,
            level=Severity.WARNING,
        )
        for body in directory.added
    ]


def _no_table(document: Document) -> list[Problem]:
    tables = sum(isinstance(block, Table) for block in document.blocks)
    what = (
        Message("文件里有 {tables} 张表，没有一张认得出任务", tables=tables)
        if tables
        else Message("文件里没有认得出的任务表")
    )
    usual = Message("请确认表头有“重点任务”“责任单位”“推进情况”这样的列名；列名特别时用 --column 指明")
    hint = next(suggest_columns(document), usual)
    return [Problem(place=NOWHERE, what=what, hint=hint)]


def _placed(problems: Iterable[Problem], name: str) -> tuple[Problem, ...]:
    """Problems with the file in their place: name:15 for a line, name!Sheet1!C7 for a cell; once each."""
    found = {replace(problem, place=replace(problem.place, file=name)) for problem in problems}
    return tuple(sorted(found, key=lambda p: (p.level, p)))
