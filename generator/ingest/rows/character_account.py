"""Every visible character of the source: placed in a field, structural, or an error that shows the place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.base.errors import Problem
from generator.base.messages import Message
from generator.base.places import Place
from generator.ingest.layout.row_records import Placement
from generator.ingest.layout.source_pieces import visible
from generator.sources.document import Document, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterAccount:
    """Counts of visible characters; ``source`` is the sum of all the others."""

    source: int
    placed: Mapping[str, int]
    """By field of the content contract."""
    structural: int
    """Headings, titles, notes, page furniture, characters that only part cells."""
    unaccounted: int
    kinds: Mapping[str, int]
    """The structural ones by kind."""


def make_ledger(
    document: Document, placements: Iterable[Placement]
) -> tuple[CharacterAccount, tuple[Problem, ...]]:
    """The account, and an error for each run of characters that was placed nowhere."""
    texts = _texts(document)
    owners: dict[tuple[int, int], list[str | None]] = {key: [None] * len(t) for key, (t, _) in texts.items()}
    for placement in placements:
        piece = placement.piece
        owner = owners.get((piece.block, piece.cell))
        if owner is None:
            continue
        name = f" {placement.field}" if placement.structural else placement.field
        for index in range(piece.start, piece.end):
            owner[index] = owner[index] or name
    counts: Counter[str] = Counter()
    problems = []
    for key, (text, where) in texts.items():
        owner = owners[key]
        counts.update(owner[i] or "" for i, ch in enumerate(text) if not ch.isspace())
        problems += _left_over(text, where, owner)
    kinds = {name.strip(): n for name, n in counts.items() if name.startswith(" ")}
    outside = _outside(document)
    kinds |= outside
    ledger = CharacterAccount(
        source=sum(counts.values()) + outside.total(),
        placed={name: n for name, n in sorted(counts.items()) if name and not name.startswith(" ")},
        structural=sum(kinds.values()),
        unaccounted=counts[""],
        kinds=dict(sorted(kinds.items())),
    )
    return ledger, tuple(problems)


def _outside(document: Document) -> Counter[str]:
    """Visible characters of the file that stand in no text, by kind."""
    found = Counter({"separators": document.separators})
    for one in document.alterations:
        found[one.kind.value] += visible(one.found) - visible(one.read)
    return +found


def _texts(document: Document) -> dict[tuple[int, int], tuple[str, Place]]:
    """Text and place of every cell and paragraph by block and cell index."""
    found = {}
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            found[number, 0] = (block.text, block.where)
        else:
            found |= {(number, i): (cell.text, cell.where) for i, cell in enumerate(block.cells)}
    return found


def _left_over(text: str, where: Place, owner: list[str | None]) -> list[Problem]:
    runs: list[str] = []
    last = -2
    for index, ch in enumerate(text):
        if owner[index] is None and not ch.isspace():
            if index > last + 1 or not runs:
                runs.append("")
            runs[-1] += ch
            last = index
        elif owner[index] is None and index == last + 1:
            last = index
    return [
        Problem(
            place=where,
            what=Message(
                "有 {count} 个字没有读进任何地方：“{text}”",
                count=visible(run),
                text=run[:24] + ("…" if len(run) > 24 else ""),
            ),
            hint=Message("用 --column 指明这一列是什么，或把这一处整理好再读入"),
        )
        for run in runs
    ]
