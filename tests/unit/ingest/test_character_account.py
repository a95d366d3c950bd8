"""The account of characters: whatever the table, nothing disappears without an error."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base.errors import IngestError
from generator.ingest.draft import make_draft
from generator.ingest.layout.task_layout import read_layout
from generator.ingest.rows.character_account import make_ledger
from generator.ingest.rows.department_directory import Directory
from generator.ingest.rows.row_tasks import read_row
from generator.model import District, parse_period
from generator.sources.document import Cell, Document, Paragraph, Table
from generator.sources.text.text_lines import visible

_WORDS = """
序号 重点任务 责任单位 推进情况 下一步计划 类别 备注 1 2 3 （一） 一、产业发展 区发改局 区财政局、区住建局
各街道办事处 合计 注：以上数据 同上 已完成 50% 12月底前 区发改局产业科51800000 新增就业2万人。
截至6月底，已新增1.2万人。 持续推进，力争年底完成。 附件 /
"""
_POOL = tuple(_WORDS.split())
_CELLS = st.sampled_from([*_POOL, "", ""])
_GRIDS = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(_CELLS, min_size=width, max_size=width), min_size=1, max_size=8)
)


def _table(grid: list[list[str]], merges: list[tuple[int, int, int, int]]) -> Table:
    """A table of the grid; each merge takes the cells of a rectangle into its corner where it can."""
    rows, columns = len(grid), len(grid[0])
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row, column, height, width in merges:
        corner = (row % rows, column % columns)
        height, width = min(height, rows - corner[0]), min(width, columns - corner[1])
        area = [(corner[0] + i, corner[1] + j) for i in range(height) for j in range(width)]
        if not any(place in owner for place in area):
            owner |= dict.fromkeys(area, corner)
            spans[corner] = (height, width)
    cells = []
    for row in range(rows):
        for column in range(columns):
            corner = owner.get((row, column), (row, column))
            if corner == (row, column):
                height, width = spans.get(corner, (1, 1))
                cells.append(
                    Cell(text=grid[row][column], row=row, column=column, row_span=height, column_span=width)
                )
    return Table(cells=tuple(cells), rows=rows, columns=columns)


_MERGES = st.lists(
    st.tuples(*(st.integers(0, 7), st.integers(0, 5), st.integers(1, 3), st.integers(1, 6))), max_size=4
)


@settings(max_examples=400, deadline=None)
@given(_GRIDS, _MERGES, st.sampled_from(["docx", "txt"]), st.lists(st.sampled_from(_POOL), max_size=2))
def test_every_character_is_placed_structural_or_told(
    grid: list[list[str]], merges: list[tuple[int, int, int, int]], form: str, above: list[str]
) -> None:
    table = _table(grid, merges)
    blocks: tuple[Paragraph | Table, ...] = (*(Paragraph(text=text) for text in above), table)
    document = Document(name="x", format=form, blocks=blocks)
    layout = read_layout(document, {})
    placed = [*layout.placements]
    for record in layout.records:
        placed += read_row(record, Directory(()), lead_first=False).placements
    ledger, lost = make_ledger(document, placed)
    assert ledger.source == sum(map(visible, above)) + sum(visible(c.text) for c in table.cells)
    assert ledger.source == sum(ledger.placed.values()) + ledger.structural + ledger.unaccounted
    assert bool(lost) == bool(ledger.unaccounted)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(_CELLS, min_size=3, max_size=6), min_size=2, max_size=8),
    st.sampled_from([" | ", "\t", "\n"]),
)
def test_a_text_ends_in_a_draft_or_in_a_refusal(rows: list[list[str]], mark: str) -> None:
    data = "\n".join(mark.join(row) for row in rows).encode()
    try:
        draft = make_draft(data, "x.txt", district=District(id="x", name="x"), period=parse_period("2025Q2"))
    except IngestError:
        return
    assert draft.ledger.source == visible(data.decode())
    assert not draft.ledger.unaccounted or any(p.level == "error" for p in draft.problems)
    assert len({t.id for t in draft.tasks}) == len(draft.tasks)
