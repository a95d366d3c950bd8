"""Drawn tables written out, each with what it is meant to be read as beside it: NAME and NAME.gold.json.

``python -m tests.layouts.gold_files FOLDER``
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from generator.sources import read_here
from generator.sources.document import Paragraph
from tests.layouts import fourth_tables, fresh_tables, third_tables
from tests.layouts.unseen_tables import Drawn, Meant

_FIELDS = {
    "group": "section",
    "coming": "next",
    "status": "reported_status",
    "share": "reported_completion",
}


def _plain(text: str) -> str:
    return "".join(text.split())


def _row(meant: Meant, fields: frozenset[str], at: dict[str, int]) -> dict[str, object]:
    known = "roles" in fields
    units = [{"name": n, "role": "lead" if known else "unstated"} for n in meant.leads]
    units += [{"name": n, "role": "joint" if known else "unstated"} for n in meant.joints]
    said = {
        "number": meant.number,
        "section": meant.group,
        "progress": meant.progress,
        "next": meant.coming,
        "deadline": meant.deadline,
        "leader": meant.leader,
        "reported_status": meant.status,
        "reported_completion": meant.share,
    }
    shown = {_FIELDS.get(f, f) for f in fields}
    row: dict[str, object] = {key: value if key in shown else None for key, value in said.items()}
    return row | {
        "task": meant.task,
        "units": units,
        "roles_lenient": True,
        "remarks": None,
        "contact": None,
        "at": at,
    }


def _places(drawn: Drawn) -> Iterable[tuple[int, str]]:
    """Row or line of each text of the file."""
    for block in read_here(drawn[1], drawn[0]).blocks:
        for part in [block] if isinstance(block, Paragraph) else block.cells:
            yield part.where.row or part.where.line, _plain(part.text)


def write_gold(drawn: Drawn, folder: Path, layout: str) -> None:
    """Write one file and its gold."""
    name, data, rows, fields = drawn
    places = tuple(_places(drawn))
    golds = []
    for meant in rows:
        row = next((r for r, text in places if _plain(meant.task) in text), 0)
        golds.append(_row(meant, fields, {"table": 1, "row": row}))
    gold = {
        "mark": "invented content, invented layout",
        "file": name,
        "layout": layout,
        "period": "2025Q2",
        "fields": sorted(_FIELDS.get(f, f) for f in fields),
        "heads": {},
        "rows": golds,
    }
    Path(folder, name).write_bytes(data)
    Path(folder, f"{name}.gold.json").write_text(
        json.dumps(gold, ensure_ascii=False, indent=1), encoding="utf-8"
    )


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for draw in (*fresh_tables.ALL, *third_tables.ALL, *fourth_tables.ALL):
        write_gold(draw(), target, draw.__name__)
