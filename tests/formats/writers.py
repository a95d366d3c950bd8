"""A ``Document`` written out in each format, as offices would send it."""

from __future__ import annotations

import csv
import html
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.table import _Cell as WordCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from generator.sources.document import Cell, Document, Paragraph, Span, Table, split_runs


def needs(program: str | None, name: str) -> str:
    """Path of a program; skips the test where it is not installed, fails it in CI."""
    if program:
        return program
    if os.environ.get("CI"):
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")


def write_docx(document: Document) -> bytes:
    """Word document: merged cells, bold runs, a paragraph a line; text with a page of its own starts one."""
    book = docx.Document()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            paragraph = book.add_paragraph()
            paragraph.paragraph_format.page_break_before = block.page is not None
            _fill_paragraph(paragraph, block.text, block.bold)
        else:
            _write_word_table(book, block)
            book.add_paragraph()
    return _saved(book.save)


def _write_word_table(book: WordDocument, table: Table) -> None:
    made = book.add_table(table.rows, table.columns, style="Table Grid")
    grid = [list(row.cells) for row in made.rows]
    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell in table.cells:
        target = grid[cell.row][cell.column]
        if (cell.row_span, cell.column_span) != (1, 1):
            end = grid[cell.row + cell.row_span - 1][cell.column + cell.column_span - 1]
            target = target.merge(end)
        _fill_cell(target, cell)


def _fill_cell(target: WordCell, cell: Cell) -> None:
    done = 0
    for index, line in enumerate(cell.text.split("\n")):
        paragraph = target.paragraphs[0] if index == 0 else target.add_paragraph()
        end = done + len(line)
        spans = tuple(
            Span(start=max(span.start, done) - done, end=min(span.end, end) - done)
            for span in cell.bold
            if span.start < end and span.end > done
        )
        _fill_paragraph(paragraph, line, spans)
        done = end + 1


def _fill_paragraph(paragraph: object, text: str, bold: Sequence[Span]) -> None:
    for piece, heavy in split_runs(text, bold):
        run = paragraph.add_run(piece)  # type: ignore[attr-defined]
        run.bold = True if heavy else None


def write_html(document: Document) -> bytes:
    """Web page: rowspan, colspan, b and br; text with a page of its own starts one in print."""
    parts = ['<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title></head><body>']
    for block in document.blocks:
        if isinstance(block, Paragraph):
            style = "" if block.page is None else " style='break-before: page'"
            parts.append(f"<p{style}>{_markup(block.text, block.bold)}</p>")
            continue
        parts.append("<table border='1' style='border-collapse:collapse'>")
        for row in range(block.rows):
            cells = (cell for cell in block.cells if cell.row == row)
            parts.append(f"<tr>{''.join(map(_td, cells))}</tr>")
        parts.append("</table>")
    return "\n".join([*parts, "</body></html>"]).encode()


def _td(cell: Cell) -> str:
    spans = f' rowspan="{cell.row_span}" colspan="{cell.column_span}"'
    return f"<td{spans}>{_markup(cell.text, cell.bold)}</td>"


def _markup(text: str, bold: Sequence[Span]) -> str:
    return "".join(
        f"<b>{html.escape(piece)}</b>" if heavy else html.escape(piece)
        for piece, heavy in split_runs(text, bold)
    ).replace("\n", "<br>")


def write_xlsx(document: Document) -> bytes:
    """Workbook of one sheet; every paragraph is a row of its own, merged over the width."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    row = 1
    width = max((block.columns for block in document.blocks if isinstance(block, Table)), default=1)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            _set_value(sheet.cell(row, 1), block.text, block.bold)
            if width > 1:
                sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
            row += 1
            continue
        for cell in block.cells:
            top, left = row + cell.row, cell.column + 1
            _set_value(sheet.cell(top, left), cell.text, cell.bold)
            if (cell.row_span, cell.column_span) != (1, 1):
                bottom, right = top + cell.row_span - 1, left + cell.column_span - 1
                sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
        row += block.rows
    return _saved(book.save)


def _set_value(target: object, text: str, bold: Sequence[Span]) -> None:
    if not text:
        return
    if not bold:
        target.value = text  # type: ignore[attr-defined]
        target.data_type = "s"  # type: ignore[attr-defined]
    elif (bold[0].start, bold[0].end) == (0, len(text)):
        target.value, target.font = text, Font(bold=True)  # type: ignore[attr-defined]
        target.data_type = "s"  # type: ignore[attr-defined]
    else:
        pieces = (
            TextBlock(InlineFont(b=True), piece) if heavy else piece
            for piece, heavy in split_runs(text, bold)
        )
        target.value = CellRichText(*pieces)  # type: ignore[attr-defined]


def write_csv(document: Document, encoding: str = "utf-8-sig") -> bytes:
    """Comma separated rows; a merged cell stands at its corner, a paragraph is a row of its own."""
    made = io.StringIO()
    lines = csv.writer(made)
    width = max((block.columns for block in document.blocks if isinstance(block, Table)), default=1)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.writerow([block.text] + [""] * (width - 1))
            continue
        for row in range(block.rows):
            texts = {cell.column: cell.text for cell in block.cells if cell.row == row}
            lines.writerow([texts.get(column, "") for column in range(width)])
    return made.getvalue().encode(encoding)


def write_md(document: Document) -> bytes:
    """Pipe table; line breaks are <br>, bold is **."""
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(f"{_stars(block.text, block.bold)}\n")
            continue
        for row in range(block.rows):
            texts = {cell.column: _stars(cell.text, cell.bold) for cell in block.cells if cell.row == row}
            parts.append(f"| {' | '.join(texts.get(column, '') for column in range(block.columns))} |")
            if row == 0:
                parts.append(f"|{'---|' * block.columns}")
        parts.append("")
    return "\n".join(parts).encode()


def _stars(text: str, bold: Sequence[Span]) -> str:
    parts = []
    for piece, heavy in split_runs(text, bold):
        lines = (f"**{line}**" if heavy and line else line for line in piece.split("\n"))
        parts.append("<br>".join(lines))
    return "".join(parts)


def write_pdf_by_chromium(document: Document) -> bytes:
    """PDF as a browser prints the web page."""
    chromium = needs(shutil.which("chromium") or shutil.which("google-chrome"), "Chromium")
    style = b"@page{size:A4 landscape}td{font:11pt serif;padding:3px 6px}tr{break-inside:avoid}"
    page = write_html(document).replace(b"</head>", b"<style>" + style + b"</style></head>")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, "a.html"), Path(folder, "a.pdf")
        source.write_bytes(page)
        subprocess.run(
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={made}",
                source.as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return made.read_bytes()


def write_pdf_by_office(document: Document) -> bytes:
    """PDF as LibreOffice exports the Word document."""
    return convert(write_docx(document), ".docx", "pdf")


def convert(data: bytes, suffix: str, target: str) -> bytes:
    """A file converted by LibreOffice; ``target`` is a suffix, with a filter and its options if need be."""
    office = needs(shutil.which("soffice"), "LibreOffice")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"a{suffix}")
        source.write_bytes(data)
        subprocess.run(
            [
                office, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless",
                "--convert-to", target, "--outdir", str(Path(folder, "out")), str(source),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return Path(folder, "out", f"a.{target.partition(':')[0]}").read_bytes()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    made = io.BytesIO()
    save(made)
    return made.getvalue()


WRITERS: dict[str, Callable[[Document], bytes]] = {
    "docx": write_docx,
    "html": write_html,
    "xlsx": write_xlsx,
    "csv": write_csv,
    "md": write_md,
}
"""Suffix → writer, for the formats that need no other program."""
