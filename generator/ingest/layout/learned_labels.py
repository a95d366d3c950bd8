"""Labels that no rule knows, learned from one document: short words that open paragraph after paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.ingest.layout.column_content import Content
from generator.ingest.layout.column_roles import assign_roles
from generator.ingest.layout.heading_roles import ColumnRole, heading_role
from generator.ingest.layout.inline_labels import LABEL, label_name
from generator.ingest.layout.source_pieces import SourcePiece, visible

_LEAST = 3
"""Times that a label has to come."""
_LONGEST = 10


def learn_labels(paragraphs: Sequence[SourcePiece]) -> Mapping[str, ColumnRole]:
    """Label → role, by the words of the labels and by what stands behind them, all decided at once.

    【谁来办】区教育局 【办到哪】已完成3处 …: department and progress, as if each label headed a column.
    """
    said: dict[str, list[str]] = {}
    for piece in paragraphs:
        match = LABEL.match(piece.text)
        if match and visible(label_name(match)) <= _LONGEST and piece.text[match.end() :].strip():
            said.setdefault(label_name(match), []).append(piece.text[match.end() :].strip())
    most = max(map(len, said.values()), default=0)
    often = {name: texts for name, texts in said.items() if len(texts) >= max(_LEAST, most / 2)}
    if len(often) < 2 or all(heading_role(name) for name in often):
        return {}
    contents = [Content(texts=tuple(texts), rows=most, merged=False) for texts in often.values()]
    columns = assign_roles(tuple(often), contents)
    return {name: c.role for name, c in zip(often, columns, strict=True) if c.role}
