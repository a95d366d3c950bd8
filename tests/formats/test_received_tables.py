"""The two received tables, written out in every format, become the same content as the committed one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.base.disk import read_tree
from generator.content import parse_site
from generator.ingest.draft import make_draft
from generator.model import District, Role, Site, Task, parse_period
from generator.sources import read_here
from generator.sources.document import Cell, Document, Paragraph, Span, Table
from tests.formats.writers import WRITERS, convert, write_docx, write_pdf_by_chromium, write_pdf_by_office
from tests.paths import ROOT

RECEIVED = {"huaiyin": "2025H1", "shizhong": "2025Q2"}
FORMATS: dict[str, Callable[[Document], bytes]] = {
    **WRITERS,
    "pdf": write_pdf_by_office,
    "printed.pdf": write_pdf_by_chromium,
    "doc": lambda document: convert(write_docx(document), ".docx", "doc"),
    "xls": lambda document: convert(WRITERS["xlsx"](document), ".xlsx", "xls"),
    "ods": lambda document: convert(WRITERS["xlsx"](document), ".xlsx", "ods"),
}


@pytest.fixture(scope="module")
def site() -> Site:
    return parse_site(read_tree(ROOT, ("site.yaml", "content")))


def squeeze(text: str | None) -> str | None:
    return None if text is None else "".join(text.split())


def words(task: Task) -> tuple[object, ...]:
    """Everything of a task that is printed, white space aside."""
    updates = [(squeeze(u.progress), squeeze(u.next_steps), u.next_steps_from) for u in task.updates[:1]]
    names = [entry.name for entry in task.departments]
    contacts = [(squeeze(entry.office), entry.phones) for entry in task.contacts]
    return task.number, squeeze(task.section), squeeze(task.commitment), names, contacts, updates


def figures(task: Task) -> tuple[object, ...]:
    """Everything that is read out of a task's texts."""
    targets = [(t.id, t.value, t.unit, t.kind, squeeze(t.quote)) for t in task.targets]
    actuals = [
        (a.target, a.value, a.unit, a.basis, list(map(squeeze, a.quotes)))
        for u in task.updates
        for a in u.actuals
    ]
    return targets, actuals, [u.status.value for u in task.updates]


def draft_of(data: bytes, name: str, district: District) -> tuple[Task, ...]:
    """Tasks read from a file, with the directory of bodies that the district already has."""
    known = District(id=district.id, name=district.name, departments=district.departments)
    period = parse_period(RECEIVED[district.id])
    return make_draft(data, name, district=known, period=period).tasks


def received(district: District) -> tuple[bytes, str]:
    name = f"{RECEIVED[district.id]}.txt"
    return (ROOT / "content" / district.id / "sources" / name).read_bytes(), name


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("district_id", RECEIVED)
def test_a_received_table_is_the_same_in_every_format(site: Site, district_id: str, suffix: str) -> None:
    district = next(entry for entry in site.districts if entry.id == district_id)
    data, name = received(district)
    written = FORMATS[suffix](read_here(data, name))
    tasks = draft_of(written, f"{RECEIVED[district_id]}.{suffix}", district)
    assert [words(task) for task in tasks] == [words(task) for task in district.tasks]
    assert [figures(task) for task in tasks] == [figures(task) for task in draft_of(data, name, district)]


def as_word_table(tasks: tuple[Task, ...], *, title: str) -> Document:
    """The committed tasks as an office lays them out: group cells merged downwards, leads in bold."""
    heads = ["序号", "类别", "重点任务", "责任单位（加黑为牵头单位）", "推进情况", "下一步计划"]
    cells = [Cell(text=text, row=0, column=column) for column, text in enumerate(heads)]
    for row, task in enumerate(tasks, start=1):
        update = task.updates[0]
        names = "、".join(entry.name for entry in task.departments)
        lead = Span(start=0, end=len(task.departments[0].name))
        texts = {
            0: str(task.number),
            2: task.commitment,
            4: update.progress or "",
            5: update.next_steps or "",
        }
        cells += (Cell(text=text.strip(), row=row, column=column) for column, text in texts.items())
        cells.append(Cell(text=names, row=row, column=3, bold=(lead,)))
        above = tasks[row - 2].section if row > 1 else None
        if task.section is None or task.section != above:
            height = _same_section(tasks, row - 1)
            cells.append(Cell(text=task.section or "", row=row, column=1, row_span=height))
    table = Table(cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))), rows=len(tasks) + 1, columns=6)
    return Document(name="", format="", blocks=(Paragraph(text=title), table))


def _same_section(tasks: tuple[Task, ...], start: int) -> int:
    """Number of tasks from ``start`` on that stand in one section; 1 without a section."""
    end = start + 1
    while tasks[start].section and end < len(tasks) and tasks[end].section == tasks[start].section:
        end += 1
    return end - start


@pytest.mark.parametrize("suffix", ["docx", "html", "xlsx", "doc", "xls", "ods", "pdf"])
@pytest.mark.parametrize("district_id", RECEIVED)
def test_merged_groups_are_sections_and_bold_names_lead(site: Site, district_id: str, suffix: str) -> None:
    district = next(entry for entry in site.districts if entry.id == district_id)
    document = as_word_table(district.tasks, title=f"{district.name}2025年重点任务推进情况")
    tasks = draft_of(FORMATS[suffix](document), f"{RECEIVED[district_id]}.{suffix}", district)
    for found, kept in zip(tasks, district.tasks, strict=True):
        assert words(found)[:4] == words(kept)[:4]
        assert squeeze(found.updates[0].progress) == squeeze(kept.updates[0].progress)
        roles = [entry.role for entry in found.departments]
        assert roles == [Role.LEAD] + [Role.JOINT] * (len(roles) - 1)
