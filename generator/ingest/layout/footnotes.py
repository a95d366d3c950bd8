"""Footnotes of a document, kept with the remarks of the task that calls them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.base.places import Place
from generator.ingest.layout.row_records import RowRecord
from generator.ingest.layout.source_pieces import SourcePiece, paragraph_piece
from generator.ingest.layout.task_layout import Layout
from generator.sources.document import Cell, Departure, Document, Paragraph, Table, footnote_place

_HEADING = "脚注"


def attach_footnotes(document: Document, layout: Layout) -> Layout:
    """The layout whose records hold, as remarks, the footnotes that are called in their pieces."""
    notes = _notes_by_call(document)
    if not notes:
        return layout
    records = tuple(_with_notes(record, notes) for record in layout.records)
    kept = {piece for record in records for heading, piece in record.extras if heading == _HEADING}
    blocks = {piece.block for piece in kept}
    placements = tuple(p for p in layout.placements if p.piece.block not in blocks)
    return replace(layout, records=records, placements=placements)


def _with_notes(record: RowRecord, notes: dict[tuple[int, int], list[SourcePiece]]) -> RowRecord:
    pieces = [piece for _, piece in (*record.fields, *record.extras)]
    called = [note for piece in pieces for note in notes.get((piece.block, piece.cell), ())]
    added = tuple((_HEADING, note) for note in dict.fromkeys(called))
    return replace(record, extras=(*record.extras, *added)) if added else record


def _notes_by_call(document: Document) -> dict[tuple[int, int], list[SourcePiece]]:
    """Block and cell of the text that calls footnotes → their paragraphs."""
    notes = {block.where: paragraph_piece(number, block) for number, block in _paragraphs(document)}
    holders = {where: key for key, where in _places(document)}
    found: dict[tuple[int, int], list[SourcePiece]] = {}
    for call in document.alterations:
        if call.kind is Departure.FOOTNOTE and call.where in holders:
            note = notes.get(footnote_place(int(call.found)))
            if note is not None:
                found.setdefault(holders[call.where], []).append(note)
    return found


def _paragraphs(document: Document) -> Iterator[tuple[int, Paragraph]]:
    return ((n, block) for n, block in enumerate(document.blocks) if isinstance(block, Paragraph))


def _places(document: Document) -> Iterator[tuple[tuple[int, int], Place]]:
    for number, block in enumerate(document.blocks):
        holders: tuple[Cell | Paragraph, ...] = block.cells if isinstance(block, Table) else (block,)
        yield from (((number, index), holder.where) for index, holder in enumerate(holders))
