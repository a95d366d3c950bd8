"""Random tables, written to each format and read back, keep every cell to the letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.sources import read_here
from generator.sources.document import Document, Paragraph, Table
from tests.formats.samples import HARD_LETTERS, LETTERS, all_letters, documents, filled, tables_of, tiles
from tests.formats.writers import WRITERS, write_csv, write_pdf_by_chromium, write_pdf_by_office

_SETTINGS = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
_FEW = settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def check(document: Document, read: Document, *, bold: bool, spans: bool, in_sheet: bool) -> None:
    """The one table came back, nothing is lost, nothing is added, cells tile the table."""
    made, found = tables_of(document)[0], tables_of(read)[-1]
    first_row = 1 if in_sheet else 0
    assert filled(found, first_row, bold=bold, spans=spans)[: len(filled(made))] == filled(
        made, bold=bold, spans=spans
    )
    assert all_letters(read) == all_letters(document)
    assert all(tiles(table) for table in tables_of(read))


@given(documents(HARD_LETTERS))
@_SETTINGS
def test_docx_keeps_cells_spans_and_weights(document: Document) -> None:
    check(document, read_here(WRITERS["docx"](document), "a.docx"), bold=True, spans=True, in_sheet=False)


@given(documents(HARD_LETTERS))
@_SETTINGS
def test_html_keeps_cells_spans_and_weights(document: Document) -> None:
    check(document, read_here(WRITERS["html"](document), "a.html"), bold=True, spans=True, in_sheet=False)


@given(documents(HARD_LETTERS))
@_SETTINGS
def test_xlsx_keeps_cells_spans_and_weights(document: Document) -> None:
    check(document, read_here(WRITERS["xlsx"](document), "a.xlsx"), bold=True, spans=False, in_sheet=True)


@given(documents(HARD_LETTERS), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
@_SETTINGS
def test_csv_keeps_cells_in_every_encoding(document: Document, encoding: str) -> None:
    read = read_here(write_csv(document, encoding), "a.csv")
    check(document, read, bold=False, spans=False, in_sheet=True)


@given(documents(LETTERS))
@_SETTINGS
def test_markdown_keeps_cells_and_weights(document: Document) -> None:
    read = read_here(WRITERS["md"](document), "a.md")
    made, found = tables_of(document)[0], tables_of(read)[-1]
    assert filled(found, bold=False, spans=False) == filled(made, bold=False, spans=False)
    assert all_letters(read) == all_letters(document)


def _begin_page(block: Paragraph | Table, mark: str) -> Paragraph:
    assert isinstance(block, Paragraph)
    return replace(block, page=1, text=f"{mark}{block.text}")


@pytest.mark.parametrize("write", [write_pdf_by_chromium, write_pdf_by_office], ids=["chromium", "office"])
def test_pdf_keeps_cells_spans_and_weights(write: Callable[[Document], bytes]) -> None:
    """A dozen random tables in one file, a page each, since printing is slow."""

    @given(st.lists(documents(drawn=True), min_size=6, max_size=12))
    @_FEW
    def keeps(several: list[Document]) -> None:
        blocks = tuple(
            _begin_page(block, mark) if block is document.blocks[0] else block
            for mark, document in zip("甲乙丙丁戊己庚辛壬癸子丑", several, strict=False)
            for block in document.blocks
        )
        document = Document(name="样本", format="", blocks=blocks)
        read = read_here(write(document), "a.pdf")
        assert sorted(all_letters(read)) == sorted(all_letters(document))
        found = [cell for table in tables_of(read) for cell in filled(table)]
        made = [cell for table in tables_of(document) for cell in filled(table)]
        assert found == made

    keeps()
